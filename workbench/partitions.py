"""Articles on disk: Parquet parts and a manifest that names them, so that a corpus is the old one or the new one.

A part is written first, the manifest after it. What the manifest does not name is not read, and the next writer writes
over it: a process may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.atomic import remove_leftovers, write_atomically
from workbench.errors import SourceError
from workbench.frames import ARTICLE_COLUMNS
from workbench.types import Article, Reject

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
MANIFEST = "manifest.json"
_DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class PartSize:
    """When a part is full: at so many articles, bytes of text, or rejects."""

    articles: int = 2_000
    bytes: int = 16_000_000
    rejects: int = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of articles and one list of rejects; either may be absent.

    Attributes
    ----------
    file, rejects : str or None
        Paths in the corpus.
    articles, bytes, rejected : int
        How many articles, how many bytes of text in UTF-8, how many rejects.
    sha256 : str or None
        Of `file`.
    """

    file: str | None
    articles: int
    bytes: int
    sha256: str | None
    rejects: str | None
    rejected: int


@dataclass(slots=True)
class Load:
    """One source that was loaded into a corpus, or is being loaded.

    Attributes
    ----------
    names : list of str
        As they were given.
    fingerprint : str
        Of its files; changes when one of them does.
    items : int
        How many articles and rejects of it have been taken.
    done : bool
    articles, repeated, rejected : int
        New articles, articles that were there already, rejects.
    at : str
        When it was last written to, UTC.
    workbench : str
        Version that loaded it.
    """

    names: list[str]
    fingerprint: str
    items: int = 0
    done: bool = False
    articles: int = 0
    repeated: int = 0
    rejected: int = 0
    at: str = ""
    workbench: str = ""


@dataclass
class Corpus:
    """Articles on disk, opened lazily: nothing but the manifest is read until articles are asked for.

    Attributes
    ----------
    path : Path
    parts : list of Part
    loads : list of Load
    """

    path: Path
    parts: list[Part] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path | str) -> Corpus:
        """Open a corpus.

        Raises
        ------
        SourceError
            There is none, or its manifest cannot be read.
        """
        path = Path(path)
        try:
            row = json.loads((path / MANIFEST).read_text("utf8"))
            if row["format"] != FORMAT:
                raise SourceError(f"{path}: a corpus of format {row['format']!r}; this version reads {FORMAT}")
            return cls(path, [Part(**part) for part in row["parts"]], [Load(**load) for load in row["loads"]])
        except FileNotFoundError as error:
            raise SourceError(f"{path}: no corpus there (no {MANIFEST})") from error
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{path / MANIFEST}: not the manifest of a corpus ({error})") from error

    @property
    def count(self) -> int:
        """How many articles it holds."""
        return sum(part.articles for part in self.parts)

    @property
    def bytes(self) -> int:
        """Bytes of its texts in UTF-8."""
        return sum(part.bytes for part in self.parts)

    def __str__(self) -> str:
        digest = hashlib.sha256("".join(part.sha256 or "" for part in self.parts).encode()).hexdigest()
        return f"{self.path} {digest}"

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[Any]:
        """Yield the parts as Arrow tables, one in memory at a time.

        Raises
        ------
        SourceError
            A part is missing or broken; the message names it.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        wanted = list(columns or ARTICLE_COLUMNS)
        for part in self.parts:
            if part.file is not None:
                try:
                    yield pq.read_table(self.path / part.file, columns=wanted)
                except (OSError, pa.ArrowException) as error:
                    raise SourceError(f"{self.path / part.file}: a part that cannot be read ({error})") from error

    def articles(self) -> Iterator[Article]:
        """Yield the articles in the order in which they were loaded."""
        for table in self.tables():
            yield from articles_of(table)

    def frame(self) -> pd.DataFrame:
        """Return all articles as one table in memory."""
        import pyarrow as pa

        tables = list(self.tables())
        frame: pd.DataFrame = (pa.concat_tables(tables) if tables else schema().empty_table()).to_pandas()
        texts = [column for column in ARTICLE_COLUMNS if column != "published"]
        for column in texts:
            frame[column] = frame[column].astype("object").where(frame[column].notna(), None)
        return frame[list(ARTICLE_COLUMNS)]

    def rejects(self) -> Iterator[Reject]:
        """Yield all that was rejected while it was loaded."""
        for part in self.parts:
            if part.rejects is not None:
                with (self.path / part.rejects).open(encoding="utf8") as lines:
                    yield from (Reject(**json.loads(line)) for line in lines)

    def verify(self) -> None:
        """Check every part against its digest.

        Raises
        ------
        SourceError
            One is not what was written.
        """
        for part in self.parts:
            if part.file is not None and _sha256(self.path / part.file) != part.sha256:
                raise SourceError(f"{self.path / part.file}: not what was written (its digest differs)")


def is_corpus(path: Path) -> bool:
    """Tell whether a folder is a corpus."""
    return (path / MANIFEST).is_file() and (path / "articles").is_dir()


class CorpusWriter:
    """Adds to a corpus, part by part; see `writing`.

    Parameters
    ----------
    corpus : Corpus
        What is there already; kept up to date.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._ids: set[int] = set()
        self._texts: set[int] = set()
        for table in corpus.tables(("article_id", _DIGEST)):
            self._ids.update(_number(name) for name in table.column("article_id").to_pylist())
            self._texts.update(table.column(_DIGEST).to_pylist())

    def add(self, article: Article) -> bool | Reject:
        """Tell whether an article is new; one with a known id and another text is rejected."""
        name, text = _number(article.article_id), _digest(article)
        if name not in self._ids:
            self._ids.add(name)
            self._texts.add(text)
            return True
        if text in self._texts:
            return False
        reason = f"the corpus holds another text under the id {article.article_id!r}"
        return Reject(article.url or article.article_id, reason, article.article_id)

    def commit(self, articles: Sequence[Article], rejects: Sequence[Reject], load: Load) -> None:
        """Write a part and make it known, together with how far `load` has come."""
        number = len(self.corpus.parts)
        file = rejected = digest = None
        if articles:
            file = f"articles/{number:06d}.parquet"
            write_atomically(self.corpus.path / file, lambda path: _write(articles, path))
            digest = _sha256(self.corpus.path / file)
        if rejects:
            rejected = f"rejects/{number:06d}.jsonl"
            lines = "".join(json.dumps(asdict(reject), ensure_ascii=False) + "\n" for reject in rejects)
            data = lines.encode("utf-8", "backslashreplace")  # a file name need not be text
            write_atomically(self.corpus.path / rejected, lambda path: path.write_bytes(data))
        if articles or rejects:
            size = sum(len(article.text.encode()) for article in articles)
            self.corpus.parts.append(Part(file, len(articles), size, digest, rejected, len(rejects)))
        load.at = datetime.now(UTC).isoformat(timespec="seconds")
        if not any(known is load for known in self.corpus.loads):
            self.corpus.loads.append(load)
        self._publish()

    def _publish(self) -> None:
        row = {
            "format": FORMAT,
            "articles": self.corpus.count,
            "bytes": self.corpus.bytes,
            "loads": [asdict(load) for load in self.corpus.loads],
            "parts": [asdict(part) for part in self.corpus.parts],
        }
        text = json.dumps(row, ensure_ascii=False, indent=1)
        data = text.encode("utf-8", "backslashreplace")
        write_atomically(self.corpus.path / MANIFEST, lambda path: path.write_bytes(data))


