"""A whole article: mentions and evidence in their place, and beside it who holds what and why."""

from __future__ import annotations

from typing import Any

from workbench import render
from workbench.labels import name, say
from workbench.panels.explorer.parts import button, does, nothing
from workbench.panels.explorer.state import ExplorerState


def reader(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    language = state.language
    reading = state.reading()
    if reading is None:
        return nothing(language, "choose_sentence")
    article, rows, chosen = reading
    first = state.columns.rows_of(
        int(state.articles.index[state.articles["article_id"] == article["article_id"]][0])
    ).start
    notes = "".join(_note(row, first + index, row["sentence"] == chosen, live, state) for index, row in enumerate(rows))
    bar = ""
    if live:
        onward, backward = ("disputed", "disputed_back") if state.compared else ("doubted", "doubted_back")
        bar = (
            f"<div class='wb-bar'><div class='wb-choices'>{button(say(backward, language), 'dispute-back', neighbour=-1)}"
            f"{button(say(onward, language), 'dispute-on', neighbour=1)}</div></div>"
        )
    return (
        f"{bar}<div class='wb-read'><div>{render.reader(article, rows, chosen, language)}</div>"
        f"<aside><h3>{say('article_stances', language)}</h3><ul class='wb-notes'>{notes}</ul></aside></div>"
    )


def _note(row: dict[str, Any], number: int, here: bool, live: bool, state: ExplorerState) -> str:
    language = state.language
    by = f" {say('by', language)} {render.holder_name(row['holder'], language)}" if row["holder"] else ""
    others = " · ".join(
        f"{render.safe(who)}: {render.stance_label(stance, language)}" for who, stance in state.others(row)
    )
    inside = (
        f"{render.stance_label(row['stance'], language)} <b>{render.safe(name(row['target'], language))}</b>{by}"
        f"<span class='meta wb-why' dir='ltr'>{render.reason(row['reason'])}</span>"
        + (f"<span class='meta wb-why'>{others}</span>" if others else "")
    )
    css = f"wb-note wb-{row['stance']}"
    current = " aria-current='true'" if here else ""
    if not live:
        return f"<li class='{css}'{current}>{inside}</li>"
    return f"<li><button type='button' class='{css}'{current} data-key='note-{number}' {does(read=number)}>{inside}</button></li>"
