"""CSV and TSV, columns known by their names."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import Any

from workbench.encodings import open_text
from workbench.loaders.base import Source, UnsoundError, unpacked
from workbench.records import articles_from_rows
from workbench.types import Article, Reject

_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 5_000_000  # characters: what an unclosed quotation mark may take in


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the rows of a table with a header; a row that is broken is rejected alone."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with source.open() as stream, open_text(stream) as text:
            yield from articles_from_rows(_rows(text, source), source.name, source.columns, source.tell)
    except (ValueError, OSError, EOFError, csv.Error) as error:
        yield Reject(source.name, str(error))


def _rows(text: io.TextIOWrapper, source: Source) -> Iterator[Any]:
    lines = _Lines(text)
    first = next(lines, "")
    delimiter = "\t" if unpacked(source.name).endswith(".tsv") else max(_DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        where = f"{source.name}, row {number}"
        lines.row.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if len(lines.row) == 1 and "end of data" not in str(error) and "limit" not in str(error):
                row = next(
                    csv.reader(lines.row, delimiter=delimiter)
                )  # a quotation mark inside a field: loosely, it reads
            else:
                yield Reject(where, f"a quotation mark that is not closed ({error})")
                lines.again(lines.row[1:])
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
                continue
        if len(row) > len(header):
            yield Reject(where, f"{len(row)} fields under a header of {len(header)}")
        elif row:
            yield dict(zip(header, row, strict=False))


class _Lines:
    """The lines of a table, which remembers those of the row that is being read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.row: list[str] = []
        self._text = text
        self._again: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(_LONGEST_FIELD)
        if not line:
            raise StopIteration
        if len(line) == _LONGEST_FIELD and not line.endswith("\n"):
            raise UnsoundError(f"a line longer than {_LONGEST_FIELD / 1e6:.0f} million characters, which is the limit")
        self.row.append(line)
        return line

    def again(self, lines: list[str]) -> None:
        """Give lines once more, before all others."""
        self._again.extendleft(reversed(lines))
