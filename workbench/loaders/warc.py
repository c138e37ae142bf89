"""Web archives (WARC): the pages among their responses."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from workbench.loaders.base import Source, record_article
from workbench.types import Article, Reject


def load(source: Source) -> Iterator[Article | Reject]:
    """Read one article from each page that was answered with status 200."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        with source.opener() as stream:
            for number, record in enumerate(ArchiveIterator(stream), 1):
                found = record_article(record, f"{source.name}, record {number}")
                if found is not None:
                    yield found
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, AttributeError, TypeError, zlib.error) as error:
        yield Reject(f"{source.name}, after record {number}", f"not WARC: {error}"[:200])
