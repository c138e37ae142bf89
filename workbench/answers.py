"""Answers of a model behind a URL, kept by the hash of the question: what was paid for once is never asked again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.atomic import write_atomically


@dataclass(frozen=True, slots=True)
class AnswerStore:
    """A folder with one small file per answer.

    A file appears whole or not at all, so that a run may be killed at any moment, and several may share the folder.

    Parameters
    ----------
    folder : Path
    """

    folder: Path

    @staticmethod
    def key(question: Mapping[str, Any]) -> str:
        """Return the SHA-256 of a question in canonical JSON."""
        return hashlib.sha256(json.dumps(question, ensure_ascii=False, sort_keys=True).encode("utf8")).hexdigest()

    def get(self, key: str) -> str | None:
        """Return the answer kept under `key`, as it came; None where there is none, or where the file is damaged."""
        try:
            kept = json.loads(self._path(key).read_text("utf8"))
        except (OSError, ValueError):
            return None
        answer = kept.get("answer") if isinstance(kept, dict) and kept.get("key") == key else None
        return answer if isinstance(answer, str) else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, "answer": answer}, ensure_ascii=False)
        write_atomically(path, lambda temporary: temporary.write_text(text, "utf8"))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
