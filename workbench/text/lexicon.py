"""Words and verbs of the language, read from hazm's data files (without importing hazm, which takes seconds).

`words` maps a spelling to its corpus frequency; `joined` maps a compound written without its half-spaces to the compound;
`verb_forms` maps every conjugated form, half-spaces left out, to its spelling and the past stem.
"""

from __future__ import annotations

import importlib.util
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from workbench.errors import SeedError
from workbench.seeds import seed_path
from workbench.text.characters import ZWNJ

_PAST_ENDINGS = ("م", "ی", "", "یم", "ید", "ند")
# Verbs without a person, and the past stem that is their lemma.
_IMPERSONAL = {
    "توان": "توانست",
    "باید": "بایست",
    "بایست": "بایست",
    "بایستی": "بایست",
    "شاید": "شایست",
    "توانسته": "توانست",
}
_AUXILIARIES = frozenset(
    ["است", "هست", "نیست", "بود", "شد", "شده", "باشد", "هستند", "نیستند", "بودند", "دارد", "خواهد", "کرد", "کرده"]
)
_PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
_PERFECT_ENDINGS = ("ام", "ای", "ایم", "اید", "اند")
PARTICIPLES = frozenset(
    [
        "زده",
        "خورده",
        "شده",
        "کرده",
        "دیده",
        "یافته",
        "گرفته",
        "بسته",
        "آمده",
        "رفته",
        "کشیده",
        "مانده",
        "داده",
        "برده",
        "گفته",
        "نشسته",
        "ریخته",
        "گذشته",
        "افتاده",
        "آلوده",
    ]
)
# Small words whose compounds (به‌ویژه, این‌گونه) are two words as rightly as one: a space typed there stays.
_POINTING = frozenset(
    "به این آن همین همان بدین بدان هیچ هر از در بر یک چه چند همه روی پشت تحت بدون ای همچنان چندی".split()
)
# What stands before a noun and makes one word with it, however that word is spelled (بیکار).
_NEVER_ALONE = ("بی", "نیم", "نیمه", "ضد")
_PREVERBS = ("بر", "در", "فرو", "فرا", "باز", "وا")
_TAKE_PREVERBS = frozenset(
    [
        "آمد",
        "آورد",
        "گشت",
        "گرفت",
        "داشت",
        "خاست",
        "خواند",
        "افتاد",
        "افراشت",
        "رفت",
        "ماند",
        "ریخت",
        "شمرد",
        "خورد",
        "گزید",
        "کشید",
        "انگیخت",
        "چید",
        "افکند",
        "یافت",
        "گفت",
        "داد",
        "نشست",
        "ایستاد",
    ]
)


def _data(name: str) -> list[str]:
    spec = importlib.util.find_spec("hazm")
    if spec is None or spec.origin is None:
        raise SeedError("hazm's word lists are not installed: pip install hazm")
    return Path(spec.origin).with_name("data").joinpath(name).read_text("utf8").splitlines()


@cache
def _rows() -> tuple[dict[str, int], frozenset[str]]:
    """Spelling to frequency, and the adjectives among them."""
    frequencies = {}
    adjectives = set()
    for line in _data("words.dat"):
        word, frequency, *tags = line.split("\t")
        if tags and " " not in word:
            spelling = word.strip(ZWNJ)
            frequencies[spelling] = int(frequency)
            if "AJ" in tags[0]:
                adjectives.add(spelling)
    return frequencies, frozenset(adjectives)


@cache
def words() -> dict[str, int]:
    """Spelling to frequency, half-spaces as they are listed."""
    return _rows()[0]


@cache
def adjectives() -> frozenset[str]:
    """Words that hazm's list tags as adjectives."""
    return _rows()[1]


@cache
def joined() -> dict[str, str]:
    """Compound without its half-spaces to the commonest spelling with them."""
    listed: dict[str, str] = {}
    frequency = words()
    for word in frequency:
        if ZWNJ in word.strip(ZWNJ):
            glued = word.replace(ZWNJ, "")
            if glued not in listed or frequency[word] > frequency[listed[glued]]:
                listed[glued] = word
    return listed


