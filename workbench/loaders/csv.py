"""CSV and TSV, columns known by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from workbench.encodings import decode
from workbench.records import articles_from_rows
from workbench.types import Article, Reject

_LONGEST_FIELD = 50_000_000


def load(path: Path) -> Iterator[Article | Reject]:
    """Read the rows of a table with a header."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        lines = io.StringIO(decode(path.read_bytes()), newline="")
        reader = csv.DictReader(lines, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        yield from articles_from_rows(reader, str(path))
    except (ValueError, csv.Error) as error:
        yield Reject(str(path), str(error))
