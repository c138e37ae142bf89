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
