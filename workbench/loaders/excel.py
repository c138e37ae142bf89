"""Excel and OpenDocument tables (.xlsx, .xls, .ods): the rows of every sheet, under its first row as header."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from workbench.dates import TEHRAN
from workbench.loaders.base import Source, checked_zip
from workbench.records import articles_from_rows
from workbench.types import Article, Reject

_LARGEST = 500_000_000


def load(source: Source) -> Iterator[Article | Reject]:
    """Read the rows of all sheets."""
    import python_calamine

    try:
        data = source.read(_LARGEST)
        _check(data)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = iter(book.get_sheet_by_name(name).iter_rows())
            header = [str(cell).strip() for cell in next(rows, [])]
            if any(header):
                where = source.name if len(book.sheet_names) == 1 else f"{source.name}, sheet {name}"
                records = (
                    dict(zip(header, map(_value, row), strict=False)) for row in rows if any(cell != "" for cell in row)
                )
                yield from articles_from_rows(records, where, source.columns, source.tell)
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        yield Reject(source.name, f"not a table that can be read: {type(error).__name__} {error}"[:200])


def _check(data: bytes) -> None:
    """Unpack a zipped book once, with an eye on its size: what its directory says of it need not be true."""
    if data[:2] != b"PK":
        return
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        checked_zip([(entry.compress_size, entry.file_size) for entry in book.infolist()])
        for entry in book.infolist():
            with book.open(entry) as member:
                while member.read(1 << 20):
                    pass


def _value(cell: Any) -> Any:
    if cell == "":
        return None
    if isinstance(cell, datetime.datetime):
        return cell.replace(tzinfo=TEHRAN)
    if isinstance(cell, datetime.date):
        return datetime.datetime(cell.year, cell.month, cell.day, tzinfo=TEHRAN)
    return cell
