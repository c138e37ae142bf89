"""Loaders: one for each source format, one table.

A loader is a callable ``(source) -> iterator of Article or Reject`` (`workbench.loaders.base.Source`); it streams, keeps to
the limits of its source, and raises nothing for bad content.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from workbench.loaders.base import Source, unpacked
from workbench.types import Article, Reject

Loader = Callable[[Source], Iterator[Article | Reject]]

# Name to the endings it reads (those of packings, .gz .bz2 .xz, may follow) and where it is; modules load when a source of
# theirs comes. A name with no ending is asked for by its own sign: an address, `hf:`.
LOADERS: dict[str, tuple[tuple[str, ...], str]] = {
    "text": ((".txt",), "workbench.loaders.text"),
    "csv": ((".csv", ".tsv"), "workbench.loaders.csv"),
    "json": ((".json", ".jsonl", ".ndjson"), "workbench.loaders.json"),
    "parquet": ((".parquet",), "workbench.loaders.parquet"),
    "excel": ((".xlsx", ".xls", ".xlsm", ".ods"), "workbench.loaders.excel"),
    "html": ((".html", ".htm", ".xhtml"), "workbench.loaders.html"),
    "feed": ((".rss", ".atom", ".xml"), "workbench.loaders.feed"),
    "warc": ((".warc",), "workbench.loaders.warc"),
    "cdxj": ((".cdxj",), "workbench.loaders.cdxj"),
    "archive": ((".zip", ".tar", ".tgz", ".tbz2", ".txz"), "workbench.loaders.archive"),
    "web": ((), "workbench.loaders.web"),
    "datasets": ((), "workbench.loaders.datasets"),
}
WHOLE = ("text", "html", "feed")
"""Loaders of files that hold one article or a few: a folder of them can be read by several processes."""


def loader_for(source: Source | Path) -> Loader | None:
    """Return the loader of a source by its ending, or by its sign; None when there is none."""
    name = loader_name(source)
    if name is None:
        return None
    found: Loader = importlib.import_module(LOADERS[name][1]).load
    return found


def loader_name(source: Source | Path) -> str | None:
    """Return the name of the loader of a source; None when there is none."""
    name = str(source) if isinstance(source, Path) else source.name
    if isinstance(source, Source) and source.path is None and source.depth == 0:
        if name.startswith(("http://", "https://")):
            return "web"
        if name.startswith("hf:"):
            return "datasets"
    return ending_name(name)


def ending_name(name: str) -> str | None:
    """Return the name of the loader for a file name's ending; None when there is none."""
    ending = unpacked(name)
    return next((known for known, (endings, _) in LOADERS.items() if ending.endswith(endings)), None)
