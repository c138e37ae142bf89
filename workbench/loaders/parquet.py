"""Parquet, read batch by batch and only the columns that are used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.loaders.base import SMALLEST_BOMB, Source, checked_zip
from workbench.records import articles_from_rows, map_columns
from workbench.types import Article, Reject

_ROWS = 500
_LOOKED_AT = 20


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the rows of a table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with source.open() as stream, pq.ParquetFile(stream) as table:
            groups = [table.metadata.row_group(number) for number in range(table.metadata.num_row_groups)]
            checked_zip([(source.size or SMALLEST_BOMB, sum(group.total_byte_size for group in groups))])
            head: Any = next(table.iter_batches(batch_size=_LOOKED_AT), None)
            mapped = map_columns(head.to_pylist() if head is not None else [], source.columns)
            columns = list(mapped.columns.values())
            source.tell(source.name, mapped)
            rows = (row for batch in table.iter_batches(_ROWS, columns=columns) for row in batch.to_pylist())
            yield from articles_from_rows(rows, source.name, mapped.columns)
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Reject(source.name, f"not Parquet that can be read: {error}"[:200])
