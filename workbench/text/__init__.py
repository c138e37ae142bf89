"""Persian text, exactly: normal form, tokens, lemmas and sentences, all with offsets into the raw text.

>>> normalize("گفتوگوي ايران").text
'گفت‌وگوی ایران'
>>> [token.text for token in tokens("همتای چینیاش می رود.")]
['همتای', 'چینی‌اش', 'می‌رود', '.']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from workbench.text.characters import KEY, ZWNJ
from workbench.text.forms import Form, Forms, Joined, normal_of
from workbench.text.habits import Habit, habit_of
from workbench.text.readings import prefers_rival
from workbench.text.sentences import sentence_spans
from workbench.types import Span

__all__ = ["Form", "Normalized", "Part", "Token", "fold", "normalize", "sentences", "tokens"]


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


class Token:
    """A word, number or mark of the raw text; what it says hangs on its `Form`, which all its equals share.

    Attributes
    ----------
    start, end : int
        Offsets into the raw text.
    form : Form
    """

    __slots__ = ("end", "form", "start")

    def __init__(self, start: int, end: int, form: Form) -> None:
        self.start = start
        self.end = end
        self.form = form

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


@cache
def _joined(habit: Habit) -> Joined:
    """What is known of neighbours so far; one table for each habit of typing."""
    return Joined(habit)


@cache
def _forms(half_spaces: bool, diacritics: bool, marked: bool) -> Forms:
    """What is known of chunks so far; one table for each way of reading them."""
    return Forms(half_spaces, diacritics, _forms(half_spaces, diacritics, False) if marked else None)


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
        if shown <= habit:
            return result
        habit = (
            shown  # what hid behind odd letters and spaces shows now; once more, so that a second call changes nothing
        )


def _normalized(text: str, half_spaces: bool, diacritics: bool, habit: Habit) -> Normalized:
    pieces: list[str] = []
    origin: list[int] = []
    before = 0
    for token in _read(text, half_spaces, diacritics, habit):
        _add_gap(pieces, origin, text, before, token.start, diacritics)
        pieces.append(token.form.text)
        origin.extend([token.start + index for index in token.form.origin])
        before = token.end
    _add_gap(pieces, origin, text, before, len(text), diacritics)
    return Normalized("".join(pieces), origin)


def tokens(text: str) -> list[Token]:
    """Cut a raw text into tokens, in reading order and without overlap.

    Returns
    -------
    list of Token
        White space and what is invisible belongs to none.
    """
    return _read(text, True, False, habit_of(text))


def sentences(text: str) -> list[Span]:
    """Cut a raw text into sentences; see `workbench.text.sentences.sentence_spans`."""
    return sentence_spans(text)


def fold(text: str) -> str:
    """Return the key under which spellings match: letter variants, digits, hamza, diacritics and half-spaces are folded."""
    return normalize(text, half_spaces=False).text.translate(KEY)


def _read(text: str, half_spaces: bool, diacritics: bool, habit: Habit) -> list[Token]:
    """Cut a text; where its typing shows nothing, spaces that surely stand for half-spaces tell that others do.

    Unless as many half-spaces are simply missing: then it is those that the text lost.
    """
    found = _cut(text, half_spaces, diacritics, habit)
    if habit is Habit.PLAIN:
        bridging = sum(token.form.bridges for token in found)
        if bridging and bridging > sum(token.form.mended for token in found):
            return _cut(text, half_spaces, diacritics, Habit.SPACED)
    return found


def _cut(text: str, half_spaces: bool, diacritics: bool, habit: Habit) -> list[Token]:
    """Cut a text chunk by chunk: all but the neighbours of a few doubtful words is known from the spelling."""
    known = _forms(half_spaces, diacritics, habit is Habit.MARKED)
    joined = _joined(habit)
    found: list[Token] = []
    append = found.append
    doubtful: list[int] = []
    at = 0
    leads: frozenset[str] | None = None
    for chunk in text.split(" "):
        form = known[chunk]
        if type(form) is Form:
            if leads is None or form.bound not in leads:
                append(Token(at, at + len(chunk), form))
                leads = form.leads
            else:
                leads = _add(found, at, at + len(chunk), form, text, joined, diacritics)
        elif form.steady and leads is None:
            for piece, first, last in zip(form.forms, form.starts, form.ends, strict=True):
                append(Token(at + first, at + last, piece))
            leads = form.leads
        else:
            for piece, first, last in zip(form.forms, form.starts, form.ends, strict=True):
                if piece.follows or (leads is not None and piece.bound in leads):
                    leads = _add(found, at + first, at + last, piece, text, joined, diacritics)
                else:
                    append(Token(at + first, at + last, piece))
                    leads = piece.leads
                if piece.rival is not None:
                    doubtful.append(len(found) - 1)
        at += len(chunk) + 1
    for index in doubtful:
        _decide(found, index)
    return found


def _add(
    found: list[Token], start: int, end: int, form: Form, text: str, joined: Joined, diacritics: bool
) -> frozenset[str] | None:
    """Add a piece that may join what stands before it; return what may join behind it."""
    if found:
        left = found[-1]
        gap = text[left.end : start]
        if gap == " " or (gap and normal_of(gap, "space", diacritics)[0] == " "):
            one = joined[left.form, form, start - left.start]
            if one is not None:
                found[-1] = Token(left.start, end, one)
                return one.leads
    found.append(Token(start, end, form))
    return form.leads


def _decide(found: list[Token], index: int) -> None:
    """Take the other reading of a word where its neighbours speak for it."""
    token = found[index]
    rival = token.form.rival
    before = found[index - 1].form if index else None
    after = found[index + 1].form if index + 1 < len(found) else None
    if rival is not None and prefers_rival(token.form, before, after):
        found[index] = Token(token.start, token.end, rival)


def _add_gap(pieces: list[str], origin: list[int], text: str, start: int, end: int, diacritics: bool) -> None:
    """Add what parts two tokens: runs of spaces become one."""
    if end - start == 1 and text[start] == " ":
        pieces.append(" ")
        origin.append(start)
    elif start < end:
        letters, places = normal_of(text[start:end], "space", diacritics)
        pieces.append(letters)
        origin.extend([start + index for index in places])
