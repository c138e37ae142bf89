"""Saved RSS and Atom feeds: the texts that they carry themselves; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.feeds import entries
from workbench.loaders.base import Source, credited
from workbench.types import Article, Reject


def load(source: Source) -> Iterator[Article | Reject]:
    """Read one article from each entry."""
    try:
        for number, entry in enumerate(entries(source.read()), 1):
            where = f"{source.name}, entry {number}"
            yield credited(entry.article() or Reject(where, "the entry has no text"))
    except (ValueError, OSError, EOFError) as error:
        yield Reject(source.name, str(error))
