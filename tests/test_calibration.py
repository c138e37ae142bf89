"""Probabilities that mean what they say, and comparisons that do not see what is not there."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from workbench.calibration import (
    expected_calibration_error,
    fit_mixture,
    fit_scaling,
    macro_offset,
    reliability,
    risk_coverage,
)
from workbench.comparison import compare, macro_f1_interval
from workbench.types import STANCES

RANDOM = np.random.default_rng(7)


def honest(n: int) -> tuple[np.ndarray, list[str]]:
    """Probabilities and stances drawn from them: calibrated by construction."""
    table = RANDOM.dirichlet([1, 2, 1], size=n)
    return table, [str(RANDOM.choice(STANCES, p=row)) for row in table]


def test_honest_probabilities_have_little_error_and_boastful_ones_much() -> None:
    table, gold = honest(8000)
    assert expected_calibration_error(table, gold) < 0.02
    boastful = table**6 / (table**6).sum(axis=1, keepdims=True)
    assert expected_calibration_error(boastful, gold) > 0.15


def test_reliability_counts_everything_once() -> None:
    table, gold = honest(500)
    rows = reliability(table, gold)
    assert rows["n"].sum() == 500
    assert ((rows["low"] <= rows["confidence"]) & (rows["confidence"] <= rows["high"])).all()


def test_leaving_the_unsure_to_a_person_lowers_the_risk() -> None:
    table, gold = honest(4000)
    rows = risk_coverage(table, gold)
    assert rows["coverage"].is_monotonic_increasing
    assert rows["threshold"].is_monotonic_decreasing
    half = rows[rows["coverage"] <= 0.3].iloc[-1]
    assert half["risk"] < rows.iloc[-1]["risk"] - 0.1


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 3\) for 1 stances"):
        reliability(np.ones((2, 3)), ["favor"])


def test_the_interval_holds_the_estimate_of_scikit_learn() -> None:
    gold = RANDOM.choice(STANCES, 300).tolist()
    predicted = [g if RANDOM.random() < 0.7 else str(RANDOM.choice(STANCES)) for g in gold]
    interval = macro_f1_interval(gold, predicted)
    assert interval.estimate == pytest.approx(f1_score(gold, predicted, average="macro"))
    assert interval.low < interval.estimate < interval.high


def test_sentences_of_few_articles_widen_the_interval() -> None:
    gold = RANDOM.choice(STANCES, 400).tolist()
    blocks = [str(index // 40) for index in range(400)]
    wrong = {block for block in set(blocks) if int(block) % 2}
    predicted = ["neutral" if block in wrong else g for g, block in zip(gold, blocks, strict=True)]
    alone, together = macro_f1_interval(gold, predicted), macro_f1_interval(gold, predicted, blocks)
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_a_better_classifier_is_seen_and_an_equal_one_is_not() -> None:
    gold = RANDOM.choice(STANCES, 400).tolist()
    other = {"favor": "neutral", "neutral": "against", "against": "favor"}
    good = [g if index % 10 else other[g] for index, g in enumerate(gold)]
    poor = [g if index % 2 else other[g] for index, g in enumerate(gold)]
    better = compare(gold, good, poor)
    assert better.p_value < 1e-6
    assert better.difference.low > 0
    same = compare(gold, good, good)
    assert (same.p_value, same.only_first, same.difference.estimate) == (1.0, 0, 0.0)


def test_scaling_takes_boasts_back() -> None:
    table, gold = honest(3000)
    index = np.array([list(STANCES).index(stance) for stance in gold])  # type: ignore[arg-type]
    scaling = fit_scaling(3 * np.log(table), index)
    assert scaling.slope == pytest.approx(1 / 3, abs=0.05)
    assert expected_calibration_error(scaling(3 * np.log(table)), gold) < 0.03


def test_a_mixture_counts_its_members_alike_and_is_as_sure_as_they_are_right_together() -> None:
    table, gold = honest(3000)
    index = np.array([list(STANCES).index(stance) for stance in gold])  # type: ignore[arg-type]
    same = fit_mixture([table, table], index)
    np.testing.assert_allclose(same.weights, 0.5, atol=0.05)
    boasting = [table**2 / (table**2).sum(axis=1, keepdims=True), table**3 / (table**3).sum(axis=1, keepdims=True)]
    mixture = fit_mixture(boasting, index)
    assert mixture.weights[0] == mixture.weights[1] < 0.25
    assert expected_calibration_error(mixture(boasting), gold) < 0.03


def test_weights_move_calibration_towards_what_counts() -> None:
    table, gold = honest(2000)
    index = np.array([list(STANCES).index(stance) for stance in gold])  # type: ignore[arg-type]
    index[:1000] = RANDOM.integers(0, 3, 1000)  # nothing can be known of the first half
    alike = fit_scaling(np.log(table), index).slope
    heavy = fit_scaling(np.log(table), index, np.repeat([1.8, 0.2], 1000)).slope
    assert heavy < alike < 1


def test_the_push_towards_rare_stances_is_small_and_helps() -> None:
    table = RANDOM.dirichlet([0.6, 3, 0.8], size=4000)
    gold = np.array([RANDOM.choice(3, p=row) for row in table])
    push = macro_offset(table, gold)
    assert 0 <= push[0] - push[1] <= 0.5
    assert push[0] == push[2]
    logs = np.log(table)
    before = f1_score(gold, logs.argmax(axis=1), average="macro")
    assert f1_score(gold, (logs + push).argmax(axis=1), average="macro") > before
