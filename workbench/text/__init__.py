"""Persian text, exactly: normal form, tokens, lemmas and sentences, all with offsets into the raw text.

>>> normalize("گفتوگوي ايران").text
'گفت‌وگوی ایران'
>>> [token.text for token in tokens("همتای چینیاش می رود.")]
['همتای', 'چینی‌اش', 'می‌رود', '.']
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from workbench.text.characters import KEY, ZWNJ
from workbench.text.cutting import cut
from workbench.text.forms import Form, normal_of
from workbench.text.habits import Habit, habit_of
from workbench.text.sentences import sentence_spans
from workbench.types import Span

__all__ = ["Form", "Normalized", "Part", "Token", "fold", "keys_of", "normalize", "sentences", "tokens"]


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text in normal form.

    Attributes
    ----------
    text : str
    origin : list of int
        For each code point of `text`, the index in the raw text that it came from; never goes back. An inserted half-space
        takes the index of the character after it.
    """

    text: str
    origin: list[int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stem or a clitic inside a token, with offsets into the raw text."""

    start: int
    end: int
    text: str


class Token(Struct, frozen=True, eq=False, gc=False):
    """A word, number or mark of the raw text; what it says hangs on its `Form`, which all its equals share.

    A corpus has millions of them, so they are made in C and kept out of the garbage collector's sight: they hold no cycles.

    Attributes
    ----------
    start : int
        Offset into the raw text.
    form : Form
    """

    start: int
    form: Form

    @property
    def end(self) -> int:
        """Offset into the raw text, behind the token."""
        return self.start + self.form.width

    @property
    def text(self) -> str:
        """Normal form, half-spaces restored."""
        return self.form.text

    @property
    def lemma(self) -> str:
        """Lemma; the past stem for verbs."""
        return self.form.lemma

    @property
    def parts(self) -> tuple[Part, ...]:
        """The stem and its clitic, or the token as a whole."""
        form = self.form
        if form.clitic is None:
            return (Part(self.start, self.end, form.text),)
        cut = form.clitic.start
        middle = self.start + form.origin[cut]
        return (Part(self.start, middle, form.text[:cut].rstrip(ZWNJ)), Part(middle, self.end, form.clitic.text))

    def __repr__(self) -> str:
        return f"Token({self.start}, {self.end}, {self.text!r})"


def normalize(text: str, *, half_spaces: bool = True, diacritics: bool = False) -> Normalized:
    """Bring a text into normal form; words are never joined, and numbers, dates and addresses never cut.

    Parameters
    ----------
    text : str
        Raw text.
    half_spaces : bool, default True
        Restore lost half-spaces, also where a space was typed for one ('می رود', 'کتاب ها').
    diacritics : bool, default False
        Keep vowel signs.

    Returns
    -------
    Normalized
    """
    habit = habit_of(text) if half_spaces else Habit.PLAIN
    while True:
        result = _normalized(text, half_spaces, diacritics, habit)
        shown = habit_of(result.text) if half_spaces else habit
        if Habit.MARKED < shown < habit is Habit.SPACED:  # too little was put in to show that half-spaces are typed
            return _normalized(text, half_spaces, diacritics, Habit.MIXED)
        if shown <= habit:
            return result
        habit = (
            shown  # what hid behind odd letters and spaces shows now; once more, so that a second call changes nothing
        )


def _normalized(text: str, half_spaces: bool, diacritics: bool, habit: Habit) -> Normalized:
    pieces: list[str] = []
    origin: list[int] = []
    before = 0
    for start, form in zip(*cut(text, half_spaces, diacritics, habit), strict=True):
        _add_gap(pieces, origin, text, before, start, diacritics)
        pieces.append(form.text)
        origin.extend([start + index for index in form.origin])
        before = start + form.width
    _add_gap(pieces, origin, text, before, len(text), diacritics)
    return Normalized("".join(pieces), origin)


def tokens(text: str) -> list[Token]:
    """Cut a raw text into tokens, in reading order and without overlap.

    Returns
    -------
    list of Token
        White space and what is invisible belongs to none.
    """
    return list(map(Token, *cut(text)))


def sentences(text: str) -> list[Span]:
    """Cut a raw text into sentences; see `workbench.text.sentences.sentence_spans`."""
    return sentence_spans(text)


def fold(text: str) -> str:
    """Return the key under which spellings match: letter variants, digits, hamza, diacritics and half-spaces are folded."""
    return normalize(text, half_spaces=False).text.translate(KEY)


def keys_of(text: str) -> tuple[str, ...]:
    """Return the matching key of each token of a text."""
    return tuple(token.form.key for token in tokens(text))


def _add_gap(pieces: list[str], origin: list[int], text: str, start: int, end: int, diacritics: bool) -> None:
    """Add what parts two tokens: runs of spaces become one."""
    if end - start == 1 and text[start] == " ":
        pieces.append(" ")
        origin.append(start)
    elif start < end:
        letters, places = normal_of(text[start:end], "space", diacritics)
        pieces.append(letters)
        origin.extend([start + index for index in places])
