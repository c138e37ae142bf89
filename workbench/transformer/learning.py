"""How adapters are learned: drawn samples, gradients of the loss by two halves of a step, and the steps.

References
----------
Kingma and Ba (2015), Adam, ICLR; Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization, ICLR.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from workbench.cores import alone, cores
from workbench.transformer.adapting import STATE, TARGET, Adapter, Sample, batched, carry_back, judged, run
from workbench.transformer.layers import Array, Layer

_DROPOUT = 0.2
_PARTS = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """How adapters are learned.

    Attributes
    ----------
    rank : int
        Of the change of each matrix.
    epochs, batch : int
        Rounds over the samples, and samples in a step.
    rate : float
        Highest step size; it rises for a tenth of the steps and then falls to nothing.
    forget : float
        Share of pieces hidden from attention in each step, so that no single word and no turn of style carries a judgement.
    smoothing : float
        Share of each label given to all stances alike.
    decay : float
        Pull of the weights towards zero.
    """

    rank: int = 16
    epochs: int = 3
    batch: int = 16
    rate: float = 1e-3
    forget: float = 0.15
    smoothing: float = 0.05
    decay: float = 0.01


def learn(
    layers: tuple[Layer, ...],
    samples: Sequence[Sample],
    gold: NDArray[np.int64],
    recipe: Recipe,
    seed: int = 0,
) -> Adapter:
    """Learn an adapter.

    Parameters
    ----------
    layers : tuple of Layer
        Frozen.
    samples : sequence of Sample
    gold : ndarray of shape (n,)
        Index of each sample's stance.
    recipe : Recipe
    seed : int
    """
    random = np.random.default_rng(seed)
    adapter = Adapter.fresh(layers, len(samples[0].beside), recipe.rank, seed)
    optimiser = _Adam(adapter.weights, recipe.decay)
    steps = recipe.epochs * -(-len(samples) // recipe.batch)
    step = 0
    with alone(), ThreadPoolExecutor(min(cores(), _PARTS)) as pool:
        for _ in range(recipe.epochs):
            for chosen in _shuffled(samples, recipe.batch, random):
                rate = recipe.rate * min(1.0, 10 * (step + 1) / steps) * (1 - step / steps)
                drawn = _Drawn.of([samples[index] for index in chosen], gold[chosen], recipe, random)
                merged = adapter.merged()
                found = pool.map(partial(_gradients, adapter, merged, recipe.smoothing), drawn.parts())
                optimiser(_sum(found), rate)
                step += 1
    return adapter


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Samples of a step, or of a part of it, with what is hidden of them; `size` is that of the whole step."""

    samples: list[Sample]
    gold: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    kept: Array
    size: int

    @classmethod
    def of(cls, samples: list[Sample], gold: NDArray[np.int64], recipe: Recipe, random: np.random.Generator) -> _Drawn:
        longest = max(len(sample.roles) for sample in samples)
        hidden = random.random((len(samples), longest)) < recipe.forget
        kept = random.random((len(samples), 2 * samples[0].states.shape[1])) >= _DROPOUT
        return cls(samples, gold, hidden, kept.astype(np.float32) / np.float32(1 - _DROPOUT), len(samples))

    def parts(self) -> list[_Drawn]:
        """Cut in two, always at the same place: the cores of a machine must not change what is learned on it."""
        middle = (self.size + 1) // 2
        cuts = [slice(0, middle), slice(middle, self.size)][: self.size]
        return [_Drawn(self.samples[cut], self.gold[cut], self.hidden[cut], self.kept[cut], self.size) for cut in cuts]


def _gradients(adapter: Adapter, layers: tuple[Layer, ...], smoothing: float, drawn: _Drawn) -> dict[str, Array]:
    batch = batched(drawn.samples, drawn.hidden)
    pooled, kept = run(adapter, layers, batch)
    pooled = pooled * drawn.kept
    shares = judged(adapter, pooled, batch.beside)
    shares = np.exp(shares - shares.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wanted = np.full_like(shares, smoothing / 3)
    wanted[np.arange(len(drawn.gold)), drawn.gold] += 1 - smoothing
    error = (shares - wanted) / drawn.size
    found: dict[str, Array] = {"head": pooled.T @ error, "beside": batch.beside.T @ error, "bias": error.sum(axis=0)}
    gradient, flows = carry_back(layers, batch, kept, (error @ adapter.weights["head"].T) * drawn.kept)
    for number, own in flows.items():
        for name, (given, taken) in own.items():
            low, high = (adapter.weights[f"{number}/{name}/{side}"] for side in ("in", "out"))
            found[f"{number}/{name}/in"] = given.T @ (taken @ high.T)
            found[f"{number}/{name}/out"] = (given @ low).T @ taken
    found["roles"] = np.zeros_like(adapter.weights["roles"])
    for role in (TARGET, STATE):
        found["roles"][role] = gradient[batch.roles == role].sum(axis=0)
    return found


def _sum(parts: Iterable[dict[str, Array]]) -> dict[str, Array]:
    first, *others = parts
    for part in others:
        for name, gradient in part.items():
            first[name] += gradient
    return first


def _shuffled(samples: Sequence[Sample], batch: int, random: np.random.Generator) -> list[NDArray[np.int64]]:
    """Batches of about equally long samples, in random order."""
    order = random.permutation(len(samples))
    lengths = np.array([len(sample.roles) for sample in samples])
    batches = []
    for start in range(0, len(order), 8 * batch):
        block = order[start : start + 8 * batch]
        block = block[np.argsort(lengths[block], kind="stable")]
        batches += [block[at : at + batch] for at in range(0, len(block), batch)]
    return [batches[index] for index in random.permutation(len(batches))]


class _Adam:
    """Adam with decoupled decay and clipped gradients; changes the weights in place."""

    def __init__(self, weights: dict[str, Array], decay: float) -> None:
        self._weights = weights
        self._decay = decay
        self._first = {name: np.zeros_like(weight) for name, weight in weights.items()}
        self._second = {name: np.zeros_like(weight) for name, weight in weights.items()}
        self._step = 0

    def __call__(self, gradients: dict[str, Array], rate: float) -> None:
        self._step += 1
        norm = float(np.sqrt(sum(float(np.vdot(gradient, gradient)) for gradient in gradients.values())))
        clip = min(1.0, 1.0 / (norm + 1e-6))
        for name, gradient in gradients.items():
            given = gradient * clip
            first, second, weight = self._first[name], self._second[name], self._weights[name]
            first += 0.1 * (given - first)
            second += 0.001 * (given * given - second)
            size = rate * (3 if name in {"head", "beside", "bias"} else 1)
            weight *= 1 - size * self._decay
            weight -= size * (first / (1 - 0.9**self._step)) / (np.sqrt(second / (1 - 0.999**self._step)) + 1e-8)
