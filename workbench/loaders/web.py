"""Addresses: a page, a feed with the pages that it points to, or a file of any kind; fetched politely and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from workbench.feeds import Entry, entries
from workbench.fetching import Fetcher, FetchError, Page
from workbench.loaders import ending_name, loader_for
from workbench.loaders.base import Source, charset, credited
from workbench.pages import article_of_page
from workbench.types import Article, Reject

_FEEDS = ("application/rss", "application/atom", "application/xml", "text/xml", "application/rdf")
_TABLES = ("csv", "json", "parquet", "excel", "warc", "archive", "text")


def load(source: Source) -> Iterator[Article | Reject]:
    """Fetch an address and read what it gives; a feed gives its entries, those that are summaries by their pages."""
    fetcher = source.fetcher or Fetcher()
    try:
        page = fetcher.fetch(source.name)
    except FetchError as error:
        yield Reject(source.name, str(error))
        return
    kind = ending_name(urlsplit(page.url).path)
    got = source.holding(page.data, url=page.url, declared=charset(page.content_type))
    if kind in _TABLES and "html" not in page.content_type:
        loader = loader_for(Path(urlsplit(page.url).path))
        if loader is not None:
            yield from loader(replace(got, name=page.url.partition("?")[0]))
    elif kind == "feed" or page.content_type.startswith(_FEEDS) or _looks_like_feed(page):
        yield from _feed(source.name, page, fetcher)
    else:
        yield credited(article_of_page(page.data, page.url, page.url, got.declared))


def _looks_like_feed(page: Page) -> bool:
    head = page.data[:1000].lstrip().lower()
    return head.startswith((b"<?xml", b"<rss", b"<feed")) and (b"<rss" in head or b"<feed" in head or b"<rdf" in head)


def _feed(name: str, page: Page, fetcher: Fetcher) -> Iterator[Article | Reject]:
    try:
        found = list(entries(page.data))
    except ValueError as error:
        yield Reject(name, str(error))
        return
    for number, entry in enumerate(found, 1):
        yield _entry(entry, f"{name}, entry {number}", page.url, fetcher)


def _entry(entry: Entry, where: str, feed: str, fetcher: Fetcher) -> Article | Reject:
    own = entry.article()
    if own is not None and entry.is_whole:
        return credited(own)
    if not entry.url:
        return Reject(where, "the entry has neither its text nor an address")
    try:
        page = fetcher.fetch(urljoin(feed, entry.url))
    except FetchError as error:
        return Reject(where, str(error))
    found = article_of_page(page.data, page.url, page.url, charset(page.content_type))
    if isinstance(found, Reject):
        return found
    if found.published is None:
        found = replace(found, published=entry.published, published_raw=entry.published_raw)
    return credited(replace(found, title=found.title or entry.title))
