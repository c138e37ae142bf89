"""What more annotation would buy, what one target teaches of another, and which labels look wrong.

Each function takes `make`, which gives a new unfitted classifier, and a `TrainingSet`; groups are never cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.calibration import indices
from workbench.comparison import macro_f1_interval
from workbench.training import TrainingSet
from workbench.types import STANCES


def learning_curve(
    make: Callable[[], Any],
    train: TrainingSet,
    test: TrainingSet,
    shares: Sequence[float] = (0.1, 0.25, 0.5, 1.0),
    seed: int = 0,
) -> pd.DataFrame:
    """Score classifiers fitted on growing parts of `train`, taken theme by theme.

    Returns
    -------
    DataFrame
        One row per share: ``n`` passages, ``macro_f1`` on `test` with ``low`` and ``high`` (95 %, bootstrap of articles).
    """
    random = np.random.default_rng(seed)
    order = random.permutation(len(train))
    rows = []
    for share in shares:
        chosen = np.sort(order[: max(1, round(share * len(order)))])
        part = train.take(chosen.tolist())
        fitted = make().fit(part.passages, part.stances, part.themes)
        predicted = [str(stance) for stance in fitted.predict(test.passages)]
        interval = macro_f1_interval(test.stances, predicted, articles_of(test))
        rows.append({"n": len(part), "macro_f1": interval.estimate, "low": interval.low, "high": interval.high})
    return pd.DataFrame(rows)


def leave_one_target_out(make: Callable[[], Any], data: TrainingSet) -> pd.DataFrame:
    """Score each target by a classifier that saw only the others.

    Returns
    -------
    DataFrame
        One row per target: ``n``, ``macro_f1``, ``low``, ``high``.
    """
    targets = np.array([passage.target for passage in data.passages])
    rows = []
    for target in sorted(set(targets.tolist())):
        train, test = (data.take(np.flatnonzero(chosen).tolist()) for chosen in (targets != target, targets == target))
        fitted = make().fit(train.passages, train.stances, train.themes)
        predicted = [str(stance) for stance in fitted.predict(test.passages)]
        interval = macro_f1_interval(test.stances, predicted, articles_of(test))
        rows.append(
            {
                "target": target,
                "n": len(test),
                "macro_f1": interval.estimate,
                "low": interval.low,
                "high": interval.high,
            }
        )
    return pd.DataFrame(rows)


def out_of_fold(make: Callable[[], Any], data: TrainingSet, folds: int = 5) -> NDArray[np.float64]:
    """Return probabilities of each passage by a classifier that saw nothing of its theme, shape (n, 3)."""
    from sklearn.model_selection import GroupKFold

    table = np.zeros((len(data), len(STANCES)))
    rows = np.arange(len(data))
    for train, test in GroupKFold(min(folds, len(set(data.themes)))).split(rows, rows, data.themes):
        part, rest = data.take(train.tolist()), data.take(test.tolist())
        table[test] = make().fit(part.passages, part.stances, part.themes).predict_proba(rest.passages)
    return table


def label_noise(probabilities: NDArray[np.float64], data: TrainingSet) -> pd.DataFrame:
    """List labels that a classifier which did not see them contradicts with more than its usual confidence.

    Parameters
    ----------
    probabilities : ndarray of shape (n, 3)
        As `out_of_fold` gives them.
    data : TrainingSet

    Returns
    -------
    DataFrame
        The most doubtful first: ``id``, ``target``, ``stance`` as labelled, ``suggested``, ``margin``, ``text``.

    References
    ----------
    Northcutt, Jiang and Chuang (2021), Confident Learning: Estimating Uncertainty in Dataset Labels, JAIR 70.
    """
    gold = indices(data.stances)
    usual = np.array([probabilities[gold == k, k].mean() if (gold == k).any() else 1.0 for k in range(len(STANCES))])
    # A mean of equals may exceed them by a last digit.
    above = np.where(probabilities >= usual - 1e-9, probabilities, -1.0)
    suggested = above.argmax(axis=1)
    doubtful = np.flatnonzero((above.max(axis=1) > 0) & (suggested != gold))
    own = probabilities[np.arange(len(gold)), gold]
    margin = probabilities[np.arange(len(gold)), suggested] - own
    order = doubtful[np.argsort(-margin[doubtful], kind="stable")]
    return pd.DataFrame(
        {
            "id": [data.passages[row].document.article.article_id for row in order],
            "target": [data.passages[row].target for row in order],
            "stance": [data.stances[row] for row in order],
            "suggested": [str(STANCES[suggested[row]]) for row in order],
            "margin": margin[order],
            "text": [data.passages[row].text for row in order],
        }
    )


def articles_of(data: TrainingSet) -> list[str]:
    """The text that each passage comes from: its judgements are not independent."""
    return [passage.document.text for passage in data.passages]
