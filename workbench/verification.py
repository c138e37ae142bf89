"""Make the numbers of a shared file again, and say whether they are the same."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbench import corpus
from workbench.choosing import judge_of
from workbench.columns import Columns
from workbench.errors import SourceError
from workbench.provenance import figures, fingerprint, from_html
from workbench.selection import Selection
from workbench.summarize import holding


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing compared: what the file says, and what came out now."""

    what: str
    then: Any
    now: Any

    @property
    def same(self) -> bool:
        """Whether they agree."""
        return bool(self.then == self.now)


def recorded(path: Path) -> list[dict[str, Any]]:
    """Return the provenances that a shared file carries, each once.

    Raises
    ------
    SourceError
        Its ending is not known, or it carries none.
    """
    if path.suffix not in _READERS:
        raise SourceError(f"{path}: provenance is read from {', '.join(_READERS)}; not {path.suffix!r}")
    try:
        found = _READERS[path.suffix](path)
    except OSError:
        raise
    except Exception as error:
        raise SourceError(f"{path}: its provenance cannot be read ({type(error).__name__}: {error})") from error
    kept: list[dict[str, Any]] = []
    for record in found:
        if not any(_essence(record) == _essence(other) for other in kept):
            kept.append(record)
    if not kept:
        raise SourceError(f"{path}: carries no provenance")
    return kept


def verify(path: Path, source: list[str] | None = None) -> list[Finding]:
    """Load the corpus of a shared file again, judge it again, select again and compare.

    Parameters
    ----------
    path : Path
        A report, a notebook, or an export.
    source : list of str, optional
        Where the corpus is now; what the file says when absent.

    Raises
    ------
    SourceError
        The file carries no provenance, or does not say where its corpus was.
    """
    findings: list[Finding] = []
    for record in recorded(path):
        findings += _compare(record, source, path)
    return findings


def _compare(record: dict[str, Any], source: list[str] | None, path: Path) -> list[Finding]:
    named = source or record["corpus"]["source"]
    if not named:
        raise SourceError(f"{path}: does not say where its corpus was; name it with --source")
    articles = corpus.demo() if named == [corpus.DEMO] else corpus.load(named)
    classifier = record["classifier"]
    stances = judge_of(classifier["name"], tuple(classifier["targets"]))(articles)
    rows = selected(articles, stances, Selection.from_text(json.dumps(record["selection"])))
    then, now = record["figures"], figures(rows)
    return [
        Finding("corpus sha256", record["corpus"]["sha256"], fingerprint(articles)),
        Finding("articles", record["corpus"]["articles"], len(articles)),
        Finding("classifier", classifier["version"], sorted({str(one) for one in stances["classifier"].unique()})),
        Finding("stances", classifier["stances"], len(stances)),
        *(Finding(f"selected {key}", then[key], now[key]) for key in ("stances", "articles", "counts")),
        Finding("digest of selected stances", then["digest"], now["digest"]),
    ]


def selected(articles: pd.DataFrame, stances: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Return the rows of a stances table that a selection holds."""
    columns = Columns.of(stances, articles)
    mask = columns.where(chosen, lambda query: holding(columns.stances, articles, query))
    return columns.stances[mask]


def _essence(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "date"}


def _from_notebook(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    texts = [output.get("data", {}).get("text/html", "") for output in outputs]
    return [record for text in texts for record in from_html("".join(text))]


def _from_csv(path: Path) -> list[dict[str, Any]]:
    csv.field_size_limit(1 << 24)
    row = next(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    return [json.loads(row["provenance"])]


def _from_xlsx(path: Path) -> list[dict[str, Any]]:
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(path, read_only=True)["provenance"]
    except zipfile.BadZipFile as error:
        raise SourceError(f"{path}: is no Excel book") from error
    return [json.loads("\n".join(str(row[0]) for row in sheet.iter_rows(values_only=True)))]


def _from_parquet(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [json.loads(pq.read_schema(path).metadata[b"workbench"])]


def _from_bibtex(path: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8").partition("\n")[0].removeprefix("% "))]


_READERS = {
    ".html": lambda path: from_html(path.read_text("utf-8")),
    ".ipynb": _from_notebook,
    ".csv": _from_csv,
    ".xlsx": _from_xlsx,
    ".parquet": _from_parquet,
    ".bib": _from_bibtex,
}
