"""The classifier of grammar: seventy numbers, each with its share of the judgement."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from workbench.calibration import softmax
from workbench.errors import ModelError
from workbench.features import Briefing
from workbench.stance import classifier
from workbench.stance.grammar import Grammar
from workbench.training import TrainingSet


@pytest.fixture(scope="module")
def fitted(judged: TrainingSet) -> Grammar:
    return Grammar().fit(judged.passages, judged.stances, judged.themes, judged.holders)


def test_contributions_and_intercept_sum_to_the_logits(fitted: Grammar, unseen: TrainingSet) -> None:
    for passage, shares in zip(unseen.passages, fitted.predict_proba(unseen.passages), strict=True):
        parts, intercept = fitted.contributions(passage)
        assert {name for name, _ in parts} <= set(Briefing.NAMES)
        total = intercept + sum((contribution for _, contribution in parts), np.zeros(3))
        np.testing.assert_allclose(softmax(total), shares, atol=1e-12)


def test_it_beats_the_commonest_stance_and_points_at_words(fitted: Grammar, unseen: TrainingSet) -> None:
    found = fitted.judge(unseen.passages)
    right = np.mean([str(judgement.stance) for judgement in found] == np.array(unseen.stances))
    assert right > np.mean(np.array(unseen.stances) == "neutral")
    told = [judgement for judgement in found if judgement.stance != "neutral"]
    assert np.mean([bool(judgement.evidence) for judgement in told]) > 0.8


def test_it_is_saved_and_read_again(fitted: Grammar, unseen: TrainingSet, tmp_path: Path) -> None:
    fitted.save(tmp_path / "g.npz")
    again = classifier(tmp_path / "g.npz")
    np.testing.assert_allclose(again.predict_proba(unseen.passages), fitted.predict_proba(unseen.passages), atol=1e-12)


def test_a_model_of_other_numbers_is_refused(fitted: Grammar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fitted.save(tmp_path / "g.npz")
    monkeypatch.setattr(Briefing, "NAMES", (*Briefing.NAMES[:-1], "another"))
    with pytest.raises(ModelError, match="numbers"):
        classifier(tmp_path / "g.npz")
