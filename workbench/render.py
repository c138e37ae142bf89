"""Records to escaped HTML: sentences, the reader, tables. Nothing of an article is ever markup here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from workbench.frames import each
from workbench.labels import SIGNS, Language, date, localized, name, number, percent, say

STYLE = """
.wb{--wb-favor:#0072b2;--wb-neutral:#8c8c8c;--wb-against:#d55e00;--wb-favor-ink:#005b8f;--wb-against-ink:#9e3f00;
 --wb-favor-wash:rgba(0,114,178,.13);--wb-against-wash:rgba(213,94,0,.14);--wb-ink:#1b1b1b;--wb-faint:#595959;--wb-rule:#d9d9d9;
 --wb-focus:#0b57d0;font-family:Vazirmatn,Vazir,IRANSansX,"Noto Sans Arabic","Segoe UI",Tahoma,"DejaVu Sans",sans-serif;font-size:13px;line-height:1.7;
 color:var(--wb-ink)}
.wb[dir=rtl],.wb[dir=rtl] p,.wb[dir=rtl] h2,.wb[dir=rtl] h3{text-align:right}.wb svg{width:100%;height:auto;direction:ltr;display:block;font-family:inherit}.wb svg text{font-family:inherit}
.wb h2{font-size:16px;line-height:1.6;margin:0 0 .2em;font-weight:600}.wb h3{font-size:13px;margin:0 0 .3em;font-weight:600}
.wb .meta{color:var(--wb-faint);font-size:12px}
.wb table{border-collapse:collapse;font-size:12.5px;width:100%;margin:0}.wb td,.wb th{padding:3px 8px;text-align:start;vertical-align:top;
 border:0;border-bottom:1px solid var(--wb-rule);white-space:normal;max-width:none}.wb th{font-weight:600;color:var(--wb-faint)}
.wb tbody tr,.wb tbody tr:nth-child(odd){background:none}.wb .figures{font-variant-numeric:tabular-nums;white-space:nowrap}
.wb mark{background:none;color:inherit;border-bottom:2px solid var(--wb-neutral);padding:0 1px}
.wb mark.favor{background:var(--wb-favor-wash);border-bottom:2px solid var(--wb-favor)}
.wb mark.against{background:var(--wb-against-wash);border-bottom:2px dashed var(--wb-against)}
.wb mark.neutral{border-bottom:2px dotted var(--wb-neutral)}
.wb b.mention{font-weight:600;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:5px}
.wb .chosen{outline:2px solid var(--wb-focus);outline-offset:3px;border-radius:3px}
.wb.reader,.wb .reader{max-height:520px;overflow-y:auto;padding:4px 14px;white-space:pre-wrap;font-size:14px;line-height:2.05;overflow-wrap:anywhere}
.wb .stance-favor{color:var(--wb-favor-ink)}.wb .stance-against{color:var(--wb-against-ink)}.wb .stance-neutral{color:var(--wb-faint)}
.wb .stance-favor,.wb .stance-against,.wb .stance-neutral{white-space:nowrap}
.wb .judged{font-size:11.5px;color:var(--wb-faint);white-space:normal}
"""
DARK = """--wb-favor:#56b4e9;--wb-neutral:#9b9b9b;--wb-against:#ff8c42;--wb-favor-ink:#7cc4f0;--wb-against-ink:#ffa86b;
 --wb-favor-wash:rgba(86,180,233,.2);--wb-against-wash:rgba(255,140,66,.2);--wb-ink:#ececec;--wb-faint:#b5b5b5;--wb-rule:#444;--wb-focus:#8ab4f8"""
STYLE += f'[data-jp-theme-light="false"] .wb,body.vscode-dark .wb{{{DARK}}}\n'

# Marks of direction in an article could turn the words around it; they are shown for what they are.
_BIDI = {code: f"⟨U+{code:04X}⟩" for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]}
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_LONGEST_SENTENCE = 420
_LONGEST_ARTICLE = 40_000


_QUOTED = re.compile("«[^«»]*»")


def safe(text: str | None) -> str:
    """Escape text for HTML; controls of direction are written out, other controls are dropped."""
    return escape((text or "").translate({**_UNSEEN, **_BIDI}), quote=True)


def reason(text: str | None) -> str:
    """Escape a reason, which runs from left to right: what it quotes is set apart, or numbers and brackets change places."""
    return _QUOTED.sub(r"<bdi>\g<0></bdi>", safe(text))


def stance_label(stance: str, language: Language = "fa") -> str:
    """Sign and word of a stance, for those who do not see its colour."""
    return f'<span class="stance-{safe(stance)}">{SIGNS[stance]} {name(stance, language)}</span>'


def holder_name(holder: Any, language: Language = "fa") -> str:
    """The holder's name, escaped, or a dash."""
    return safe(name(holder, language)) if isinstance(holder, str) else "—"


