"""Judged sentences to passages; learning curves, other targets, doubtful labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from workbench import learning
from workbench.cli import main
from workbench.errors import ModelError, SourceError, TableError
from workbench.stance import classifier
from workbench.stance.linear import Linear
from workbench.training import Labelled, TrainingSet, digest, read_labelled, shipped_parts, training_set
from workbench.types import STANCES


@pytest.fixture(scope="module")
def small() -> TrainingSet:
    train, _ = shipped_parts()
    return train.take(range(0, len(train), 8))


def test_the_shipped_parts_share_no_theme_and_are_large() -> None:
    train, test = shipped_parts()
    assert len(train) + len(test) >= 2000
    assert not set(train.themes) & set(test.themes)
    assert 0.5 < len(train) / (len(train) + len(test)) < 0.8
    assert set(train.stances) == set(map(str, STANCES))


def test_what_is_not_the_state_teaches_nothing() -> None:
    items = [Labelled("1", "نشست ایران برگزار شد.", "IR", "neutral"), Labelled("2", "هوا خوب است.", "IR", "neutral")]
    found = training_set([*items, Labelled("3", "نشست ایران برگزار شد.", "IR", "none")])
    assert [p.document.article.article_id for p in found.passages] == ["1"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"id": "1", "text": "x", "target": "IR"}, "expected an object"),
        ({"id": "1", "text": "x", "target": "IR", "stance": "good"}, "stance is 'good'"),
        ({"id": "1", "text": "x", "target": "IR", "stance": "favor", "part": "dev"}, "part is 'dev'"),
        ([1], "expected an object"),
    ],
)
def test_a_bad_row_is_named(row: Any, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n" + json.dumps(row), "utf8")
    with pytest.raises(TableError, match=says) as caught:
        read_labelled(path)
    assert "mine.jsonl:2" in str(caught.value)
    with pytest.raises(SourceError, match="nowhere"):
        read_labelled(tmp_path / "nowhere.jsonl")


def test_the_digest_sees_a_changed_letter_and_a_changed_name(tmp_path: Path) -> None:
    one, two = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_text("x")
    two.write_text("y")
    before = digest([two, one])
    assert before == digest([one, two])
    two.write_text("z")
    assert digest([one, two]) != before


def test_more_to_learn_from_helps_and_targets_can_be_left_out(small: TrainingSet) -> None:
    _, test = shipped_parts()
    curve = learning.learning_curve(Linear, small, test.take(range(0, len(test), 4)), shares=(0.1, 1.0))
    assert curve["n"].tolist() == [round(0.1 * len(small)), len(small)]
    assert curve["macro_f1"].iloc[1] > curve["macro_f1"].iloc[0]
    assert (curve["low"] < curve["macro_f1"]).all()
    rows = learning.leave_one_target_out(Linear, small)
    assert rows["target"].tolist() == ["CN", "IR", "US"]
    assert rows["n"].sum() == len(small)


def test_labels_turned_on_purpose_are_the_first_that_are_doubted(small: TrainingSet) -> None:
    gold = np.array([list(map(str, STANCES)).index(stance) for stance in small.stances])
    honest = np.full((len(gold), 3), 0.1)
    honest[np.arange(len(gold)), gold] = 0.8
    turned = [3, 10, 20]
    wrong = list(small.stances)
    for row in turned:
        wrong[row] = "favor" if wrong[row] != "favor" else "against"
    data = TrainingSet(small.passages, wrong, small.holders, small.themes)
    found = learning.label_noise(honest, data)
    assert set(found["id"]) == {small.passages[row].document.article.article_id for row in turned}
    assert (found["suggested"] != found["stance"]).all()


def test_each_passage_is_judged_by_one_that_did_not_see_its_theme(small: TrainingSet) -> None:
    seen: list[set[str]] = []

    class Spy:
        def fit(self, X: Any, y: Any, groups: list[str]) -> Spy:  # noqa: N803
            self.themes = set(groups)
            return self

        def predict_proba(self, X: Any) -> np.ndarray:  # noqa: N803
            asked = {p.document.article.article_id.rsplit("-", 2)[0] for p in X}
            seen.append(asked & self.themes)
            return np.full((len(X), 3), 1 / 3)

    assert learning.out_of_fold(Spy, small, folds=3).sum() == pytest.approx(len(small))
    assert seen == [set()] * 3


def test_a_user_trains_on_sentences_of_his_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.jsonl"
    rows = [
        {"id": f"{stance}-{n}", "text": text.format(n), "target": "IR", "stance": stance}
        for stance, text in (("against", "وزیر ایران را {} بار نکوهید."), ("favor", "سفیر ایران را {} بار ستود."), ("neutral", "ایران {} نماینده فرستاد."))
        for n in range(8)
    ]  # fmt: skip
    mine.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf8")
    out = tmp_path / "mine.npz"
    assert main(["train", str(mine), "--alone", "--classifier", "linear", "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    fitted = classifier(out)
    told = training_set([Labelled("x", "سفیر ایران را ستود.", "IR", "favor")])
    assert fitted.predict(told.passages).tolist() == ["favor"]
    assert fitted.card_["data"]["passages"] == 24  # type: ignore[attr-defined]
    for words, says in (
        (["--classifier", "rules"], "learns nothing"),
        (["--classifier", "liner"], "did you mean 'linear'"),
    ):
        assert main(["train", str(mine), "--out", str(out), *words]) == 2
        assert says in capsys.readouterr().err
    assert main(["train", "--alone", "--out", str(out)]) == 2
    assert main(["train", str(mine), "--out", str(tmp_path / "x.pkl")]) == 2


def test_a_model_of_another_version_is_refused(small: TrainingSet) -> None:
    fitted = Linear().fit(small.passages, small.stances, small.themes)
    saved = fitted.saved()
    saved.card["name"] = "linear 0"
    with pytest.raises(ModelError, match=f"'linear 0'; this is '{Linear.name}': fit it again"):
        Linear.from_saved(saved)
