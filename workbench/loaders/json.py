"""JSON (a list, or an object that holds one) and JSON Lines, also gzipped."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.encodings import decode
from workbench.records import articles_from_rows
from workbench.types import Article, Reject


def load(path: Path) -> Iterator[Article | Reject]:
    """Read the objects of a file; a line that is no JSON is rejected alone."""
    if path.name.lower().endswith(".json"):
        try:
            yield from articles_from_rows(_listed(json.loads(decode(path.read_bytes()))), str(path))
        except (ValueError, RecursionError) as error:
            yield Reject(str(path), f"not JSON: {type(error).__name__} {error}"[:200])
        return
    yield from _lines(path)


def _lines(path: Path) -> Iterator[Article | Reject]:
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(decode(line))
                except (ValueError, RecursionError) as error:
                    yield Reject(f"{path}, line {number}", f"not JSON: {type(error).__name__} {error}"[:200])
                    continue
                yield from articles_from_rows([row], f"{path}, line {number}")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Reject(f"{path}, after line {number}", f"broken gzip: {error}")


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        held = next(
            (item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)), None
        )
        return held or [value]
    raise ValueError(f"expected a list of articles, found {type(value).__name__}")
