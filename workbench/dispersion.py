"""How evenly a word is spread over the parts of a corpus: deviation of proportions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def deviation_of_proportions(counts: ArrayLike, sizes: ArrayLike) -> NDArray[np.float64]:
    """Return Gries' DP of each word: 0 when it is spread as the parts are sized, near 1 when one small part holds it all.

    Parameters
    ----------
    counts : array_like of int, shape (words, parts)
        Occurrences of each word in each part.
    sizes : array_like of int, shape (parts,)
        Tokens of each part.

    References
    ----------
    Gries (2008), Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics 13.
    """
    found, parts = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    total = found.sum(axis=1, keepdims=True)
    if not parts.sum():
        return np.zeros(len(found))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(total > 0, found / total, parts / parts.sum())
    value: NDArray[np.float64] = 0.5 * np.abs(shares - parts / parts.sum()).sum(axis=1)
    return value
