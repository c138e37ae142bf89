"""Parquet, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbench.records import articles_from_rows
from workbench.types import Article, Reject


def load(path: Path) -> Iterator[Article | Reject]:
    """Read the rows of a table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=1000):
                yield from articles_from_rows(batch.to_pylist(), str(path))
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Reject(str(path), f"not Parquet: {error}"[:200])
