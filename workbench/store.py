"""Stances on disk: Parquet, CSV or JSON Lines, written whole or not at all, and read back as the same table.

Tables come in pieces and are written piece by piece, so that one larger than memory is no matter.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.atomic import write_atomically
from workbench.errors import SourceError
from workbench.frames import (
    PROBABILITY_COLUMNS,
    SPAN_COLUMNS,
    STANCE_COLUMNS,
    TEXT_COLUMNS,
    check_stances,
    stances_frame,
)
from workbench.types import Judgement, Reject

if TYPE_CHECKING:
    import pyarrow as pa

Reader = Callable[[Path], pd.DataFrame]
Writer = Callable[[Iterable[Any], Path], None]
"""Writes Arrow tables, one after the other, to a path."""

_ROWS_IN_A_GROUP = 100_000


def checked_path(path: Path) -> Path:
    """Return the path of a stances table to be written.

    Asked for before the work begins, so that a wrong ending or an absent folder costs nothing.

    Raises
    ------
    SourceError
        The ending is none of the known ones, or the folder does not exist.
    """
    if path.suffix not in _FORMATS:
        raise SourceError(f"{path}: a stances table ends in {', '.join(_FORMATS)}; not {path.suffix!r}")
    if not path.parent.is_dir():
        raise SourceError(f"{path}: there is no folder {str(path.parent)!r} to write to")
    return path


def table_writer(path: Path) -> Callable[[pd.DataFrame], None]:
    """Return a function that writes a stances table to `path`, in the format of its ending.

    Raises
    ------
    SourceError
        As in `checked_path`.
    """
    checked_path(path)
    return lambda frame: write_stances([_table_of_frame(frame)], path)


def write_stances(tables: Iterable[pa.Table], path: Path) -> None:
    """Write Arrow tables of stances as one, in the format of the path's ending.

    Raises
    ------
    SourceError
        As in `checked_path`.
    """
    write = _FORMATS[checked_path(path).suffix]
    write_atomically(path, lambda temporary: write(tables, temporary))


def read_stances(path: Path) -> pd.DataFrame:
    """Read a stances table back, checked.

    Raises
    ------
    SourceError
        The ending is not known.
    TableError
        It is not a stances table.
    """
    if path.suffix not in _READERS:
        raise SourceError(f"{path}: a stances table ends in {', '.join(_READERS)}; not {path.suffix!r}")
    return check_stances(_READERS[path.suffix](path))


def rejects_path(path: Path) -> Path:
    """Return where the rejects of a table written to `path` are listed."""
    return path.with_name(f"{path.name}.rejects.jsonl")


def write_rejects(rejects: Iterable[Reject], path: Path) -> None:
    """List what was rejected while `path` was made, one JSON object a line; no file when nothing was."""
    text = "".join(json.dumps(asdict(reject), ensure_ascii=False) + "\n" for reject in rejects)
    target = rejects_path(path)
    if text:
        data = text.encode("utf-8", "backslashreplace")  # a file name need not be text
        write_atomically(target, lambda temporary: temporary.write_bytes(data))
    else:
        target.unlink(missing_ok=True)


@cache
def schema() -> pa.Schema:
    """Return the Arrow schema of a stances table."""
    import pyarrow as pa  # a tenth of a second that other commands need not pay

    kinds = dict.fromkeys(("sentence", "start", "end"), pa.int64()) | dict.fromkeys(PROBABILITY_COLUMNS, pa.float64())
    kinds |= dict.fromkeys(SPAN_COLUMNS, pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])))
    return pa.schema([(name, kinds.get(name, pa.string())) for name in STANCE_COLUMNS])


def table_of(judgements: Iterable[Judgement]) -> pa.Table:
    """Lay judgements out as an Arrow table: what `frames.stances_frame` gives, in a third of the time."""
    import pyarrow as pa

    rows = list(judgements)
    spans: dict[str, list[Any]] = {
        "mentions": [judgement.mentions for judgement in rows],
        "evidence": [judgement.evidence for judgement in rows],
        "speaker": [(judgement.speaker,) if judgement.speaker else () for judgement in rows],
    }
    probabilities = zip(*(judgement.probabilities for judgement in rows), strict=True) if rows else ((), (), ())
    columns: dict[str, Any] = dict(zip(PROBABILITY_COLUMNS, probabilities, strict=True))
    columns |= {name: _span_array(lists) for name, lists in spans.items()}
    for name in STANCE_COLUMNS:
        if name not in columns:
            columns[name] = [getattr(judgement, name) for judgement in rows]
    return pa.table([_array(columns[kind.name], kind.type) for kind in schema()], schema=schema())


def _array(values: Any, kind: Any) -> Any:
    import pyarrow as pa

    return values if isinstance(values, pa.Array) else pa.array(values, kind)


def _span_array(lists: list[Any]) -> Any:
    """Lists of spans as an Arrow array, without a dictionary for each span."""
    import numpy as np
    import pyarrow as pa

    places = np.zeros(len(lists) + 1, dtype=np.int32)
    np.cumsum([len(spans) for spans in lists], out=places[1:])
    starts = pa.array([span.start for spans in lists for span in spans], pa.int64())
    ends = pa.array([span.end for spans in lists for span in spans], pa.int64())
    return pa.ListArray.from_arrays(pa.array(places), pa.StructArray.from_arrays([starts, ends], ["start", "end"]))


def _table_of_frame(frame: pd.DataFrame) -> pa.Table:
    import pyarrow as pa

    kinds = {kind.name: kind.type for kind in schema()}
    arrays = {name: pa.array(frame[name], type=kinds.get(name), from_pandas=True) for name in frame}
    return pa.table(arrays)


def _write_parquet(tables: Iterable[Any], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer: Any = None
    held: list[Any] = []
    try:
        for table in tables:
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            held.append(table)
            if sum(len(part) for part in held) >= _ROWS_IN_A_GROUP:
                writer.write_table(pa.concat_tables(held))
                held = []
        writer = writer or pq.ParquetWriter(path, schema(), compression="zstd")
        if held:
            writer.write_table(pa.concat_tables(held))
    finally:
        if writer is not None:
            writer.close()


def _write_csv(tables: Iterable[Any], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        header: list[str] = []
        for table in tables:
            if not header:
                header = table.column_names
                out.writerow(header)
            for row in table.to_pylist():
                out.writerow([json.dumps(value) if name in SPAN_COLUMNS else value for name, value in row.items()])
        if not header:
            out.writerow(STANCE_COLUMNS)


def _write_jsonl(tables: Iterable[Any], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for record in (row for table in tables for row in table.to_pylist()):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read_csv(path: Path) -> pd.DataFrame:
    # keep_default_na is off because texts may say 'NA' or 'null'; only an empty holder means none.
    return pd.read_csv(
        path,
        dtype=dict.fromkeys(TEXT_COLUMNS, str),
        keep_default_na=False,
        na_values={"holder": [""]},
        lineterminator="\n",
    )


def _read_jsonl(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="\n") as lines:
        rows = [json.loads(line) for line in lines]
    return pd.DataFrame(rows) if rows else stances_frame([])


_FORMATS: dict[str, Writer] = {".parquet": _write_parquet, ".csv": _write_csv, ".jsonl": _write_jsonl}
_READERS: dict[str, Reader] = {".parquet": pd.read_parquet, ".csv": _read_csv, ".jsonl": _read_jsonl}


def open_stances(path: Path) -> pd.DataFrame:
    """Open a stances table to be looked at rather than worked on: of Parquet, half a million rows in about a second.

    Text that repeats comes as categories, and what only single rows need (spans, reasons) stays in Arrow until it is asked
    for; its elements are the same. Other formats are read as `read_stances` reads them.

    Raises
    ------
    SourceError
        The ending is not known.
    TableError
        It is not a stances table.
    """
    if path.suffix != ".parquet":
        return read_stances(path)
    import pyarrow as pa
    import pyarrow.parquet as pq

    repeated = ["article_id", "target", "stance", "holder", "classifier", "voice"]
    table = pq.read_table(path, read_dictionary=repeated)
    check_stances(table.slice(0, 1000).to_pandas())  # columns and types; all rows are of one type in Parquet

    def kept(kind: pa.DataType) -> pd.ArrowDtype | None:
        return pd.ArrowDtype(kind) if pa.types.is_nested(kind) or pa.types.is_string(kind) else None

    opened: pd.DataFrame = table.to_pandas(types_mapper=kept)
    return opened
