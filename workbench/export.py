"""A selection as a file for other programs: CSV, Excel, Parquet, and BibTeX of the articles cited.

Article text is hostile to spreadsheets too: nothing in these files is ever a formula.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from workbench.errors import SourceError
from workbench.frames import each
from workbench.labels import date

COLUMNS = (
    *("article_id", "outlet", "title", "url", "published", "jalali", "sentence", "start", "end", "text"),
    *("target", "stance", "p_favor", "p_neutral", "p_against", "holder", "voice", "evidence", "reason", "classifier"),
)
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20|%]")
# XML, and so Excel, has no place for these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_000
_MOST_ROWS = 1_048_000
_KEY = "workbench"


def exported(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Lay selected stances out for people: with the words of the sentence, its evidence and its article.

    Parameters
    ----------
    rows : DataFrame
        Selected rows of a stances table.
    articles : DataFrame

    Returns
    -------
    DataFrame
        The columns `COLUMNS`.
    """
    facts = articles.set_index("article_id")
    ids = rows["article_id"].astype(object)
    bodies = facts["text"].reindex(ids).tolist()
    table = pd.DataFrame({name: rows[name].to_numpy() for name in COLUMNS if name in rows}).astype(
        {"article_id": object}
    )
    for name in ("outlet", "title", "url"):
        table[name] = facts[name].reindex(ids).to_numpy() if name in facts else None
    published = facts["published"].reindex(ids)
    table["published"] = published.dt.strftime("%Y-%m-%dT%H:%M:%SZ").where(published.notna(), None).to_numpy()
    days = {moment: date(moment) for moment in published.dropna().unique()}
    table["jalali"] = [days.get(moment) for moment in published]
    table["text"] = [body[s:e] for body, s, e in zip(bodies, rows["start"], rows["end"], strict=True)]
    table["evidence"] = [
        " … ".join(body[span["start"] : span["end"]] for span in spans)
        for body, spans in zip(bodies, rows["evidence"], strict=True)
    ]
    for name in COLUMNS:
        if name not in table:
            table[name] = None
    return table[list(COLUMNS)]


def to_csv(table: pd.DataFrame, record: dict[str, Any]) -> bytes:
    """Write CSV in UTF-8 with a mark that Excel knows; a text that a spreadsheet could run gets an apostrophe before it.

    The provenance stands in the last column of the first row.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*table.columns, "provenance"])
    for index, row in enumerate(each(table)):
        writer.writerow(
            [*(_inert(value) for value in row), json.dumps(record, ensure_ascii=False) if index == 0 else ""]
        )
    if table.empty:
        writer.writerow([*[""] * len(table.columns), json.dumps(record, ensure_ascii=False)])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def to_xlsx(table: pd.DataFrame, record: dict[str, Any]) -> bytes:
    """Write an Excel book, right to left, every text stored as text; its second sheet is the provenance."""
    from openpyxl import Workbook  # a fifth of a second that other exports need not pay
    from openpyxl.cell import WriteOnlyCell

    if len(table) > _MOST_ROWS:
        raise SourceError(f"Excel holds {_MOST_ROWS:,} rows; the selection has {len(table):,}. Export CSV or Parquet")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("stances")
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"

    def cell(value: Any, page: Any = sheet) -> Any:
        if not isinstance(value, str):
            return None if value is None or pd.isna(value) else value
        text = _NOT_XML.sub("\ufffd", value)
        made = WriteOnlyCell(page, value=text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…")
        made.data_type = "s"
        made.quotePrefix = bool(_FORMULA.match(text))
        return made

    sheet.append(list(table.columns))
    for row in each(table):
        sheet.append([cell(value) for value in row])
    about = book.create_sheet("provenance")
    for line in json.dumps(record, ensure_ascii=False, indent=1).splitlines():
        about.append([cell(line, about)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_parquet(table: pd.DataFrame, record: dict[str, Any]) -> bytes:
    """Write Parquet; the provenance is in the file's own metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = pa.Table.from_pandas(table, preserve_index=False)
    arrow = arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), _KEY: json.dumps(record)})
    out = io.BytesIO()
    pq.write_table(arrow, out)
    return out.getvalue()


def to_bibtex(table: pd.DataFrame, record: dict[str, Any]) -> bytes:
    """Write an entry for each article cited; the provenance is a comment."""
    entries = [f"% {json.dumps(record, ensure_ascii=True)}\n"]
    for row in each(table.drop_duplicates("article_id")):
        published = str(row.published)[:10] if isinstance(row.published, str) else ""
        fields = {
            "title": f"{{{_tex(row.title or row.article_id)}}}",
            "organization": _tex(row.outlet),
            "date": published,
            "year": published[:4],
            "url": re.sub(r"[{}\\\s]", "", str(row.url)) if isinstance(row.url, str) else "",
            "langid": "persian",
            "note": _tex(row.jalali),
        }
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        entries.append(f"@misc{{{_citation_key(row.article_id)},\n{body}}}\n")
    return "\n".join(entries).encode("utf-8", "replace")


FORMATS: dict[str, tuple[Callable[[pd.DataFrame, dict[str, Any]], bytes], str]] = {
    "csv": (to_csv, "text/csv"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": (to_parquet, "application/vnd.apache.parquet"),
    "bib": (to_bibtex, "application/x-bibtex"),
}
"""Ending to how it is written and what browsers call it."""


def _inert(value: Any) -> Any:
    if not isinstance(value, str):
        return "" if value is None or pd.isna(value) else value
    text = value.replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) else text


def _tex(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    text = re.sub(r"[\x00-\x1f{}\u202a-\u202e\u2066-\u2069]", " ", value).replace("\\", r"\textbackslash ")
    return (
        re.sub(r"([#$%&_])", r"\\\1", text).replace("~", r"\textasciitilde ").replace("^", r"\textasciicircum ").strip()
    )


def _citation_key(article_id: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9:_-]", "", article_id)
    return plain if plain == article_id else f"{plain[:24]}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}"
