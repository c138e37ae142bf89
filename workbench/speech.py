"""Verbs of saying and their company, from `seeds/speech/verbs.toml`, indexed for one pass over tokens."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from workbench.errors import SeedError
from workbench.seeds import seed_path
from workbench.text import tokens
from workbench.types import Commitment

_COMMITMENTS: tuple[Commitment, ...] = ("plain", "endorsing", "distancing")


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """What tells that somebody speaks.

    Attributes
    ----------
    verbs : dict
        Last word's lemma to the (words before it, commitment) that make a verb of saying with it, longest first.
    according : frozenset of (str, str)
        Two words before the one who speaks, by matching key.
    credit, pronoun : tuple of tuple of str
        Phrases by matching key.
    office : frozenset of str
        Matching keys.
    home : dict of str to str
        Matching keys of a title, one word or two, to the state whose it is where none is named ('سردار': IR, 'سناتور': US).
    """

    verbs: dict[str, list[tuple[tuple[str, ...], Commitment]]]
    according: frozenset[tuple[str, ...]]
    credit: tuple[tuple[str, ...], ...]
    pronoun: tuple[tuple[str, ...], ...]
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
        verbs: dict[str, list[tuple[tuple[str, ...], Commitment]]] = {}
        for commitment in _COMMITMENTS:
            for phrase in row[commitment]:
                *before, _ = _keys(phrase)
                verbs.setdefault(tokens(phrase)[-1].form.lemma, []).append((tuple(before), commitment))
        for found in verbs.values():
            found.sort(key=lambda entry: -len(entry[0]))
        return SpeechWords(
            verbs=verbs,
            according=frozenset(_keys(phrase) for phrase in row["according"]),
            credit=tuple(_keys(phrase) for phrase in row["credit"]),
            pronoun=tuple(_keys(phrase) for phrase in row["pronoun"]),
            office=frozenset(key for word in row["office"] for key in _keys(word)),
            home={" ".join(_keys(title)): code for code, titles in row["home"].items() for title in titles},
        )
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise SeedError(
            f"{path.name}: expected plain, endorsing, distancing, according, credit, office, pronoun, home ({error})"
        ) from error


def _keys(phrase: str) -> tuple[str, ...]:
    return tuple(token.form.key for token in tokens(phrase))
