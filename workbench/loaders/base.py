"""What a loader reads: bytes with a name, opened when they are needed, and never more of them than is sound."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from workbench.outlets import outlet_of
from workbench.pages import article_of_page
from workbench.records import Mapped
from workbench.types import Article, Reject

if TYPE_CHECKING:
    from workbench.fetching import Fetcher

LARGEST_ARTICLE = 40_000_000
"""Bytes of a file, or of a row, that is one article: a larger one is no article, and is rejected."""
LARGEST_RATIO = 400
"""Unpacked bytes for one packed: text packs to a fifth or a tenth, only a bomb to less than a four-hundredth."""
SMALLEST_BOMB = 100_000_000
"""Unpacked bytes below which the ratio does not matter."""

_PACKED: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": lambda raw: gzip.GzipFile(fileobj=raw),  # type: ignore[dict-item,return-value]
    ".bz2": lambda raw: bz2.BZ2File(raw),  # type: ignore[dict-item,return-value]
    ".xz": lambda raw: lzma.LZMAFile(raw),  # type: ignore[dict-item,return-value]  # noqa: SIM115
}


class UnsoundError(ValueError):
    """Bytes that no honest source holds: more than the limit, or a bomb."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to load.

    Attributes
    ----------
    name : str
        Told in rejects: a path, an address, or ``archive.zip!/member.csv``.
    opener : callable
        Opens its bytes, packed or not.
    size : int or None
        Of the bytes that `opener` gives.
    path : Path or None
        Where it is on disk, when it is a file of its own.
    url : str or None
        Where it was fetched from, or stands for.
    declared : str or None
        Encoding that a server declared.
    columns : mapping of str to str
        Field to column, where the user knows better than the names.
    tell : callable
        Told which column of a table became which field.
    fetcher : Fetcher or None
        For what has to be fetched.
    depth : int
        How many archives it is inside.
    """

    name: str
    opener: Callable[[], BinaryIO]
    size: int | None = None
    path: Path | None = None
    url: str | None = None
    declared: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[str, Mapped], None] = lambda _source, _mapped: None
    fetcher: Fetcher | None = None
    depth: int = 0

    @classmethod
    def of_file(cls, path: Path) -> Source:
        """Return the source that a file is."""
        return cls(str(path), lambda: path.open("rb"), path.stat().st_size, path)

    def holding(self, data: bytes, **changes: object) -> Source:
        """Return a source of bytes in memory that else is as this one."""
        return replace(self, opener=lambda: io.BytesIO(data), size=len(data), path=None, **changes)  # type: ignore[arg-type]

    @property
    def file_name(self) -> str:
        """The last part of the name, which an article's id may hang on: the same wherever the file is moved to."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1]

    def open(self) -> BinaryIO:
        """Open the bytes, unpacked; a bomb stops with `UnsoundError` when it has grown out of proportion."""
        raw = self.opener()
        packing = _packing(self.name)
        if packing is None:
            return raw
        return io.BufferedReader(_Proportionate(_PACKED[packing](raw), raw), 1 << 16)

    def read(self, most: int = LARGEST_ARTICLE) -> bytes:
        """Read the whole of it.

        Raises
        ------
        UnsoundError
            There are more than `most` bytes.
        """
        if _packing(self.name) is None and self.size is not None and self.size > most:
            raise UnsoundError(f"{self.size / 1e6:.0f} MB in one article; the limit is {most / 1e6:.0f} MB")
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise UnsoundError(f"more than {most / 1e6:.0f} MB in one article, which is the limit")
        return data

    def lines(self, most: int = LARGEST_ARTICLE) -> Iterator[bytes | UnsoundError]:
        """Yield the lines; one that is longer than `most` bytes comes as an error, and the next ones still come."""
        with self.open() as stream:
            while line := stream.readline(most):
                if len(line) < most or line.endswith(b"\n"):
                    yield line
                    continue
                while line and not line.endswith(b"\n"):
                    line = stream.readline(1 << 20)
                yield UnsoundError(f"a line longer than {most / 1e6:.0f} MB, which is the limit")


class _Proportionate(io.RawIOBase):
    """An unpacking stream that stops when it gives out of all proportion more than it was given."""

    def __init__(self, stream: BinaryIO, raw: BinaryIO) -> None:
        self._stream = stream
        self._raw = raw
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._stream.read1(len(view)) if hasattr(self._stream, "read1") else self._stream.read(len(view))
        view[: len(data)] = data
        self._given += len(data)
        if self._given > SMALLEST_BOMB and self._given > LARGEST_RATIO * max(self._raw.tell(), 1):
            raise UnsoundError(
                f"a bomb: {self._raw.tell() / 1e6:.1f} MB unpack to more than {self._given / 1e6:.0f} MB"
            )
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._raw.close()
        super().close()


def unpacked(name: str) -> str:
    """Return a file name in small letters, without the ending of its packing: what a loader is chosen by."""
    return name.lower().removesuffix(_packing(name) or "")


def _packing(name: str) -> str | None:
    return next((ending for ending in _PACKED if name.lower().endswith(ending)), None)


def checked_zip(entries: list[tuple[int, int]]) -> None:
    """Refuse a zip that unpacks out of proportion.

    Parameters
    ----------
    entries : list of (packed, unpacked)
        Sizes of its members.

    Raises
    ------
    UnsoundError
        It is a bomb.
    """
    packed, unpacked = sum(entry[0] for entry in entries), sum(entry[1] for entry in entries)
    if unpacked > SMALLEST_BOMB and unpacked > LARGEST_RATIO * max(packed, 1):
        raise UnsoundError(f"a bomb: {packed / 1e6:.1f} MB unpack to {unpacked / 1e6:.0f} MB")


def credited(found: Article | Reject) -> Article | Reject:
    """Name the outlet that an article credits in its first line, when nothing else tells it."""
    if isinstance(found, Article) and found.outlet is None:
        return replace(found, outlet=outlet_of(found.text))
    return found


def record_article(record: Any, where: str) -> Article | Reject | None:
    """Read the article of a record of a web archive; None when the record is no page that was answered."""
    if record.rec_type not in {"response", "resource"}:
        return None
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    kind = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    if status != "200" or "html" not in kind:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(LARGEST_ARTICLE + 1)
    if len(data) > LARGEST_ARTICLE:
        return Reject(where, f"more than {LARGEST_ARTICLE / 1e6:.0f} MB in one page, which is the limit")
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Reject(where, f"broken off, with {record.raw_stream.limit} bytes to come")
    return credited(article_of_page(data, where, url, charset(kind)))


def charset(content_type: str | None) -> str | None:
    """Return the encoding that a ``Content-Type`` declares."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None
