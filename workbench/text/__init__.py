"""Persian text, exactly: normal form, tokens, lemmas and sentences, all with offsets into the raw text.

>>> normalize("گفتوگوي ايران").text
'گفت‌وگوی ایران'
>>> [token.text for token in tokens("همتای چینیاش می رود.")]
['همتای', 'چینی‌اش', 'می‌رود', '.']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from workbench.text.characters import KEY, ZWNJ
from workbench.text.forms import PIECE, Form, form_of
from workbench.text.joining import joins
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


# Distinct raw pieces that are kept at the most; a corpus of a million words has some fifty thousand.
_MOST_KNOWN = 1 << 19


@cache
def _known_forms(half_spaces: bool, diacritics: bool) -> dict[str, Form]:
    """Forms by raw piece: what a piece is depends on nothing around it."""
    del half_spaces, diacritics
    return {}


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
    pieces: list[str] = []
    origin: list[int] = []
    for start, _, form in _pieces(text, half_spaces, diacritics):
        pieces.append(form.text)
        origin.extend([start + index for index in form.origin])
    return _single_spaced("".join(pieces), origin)


def tokens(text: str) -> list[Token]:
    """Cut a raw text into tokens, in reading order and without overlap.

    Returns
    -------
    list of Token
        White space and what is invisible belongs to none.
    """
    return [
        Token(start, end, form)
        for start, end, form in _pieces(text, True, False)
        if form.kind != "space" and form.text and not form.text.isspace()
    ]


def sentences(text: str) -> list[Span]:
    """Cut a raw text into sentences; see `workbench.text.sentences.sentence_spans`."""
    return sentence_spans(text)


def fold(text: str) -> str:
    """Return the key under which spellings match: letter variants, digits, hamza, diacritics and half-spaces are folded."""
    return normalize(text, half_spaces=False).text.translate(KEY)


def _pieces(text: str, half_spaces: bool, diacritics: bool) -> Iterator[tuple[int, int, Form]]:
    """Yield the pieces that cover a text, typed spaces joined into half-spaces where they stand for them."""
    held: tuple[int, int, Form] | None = None
    space: tuple[int, int, Form] | None = None
    known = _known_forms(half_spaces, diacritics)
    for match in PIECE.finditer(text):
        raw = match.group()
        form = known.get(raw)
        if form is None:
            form = form_of(raw, match.lastgroup or "other", half_spaces, diacritics)
            if len(known) < _MOST_KNOWN:
                known[raw] = form
        if not form.text:
            continue  # what only steers stands for nothing, and parts nothing
        piece = (match.start(), match.end(), form)
        if form.kind == "word":
            if held is None:
                held = piece
            elif space and half_spaces and (form.follows or held[2].leads) and joins(held[2].text, form.text):
                held = held[0], piece[1], _join(held[2], form, piece[0] - held[0], diacritics)
                space = None
            else:
                yield held
                if space is not None:
                    yield space
                    space = None
                held = piece
        elif held is not None and form.text == " ":
            space = space or piece
        else:
            if held is not None:
                yield held
                held = None
            if space is not None:
                yield space
                space = None
            yield piece
    if held is not None:
        yield held
    if space is not None:
        yield space


@lru_cache(maxsize=1 << 17)
def _join(left: Form, right: Form, shift: int, diacritics: bool) -> Form:
    """One form out of two, the space before `right` (which starts at `shift`) read as a half-space."""
    joined = form_of(f"{left.text}{ZWNJ}{right.text}", "word", True, diacritics)
    origin = (*left.origin, shift - 1, *(shift + index for index in right.origin))
    return replace(joined, origin=origin)


def _single_spaced(text: str, origin: list[int]) -> Normalized:
    """Fold runs of spaces that dropped characters have brought together, so that normalising twice changes nothing."""
    if "  " not in text:
        return Normalized(text, origin)
    kept = [index for index, letter in enumerate(text) if letter != " " or index == 0 or text[index - 1] != " "]
    return Normalized("".join(text[index] for index in kept), [origin[index] for index in kept])
