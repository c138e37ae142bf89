"""Which words mark one part of a corpus against the rest: log-odds with a Dirichlet prior, and G²."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def log_odds(
    here: ArrayLike, elsewhere: ArrayLike, prior: float = 500.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compare word frequencies with an informative Dirichlet prior.

    Parameters
    ----------
    here, elsewhere : array_like of int, shape (words,)
        Counts of each word in the two parts; every word of either belongs in it.
    prior : float
        Pseudo-counts in all, spread over words as both parts together use them: rare words are drawn toward no difference.

    Returns
    -------
    delta, z : ndarray of float
        Log odds ratio, and the same over its standard error.

    References
    ----------
    Monroe, Colaresi and Quinn (2008), Fightin' Words, Political Analysis 16.
    """
    a, b = np.asarray(here, dtype=float), np.asarray(elsewhere, dtype=float)
    together = a + b
    total = together.sum()
    expected = prior * together / total if total else np.zeros_like(together)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds_a = np.log((a + expected) / (a.sum() + prior - a - expected))
        odds_b = np.log((b + expected) / (b.sum() + prior - b - expected))
        delta = odds_a - odds_b
        z = delta / np.sqrt(1 / (a + expected) + 1 / (b + expected))
    return np.nan_to_num(delta, posinf=0, neginf=0), np.nan_to_num(z, posinf=0, neginf=0)


def g2(here: ArrayLike, elsewhere: ArrayLike) -> NDArray[np.float64]:
    """Return the log-likelihood ratio of each word's two counts, signed by where it is the more frequent.

    References
    ----------
    Dunning (1993), Computational Linguistics 19; in the four-cell form.
    """
    a, b = np.asarray(here, dtype=float), np.asarray(elsewhere, dtype=float)
    size_a, size_b = a.sum(), b.sum()
    total = size_a + size_b
    if not size_a or not size_b:
        return np.zeros_like(a)
    value = np.zeros_like(a)
    for observed, expected in (
        (a, (a + b) * size_a / total),
        (b, (a + b) * size_b / total),
        (size_a - a, (total - a - b) * size_a / total),
        (size_b - b, (total - a - b) * size_b / total),
    ):
        with np.errstate(divide="ignore", invalid="ignore"):
            value += np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    signed: NDArray[np.float64] = np.where(a / size_a >= b / size_b, 1, -1) * 2 * value
    return signed
