"""CSV and TSV, columns known by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from workbench.encodings import open_text
from workbench.loaders.base import LARGEST_ARTICLE, Source, UnsoundError, unpacked
from workbench.records import articles_from_rows
from workbench.types import Article, Reject

_DELIMITERS = ",;\t|"


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the rows of a table with a header; a row that is broken is rejected alone."""
    csv.field_size_limit(LARGEST_ARTICLE)
    try:
        with source.open() as stream, open_text(stream) as text:
            yield from articles_from_rows(_rows(text, source), source.name, source.columns, source.tell)
    except (ValueError, OSError, EOFError, csv.Error) as error:
        yield Reject(source.name, str(error))


def _rows(text: io.TextIOWrapper, source: Source) -> Iterator[Any]:
    lines = _lines(text)
    first = next(lines, "")
    delimiter = "\t" if unpacked(source.name).endswith(".tsv") else max(_DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        where = f"{source.name}, row {number}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Reject(where, f"not CSV: {error}")
            continue
        if len(row) > len(header):
            yield Reject(where, f"{len(row)} fields under a header of {len(header)}")
        elif row:
            yield dict(zip(header, row, strict=False))


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LARGEST_ARTICLE):
        if len(line) == LARGEST_ARTICLE and not line.endswith("\n"):
            raise UnsoundError(f"a line longer than {LARGEST_ARTICLE / 1e6:.0f} million characters, which is the limit")
        yield line
