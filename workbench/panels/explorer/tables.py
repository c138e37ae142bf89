"""Stances by classifier: those that came with the articles, and those judged beside the filters, batch by batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.columns import Calendar, Columns
from workbench.frames import PROBABILITY_COLUMNS, stances_frame
from workbench.panels.explorer.background import Work
from workbench.types import STANCES

_BATCH = 32
# Taking batches in costs time of its own; it may use at most this share of it.
_SHARE = 8


class Tables:
    """Columns of stances by the name of their classifier.

    Parameters
    ----------
    articles : DataFrame
    calendar : Calendar
    make_judge : callable or None
        Name to a function from articles to stances; raises for a name it does not know.
    on_change : callable
        Called in a working thread.
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        calendar: Calendar,
        make_judge: Callable[[str], Callable[[pd.DataFrame], pd.DataFrame]] | None,
        on_change: Callable[[], None],
    ) -> None:
        self._articles = articles
        self._calendar = calendar
        self._make_judge = make_judge
        self._on_change = on_change
        self._columns: dict[str, Columns] = {}
        self._works: dict[str, Work] = {}
        self._pieces: dict[str, list[pd.DataFrame]] = {}
        self._disputes: dict[Any, NDArray[np.float32]] = {}
        self._taken, self._cost = 0.0, 0.0

    def keep(self, name: str, stances: pd.DataFrame) -> None:
        """Keep the stances of a classifier."""
        self._columns[name] = Columns.of(stances, self._articles, self._calendar)

    def columns(self, name: str) -> Columns:
        """Return what a classifier has judged so far; one not met before begins now.

        Raises
        ------
        ValueError
            No other classifier can be chosen here.
        """
        if name not in self._columns:
            if self._make_judge is None:
                raise ValueError(
                    f"classifier {name!r}: these stances were judged before; known are {', '.join(self._columns)}"
                )
            judge = self._make_judge(name)
            self.keep(name, stances_frame([]))
            self._pieces[name] = []
            self._works[name] = Work(len(self._articles), lambda work: self._judge(work, judge), self._on_change)
            self._works[name].start()
        return self._columns[name]

    def work(self, name: str) -> Work | None:
        """Return the judging of a classifier, if there was any."""
        return self._works.get(name)

    def resume(self, name: str) -> None:
        """Go on with a judging that was stopped."""
        work = self._works.get(name)
        if work is not None and work.status == "stopped":
            work.start()

    def _judge(self, work: Work, judge: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        for first in range(work.done, len(self._articles), _BATCH):
            work.bring(judge(self._articles.iloc[first : first + _BATCH]))
            if not work.advance(min(first + _BATCH, len(self._articles))):
                return

    def collect(self, name: str) -> bool:
        """Take in the batches of a classifier; True when there was anything new to show."""
        work = self._works.get(name)
        if work is None:
            return False
        running = work.status == "running"
        if running and time.monotonic() - self._taken < _SHARE * self._cost:
            return False
        pieces = work.take()
        if pieces:
            begun = time.monotonic()
            self._pieces[name] += pieces
            filled = [piece for piece in self._pieces[name] if len(piece)]
            if filled:
                self.keep(name, pd.concat(filled, ignore_index=True))
            self._taken = time.monotonic()
            self._cost = self._taken - begun
        return bool(pieces)

    def compared(self, name: str) -> bool:
        """Whether another classifier has judged too."""
        return any(other != name and len(columns) for other, columns in self._columns.items())

    def dispute(self, name: str) -> NDArray[np.float32]:
        """Return how far the classifiers are apart on each row: mean total variation distance to the others.

        Where only one has judged, its own doubt: one less its confidence.
        """
        own = self._columns[name]
        key = (name, *((other, len(columns)) for other, columns in self._columns.items()))
        if key not in self._disputes:
            self._disputes.clear()
            apart, seen = np.zeros(len(own)), np.zeros(len(own))
            for other, columns in self._columns.items():
                if other != name and len(columns):
                    distance, known = _distance(own, columns)
                    apart += np.where(known, distance, 0)
                    seen += known
            doubt = 1 - own.confidence.astype(float)
            mean = np.divide(apart, seen, out=np.zeros(len(own)), where=seen > 0)
            self._disputes[key] = np.where(seen > 0, mean, doubt * 1e-3 if seen.any() else doubt).astype(np.float32)
        return self._disputes[key]

    def others(self, name: str, article: int, record: dict[str, Any]) -> list[tuple[str, str]]:
        """Return name and stance of every other classifier for one sentence and target."""
        found = []
        for other, columns in self._columns.items():
            if other == name:
                continue
            for row in columns.rows_of(article):
                same = columns.stances.iloc[row]
                if same["start"] == record["start"] and same["target"] == record["target"]:
                    found.append((other, str(same["stance"])))
        return found


def _keys(columns: Columns, names: list[str]) -> NDArray[np.int64]:
    """A number for each row's article, sentence and target."""
    place = np.array([names.index(name) for name in columns.names["target"]] or [0])
    start = columns.stances["start"].to_numpy(dtype=np.int64)
    keys: NDArray[np.int64] = (columns.article.astype(np.int64) << 38 | start << 8) + place[columns.codes["target"]]
    return keys


def _distance(own: Columns, other: Columns) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    names = sorted({*own.names["target"], *other.names["target"]})
    mine, theirs = _keys(own, names), _keys(other, names)
    order = np.argsort(theirs, kind="stable")
    at = order[np.minimum(np.searchsorted(theirs[order], mine), len(order) - 1)]
    known = theirs[at] == mine
    p = own.stances[list(PROBABILITY_COLUMNS)].to_numpy(dtype=float)
    q = other.stances[list(PROBABILITY_COLUMNS)].to_numpy(dtype=float)[at]
    assert p.shape[1] == len(STANCES)  # noqa: S101 - the order of both
    return np.abs(p - q).sum(axis=1) / 2, known
