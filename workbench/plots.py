"""Figures of a selection as SVG text; matplotlib shapes Persian itself since 3.11."""

from __future__ import annotations

import io
import re
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure

from workbench.targets import states
from workbench.types import STANCES

# Told apart by the colour-blind (Okabe and Ito), and each has a hatch and a mark of its own besides.
COLOURS = {"favor": "#0072b2", "neutral": "#8c8c8c", "against": "#d55e00"}
HATCHES = {"favor": "", "neutral": "..", "against": "//"}
MARKS = {"favor": "^", "neutral": "o", "against": "v"}
LABELS = {"favor": "موافق", "neutral": "خنثی", "against": "مخالف"}
_STYLE: Any = {
    "svg.fonttype": "path",
    "svg.hashsalt": "workbench",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.5,
}


def name(code: str) -> str:
    """Return what a holder or target is called on the screen."""
    special = {"author": "خود رسانه", "other": "دیگران"}
    return special.get(code) or (states()[code].names["fa"] if code in states() else code)


def shares_figure(rows: pd.DataFrame) -> str:
    """Draw shares of the stances per target with their intervals, from `summarize.shares`; return SVG."""
    targets = list(dict.fromkeys(rows["target"]))
    with rc_context(_STYLE):
        figure = Figure(figsize=(5.4, 0.6 + 0.95 * max(1, len(targets))), layout="constrained")
        axes = figure.subplots()
        for index, target in enumerate(targets):
            for offset, stance in enumerate(STANCES):
                row = rows[(rows["target"] == target) & (rows["stance"] == stance)].iloc[0]
                height = index + (offset - 1) * 0.27
                axes.barh(
                    height,
                    row["share"],
                    0.24,
                    color=COLOURS[stance],
                    hatch=HATCHES[stance],
                    edgecolor="white",
                    linewidth=0,
                )
                axes.plot([row["low"], row["high"]], [height, height], color="#444", linewidth=1.4)
                axes.annotate(
                    f"{row['share']:.0%}  {LABELS[stance]}  ({row['n']})",
                    (row["high"], height),
                    (5, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=8,
                )
        axes.set_yticks(range(len(targets)), [name(target) for target in targets])
        axes.set_xlim(0, 1.28)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
        axes.invert_yaxis()
        return _svg(figure, "سهم موضع‌ها نسبت به هر کشور، با بازه اطمینان ۹۵ درصد")


def time_figure(rows: pd.DataFrame, period: str) -> str:
    """Draw the share of favor and against over time with bands, one row of axes per target; return SVG."""
    targets = list(dict.fromkeys(rows["target"]))
    with rc_context(_STYLE):
        figure = Figure(figsize=(5.4, 0.5 + 1.35 * max(1, len(targets))), layout="constrained")
        grid = figure.subplots(max(1, len(targets)), 1, sharex=True, squeeze=False)[:, 0]
        periods = sorted(rows[period].dropna().unique())
        for axes, target in zip(grid, targets, strict=False):
            for stance in ("favor", "against"):
                line = rows[(rows["target"] == target) & (rows["stance"] == stance)].sort_values(period)
                at = [periods.index(value) for value in line[period]]
                axes.plot(
                    at,
                    line["share"],
                    color=COLOURS[stance],
                    marker=MARKS[stance],
                    markersize=4,
                    linewidth=1.4,
                    label=LABELS[stance],
                )
                axes.fill_between(at, line["low"], line["high"], color=COLOURS[stance], alpha=0.14, linewidth=0)
            axes.set_ylim(0, 1)
            axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
            axes.set_title(name(target), loc="right", fontsize=10)
        step = max(1, -(-len(periods) // 5))
        grid[-1].set_xticks(range(0, len(periods), step), [_quarter_label(str(value)) for value in periods[::step]])
        if targets and periods:
            grid[0].legend(loc="upper left", ncols=2, frameon=False, fontsize=8)
        return _svg(figure, "سهم موافق و مخالف در گذر زمان")


def matrix_figure(rows: pd.DataFrame) -> str:
    """Draw the holder-by-target matrix: net stance as colour, counts as text; return SVG."""
    holders = sorted(
        dict.fromkeys(rows["holder"]),
        key=lambda holder: -int(rows.loc[rows["holder"] == holder, ["favor", "against"]].to_numpy().sum()),
    )[:9]
    targets = sorted(dict.fromkeys(rows["target"]))
    with rc_context(_STYLE):
        figure = Figure(figsize=(5.4, 0.8 + 0.42 * max(1, len(holders))), layout="constrained")
        axes = figure.subplots()
        for y, holder in enumerate(holders):
            for x, target in enumerate(targets):
                cell = rows[(rows["holder"] == holder) & (rows["target"] == target)]
                if cell.empty:
                    continue
                favor, against, net = (
                    int(cell["favor"].iloc[0]),
                    int(cell["against"].iloc[0]),
                    float(cell["net"].iloc[0]),
                )
                colour = COLOURS["favor"] if net > 0 else COLOURS["against"] if net < 0 else COLOURS["neutral"]
                axes.add_patch(_tile(x, y, colour, 0.15 + 0.6 * abs(net)))
                axes.text(x, y, f"{favor} ▲   {against} ▼", ha="center", va="center", fontsize=9)
        axes.set_xlim(-0.5, max(0.5, len(targets) - 0.5))
        axes.set_ylim(max(0.5, len(holders) - 0.5), -0.5)
        axes.set_xticks(range(len(targets)), [name(target) for target in targets])
        axes.set_yticks(range(len(holders)), [name(holder) for holder in holders])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        return _svg(figure, "چه کسی درباره کدام کشور چگونه سخن می‌گوید")


def _quarter_label(value: str) -> str:
    """'1403-2' as 'تابستان ۱۴۰۳'; other periods as they are."""
    seasons = {"1": "بهار", "2": "تابستان", "3": "پاییز", "4": "زمستان"}
    year, _, quarter = value.partition("-")
    return f"{seasons[quarter]} {year}" if quarter in seasons else value


def _tile(x: int, y: int, colour: str, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.48, y - 0.45), 0.96, 0.9, facecolor=colour, alpha=alpha, edgecolor="none")


def _svg(figure: Figure, title: str) -> str:
    """Return the figure as an SVG element with a title for screen readers, its black drawn in the page's own colour."""
    out = io.StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = re.sub(r"^.*?<svg", "<svg", out.getvalue(), count=1, flags=re.DOTALL)
    svg = re.sub(
        r"(<svg[^>]*?) width=\"[^\"]*\" height=\"[^\"]*\"",
        r"\1",
        re.sub(r"<svg ", '<svg role="img" ', svg, count=1),
        count=1,
    )
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"(<svg[^>]*>)", rf"\1<title>{title}</title><style>.wb path,.wb use{{}}</style>", svg, count=1)
    return (
        svg.replace("#000000", "currentColor")
        .replace("#444444", "currentColor")
        .replace("<style>.wb path,.wb use{}</style>", "")
    )
