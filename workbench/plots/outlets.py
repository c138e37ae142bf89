"""Outlets side by side: for each target a column of the same scale, for each outlet its shares with intervals."""

from __future__ import annotations

import pandas as pd

from workbench.frames import each
from workbench.labels import Language, name, number, percent, say
from workbench.plots.canvas import COLOURS, FAINT, MARKS, RULE, Canvas, Picture, legend

_WIDTH, _LABEL, _ROW, _HEAD, _GUTTER = 640.0, 150.0, 34.0, 62.0, 30.0
MOST_OUTLETS, _MOST_TARGETS, _LONGEST = 14, 6, 24


def outlets_picture(rows: pd.DataFrame, language: Language = "fa") -> Picture:
    """Draw `summarize.shares` by target and outlet, the largest `MOST_OUTLETS` outlets."""
    targets = list(dict.fromkeys(rows["target"]))[:_MOST_TARGETS]
    outlets = list(
        rows.groupby("outlet", observed=True)["n"]
        .sum()
        .sort_values(ascending=False, kind="stable")
        .index[:MOST_OUTLETS]
    )
    rows = rows[(rows["stance"] != "neutral") & rows["outlet"].isin(outlets) & rows["target"].isin(targets)]
    height = _HEAD + len(outlets) * _ROW + 4
    canvas = Canvas(_WIDTH, height)
    rtl = language == "fa"
    wide = (_WIDTH - _LABEL) / max(1, len(targets))
    scale = min(1.0, max(0.1, float(rows["share"].max() if len(rows) else 1) * 1.4))
    found = {(row.outlet, row.target, row.stance): row for row in each(rows)}

    def x(column: int, share: float) -> float:
        along = _LABEL + column * wide + _GUTTER / 2 + min(1.0, share / scale) * (wide - _GUTTER)
        return _WIDTH - along if rtl else along

    legend(canvas, 8 if rtl else _WIDTH - 150, 9, language)
    for column, target in enumerate(targets):
        canvas.text((x(column, 0) + x(column, scale)) / 2, 30, name(target, language), 11.5, ha="center")
        for share in (0.0, scale / 2, scale):
            canvas.line([(x(column, share), _HEAD - 6), (x(column, share), height)], RULE, 0.7)
            canvas.text(x(column, share), 48, percent(share, language), 8.5, FAINT, ha="center")
    for line, outlet in enumerate(outlets):
        middle = _HEAD + line * _ROW + _ROW / 2
        label = outlet if len(outlet) <= _LONGEST else f"{outlet[: _LONGEST - 1]}…"
        canvas.text(_WIDTH - 4 if rtl else 4, middle, _plain(label), 10.5, ha="right" if rtl else "left")
        for column, target in enumerate(targets):
            for stance, aside in (("favor", -7), ("against", 7)):
                row = found.get((outlet, target, stance))
                if row is None:
                    continue
                at = middle + aside
                canvas.line([(x(column, row.low), at), (x(column, row.high), at)], COLOURS[stance], 1.6)
                canvas.mark(x(column, row.share), at, MARKS[stance], COLOURS[stance], 7)
                left, right = sorted((x(column, 0), x(column, scale)))
                spoken = (
                    f"{outlet}، {name(target, language)}: {percent(row.share, language)} {name(stance, language)} "
                    f"({number(row.n, language)} {say('of', language)} {number(row.total, language)})"
                )
                if row.n:
                    canvas.hit(
                        left, at - 7, right - left, 14, spoken, outlets=[outlet], targets=[target], stances=[stance]
                    )
    return canvas.picture(say("figure_outlets", language))


def _plain(text: str) -> str:
    """A label that a font can draw: controls, among them those of direction, are left out."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\u200c")
