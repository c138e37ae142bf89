"""Web archives (WARC): the pages among their responses."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from typing import Any

from workbench.loaders.base import Source, record_article
from workbench.types import Article, Reject


def load(source: Source) -> Iterator[Article | Reject]:
    """Read one article from each page that was answered with status 200."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        with source.opener() as stream:
            records = ArchiveIterator(stream)
            while (record := _next(records)) is not None:
                number += 1
                found = record_article(record, f"{source.name}, record {number}")
                if found is not None:
                    yield found
            if records.err_count:
                yield Reject(source.name, f"{records.err_count} records whose length is not what their heads say")
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, AttributeError, TypeError, zlib.error) as error:
        yield Reject(f"{source.name}, after record {number}", f"not WARC: {error}"[:200])


def _next(records: Any) -> Any:
    """The next record; what the library has to say of it on standard error is counted in ``err_count`` as well."""
    with contextlib.redirect_stderr(io.StringIO()):
        return next(records, None)
