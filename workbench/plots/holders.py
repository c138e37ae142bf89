"""Who speaks how of whom: a tile for each holder and target, its net stance as colour and its counts as text."""

from __future__ import annotations

import pandas as pd

from workbench.frames import each
from workbench.labels import Language, name, number, say
from workbench.plots.canvas import COLOURS, FAINT, INK, RULE, Canvas, Picture

_WIDTH, _LABEL, _ROW, _HEAD = 640.0, 130.0, 30.0, 30.0
MOST_HOLDERS = 12


def holders_picture(rows: pd.DataFrame, language: Language = "fa") -> Picture:
    """Draw `summarize.matrix`, the most vocal holders first, at most `MOST_HOLDERS` of them."""
    weight = rows.groupby("holder", observed=True)[["favor", "against"]].sum().sum(axis=1)
    holders = list(weight.sort_values(ascending=False, kind="stable").index[:MOST_HOLDERS])
    targets = list(
        rows.groupby("target", observed=True)[["favor", "against"]].sum().sum(axis=1).sort_values().index[::-1]
    )
    canvas = Canvas(_WIDTH, _HEAD + len(holders) * _ROW + 6)
    rtl = language == "fa"
    wide = (_WIDTH - _LABEL) / max(1, len(targets))
    for column, target in enumerate(targets):
        left = _left(column, wide, rtl)
        canvas.text(left + wide / 2, _HEAD / 2, name(target, language), 11.5, ha="center")
    cells = {(row.holder, row.target): row for row in each(rows)}
    for line, holder in enumerate(holders):
        top = _HEAD + line * _ROW
        edge = _WIDTH - 4 if rtl else 4
        canvas.line([(0, top), (_WIDTH, top)], RULE, 0.6)
        canvas.text(edge, top + _ROW / 2, name(holder, language), 11, ha="right" if rtl else "left")
        for column, target in enumerate(targets):
            cell = cells.get((holder, target))
            left = _left(column, wide, rtl)
            if cell is None:
                canvas.text(left + wide / 2, top + _ROW / 2, "·", 10, FAINT, ha="center")
                continue
            colour = COLOURS["favor"] if cell.net > 0 else COLOURS["against"] if cell.net < 0 else COLOURS["neutral"]
            canvas.bar(left + 2, top + 2, wide - 4, _ROW - 4, colour, round(0.10 + 0.32 * abs(cell.net), 2))
            counts = f"▲ {number(cell.favor, language)}    ▼ {number(cell.against, language)}"
            canvas.text(left + wide / 2, top + _ROW / 2, counts, 10, INK, ha="center")
            spoken = (
                f"{name(holder, language)} ← {name(target, language)}: {number(cell.favor, language)} {say('favor', language)}، "
                f"{number(cell.against, language)} {say('against', language)}"
            )
            canvas.hit(
                left + 2, top + 2, wide - 4, _ROW - 4, spoken,
                holders=[holder], targets=[target], stances=["favor", "against"],
            )  # fmt: skip
    return canvas.picture(say("figure_holders", language))


def _left(column: int, wide: float, rtl: bool) -> float:
    return _WIDTH - _LABEL - (column + 1) * wide if rtl else _LABEL + column * wide
