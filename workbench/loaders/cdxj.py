"""Indexes of web archives (CDXJ): the records that their lines point to, in WARC files of the same folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.loaders.base import Source, UnsoundError, record_article
from workbench.types import Article, Reject

_LONGEST_LINE = 100_000


def load(source: Source) -> Iterator[Article | Reject]:
    """Read one article from each line of status 200 whose record is a page."""
    if source.path is None:
        yield Reject(source.name, "an index is read from a folder on disk, where its WARC files stand beside it")
        return
    folder = source.path.resolve().parent
    try:
        for number, line in enumerate(source.lines(_LONGEST_LINE), 1):
            where = f"{source.name}, line {number}"
            if isinstance(line, UnsoundError):
                yield Reject(where, str(line))
            elif line.strip() and not line.startswith((b"!", b" CDX")):
                try:
                    found = _pointed_to(line, folder, where)
                except (ValueError, KeyError, OSError, EOFError) as error:
                    found = Reject(where, f"not a line of an index: {type(error).__name__} {error}"[:200])
                if found is not None:
                    yield found
    except (OSError, EOFError, ValueError) as error:
        yield Reject(source.name, str(error))


def _pointed_to(line: bytes, folder: Path, where: str) -> Article | Reject | None:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    row: dict[str, Any] = json.loads(line[line.index(b"{") :])
    if str(row.get("status", "200")) != "200":
        return None
    path = (folder / str(row["filename"])).resolve()
    if not path.is_relative_to(folder):
        return Reject(where, f"its file {row['filename']!r} is outside the folder of the index")
    with path.open("rb") as stream:
        stream.seek(int(row["offset"]))
        try:
            record = next(iter(ArchiveIterator(stream)), None)
        except ArchiveLoadFailed as error:
            return Reject(where, f"no record at {row['offset']} of {path.name}: {error}"[:200])
        return record_article(record, where) if record is not None else Reject(where, f"no record in {path.name}")
