"""JSON (a list, or an object that holds one) and JSON Lines, read piece by piece."""

from __future__ import annotations

import json
import lzma
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from workbench.encodings import decode
from workbench.loaders.base import Source, UnsoundError, unpacked
from workbench.records import articles_from_rows
from workbench.types import Article, Reject

_BROKEN = (ValueError, RecursionError, OSError, EOFError, zlib.error, lzma.LZMAError)
_DEEPEST = 100
_STEP = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


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
        listed = _listed(source)
        with source.open() as stream:
            for item in _objects(ijson.basic_parse(_utf8(stream), use_float=True), listed):
                read += 1
                yield item
    except (*_BROKEN, ijson.JSONError) as error:
        after = f", after object {read}" if read else ""
        yield Reject(f"{source.name}{after}", f"not JSON: {type(error).__name__} {error}"[:200])


def _listed(source: Source) -> str | None:
    """Where the articles are: '' for a list at the top, a key for the first list of objects under it, None for the whole."""
    import ijson

    depth = 0
    key = ""
    opened: str | None = None
    with source.open() as stream:
        for event, value in ijson.basic_parse(_utf8(stream), use_float=True):
            if depth == 0 and event not in {"start_array", "start_map"}:
                raise ValueError("expected a list of articles, found a single value")
            if opened is not None and event == "start_map":
                return opened
            opened = None
            if event == "map_key" and depth == 1:
                key = str(value)
            elif event == "start_array" and depth <= 1:
                if depth == 0:
                    return ""
                opened = key
            depth += _STEP.get(event, 0)
            if depth > _DEEPEST:
                raise ValueError(f"nested more than {_DEEPEST} deep")
    return None


def _objects(events: Iterable[tuple[str, Any]], listed: str | None) -> Iterator[Any]:
    """Build the members of the list of articles, one after the other, or the whole when there is no list."""
    from ijson.common import ObjectBuilder

    level = 0 if listed is None else 1 if listed == "" else 2
    builder: Any = None
    depth = 0
    key = ""
    for event, value in events:
        if event == "map_key" and depth == 1:
            key = str(value)
        begins = depth == level and (level < 2 or key == listed) and event not in {"map_key", "end_map", "end_array"}
        if begins and builder is None:
            builder = ObjectBuilder()
        if builder is not None:
            builder.event(event, value)
        depth += _STEP.get(event, 0)
        if depth > _DEEPEST:
            raise ValueError(f"nested more than {_DEEPEST} deep")
        if builder is not None and depth == level:
            yield builder.value
            builder = None


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
