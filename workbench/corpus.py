"""A source of any kind to articles: files found, loaded, given ids that stay; what was rejected is told."""

from __future__ import annotations

import glob
import hashlib
import io
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from workbench.errors import SourceError
from workbench.fetching import Fetcher
from workbench.frames import articles_frame, check_articles
from workbench.loaders import LOADERS, WHOLE, loader_for, loader_name
from workbench.loaders.base import Source
from workbench.partitions import Corpus, is_corpus
from workbench.records import Mapped
from workbench.seeds import seed_path
from workbench.types import Article, Reject

LAB_CORPUS = "WORKBENCH_CORPUS"
"""Environment variable that names the corpus that notebooks open on."""
DEMO = "demo"
"""What the demo corpus is called where a source is asked for."""
_FILES_PER_CALL = 32


def load(
    source: str | Path | pd.DataFrame | Sequence[str | Path] | None = None,
    on_reject: Callable[[Reject], None] | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    tell: Callable[[str, Mapped], None] | None = None,
    fetcher: Fetcher | None = None,
) -> pd.DataFrame:
    """Load articles from any source.

    Parameters
    ----------
    source : path, folder, glob, address, corpus, list of these, or DataFrame, optional
        A table is checked and copied. With none, the corpus that ``workbench lab --corpus`` was opened on, else the demo.
    on_reject : callable, optional
        Called with each file or row that could not be used.
    columns : mapping of str to str, optional
        Field to column, such as ``{"text": "news_body"}``, where names do not tell.
    tell : callable, optional
        Called with each table's name and the columns that were taken; ``tell=print`` shows them.
    fetcher : Fetcher, optional
        For addresses: limits, pauses and cache other than the usual ones.

    Returns
    -------
    DataFrame
        The articles table.

    Raises
    ------
    SourceError
        Nothing usable is there, or `columns` names what is not there.
    TableError
        A table given does not keep the contract.
    """
    if isinstance(source, pd.DataFrame):
        return check_articles(source)
    if source is None:
        source = os.environ.get(LAB_CORPUS) or DEMO
    named = [source] if isinstance(source, str | Path) else list(source)
    places = [seed_path("articles") if one == DEMO else one for one in named]
    table = articles_frame(distinct(Sources(places, columns, tell, fetcher), on_reject or (lambda _: None)))
    table.attrs["source"] = [str(one) for one in named]  # so that what is made of it can be made again
    return table


def demo() -> pd.DataFrame:
    """Load the demo corpus: articles of five invented outlets, written for the workbench."""
    return load(DEMO)


def read_sources(sources: Iterable[str | Path], on_reject: Callable[[Reject], None]) -> Iterator[Article]:
    """Stream the articles of several sources; an article met twice comes once.

    Raises
    ------
    SourceError
        A source does not exist, or none holds anything usable.
    """
    return distinct(Sources(sources), on_reject)


def distinct(sources: Sources, on_reject: Callable[[Reject], None]) -> Iterator[Article]:
    """Stream the articles of sources, each id once; what comes again, and what cannot be used, goes to `on_reject`.

    Raises
    ------
    SourceError
        None of the sources holds anything usable.
    """
    seen: set[str] = set()
    rejected: list[Reject] = []
    for found in sources:
        if isinstance(found, Reject):
            rejected = rejected or [found]
            on_reject(found)
        elif found.article_id in seen:
            name = found.url or found.article_id
            on_reject(Reject(name, f"article id {found.article_id!r} was loaded before", found.article_id))
        else:
            seen.add(found.article_id)
            yield found
    if not seen:
        sources.refuse(rejected[0] if rejected else None)


