"""Who speaks how of whom."""

from __future__ import annotations

from workbench import plots, summarize
from workbench.labels import number, say
from workbench.panels.explorer.parts import figure, nothing
from workbench.panels.explorer.state import ExplorerState
from workbench.plots.holders import MOST_HOLDERS


def holders(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    rows = summarize.matrix_of(state.columns, state.mask)
    if rows.empty:
        return nothing(state.language)
    more = rows["holder"].nunique() - MOST_HOLDERS
    note = f"+ {number(more, state.language)} {say('more', state.language)}" if more > 0 else ""
    return figure(plots.holders_picture(rows, state.language), "holders", live, note)
