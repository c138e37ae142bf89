"""Any model of the package ``sentence-transformers``; each view is encoded as a text of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.encoders import joined
from workbench.errors import ExtraError
from workbench.transformer.pieces import Word


class SentenceTransformers:
    """Encode with a model that is on this machine, or that the package downloads when it is first used.

    Parameters
    ----------
    model : str or model
        Name or path of a model, or one that is loaded already.
    prefix : str
        Put before each text ("query: " for the e5 family).

    Raises
    ------
    ExtraError
        The package is not installed.
    """

    name = "sentence-transformers"

    def __init__(self, model: str | Any = "intfloat/multilingual-e5-small", prefix: str = "query: ") -> None:
        self.prefix = prefix
        self._name = model if isinstance(model, str) else "given"
        if not isinstance(model, str):
            self._model = model
            return
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ExtraError("encoder 'sentence-transformers'", "sentence-transformers") from error
        self._model = SentenceTransformer(model, trust_remote_code=False)

    @property
    def parameters(self) -> dict[str, Any]:
        """What makes the same encoder again."""
        return {"model": self._name, "prefix": self.prefix}

    def vectors(
        self, sentences: Sequence[Sequence[Word]], views: Sequence[Sequence[Sequence[int]]]
    ) -> list[NDArray[np.float32]]:
        """One vector per view."""
        texts = [
            self.prefix + joined(words, view or range(len(words)))
            for words, own in zip(sentences, views, strict=True)
            for view in own
        ]
        table = np.asarray(
            self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        )
        return np.split(table, np.cumsum([len(own) for own in views])[:-1])
