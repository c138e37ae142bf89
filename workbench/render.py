"""Records to escaped right-to-left HTML: sentences, the reader, tables. Nothing of an article is ever markup here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from workbench.dates import jalali
from workbench.plots import LABELS, name

SIGNS = {"favor": "▲", "neutral": "●", "against": "▼"}

STYLE = """
.wb{direction:rtl;text-align:right;font-family:Vazirmatn,"Noto Naskh Arabic",Tahoma,"DejaVu Sans",sans-serif;font-size:14px;
 line-height:1.9;color:var(--jp-ui-font-color1,#1b1b1b)}
.wb svg{max-width:100%;height:auto;direction:ltr;fill:currentColor;color:inherit}
.wb h2{font-size:16px;margin:.4em 0}.wb h3{font-size:14px;margin:.3em 0;font-weight:600}
.wb .meta{color:var(--jp-ui-font-color2,#555);font-size:12px}
.wb table{border-collapse:collapse;font-size:13px;width:100%}.wb td,.wb th{padding:3px 8px;text-align:right;vertical-align:top;
 border-bottom:1px solid var(--jp-border-color2,#ddd)}
.wb mark{background:none;color:inherit;border-bottom:2px solid #8c8c8c;padding:0 1px}
.wb mark.favor{background:rgba(0,114,178,.16);border-bottom:2px solid #0072b2}
.wb mark.against{background:rgba(213,94,0,.16);border-bottom:2px dashed #d55e00}
.wb mark.neutral{border-bottom:2px dotted #8c8c8c}
.wb b.mention{font-weight:600;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:5px}
.wb .chosen{outline:2px solid var(--jp-brand-color1,#1565c0);outline-offset:3px;border-radius:3px;scroll-start-target:auto;scroll-snap-align:center}
.wb.reader{max-height:430px;overflow-y:auto;padding:4px 12px;white-space:pre-wrap;unicode-bidi:plaintext}
.wb .stance-favor{color:#005b8f}.wb .stance-against{color:#a84300}
[data-jp-theme-light="false"] .wb .stance-favor{color:#6cb8e6}[data-jp-theme-light="false"] .wb .stance-against{color:#ff9d57}
.wb .judged{font-size:12px;color:var(--jp-ui-font-color2,#555)}
"""

# Marks of direction in an article could turn the words around it; they are shown for what they are.
_BIDI = {code: f"⟨U+{code:04X}⟩" for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]}


def safe(text: str | None) -> str:
    """Escape text for HTML; controls of direction are written out and NUL is dropped."""
    return escape((text or "").replace("\x00", "").translate(_BIDI), quote=True)


def stance_label(stance: str) -> str:
    """Sign and word of a stance, for those who do not see its colour."""
    return f'<span class="stance-{safe(stance)}">{SIGNS[stance]} {LABELS[stance]}</span>'


def sentence_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """Render judged sentences as a table: stance, target, holder, outlet, date, the sentence with its marks.

    Parameters
    ----------
    rows : iterable of mapping
        With the columns of the stances table, ``text`` (of the article), ``outlet`` and ``published``.
    """
    body = "".join(
        f"<tr><td>{stance_label(row['stance'])}</td><td>{safe(name(row['target']))}</td>"
        f"<td>{safe(name(row['holder'])) if isinstance(row['holder'], str) else '—'}</td><td><bdi>{safe(_known(row.get('outlet')))}</bdi></td>"
        f'<td>{_date(row.get("published"))}</td><td title="{safe(row["reason"])}">{marked(row["text"], row["start"], row["end"], [row])}</td></tr>'
        for row in rows
    )
    head = "".join(f"<th scope='col'>{label}</th>" for label in ("موضع", "درباره", "از سوی", "رسانه", "تاریخ", "جمله"))
    return f'<div class="wb"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def marked(text: str, start: int, end: int, judgements: Sequence[Mapping[str, Any]]) -> str:
    """Escape ``text[start:end]`` with mentions and evidence of `judgements` marked."""
    spans: list[tuple[int, int, str, str]] = []
    for row in judgements:
        spans += [(s["start"], s["end"], "mention", name(row["target"])) for s in row["mentions"]]
        spans += [(s["start"], s["end"], row["stance"], row["reason"]) for s in row["evidence"]]
    cuts = sorted({start, end, *(edge for s in spans for edge in s[:2] if start < edge < end)})
    return "".join(
        _piece(text[a:b], [s for s in spans if s[0] <= a and b <= s[1]]) for a, b in itertools.pairwise(cuts)
    )


def _piece(text: str, covering: Sequence[tuple[int, int, str, str]]) -> str:
    html = safe(text)
    for _, _, kind, note in covering:
        tag = "b" if kind == "mention" else "mark"
        html = f'<{tag} class="{kind}" title="{safe(note)}">{html}</{tag}>'
    return html


def reader(article: Mapping[str, Any], judgements: Sequence[Mapping[str, Any]], chosen: int | None = None) -> str:
    """Render a whole article, right to left, every judged sentence marked and the chosen one outlined.

    Parameters
    ----------
    article : mapping
        A row of the articles table.
    judgements : sequence of mapping
        Its rows of the stances table.
    chosen : int, optional
        Number of the sentence to show.
    """
    text = article["text"]
    by_sentence: dict[tuple[int, int, int], list[Mapping[str, Any]]] = {}
    for row in judgements:
        by_sentence.setdefault((row["start"], row["end"], row["sentence"]), []).append(row)
    html, at = [], 0
    for (start, end, number), rows in sorted(by_sentence.items()):
        html.append(safe(text[at:start]))
        notes = "؛ ".join(
            f"{SIGNS[row['stance']]} {name(row['target'])}: {LABELS[row['stance']]}"
            + (f" از سوی {name(row['holder'])}" if isinstance(row["holder"], str) else "")
            for row in rows
        )
        label = (
            f'<span class="judged"> [{safe(notes)}]</span>' if any(row["stance"] != "neutral" for row in rows) else ""
        )
        css = "chosen" if number == chosen else ""
        html.append(
            f'<span class="sentence {css}" data-sentence="{number}" tabindex="0" title="{safe(" | ".join(row["reason"] for row in rows))}">{marked(text, start, end, rows)}</span>{label}'
        )
        at = end
    html.append(safe(text[at:]))
    head = f"<h2><bdi>{safe(_known(article.get('title')) or 'بی‌عنوان')}</bdi></h2><div class='meta'><bdi>{safe(_known(article.get('outlet')))}</bdi> · {_date(article.get('published'))}</div>"
    return f'<div class="wb">{head}</div><div class="wb reader" role="article" lang="fa" dir="rtl" tabindex="0">{"".join(html)}</div>'


def _known(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _date(value: Any) -> str:
    if value is None or value != value or str(value) == "NaT":
        return "—"
    return f'<span title="{value:%Y-%m-%d}">{jalali(value)}</span>'
