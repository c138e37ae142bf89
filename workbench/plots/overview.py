"""Share of each stance toward each target, with its interval and count."""

from __future__ import annotations

import pandas as pd

from workbench.frames import each
from workbench.labels import Language, name, number, percent, say
from workbench.plots.canvas import COLOURS, FAINT, INK, MARKS, RULE, Canvas, Picture
from workbench.types import STANCES

_WIDTH, _LABEL, _ROW, _GAP, _NOTE = 500.0, 72.0, 21.0, 14.0, 122.0


def overview_picture(rows: pd.DataFrame, language: Language = "fa") -> Picture:
    """Draw `summarize.shares`; bars grow from the side at which the language begins."""
    targets = list(dict.fromkeys(rows["target"]))
    height = 26 + len(targets) * (3 * _ROW + _GAP)
    canvas = Canvas(_WIDTH, height)
    rtl = language == "fa"
    span = _WIDTH - _LABEL - _NOTE
    scale = max(0.05, float(rows["high"].max())) if len(rows) else 1.0

    def x(share: float) -> float:
        along = _LABEL + span * min(share, scale) / scale
        return _WIDTH - along if rtl else along

    step = 0.25 if scale > 0.5 else 0.1 if scale > 0.2 else 0.05
    ticks = [index * step for index in range(int(scale / step) + 1)]
    for tick in ticks:
        canvas.line([(x(tick), 4), (x(tick), height - 22)], RULE, 0.7)
        canvas.text(x(tick), height - 10, percent(tick, language), 9, FAINT, ha="center")
    by = {(row.target, row.stance): row for row in each(rows)}
    top = 6.0
    for target in targets:
        edge = _WIDTH - 4 if rtl else 4
        canvas.text(edge, top + 1.5 * _ROW, name(target, language), 12, ha="right" if rtl else "left")
        for stance in STANCES:
            row = by[target, str(stance)]
            middle = top + _ROW / 2
            start, end = sorted((x(0), x(row.share)))
            canvas.bar(start, middle - 5, end - start, 10, COLOURS[stance], 0.85)
            canvas.line([(x(row.low), middle), (x(row.high), middle)], INK, 1.2)
            canvas.mark(x(row.share), middle, MARKS[stance], INK, 5)
            label = f"{percent(row.share, language)}  {name(str(stance), language)}  ({number(row.n, language)})"
            aside = x(row.high) + (-9 if rtl else 9)
            canvas.text(aside, middle, label, 9.5, FAINT, ha="right" if rtl else "left")
            spoken = f"{name(target, language)}: {label}"
            canvas.hit(0, top, _WIDTH, _ROW - 1, spoken, targets=[target], stances=[str(stance)])
            top += _ROW
        top += _GAP
    return canvas.picture(say("figure_overview", language))
