"""Sentences of raw text by their ends, with what looks like an end and is none."""

from __future__ import annotations

import re

from workbench.types import Span

_END = re.compile(r"[.؟?!…]+[»”\"'’)\]]*(?=\s|$|[\u0621-\u06d3«(])|\r\n|[\n\r\u2028\u2029\u0085\x0b\x0c]")
_OPEN, _CLOSED = "«“", "»”"
# Before a full stop: one or two letters (initials, units, honorifics), a number at the head of a line, a chain of letters.
_NO_END = re.compile(
    r"(?:^|[\s(«])(?:[\u0621-\u06d3A-Za-z]|[\u0621-\u06d3A-Za-z](?:\.[\u0621-\u06d3A-Za-z])+|(?:ج|ص|ق|ه|رک|دکتر|Dr|Mr|Mrs|St|vs|No))$"
)
_ORDINAL = re.compile(r"(?:^|[\n\r])\s*[(\[]?[0-9٠-٩۰-۹]{1,3}$")


def sentence_spans(text: str) -> list[Span]:
    """Cut a raw text into sentences that cover everything but white space.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Span
        In reading order, trimmed. A line break ends a sentence; so does a full stop, unless it stands after an initial, an
        abbreviation or the number of a list, in a number, or inside guillemets that are still open on the same line.
    """
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark.isspace():
        return True
    before = text[max(start, match.start() - 12) : match.start()]
    if mark[0] == "." and len(mark) == 1:
        if _NO_END.search(before) or _ORDINAL.search(text[max(0, start - 1) : match.start()]):
            return False
        # No space behind: an end only where a word stood before ('شد.وی'), not inside an abbreviation.
        after = text[match.end() : match.end() + 1]
        if after and not after.isspace() and not re.search(r"[\u0621-\u06d3]{2}$", before):
            return False
    if mark[0] == "…" or mark.startswith(".."):
        rest = text[match.end() :].lstrip(" ")[:1]
        return not rest or rest in "\n\r«" or mark[-1] in _CLOSED
    return True


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append(Span(begin, begin + len(stripped)))
