"""The page as text: pictures and a first table in plain HTML, everything else as packed data that its script unfolds."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench import plots, render, summarize
from workbench.columns import Columns, Mask
from workbench.labels import SIGNS, date, localized, name, number, say
from workbench.provenance import provenance, to_html
from workbench.selection import Selection
from workbench.types import STANCES
from workbench.wordindex import WordIndex, sentence_numbers

MOST_STANCES = 5000
_WITHOUT_SCRIPT = 30
_HERE = Path(__file__).parent

# The page may run its own script and nothing else, and may ask the network for nothing.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
)


def page(
    articles: pd.DataFrame,
    stances: pd.DataFrame,
    *,
    selection: Selection | None = None,
    scores: dict[str, Any] | None = None,
) -> str:
    """Return the report of a selection; see `workbench.reporting.write_report`.

    Of more than `MOST_STANCES` stances the surest are shown, those that are not neutral first; pictures and counts are of
    all of them.
    """
    columns = Columns.of(stances, articles)
    names = sorted({str(value) for value in stances["classifier"].unique()})
    chosen = selection or Selection(classifier=names[0].partition(" ")[0] if names else "rules")
    mask = columns.where(chosen, lambda query: _holding(columns, articles, query))
    rows = np.flatnonzero(mask)
    weight = columns.confidence[rows] - (columns.codes["stance"][rows] == 1)
    shown = np.sort(rows[np.argsort(-weight, kind="stable")[:MOST_STANCES]])
    record = provenance(articles, stances, chosen, columns.stances[mask], scores=scores)
    script = (_HERE / "page.js").read_text("utf-8")
    style = render.STYLE + (_HERE / "page.css").read_text("utf-8").replace("/*DARK*/", render.DARK)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    title = say("report_title")
    counts = f"{number(len(rows))} {say('stances_n')} {say('of')} {number(record['figures']['articles'])} {say('articles_n')}"
    if len(shown) < len(rows):
        counts += f" · {number(len(shown))} داوری برجسته‌تر در فهرست است"
    plain = render.sentence_rows(_records(columns, articles, shown[:_WITHOUT_SCRIPT]))
    return (
        f'<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest=digest)}">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style></head>'
        f'<body class="wb" dir="rtl"><main><h1>{title}</h1><p class="meta">{counts} · {say("classifier")} <bdi>{render.safe("، ".join(names))}</bdi></p>'
        f"<p class='meta'>{say('interval_note')} {say('machine_note')}</p>"
        f"<section class='pictures' aria-label='نمودارها'>{_pictures(columns, mask)}</section>"
        f"{_filters(columns, mask)}<div id='list'>{plain}</div><nav id='pages' hidden></nav>"
        f"<section id='article' hidden aria-live='polite'></section>"
        f"<footer>{to_html(record, say('provenance'))}</footer></main>"
        f'<script type="application/octet-stream" id="data">{_packed(columns, articles, shown)}</script>'
        f"<script>{script}</script></body></html>"
    )


def _pictures(columns: Columns, mask: Mask) -> str:
    if not mask.any():
        return f"<p>{say('nothing')}</p>"
    shares = summarize.shares_of(columns, mask)
    drawn = [plots.overview_picture(shares)]
    period = summarize.fitting_period(columns, mask)
    over_time = summarize.shares_of(columns, mask, period)
    if len(over_time):
        drawn.append(plots.time_picture(over_time, period, columns.calendar.period(period)[0]))
    held = summarize.matrix_of(columns, mask)
    if len(held):
        drawn.append(plots.holders_picture(held))
    by_outlet = summarize.shares_of(columns, mask, "outlet")
    if len(by_outlet):
        drawn.append(plots.outlets_picture(by_outlet))
    body = "".join(f"<figure>{one.still()}<figcaption class='meta'>{one.title}</figcaption></figure>" for one in drawn)
    return body + f"<div>{render.shares_rows(shares)}</div>"


def _filters(columns: Columns, mask: Mask) -> str:
    found = columns.count("target", mask)
    present = [code for code, n in zip(columns.names["target"], found, strict=False) if n]
    targets = "".join(f"<option value='{render.safe(code)}'>{render.safe(name(code))}</option>" for code in present)
    stances = "".join(f"<option value='{stance}'>{SIGNS[stance]} {name(str(stance))}</option>" for stance in STANCES)
    every = f"<option value=''>{say('all')}</option>"
    return (
        f"<form class='filters' role='search'><label>{say('targets')} <select id='target'>{every}{targets}</select></label>"
        f"<label>{say('stances')} <select id='stance'>{every}{stances}</select></label>"
        f"<label>{say('search')} <input id='query' type='search' dir='auto' autocomplete='off'></label>"
        f"<span role='status'><span id='count'></span> {say('sentences_n')}</span></form>"
    )


def _records(columns: Columns, articles: pd.DataFrame, rows: Any) -> list[dict[str, Any]]:
    made = []
    for row in rows:
        article = articles.iloc[int(columns.article[row])]
        facts = {key: article[key] for key in ("text", "outlet", "published")}
        made.append({**columns.record(int(row)), **facts})
    return made


def _packed(columns: Columns, articles: pd.DataFrame, rows: Any) -> str:
    """Articles and stances as JSON, deflated, as base64; offsets are the browser's, in UTF-16 units."""
    places: dict[int, int] = {}
    bodies: list[list[str]] = []
    offsets: list[Any] = []
    table: list[list[Any]] = []
    for row in rows:
        position = int(columns.article[row])
        if position not in places:
            article = articles.iloc[position]
            places[position] = len(bodies)
            text = article["text"].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            bodies.append(
                [
                    _text(article["article_id"]),
                    _text(article["title"]),
                    _text(article["outlet"]),
                    _day(article["published"]),
                    text,
                ]
            )
            offsets.append(_utf16(text))
        record, at = columns.record(int(row)), offsets[places[position]]
        spans = [[[at(s["start"]), at(s["end"])] for s in record[kind]] for kind in ("mentions", "evidence")]
        holder = name(record["holder"]) if record["holder"] else ""
        table.append(
            [places[position], at(record["start"]), at(record["end"]), record["target"], record["stance"], holder, record["reason"], *spans]
        )  # fmt: skip
    codes = sorted({line[3] for line in table})
    words = {key: say(key) for key in ("previous", "next", "of", "by", "untitled", "nothing", "back")}
    data = {
        "articles": bodies,
        "stances": table,
        "targets": {code: name(code) for code in codes},
        "labels": {str(stance): f"{SIGNS[stance]} {name(str(stance))}" for stance in STANCES},
        "words": words,
    }
    return base64.b64encode(
        zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    ).decode()


def _utf16(text: str) -> Any:
    """A function from offsets in code points to offsets in UTF-16 units."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return int
    units = np.concatenate([[0], np.cumsum([1 + (letter > "\uffff") for letter in text])])
    return lambda offset: int(units[offset])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> str:
    return localized(date(value)) if value is not None and not pd.isna(value) else ""


def _holding(columns: Columns, articles: pd.DataFrame, query: str) -> Mask:
    first, number_ = sentence_numbers(columns.article, columns.stances["start"].to_numpy())
    texts = articles["text"].tolist()
    starts, ends = columns.stances["start"].to_numpy(), columns.stances["end"].to_numpy()
    index = WordIndex.of(texts[columns.article[row]][starts[row] : ends[row]] for row in first)
    assert index is not None  # noqa: S101 - only a caller's own progress can give it up
    return index.holding(query)[number_]
