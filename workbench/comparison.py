"""Is one classifier better than another, and how sure are we: intervals and paired tests over the same items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.types import STANCES


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the bounds of its interval at `level`."""

    estimate: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class PairedComparison:
    """Two classifiers on the same items.

    Attributes
    ----------
    difference : Interval
        Macro-F1 of the first minus that of the second, by bootstrap of whole articles.
    only_first, only_second : int
        Items that only the first, only the second gets right.
    p_value : float
        Of McNemar's exact test that both are right equally often.
    """

    difference: Interval
    only_first: int
    only_second: int
    p_value: float


def macro_f1(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return macro-F1 of confusion matrices of shape (..., 3, 3), gold by predicted; an absent stance scores 0."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    total = confusion.sum(axis=-1) + confusion.sum(axis=-2)
    scores: NDArray[np.float64] = np.divide(2 * right, total, out=np.zeros_like(right, dtype=float), where=total > 0)
    return scores.mean(axis=-1)


def macro_f1_interval(
    gold: Sequence[str],
    predicted: Sequence[str],
    articles: Sequence[str] | None = None,
    *,
    rounds: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Bootstrap macro-F1 over whole articles: sentences of one article are not independent.

    Parameters
    ----------
    gold, predicted : sequence of str
        Stances, item by item.
    articles : sequence of str, optional
        The article (or text) that each item comes from; each item is its own when absent.
    rounds : int
        Resamples.
    level : float
        Of the percentile interval.
    seed : int

    Returns
    -------
    Interval

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.
    """
    cells = _cells_by_article(gold, predicted, articles)
    draws = macro_f1(_resampled([cells], rounds, seed)[0])
    return _interval(float(macro_f1(cells.sum(axis=0))), draws, level)


def compare(
    gold: Sequence[str],
    first: Sequence[str],
    second: Sequence[str],
    articles: Sequence[str] | None = None,
    *,
    rounds: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> PairedComparison:
    """Compare two classifiers on the same items; parameters as in `macro_f1_interval`.

    References
    ----------
    McNemar (1947), Psychometrika 12; Dietterich (1998), Neural Computation 10.
    """
    from scipy.stats import binomtest  # half a second that a light import need not pay

    cells = [_cells_by_article(gold, predicted, articles) for predicted in (first, second)]
    a, b = (macro_f1(draws) for draws in _resampled(cells, rounds, seed))
    estimate = float(macro_f1(cells[0].sum(axis=0)) - macro_f1(cells[1].sum(axis=0)))
    right = [np.asarray(predicted, dtype=object) == np.asarray(gold, dtype=object) for predicted in (first, second)]
    only_first, only_second = int((right[0] & ~right[1]).sum()), int((right[1] & ~right[0]).sum())
    differing = only_first + only_second
    p_value = float(binomtest(only_first, differing).pvalue) if differing else 1.0
    return PairedComparison(_interval(estimate, a - b, level), only_first, only_second, p_value)


def _cells_by_article(
    gold: Sequence[str], predicted: Sequence[str], articles: Sequence[str] | None
) -> NDArray[np.float64]:
    """Confusion counts of each article, shape (articles, 3, 3): resampling articles is then a sum of rows."""
    number = {stance: index for index, stance in enumerate(STANCES)}
    owners = articles if articles is not None else [str(index) for index in range(len(gold))]
    place: dict[str, int] = {}
    rows = [place.setdefault(owner, len(place)) for owner in owners]
    cells = np.zeros((len(place), len(STANCES), len(STANCES)))
    for row, truth, guess in zip(rows, gold, predicted, strict=True):
        cells[row, number[truth], number[guess]] += 1  # type: ignore[index]
    return cells


def _resampled(tables: list[NDArray[np.float64]], rounds: int, seed: int) -> list[NDArray[np.float64]]:
    """Sum each table over the same random articles, `rounds` times: shape (rounds, 3, 3) each."""
    size = len(tables[0])
    weights = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=rounds).astype(float)
    return [np.einsum("ra,aij->rij", weights, table) for table in tables]


def _interval(estimate: float, draws: NDArray[np.float64], level: float) -> Interval:
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Interval(estimate, float(low), float(high), level)
