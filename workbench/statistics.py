"""Intervals for shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri


def wilson(
    successes: ArrayLike, trials: ArrayLike, level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds of Wilson's score interval for shares, elementwise.

    Parameters
    ----------
    successes, trials : array_like of int
        Of the same shape; where nothing was tried the interval is 0 to 1.
    level : float

    Returns
    -------
    low, high : ndarray of float

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22; Brown, Cai and DasGupta (2001), Statistical Science 16.
    """
    n = np.asarray(trials, dtype=float)
    k = np.asarray(successes, dtype=float)
    z = float(ndtri(1 - (1 - level) / 2))
    share = np.divide(k, n, out=np.full_like(n, 0.5), where=n > 0)
    width = np.divide(1.0, n, out=np.full_like(n, np.inf), where=n > 0)
    with np.errstate(invalid="ignore"):
        centre = (share + z * z * width / 2) / (1 + z * z * width)
        half = z * np.sqrt(share * (1 - share) * width + (z * width) ** 2 / 4) / (1 + z * z * width)
    low, high = np.where(n > 0, centre - half, 0.0), np.where(n > 0, centre + half, 1.0)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def clustered(
    successes: ArrayLike,
    trials: ArrayLike,
    squares: tuple[ArrayLike, ArrayLike, ArrayLike],
    clusters: ArrayLike,
    level: float = 0.95,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return bounds for shares whose trials come in clusters, such as sentences in articles, elementwise.

    The variance of the share is that of a ratio of cluster totals; the number of independent trials that would give the
    same variance goes into Wilson's interval. Where nothing varies it is that of clusters that each speak with one voice.

    Parameters
    ----------
    successes, trials : array_like
        Sums over clusters of k and n.
    squares : tuple of array_like
        Sums over clusters of k², k·n and n².
    clusters : array_like of int
        Number of clusters with any trial.
    level : float

    Returns
    -------
    low, high : ndarray of float

    References
    ----------
    Korn and Graubard (1998), Survey Methodology 24, for the effective sample size; Dean and Pagano (2015), Journal of
    Survey Statistics and Methodology 3, for Wilson's interval with it.
    """
    k, n, m = (np.asarray(values, dtype=float) for values in (successes, trials, clusters))
    kk, kn, nn = (np.asarray(values, dtype=float) for values in squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k / n
        variance = m / (m - 1) * (kk - 2 * share * kn + share**2 * nn) / n**2
        one_voice = n**2 / nn
        effective = np.where((m > 1) & (variance > 0), share * (1 - share) / variance, one_voice)
        effective = np.clip(effective, np.minimum(one_voice, n), n)
    effective = np.where(n > 0, effective, 0.0)
    return wilson(np.where(n > 0, share, 0.0) * effective, effective, level)
