"""Verbs of saying and their company, from `seeds/speech/verbs.toml`: indexed, and found in one pass over tokens."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workbench.errors import SeedError
from workbench.seeds import seed_path
from workbench.text import Token, keys_of, tokens
from workbench.types import Commitment

_COMMITMENTS: tuple[Commitment, ...] = ("plain", "endorsing", "distancing")


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """What tells that somebody speaks.

    Attributes
    ----------
    verbs : dict
        Last word's lemma and the word before it ('' where a verb is one word) to the (words before it, commitment) that make a
        verb of saying with it, longest first.
    according : frozenset of (str, str)
        Two words before the one who speaks, by matching key, and
    sources : frozenset of str
        the second of them.
    credit : tuple of tuple of str
        Phrases by matching key.
    pronoun : dict of str to list of tuple of str
        The same, by their first word.
    office : frozenset of str
        Matching keys.
    home : dict of str to str
        Matching keys of a title, one word or two, to the state whose it is where none is named ('سردار': IR, 'سناتور': US).
    """

    verbs: dict[str, dict[str, list[tuple[tuple[str, ...], Commitment]]]]
    according: frozenset[tuple[str, ...]]
    sources: frozenset[str]
    credit: tuple[tuple[str, ...], ...]
    pronoun: dict[str, list[tuple[str, ...]]]
    office: frozenset[str]
    home: dict[str, str]


@cache
def speech_words() -> SpeechWords:
    """Read and index the file.

    Raises
    ------
    SeedError
        A list is missing.
    """
    path = seed_path("speech", "verbs.toml")
    try:
        row = tomllib.loads(path.read_text("utf8"))
        verbs: dict[str, dict[str, list[tuple[tuple[str, ...], Commitment]]]] = {}
        for commitment in _COMMITMENTS:
            for phrase in row[commitment]:
                *before, _ = keys_of(phrase)
                behind = verbs.setdefault(tokens(phrase)[-1].form.lemma, {})
                behind.setdefault(before[-1] if before else "", []).append((tuple(before), commitment))
        for behind in verbs.values():
            for found in behind.values():
                found.sort(key=lambda entry: -len(entry[0]))
        pronoun: dict[str, list[tuple[str, ...]]] = {}
        for phrase in map(keys_of, row["pronoun"]):
            pronoun.setdefault(phrase[0], []).append(phrase)
        according = frozenset(keys_of(phrase) for phrase in row["according"])
        return SpeechWords(
            verbs=verbs,
            according=according,
            sources=frozenset(phrase[-1] for phrase in according),
            credit=tuple(keys_of(phrase) for phrase in row["credit"]),
            pronoun=pronoun,
            office=frozenset(key for word in row["office"] for key in keys_of(word)),
            home={" ".join(keys_of(title)): code for code, titles in row["home"].items() for title in titles},
        )
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise SeedError(
            f"{path.name}: expected plain, endorsing, distancing, according, credit, office, pronoun, home ({error})"
        ) from error


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying.

    Attributes
    ----------
    first, last : int
        Its words in the sentence.
    commitment : {'plain', 'endorsing', 'distancing'}
    judges : bool
        Whether it says or judges: a person does, where no list knows the name before it.
    """

    first: int
    last: int
    commitment: Commitment
    judges: bool


def find_sayings(words: Sequence[Token], keys: Sequence[str]) -> list[Saying]:
    """Find the verbs of saying of a sentence, left to right; one that is negated or passive says nothing.

    Parameters
    ----------
    words : sequence of Token
    keys : sequence of str
        Their matching keys.
    """
    found = []
    verbs = speech_words().verbs
    for at in [at for at, word in enumerate(words) if word.form.lemma in verbs]:
        word = words[at]
        behind = verbs[word.form.lemma]
        listed = [*behind.get(keys[at - 1] if at else "", ()), *behind.get("", ())]
        if not listed or word.text.endswith("یم") or (word.form.lemma in _MAY_BE_DONE and _is_done(word, keys, at)):
            continue  # 'می‌دانیم' stands inside somebody's words
        for before, commitment in listed:
            first = at - len(before)
            if first >= 0 and tuple(keys[first:at]) == before:
                if word.form.lemma == "آمد" and not _says(keys, at):
                    break
                if first and keys[first - 1] == "که":
                    break  # 'روزنامه‌ای که نوشته بود …': told of another, and not the main clause
                found.append(Saying(first, at, commitment, _is_plain(word, before) or before in _JUDGING))
                break
    return found


def _is_done(word: Token, keys: Sequence[str], at: int) -> bool:
    """Whether a verb of saying tells a deed: 'به تحقیر … ادامه داد', 'دروغ را به سبد … افزوده است', 'ارث پدرش را می‌خواهد'."""
    if {":", "که", "«"} & set(keys[at + 1 : at + 3]):
        return False
    if word.form.lemma == "خواست":
        return word.text.startswith("می")
    before = keys[max(0, at - _ARGUMENT) : at]
    if before[-1:] == ["تکرار"]:
        return before[-2:-1] == ["را"]
    return (
        ("به" in before and "را" in before)
        if word.form.lemma == "افزود" or before[-1:] == ["افزوده"]
        else before[-1:] == ["ادامه"] and "به" in before
    )


_MAY_BE_DONE = frozenset({"خواست", "افزود", "داد", "کرد", "است", "بود"})
_ARGUMENT = 9


def _is_plain(word: Token, before: tuple[str, ...]) -> bool:
    """Whether a verb says and does no more: 'گفت', 'اعلام کرد', 'می‌نویسد'."""
    return word.form.lemma in {"گفت", "نوشت", "افزود"} or before in {
        ("اعلام",),
        ("تاکید",),
        ("اظهار",),
        ("بیان",),
        ("تصریح",),
        ("خاطرنشان",),
        ("عنوان",),
        ("ادعا",),
    }


_JUDGING = frozenset(
    {("تشکر",), ("قدردانی",), ("تقدیر",), ("تمجید",), ("انتقاد",), ("متهم",), ("محکوم",), ("استقبال",), ("حمایت",)}
)


def _says(keys: Sequence[str], at: int) -> bool:
    """'در این بیانیه آمده است:' reports; a plain 'آمد' does not."""
    return bool({":", "که"} & set(keys[at : at + 3])) and bool(STATEMENTS & set(keys[:at]))


STATEMENTS = frozenset("بیانیه بیانیه‌ای بیانیهای پیام نامه یادداشت گزارش اطلاعیه قطعنامه پیامی سرمقاله".split())
