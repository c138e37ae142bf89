"""Figures of how good classifiers are, as SVG text: are they as sure as they are right, and what does abstaining buy."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure

# Told apart by the colour-blind (Okabe and Ito), by mark and by line besides.
_LOOKS = (("#0072b2", "o", "-"), ("#d55e00", "s", "--"), ("#009e73", "^", "-."), ("#cc79a7", "v", ":"))
_STYLE: Any = {
    "svg.fonttype": "path",
    "svg.hashsalt": "workbench",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def reliability_figure(tables: dict[str, pd.DataFrame]) -> str:
    """Draw accuracy against confidence, from `calibration.reliability` of each classifier; return SVG."""
    with rc_context(_STYLE):
        figure = Figure(figsize=(4.2, 3.6), layout="constrained")
        axes = figure.subplots()
        axes.plot([0.3, 1], [0.3, 1], color="#999", linewidth=1, linestyle=":")
        for (name, table), (colour, mark, line) in zip(tables.items(), _LOOKS, strict=False):
            axes.plot(table["confidence"], table["accuracy"], color=colour, linestyle=line, label=name)
            axes.scatter(table["confidence"], table["accuracy"], 12 + table["n"] / 3, color=colour, marker=mark)
        axes.set_xlabel("mean confidence")
        axes.set_ylabel("share right")
        axes.set_xlim(0.3, 1.02)
        axes.set_ylim(0, 1.05)
        axes.legend(frameon=False, fontsize=8)
        return _svg(figure, "Reliability: confidence against share right; on the dotted line both agree")


def risk_figure(tables: dict[str, pd.DataFrame]) -> str:
    """Draw error against coverage, from `calibration.risk_coverage` of each classifier; return SVG."""
    with rc_context(_STYLE):
        figure = Figure(figsize=(4.2, 3.6), layout="constrained")
        axes = figure.subplots()
        for (name, table), (colour, _, line) in zip(tables.items(), _LOOKS, strict=False):
            axes.plot(table["coverage"], table["risk"], color=colour, linestyle=line, label=name)
        axes.set_xlabel("share judged, the surest first")
        axes.set_ylabel("share wrong")
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, None)
        axes.legend(frameon=False, fontsize=8)
        return _svg(figure, "Risk against coverage: what is left to a person lowers the error of the rest")


def curve_figure(table: pd.DataFrame, baseline: float | None = None) -> str:
    """Draw a learning curve with its band, from `learning.learning_curve`; return SVG."""
    with rc_context(_STYLE):
        figure = Figure(figsize=(4.2, 3.2), layout="constrained")
        axes = figure.subplots()
        axes.fill_between(table["n"], table["low"], table["high"], color=_LOOKS[0][0], alpha=0.18, linewidth=0)
        axes.plot(table["n"], table["macro_f1"], color=_LOOKS[0][0], marker="o")
        if baseline is not None:
            axes.axhline(baseline, color="#999", linewidth=1, linestyle=":")
        axes.set_xlabel("judged passages learned from")
        axes.set_ylabel("macro-F1")
        return _svg(figure, "Learning curve with 95 % intervals")


def _svg(figure: Figure, title: str) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    text = buffer.getvalue().replace(
        "#000000", "currentColor"
    )  # letters and axes as the page's own text, light or dark
    head = f'<svg role="img" aria-label="{title}" fill="currentColor" '
    return text[text.index("<svg") :].replace("<svg ", head, 1)
