"""Saved web pages, read by their site's profile or by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.loaders.base import Source, credited
from workbench.pages import article_of_page
from workbench.types import Article, Reject


def load(source: Source) -> Iterator[Article | Reject]:
    """Read one article from a page."""
    try:
        data = source.read()
    except (ValueError, OSError, EOFError) as error:
        yield Reject(source.name, str(error))
        return
    yield credited(article_of_page(data, source.name, source.url, source.declared))
