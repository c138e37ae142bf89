"""A source of any kind to articles: files found, loaded, given ids that stay; what was rejected is told."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbench.errors import SourceError
from workbench.frames import articles_frame, check_articles
from workbench.loaders import LOADERS, loader_for
from workbench.seeds import seed_path
from workbench.types import Article, Reject

LARGEST_FILE = 40_000_000
"""Bytes of a file that is one article (text, page): a larger one is no article, and is rejected."""
DEMO = "demo"
"""What the demo corpus is called where a source is asked for."""
_WHOLE = (".txt", ".html", ".htm")


def load(
    source: str | Path | pd.DataFrame | Sequence[str | Path], on_reject: Callable[[Reject], None] | None = None
) -> pd.DataFrame:
    """Load articles from any source.

    Parameters
    ----------
    source : path, folder, glob, list of these, or DataFrame
        A table is checked and copied.
    on_reject : callable, optional
        Called with each file or row that could not be used.

    Returns
    -------
    DataFrame
        The articles table.

    Raises
    ------
    SourceError
        Nothing usable is there.
    TableError
        A table given does not keep the contract.
    """
    if isinstance(source, pd.DataFrame):
        return check_articles(source)
    sources = [source] if isinstance(source, str | Path) else list(source)
    table = articles_frame(read_sources(sources, on_reject or (lambda _: None)))
    table.attrs["source"] = [str(one) for one in sources]  # so that what is made of it can be made again
    return table


def demo() -> pd.DataFrame:
    """Load the demo corpus: articles of five invented outlets, written for the workbench."""
    table = load(seed_path("articles"))
    table.attrs["source"] = [DEMO]
    return table


def read_sources(sources: Iterable[str | Path], on_reject: Callable[[Reject], None]) -> Iterator[Article]:
    """Stream the articles of several sources; an article met twice comes once.

    Raises
    ------
    SourceError
        A source does not exist, or none holds anything usable.
    """
    seen: set[str] = set()
    rejected: list[Reject] = []
    named = [str(source) for source in sources]
    for path in (path for source in named for path in _files(source)):
        for found in _load_file(path):
            if isinstance(found, Reject):
                rejected.append(found)
                on_reject(found)
            elif found.article_id in seen:
                on_reject(Reject(str(path), f"article id {found.article_id!r} was loaded before", found.article_id))
            else:
                seen.add(found.article_id)
                yield replace(found, url=found.url or None)
    if not seen:
        why = f"; the first of {len(rejected)}: {rejected[0].source}: {rejected[0].reason}" if rejected else ""
        raise SourceError(f"{', '.join(named)}: nothing usable{why}")


def _files(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        root = path.resolve()
        return [file for file in sorted(path.rglob("*")) if file.is_file() and file.resolve().is_relative_to(root)]
    if path.is_file():
        return [path]
    found = [Path(name) for name in sorted(glob.glob(source, recursive=True)) if Path(name).is_file()]  # noqa: PTH207
    if not found:
        raise SourceError(f"{source}: no such file, folder or pattern")
    return found


def _load_file(path: Path) -> Iterator[Article | Reject]:
    loader = loader_for(path)
    if loader is None:
        endings = ", ".join(ending for known, _ in LOADERS.values() for ending in known)
        yield Reject(
            str(path), f"no loader for {path.suffix or 'a file without ending'!r}; known endings are {endings}"
        )
        return
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE and path.suffix.lower() in _WHOLE:
            yield Reject(str(path), f"{size / 1e6:.0f} MB in one article; the limit is {LARGEST_FILE / 1e6:.0f} MB")
            return
        yield from loader(path)
    except OSError as error:
        yield Reject(str(path), f"cannot be read: {error.strerror}")
