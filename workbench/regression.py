"""Logistic regression: a row of coefficients for each stance, and logits of rows by fits that saw none of their group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from workbench.types import STANCES

type Fitted = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Coefficients of shape (3, n) and intercepts of shape (3,): logits are ``rows @ coefficients.T + intercepts``."""

_UNSEEN = -10.0


@dataclass(frozen=True, slots=True)
class Regression:
    """Logistic regression over rows brought to a spread of one; every stance counts alike however rare it is.

    Attributes
    ----------
    coefficients : ndarray of shape (3, n)
    intercept : ndarray of shape (3,)
    centre, spread : ndarray of shape (n,)
        Mean and standard deviation of the rows fitted on.
    """

    coefficients: NDArray[np.float64]
    intercept: NDArray[np.float64]
    centre: NDArray[np.float64]
    spread: NDArray[np.float64]

    @classmethod
    def fit(cls, rows: NDArray[np.float64], gold: NDArray[np.int64], strength: float) -> Self:
        """Fit; `gold` are places in `STANCES`, `strength` is the inverse of the regularisation."""
        from sklearn.linear_model import LogisticRegression

        centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=300)
        return cls(*by_stance(model.fit((rows - centre) / spread, gold)), centre, spread)

    def logits(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return logits of shape (rows, 3)."""
        return np.asarray((rows - self.centre) / self.spread @ self.coefficients.T + self.intercept)

    def plain(self) -> Fitted:
        """Coefficients and intercepts for rows as they are."""
        coefficients = self.coefficients / self.spread
        return coefficients, self.intercept - coefficients @ self.centre


def by_stance(model: Any) -> Fitted:
    """Coefficients and intercepts of a fitted `sklearn.linear_model.LogisticRegression`; a stance it never saw is all but ruled out."""
    slopes, offsets = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row tells the second stance from the first
        slopes, offsets = (np.concatenate([-part, part]) / 2 for part in (slopes, offsets))
    coefficients, intercept = np.zeros((len(STANCES), slopes.shape[1])), np.full(len(STANCES), _UNSEEN)
    coefficients[model.classes_], intercept[model.classes_] = slopes, offsets
    return coefficients, intercept


def folds(
    gold: NDArray[np.int64], groups: Sequence[str] | None, most: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Cut rows into a part to fit on and one left out, up to `most` times; no group is on both sides. Without groups, every tenth row is one."""
    from sklearn.model_selection import GroupKFold

    owners = np.asarray(groups if groups is not None else np.arange(len(gold)) % 10)
    yield from GroupKFold(min(most, len(set(owners.tolist())))).split(gold, gold, owners)


def left_out(
    fit: Callable[[Any, NDArray[np.int64]], Fitted],
    rows: Any,
    gold: NDArray[np.int64],
    groups: Sequence[str] | None,
    most: int = 5,
) -> NDArray[np.float64]:
    """Return logits of each row by a fit that saw none of its group."""
    logits = np.zeros((len(gold), len(STANCES)))
    for train, rest in folds(gold, groups, most):
        coefficients, intercept = fit(rows[train], gold[train])
        logits[rest] = rows[rest] @ coefficients.T + intercept
    return logits
