"""Shares over time, by weeks to years of either calendar."""

from __future__ import annotations

import numpy as np

from workbench import plots, summarize
from workbench.labels import number, say
from workbench.panels.explorer.parts import choices, figure, nothing
from workbench.panels.explorer.state import ExplorerState


def time(state: ExplorerState, live: bool) -> str:
    """Draw the tab."""
    language = state.language
    column = state.period_column()
    rows = summarize.shares_of(state.columns, state.mask, column)
    bar = ""
    if live:
        calendars = [(one, say(one, language)) for one in ("jalali", "gregorian")]
        periods = [(one, say(one, language)) for one in ("week", "month", "quarter", "year")]
        bar = (
            f"<div class='wb-bar'>{choices(say('calendar', language), 'calendar', calendars, state.calendar)}"
            f"{choices(say('period', language), 'period', periods, column.removeprefix('jalali_'))}</div>"
        )
    if rows.empty:
        return bar + nothing(language, "nothing_dated")
    undated = int(np.isnat(state.dates.days[state.columns.article[state.mask]]).sum())
    note = say("interval_note", language)
    if undated:
        note += f" {number(undated, language)} {say('undated', language)}."
    picture = plots.time_picture(rows, column, state.dates.period(column)[0], language)
    return bar + figure(picture, "time", live, note)
