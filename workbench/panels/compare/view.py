"""The panel of classifiers: scores, the two that are compared, the confusion matrix as buttons, the sentences of a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import ipywidgets as w
import pandas as pd

from workbench import render, score_plots
from workbench.labels import LABELS, name
from workbench.panels.compare.state import CompareState
from workbench.types import STANCES

_MOST = 30


class Compare(w.VBox):  # type: ignore[misc]
    """Classifiers side by side, over one `CompareState`.

    Parameters
    ----------
    state : CompareState
    """

    def __init__(self, state: CompareState) -> None:
        self.state = state
        self._first = w.Dropdown(options=state.names, value=state.first, description="رده‌بند")
        self._second = w.Dropdown(options=state.names, value=state.second, description="در برابر")
        self._target = w.Dropdown(
            options=[("همه", ""), *((name(code), code) for code in state.targets)], value="", description="درباره"
        )
        self._scores, self._paired, self._pictures, self._sentences = (w.HTML() for _ in range(4))
        self._cells = {(gold, told): w.Button() for gold in STANCES for told in STANCES}
        for cell, button in self._cells.items():
            button.on_click(lambda _, cell=cell: setattr(state, "cell", tuple(map(str, cell))))
        labels = [
            w.HTML(f'<div class="wb">{text}</div>') for text in ("داوری انسان ↓ · رده‌بند ←", *map(_label, STANCES))
        ]
        rows = [w.HTML(f'<div class="wb">{_label(gold)}</div>') for gold in STANCES]
        grid = [*labels]
        for gold, head in zip(STANCES, rows, strict=True):
            grid += [head, *(self._cells[gold, told] for told in STANCES)]
        matrix = w.GridBox(grid, layout=w.Layout(grid_template_columns="170px repeat(3, 110px)", grid_gap="4px"))
        style = w.HTML(f"<style>{render.STYLE}{_CSS}</style>")
        choices = w.HBox([self._first, self._second, self._target])
        super().__init__([style, self._scores, choices, self._paired, matrix, self._sentences, self._pictures])
        self.add_class("wb-compare")
        for field, widget in (("first", self._first), ("second", self._second), ("target", self._target)):
            widget.observe(lambda change, field=field: setattr(state, field, change["new"]), "value")
        state.observe(lambda _: self._draw(), ["first", "second", "target"])
        state.observe(lambda _: self._draw_cell(), "cell")
        self._draw()

    def _draw(self) -> None:
        state = self.state
        self._scores.value = scores_html(state.scores())
        self._paired.value = _paired_html(state)
        table = state.confusion()
        for (gold, told), button in self._cells.items():
            button.description = str(table.loc[str(gold), str(told)])
            button.tooltip = f"{LABELS[gold]} ← {LABELS[told]}"
            button.button_style = "success" if gold is told else ""
        figures = score_plots.reliability_figure(state.reliability()), score_plots.risk_figure(state.risk())
        self._pictures.value = f'<div class="wb wb-figures">{"".join(figures)}</div>'
        self._draw_cell()

    def _draw_cell(self) -> None:
        self._sentences.value = self._cell_html(self.state.cell)

    def _cell_html(self, cell: tuple[str, str] | None) -> str:
        if cell is None:
            return '<div class="wb meta">برای دیدن جمله‌ها، خانه‌ای از ماتریس را برگزینید.</div>'
        found = self.state.behind()
        body = "".join(_row(*one) for one in found[:_MOST])
        title = (
            f"{_label(cell[0])} در داوری انسان، {_label(cell[1])} در {render.safe(self.state.first)}: {len(found)} جمله"
        )
        head = "".join(f"<th scope='col'>{text}</th>" for text in ("درباره", "اطمینان", self.state.second, "جمله"))
        return (
            f'<div class="wb"><h3>{title}</h3><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add a static twin: viewers that know no widgets show the tables and pictures."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/html"] = self.static_html()
        return bundle

    def static_html(self) -> str:
        """Return what is on the screen as HTML without widgets, with the confusion matrix as a table."""
        table = self.state.confusion()
        head = "".join(f"<th scope='col'>{_label(told)}</th>" for told in table.columns)
        body = "".join(
            f"<tr><th scope='row'>{_label(gold)}</th>{''.join(f'<td>{count}</td>' for count in row)}</tr>"
            for gold, row in zip(table.index, table.to_numpy(), strict=True)
        )
        matrix = f'<div class="wb"><table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        parts = (self._scores.value, self._paired.value, matrix, self._sentences.value, self._pictures.value)
        return f"<style>{render.STYLE}{_CSS}</style>{''.join(parts)}"


_COLUMNS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "classifier": ("رده‌بند", lambda value: f"<bdi>{render.safe(str(value))}</bdi>"),
    "n": ("شمار", str),
    "macro_f1": ("macro-F1", lambda value: f"{value:.2f}"),
    "interval": ("۹۵٪", str),
    "f1_favor": ("F1 موافق", lambda value: f"{value:.2f}"),
    "f1_neutral": ("F1 خنثی", lambda value: f"{value:.2f}"),
    "f1_against": ("F1 مخالف", lambda value: f"{value:.2f}"),
    "accuracy": ("درستی", lambda value: f"{value:.2f}"),
    "calibration_error": ("ECE", lambda value: f"{value:.3f}"),
    "holder_accuracy": ("دارنده", lambda value: "—" if value is None or value != value else f"{value:.2f}"),
}


def scores_html(rows: pd.DataFrame) -> str:
    """Render the table of scores."""
    body = ""
    for row in rows.to_dict("records"):
        row["interval"] = "—" if row["low"] is None else f"<bdi dir='ltr'>[{row['low']:.2f}, {row['high']:.2f}]</bdi>"
        body += f"<tr>{''.join(f'<td>{write(row[field])}</td>' for field, (_, write) in _COLUMNS.items())}</tr>"
    head = "".join(f"<th scope='col'>{label}</th>" for label, _ in _COLUMNS.values())
    return f'<div class="wb"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _paired_html(state: CompareState) -> str:
    found = state.paired()
    gap = found.difference
    names = render.safe(state.first), render.safe(state.second)
    return (
        f'<div class="wb meta" role="status"><bdi>{names[0]}</bdi> در برابر <bdi>{names[1]}</bdi>: '
        f"<bdi dir='ltr'>macro-F1 {gap.estimate:+.3f} [{gap.low:+.3f}, {gap.high:+.3f}]</bdi> · "
        f"فقط اولی درست: {found.only_first} · فقط دومی درست: {found.only_second} · <bdi dir='ltr'>McNemar p = {found.p_value:.3g}</bdi></div>"
    )


def _row(item: Any, own: Any, other: Any) -> str:
    judgements = [
        {
            **asdict(judgement),
            "stance": str(judgement.stance),
            "mentions": _spans(judgement.mentions),
            "evidence": _spans(judgement.evidence),
        }
        for judgement in own.judgements
    ]
    sentence = render.marked(item.text, 0, len(item.text), judgements)
    sure = max(own.probabilities)
    return f"<tr><td>{render.safe(name(item.target))}</td><td>{sure:.2f}</td><td>{_label(other.stance)}</td><td>{sentence}</td></tr>"


def _spans(spans: Any) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _label(stance: str) -> str:
    return render.stance_label(str(stance))


_CSS = """
.wb-compare{direction:rtl}.wb-compare .widget-gridbox button{width:auto;font-variant-numeric:tabular-nums}
.wb-figures{display:flex;flex-wrap:wrap;gap:18px}.wb-figures svg{width:330px;height:auto}
.wb-compare button:focus-visible{outline:2px solid var(--jp-brand-color1,#1565c0)}
"""
