"""The linear classifier can be taken apart, saved, and fitted on anybody's sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from workbench.calibration import softmax
from workbench.errors import TableError
from workbench.features import features
from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.stance.base import Look
from workbench.stance.grammar import Grammar
from workbench.stance.linear import Linear
from workbench.training import TrainingSet
from workbench.types import STANCES, Article, Stance


@pytest.fixture(scope="module")
def fitted(judged: TrainingSet) -> Linear:
    return Linear().fit(judged.passages, judged.stances, judged.themes, judged.holders)


def test_contributions_and_intercept_sum_to_the_logits(fitted: Linear, unseen: TrainingSet) -> None:
    logits = fitted.logits(fitted.examine(Look.at(unseen.passages)))
    table = fitted.predict_proba(unseen.passages)
    for passage, row, shares in zip(unseen.passages, logits, table, strict=True):
        parts, intercept = fitted.contributions(passage)
        total = intercept + sum((contribution for _, contribution in parts), np.zeros(3))
        assert np.abs(total - row).max() < 1e-9
        np.testing.assert_allclose(softmax(total), shares, atol=1e-12)
        for feature, _ in parts:
            assert all(0 <= word < 10_000 for word in feature.words)


def test_evidence_is_the_contributions_of_the_features_that_stand_on_words(fitted: Linear, unseen: TrainingSet) -> None:
    examined = fitted.examine(Look.at(unseen.passages))
    fitted.probabilities(examined)
    asked = [(index, Stance.AGAINST) for index in range(len(unseen))]
    for passage, scores in zip(unseen.passages, fitted.word_scores(examined, asked), strict=True):
        parts, _ = fitted.contributions(passage)
        carried = sum((part for feature, part in parts if feature.words), np.zeros(3))
        assert scores.sum() == pytest.approx(carried @ [-0.5, -0.5, 1], abs=1e-9)


def test_two_stances_are_enough(judged: TrainingSet, unseen: TrainingSet) -> None:
    two = [passage for passage, stance in zip(judged.passages, judged.stances, strict=True) if stance != "favor"]
    stances = [stance for stance in judged.stances if stance != "favor"]
    for kind in (Linear, Grammar):
        told = kind().fit(two, stances).predict_proba(unseen.passages)
        assert told[:, STANCES.index(Stance.FAVOR)].max() < 0.01
        assert set(told.argmax(axis=1)) == {STANCES.index(Stance.NEUTRAL), STANCES.index(Stance.AGAINST)}


def test_the_shipped_one_can_be_taken_apart_too(unseen: TrainingSet) -> None:
    shipped = Linear.shipped()
    logits = shipped.logits(shipped.examine(Look.at(unseen.passages)))
    for passage, row in zip(unseen.passages, logits, strict=True):
        parts, intercept = shipped.contributions(passage)
        assert np.abs(intercept + sum(part for _, part in parts) - row).max() < 1e-9


def test_it_learns_more_than_the_commonest_stance(fitted: Linear, unseen: TrainingSet) -> None:
    predicted = fitted.predict(unseen.passages)
    right = np.mean(predicted == np.array(unseen.stances))
    assert right > np.mean(np.array(unseen.stances) == "neutral")
    assert set(predicted.tolist()) == {"favor", "neutral", "against"}


def test_judgements_keep_offsets_holders_and_order(fitted: Linear, unseen: TrainingSet) -> None:
    found = fitted.judge(unseen.passages)
    assert [(j.article_id, j.target) for j in found] == [
        (p.document.article.article_id, p.target) for p in unseen.passages
    ]
    for passage, judgement in zip(unseen.passages, found, strict=True):
        assert sum(judgement.probabilities) == pytest.approx(1)
        assert judgement.stance is STANCES[int(np.argmax(judgement.probabilities))]
        assert (judgement.holder is None) == (judgement.stance is Stance.NEUTRAL)
        assert len(judgement.evidence) <= 3
        for span in judgement.evidence:
            assert passage.span.start <= span.start < span.end <= passage.span.end
            assert span.of(passage.document.text) in judgement.reason
            assert not any(m.start < span.end and span.start < m.end for m in passage.mentions)


def test_a_saved_one_judges_the_same(fitted: Linear, unseen: TrainingSet, tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    fitted.save(path)
    again = classifier(path)
    np.testing.assert_array_equal(again.predict_proba(unseen.passages), fitted.predict_proba(unseen.passages))
    assert again.judge(unseen.passages) == fitted.judge(unseen.passages)


def test_fitting_again_gives_the_same_weights(fitted: Linear, judged: TrainingSet) -> None:
    again = Linear().fit(judged.passages, judged.stances, judged.themes, judged.holders)
    np.testing.assert_array_equal(again.coefficients_, fitted.coefficients_)


def test_too_little_to_learn_from_is_said(judged: TrainingSet) -> None:
    with pytest.raises(TableError, match="expected at least 6"):
        Linear().fit(judged.passages[:3], ["favor", "neutral", "against"])
    with pytest.raises(TableError, match="with stances favor"):
        Linear().fit(judged.passages[:9], ["favor"] * 9)


def test_nothing_to_judge_is_no_error(fitted: Linear) -> None:
    assert fitted.judge([]) == []
    assert fitted.predict_proba([]).shape == (0, 3)


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("آمریکا ایران را تحریم کرد.", "IR", {"relation - obj", "relation - obj by another"}),
        ("آمریکا ایران را تحریم کرد.", "US", {"relation - subj"}),
        ("آمریکا ایران را تحریم نکرد.", "IR", {"relation - obj negated"}),
    ],
)
def test_features_tell_who_does_what_to_whom(text: str, target: str, expected: set[str]) -> None:
    look = Look.at(passages(read(Article("a", text), (target,)), (target,)))
    (found,) = [features(*one) for one in look]
    names = {feature.name for feature in found}
    assert expected <= names
    assert ("relation - obj negated" in names) == (expected == {"relation - obj negated"})
