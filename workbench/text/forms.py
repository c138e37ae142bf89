"""Pieces of raw text and what each distinct one becomes, worked out once per spelling and kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.text import lexicon
from workbench.text.characters import (
    CHANGES_LENGTH,
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
from workbench.text.joining import bound_of, led_by, may_follow
from workbench.text.lemmas import Clitic, clitic_at, lemma_of

_LETTER = "\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc"
_INSIDE = re.escape(DIACRITICS + HALF_SPACES + INVISIBLE + TATWEEL)
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"

_PIECE = re.compile(
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


@dataclass(slots=True, eq=False)
class Form:
    """What one distinct piece of raw text becomes. There is one object per spelling, so that it can key a cache.

    Attributes
    ----------
    text : str
        Normal form, half-spaces restored; empty for what only steers (marks of direction, controls).
    origin : sequence of int
        For each code point of `text`, the index in the raw piece that it came from.
    kind : str
        ``word``, ``space``, ``address``, ``number``, ``latin``, ``mark`` or ``other``.
    lemma : str
    key : str
        Matching key: letter variants and half-spaces folded away.
    is_stop : bool
        A word of grammar.
    clitic : Clitic or None
        The pronoun at the end, where it starts in `text` (چینی‌اش: چینی + اش).
    confidence : float
        Probability that the half-spaces are right.
    leads : frozenset of str
        What may join behind it, by `bound`: a typed space there may stand for a half-space.
    follows : bool
        Whether it may join what stands before it, whatever that is.
    plain : bool
        It stands for itself unless the word before leads it: it does not follow, and has no rival.
    bound : str
        As the second part of a compound, without the endings that such parts take.
    rival : Form or None
        Another reading of the same letters ('خانهای': خان‌های or خانه‌ای), for the neighbours to decide.
    lean : float
        Log-odds of the rival, from the spelling alone.
    """

    text: str
    origin: Sequence[int]
    kind: str
    lemma: str
    key: str
    is_stop: bool
    clitic: Clitic | None = None
    confidence: float = 1.0
    leads: frozenset[str] = frozenset()
    follows: bool = False
    rival: Form | None = None
    lean: float = 0.0
    plain: bool = True
    bound: str = ""


@dataclass(slots=True, eq=False)
class Chunk:
    """A stretch of raw text without a space that is not one plain form: its pieces with start and end inside it."""

    pieces: tuple[tuple[int, int, Form], ...]
    plain: bool = False


# Distinct spellings that are kept at the most: a corpus of a million words has some fifty thousand.
_MOST_KNOWN = 1 << 17
_LONGEST_KEPT = 48


class Forms(dict[str, Form | Chunk]):
    """Chunk of raw text without a space to what it is, worked out once: nothing around it decides, but for rivals.

    Parameters
    ----------
    half_spaces, diacritics : bool
        As in `workbench.text.normalize`.
    marked : bool
        Whether the text is typed with half-spaces (see `workbench.text.habits`).
    """

    def __init__(self, half_spaces: bool, diacritics: bool, marked: bool) -> None:
        super().__init__()
        self._options = half_spaces, diacritics, marked
        self._known: dict[str, Form] = {}

    def __missing__(self, chunk: str) -> Form | Chunk:
        pieces = tuple(
            (match.start(), match.end(), form)
            for match in _PIECE.finditer(chunk)
            if (form := self._form(match)).text and not form.text.isspace()
        )
        whole = len(pieces) == 1 and pieces[0][1] - pieces[0][0] == len(chunk) and pieces[0][2].plain
        found = pieces[0][2] if whole else Chunk(pieces)
        if len(chunk) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[chunk] = found
        return found

    def _form(self, match: re.Match[str]) -> Form:
        raw = match.group()
        form = self._known.get(raw)
        if form is None:
            form = form_of(raw, match.lastgroup or "other", *self._options)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            if len(raw) <= _LONGEST_KEPT:
                self._known[raw] = form
        return form


def form_of(raw: str, kind: str, half_spaces: bool, diacritics: bool, marked: bool) -> Form:
    """Return the form of a raw piece."""
    letters: str
    origin: Sequence[int]
    if CHANGES_LENGTH(raw) or (kind not in {"word", "address"} and ZWNJ in raw):
        letters, origin = normal_of(raw, kind, diacritics)
    else:
        letters, origin = raw.translate(NORMAL), range(len(raw))
    if kind != "word":
        return Form(letters, origin, kind, letters, letters.translate(KEY), kind in {"mark", "other"})
    if not half_spaces or ZWNJ in letters or not letters.isalpha():
        return word_form(letters, origin, marked, half_spaces)
    restored = restore(letters, marked)
    form = word_form(restored.text, _with_inserted(letters, origin, restored.text), marked, True, restored.confidence)
    if restored.rival is not None:
        places = _with_inserted(letters, origin, restored.rival)
        form.rival = word_form(restored.rival, places, marked, True, restored.confidence)
        form.lean = restored.lean
        form.plain = False
    return form


def word_form(
    letters: str, origin: Sequence[int], marked: bool, joinable: bool = True, confidence: float = 1.0
) -> Form:
    """Return the form of a word in normal form, its half-spaces as they are."""
    clitic = clitic_at(letters)
    lemma = lemma_of(letters, clitic)
    stop = lemma in lexicon.stop_words()
    form = Form(letters, origin, "word", lemma, letters.translate(KEY), stop, clitic, confidence)
    if joinable:
        form.bound = bound_of(letters)
        form.leads = led_by(letters, marked)
        form.follows = may_follow(letters, form.bound, marked)
        form.plain = not form.follows
    return form


def normal_of(raw: str, kind: str, diacritics: bool) -> tuple[str, Sequence[int]]:
    """Map, expand and drop code points; half-spaces stay only between letters, and once."""
    found: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(raw):
        if character in DROPPED and (kind == "word" or character != "\u200d"):
            continue
        if not diacritics and character in DIACRITICS:
            continue
        if kind not in {"word", "address"} and character in HALF_SPACES:
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


def _with_inserted(letters: str, origin: Sequence[int], restored: str) -> Sequence[int]:
    """Follow inserted half-spaces in the origin: each takes the index of the letter after it."""
    if letters == restored:
        return origin
    places: list[int] = []
    at = 0
    for letter in restored:
        places.append(origin[at])
        at += letter != ZWNJ
    return tuple(places)
