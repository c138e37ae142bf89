"""Saved web pages: title, date and body found by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.dates import parse_date
from workbench.encodings import decode
from workbench.outlets import outlet_of
from workbench.records import stable_id
from workbench.types import Article, Reject


def load(path: Path) -> Iterator[Article | Reject]:
    """Read one article from a page."""
    import trafilatura

    try:
        page: Any = trafilatura.bare_extraction(decode(path.read_bytes()), with_metadata=True)
    except (ValueError, RecursionError) as error:
        yield Reject(str(path), str(error))
        return
    if page is None or not page.text or not page.text.strip():
        yield Reject(str(path), "no article found in the page")
        return
    raw = page.date
    yield Article(
        stable_id(page.url or path.name, page.text),
        page.text,
        page.title,
        page.sitename or outlet_of(page.text),
        parse_date(raw),
        raw,
        page.url,
    )
