"""Key words in context: the word, and what stands before and after it, as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.text import fold

# Lines that agree in so many words stand as they stood.
_WORDS = 3
# Code points do not stand in the order of the Persian alphabet.
_ALPHABET = str.maketrans(
    {letter: chr(0xE000 + rank) for rank, letter in enumerate("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a concordance.

    Attributes
    ----------
    row : int
        The stance (or whatever the caller counts) it belongs to.
    start, end : int
        Offsets of the node in the article's raw text.
    before, node, after : str
        Raw text with its white space folded; contexts are cut at a space.
    """

    row: int
    start: int
    end: int
    before: str
    node: str
    after: str


def line(row: int, text: str, start: int, end: int, width: int = 55) -> Line:
    """Cut a line out of a raw text.

    Parameters
    ----------
    row : int
    text : str
    start, end : int
        Offsets of the node.
    width : int
        Code points of context on each side, at the most.
    """
    before = " ".join(text[max(0, start - 2 * width) : start].split())
    after = " ".join(text[end : end + 2 * width].split())
    if len(before) > width:
        before = before[-width:].partition(" ")[2] or before[-width:]
    if len(after) > width:
        after = after[:width].rpartition(" ")[0] or after[:width]
    return Line(row, start, end, before, " ".join(text[start:end].split()), after)


def sort_lines(lines: Iterable[Line], by: str) -> list[Line]:
    """Sort lines by the words ``before`` the node, nearest first, or by those ``after`` it."""
    if by == "before":
        return sorted(lines, key=lambda one: _key(" ".join(one.before.split()[: -_WORDS - 1 : -1])))
    if by == "after":
        return sorted(lines, key=lambda one: _key(" ".join(one.after.split()[:_WORDS])))
    raise ValueError(f"concordance sorted by {by!r}; expected 'before' or 'after'")


def _key(words: str) -> list[str]:
    """Spellings that are one stand together; marks before a word do not part it from its equals."""
    return fold(words).strip(' ،؛:.!؟«»()-"').translate(_ALPHABET).split()
