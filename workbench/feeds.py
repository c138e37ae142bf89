"""RSS and Atom feeds to entries: address, title, date, and the text as far as the feed carries it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.dates import parse_date
from workbench.markup import lines_of_markup
from workbench.sites import outlet_of_url
from workbench.types import Article, stable_id

MOST_ENTRIES = 5_000
_WHOLE = 500  # letters: a shorter text in a feed is a summary


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes
    ----------
    url, title, text : str or None
        The text has no markup; one paragraph a line.
    published : datetime or None
    published_raw : str or None
    feed : str or None
        Title of the feed.
    """

    url: str | None
    title: str | None
    text: str | None
    published: datetime | None
    published_raw: str | None
    feed: str | None

    @property
    def is_whole(self) -> bool:
        """Whether the text is the article, as far as its length tells, and not a summary."""
        return self.text is not None and len(self.text) >= _WHOLE

    def article(self) -> Article | None:
        """Return the article that the feed itself carries, be it a summary; None when it has no text."""
        if not self.text:
            return None
        return Article(
            stable_id(self.url, self.title, self.text),
            self.text,
            self.title,
            outlet_of_url(self.url) or self.feed,
            self.published,
            self.published_raw,
            self.url,
            read_by="feed" if self.is_whole else "feed summary",
        )


def entries(data: bytes) -> Iterator[Entry]:
    """Read a feed.

    Raises
    ------
    ValueError
        The bytes are no feed.
    """
    import feedparser

    if b"<!ENTITY" in data[:100_000]:
        raise ValueError("a feed that declares entities of its own is not read")
    feed: Any = feedparser.parse(io.BytesIO(data))  # a stream: bytes alone might be taken for a path
    if not feed.get("version") and not feed.entries:
        raise ValueError(f"not a feed: {feed.get('bozo_exception') or 'no RSS or Atom in it'}"[:200])
    title = _text(feed.feed.get("title"))
    for entry in feed.entries[:MOST_ENTRIES]:
        contents = [content.get("value") for content in entry.get("content", [])]
        text = max((_text(value) or "" for value in (*contents, entry.get("summary"))), key=len, default="")
        raw = entry.get("published") or entry.get("updated") or entry.get("date")
        yield Entry(entry.get("link"), _text(entry.get("title")), text or None, parse_date(raw), raw, title)


def _text(value: str | None) -> str | None:
    """Text of a piece of markup, one paragraph a line."""
    if not value or not value.strip():
        return None
    if "<" not in value and "&" not in value:
        return value.strip()
    return "\n".join(lines_of_markup(value)) or None
