"""Fitted models on disk: plain arrays and a card in JSON, in one zip. Nothing in such a file can run.

The file is a NumPy archive (``.npz``) read with ``allow_pickle=False``; its member ``card`` holds the bytes of a JSON object.
The same model always gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ModelError

CARD = "card"
SUFFIX = ".npz"
# A zip may promise more than a machine holds; the largest shipped model has some ten megabytes.
_MOST_BYTES = 1 << 30
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SavedModel:
    """What a model file holds.

    Attributes
    ----------
    card : dict
        JSON: ``classifier`` (name in the table), ``parameters``, and what was written down about data, scores, versions.
    arrays : dict of str to ndarray
        Numbers and fixed-width text only.
    """

    card: dict[str, Any]
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)

    def part(self, prefix: str) -> SavedModel:
        """Return the model that was stored inside this one under `prefix`."""
        inner = {
            name.removeprefix(f"{prefix}/"): array
            for name, array in self.arrays.items()
            if name.startswith(f"{prefix}/")
        }
        return SavedModel(self.card[prefix], inner)


def joined(card: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], parts: Mapping[str, SavedModel]) -> SavedModel:
    """Store models inside a model; `SavedModel.part` takes them out again."""
    inner = {f"{prefix}/{name}": array for prefix, part in parts.items() for name, array in part.arrays.items()}
    return SavedModel({**card, **{prefix: part.card for prefix, part in parts.items()}}, {**arrays, **inner})


def write_model(model: SavedModel, path: str | Path) -> None:
    """Write a model file.

    Raises
    ------
    ModelError
        An array holds Python objects, or the card is not JSON.
    """
    try:
        card = json.dumps(model.card, ensure_ascii=False, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ModelError(f"{path}: the card is not JSON ({error})") from error
    arrays = {CARD: np.frombuffer(card.encode("utf8"), dtype=np.uint8), **model.arrays}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            if arrays[name].dtype.hasobject:
                raise ModelError(f"{path}: array {name!r} holds Python objects; expected numbers or text")
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, arrays[name], allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, buffer.getvalue())


def read_model(path: str | Path) -> SavedModel:
    """Read a model file; one from a stranger can be wrong, but cannot run code.

    Raises
    ------
    ModelError
        It is no model file, is damaged, is too large, or asks for pickled objects.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if size > _MOST_BYTES:
                raise ModelError(f"{path}: unpacks to {size:,} bytes; expected at most {_MOST_BYTES:,}")
            arrays = {entry.filename.removesuffix(".npy"): _array(archive, entry) for entry in entries}
        card = json.loads(arrays.pop(CARD).tobytes())
        if not isinstance(card, dict) or not isinstance(card.get("classifier"), str):
            raise ValueError("the card names no classifier")
    except ModelError:
        raise
    except (
        OSError,
        zipfile.BadZipFile,
        ValueError,
        KeyError,
        EOFError,
        UnicodeDecodeError,
        NotImplementedError,
    ) as error:
        raise ModelError(f"{path}: expected a model file of arrays and a card ({error})") from error
    return SavedModel(card, arrays)


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> NDArray[Any]:
    with archive.open(entry) as stream:
        found: NDArray[Any] = np.lib.format.read_array(io.BytesIO(stream.read()), allow_pickle=False)
    return found
