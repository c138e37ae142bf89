"""Zip and tar archives of anything that a loader reads; nothing is unpacked to disk under a name of theirs."""

from __future__ import annotations

import contextlib
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from workbench.loaders import loader_for
from workbench.loaders.base import Source, UnsoundError, checked_zip
from workbench.types import Article, Reject

_MOST_MEMBERS = 2_000_000
_IN_MEMORY = 32_000_000
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the members one after the other, in the order of the archive."""
    if source.depth:
        yield Reject(source.name, "an archive inside an archive is not opened")
        return
    try:
        yield from _zip(source) if source.name.lower().endswith(".zip") else _tar(source)
    except _BROKEN as error:
        yield Reject(source.name, f"a broken archive: {type(error).__name__} {error}"[:200])


def _zip(source: Source) -> Iterator[Article | Reject]:
    with source.opener() as raw, zipfile.ZipFile(raw) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_MEMBERS:
            raise UnsoundError(f"{len(entries)} members; the limit is {_MOST_MEMBERS}")
        checked_zip([(entry.compress_size, entry.file_size) for entry in entries])
        for entry in entries:
            if not entry.is_dir():
                link = (entry.external_attr >> 16) & 0o170000 == 0o120000
                opened = _opening(archive, entry)
                reason = (
                    "a link, which is not followed" if link else "under a password" if entry.flag_bits & 1 else None
                )
                yield from _member(source, entry.filename, opened, entry.file_size, reason)


def _opening(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(entry)  # type: ignore[return-value]


def _tar(source: Source) -> Iterator[Article | Reject]:
    # A stream is read once from its head to its end, so a packed one is watched by the source as any packed file is.
    plain = replace(source, name=_long_ending(source.name))
    with plain.open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for number, entry in enumerate(archive):
            if number >= _MOST_MEMBERS:
                raise UnsoundError(f"more than {_MOST_MEMBERS} members, which is the limit")
            if entry.isdir():
                continue
            if not entry.isreg():
                yield Reject(f"{source.name}!/{entry.name}", "a link or device, which is not followed")
                continue
            with _held(archive.extractfile(entry), entry.size) as opener:  # type: ignore[arg-type]
                yield from _member(source, entry.name, opener, entry.size)


@contextlib.contextmanager
def _held(member: IO[bytes], size: int) -> Iterator[Callable[[], BinaryIO]]:
    """Keep a member of a stream where it can be opened again, in memory or on disk."""
    if size <= _IN_MEMORY:
        data = member.read()
        yield lambda: io.BytesIO(data)
        return
    with tempfile.NamedTemporaryFile(delete_on_close=False) as held:
        shutil.copyfileobj(member, held, 1 << 20)
        held.close()
        yield lambda: Path(held.name).open("rb")  # noqa: SIM115  (its reader closes it)


def _member(
    source: Source, inner: str, opener: Callable[[], BinaryIO], size: int, reason: str | None = None
) -> Iterator[Article | Reject]:
    name = f"{source.name}!/{inner}"
    parts = PurePosixPath(inner.replace("\\", "/")).parts
    if reason is None and (".." in parts or inner.startswith(("/", "\\")) or ":" in (parts or ("",))[0]):
        reason = "its path leaves the archive"
    member = replace(source, name=name, opener=opener, size=size, path=None, depth=source.depth + 1)
    loader = None if reason else loader_for(member)
    if loader is None:
        yield Reject(name, reason or f"no loader for {PurePosixPath(inner).suffix or 'a name without ending'!r}")
        return
    try:
        yield from loader(member)
    except _BROKEN as error:
        yield Reject(name, f"broken in the archive: {type(error).__name__} {error}"[:200])


def _long_ending(name: str) -> str:
    """Spell out a short ending: what is inside `.tgz` is packed as in `.tar.gz`."""
    for short, long in ((".tgz", ".tar.gz"), (".tbz2", ".tar.bz2"), (".txz", ".tar.xz")):
        if name.lower().endswith(short):
            return name[: -len(short)] + long
    return name
