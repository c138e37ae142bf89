"""Stances on disk: Parquet, CSV or JSON Lines, written whole or not at all, and read back as the same table."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from workbench.errors import SourceError
from workbench.frames import SPAN_COLUMNS, TEXT_COLUMNS, check_stances, stances_frame
from workbench.types import Reject

Writer = Callable[[pd.DataFrame, Path], None]
Reader = Callable[[Path], pd.DataFrame]


def table_writer(path: Path) -> Callable[[pd.DataFrame], None]:
    """Return a function that writes a stances table to `path`, in the format of its ending.

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
    return lambda frame: _atomically(path, lambda temporary: _FORMATS[path.suffix](frame, temporary))


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
    lines = [json.dumps(asdict(reject), ensure_ascii=False) + "\n" for reject in rejects]
    target = rejects_path(path)
    if lines:
        _atomically(target, lambda temporary: temporary.write_text("".join(lines), "utf-8", newline="\n"))
    else:
        target.unlink(missing_ok=True)


def _atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside `path` and move into place, so that a reader finds the old file or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    import pyarrow as pa  # a tenth of a second that other commands need not pay
    import pyarrow.parquet as pq

    spans = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
    columns = {
        name: pa.array(frame[name], type=spans if name in SPAN_COLUMNS else None, from_pandas=True) for name in frame
    }
    columns["holder"] = columns["holder"].cast(pa.string())
    pq.write_table(pa.table(columns), path)


def _as_json(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{name: frame[name].map(json.dumps) for name in SPAN_COLUMNS if name in frame})


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    _as_json(frame).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for record in frame.to_dict("records"):
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
