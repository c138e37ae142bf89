"""Sources into a corpus on disk, part by part; what was interrupted goes on where the last part ended."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from workbench import __version__
from workbench.corpus import Sources
from workbench.fetching import Fetcher
from workbench.partitions import Corpus, CorpusWriter, Load, PartSize, writing
from workbench.progress import Progress
from workbench.records import Mapped
from workbench.types import Article, Reject


def ingest(
    names: Iterable[str | Path],
    folder: Path | str,
    *,
    columns: Mapping[str, str] | None = None,
    tell: Callable[[str, Mapped], None] | None = None,
    fetcher: Fetcher | None = None,
    jobs: int = 1,
    size: PartSize | None = None,
    progress: Progress | None = None,
) -> tuple[Corpus, Load]:
    """Add the articles of sources to a corpus on disk; what is there already is not added again.

    Parameters
    ----------
    names : iterable of str or Path
        As in `workbench.corpus.Sources`.
    folder : Path
        Of the corpus; made when it does not exist.
    columns, tell, fetcher, jobs
        As in `workbench.corpus.Sources`.
    size : PartSize, optional
        When a part is full.
    progress : Progress, optional
        Told after each part.

    Returns
    -------
    Corpus
    Load
        What this call and the interrupted ones before it did with these sources.

    Raises
    ------
    SourceError
        A source does not exist, nothing in it is usable, or the folder is not a corpus.
    """
    sources = Sources(names, columns, tell, fetcher, jobs)
    with writing(Path(folder)) as writer:
        load = _load_of(sources, writer.corpus)
        first = None if load.done else _take(sources, writer, load, size or PartSize(), progress or Progress())
        if not load.articles and not load.repeated:
            sources.refuse(first)
        return writer.corpus, load


def _load_of(sources: Sources, corpus: Corpus) -> Load:
    """The earlier load of the very same files, to go on with or to leave as it is; else a new one."""
    fingerprint = sources.fingerprint()
    for load in corpus.loads:
        if load.names == sources.names and load.fingerprint == fingerprint and not (load.done and sources.are_remote):
            return load
    return Load(sources.names, fingerprint, workbench=__version__)


def _take(sources: Sources, writer: CorpusWriter, load: Load, size: PartSize, progress: Progress) -> Reject | None:
    """Read what is left of the sources into parts; return the first reject."""
    articles: list[Article] = []
    rejects: list[Reject] = []
    first: Reject | None = None
    bytes_held = 0

    def commit() -> None:
        nonlocal bytes_held
        load.articles += len(articles)
        load.rejected += len(rejects)
        writer.commit(articles, rejects, load)
        progress.advance(len(articles), bytes_held, sources)
        articles.clear()
        rejects.clear()
        bytes_held = 0

    for found in itertools.islice(sources, load.items, None):
        load.items += 1
        new = writer.add(found) if isinstance(found, Article) else found
        if isinstance(new, Reject):
            first = first or new
            rejects.append(new)
        elif new and isinstance(found, Article):
            articles.append(found)
            bytes_held += len(found.text.encode())
        else:
            load.repeated += 1
        if len(articles) >= size.articles or bytes_held >= size.bytes or len(rejects) >= size.rejects:
            commit()
    load.done = True
    commit()
    return first
