"""One self-contained HTML page: pictures, sentences with filters and search, the articles; no network, no kernel."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from workbench import __version__, corpus, judging, plots, render, summarize
from workbench.plots import LABELS, name
from workbench.types import STANCES

_MOST_SENTENCES = 5000

# The page may run its own filter script and nothing else, and may ask the network for nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{script}'"
_SCRIPT = """
const rows=[...document.querySelectorAll('tbody tr')],get=id=>document.getElementById(id);
const fold=t=>t.replace(/[\\u200c\\s]/g,'').replace(/[\\u064a\\u0649]/g,'\\u06cc').replace(/\\u0643/g,'\\u06a9');
const texts=rows.map(r=>fold(r.textContent));
function narrow(){const t=get('target').value,s=get('stance').value,q=fold(get('query').value);let n=0;
rows.forEach((r,i)=>{const ok=(!t||r.dataset.target===t)&&(!s||r.dataset.stance===s)&&(!q||texts[i].includes(q));r.hidden=!ok;n+=ok});
get('count').textContent=n}
['target','stance','query'].forEach(id=>get(id).addEventListener('input',narrow));narrow();
"""
_PAGE_STYLE = """
:root{color-scheme:light dark}body{margin:0 auto;max-width:1080px;padding:16px;background:Canvas;color:CanvasText}
.wb{color:inherit}.filters{display:flex;gap:12px;flex-wrap:wrap;margin:12px 0}.figures{display:flex;flex-wrap:wrap;gap:16px}.figures>*{flex:1 1 420px}
details{border-bottom:1px solid #8884;padding:6px 0}summary{cursor:pointer}.wb.reader{max-height:none}
select,input,button{font:inherit;padding:2px 6px}:focus-visible{outline:2px solid #1565c0}
@media (prefers-color-scheme:dark){.wb .stance-favor{color:#6cb8e6}.wb .stance-against{color:#ff9d57}.wb .meta,.wb .judged{color:#bbb}}
@media (prefers-color-scheme:light){.wb .meta,.wb .judged{color:#555}}
"""


def report(source: Any, path: str | Path, *, classifier: str | Any = "rules") -> Path:
    """Judge a source and write its page; see `write_report`."""
    articles = corpus.load(source)
    return write_report(articles, judging.judge(articles, classifier), Path(path))


def write_report(articles: pd.DataFrame, stances: pd.DataFrame, path: Path) -> Path:
    """Write one HTML page of a corpus and its stances.

    Parameters
    ----------
    articles, stances : DataFrame
        The tables of the contract.
    path : Path

    Returns
    -------
    Path
        As given.
    """
    table = summarize.joined(stances, articles)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    strongest = (
        table[["p_favor", "p_against"]].max(axis=1).sort_values(ascending=False, kind="stable").index[:_MOST_SENTENCES]
    )
    shown: list[dict[str, Any]] = [
        {**row, "text": texts[row["article_id"]]}  # type: ignore[dict-item]
        for row in table.loc[strongest].to_dict("records")
    ]
    figures = []
    if len(table):
        figures.append(plots.shares_figure(summarize.shares(table)))
        dated = table[table["jalali_quarter"].notna()]
        if len(dated):
            figures.append(plots.time_figure(summarize.shares(dated, ["target", "jalali_quarter"]), "jalali_quarter"))
        held = summarize.matrix(table)
        if len(held):
            figures.append(plots.matrix_figure(held))
    script = _SCRIPT.strip()
    digest = _base64_sha256(script)
    path.write_text(
        f"<!doctype html><html lang='fa' dir='rtl'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(script=digest)}">'
        f"<meta name='viewport' content='width=device-width'><title>گزارش موضع‌ها</title><style>{render.STYLE}{_PAGE_STYLE}</style></head>"
        f"<body><main class='wb'><h1>گزارش موضع‌ها</h1>{_provenance(articles, table)}"
        f"<section class='figures' aria-label='نمودارها'>{''.join(f'<div>{svg}</div>' for svg in figures)}</section>"
        f"{_filters(table)}{_rows(shown)}<section><h2>خبرها</h2>{_articles(articles, table)}</section></main>"
        f"<script>{script}</script></body></html>",
        "utf-8",
    )
    return path


def _provenance(articles: pd.DataFrame, table: pd.DataFrame) -> str:
    digest = hashlib.sha256(
        "\x1f".join(articles["article_id"] + articles["text"]).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]
    judged = ", ".join(sorted(set(table["classifier"]))) or "—"
    facts = f"{len(articles)} خبر · {len(table)} داوری · رده‌بند {judged} · پیکره {digest} · stance-workbench {__version__} · {datetime.now(UTC):%Y-%m-%d}"
    return f"<p class='meta'>{render.safe(facts)}</p>"


def _filters(table: pd.DataFrame) -> str:
    targets = "".join(
        f"<option value='{code}'>{render.safe(name(code))}</option>" for code in table["target"].cat.categories
    )
    stances = "".join(f"<option value='{stance}'>{LABELS[stance]}</option>" for stance in STANCES)
    return (
        f"<div class='filters'><label>درباره <select id='target'><option value=''>همه</option>{targets}</select></label>"
        f"<label>موضع <select id='stance'><option value=''>همه</option>{stances}</select></label>"
        "<label>جست‌وجو <input id='query' type='search'></label><span role='status'><span id='count'></span> جمله</span></div>"
    )


def _rows(shown: list[dict[str, Any]]) -> str:
    body = "".join(
        f"<tr data-target='{row['target']}' data-stance='{row['stance']}'><td>{render.stance_label(row['stance'])}</td><td>{render.safe(name(row['target']))}</td>"
        f"<td>{render.safe(name(row['holder'])) if isinstance(row['holder'], str) else '—'}</td>"
        f"<td title='{render.safe(row['reason'])}'>{render.marked(row['text'], row['start'], row['end'], [row])}"
        f" <a href='#{render.safe(row['article_id'])}'>خبر</a></td></tr>"
        for row in shown
    )
    head = "".join(f"<th scope='col'>{label}</th>" for label in ("موضع", "درباره", "از سوی", "جمله"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _articles(articles: pd.DataFrame, table: pd.DataFrame) -> str:
    rows: Any = articles.to_dict("records")
    groups: dict[Any, Any] = {
        key: group.to_dict("records") for key, group in table.groupby("article_id", observed=True)
    }
    return "".join(
        f"<details id='{render.safe(row['article_id'])}'><summary><bdi>{render.safe(row['title'] or row['article_id'])}</bdi></summary>{render.reader(row, groups.get(row['article_id'], []))}</details>"
        for row in rows
    )


def _base64_sha256(text: str) -> str:
    import base64

    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
