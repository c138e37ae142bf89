"""Forward and backward through transformer layers, batch by batch; arrays of shape (sentences, pieces, width).

References
----------
Vaswani et al. (2017), Attention Is All You Need; Devlin et al. (2019), BERT (layers normalise after adding).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.transformer.packed import Packed

Array = NDArray[np.floating[Any]]
MATRICES = ("qkv", "out", "up", "down")
"""The four linear maps of a layer: queries, keys and values; what attention gives; into the inner layer and out of it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one layer, input first: matrices of shape (input, output), biases, and the two normalisations.

    Whatever multiplies rows, as it is and turned (``.T``), can stand for a matrix.
    """

    matrices: dict[str, Any]
    biases: dict[str, Array]
    attended: tuple[Array, Array]
    finished: tuple[Array, Array]
    heads: int
    epsilon: float


def unpack(model: Packed, number: int) -> Layer:
    """Return layer `number` of a packed model."""
    width, inner = model.shape.width, model.shape.inner
    names = {"qkv": (("q", "k", "v"), width), "out": (("ao",), width), "up": (("fi",), width), "down": (("fo",), inner)}
    matrices, biases = {}, {}
    for name, (parts, columns) in names.items():
        joined = np.concatenate([model.matrix(f"l{number}.{part}.w", columns) for part in parts])
        matrices[name] = np.ascontiguousarray(joined.T)
        biases[name] = np.concatenate([model.plain(f"l{number}.{part}.b") for part in parts])

    def norm(name: str) -> tuple[Array, Array]:
        return model.plain(f"l{number}.{name}.w"), model.plain(f"l{number}.{name}.b")

    return Layer(matrices, biases, norm("aln"), norm("oln"), model.shape.heads, model.shape.epsilon)


def embed(model: Packed, pieces: NDArray[np.int64]) -> Array:
    """Return the states before the first layer, for pieces of shape (sentences, pieces)."""
    width = model.shape.width
    words = model.matrix("emb.word", width, pieces.ravel()).reshape(*pieces.shape, width)
    places = model.plain("emb.pos").reshape(-1, width)[: pieces.shape[1]]
    states = words + places + model.plain("emb.type")[:width]
    return normalise(states, (model.plain("emb.ln.w"), model.plain("emb.ln.b")), model.shape.epsilon)[0]


def normalise(states: Array, weights: tuple[Array, Array], epsilon: float) -> tuple[Array, tuple[Array, Array]]:
    """Bring each state to mean 0 and variance 1, then scale and shift it; also what `_unnormalise` needs."""
    centred = states - states.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", centred, centred)[..., None] / centred.shape[-1]
    inverse = 1 / np.sqrt(variance + epsilon)
    centred *= inverse
    return centred * weights[0] + weights[1], (centred, inverse)


def forward(layer: Layer, states: Array, padding: Array, asked: NDArray[np.intp] | None = None) -> tuple[Array, Any]:
    """Run one layer.

    Parameters
    ----------
    layer : Layer
    states : ndarray of shape (sentences, pieces, width)
    padding : ndarray of shape (sentences, pieces)
        0 for pieces to attend to, a large negative number for the others.
    asked : ndarray of shape (n,), optional
        Places of pieces, counted through all sentences: only their states are worked out.

    Returns
    -------
    ndarray
        The states after the layer; of shape (n, width) where `asked` is given.
    tuple
        What `backward` needs.
    """
    sentences, length, width = states.shape
    size = width // layer.heads
    flat = states.reshape(-1, width)
    mixed = (flat @ layer.matrices["qkv"] + layer.biases["qkv"]).reshape(sentences, length, 3, layer.heads, size)
    query, key, value = (np.ascontiguousarray(mixed[:, :, part].transpose(0, 2, 1, 3)) for part in range(3))
    scale = np.float32(size**-0.5)
    attention = query @ key.transpose(0, 1, 3, 2)
    attention *= scale
    attention += padding[:, None, None, :]
    attention -= attention.max(axis=-1, keepdims=True)
    np.exp(attention, out=attention)
    attention /= attention.sum(axis=-1, keepdims=True)
    context = (attention @ value).transpose(0, 2, 1, 3).reshape(-1, width)
    before = flat
    if asked is not None:
        context, before = context[asked], flat[asked]
    added: Array = before + (context @ layer.matrices["out"] + layer.biases["out"])
    middle, first_norm = normalise(added, layer.attended, layer.epsilon)
    inner = middle @ layer.matrices["up"]
    inner += layer.biases["up"]
    bent, tangent = _gelu(inner)
    finished: Array = middle + (bent @ layer.matrices["down"] + layer.biases["down"])
    result, second_norm = normalise(finished, layer.finished, layer.epsilon)
    kept = (flat, query, key, value, attention, context, first_norm, middle, inner, tangent, bent, second_norm, asked)
    return (result.reshape(states.shape) if asked is None else result), kept


def backward(layer: Layer, kept: Any, gradient: Array) -> tuple[Array, dict[str, tuple[Array, Array]]]:
    """Carry a gradient back through a layer.

    Returns
    -------
    ndarray
        Gradient with respect to the states before the layer.
    dict of str to (ndarray, ndarray)
        For each of `MATRICES` its input and the gradient of its output, both flat: all that adapters need.
    """
    flat, query, key, value, attention, context, first_norm, middle, inner, tangent, bent, second_norm, asked = kept
    sentences, _, length, _ = query.shape
    width = flat.shape[1]
    down = _unnormalise(gradient.reshape(-1, width), layer.finished, second_norm)
    up = (down @ layer.matrices["down"].T) * _gelu_slope(inner, tangent)
    out = _unnormalise(down + up @ layer.matrices["up"].T, layer.attended, first_norm)
    to_context: Array = out @ layer.matrices["out"].T
    before: Array = out
    if asked is not None:
        to_context, before = (_spread(part, asked, len(flat)) for part in (to_context, out))
    heads = to_context.reshape(sentences, length, layer.heads, -1).transpose(0, 2, 1, 3)
    to_value = attention.transpose(0, 1, 3, 2) @ heads
    weights = heads @ value.transpose(0, 1, 3, 2)
    weights -= (weights * attention).sum(axis=-1, keepdims=True)
    weights *= attention
    weights *= np.float32((width // layer.heads) ** -0.5)
    parts = np.stack([weights @ key, weights.transpose(0, 1, 3, 2) @ query, to_value])
    qkv = np.ascontiguousarray(parts.transpose(1, 3, 0, 2, 4)).reshape(-1, 3 * width)
    flows = {"qkv": (flat, qkv), "out": (context, out), "up": (middle, up), "down": (bent, down)}
    return (before + qkv @ layer.matrices["qkv"].T).reshape(sentences, length, width), flows


def _spread(rows: Array, places: NDArray[np.intp], size: int) -> Array:
    found = np.zeros((size, rows.shape[1]), dtype=rows.dtype)
    found[places] = rows
    return found


def _unnormalise(gradient: Array, weights: tuple[Array, Array], kept: tuple[Array, Array]) -> Array:
    centred, inverse = kept
    scaled = gradient * weights[0]
    along = np.einsum("...i,...i->...", scaled, centred)[..., None] / centred.shape[-1]
    result: Array = (scaled - scaled.mean(axis=-1, keepdims=True) - centred * along) * inverse
    return result


_ROOT = np.float32(0.7978845608)  # sqrt(2 / pi); the tanh form of GELU is within 0.001 of the exact one
_CUBE = np.float32(0.044715)


def _gelu(x: Array) -> tuple[Array, Array]:
    tangent = x * x
    tangent *= _CUBE
    tangent += 1
    tangent *= x
    tangent *= _ROOT
    np.tanh(tangent, out=tangent)
    bent = tangent + 1
    bent *= x
    bent *= np.float32(0.5)
    return bent, tangent


def _gelu_slope(x: Array, tangent: Array) -> Array:
    slope = x * x
    slope *= 3 * _CUBE
    slope += 1
    slope *= _ROOT
    slope *= x
    slope *= 1 - tangent * tangent
    slope += 1 + tangent
    slope *= np.float32(0.5)
    return slope
