"""Data sets of the Hugging Face hub (``hf:owner/name``, ``hf:owner/name:split``) or saved by its library, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.errors import SourceError
from workbench.loaders.base import Source
from workbench.records import articles_from_rows
from workbench.types import Article, Reject


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the rows of one split; ``hf:owner/name@configuration:split`` names all three.

    Raises
    ------
    SourceError
        The extra is not installed, or the set cannot be opened.
    """
    try:
        import datasets
    except ImportError as error:
        raise SourceError(f"{source.name}: needs the extra; pip install 'stance-workbench[datasets]'") from error
    name, _, split = source.name.removeprefix("hf:").partition(":")
    name, _, configuration = name.partition("@")
    try:
        rows: Any
        if (Path(name) / "dataset_info.json").exists() or (Path(name) / "dataset_dict.json").exists():
            rows = datasets.load_from_disk(name)
            rows = rows[split or "train"] if isinstance(rows, dict) else rows
        else:
            rows = datasets.load_dataset(name, configuration or None, split=split or "train", streaming=True)
    except Exception as error:  # the library raises of every kind, network errors among them
        raise SourceError(f"{source.name}: {type(error).__name__}: {error}"[:300]) from error
    yield from articles_from_rows(iter(rows), source.name, source.columns, source.tell)
