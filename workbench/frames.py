"""Records to tidy tables and back: the only place that knows both, and checks tables on the way in.

**articles**: one row per article (`ARTICLE_COLUMNS`). **stances**: one row per article, sentence and target
(`STANCE_COLUMNS`); the list columns hold ``{"start", "end"}`` offsets into the article's raw text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import TableError
from workbench.types import STANCES, Article, Judgement, Span, Stance

PAGE_COLUMNS = ("rutitr", "lead", "category", "tags", "read_by")
ARTICLE_COLUMNS = ("article_id", "outlet", "title", "text", "published", "published_raw", "url", *PAGE_COLUMNS)
PROBABILITY_COLUMNS = tuple(f"p_{stance}" for stance in STANCES)
SPAN_COLUMNS = ("mentions", "evidence", "speaker")
STANCE_COLUMNS = (
    *("article_id", "sentence", "start", "end", "target", "mentions", "stance", *PROBABILITY_COLUMNS),
    *("holder", "evidence", "classifier", "voice", "speaker", "reason"),
)
TEXT_COLUMNS = ("article_id", "target", "stance", "holder", "classifier", "voice", "reason")
_REQUIRED_STANCE_COLUMNS = STANCE_COLUMNS[: STANCE_COLUMNS.index("voice")]
_ARTICLE_TEXTS = tuple(column for column in ARTICLE_COLUMNS if column != "published")


def articles_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """Lay articles out as a table.

    Parameters
    ----------
    articles : iterable of Article

    Returns
    -------
    DataFrame
        One row per article, in the order given, with the columns `ARTICLE_COLUMNS`.

    Raises
    ------
    TableError
        Two articles share an id.
    """
    rows = [tuple(getattr(article, column) for column in ARTICLE_COLUMNS) for article in articles]
    return check_articles(pd.DataFrame(rows, columns=list(ARTICLE_COLUMNS)))


def check_articles(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of an articles table with the contract's columns and types; other columns stay behind them.

    Raises
    ------
    TableError
        A column is missing, an id is missing or stands twice, a text is no string, or a date is not one.
    """
    for column in ("article_id", "text"):
        if column not in frame.columns:
            raise TableError(f"articles table: no column {column!r}; it has {', '.join(map(str, frame.columns))}")
    checked = frame.copy()
    for column in ARTICLE_COLUMNS:
        if column not in checked.columns:
            checked[column] = None
    _require_all(checked, "article_id", checked["article_id"].notna(), "a name for the article")
    checked["article_id"] = checked["article_id"].map(str)
    _require_all(checked, "article_id", ~checked["article_id"].duplicated(), "each id once")
    _require_all(checked, "text", checked["text"].map(lambda value: isinstance(value, str)), "a string")
    for column in _ARTICLE_TEXTS:
        checked[column] = checked[column].astype("object").where(checked[column].notna(), None)
    checked["published"] = _utc(checked)
    others = [column for column in checked.columns if column not in ARTICLE_COLUMNS]
    return checked[[*ARTICLE_COLUMNS, *others]].reset_index(drop=True)


def articles_of(frame: pd.DataFrame) -> Iterator[Article]:
    """Yield the records of an articles table, row by row."""
    columns = [frame[column] if column in frame.columns else [None] * len(frame) for column in ARTICLE_COLUMNS]
    for article_id, outlet, title, text, published, published_raw, url, *page in zip(*columns, strict=True):
        yield Article(
            article_id=str(article_id),
            text=text,
            title=_or_none(title),
            outlet=_or_none(outlet),
            published=None if pd.isna(published) else _as_datetime(published),
            published_raw=_or_none(published_raw),
            url=_or_none(url),
            **dict(zip(PAGE_COLUMNS, map(_or_none, page), strict=True)),
        )


