"""Stances as columns of small integers: what is filtered and counted at half a million rows without touching an object.

Rows stand in the order of their articles, so that an article's rows are together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.dates import TEHRAN, jalali_month
from workbench.frames import PROBABILITY_COLUMNS
from workbench.selection import FACETS, NOBODY, Selection
from workbench.types import STANCES

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
PERIODS = ("jalali_week", "jalali_month", "jalali_quarter", "jalali_year", "week", "month", "quarter", "year")
_NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Calendar:
    """The day of each article in Tehran, and the periods it falls in.

    Attributes
    ----------
    days : ndarray of datetime64[D], shape (articles,)
        NaT where an article has no date.
    """

    days: NDArray[np.datetime64]

    @classmethod
    def of(cls, published: pd.Series[Any]) -> Calendar:
        """Read the days off a column of moments in UTC."""
        local = pd.to_datetime(published, utc=True).dt.tz_convert(TEHRAN).dt.tz_localize(None)
        return cls(local.to_numpy(dtype="datetime64[D]"))

    @cached_property
    def _distinct(self) -> tuple[NDArray[np.datetime64], Codes]:
        codes, days = pd.factorize(self.days, sort=True)
        return np.asarray(days, dtype="datetime64[D]"), codes.astype(np.int32)

    @cached_property
    def _names(self) -> pd.DataFrame:
        """The periods of each distinct day, a few thousand at most: only these pass through the calendar."""
        days = pd.Series(self._distinct[0])
        noon = days.dt.tz_localize("UTC") + pd.Timedelta(hours=9)
        months = noon.map(jalali_month).astype(str)
        # Weeks begin where the calendar's users begin them: Saturday in Iran, Monday elsewhere.
        saturday = days - pd.to_timedelta((days.dt.day_of_week + 2) % 7, unit="D")
        monday = days - pd.to_timedelta(days.dt.day_of_week, unit="D")
        return pd.DataFrame(
            {
                "jalali_week": saturday.dt.strftime("%Y-%m-%d"),
                "jalali_month": months,
                "jalali_quarter": [f"{month[:4]}-{(int(month[5:]) - 1) // 3 + 1}" for month in months],
                "jalali_year": months.str[:4],
                "week": monday.dt.strftime("%Y-%m-%d"),
                "month": days.dt.strftime("%Y-%m"),
                "quarter": [f"{day.year}-{day.quarter}" for day in days],
                "year": days.dt.strftime("%Y"),
            }
        )

    def period(self, kind: str) -> tuple[list[str], Codes]:
        """Return the names of the periods of a kind in order of time, and each article's code, -1 without a date."""
        codes, names = pd.factorize(self._names[kind], sort=True)
        days = self._distinct[1]
        spread = np.append(codes, -1).astype(np.int32)  # the last stands for -1, no date
        return [str(value) for value in names], spread[days]

    def bounds(self, kind: str, name: str) -> tuple[str, str]:
        """Return the first and the last ISO day of a period, as far as articles go."""
        days = self._distinct[0][(self._names[kind] == name).to_numpy()]
        return str(days[0]), str(days[-1])


