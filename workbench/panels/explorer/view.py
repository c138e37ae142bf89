"""The explorer's widgets: they write the selection and draw what follows from it."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from workbench import plots, render, summarize
from workbench.panels.explorer.state import ExplorerState
from workbench.plots import LABELS, name
from workbench.stance import CLASSIFIERS
from workbench.types import STANCES

_PAGE = 10
_LONGEST = 170


class Explorer(w.VBox):  # type: ignore[misc]
    """Filters, pictures, the list of sentences and the reader, over one `ExplorerState`.

    Parameters
    ----------
    state : ExplorerState
    """

    def __init__(self, state: ExplorerState) -> None:
        self.state = state
        self._page = 0
        self._style = w.HTML(f"<style>{render.STYLE}{_CSS}</style>")
        self._filters = self._make_filters()
        self._summary, self._shares, self._time, self._matrix = (w.HTML() for _ in range(4))
        self._list = w.VBox([])
        self._position = w.HTML()
        self._reader = w.HTML(_EMPTY_READER)
        previous, following = _button("صفحه پیش", lambda: self._turn(-1)), _button("صفحه بعد", lambda: self._turn(1))
        self._pictures = w.Tab(
            [w.VBox([self._summary, self._shares]), self._time, self._matrix],
            titles=("سهم‌ها", "در زمان", "چه کسی از چه کسی"),
        )
        sentences = w.VBox([_heading("جمله‌ها"), self._list, w.HBox([previous, following, self._position])])
        left = w.VBox([self._pictures])
        main = w.VBox([left, w.HBox([sentences, self._reader])])
        side = w.VBox(
            [
                _heading("پالایه‌ها"),
                *self._filters.values(),
                _button("بازگشت", state.undo),
                _button("پاک کردن", self._clear),
            ]
        )
        for box, css in (
            (side, "wb-side"),
            (main, "wb-main"),
            (sentences, "wb-sentences"),
            (self._reader, "wb-reader-box"),
            (left, "wb-pictures"),
        ):
            box.add_class(css)
        body = w.HBox([side, main])
        body.add_class("wb-body")
        super().__init__([self._style, body])
        self.add_class("wb-explorer")
        state.observe(lambda _: self._draw(), "selection")
        state.observe(lambda _: self._draw_reader(), "chosen")
        self._draw()

    def _make_filters(self) -> dict[str, Any]:
        table = self.state.table

        def many(column: str, label: str) -> Any:
            values = [value for value in table[column].cat.categories if isinstance(value, str)]
            titles = {**LABELS, "quoted": "نقل قول", "outlet": "خود رسانه"}
            options = [(titles.get(value, name(value)), value) for value in values]
            return w.SelectMultiple(options=options, description=label, rows=min(5, max(2, len(options))))

        made = {
            "targets": many("target", "درباره"),
            "stances": w.SelectMultiple(
                options=[(LABELS[stance], str(stance)) for stance in STANCES], description="موضع", rows=3
            ),
            "holders": many("holder", "از سوی"),
            "outlets": many("outlet", "رسانه"),
            "voices": many("voice", "صدا"),
            "since": w.Text(description="از تاریخ", placeholder="2023-03-21", continuous_update=False),
            "until": w.Text(description="تا تاریخ", placeholder="2025-03-20", continuous_update=False),
            "words": w.Text(description="واژه‌ها", continuous_update=False),
            "confidence": w.FloatSlider(description="اطمینان", min=0, max=1, step=0.05, continuous_update=False),
            "classifier": w.Dropdown(
                options=list(CLASSIFIERS), value=self.state.selection.classifier, description="رده‌بند"
            ),
        }
        for field, widget in made.items():
            widget.add_class("wb-filter")
            widget.observe(lambda change, field=field: self._narrow(field, change["new"]), "value")
        return made

    def _narrow(self, field: str, value: Any) -> None:
        if value != getattr(self.state.selection, field):
            self._page = 0
            if field in {"since", "until"} and not _is_date(value):
                return
            self.state.select(**{field: value})

    def _clear(self) -> None:
        self.state.select(
            outlets=(), targets=(), stances=(), holders=(), voices=(), since="", until="", words="", confidence=0.0
        )

    def _turn(self, step: int) -> None:
        last = max(0, (len(self.state.rows) - 1) // _PAGE)
        self._page = min(max(0, self._page + step), last)
        self._draw_list()

    def _draw(self) -> None:
        for field, widget in self._filters.items():
            value = getattr(self.state.selection, field)
            if widget.value != value:
                widget.value = value
        rows = self.state.rows
        articles = rows["article_id"].nunique()
        self._summary.value = f'<div class="wb meta" role="status">{len(rows)} داوری در {articles} خبر</div>'
        empty = '<div class="wb meta">در این گزینش چیزی نیست.</div>'
        self._shares.value = _figure(plots.shares_figure(summarize.shares(rows))) if len(rows) else empty
        dated = rows[rows["jalali_quarter"].notna()]
        self._time.value = (
            _figure(plots.time_figure(summarize.shares(dated, ["target", "jalali_quarter"]), "jalali_quarter"))
            if len(dated)
            else empty
        )
        held = summarize.matrix(rows)
        self._matrix.value = _figure(plots.matrix_figure(held)) if len(held) else empty
        self._draw_list()
        self._draw_reader()

    def _draw_list(self) -> None:
        found = self.state.sentences(self._page * _PAGE, _PAGE)
        buttons = []
        for row in found:
            sentence = " ".join(row["text"][row["start"] : row["end"]].split())
            short = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"
            holder = f" · {name(row['holder'])}" if isinstance(row["holder"], str) else ""
            label = f"{render.SIGNS[row['stance']]} {name(row['target'])}{holder}  —  {short}"
            button = _button(label, lambda row=row: self._open(row))
            button.add_class("wb-sentence")
            button.add_class(f"wb-{row['stance']}")
            button.tooltip = row["reason"]
            buttons.append(button)
        self._list.children = buttons
        total = len(self.state.rows)
        self._position.value = f'<span class="wb meta">{min(total, self._page * _PAGE + 1)}–{min(total, (self._page + 1) * _PAGE)} از {total}</span>'

    def _open(self, row: dict[str, Any]) -> None:
        self.state.chosen = (row["article_id"], int(row["sentence"]))

    def _draw_reader(self) -> None:
        reading = self.state.reading()
        self._reader.value = render.reader(*reading) if reading else _EMPTY_READER

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add a static twin: viewers that know no widgets show the pictures and the first sentences."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/html"] = self.static_html()
        return bundle

    def static_html(self) -> str:
        """Return what is on the screen as HTML without widgets."""
        pictures = "".join(part.value for part in (self._summary, self._shares, self._time, self._matrix))
        table = render.sentence_rows(self.state.sentences(0, 2 * _PAGE))
        return f"<style>{render.STYLE}</style>{pictures}{table}"


_EMPTY_READER = '<div class="wb meta">برای خواندن خبر، جمله‌ای را برگزینید.</div>'
_CSS = """
.wb-explorer{direction:rtl}.wb-body{gap:14px;align-items:stretch}
.wb-side{width:250px;flex:0 0 250px}.wb-main{flex:1 1 auto;min-width:0}
.wb-pictures .wb-figure{max-width:600px;margin-right:0;margin-left:auto}
.wb-filter{width:240px!important}.wb-filter .widget-label{text-align:right;min-width:62px;width:62px}
.wb-sentences{flex:1 1 50%;min-width:0}.wb-reader-box{flex:1 1 50%;min-width:0}
.wb-explorer button.wb-sentence{width:100%;height:auto;min-height:30px;white-space:normal;text-align:right;direction:rtl;line-height:1.7;
 padding:3px 10px;background:transparent;border-right:3px solid #8c8c8c;font-family:Vazirmatn,"Noto Naskh Arabic",Tahoma,"DejaVu Sans",sans-serif}
.wb-explorer button.wb-favor{border-right:3px solid #0072b2}.wb-explorer button.wb-against{border-right:3px dashed #d55e00}
.wb-explorer button:focus-visible{outline:2px solid var(--jp-brand-color1,#1565c0)}
"""


def _button(label: str, action: Any) -> Any:
    made = w.Button(description=label)
    made.on_click(lambda _: action())
    return made


def _heading(text: str) -> Any:
    return w.HTML(f'<div class="wb"><h3>{text}</h3></div>')


def _figure(svg: str) -> str:
    return f'<div class="wb wb-figure">{svg}</div>'


def _is_date(value: str) -> bool:
    import pandas as pd

    return not value or not pd.isna(pd.to_datetime(value, errors="coerce", format="%Y-%m-%d"))
