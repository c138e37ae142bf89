"""Plain text: one article a file, its outlet known by how it credits itself."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.encodings import decode
from workbench.loaders.base import Source, credited
from workbench.types import Article, Reject, stable_id


def load(source: Source) -> Iterator[Article | Reject]:
    """Read one article; its text is the file's, code point for code point."""
    try:
        text = decode(source.read())
    except (ValueError, OSError, EOFError) as error:
        yield Reject(source.name, str(error))
        return
    if not text.strip():
        yield Reject(source.name, "the file is empty")
        return
    if not any(map(str.isalpha, text)):
        yield Reject(source.name, "there is no letter in it")
        return
    yield credited(Article(stable_id(source.file_name, text), text))