@dataclass(frozen=True)
class Columns:
    """Stances joined with their articles, as codes.

    Attributes
    ----------
    stances : DataFrame
        The rows as they were given, in the order of the articles.
    article : ndarray of int32, shape (rows,)
        Position of the article in the articles table.
    codes : dict of str to ndarray of int32
        ``target``, ``stance``, ``holder``, ``outlet``, ``voice`` of each row, -1 where there is none.
    names : dict of str to list of str
        What the codes stand for.
    confidence : ndarray of float32, shape (rows,)
        Probability of the stance judged.
    calendar : Calendar
    outlet_of : ndarray of int32, shape (articles,)
    """

    stances: pd.DataFrame
    article: Codes
    codes: dict[str, Codes]
    names: dict[str, list[str]]
    confidence: NDArray[np.float32]
    calendar: Calendar
    outlet_of: Codes
    _masks: dict[Any, Mask] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, stances: pd.DataFrame, articles: pd.DataFrame, calendar: Calendar | None = None) -> Columns:
        """Encode a stances table; rows of articles that are not in the articles table are left out."""
        position = pd.Index(articles["article_id"]).get_indexer(pd.Index(_plain(stances["article_id"])))
        order = np.argsort(position, kind="stable")
        order = order[np.searchsorted(position[order], 0) :]
        if len(order) != len(stances) or not (order[1:] > order[:-1]).all():
            stances = stances.take(order)
        article = position[order].astype(np.int32)
        codes: dict[str, Codes] = {}
        names: dict[str, list[str]] = {}
        fixed = {"stance": [str(stance) for stance in STANCES], "voice": ["outlet", "quoted"]}
        for column in ("target", "stance", "holder", "voice"):
            values = stances[column] if column in stances else pd.Series(["outlet"] * len(stances))
            codes[column], names[column] = _encoded(values, fixed.get(column))
        outlet_of, names["outlet"] = _encoded(articles["outlet"], None)
        codes["outlet"] = outlet_of[article] if len(article) else article
        confidence = stances[list(PROBABILITY_COLUMNS)].to_numpy(dtype=np.float32).max(axis=1, initial=0.0)
        days = calendar or Calendar.of(articles["published"])
        return cls(stances, article, codes, names, confidence, days, outlet_of)

    def __len__(self) -> int:
        return len(self.article)

    def where(self, chosen: Selection, words: Callable[[str], Mask] | None = None, without: str = "") -> Mask:
        """Return which rows a selection holds.

        Parameters
        ----------
        chosen : Selection
        words : callable, optional
            Query to mask; asked when the selection has words.
        without : str, optional
            A field of the selection to leave out, as the counts beside its own values need it.
        """
        mask = np.ones(len(self), dtype=bool)
        for name in FACETS:
            if name != without and getattr(chosen, name):
                mask &= self._kept((name, getattr(chosen, name)), partial(self._facet, name, chosen))
        if (chosen.since or chosen.until) and without != "days":
            mask &= self._kept(("days", chosen.since, chosen.until), lambda: self._days(chosen.since, chosen.until))
        if chosen.confidence:
            mask &= self.confidence >= np.float32(chosen.confidence)
        if chosen.words.strip() and words is not None:
            mask &= self._kept(("words", chosen.words), lambda: words(chosen.words))
        return mask

    def forget_words(self) -> None:
        """Drop masks of words, as when the index behind them has changed."""
        for key in [key for key in self._masks if key[0] == "words"]:
            del self._masks[key]

    def count(self, column: str, mask: Mask) -> NDArray[np.int64]:
        """Count selected rows by the values of a column; the last place counts those without a value."""
        return np.bincount(self.codes[column][mask] + 1, minlength=len(self.names[column]) + 1)[
            [*range(1, len(self.names[column]) + 1), 0]
        ]

    def by_article(self, mask: Mask) -> NDArray[np.int64]:
        """Count selected rows by article, target and stance; shape (articles, targets, 3)."""
        targets = max(1, len(self.names["target"]))
        cell = (self.article[mask].astype(np.int64) * targets + self.codes["target"][mask]) * 3
        cell += self.codes["stance"][mask]
        articles = len(self.outlet_of)
        return np.bincount(cell, minlength=articles * targets * 3).reshape(articles, targets, 3)

    def record(self, row: int) -> dict[str, Any]:
        """Return one stance as a plain mapping, spans as lists of ``{"start", "end"}``."""
        stored: dict[str, Any] = {str(key): value for key, value in self.stances.iloc[row].items()}
        for column in ("mentions", "evidence", "speaker"):
            spans: Any = stored.get(column)
            stored[column] = [{"start": int(s["start"]), "end": int(s["end"])} for s in spans] if _given(spans) else []
        for column in ("sentence", "start", "end"):
            stored[column] = int(stored[column])
        stored["holder"] = stored["holder"] if isinstance(stored["holder"], str) else None
        for column, default in (("reason", ""), ("voice", "outlet"), ("classifier", "")):
            stored[column] = stored[column] if isinstance(stored.get(column), str) else default
        return stored

    def rows_of(self, article: int) -> range:
        """Return the rows of an article by its position."""
        first, end = np.searchsorted(self.article, [article, article + 1])
        return range(int(first), int(end))

    def _kept(self, key: Any, make: Callable[[], Mask]) -> Mask:
        """A mask of one filter, kept: the next change leaves most filters as they are."""
        if key not in self._masks:
            if len(self._masks) >= 64:
                self._masks.pop(next(iter(self._masks)))
            self._masks[key] = make()
        return self._masks[key]

    def _facet(self, field_name: str, chosen: Selection) -> Mask:
        column = FACETS[field_name]
        wanted = np.zeros(len(self.names[column]) + 1, dtype=bool)  # the last stands for code -1
        for value in getattr(chosen, field_name):
            if value == NOBODY:
                wanted[-1] = True
            elif value in self.names[column]:
                wanted[self.names[column].index(value)] = True
        return wanted[self.codes[column]]

    def _days(self, since: str, until: str) -> Mask:
        days = self.calendar.days
        keep = ~np.isnat(days)
        if since:
            keep &= days >= np.datetime64(since)
        if until:
            keep &= days <= np.datetime64(until)
        return keep[self.article]


def _plain(values: pd.Series[Any]) -> Any:
    return values.astype(object) if isinstance(values.dtype, pd.CategoricalDtype) else values


def _encoded(values: pd.Series[Any], order: Sequence[str] | None) -> tuple[Codes, list[str]]:
    """Codes of a column of text, -1 where it is empty; the names in a fixed order, or the commonest first."""
    if order is not None:
        fixed = pd.Categorical(values, categories=list(order))
        return np.asarray(fixed.codes, dtype=np.int32), list(order)
    codes, found = pd.factorize(values)
    names = [str(value) for value in found]
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    rank = sorted(range(len(names)), key=lambda index: (-counts[index], names[index]))
    place = np.full(len(names) + 1, -1, dtype=np.int32)
    place[rank] = np.arange(len(names))
    return place[codes], [names[index] for index in rank]


def _given(value: Any) -> bool:
    return value is not None and value is not pd.NA and not isinstance(value, float)
