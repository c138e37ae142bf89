"""Outlets side by side."""

from __future__ import annotations

from workbench import plots, summarize
from workbench.labels import number, say
from workbench.panels.explorer.parts import figure, nothing
from workbench.panels.explorer.state import ExplorerState
from workbench.plots.outlets import MOST_OUTLETS


def outlets(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    rows = summarize.shares_of(state.columns, state.mask, "outlet")
    if rows.empty:
        return nothing(state.language)
    more = rows["outlet"].nunique() - MOST_OUTLETS
    note = say("interval_note", state.language)
    if more > 0:
        note += f" + {number(more, state.language)} {say('more', state.language)}"
    return figure(plots.outlets_picture(rows, state.language), "outlets", live, note)