def sentence_rows(rows: Iterable[Mapping[str, Any]], language: Language = "fa") -> str:
    """Render judged sentences as a table: stance, target, holder, outlet, date, the sentence with its marks.

    Parameters
    ----------
    rows : iterable of mapping
        With the columns of the stances table, ``text`` (of the article), ``outlet`` and ``published``.
    language : {'fa', 'en'}
    """
    body = "".join(
        f"<tr><td>{stance_label(row['stance'], language)}</td><td>{safe(name(row['target'], language))}</td>"
        f"<td>{holder_name(row['holder'], language)}</td><td><bdi>{safe(_known(row.get('outlet')))}</bdi></td>"
        f'<td class="figures">{day(row.get("published"), language)}</td>'
        f'<td lang="fa" dir="rtl" title="{safe(row["reason"])}">{excerpt(row)}</td></tr>'
        for row in rows
    )
    heads = ("stances", "targets", "holders", "outlets", "date", "sentence")
    head = "".join(f"<th scope='col'>{say(key, language)}</th>" for key in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def shares_rows(rows: pd.DataFrame, language: Language = "fa") -> str:
    """Render `summarize.shares` by target as a table of shares, intervals and counts."""
    body = "".join(
        f"<tr>{_once(row, language)}<td>{stance_label(row.stance, language)}</td>"
        f"<td class='figures'>{percent(row.share, language)}</td>"
        f"<td class='figures'><bdi>{percent(row.low, language)}–{percent(row.high, language)}</bdi></td>"
        f"<td class='figures'>{number(row.n, language)}</td></tr>"
        for row in each(rows)
    )
    heads = ("targets", "stances", "share", "interval", "count")
    head = "".join(f"<th scope='col'>{say(key, language)}</th>" for key in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _once(row: Any, language: Language) -> str:
    """The target's name over the three rows of its stances."""
    return f"<th scope='rowgroup' rowspan='3'>{safe(name(row.target, language))}</th>" if row.stance == "favor" else ""


def excerpt(row: Mapping[str, Any]) -> str:
    """A judged sentence with its marks; of a very long one the part around what was found in it."""
    start, end = row["start"], row["end"]
    if end - start <= _LONGEST_SENTENCE:
        return marked(row["text"], start, end, [row])
    spans = row["evidence"] or row["mentions"]
    middle = spans[0]["start"] if spans else start
    first = max(start, min(middle - _LONGEST_SENTENCE // 2, end - _LONGEST_SENTENCE))
    last = min(end, first + _LONGEST_SENTENCE)
    left, right = "…" if first > start else "", "…" if last < end else ""
    return f"{left}{marked(row['text'], first, last, [row])}{right}"


def marked(text: str, start: int, end: int, judgements: Sequence[Mapping[str, Any]], language: Language = "fa") -> str:
    """Escape ``text[start:end]`` with mentions and evidence of `judgements` marked."""
    spans: list[tuple[int, int, str, str]] = []
    for row in judgements:
        spans += [(s["start"], s["end"], "mention", name(row["target"], language)) for s in row["mentions"]]
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


def reader(
    article: Mapping[str, Any],
    judgements: Sequence[Mapping[str, Any]],
    chosen: int | None = None,
    language: Language = "fa",
) -> str:
    """Render an article, right to left, every judged sentence marked and the chosen one outlined.

    Of an article longer than some forty thousand code points the part around the chosen sentence is shown, and said so.

    Parameters
    ----------
    article : mapping
        A row of the articles table.
    judgements : sequence of mapping
        Its rows of the stances table.
    chosen : int, optional
        Number of the sentence to show.
    language : {'fa', 'en'}
    """
    text = article["text"]
    by_sentence: dict[tuple[int, int, int], list[Mapping[str, Any]]] = {}
    for row in judgements:
        by_sentence.setdefault((row["start"], row["end"], row["sentence"]), []).append(row)
    first, last = _window(text, next((s for s, _, n in by_sentence if n == chosen), 0))
    html, at = ["… " if first else ""], first
    for (start, end, number_), rows in sorted(by_sentence.items()):
        start, end = max(start, first), min(end, last)
        if start >= end:
            continue
        html.append(safe(text[at:start]))
        strong = [row for row in rows if row["stance"] != "neutral"]
        label = f'<span class="judged"> [{"؛ ".join(_note(row, language) for row in strong)}]</span>' if strong else ""
        css = "sentence chosen" if number_ == chosen else "sentence"
        reasons = " | ".join(row["reason"] for row in rows)
        html.append(
            f'<span class="{css}" data-sentence="{number_}" title="{safe(reasons)}">'
            f"{marked(text, start, end, rows, language)}</span>{label}"
        )
        at = end
    html.append(safe(text[at:last]) + (" …" if last < len(text) else ""))
    title = safe(_known(article.get("title")) or say("untitled", language))
    outlet = safe(_known(article.get("outlet")))
    return (
        f"<header><h2><bdi>{title}</bdi></h2><div class='meta'><bdi>{outlet}</bdi> · {day(article.get('published'), language)}"
        f"</div></header><div class='reader' role='article' aria-label='{title}' lang='fa' dir='rtl' tabindex='0'>{''.join(html)}</div>"
    )


def _note(row: Mapping[str, Any], language: Language) -> str:
    by = f" {say('by', language)} {holder_name(row['holder'], language)}" if isinstance(row["holder"], str) else ""
    return f"{SIGNS[row['stance']]} {safe(name(row['target'], language))}: {name(row['stance'], language)}{by}"


def _window(text: str, around: int) -> tuple[int, int]:
    if len(text) <= _LONGEST_ARTICLE:
        return 0, len(text)
    first = max(0, min(around - _LONGEST_ARTICLE // 2, len(text) - _LONGEST_ARTICLE))
    return first, first + _LONGEST_ARTICLE


def _known(value: Any) -> str:
    return value if isinstance(value, str) else ""


def day(value: Any, language: Language = "fa") -> str:
    """A date in the language's calendar, the other calendar's on hovering; a dash where there is none."""
    if value is None or pd.isna(value):
        return "—"
    return f'<span title="{date(value, "en" if language == "fa" else "fa")}">{localized(date(value, language), language)}</span>'