class Sources:
    """All that some names stand for, read in order, as articles and rejects.

    Parameters
    ----------
    names : iterable of str or Path
        Files, folders, patterns, corpora, addresses (``https://…``), data sets (``hf:…``).
    columns, tell, fetcher
        As in `load`.
    jobs : int, default 1
        Processes that read files of one article each (pages, texts); what they find comes in the same order.

    Attributes
    ----------
    bytes_read : int
        Bytes of files that have been read so far, packed as they are on disk.

    Raises
    ------
    SourceError
        One of the names stands for nothing.
    """

    def __init__(
        self,
        names: Iterable[str | Path],
        columns: Mapping[str, str] | None = None,
        tell: Callable[[str, Mapped], None] | None = None,
        fetcher: Fetcher | None = None,
        jobs: int = 1,
    ) -> None:
        self.names = [str(name) for name in names]
        self.columns = dict(columns or {})
        self.tell = tell or (lambda _source, _mapped: None)
        self.fetcher = fetcher
        self.jobs = jobs
        self.bytes_read = 0
        self.found = [found for name in self.names for found in _found(name)]

    @property
    def bytes_in_all(self) -> int:
        """Bytes of all files; addresses count nothing."""
        return sum(_size(found) for found in self.found if isinstance(found, str))

    @property
    def count(self) -> int | None:
        """How many articles there are, when all of it is corpora; None when only reading tells."""
        if all(isinstance(found, Corpus) for found in self.found):
            return sum(found.count for found in self.found if isinstance(found, Corpus))
        return None

    @property
    def are_remote(self) -> bool:
        """Whether any of it is an address, where something new may stand each time."""
        return any(isinstance(found, str) and _is_address(found) for found in self.found)

    def fingerprint(self) -> str:
        """Return a digest that changes when a file is added, removed or written to."""
        digest = hashlib.sha256(repr((self.names, self.columns)).encode("utf-8", "surrogatepass"))
        for found in self.found:
            stamp = _stamp(found) if isinstance(found, str) else str(found)
            digest.update(f"\n{stamp}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def refuse(self, first: Reject | None) -> None:
        """Say that there was nothing usable, and the first reason why.

        Raises
        ------
        SourceError
            Always.
        """
        why = f"; {first.source}: {first.reason}" if first else ""
        raise SourceError(f"{', '.join(self.names)}: nothing usable{why}")

    def __iter__(self) -> Iterator[Article | Reject]:
        with ProcessPoolExecutor(self.jobs, get_context("spawn")) if self.jobs > 1 else nullcontext() as pool:
            for whole, group in itertools.groupby(self.found, _is_whole):
                if whole and pool is not None:
                    yield from self._in_parallel(group, pool)  # type: ignore[arg-type]
                else:
                    for found in group:
                        yield from found.articles() if isinstance(found, Corpus) else self._one(found)

    def _one(self, found: str | Reject) -> Iterator[Article | Reject]:
        if isinstance(found, Reject):
            yield found
            return
        before = self.bytes_read
        yield from _load(replace(self._source(found), tell=self.tell))
        self.bytes_read = before + _size(found)

    def _source(self, found: str) -> Source:
        if _is_address(found):
            return Source(found, _never, columns=self.columns, fetcher=self.fetcher)
        path = Path(found)
        return Source(found, lambda: self._counted(path), _size(found), path, columns=self.columns)

    def _counted(self, path: Path) -> BinaryIO:
        return io.BufferedReader(_Counted(path.open("rb", buffering=0), self), 1 << 17)

    def _in_parallel(self, group: Iterable[str], pool: Executor) -> Iterator[Article | Reject]:
        waiting: list[Any] = []
        for batch in itertools.batched(group, _FILES_PER_CALL):
            waiting.append((batch, pool.submit(_load_files, batch)))
            if len(waiting) > 2 * self.jobs:
                yield from self._taken(*waiting.pop(0))
        for batch, future in waiting:
            yield from self._taken(batch, future)

    def _taken(self, batch: Sequence[str], future: Any) -> Iterator[Article | Reject]:
        yield from future.result()
        self.bytes_read += sum(map(_size, batch))


class _Counted(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, raw: Any, sources: Sources) -> None:
        self._raw = raw
        self._sources = sources

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return int(self._raw.seek(offset, whence))

    def tell(self) -> int:
        return int(self._raw.tell())

    def readinto(self, buffer: Any) -> int:
        count = int(self._raw.readinto(buffer))
        self._sources.bytes_read += count
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _load_files(names: Sequence[str]) -> list[Article | Reject]:
    """Read files of one article each; runs in a process of its own."""
    return [found for name in names for found in _load(Source.of_file(Path(name)))]


def _load(source: Source) -> Iterator[Article | Reject]:
    loader = loader_for(source)
    if loader is None:
        endings = ", ".join(ending for known, _ in LOADERS.values() for ending in known)
        ending = repr(Path(source.name).suffix) if Path(source.name).suffix else "a file without ending"
        yield Reject(source.name, f"no loader for {ending}; known endings are {endings}")
        return
    try:
        nothing = True
        for found in loader(source):
            nothing = False
            yield found
        if nothing:
            yield Reject(source.name, "there is no article in it, and nothing like one")
    except OSError as error:
        yield Reject(source.name, f"cannot be read: {error.strerror or error}")
    except SourceError:
        raise
    except Exception as error:  # whatever a library makes of a hostile file, the others are read
        yield Reject(source.name, f"cannot be read: {type(error).__name__}: {error}"[:300])


def _found(name: str) -> Iterator[str | Corpus | Reject]:
    """Everything that a name stands for: paths and addresses as they are, corpora open, what is no file as a reject."""
    if _is_address(name):
        yield name
        return
    path = Path(name)
    if is_corpus(path):
        yield Corpus.open(path)
    elif path.is_dir():
        yield from _within(path)
    elif path.is_file():
        yield name
    else:
        found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207
        if not found:
            raise SourceError(f"{name}: no such file, folder or pattern")
        yield from (inner for one in found if Path(one).is_file() for inner in _found(one))


def _within(folder: Path) -> Iterator[str | Reject]:
    root = folder.resolve()
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            yield Reject(str(file), "a link that leaves the folder, which is not followed")
        elif file.is_file():
            yield str(file)
        elif not file.is_dir():
            yield Reject(str(file), "not a file: a broken link, a pipe or a device")


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://", "hf:"))


def _is_whole(found: str | Corpus | Reject) -> bool:
    return isinstance(found, str) and not _is_address(found) and loader_name(Path(found)) in WHOLE


def _size(found: str) -> int:
    try:
        return 0 if _is_address(found) else Path(found).stat().st_size
    except OSError:
        return 0


def _stamp(found: str) -> str:
    if _is_address(found):
        return found
    try:
        status = Path(found).stat()
    except OSError as error:
        return f"{found} {error.strerror}"
    return f"{found} {status.st_size} {status.st_mtime_ns}"


def _never() -> BinaryIO:
    raise AssertionError("an address is fetched, not opened")
