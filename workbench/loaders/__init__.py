"""Loaders: one for each source format, one table.

A loader is a callable ``(path) -> iterator of Article or Reject``; it raises nothing for bad content.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from workbench.types import Article, Reject

Loader = Callable[[Path], Iterator[Article | Reject]]

# Name to the endings it reads and where it is; modules load when a file of theirs comes.
LOADERS: dict[str, tuple[tuple[str, ...], str]] = {
    "text": ((".txt",), "workbench.loaders.text"),
    "csv": ((".csv", ".tsv"), "workbench.loaders.csv"),
    "json": ((".json", ".jsonl", ".ndjson", ".jsonl.gz"), "workbench.loaders.json"),
    "parquet": ((".parquet",), "workbench.loaders.parquet"),
    "html": ((".html", ".htm"), "workbench.loaders.html"),
}


def loader_for(path: Path) -> Loader | None:
    """Return the loader of a file by its ending; None when there is none."""
    name = path.name.lower()
    for endings, module in LOADERS.values():
        if name.endswith(endings):
            found: Loader = importlib.import_module(module).load
            return found
    return None
