"""Whether a classifier's probabilities mean what they say.

Functions take `probabilities` of shape (n, 3) in the order of `STANCES`, and `gold` of n stances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from workbench.types import STANCES, Stance


def indices(stances: Sequence[str]) -> NDArray[np.int64]:
    """Return the place of each stance in `STANCES`, as `gold` is given to what is fitted."""
    return np.array([STANCES.index(Stance(stance)) for stance in stances], dtype=np.int64)


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


@dataclass(frozen=True, slots=True)
class Scaling:
    """Turns logits into calibrated ones: ``slope * logits + offset``.

    Attributes
    ----------
    slope : float
        Inverse of the temperature.
    offset : ndarray of shape (3,)
        Per stance, in the order of `STANCES`.
    """

    slope: float
    offset: NDArray[np.float64]

    def __call__(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return calibrated probabilities of shape (n, 3)."""
        return softmax(self.slope * logits + self.offset)


def softmax(logits: ArrayLike) -> NDArray[np.float64]:
    """Return probabilities of logits along the last axis."""
    table: NDArray[np.float64] = np.asarray(logits, dtype=float)
    shares = np.exp(table - table.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))


def fit_scaling(
    logits: NDArray[np.float64], gold: NDArray[np.int64], weights: ArrayLike | None = None, pull: float = 1.0
) -> Scaling:
    """Fit temperature and offsets to held-out logits.

    Parameters
    ----------
    logits : ndarray of shape (n, 3)
        Of models that saw none of the items.
    gold : ndarray of shape (n,)
        Index into `STANCES`.
    weights : array_like of shape (n,), optional
        How much each item counts.
    pull : float
        Of the offsets towards zero, so that few items do not move them far.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks (bias-corrected temperature scaling:
    Alexandari et al. 2020, ICML).
    """
    from scipy.optimize import minimize

    counts = np.ones(len(gold)) if weights is None else np.asarray(weights, dtype=float)

    def loss(x: NDArray[np.float64]) -> float:
        shares = softmax(np.exp(x[0]) * logits + x[1:])
        return float(-counts @ np.log(shares[np.arange(len(gold)), gold] + 1e-12) + pull * x[1:] @ x[1:])

    found = minimize(loss, np.zeros(1 + len(STANCES)), method="L-BFGS-B", bounds=[(-4, 3), *[(-3, 3)] * len(STANCES)])
    return Scaling(float(np.exp(found.x[0])), found.x[1:] - found.x[1:].mean())


@dataclass(frozen=True, slots=True)
class Mixture:
    """Several classifiers as one: a weighted sum of their log-probabilities, calibrated.

    Attributes
    ----------
    weights : ndarray of shape (k,)
        How much each counts; none counts against itself.
    offset : ndarray of shape (3,)
    """

    weights: NDArray[np.float64]
    offset: NDArray[np.float64]

    def __call__(self, members: Sequence[ArrayLike]) -> NDArray[np.float64]:
        """Return probabilities of shape (n, 3) from those of the members, in the order of `weights`."""
        return softmax(_logs(members).transpose(1, 2, 0) @ self.weights + self.offset)


def _logs(members: Sequence[ArrayLike]) -> NDArray[np.float64]:
    return np.asarray(np.log(np.clip(np.asarray(members, dtype=float), 1e-4, 1)))


def fit_mixture(members: Sequence[ArrayLike], gold: NDArray[np.int64], weights: ArrayLike | None = None) -> Mixture:
    """Fit how sure several classifiers are together; each counts alike.

    Shares that are fitted favour the member that knows best how the sentences fitted on are written, and fail on news that is written
    otherwise.

    Parameters
    ----------
    members : sequence of array_like of shape (n, 3)
        Probabilities of each member, by models that saw none of the items.
    gold : ndarray of shape (n,)
        Index into `STANCES`.
    weights : array_like of shape (n,), optional
        How much each item counts.

    References
    ----------
    Genest and Zidek (1986), Combining Probability Distributions, Statistical Science 1 (logarithmic pools); Clemen (1989),
    Combining forecasts, International Journal of Forecasting 5 (simple means are hard to beat).
    """
    scaling = fit_scaling(_logs(members).mean(axis=0), gold, weights)
    return Mixture(np.full(len(members), scaling.slope / len(members)), scaling.offset)


def macro_offset(
    probabilities: NDArray[np.float64], gold: NDArray[np.int64], weights: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Return what to add to the logits so that the likeliest stance is found as often for rare stances as for the common one.

    Calibrated probabilities make the fewest errors, and so name a rare stance too seldom for macro-F1, which counts stances
    alike; what is pushed is no longer quite calibrated. The least push of the two rare ones is taken, of at most half a unit, that
    brings half of the macro-F1 to be gained.

    Parameters
    ----------
    probabilities : ndarray of shape (n, 3)
        Held out.
    gold : ndarray of shape (n,)
        Index into `STANCES`.
    weights : array_like of shape (n,), optional
        How much each item counts.

    References
    ----------
    Lipton, Elkan and Naryanaswamy (2014), Optimal Thresholding of Classifiers to Maximize F1 Measure, ECML PKDD.
    """
    from sklearn.metrics import f1_score

    rare = np.array([1.0, 0.0, 1.0])
    logs = np.log(np.clip(probabilities, 1e-6, 1))
    steps = np.arange(0, 0.501, 0.05)
    scores = np.array(
        [
            f1_score(gold, (logs + step * rare).argmax(axis=1), average="macro", sample_weight=weights, zero_division=0)
            for step in steps
        ]
    )
    push = steps[np.flatnonzero(scores >= (scores[0] + scores.max()) / 2)[0]] * rare
    return np.asarray(push - push.mean())
