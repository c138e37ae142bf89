"""Pieces of raw text and what each distinct one becomes, worked out once per spelling and kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from workbench.text import lexicon
from workbench.text.characters import (
    DIACRITICS,
    DROPPED,
    HALF_SPACES,
    INVISIBLE,
    KEY,
    LINE_BREAKS,
    NORMAL,
    TATWEEL,
    ZWNJ,
)
from workbench.text.half_spaces import restore
from workbench.text.joining import may_follow, may_lead
from workbench.text.lemmas import Clitic, clitic_at, lemma_of

_LETTER = "\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc"
_INSIDE = re.escape(DIACRITICS + HALF_SPACES + INVISIBLE + TATWEEL)
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"

PIECE = re.compile(
    rf"""(?P<word>[{_LETTER}][{_LETTER}{_INSIDE}]*)
    |(?P<space>[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+)
    |(?P<address>(?:https?://|www\.)[^\s<>«»"'{_LETTER}]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@\#]\w[\w\u200c]*)
    |(?P<number>[+-]?[{_DIGIT}]+(?:[./:,٫٬،\-–−][{_DIGIT}]+)*(?:[%٪](?![{_DIGIT}]))?)(?![A-Za-z])
    |(?P<latin>[A-Za-z{_DIGIT}\u00c0-\u024f](?:[A-Za-z{_DIGIT}\u00c0-\u024f'’&_./+-]*[A-Za-z{_DIGIT}\u00c0-\u024f+])?(?:(?<=[A-Z]\.[A-Z])\.)?)
    |(?P<mark>\.{{2,}}|…+|[؟?!]+|[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e]|[^\s\w])
    |(?P<other>\w|\s|.)""",
    re.VERBOSE | re.DOTALL,
)
"""Cuts any text into pieces that cover it: words keep what stands inside them, numbers and names of weapons stay whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What one distinct piece of raw text becomes. There is one object per spelling, so that it can key a cache.

    Attributes
    ----------
    text : str
        Normal form, half-spaces restored; empty for what only steers (marks of direction, controls).
    origin : tuple of int
        For each code point of `text`, the index in the raw piece that it came from.
    kind : str
        ``word``, ``space``, ``address``, ``number``, ``latin``, ``mark`` or ``other``.
    lemma : str
    key : str
        Matching key: letter variants and half-spaces folded away.
    is_stop : bool
        A word of grammar.
    leads, follows : bool
        Whether a typed space behind, before the word may stand for a half-space.
    clitic : Clitic or None
        The pronoun at the end, where it starts in `text` (چینی‌اش: چینی + اش).
    """

    text: str
    origin: tuple[int, ...]
    kind: str
    lemma: str
    key: str
    is_stop: bool
    clitic: Clitic | None
    confidence: float = 1.0
    leads: bool = False
    follows: bool = False


def form_of(raw: str, kind: str, half_spaces: bool = True, diacritics: bool = False) -> Form:
    """Return the form of a raw piece."""
    letters, origin = _normal(raw, kind, diacritics)
    confidence = 1.0
    if kind == "word" and half_spaces and ZWNJ not in letters:
        restored = restore(letters) if letters.isalpha() else None
        if restored is not None:
            confidence = restored.confidence
            letters, origin = _with_inserted(letters, origin, restored.text)
    if kind != "word":
        return Form(letters, origin, kind, letters, letters.translate(KEY), kind in {"mark", "other"}, None)
    clitic = clitic_at(letters)
    lemma = lemma_of(letters, clitic)
    return Form(
        letters,
        origin,
        kind,
        lemma,
        letters.translate(KEY),
        lemma in lexicon.stop_words(),
        clitic,
        confidence,
        may_lead(letters),
        may_follow(letters),
    )


def _normal(raw: str, kind: str, diacritics: bool) -> tuple[str, tuple[int, ...]]:
    """Map, expand and drop code points; half-spaces stay only between letters, and once."""
    found: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(raw):
        if character in DROPPED and (kind == "word" or character != "\u200d"):
            continue
        if not diacritics and character in DIACRITICS:
            continue
        if kind != "word" and character in HALF_SPACES:
            continue
        for mapped in NORMAL.get(ord(character), character):
            letter = mapped
            if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} and letter != "\n":
                letter = "\n" if letter in LINE_BREAKS else " "  # a control must not bring two words together
            if letter == ZWNJ and (not found or found[-1] == ZWNJ):
                continue
            if letter == " " and found and found[-1] == " ":
                continue
            found.append(letter)
            origin.append(index)
    while found and found[-1] == ZWNJ:
        found.pop()
        origin.pop()
    return "".join(found), tuple(origin)


def _with_inserted(letters: str, origin: tuple[int, ...], restored: str) -> tuple[str, tuple[int, ...]]:
    """Follow inserted half-spaces in the origin: each takes the index of the letter after it."""
    if letters == restored:
        return letters, origin
    places: list[int] = []
    at = 0
    for letter in restored:
        places.append(origin[at])
        at += letter != ZWNJ
    return restored, tuple(places)