def stances_frame(judgements: Iterable[Judgement]) -> pd.DataFrame:
    """Lay judgements out as a table with the columns `STANCE_COLUMNS`, in the order given."""
    rows = [
        (
            judgement.article_id,
            judgement.sentence,
            judgement.start,
            judgement.end,
            judgement.target,
            _offsets(judgement.mentions),
            str(judgement.stance),
            *judgement.probabilities,
            judgement.holder,
            _offsets(judgement.evidence),
            judgement.classifier,
            judgement.voice,
            _offsets([judgement.speaker] if judgement.speaker else []),
            judgement.reason,
        )
        for judgement in judgements
    ]
    frame = pd.DataFrame(rows, columns=list(STANCE_COLUMNS))
    integers = dict.fromkeys(("sentence", "start", "end"), "int64")
    return frame.astype({**integers, **dict.fromkeys(PROBABILITY_COLUMNS, "float64"), "holder": "object"})


def check_stances(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of a stances table with the contract's types, list columns parsed from JSON where they are text.

    Raises
    ------
    TableError
        A column is missing, a stance is not one of the three, or probabilities do not sum to 1.
    """
    for column in _REQUIRED_STANCE_COLUMNS:
        if column not in frame.columns:
            raise TableError(f"stances table: no column {column!r}; it has {', '.join(map(str, frame.columns))}")
    checked = frame.copy()
    for column, default in (("voice", "outlet"), ("speaker", "[]"), ("reason", "")):
        if column not in checked.columns:
            checked[column] = default
    for column in SPAN_COLUMNS:
        parsed = [_parse_offsets(value, column) for value in checked[column]]
        checked[column] = pd.Series(parsed, index=checked.index, dtype="object")
    known = checked["stance"].isin(list(STANCES))
    _require_all(checked, "stance", known, f"one of {', '.join(STANCES)}", table="stances")
    total = checked[list(PROBABILITY_COLUMNS)].astype("float64").sum(axis=1)
    near_one = pd.Series(np.isclose(total, 1.0, atol=1e-6), index=checked.index)
    _require_all(checked, "p_favor", near_one, "p_favor + p_neutral + p_against = 1", table="stances")
    checked["holder"] = checked["holder"].astype("object").where(checked["holder"].notna(), None)
    return checked.reset_index(drop=True)


def judgements_of(frame: pd.DataFrame) -> Iterator[Judgement]:
    """Yield the records of a stances table, row by row."""
    rows: Iterator[Any] = check_stances(frame)[list(STANCE_COLUMNS)].itertuples(index=False)
    for row in rows:
        speaker = _spans(row.speaker)
        yield Judgement(
            article_id=row.article_id,
            sentence=int(row.sentence),
            start=int(row.start),
            end=int(row.end),
            target=row.target,
            stance=Stance(row.stance),
            probabilities=(float(row.p_favor), float(row.p_neutral), float(row.p_against)),
            holder=row.holder,
            mentions=_spans(row.mentions),
            evidence=_spans(row.evidence),
            classifier=row.classifier,
            voice=row.voice,
            speaker=speaker[0] if speaker else None,
            reason=row.reason,
        )


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of any table as named tuples, without the index."""
    yield from frame.itertuples(index=False)


def _offsets(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _spans(offsets: Sequence[dict[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(offset["start"], offset["end"]) for offset in offsets)


def _parse_offsets(value: Any, column: str) -> list[dict[str, int]]:
    try:
        parsed = json.loads(value) if isinstance(value, str) else value
        return [{"start": int(offset["start"]), "end": int(offset["end"])} for offset in parsed]
    except (TypeError, ValueError, KeyError) as error:
        raise TableError(f"stances table: {column} is {value!r}; expected a list of {{start, end}}") from error


def _require_all(frame: pd.DataFrame, column: str, good: Any, expected: str, table: str = "articles") -> None:
    bad = np.flatnonzero(~np.asarray(good, dtype=bool))
    if bad.size:
        value = repr(frame[column].iloc[bad[0]])[:80]
        more = f" (and {bad.size - 1} more rows)" if bad.size > 1 else ""
        raise TableError(f"{table} table, row {bad[0]}: {column} is {value}; expected {expected}{more}")


def _utc(frame: pd.DataFrame) -> Any:
    try:
        return pd.to_datetime(frame["published"], utc=True)
    except (ValueError, TypeError, OverflowError) as error:
        raise TableError(f"articles table: published holds a value that is no date ({error})") from error


def _as_datetime(value: Any) -> datetime:
    moment: datetime = pd.Timestamp(value).to_pydatetime()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _or_none(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)
