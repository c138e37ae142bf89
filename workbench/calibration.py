"""Whether a classifier's probabilities mean what they say.

All functions take `probabilities` of shape (n, 3) in the order of `STANCES`, and `gold` of n stances.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from workbench.types import STANCES


def reliability(probabilities: ArrayLike, gold: Sequence[str], bins: int = 10) -> pd.DataFrame:
    """Tabulate confidence against accuracy in equally wide bins of the top probability.

    Returns
    -------
    DataFrame
        One row per bin that holds something: ``low``, ``high`` (bounds of confidence), ``n``, ``confidence`` (mean) and
        ``accuracy``.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, ICML.
    """
    confidence, right = _top(probabilities, gold)
    edges = np.linspace(0, 1, bins + 1)
    index = np.clip(np.digitize(confidence, edges[1:-1], right=True), 0, bins - 1)
    table = pd.DataFrame({"bin": index, "confidence": confidence, "accuracy": right.astype(float)})
    rows = table.groupby("bin").agg(n=("bin", "size"), confidence=("confidence", "mean"), accuracy=("accuracy", "mean"))
    bounds = pd.DataFrame({"low": edges[rows.index], "high": edges[rows.index + 1]}, index=rows.index)
    return pd.concat([bounds, rows], axis=1).reset_index(drop=True)


def expected_calibration_error(probabilities: ArrayLike, gold: Sequence[str], bins: int = 10) -> float:
    """Return the mean gap between confidence and accuracy over the bins of `reliability`, weighted by their size."""
    table = reliability(probabilities, gold, bins)
    gaps = (table["confidence"] - table["accuracy"]).abs()
    return float((gaps * table["n"]).sum() / table["n"].sum())


def risk_coverage(probabilities: ArrayLike, gold: Sequence[str]) -> pd.DataFrame:
    """Tabulate the error among the items kept when the least confident are left to a person.

    Returns
    -------
    DataFrame
        One row per distinct threshold of confidence, from strict to none: ``threshold``, ``coverage`` (share kept) and
        ``risk`` (share of the kept that is wrong).
    """
    confidence, right = _top(probabilities, gold)
    order = np.argsort(-confidence, kind="stable")
    kept = np.arange(1, len(order) + 1)
    table = pd.DataFrame(
        {
            "threshold": confidence[order],
            "coverage": kept / len(order),
            "risk": np.cumsum(~right[order]) / kept,
        }
    )
    return table.drop_duplicates("threshold", keep="last").reset_index(drop=True)


def _top(probabilities: ArrayLike, gold: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Confidence in the likeliest stance, and whether it is right."""
    table: NDArray[Any] = np.asarray(probabilities, dtype=float)
    if table.ndim != 2 or table.shape != (len(gold), len(STANCES)) or not len(gold):
        raise ValueError(f"probabilities of shape {table.shape} for {len(gold)} stances; expected (n, {len(STANCES)})")
    right = np.asarray(STANCES, dtype=object)[table.argmax(axis=1)] == np.asarray(gold, dtype=object)
    return table.max(axis=1), right.astype(bool)
