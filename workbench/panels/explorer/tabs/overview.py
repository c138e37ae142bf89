"""Stance by target, with intervals and counts."""

from __future__ import annotations

from workbench import plots, render, summarize
from workbench.labels import say
from workbench.panels.explorer.parts import figure, nothing
from workbench.panels.explorer.state import ExplorerState


def overview(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    rows = summarize.shares_of(state.columns, state.mask)
    if rows.empty:
        return nothing(state.language)
    note = f"{say('interval_note', state.language)} {say('machine_note', state.language)}"
    picture = figure(plots.overview_picture(rows, state.language), "overview", live, note)
    return f"<div class='wb-split'>{picture}<div>{render.shares_rows(rows, state.language)}</div></div>"
