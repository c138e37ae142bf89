"""The selected sentences, a page at a time."""

from __future__ import annotations

from typing import Any

from workbench import render
from workbench.labels import name, say
from workbench.panels.explorer.parts import choices, does, nothing, pager
from workbench.panels.explorer.state import PAGE, ExplorerState

_STATIC = 24


def sentences(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    language = state.language
    total = int(state.mask.sum())
    if not total:
        return nothing(language)
    if not live:
        return render.sentence_rows(state.sentences(0, _STATIC), language)
    unsure = "sort_unsure" if state.compared else "sort_doubt"
    orders = [
        ("certain", say("sort_certain", language)),
        ("unsure", say(unsure, language)),
        *((one, say(f"sort_{one}", language)) for one in ("newest", "text")),
    ]
    bar = f"<div class='wb-bar'>{choices(say('sort', language), 'order', orders, state.order)}{pager(state.page, PAGE, total, language)}</div>"
    items = "".join(_item(row, index, state) for index, row in enumerate(state.sentences(state.page * PAGE, PAGE)))
    return f"{bar}<ul class='wb-list' aria-label='{say('tab_sentences', language)}'>{items}</ul>"


def _item(row: dict[str, Any], index: int, state: ExplorerState) -> str:
    language = state.language
    by = f" · {render.holder_name(row['holder'], language)}" if row["holder"] else ""
    outlet = row["outlet"] if isinstance(row["outlet"], str) else ""
    theirs = ""
    if state.compared:
        others = state.others(row)
        theirs = " · ".join(
            f"<span class='meta'>{render.safe(who)}</span> {render.stance_label(stance, language)}"
            for who, stance in others
        )
        theirs = f"<span class='wb-theirs'>{theirs}</span>" if theirs else ""
    return (
        f"<li><button type='button' class='wb-sentence wb-{row['stance']}' data-key='sentence-{index}' {does(read=row['row'])} title='{render.safe(row['reason'])}'>"
        f"<span class='wb-head'>{render.stance_label(row['stance'], language)} <b>{render.safe(name(row['target'], language))}</b>{by}{theirs}"
        f"<span class='meta wb-source'><bdi>{render.safe(outlet)}</bdi> · {render.day(row['published'], language)}</span></span>"
        f"<span class='wb-words-of' lang='fa' dir='rtl'>{render.excerpt(row)}</span></button></li>"
    )
