"""A corpus of any size to stances: partition by partition, on all cores or a cluster, and on from where it was stopped.

A partition is one pure function, `judge_partition`: articles in, stances out, both as bytes. Partitions are cut by the
order of the articles alone, and their stances are put together in that order, so the table is the same, byte for byte,
whoever did the work. What is done lies beside the table until it is written; a digest of the articles is part of its name,
so that it is never taken for the stances of others.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import multiprocessing
import os
import shutil
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import __version__, store
from workbench.atomic import remove_leftovers, write_atomically
from workbench.corpus import Sources, distinct
from workbench.errors import InterruptedWorkError, SourceError
from workbench.judging import judgements, uncollected
from workbench.partitions import Corpus, articles_of, table_of
from workbench.progress import Progress
from workbench.stance import classifier as find_classifier
from workbench.targets import DEFAULT_TARGETS
from workbench.types import Article, Reject

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = 500
BYTES = 8_000_000
_REJECTS = b"rejects"
_AHEAD = 3  # partitions for each worker that may wait: enough that none idles behind a slow one


@dataclass(slots=True)
class Outcome:
    """What came of judging a source.

    Attributes
    ----------
    articles, stances : int
    by_stance : Counter of str
    rejects : list of Reject
    resumed : int
        Partitions that an earlier run had done.
    """

    articles: int = 0
    stances: int = 0
    by_stance: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    resumed: int = 0


def judge_sources(
    sources: Sources,
    out: Path,
    classifier: str | Any = "rules",
    targets: Sequence[str] = DEFAULT_TARGETS,
    *,
    jobs: int | None = 1,
    scheduler: str | None = None,
    resume: bool = False,
    articles: int = ARTICLES,
    progress: Progress | None = None,
) -> Outcome:
    """Judge the articles of sources and write the stances table.

    Parameters
    ----------
    sources : Sources
    out : Path
        ``.parquet``, ``.csv`` or ``.jsonl``; rejects are listed beside it.
    classifier : str or estimator
        A name is looked up where the work is done; an estimator must survive pickling when others do it.
    targets : sequence of str
    jobs : int or None, default 1
        Processes here; None takes all cores. One partition alone is judged in this process.
    scheduler : str, optional
        Address of a Dask scheduler; the work goes to its workers.
    resume : bool
        Go on with what an earlier run of the same work has left beside `out`.
    articles : int
        Articles of a partition; other partitions are other batches, and a resumed run must cut as the first did.
    progress : Progress, optional

    Returns
    -------
    Outcome

    Raises
    ------
    SourceError
        `out` cannot be written, nothing usable is in the sources, or what is left is of other work.
    InterruptedWorkError
        A worker died; what is done is kept.
    """
    store.checked_path(out)
    find_classifier(classifier)
    work = _Work(out, classifier, tuple(targets), articles)
    work.begin(resume)
    outcome = Outcome()
    progress = progress or Progress()
    done: list[Path] = []
    try:
        for path, size in _judged(sources, work, jobs, scheduler, outcome):
            done.append(path)
            progress.advance(size[0], size[1], sources)
    except BrokenExecutor as error:
        raise InterruptedWorkError(
            f"{out}: a worker died ({error}); --resume goes on with the {len(done)} parts done"
        ) from error
    judge_rejects: list[Reject] = []
    store.write_stances(_read(done, outcome, judge_rejects), out)
    outcome.rejects += judge_rejects
    store.write_rejects(outcome.rejects, out)
    work.end()
    return outcome


def judge_partition(articles: bytes, classifier: str | Any, targets: tuple[str, ...]) -> bytes:
    """Judge the articles of an Arrow stream; the stances come as another, with the rejects in its schema's metadata.

    A pure function of its arguments: what every worker runs.
    """
    import pyarrow as pa

    with pa.ipc.open_stream(articles) as stream:
        records = articles_of(stream.read_all())
    rejects: list[Reject] = []
    judge = _known_classifier(classifier) if isinstance(classifier, str) else classifier
    with uncollected():
        table = store.table_of(judgements(records, judge, targets, rejects.append))
    listed = json.dumps([asdict(reject) for reject in rejects], ensure_ascii=False)
    return as_bytes(table.replace_schema_metadata({_REJECTS: listed.encode("utf-8", "backslashreplace")}), "zstd")


@lru_cache(maxsize=4)
def _known_classifier(name: str) -> Any:
    return find_classifier(name)


class _Work:
    """What is to be done, and the folder where its parts lie until the table is written."""

    def __init__(self, out: Path, classifier: str | Any, targets: tuple[str, ...], articles: int) -> None:
        self.out = out
        self.folder = out.with_name(f"{out.name}.parts")
        self.classifier = classifier
        self.targets = targets
        self.articles = articles

    def begin(self, resume: bool) -> None:
        """Make the folder, or take the one that is there when it is of this very work."""
        said = {
            "workbench": __version__,
            "classifier": _mark(self.classifier),
            "targets": list(self.targets),
            "articles": self.articles,
        }
        note = self.folder / "work.json"
        remove_leftovers(self.out, store.rejects_path(self.out))
        if not resume:
            shutil.rmtree(self.folder, ignore_errors=True)
        elif note.exists():
            left = json.loads(note.read_text("utf8"))
            different = [
                f"{name} {left.get(name)!r}, now {said[name]!r}" for name in said if left.get(name) != said[name]
            ]
            if different:
                raise SourceError(
                    f"{self.folder}: left by other work ({'; '.join(different)}); without --resume it starts anew"
                )
            remove_leftovers(self.folder)
        self.folder.mkdir(exist_ok=True)
        write_atomically(note, lambda path: path.write_text(json.dumps(said, ensure_ascii=False), "utf8"))

    def part(self, number: int, articles: bytes) -> Path:
        """Return where the stances of a partition lie, or will lie."""
        return self.folder / f"{number:06d}-{hashlib.sha256(articles).hexdigest()[:20]}.arrow"

    def end(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _mark(classifier: str | Any) -> str:
    """What tells a classifier from others: its name, or a saved one's path and digest."""
    if not isinstance(classifier, str):
        return repr(classifier)
    path = Path(classifier)
    files = (
        sorted(file for file in path.rglob("*") if file.is_file())
        if path.is_dir()
        else [path]
        if path.is_file()
        else []
    )
    digest = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()
    return f"{classifier} {digest[:20]}" if files else classifier


