"""Low-rank adapters: the upper layers of a frozen transformer learn to read a sentence as speaking of one of its words.

The words of the target and of other states are marked by vectors added to their states; what the layers above make of the
target's own words and of its neighbourhood decides. Only the marks, the low-rank changes and the last linear map are learned.

References
----------
Hu et al. (2022), LoRA: Low-Rank Adaptation of Large Language Models, ICLR; Kingma and Ba (2015), Adam, ICLR; Loshchilov and
Hutter (2019), Decoupled Weight Decay Regularization, ICLR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.cores import side_by_side
from workbench.transformer.layers import MATRICES, Array, Layer, backward, forward

PLAIN, TARGET, STATE = 0, 1, 2
_ROLES = 3
_FAR = np.float32(-1e9)


class Sample(NamedTuple):
    """One sentence and target: states of its pieces below the adapters, role of each piece, which are near, which state."""

    states: NDArray[np.float16]
    roles: NDArray[np.int64]
    near: NDArray[np.bool_]
    target: int


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


@dataclass(frozen=True, slots=True)
class Adapter:
    """Learned weights by name, and the frozen layers that they change.

    Attributes
    ----------
    layers : tuple of Layer
    weights : dict of str to ndarray
        ``roles`` (3, width); ``{layer}/{matrix}/in`` and ``.../out``; ``head`` (2 * width, 3), ``bias`` (3,), ``targets`` (n, 3).
    """

    layers: tuple[Layer, ...]
    weights: dict[str, Array]

    @classmethod
    def fresh(cls, layers: tuple[Layer, ...], targets: int, rank: int, seed: int) -> Adapter:
        """Return an adapter that changes nothing yet."""
        random = np.random.default_rng(seed)
        width = layers[0].matrices["out"].shape[0]

        def normal(*shape: int, scale: float) -> Array:
            return (random.standard_normal(shape) * scale).astype(np.float32)

        weights = {
            "roles": normal(_ROLES, width, scale=0.2) * np.array([[0], [1], [0.4]], dtype=np.float32),
            "head": np.zeros((2 * width, 3), dtype=np.float32),
            "bias": np.zeros(3, dtype=np.float32),
            "targets": np.zeros((targets, 3), dtype=np.float32),
        }
        for number, layer in enumerate(layers):
            for name in MATRICES:
                rows, columns = layer.matrices[name].shape
                weights[f"{number}/{name}/in"] = normal(rows, rank, scale=rows**-0.5)
                weights[f"{number}/{name}/out"] = np.zeros((rank, columns), dtype=np.float32)
        return cls(layers, weights)

    def merged(self) -> tuple[Layer, ...]:
        """Return the layers with the changes added in."""
        found = []
        for number, layer in enumerate(self.layers):
            changed: dict[str, Array] = {
                name: matrix + self.weights[f"{number}/{name}/in"] @ self.weights[f"{number}/{name}/out"]
                for name, matrix in layer.matrices.items()
            }
            found.append(replace(layer, matrices=changed))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Batch:
    states: Array
    roles: NDArray[np.int64]
    padding: Array
    pools: tuple[Array, Array]
    targets: NDArray[np.int64]


def _batched(samples: Sequence[Sample], hidden: NDArray[np.bool_] | None = None) -> _Batch:
    """Pad samples to one length; `pools` are the weights of pieces in the two means that are judged by."""
    length = max(len(sample.roles) for sample in samples)
    width = samples[0].states.shape[1]
    states = np.zeros((len(samples), length, width), dtype=np.float32)
    roles = np.zeros((len(samples), length), dtype=np.int64)
    near = np.zeros((len(samples), length), dtype=np.float32)
    padding = np.full((len(samples), length), _FAR, dtype=np.float32)
    for row, sample in enumerate(samples):
        size = len(sample.roles)
        states[row, :size], roles[row, :size], near[row, :size], padding[row, :size] = (
            sample.states, sample.roles, sample.near, 0,
        )  # fmt: skip
    own = (roles == TARGET).astype(np.float32)
    if hidden is not None:
        padding[hidden[:, :length] & (roles != TARGET)] = _FAR
        near *= padding == 0
    pools = tuple(pool / np.maximum(pool.sum(axis=1, keepdims=True), 1) for pool in (own, near))
    return _Batch(states, roles, padding, pools, np.array([sample.target for sample in samples]))  # type: ignore[arg-type]


def _run(adapter: Adapter, layers: Sequence[Layer], batch: _Batch) -> tuple[Array, Array, list[Any], Array]:
    """Logits, pooled states, what going back needs, and the last states."""
    marks = adapter.weights["roles"][batch.roles] * (batch.roles != PLAIN)[..., None]
    states = batch.states + marks
    kept = []
    for layer in layers:
        states, one = forward(layer, states, batch.padding)
        kept.append(one)
    pooled = np.concatenate([np.einsum("bt,btw->bw", pool, states) for pool in batch.pools], axis=1)
    return _judged(adapter, pooled, batch.targets), pooled, kept, states


def _judged(adapter: Adapter, pooled: Array, targets: NDArray[np.int64]) -> Array:
    weights = adapter.weights
    known = (targets >= 0)[:, None]
    return np.asarray(pooled @ weights["head"] + weights["bias"] + weights["targets"][targets] * known)


def _back(
    adapter: Adapter, layers: Sequence[Layer], batch: _Batch, kept: list[Any], to_pooled: Array
) -> tuple[Array, dict[str, Array]]:
    """Carry the gradient of the pooled states down to the states below the adapters; also the adapters' gradients."""
    width = batch.states.shape[2]
    halves = to_pooled[:, :width], to_pooled[:, width:]
    spread = [pool[..., None] * half[:, None, :] for pool, half in zip(batch.pools, halves, strict=True)]
    gradient: Array = spread[0] + spread[1]
    found: dict[str, Array] = {}
    for number in reversed(range(len(layers))):
        gradient, flows = backward(layers[number], kept[number], gradient)
        for name, (given, taken) in flows.items():
            low = adapter.weights[f"{number}/{name}/in"]
            high = adapter.weights[f"{number}/{name}/out"]
            found[f"{number}/{name}/in"] = given.T @ (taken @ high.T)
            found[f"{number}/{name}/out"] = (given @ low).T @ taken
    roles = np.zeros_like(adapter.weights["roles"])
    for role in (TARGET, STATE):
        roles[role] = gradient[batch.roles == role].sum(axis=0)
    return gradient, found | {"roles": roles}


