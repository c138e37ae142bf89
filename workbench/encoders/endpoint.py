"""Any embedding endpoint that speaks OpenAI's protocol (``POST {url}/embeddings``)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.encoders import joined
from workbench.errors import ServiceError
from workbench.service import Service
from workbench.transformer.pieces import Word

_BATCH = 128


class Endpoint:
    """Encode behind a URL; each view is a text of its own, and equal texts are sent once.

    Parameters
    ----------
    url : str, optional
        Base address, such as ``http://localhost:8000/v1``; the environment's ``WORKBENCH_EMBEDDING_URL`` when absent. The key,
        where one is needed, is read from ``WORKBENCH_EMBEDDING_KEY`` and kept nowhere.
    model : str
    prefix : str
        Put before each text.
    """

    name = "endpoint"

    def __init__(self, url: str | None = None, model: str = "default", prefix: str = "") -> None:
        address = url or os.environ.get("WORKBENCH_EMBEDDING_URL")
        if not address:
            raise ServiceError("encoder 'endpoint': no url given and WORKBENCH_EMBEDDING_URL is not set")
        self.url, self.model, self.prefix = address, model, prefix
        self._service = Service(address, os.environ.get("WORKBENCH_EMBEDDING_KEY"))
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def parameters(self) -> dict[str, Any]:
        """What makes the same encoder again; never the key."""
        return {"url": self.url, "model": self.model, "prefix": self.prefix}

    def vectors(
        self, sentences: Sequence[Sequence[Word]], views: Sequence[Sequence[Sequence[int]]]
    ) -> list[NDArray[np.float32]]:
        """One vector per view.

        Raises
        ------
        ServiceError
            The endpoint cannot be reached, or answers something else than one vector per text.
        """
        texts = [
            [self.prefix + joined(words, view or range(len(words))) for view in own]
            for words, own in zip(sentences, views, strict=True)
        ]
        new = [text for text in dict.fromkeys(text for own in texts for text in own) if text not in self._known]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            self._known.update(zip(batch, self._ask(batch), strict=True))
        return [np.array([self._known[text] for text in own]) for own in texts]

    def _ask(self, texts: list[str]) -> list[NDArray[np.float32]]:
        answer = self._service.post("embeddings", {"model": self.model, "input": texts, "encoding_format": "float"})
        try:
            rows = sorted(answer["data"], key=lambda row: row["index"])
            found = [np.asarray(row["embedding"], dtype=np.float32) for row in rows]
        except (KeyError, TypeError, ValueError) as error:
            raise ServiceError(f"{self.url}: expected one embedding per text ({error})") from error
        if len(found) != len(texts) or len({len(vector) for vector in found}) != 1 or found[0].ndim != 1:
            raise ServiceError(
                f"{self.url}: {len(found)} vectors for {len(texts)} texts; expected one per text, all of one width"
            )
        return found
