"""Rows of any table to articles: which column is which, ids that stay, dates read."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workbench.dates import parse_date
from workbench.encodings import undecodable
from workbench.errors import SourceError
from workbench.sites import outlet_of_url
from workbench.types import Article, Reject, stable_id

COLUMNS: dict[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id", "doc_id", "news_id", "code", "شناسه", "کد خبر"),
    "text": ("text", "body", "content", "متن", "matn", "article", "news_text", "article_text", "full_text", "متن خبر"),
    "title": ("title", "headline", "عنوان", "تیتر", "news_title", "عنوان خبر"),
    "outlet": ("outlet", "agency", "source", "publisher", "خبرگزاری", "رسانه", "منبع", "site", "newspaper"),
    "published": (
        "published",
        "date",
        "datetime",
        "published_at",
        "pubdate",
        "تاریخ",
        "timestamp",
        "publish_date",
        "تاریخ انتشار",
    ),
    "published_raw": ("published_raw",),
    "url": ("url", "link", "لینک", "نشانی", "address"),
    "rutitr": ("rutitr", "kicker", "روتیتر"),
    "lead": ("lead", "summary", "abstract", "لید", "خلاصه"),
    "category": ("category", "section", "service", "topic", "دسته", "سرویس", "موضوع"),
    "tags": ("tags", "keywords", "برچسب", "کلیدواژه"),
    "read_by": ("read_by",),
}
"""Field to the names under which tables carry it, best first."""

_LOOKED_AT = 50
_PERSIAN = re.compile("[\u0621-\u06cc]")


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column of a table is which field.

    Attributes
    ----------
    columns : dict of str to str
        Field to column.
    unused : tuple of str
        Columns that no field took.
    guessed : tuple of str
        Fields whose column was taken for what it holds, not for its name.
    """

    columns: dict[str, str]
    unused: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = [
            f"{name}={column}{' (by what it holds)' if name in self.guessed else ''}"
            for name, column in self.columns.items()
        ]
        left = f"; unused: {', '.join(self.unused)}" if self.unused else ""
        return f"{', '.join(shown) or 'nothing'}{left}"


def map_columns(rows: Iterable[Mapping[str, Any]], given: Mapping[str, str] | None = None) -> Mapped:
    """Say which column of a table is which field: as given, by name, and for the text at last by what the columns hold.

    Parameters
    ----------
    rows : iterable of mapping
        Some rows from the head of the table.
    given : mapping of str to str, optional
        Field to column, where the user knows better.

    Raises
    ------
    SourceError
        What is given names no field.
    ValueError
        It names no column of the table.
    """
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row if name is not None))
    columns = dict(given or {})
    for name, column in columns.items():
        if name not in COLUMNS:
            raise SourceError(f"column mapping {name}={column}: expected one of {', '.join(COLUMNS)} before the '='")
        if rows and column not in names:
            raise ValueError(f"column mapping {name}={column}: the table has {', '.join(map(str, names))}")
    present = {str(name).strip().lower(): name for name in names if name not in columns.values()}
    for name, aliases in COLUMNS.items():
        found = (
            next((present.pop(alias) for alias in aliases if alias in present), None) if name not in columns else None
        )
        if found is not None:
            columns[name] = found
    guessed: tuple[str, ...] = ()
    if "text" not in columns:
        longest = _column_of_prose(rows, [name for name in names if name not in columns.values()])
        if longest is not None:
            columns["text"], guessed = longest, ("text",)
    return Mapped(columns, tuple(str(name) for name in names if name not in columns.values()), guessed)


def articles_from_rows(
    rows: Iterable[Any],
    source: str,
    given: Mapping[str, str] | None = None,
    tell: Callable[[str, Mapped], None] = lambda _source, _mapped: None,
    first: int = 1,
) -> Iterator[Article | Reject]:
    """Turn mappings into articles.

    Parameters
    ----------
    rows : iterable of mapping or Reject
        What is no mapping, or has no text, is rejected with its number; a Reject goes through and counts as a row.
    source : str
        Named in rejects.
    given : mapping of str to str, optional
        Field to column.
    tell : callable, optional
        Called once with the source and the columns chosen.
    first : int, default 1
        Number of the first row.

    Raises
    ------
    SourceError
        As in `map_columns`.
    """
    rows = iter(rows)
    head = list(itertools.islice(rows, _LOOKED_AT))
    try:
        mapped = map_columns([row for row in head if isinstance(row, Mapping)], given)
    except ValueError as error:
        yield Reject(source, str(error))
        return
    if any(isinstance(row, Mapping) for row in head):
        tell(source, mapped)
    for number, row in enumerate(itertools.chain(head, rows), first):
        if isinstance(row, Reject):
            yield row
        elif isinstance(row, Mapping):
            yield _article(row, mapped.columns, f"{source}, row {number}")
        else:
            yield Reject(f"{source}, row {number}", f"expected an object with a text, found {type(row).__name__}")


def _article(row: Mapping[str, Any], columns: dict[str, str], where: str) -> Article | Reject:
    if columns.get("text") not in row:
        columns = map_columns([row]).columns  # a row of another shape
        if "text" not in columns:
            return Reject(where, f"no column of text; expected one of {', '.join(COLUMNS['text'])}")
    value = {name: _text(row.get(column)) or None for name, column in columns.items() if name != "published"}
    text = value.pop("text")
    if not text or not text.strip():
        return Reject(where, "its text is empty", value.get("article_id"))
    for name, part in (("text", text), *value.items()):
        if part and (wrong := undecodable(part)):
            return Reject(where, f"its {name} holds {wrong}", None if name == "article_id" else value.get("article_id"))
    moment, raw = _date(row.get(columns.get("published", "")))
    raw_kept = value.pop("published_raw", None)
    identity = value.pop("article_id", None) or stable_id(value.get("url"), value.get("title"), text)
    if not value.get("outlet"):
        value["outlet"] = outlet_of_url(value.get("url"))
    return Article(identity, text, published=moment or parse_date(raw_kept), published_raw=raw_kept or raw, **value)


def _column_of_prose(rows: list[Mapping[str, Any]], names: list[str]) -> str | None:
    """The column with the most Persian letters, when it holds sentences and not words."""
    letters = Counter(
        {
            name: sum(len(_PERSIAN.findall(value)) for row in rows if isinstance(value := row.get(name), str))
            for name in names
        }
    )
    best = letters.most_common(1)
    return best[0][0] if best and best[0][1] > 60 * len(rows) else None


def _text(value: Any) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet's numbers are floats, its ids are not
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return "، ".join(value)
    return str(value)


def _date(value: Any) -> tuple[datetime | None, str | None]:
    if isinstance(value, datetime) and value == value:
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC), None
    raw = _text(value)
    return parse_date(raw), raw
