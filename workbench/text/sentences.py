"""Sentences of raw text by their ends, with what looks like an end and is none."""

from __future__ import annotations

import re
from functools import partial

from workbench.types import Span

# Marks that may end a sentence, with what closes behind them; and line breaks, which always do. One class opens the pattern,
# since the engine then looks for nothing else. Group 1 tells what nearly all ends are, a full stop behind a word and before white
# space, with the line breaks that follow; group 2 tells a line break.
_BREAK, _MARK, _CLOSING = r"\n\r\u2028\u2029\u0085\x0b\x0c", ".؟?!…", r"»”\"'’)\]"
_END = re.compile(
    rf"[{_MARK}{_BREAK}](?:"
    rf"(?<=[\u0621-\u06d3]{{3}}\.)(?<!دکتر\.)(?=\s|$)(\n*(?![{_MARK}{_CLOSING}]))"
    rf"|(?<=[{_BREAK}])([{_MARK}]*[{_CLOSING}]*)"
    rf"|[{_MARK}]*[{_CLOSING}]*)"
)
_STARTS = re.compile(r"\s|$|[\u0621-\u06d3«(]")
_OPEN, _CLOSED = "«“", "»”"
# Before a full stop: one or two letters (initials, units, honorifics), a chain of letters, an abbreviation.
_NO_END = re.compile(
    r"(?:^|[\s(«])(?:[\u0621-\u06d3A-Za-z]|[\u0621-\u06d3A-Za-z](?:\.[\u0621-\u06d3A-Za-z])+|(?:ج|ص|ق|ه|رک|دکتر|Dr|Mr|Mrs|St|vs|No))$"
)
_ORDINAL = re.compile(r"(?:^|[\n\r])\s*[(\[]?[0-9٠-٩۰-۹]{1,3}$")
_WORD = re.compile(r"[\u0621-\u06d3]{2}$")
# 'لندن - ایرنا:' opens an item with the place and the agency, and is no part of what it says.
_DATELINE = re.compile(
    r"[^\s.؟!:«»،؛\d][^\n.؟!:«»،؛\d]{0,24} ?[-–—ـ/] ?[^\n.؟!:«»،؛\d]{2,24}:(?=\s)|واحد مرکزی خبر:(?=\s)"
)
_LONGEST_DATELINE = 60
_AT_WORD, _AT_BREAK = 1, 2  # the groups in _END
_span = partial(tuple.__new__, Span)  # as Span makes itself, without a call of its own for each


def sentence_spans(text: str) -> list[Span]:
    """Cut a raw text into sentences that cover everything but white space.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Span
        In reading order, trimmed. A line break ends a sentence; so does a full stop, unless it stands after an initial, an
        abbreviation or the number of a list, in a number, or where three dots only pause. A dateline ('لندن - ایرنا:') is one of
        its own.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        at, after = match.span()
        kind = match.lastindex
        if kind == _AT_WORD:
            while text[start].isspace():
                start += 1
            _add(spans, text, start, at + 1)
            start = after
            continue
        end = at + 1
        if kind == _AT_BREAK:
            after = end
            if at == start:  # a line break behind an end
                start = end
                continue
        elif not _ends(text, start, match):
            continue
        else:
            end = after
        _add_trimmed(spans, text, start, end)
        start = after
    _add_trimmed(spans, text, start, len(text))
    return list(map(_span, spans))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    at, end = match.span()
    first = text[at]
    if first == "." and end - at == 1:
        before = text[max(start, at - 12) : at]
        # No space behind: an end only where a word stood before ('شد.وی'), not inside an abbreviation.
        if end < len(text) and not text[end].isspace() and (not _WORD.search(before) or not _STARTS.match(text, end)):
            return False
        if before[-1:].isdecimal() and _ORDINAL.search(text[max(0, start - 1) : at]):
            return False
        return _NO_END.search(before) is None
    if _STARTS.match(text, end) is None:
        return False
    if first == "…" or text.startswith("..", at):
        mark = match.group()
        rest = text[end : end + 20].lstrip(" ")[:1]
        return not rest or rest in "\n\r«" or mark[-1] in _CLOSED or (mark[-1] in ".؟?!" and "…" in mark)
    return True


def _add_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        while text[end - 1].isspace():
            end -= 1
        _add(spans, text, start, end)


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    if text.find(":", start, start + _LONGEST_DATELINE) > 0:
        dateline = _DATELINE.match(text, start, end)
        if dateline is not None and dateline.end() < end:
            spans.append((start, dateline.end()))
            start = dateline.end()
            while text[start].isspace():
                start += 1
    spans.append((start, end))
