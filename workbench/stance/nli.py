"""`nli`: zero-shot, by a model of natural-language inference: does it entail praise, report or blame.

References
----------
Yin, Hay and Roth (2019), Benchmarking Zero-shot Text Classification: Datasets, Evaluation and Entailment Approach, EMNLP.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.attribution import Attribution
from workbench.calibration import Scaling, fit_scaling, indices
from workbench.errors import ModelError
from workbench.pretrained import Pretrained
from workbench.saving import SavedModel
from workbench.seeds import seed_path
from workbench.stance.base import Learned, Look
from workbench.targets import target
from workbench.types import STANCES, Passage, Stance

_DEFAULT = "MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7"


@dataclass(frozen=True, slots=True)
class Examined:
    """Passages and their mean logits of entailment, shape (n, 3)."""

    look: Look
    logits: NDArray[np.float64]


class Nli(Learned):
    """Judge by entailment; needs no training, but `fit` calibrates it.

    Parameters
    ----------
    model : str
        Name or path of a transformers model with an entailment label.
    languages : tuple of str
        Of the hypotheses in `seeds/prompts/hypotheses.toml`; their logits are averaged.
    """

    name = "nli 1"
    table_name = "nli"

    def __init__(self, model: str = _DEFAULT, languages: Sequence[str] = ("fa", "en")) -> None:
        self.model = model
        self.languages = languages
        self.attribution_ = Attribution.prior()
        self.scaling_ = Scaling(1.0, np.zeros(len(STANCES)))

    @classmethod
    def shipped(cls) -> Self:
        """Return the classifier as it is: nothing is fitted."""
        return cls()

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Calibrate on judged passages; the model itself stays as it is."""
        del groups
        gold = indices(y)
        raw = self.examine(look).logits
        self.scaling_ = fit_scaling(raw, gold, weights)
        return self.scaling_(raw)

    def examine(self, look: Look) -> Examined:
        """Ask every hypothesis of every passage."""
        model = self._loaded()
        entailed = _entailment(model)
        table = np.zeros((len(look.passages), len(STANCES)))
        for column, stance in enumerate(STANCES):
            asked = [self._hypotheses(passage, stance) for passage in look.passages]
            texts = [passage.text for passage, own in zip(look.passages, asked, strict=True) for _ in own]
            logits = model.logits(texts, [hypothesis for own in asked for hypothesis in own])
            others = np.delete(logits, entailed, axis=1)
            margin = logits[:, entailed] - np.log(np.exp(others).sum(axis=1))
            table[:, column] = margin.reshape(len(look.passages), -1).mean(axis=1)
        return Examined(look, table)

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """Softmax over the stances, calibrated where the classifier was fitted."""
        return self.scaling_(examined.logits)

    def word_scores(self, examined: Examined, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Gradient times input of the stance's hypotheses."""
        return [self._shares(examined, index, stance) for index, stance in asked]

    def _shares(self, examined: Examined, index: int, stance: Stance) -> NDArray[np.float64]:
        model, passage, seen = self._loaded(), examined.look.passages[index], examined.look.seen[index]
        direction = -np.ones(model.model.config.num_labels) / (model.model.config.num_labels - 1)
        direction[_entailment(model)] = 1
        letters = sum(
            model.letter_scores(passage.text, hypothesis, direction.tolist())
            for hypothesis in self._hypotheses(passage, stance)
        )
        shift = passage.span.start
        return np.array([np.asarray(letters)[word.start - shift : word.end - shift].sum() for word in seen.words])

    def saved(self) -> SavedModel:
        """Return the model's name and the calibration; its weights stay where they are."""
        return self._saved({"slope": np.array(self.scaling_.slope), "offset": self.scaling_.offset})

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        made.scaling_ = Scaling(float(model.arrays["slope"]), model.arrays["offset"])
        return made

    def _hypotheses(self, passage: Passage, stance: Stance) -> list[str]:
        names = target(passage.target).names
        return [
            text.format(target=names.get(language, passage.target))
            for language in self.languages
            for text in _templates()[stance][language]
        ]

    def _loaded(self) -> Pretrained:
        if not hasattr(self, "loaded_"):
            self.loaded_ = Pretrained.load(self.model)
        return self.loaded_


def _entailment(model: Pretrained) -> int:
    labels: dict[int, str] = model.model.config.id2label
    for index, label in labels.items():
        if label.lower().startswith("entail"):
            return int(index)
    raise ModelError(f"model labels are {', '.join(labels.values())}; expected one that starts with 'entail'")


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(seed_path("prompts", "hypotheses.toml").read_text("utf8"))
