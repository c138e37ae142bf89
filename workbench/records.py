"""Rows of any table to articles: which column is which, ids that stay, dates read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.dates import parse_date
from workbench.types import Article, Reject

COLUMNS: dict[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id", "doc_id", "شناسه"),
    "text": ("text", "body", "content", "متن", "matn"),
    "title": ("title", "headline", "عنوان", "تیتر"),
    "outlet": ("outlet", "agency", "source", "publisher", "خبرگزاری", "رسانه", "منبع"),
    "published": ("published", "date", "datetime", "published_at", "pubdate", "تاریخ"),
    "url": ("url", "link", "لینک", "نشانی"),
}
"""Field to the names under which tables carry it, best first."""


def guess_columns(names: Iterable[str]) -> dict[str, str]:
    """Map fields to the columns of a table by their names."""
    present = {str(name).strip().lower(): str(name) for name in names}
    return {
        field: next(present[alias] for alias in aliases if alias in present)
        for field, aliases in COLUMNS.items()
        if any(alias in present for alias in aliases)
    }


def stable_id(*parts: str | None) -> str:
    """Return an id that the same source gives again."""
    return (
        "a"
        + hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:15]
    )


def articles_from_rows(rows: Iterable[Any], source: str) -> Iterator[Article | Reject]:
    """Turn mappings into articles.

    Parameters
    ----------
    rows : iterable of mapping
        What is no mapping, or has no text, is rejected with its number.
    source : str
        Named in rejects.
    """
    for number, row in enumerate(rows, 1):
        where = f"{source}, row {number}"
        if not isinstance(row, Mapping):
            yield Reject(where, f"expected an object with a text, found {type(row).__name__}")
            continue
        columns = guess_columns(row)
        if "text" not in columns:
            yield Reject(where, f"no column of text; expected one of {', '.join(COLUMNS['text'])}")
            continue
        value = {field: _text(row[column]) for field, column in columns.items() if field != "published"}
        text = value.get("text")
        if not text or not text.strip():
            yield Reject(where, "its text is empty", value.get("article_id"))
            continue
        moment, raw = _date(row.get(columns.get("published", "")))
        raw_kept = _text(row.get("published_raw"))
        identity = value.get("article_id") or stable_id(value.get("url"), value.get("title"), text)
        yield Article(
            identity,
            text,
            value.get("title"),
            value.get("outlet"),
            moment or parse_date(raw_kept),
            raw_kept or raw,
            value.get("url"),
        )


def _text(value: Any) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    return str(value)


def _date(value: Any) -> tuple[datetime | None, str | None]:
    if isinstance(value, datetime) and value == value:
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC), None
    raw = _text(value)
    return parse_date(raw), raw