@contextlib.contextmanager
def writing(path: Path) -> Iterator[CorpusWriter]:
    """Open a corpus to add to it, or begin a new one; only one process may.

    Raises
    ------
    SourceError
        The folder holds other things, or another process is writing.
    """
    if path.exists() and not is_corpus(path) and any(_visible(path)):
        raise SourceError(f"{path}: not a corpus, and not empty")
    for folder in (path, path / "articles", path / "rejects"):
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(path):
        remove_leftovers(path, path / "articles", path / "rejects")
        yield CorpusWriter(Corpus.open(path) if (path / MANIFEST).exists() else Corpus(path))


def _visible(path: Path) -> Iterator[Path]:
    """What stands in a folder, without what a writer that was killed early leaves."""
    for child in path.iterdir():
        if not child.name.startswith(".") and not (child.name in {"articles", "rejects"} and child.is_dir()):
            yield child


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # not on Windows, where two writers are not kept apart
        yield
        return
    with (path / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SourceError(f"{path}: another process is adding to this corpus") from error
        yield


@cache
def schema() -> Any:
    """Return the Arrow schema of an articles table."""
    import pyarrow as pa

    moment = pa.timestamp("us", tz="UTC")
    return pa.schema([(name, moment if name == "published" else pa.string()) for name in ARTICLE_COLUMNS])


def table_of(articles: Iterable[Article]) -> Any:
    """Lay articles out as an Arrow table."""
    import pyarrow as pa

    rows = list(articles)
    columns = [pa.array([getattr(row, kind.name) for row in rows], kind.type) for kind in schema()]
    return pa.table(columns, schema=schema())


def articles_of(table: Any) -> list[Article]:
    """Return the records of an Arrow table of articles."""
    return [Article(**row) for row in table.select(list(ARTICLE_COLUMNS)).to_pylist()]


def _write(articles: Sequence[Article], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    digests = pa.array([_digest(article) for article in articles], pa.int64())
    table = table_of(articles).append_column(_DIGEST, digests)
    pq.write_table(
        table, path, compression="zstd", row_group_size=len(articles), use_dictionary=["outlet", "category", "read_by"]
    )


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little", signed=True)


def _digest(article: Article) -> int:
    """A number for an article's id and text: the same again means that nothing has changed."""
    return _number(f"{article.article_id}\x1f{article.text}")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
