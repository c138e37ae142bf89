"""How strongly words keep company: logDice."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def log_dice(together: ArrayLike, node: int, others: ArrayLike) -> NDArray[np.float64]:
    """Return logDice of a node word with others; 14 at the most, and the same for corpora of any size.

    Parameters
    ----------
    together : array_like of int, shape (words,)
        How often each word stands with the node.
    node : int
        How often the node stands.
    others : array_like of int, shape (words,)
        How often each word stands at all, counted in the same units.

    References
    ----------
    Rychlý (2008), A lexicographer-friendly association score, RASLAN 2008.
    """
    both, alone = np.asarray(together, dtype=float), np.asarray(others, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(both > 0, 14 + np.log2(2 * both / (node + alone)), -np.inf)
