"""JSON (a list, or an object that holds one) and JSON Lines, read piece by piece."""

from __future__ import annotations

import json
import lzma
import zlib
from collections.abc import Iterator
from typing import Any

from workbench.encodings import decode
from workbench.loaders.base import Source, UnsoundError, unpacked
from workbench.records import articles_from_rows
from workbench.types import Article, Reject

_BROKEN = (ValueError, RecursionError, OSError, EOFError, zlib.error, lzma.LZMAError)
_DEEPEST = 100


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the objects of a file; a line that is no JSON is rejected alone, and what stands before a break is kept."""
    rows = _items(source) if unpacked(source.name).endswith(".json") else _lines(source)
    yield from articles_from_rows(rows, source.name, source.columns, source.tell)


def _lines(source: Source) -> Iterator[Any]:
    number = 0
    try:
        for number, line in enumerate(source.lines(), 1):
            if isinstance(line, UnsoundError):
                yield Reject(f"{source.name}, line {number}", str(line))
            elif line.strip():
                try:
                    yield json.loads(line if line[:1] == b"{" else decode(line))
                except (ValueError, RecursionError) as error:
                    yield Reject(f"{source.name}, line {number}", f"not JSON: {type(error).__name__} {error}"[:200])
    except _BROKEN as error:
        yield Reject(f"{source.name}, after line {number}", f"broken off: {error}"[:200])


def _items(source: Source) -> Iterator[Any]:
    import ijson

    read = 0
    try:
        prefix = _where(source)
        with source.open() as stream:
            for item in ijson.items(_utf8(stream), prefix, use_float=True):
                read += 1
                yield item
    except (*_BROKEN, ijson.JSONError) as error:
        after = f", after object {read}" if read else ""
        yield Reject(f"{source.name}{after}", f"not JSON: {type(error).__name__} {error}"[:200])


def _where(source: Source) -> str:
    """The path to the articles: the first list of objects, at the top or inside the top object; else the whole."""
    import ijson

    depth = 0
    listed: str | None = None
    with source.open() as stream:
        for prefix, event, _ in ijson.parse(_utf8(stream), use_float=True):
            if listed is not None and event == "start_map":
                return f"{listed}.item" if listed else "item"
            listed = None
            if event == "start_array":
                if depth <= 1:
                    listed = prefix
                depth += 1
            elif event == "start_map":
                depth += 1
            elif event in {"end_map", "end_array"}:
                depth -= 1
            elif depth == 0:
                raise ValueError("expected a list of articles, found a single value")
            if depth > _DEEPEST:
                raise ValueError(f"nested more than {_DEEPEST} deep")
    return ""


def _utf8(stream: Any) -> Any:
    """The stream itself when it is UTF-8, else what it holds in UTF-8: the parser knows no other."""
    head = stream.peek(4)[:4] if hasattr(stream, "peek") else b""
    if head[:3] == b"\xef\xbb\xbf":
        stream.read(3)
        return stream
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        import codecs
        import io

        from workbench.loaders.base import LARGEST_ARTICLE

        data = stream.read(LARGEST_ARTICLE)
        return io.BytesIO(codecs.decode(data, "utf-16").encode())
    return stream
