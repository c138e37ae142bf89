"""Pieces of raw text and what each distinct one becomes, worked out once per spelling and kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

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
from workbench.text.habits import Habit
from workbench.text.half_spaces import restore
from workbench.text.joining import bound_of, joins, led_by, may_follow
from workbench.text.lemmas import Clitic, clitic_at, lemma_of
from workbench.text.touching import LOOK, NOTHING, touch_of

_LETTER = "\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc"
_INSIDE = re.escape(DIACRITICS + HALF_SPACES + INVISIBLE + TATWEEL)
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"

_WORD = f"[{_LETTER}][{_LETTER}{_INSIDE}]*"
_PIECE = re.compile(
    rf"""(?P<word>{_WORD})
    |(?P<space>[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+)
    |(?P<address>(?:https?://|www\.)[^\s<>«»"'{_LETTER}]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@\#]\w[\w\u200c]*)
    |(?P<number>[+-]?[{_DIGIT}]+(?:[./:,٫٬،\-–−][{_DIGIT}]+)*(?:[%٪](?![{_DIGIT}]))?)(?![A-Za-z])
    |(?P<latin>[A-Za-z{_DIGIT}\u00c0-\u024f](?:[A-Za-z{_DIGIT}\u00c0-\u024f'’&_./+-]*[A-Za-z{_DIGIT}\u00c0-\u024f+])?(?:(?<=[A-Z]\.[A-Z])\.)?)
    |(?P<mark>\.{{2,}}|…+|[؟?!]+|[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e]|[^\s\w])
    |(?P<other>\w|\s|.)""",
    re.VERBOSE | re.DOTALL,
)
"""Cuts any text into pieces that cover it: words keep what stands inside them, numbers and names of weapons stay whole."""


# A word in normal form, as nearly all are (group 1); one that differs only in letters that one of theirs stands for ('ي', 'ك';
# group 2); any other.
_PLAIN = "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_VARIANT = _PLAIN + "".join(chr(code) for code, letter in NORMAL.items() if letter in [*_PLAIN])
_NORMAL, _AKIN = 1, 2
_read_word = re.compile(
    "|".join(f"([{letters}]+(?:{ZWNJ}[{letters}]+)*)(?![{_LETTER}{_INSIDE}])" for letters in (_PLAIN, _VARIANT))
    + f"|{_WORD}"
).match


class Form(Struct, eq=False, gc=False):
    """What one distinct piece of raw text becomes. There is one object per spelling, so that it can key a cache.

    Attributes
    ----------
    text : str
        Normal form, half-spaces restored; empty for what only steers (marks of direction, controls).
    origin : sequence of int
        For each code point of `text`, the index in the raw piece that it came from.
    kind : str
        ``word``, ``space``, ``address``, ``number``, ``latin``, ``mark`` or ``other``.
    width : int
        Code points of the raw piece.
    lemma : str
    leads : frozenset of str or None
        What may join behind it, by `bound`: a typed space there may stand for a half-space.
    bound : str
        As the second part of a compound, without the endings that such parts take.
    follows : bool
        Whether it may join what stands before it, whatever that is.
    rival : Form or None
        Another reading of the same letters ('خانهای': خان‌های or خانه‌ای), for the neighbours to decide.
    touch : int
        How it may touch its neighbours (see `workbench.text.touching`).
    clitic : Clitic or None
        The pronoun at the end, where it starts in `text` (چینی‌اش: چینی + اش).
    confidence : float
        Probability that the half-spaces are right.
    lean : float
        Log-odds of the rival, from the spelling alone.
    bridges : bool
        Whether it spans a typed space that stands for a half-space.
    mended : bool
        Whether a half-space was put in that the raw piece lacks, or may have to be where text is typed by another habit.
    """

    text: str
    origin: Sequence[int]
    kind: str
    width: int
    lemma: str
    leads: frozenset[str] | None = None
    bound: str = ""
    follows: bool = False
    rival: Form | None = None
    touch: int = 0
    clitic: Clitic | None = None
    confidence: float = 1.0
    lean: float = 0.0
    bridges: bool = False
    mended: bool = False
    _key: str | None = None
    _is_stop: bool | None = None

    @property
    def key(self) -> str:
        """Matching key: letter variants and half-spaces folded away."""
        if self._key is None:
            key = self.text.translate(KEY)
            self._key = self.text if key == self.text else key  # nine in ten: one string less to keep, and to fetch
        return self._key

    @property
    def is_stop(self) -> bool:
        """A word of grammar."""
        if self._is_stop is None:
            self._is_stop = (
                self.lemma in lexicon.stop_words() if self.kind == "word" else self.kind in {"mark", "other"}
            )
        return self._is_stop


_EMPTY = Form("", (), "other", 0, "")


Flat = tuple[Any, ...]
"""The pieces of a chunk of raw text, three values each, in one flat row, so that rows of many chunks are strung together in C:
how far the next piece starts behind its start, its `Form`, and how it may touch its neighbours."""

# Distinct spellings that are kept at the most: a corpus of a million words has some fifty thousand.
_MOST_KNOWN = 1 << 17
_LONGEST_KEPT = 48


class Forms(dict[str, Flat]):
    """Chunk of raw text without a space to its pieces, worked out once: nothing around it decides, but for rivals.

    Parameters
    ----------
    half_spaces, diacritics : bool
        As in `workbench.text.normalize`.
    habit : Habit
        How the text is typed.
    commonest : Forms, optional
        What text of the commonest habit makes of the same chunks, which differs only where it is `mended`.
    """

    def __init__(self, half_spaces: bool, diacritics: bool, habit: Habit, commonest: Forms | None = None) -> None:
        super().__init__()
        self._options = half_spaces, diacritics, habit
        self._commonest = commonest
        self._others: dict[str, Form] = {}  # what is no word

    def __missing__(self, chunk: str) -> Flat:
        if len(chunk) > _LONGEST_KEPT:
            return _row([self._form(piece.group(), piece.lastgroup or "other") for piece in _PIECE.finditer(chunk)])
        found = None if self._commonest is None else self._commonest[chunk]
        if found is None or _is_mended(found):
            found = self._read(chunk)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[chunk] = found
        return found

    def _read(self, chunk: str) -> Flat:
        word = _read_word(chunk)
        if word is not None:
            end = word.end()
            if end == len(chunk):
                return self._word(chunk, word.lastindex)
            _, form, touch = self[chunk[:end]]
        else:
            piece = _PIECE.match(chunk)
            if piece is None:
                return 1, _EMPTY, NOTHING
            end = piece.end()
            form = self._form(piece.group(), piece.lastgroup or "other")
            touch = NOTHING if not form.text or form.text.isspace() else form.touch
            if end == len(chunk):
                return end + 1, form, touch
        # What stands behind a word is seldom new: '.', '،', '».'
        rest = self[chunk[end:]]
        if rest[2] == NOTHING:
            return end + rest[0], form, touch, *rest[3:]
        return end, form, touch, *rest

    def _word(self, raw: str, kin: int | None) -> Flat:
        if kin == _AKIN:
            return self[raw.translate(NORMAL)]  # 'كشور' is 'کشور', letter for letter
        form = form_of(raw, "word", *self._options, kin == _NORMAL)
        return len(raw) + 1, form, form.touch if form.text else NOTHING

    def _form(self, raw: str, kind: str) -> Form:
        if len(raw) > _LONGEST_KEPT:
            return form_of(raw, kind, *self._options)
        if kind == "word":
            form: Form = self[raw][1]
            return form
        known = self._others.get(raw)
        if known is None:
            known = form_of(raw, kind, *self._options)
            if len(self._others) >= _MOST_KNOWN:
                self._others.clear()
            self._others[raw] = known
        return known


_mended = attrgetter("mended")


def _is_mended(row: Flat) -> bool:
    """Whether text of another habit may make another row of the same chunk."""
    if len(row) == 3:
        return bool(row[1].mended)
    return any(map(_mended, row[1::3]))


def _row(forms: list[Form]) -> Flat:
    """String the pieces of a chunk together, what shows nothing as a gap; the last step leads over the space behind."""
    row: list[Any] = []
    for form in forms or [_EMPTY]:
        if form.text and not form.text.isspace():
            row += form.width, form, form.touch
        elif row:
            row[-3] += form.width
        else:
            row += form.width, form, NOTHING
    row[-3] += 1
    return tuple(row)


@cache
def _range(length: int) -> range:
    return range(length)


def form_of(raw: str, kind: str, half_spaces: bool, diacritics: bool, habit: Habit, normal: bool = False) -> Form:
    """Return the form of a raw piece, which may be known to be in normal form."""
    letters: str
    origin: Sequence[int]
    if normal:
        letters, origin = raw, _range(len(raw))
    elif CHANGES_LENGTH(raw) or (kind not in {"word", "address"} and ZWNJ in raw):
        letters, origin = normal_of(raw, kind, diacritics)
    else:
        letters, origin = raw.translate(NORMAL), _range(len(raw))
    if kind != "word":
        return Form(letters, origin, kind, len(raw), letters)
    if not half_spaces or ZWNJ in letters or not letters.isalpha():
        return word_form(letters, origin, len(raw), half_spaces)
    restored = restore(letters, habit)
    form = word_form(restored.text, _with_inserted(letters, origin, restored.text), len(raw), True, restored.confidence)
    form.mended = len(restored.text) > len(letters) or restored.rival is not None or restored.kept
    if restored.rival is not None:
        places = _with_inserted(letters, origin, restored.rival)
        form.rival = word_form(restored.rival, places, len(raw), True, restored.confidence)
        form.lean = restored.lean
        form.touch |= LOOK
    return form


def word_form(letters: str, origin: Sequence[int], width: int, joinable: bool = True, confidence: float = 1.0) -> Form:
    """Return the form of a word in normal form, its half-spaces as they are."""
    clitic = clitic_at(letters)
    lemma = lemma_of(letters, clitic)
    if not joinable:
        return Form(letters, origin, "word", width, lemma, clitic=clitic, confidence=confidence)
    bound = bound_of(letters)
    leads = led_by(letters)
    follows = may_follow(letters, bound)
    touch = touch_of(leads, bound, follows)
    return Form(letters, origin, "word", width, lemma, leads, bound, follows, None, touch, clitic, confidence)


class Joined(dict[tuple[Form, Form, int], Form | None]):
    """Two forms with a space between them, and how far apart they start, to the form that they make where they are one word.

    Parameters
    ----------
    habit : Habit
        How the text around is typed.
    """

    def __init__(self, habit: Habit) -> None:
        super().__init__()
        self._habit = habit

    def __missing__(self, pair: tuple[Form, Form, int]) -> Form | None:
        left, right, shift = pair
        one = None
        if left.kind == "word" == right.kind and joins(left.text, right.text, self._habit):
            origin: Sequence[int]
            if left.origin == _range(shift - 1) and type(right.origin) is range:
                origin = _range(shift + len(right.origin))
            else:
                origin = (*left.origin, shift - 1, *(shift + index for index in right.origin))
            one = word_form(f"{left.text}{ZWNJ}{right.text}", origin, shift + right.width)
            one.bridges = True
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[pair] = one
        return one


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
