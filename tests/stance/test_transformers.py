"""`nli` and `finetuned` with tiny random models, made here; real ones are the user's to download."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from workbench.errors import ExtraError, ModelError
from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.types import Article, Passage

absent = [name for name in ("torch", "transformers") if find_spec(name) is None]
needs_transformers = pytest.mark.skipif(
    bool(absent), reason=f"{', '.join(absent)} not installed (extra 'transformers')"
)

TEXTS = {
    "against": ["وزیر خارجه چین آمریکا را محکوم کرد", "نماینده روسیه آمریکا را محکوم کرد"],
    "favor": ["سفیر عراق آمریکا را ستود", "وزیر هند آمریکا را ستود"],
    "neutral": ["هیئت آمریکا به ژنو رفت", "نشست آمریکا در وین برگزار شد"],
}


def judged() -> tuple[list[Passage], list[str]]:
    pairs = [(text, stance) for stance, texts in TEXTS.items() for text in texts] * 4
    found = [passages(read(Article(f"a{n}", text)), ("US",))[0] for n, (text, _) in enumerate(pairs)]
    return found, [stance for _, stance in pairs]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Makes a tiny random model with the labels given, and returns its path."""
    tokenizers = pytest.importorskip("tokenizers")
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")

    def make(labels: list[str]) -> str:
        words = sorted({word for texts in TEXTS.values() for text in texts for word in text.split()})
        vocabulary = {token: n for n, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
        inner = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
        inner.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
        inner.post_processor = tokenizers.processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
        )
        fast = transformers.PreTrainedTokenizerFast(
            tokenizer_object=inner, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
        )
        torch.manual_seed(0)
        shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
        names = dict(enumerate(labels))
        configuration = transformers.BertConfig(
            vocab_size=len(vocabulary), max_position_embeddings=64, id2label=names,
            label2id={label: n for n, label in names.items()}, **shape,
        )  # fmt: skip
        path = tmp_path_factory.mktemp("tiny")
        transformers.BertForSequenceClassification(configuration).save_pretrained(path)
        fast.save_pretrained(path)
        return str(path)

    return make


@needs_transformers
def test_entailment_becomes_stances_with_evidence(folder: Any) -> None:
    from workbench.stance.nli import Nli

    found, gold = judged()
    made = Nli(model=folder(["entailment", "neutral", "contradiction"]))
    table = made.predict_proba(found)
    assert table.shape == (len(found), 3)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    for passage, judgement in zip(found, made.judge(found), strict=True):
        assert all(passage.span.start <= s.start < s.end <= passage.span.end for s in judgement.evidence)
        assert (judgement.holder is None) == (judgement.stance == "neutral")
    made.fit(found, gold)
    right = table[np.arange(len(gold)), [["favor", "neutral", "against"].index(g) for g in gold]]
    again = made.predict_proba(found)[np.arange(len(gold)), [["favor", "neutral", "against"].index(g) for g in gold]]
    assert np.log(again).sum() >= np.log(right).sum() - 1e-6


@needs_transformers
def test_a_model_that_entails_nothing_is_refused(folder: Any) -> None:
    from workbench.stance.nli import Nli

    with pytest.raises(ModelError, match="starts with 'entail'"):
        Nli(model=folder(["good", "bad", "none"])).predict(judged()[0])
    with pytest.raises(ModelError, match="nowhere"):
        Nli(model="/nowhere/at/all").predict(judged()[0])


@needs_transformers
@pytest.mark.parametrize("few", [False, True])
def test_it_learns_what_it_is_shown_and_is_saved_without_code(folder: Any, few: bool, tmp_path: Path) -> None:
    from workbench.stance.finetuned import Finetuned

    found, gold = judged()
    made = Finetuned(model=folder(["a", "b", "c"]), few=few, epochs=25, batch=6, rate=3e-3).fit(found, gold)
    assert np.mean(made.predict(found) == np.array(gold)) > 0.9
    told = [judgement for judgement in made.judge(found) if judgement.stance != "neutral"]
    assert told
    assert all(judgement.evidence or judgement.reason for judgement in told)
    made.save(tmp_path / "f.npz")
    again = classifier(tmp_path / "f.npz")
    np.testing.assert_allclose(again.predict_proba(found), made.predict_proba(found), atol=1e-5)


@pytest.mark.skipif(not absent, reason="transformers is installed")
def test_an_absent_package_is_told_with_the_command() -> None:
    with pytest.raises(ExtraError, match=r"pip install 'stance-workbench\[transformers\]'"):
        classifier("nli").predict(judged()[0])


def test_none_is_shipped_and_the_way_to_one_is_told() -> None:
    with pytest.raises(ModelError, match="workbench train --classifier finetuned"):
        classifier("finetuned")
