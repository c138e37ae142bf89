"""Plain text: one article a file, its outlet known by how it credits itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbench.encodings import decode
from workbench.outlets import outlet_of
from workbench.records import stable_id
from workbench.types import Article, Reject


def load(path: Path) -> Iterator[Article | Reject]:
    """Read one article; its text is the file's, code point for code point."""
    try:
        text = decode(path.read_bytes())
    except ValueError as error:
        yield Reject(str(path), str(error))
        return
    if not text.strip():
        yield Reject(str(path), "the file is empty")
        return
    yield Article(stable_id(path.name, text), text, outlet=outlet_of(text))
