"""Low-rank adapters: the upper layers of a frozen transformer learn to read a sentence as speaking of one of its words.

The words of the target and of other states are marked by vectors added to their states; what the layers above make of the
target's own words and of its neighbourhood decides, together with numbers that are known of the sentence already: what those
tell need not be learned from words again. Only the marks, the low-rank changes and the last linear map are learned.

References
----------
Hu et al. (2022), LoRA: Low-Rank Adaptation of Large Language Models, ICLR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.transformer.batches import by_length
from workbench.transformer.layers import MATRICES, Array, Layer, backward, forward
from workbench.transformer.quantised import Quantised

PLAIN, TARGET, STATE = 0, 1, 2
_ROLES = 3
_FAR = np.float32(-1e9)
# Sums along a multiple of what a processor adds at once come out alike to the last bit, however long the longest sentence is;
# without that, rounding to whole numbers would make much of a last bit, and evidence depend on the sentences beside.
_LANES = 8


class Sample(NamedTuple):
    """One sentence and target: states of its pieces below the adapters, role of each piece, which are near, what else is known."""

    states: NDArray[np.float16]
    roles: NDArray[np.int64]
    near: NDArray[np.bool_]
    beside: NDArray[np.float32]


def _saved(weight: Array) -> Array:
    return weight.astype(np.float16).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Adapter:
    """Learned weights by name, and the frozen layers that they change.

    Attributes
    ----------
    layers : tuple of Layer
    weights : dict of str to ndarray
        ``roles`` (3, width); ``{layer}/{matrix}/in`` and ``.../out``; ``head`` (2 * width, 3), ``beside`` (n, 3), ``bias`` (3,).
    """

    layers: tuple[Layer, ...]
    weights: dict[str, Array]

    @classmethod
    def fresh(cls, layers: tuple[Layer, ...], beside: int, rank: int, seed: int) -> Adapter:
        """Return an adapter that changes nothing yet."""
        random = np.random.default_rng(seed)
        width = layers[0].matrices["out"].shape[0]

        def normal(*shape: int, scale: float) -> Array:
            return (random.standard_normal(shape) * scale).astype(np.float32)

        weights = {
            "roles": normal(_ROLES, width, scale=0.2) * np.array([[0], [1], [0.4]], dtype=np.float32),
            "head": np.zeros((2 * width, 3), dtype=np.float32),
            "bias": np.zeros(3, dtype=np.float32),
            "beside": np.zeros((beside, 3), dtype=np.float32),
        }
        for number, layer in enumerate(layers):
            for name in MATRICES:
                rows, columns = layer.matrices[name].shape
                weights[f"{number}/{name}/in"] = normal(rows, rank, scale=rows**-0.5)
                weights[f"{number}/{name}/out"] = np.zeros((rank, columns), dtype=np.float32)
        return cls(layers, weights)

    def as_saved(self) -> Adapter:
        """Return it with half the digits, as files keep it: layers in whole numbers make much of a last digit."""
        return Adapter(self.layers, {name: _saved(weight) for name, weight in self.weights.items()})

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
class Batch:
    """Samples of one length.

    Attributes
    ----------
    judged : ndarray of shape (n,)
        Places of the pieces that are judged by, counted through all samples.
    pools : two ndarrays of shape (samples, n)
        Weights of those pieces in the means over the target's own words and over its neighbourhood.
    """

    states: Array
    roles: NDArray[np.int64]
    padding: Array
    judged: NDArray[np.intp]
    pools: tuple[Array, Array]
    beside: Array


def batched(samples: Sequence[Sample], hidden: NDArray[np.bool_] | None = None, step: int = 1) -> Batch:
    """Pad samples to one length, a multiple of `step`; `hidden` pieces are neither read nor judged by, unless they are the target's own."""
    length = -(-max(len(sample.roles) for sample in samples) // step) * step
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
    judged = np.flatnonzero(own + near)
    rows = judged // length == np.arange(len(samples))[:, None]
    pools = (pool.ravel()[judged] * rows / np.maximum(pool.sum(axis=1, keepdims=True), 1) for pool in (own, near))
    first, second = (pool.astype(np.float32) for pool in pools)
    return Batch(states, roles, padding, judged, (first, second), np.array([sample.beside for sample in samples]))


def _marked(adapter: Adapter, batch: Batch) -> Array:
    """The states below the adapters, those of the target and of other states marked."""
    return np.asarray(batch.states + adapter.weights["roles"][batch.roles] * (batch.roles != PLAIN)[..., None])


def _pooled(batch: Batch, states: Array) -> Array:
    """Both means of the states that are judged by, side by side."""
    return np.concatenate([pool @ states for pool in batch.pools], axis=1)


def run(adapter: Adapter, layers: Sequence[Layer], batch: Batch) -> tuple[Array, list[Any]]:
    """Return pooled states, and what going back needs."""
    states = _marked(adapter, batch)
    kept = []
    for layer in layers:
        states, one = forward(layer, states, batch.padding, batch.judged if layer is layers[-1] else None)
        kept.append(one)
    return _pooled(batch, states), kept


def judged(adapter: Adapter, pooled: Array, beside: Array) -> Array:
    """Return logits of pooled states and of what is known beside them."""
    weights = adapter.weights
    return np.asarray(pooled @ weights["head"] + beside @ weights["beside"] + weights["bias"])


def carry_back(
    layers: Sequence[Layer], batch: Batch, kept: list[Any], to_pooled: Array
) -> tuple[Array, dict[int, dict[str, tuple[Array, Array]]]]:
    """Carry the gradient of the pooled states down to the states below the adapters; also what `backward` tells of each layer."""
    halves = np.split(to_pooled, 2, axis=1)
    gradient: Array = batch.pools[0].T @ halves[0] + batch.pools[1].T @ halves[1]
    flows = {}
    for number in reversed(range(len(layers))):
        gradient, flows[number] = backward(layers[number], kept[number], gradient)
    return gradient, flows


def logits(adapter: Adapter, quick: Quantised, samples: Sequence[Sample]) -> Array:
    """Return logits of shape (n, 3), in the order of the samples; `quick` runs the adapter's layers, merged, for chosen pieces."""

    def told(chosen: NDArray[np.int64]) -> list[Array]:
        given = batched([samples[index] for index in chosen])
        pooled = _pooled(given, quick(_marked(adapter, given), given.padding == 0, given.judged))
        return list(judged(adapter, pooled, given.beside))

    found: Array = np.array(by_length(told, [len(sample.roles) for sample in samples])).reshape(-1, 3)
    return found


def piece_scores(
    adapter: Adapter, layers: Sequence[Layer], samples: Sequence[Sample], directions: Array
) -> list[Array]:
    """How much each piece speaks for a direction of the logits: gradient times what sets its state apart from the mean.

    Parameters
    ----------
    adapter : Adapter
    layers : sequence of Layer
        The adapter's, merged.
    samples : sequence of Sample
    directions : ndarray of shape (samples, 3)

    Returns
    -------
    list of ndarray
        One score for each piece of each sample.

    References
    ----------
    Shrikumar et al. (2017), Learning Important Features Through Propagating Activation Differences, ICML.
    """

    def scored(chosen: NDArray[np.int64]) -> list[Array]:
        given = batched([samples[index] for index in chosen], step=_LANES)
        _, kept = run(adapter, layers, given)
        to_pooled = (directions[chosen] @ adapter.weights["head"].T).astype(np.float32)
        gradient, _ = carry_back(layers, given, kept, to_pooled)
        return [_share(gradient[row], samples[index]) for row, index in enumerate(chosen)]

    return by_length(scored, [len(sample.roles) for sample in samples])


def _share(gradient: Array, sample: Sample) -> Array:
    states = sample.states.astype(np.float32)
    return np.asarray(np.einsum("tw,tw->t", gradient[: len(states)], states - states.mean(axis=0)))