def _judged(
    sources: Sources, work: _Work, jobs: int | None, scheduler: str | None, outcome: Outcome
) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yield each partition's path once it is on disk, with its articles and bytes, in order."""
    cut = _partitions(sources, work.articles, outcome.rejects.append)
    head = list(itertools.islice(cut, 2))
    alone = len(head) < 2
    waiting: deque[tuple[Path, Future[bytes] | None, tuple[int, int]]] = deque()

    def finish() -> tuple[Path, tuple[int, int]]:
        path, future, size = waiting.popleft()
        if future is not None:
            data = future.result()
            write_atomically(path, lambda temporary: temporary.write_bytes(data))
        outcome.articles += size[0]
        return path, size

    with _executor(1 if alone and not scheduler else jobs, scheduler) as (executor, workers):
        for number, table in enumerate(itertools.chain(head, cut)):
            data = as_bytes(table)
            path = work.part(number, data)
            future = None
            if path.exists():
                outcome.resumed += 1
            else:
                future = executor.submit(judge_partition, data, work.classifier, work.targets)
            waiting.append((path, future, (len(table), _text_bytes(table))))
            while len(waiting) > (_AHEAD * workers if workers > 1 else 0):
                yield finish()
        while waiting:
            yield finish()


def _partitions(sources: Sources, articles: int, on_reject: Callable[[Reject], None]) -> Iterator[pa.Table]:
    """Cut the articles of sources into tables, by their order alone."""
    if len(sources.found) == 1 and isinstance(sources.found[0], Corpus):
        for table in sources.found[0].tables():
            for start in range(0, len(table), articles):
                yield table.slice(start, articles).combine_chunks()
        return
    held: list[Article] = []
    size = 0
    for article in distinct(sources, on_reject):
        held.append(article)
        size += len(article.text)
        if len(held) >= articles or size >= BYTES:
            yield table_of(held)
            held, size = [], 0
    if held:
        yield table_of(held)


def as_bytes(table: pa.Table, compression: str | None = None) -> bytes:
    """Return an Arrow table as the bytes of a stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _text_bytes(table: pa.Table) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(pc.binary_length(table.column("text"))).as_py() or 0)


def _read(paths: Iterable[Path], outcome: Outcome, rejects: list[Reject]) -> Iterator[pa.Table]:
    """Yield the stances of partitions from disk, and count them."""
    import pyarrow as pa

    for path in paths:
        with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as stream:
            table = stream.read_all()
        rejects += [Reject(**row) for row in json.loads(table.schema.metadata[_REJECTS])]
        outcome.stances += len(table)
        for row in table.column("stance").value_counts().to_pylist():
            outcome.by_stance[row["values"]] += row["counts"]
        yield table.replace_schema_metadata(None)


@contextlib.contextmanager
def _executor(jobs: int | None, scheduler: str | None) -> Iterator[tuple[Any, int]]:
    """Whoever does the work, behind one face: this process, processes of this machine, or a cluster."""
    if scheduler is not None:
        with _cluster(scheduler) as client:
            yield client.get_executor(pure=False), max(sum(client.nthreads().values()), 1)
        return
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield _Here(), 1
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _die_with_parent)
    try:
        yield pool, jobs
    finally:
        pool.shutdown(cancel_futures=True)


class _Here:
    """An executor that does the work at once, where it is."""

    def submit(self, work: Callable[..., bytes], /, *arguments: Any) -> Future[bytes]:
        future: Future[bytes] = Future()
        future.set_result(work(*arguments))
        return future


def _die_with_parent() -> None:
    """End a worker whose parent was killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def _cluster(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise SourceError(f"--scheduler {scheduler}: needs the extra; pip install 'stance-workbench[dask]'") from error
    try:
        client: Any = Client(scheduler, timeout=20)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise SourceError(f"--scheduler {scheduler}: no Dask scheduler answers there ({error})") from error
    with client:
        yield client
