"""HTML to lines of text, one for each block, with white space as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LONGEST = 8_000_000


def lines_of(element: Any, dropped: Set[Any] = frozenset()) -> list[str]:
    """Return the text of an lxml element.

    Parameters
    ----------
    element : lxml element
    dropped : set of lxml elements
        What is inside these is left out.
    """
    import lxml.etree

    parts: list[str] = []
    inside_dropped = 0
    for event, node in lxml.etree.iterwalk(element, events=("start", "end")):
        breaks = "\n" if node.tag in _BLOCKS else ""
        if event == "start":
            inside_dropped += node in dropped
            if not inside_dropped:
                parts.append(breaks + _SPACE.sub(" ", node.text or ""))
        else:
            if not inside_dropped:
                parts.append(breaks)
            inside_dropped -= node in dropped
            if not inside_dropped and node is not element:
                parts.append(_SPACE.sub(" ", node.tail or ""))
    lines = ("".join(parts)).split("\n")
    return [line for line in (_SPACE.sub(" ", line).strip() for line in lines) if line]


def lines_of_markup(markup: str) -> list[str]:
    """Return the text of a piece of HTML.

    Raises
    ------
    ValueError
        It cannot be read.
    """
    import lxml.etree
    import lxml.html

    try:
        whole = lxml.html.fragment_fromstring(markup[:_LONGEST], create_parent="div")
    except (lxml.etree.LxmlError, AssertionError) as error:
        raise ValueError(f"markup that cannot be read: {error}"[:200]) from error
    return lines_of(whole, frozenset(whole.iter("script", "style")))