@cache
def _own_rows() -> list[tuple[str, str]]:
    lines = seed_path("half_spaces", "words.txt").read_text("utf8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return [(spelling, kind) for spelling, _, kind in rows]


@cache
def own() -> dict[str, str]:
    """Compound without its half-spaces to its spelling, from the project's own list; it goes before all others."""
    return {spelling.replace(ZWNJ, ""): spelling for spelling, kind in _own_rows() if kind != "glued"}


@cache
def own_spellings() -> frozenset[str]:
    """The compounds of the project's own list as they are spelled."""
    return frozenset(own().values())


@cache
def whole() -> frozenset[str]:
    """Words that look like compounds and are written whole (دانشگاه), from the project's own list."""
    return frozenset(spelling for spelling, kind in _own_rows() if kind == "glued")


@cache
def listed() -> dict[str, str]:
    """What the project's own list says of a word written without half-spaces: its spelling, which may be the word as it is."""
    return {**own(), **{word: word for word in whole()}}


@cache
def parted() -> frozenset[str]:
    """Compounds, without their half-spaces, whose parts often stand as two words ('پیش آمد')."""
    return frozenset(spelling.replace(ZWNJ, "") for spelling, kind in _own_rows() if kind == "split")


@cache
def singulars() -> dict[str, str]:
    """Nouns in -ه that stand before ‌ای, to ``both`` where the plural of the stem is as good a reading, else to nothing."""
    lines = seed_path("half_spaces", "singulars.txt").read_text("utf8").splitlines()
    rows = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {word: kind for word, _, kind in rows}


@cache
def is_finite(word: str) -> bool:
    """Whether a word is a verb with a person ('رفت', 'است') or an auxiliary."""
    return word in _AUXILIARIES or (word in verb_forms() and not words().get(word))


@cache
def stop_words() -> frozenset[str]:
    """Words of grammar rather than of content."""
    return frozenset(_data("stopwords.dat"))


@cache
def stems() -> tuple[tuple[str, str], ...]:
    """Past and present stem of every verb; where two verbs share a present, the project's own list comes first."""
    own = seed_path("half_spaces", "verbs.txt").read_text("utf8").splitlines()
    pairs = (line.split("#") for line in [*own, *_data("verbs.dat")] if "#" in line and not line.startswith("# "))
    return tuple(dict.fromkeys((past, present) for past, present in pairs if past and present))


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Conjugated form without half-spaces to (spelling, past stem)."""
    forms: dict[str, tuple[str, str]] = {}
    for spelling in _IMPERSONAL:
        for sign in ("می", "نمی"):
            forms[sign + spelling] = (f"{sign}{ZWNJ}{spelling}", _IMPERSONAL[spelling])
    for past, present in stems():
        preverb = next((p for p in _PREVERBS if past.startswith(p) and past[len(p) :] in _TAKE_PREVERBS), "")
        for spelling in _conjugated(past.removeprefix(preverb), present.removeprefix(preverb)):
            # The prefix stands behind the preverb: برمی‌گردد.
            forms.setdefault(preverb + spelling.replace(ZWNJ, ""), (preverb + spelling, past))
    for past, present in stems():
        if past in _TAKE_PREVERBS:
            for preverb in _PREVERBS:
                for spelling in _conjugated(past, present):
                    forms.setdefault(preverb + spelling.replace(ZWNJ, ""), (preverb + spelling, preverb + past))
    return forms


def _conjugated(past: str, present: str) -> list[str]:
    """Forms that hold a half-space, and the simple ones that a lemma is wanted for."""
    presents = _present_bases(present)
    found = []
    for negative in ("", "ن"):
        prefix = negative + "می" + ZWNJ
        found += [prefix + past + ending for ending in _PAST_ENDINGS]
        found += [prefix + base + ending for base in presents for ending in _PRESENT_ENDINGS]
        participle = _negated(negative, past) + "ه"
        found += [participle + ZWNJ + ending for ending in _PERFECT_ENDINGS]
        found += [prefix + past + "ه" + ZWNJ + ending for ending in _PERFECT_ENDINGS]
        found += [_negated(negative, past) + ending for ending in _PAST_ENDINGS] + [participle]
    for base in presents:
        for sign in ("ب", "ن"):
            found += [_negated(sign, base) + ending for ending in _PRESENT_ENDINGS]
    return found


def _present_bases(present: str) -> list[str]:
    """The stem before endings: vowels take ی (گو: گوید), but some write none (شو: شود)."""
    if present.endswith("ا"):
        return [present + "ی"]
    if present.endswith("و"):
        return [present, present + "ی"]
    return [present]


def _negated(sign: str, base: str) -> str:
    """Put ن or ب before a stem: آ becomes یا, and an initial ا is written ی (افتاد: نیفتاد)."""
    if not sign:
        return base
    if base.startswith("آ"):
        return sign + "یا" + base[1:]
    if base.startswith("ا") and not base.startswith("ای"):
        return sign + "ی" + base[1:]
    return sign + base


@cache
def agents() -> frozenset[str]:
    """What verbs leave at the end of compounds: present stems, their nouns in ی, and participles (گیر، گیری، شده، کننده)."""
    found = set()
    for past, present in stems():
        for base in _present_bases(present):
            if len(base) > 1:
                found |= {base, base + "ی", base + "نده", base + "ندگان", base + "ندگی", base + "ان"}
        found |= {past + "ه", past + "گان", past + "گی"}
    return frozenset(found)


@cache
def pairs() -> dict[str, frozenset[tuple[str, str]]]:
    """Neighbouring parts of listed compounds, by list: the project's own, those that often stand as two words, and hazm's."""
    parted_too = {spelling for glued, spelling in own().items() if glued in parted()}
    listed = frozenset(_parts_of(set(own().values()) - parted_too))
    parted_pairs = frozenset(_parts_of(parted_too))
    doubtful = {pair for pair in listed if pair[1] in PARTICIPLES}  # 'آتش زده اند' is a verb
    return {
        "own": frozenset(pair for pair in listed - doubtful if pair[0] not in _POINTING),
        "parted": frozenset(pair for pair in parted_pairs | doubtful if pair[0] not in _POINTING),
        "joined": frozenset(
            (first, second)
            for first, second in _parts_of(set(joined().values()))
            if second in second_parts() and not {first, second} & stop_words()
        ),
    }


def spells_letters(parts: Sequence[str]) -> bool:
    """Whether parts are names of Latin letters, as in 'سی‌ان‌ان'; the two that are endings too open no such name."""
    return parts[0] not in _ENDINGS_TOO and _LETTERS.issuperset(parts)


_LETTERS = frozenset("ای بی سی دی ئی اف جی اچ آی کی ال ام ان او پی کیو آر اس تی یو وی ایکس وای زد".split())
_ENDINGS_TOO = frozenset({"ای", "ام"})


def _parts_of(spellings: set[str]) -> Iterator[tuple[str, str]]:
    for spelling in spellings:
        parts = spelling.split(ZWNJ)
        # 'دم‌به‌دم' does not bind 'دم به', nor 'سه‌دقیقه‌ای' 'سه دقیقه'; but 'سی‌ان‌ان' does 'سی ان'.
        if len(parts) == 2 or spells_letters(parts) or not stop_words().intersection(parts):
            yield from itertools.pairwise(parts)


@cache
def seconds() -> dict[str, frozenset[str]]:
    """First part of a listed compound to the parts that may follow it."""
    found: dict[str, set[str]] = {}
    glued = {(first, word.removeprefix(first)) for word in whole() for first in _NEVER_ALONE if word.startswith(first)}
    for first, second in glued.union(*pairs().values()):
        found.setdefault(first, set()).add(second)
    return {first: frozenset(after) for first, after in found.items()}


@cache
def led() -> frozenset[str]:
    """Every part that may follow some other."""
    return frozenset().union(*seconds().values())


@cache
def ends() -> Counter[str]:
    """How many compounds of the project's own list a part ends."""
    return Counter(spelling.rpartition(ZWNJ)[2] for spelling in own().values())


@cache
def second_parts() -> frozenset[str]:
    """What compounds of the project's own list end with, and what verbs leave there."""
    return frozenset(ends()) | {base for _, present in stems() for base in _present_bases(present)}