def logits(adapter: Adapter, layers: Sequence[Layer], samples: Sequence[Sample], batch: int = 16) -> Array:
    """Return logits of shape (n, 3), in the order of the samples; `layers` are the adapter's, merged."""
    found = np.zeros((len(samples), 3), dtype=np.float32)
    batches = list(_by_length(samples, batch))[::-1]

    def told(chosen: NDArray[np.int64]) -> Array:
        return _run(adapter, layers, _batched([samples[index] for index in chosen]))[0]

    for chosen, rows in zip(batches, side_by_side(told, batches), strict=True):
        found[chosen] = rows
    return found


def piece_scores(adapter: Adapter, layers: Sequence[Layer], sample: Sample, direction: Array) -> Array:
    """How much each piece speaks for a direction of the logits: gradient times what sets its state apart from the mean.

    References
    ----------
    Shrikumar et al. (2017), Learning Important Features Through Propagating Activation Differences, ICML.
    """
    batch = _batched([sample])
    _, _, kept, _ = _run(adapter, layers, batch)
    gradient, _ = _back(adapter, layers, batch, kept, (adapter.weights["head"] @ direction)[None, :].astype(np.float32))
    apart = batch.states[0] - batch.states[0].mean(axis=0)
    return np.asarray(np.einsum("tw,tw->t", gradient[0], apart))


def _by_length(samples: Sequence[Sample], batch: int) -> Iterator[NDArray[np.int64]]:
    order = np.argsort([len(sample.roles) for sample in samples], kind="stable")
    for start in range(0, len(order), batch):
        yield order[start : start + batch]


def learn(
    layers: tuple[Layer, ...],
    samples: Sequence[Sample],
    gold: NDArray[np.int64],
    targets: int,
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
    targets : int
        How many targets have an offset of their own.
    recipe : Recipe
    seed : int
    """
    random = np.random.default_rng(seed)
    adapter = Adapter.fresh(layers, targets, recipe.rank, seed)
    optimiser = _Adam(adapter.weights, recipe.decay)
    steps = recipe.epochs * -(-len(samples) // recipe.batch)
    longest = max(len(sample.roles) for sample in samples)
    step = 0
    for _ in range(recipe.epochs):
        for chosen in _shuffled(samples, recipe.batch, random):
            rate = recipe.rate * min(1.0, 10 * (step + 1) / steps) * (1 - step / steps)
            hidden = random.random((len(chosen), longest)) < recipe.forget
            gradients = _step(adapter, [samples[index] for index in chosen], gold[chosen], hidden, recipe, random)
            optimiser(gradients, rate)
            step += 1
    return adapter


def _step(
    adapter: Adapter,
    samples: Sequence[Sample],
    gold: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    recipe: Recipe,
    random: np.random.Generator,
) -> dict[str, Array]:
    layers = adapter.merged()
    batch = _batched(samples, hidden)
    _, pooled, kept, _ = _run(adapter, layers, batch)
    dropout = (random.random(pooled.shape) >= 0.2).astype(np.float32) / np.float32(0.8)
    pooled = pooled * dropout
    shares = _judged(adapter, pooled, batch.targets)
    shares = np.exp(shares - shares.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wanted = np.full_like(shares, recipe.smoothing / 3)
    wanted[np.arange(len(gold)), gold] += 1 - recipe.smoothing
    error = (shares - wanted) / len(gold)
    offsets = np.zeros_like(adapter.weights["targets"])
    known = batch.targets >= 0
    np.add.at(offsets, batch.targets[known], error[known])
    gradients = {"head": pooled.T @ error, "bias": error.sum(axis=0), "targets": offsets}
    return gradients | _back(adapter, layers, batch, kept, (error @ adapter.weights["head"].T) * dropout)[1]


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
            size = rate * (3 if name in {"head", "bias", "targets"} else 1)
            weight *= 1 - size * self._decay
            weight -= size * (first / (1 - 0.9**self._step)) / (np.sqrt(second / (1 - 0.999**self._step)) + 1e-8)
