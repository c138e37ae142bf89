"""The explorer's widget: one frame in the browser, drawn here and told what was chosen there."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display as _display

from workbench import provenance
from workbench.choosing import iso_day
from workbench.labels import number, percent, say, short_date
from workbench.panels.explorer import shell, twin
from workbench.panels.explorer.sharing import shared
from workbench.panels.explorer.state import ExplorerState
from workbench.panels.explorer.tabs import TABS
from workbench.selection import FACETS, Selection

_SETTINGS = {
    "calendar": ("jalali", "gregorian"),
    "period": ("", "week", "month", "quarter", "year"),
    "order": ("certain", "unsure", "newest", "text"),
    "kwic_order": ("before", "after", "text"),
    "language": ("fa", "en"),
}
# The twin is brought up to date when nothing has been asked for so long, a tab at a time.
# Untyped where it comes from.
display: Any = _display
_QUIET, _BETWEEN = 1.5, 0.02
_IN_TWIN = ("selection", "chosen", "page", "calendar", "period", "order", "kwic_order", "works", "language")


class Explorer(anywidget.AnyWidget):
    """Filters and tabs over one `ExplorerState`.

    Parameters
    ----------
    state : ExplorerState
    scores : dict, optional
        What `workbench.evaluate` said of the classifier, for the provenance.
    """

    _esm = Path(__file__).with_name("explorer.js")
    _css = twin.CSS
    _shell = traitlets.Unicode().tag(sync=True)
    _status = traitlets.Unicode().tag(sync=True)
    _works = traitlets.Unicode().tag(sync=True)
    _facets = traitlets.Unicode().tag(sync=True)
    _panel = traitlets.Unicode().tag(sync=True)
    _values = traitlets.Dict().tag(sync=True)
    _language = traitlets.Unicode("fa").tag(sync=True)
    _twin = traitlets.Unicode().tag(sync=True)

    def __init__(self, state: ExplorerState, scores: dict[str, Any] | None = None) -> None:
        self.state = state
        self.scores = scores
        self._said, self._focus = "", ""
        self._busy = False
        self._revision = 0
        self._corpus_hash: str | None = None
        self._kept: Any = None
        self._sections: dict[str, str] = {}
        self._about = ""
        self._refreshing: asyncio.Task[None] | None = None
        self._shown: tuple[Any, ...] = ()
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
        super().__init__()
        self._twin = f"wb{uuid.uuid4().hex[:10]}"
        self._draw(frame=True)
        watched = ["selection", "tab", "chosen", "page", "calendar", "period", "order", "kwic_order", "works"]
        state.observe(lambda _: self._redraw(), watched)
        state.observe(lambda _: self._draw(frame=True), "language")
        state.on_background = self._tell
        self.on_msg(lambda _, command, __: self.do(command))

    # What the browser asks

    def do(self, command: dict[str, Any]) -> None:
        """Carry out a command of the browser's; what it cannot do is said in the status line."""
        self._said, self._focus, self._busy = "", "", True
        try:
            for name, value in command.items():
                if name in self._commands:
                    self._commands[name](value, command)
        except (ValueError, TypeError, KeyError, IndexError, traitlets.TraitError) as error:
            self._said = str(error)
        except Exception as error:  # a failed export must not silence the widget
            self._said = f"{type(error).__name__}: {error}"
        finally:
            self._busy = False
        self._draw()
        if self._focus:
            self.send({"focus": self._focus})

    @property
    def _commands(self) -> dict[str, Callable[[Any, dict[str, Any]], object]]:
        state = self.state
        return {
            "narrow": self._narrow,
            "select": lambda change, _: self._select(change),
            "toggle": lambda pair, _: state.toggle(*pair),
            "tab": lambda tab, _: state.go(tab=tab),
            "page": lambda page, _: setattr(state, "page", max(0, int(page))),
            "set": lambda change, _: self._set(change),
            "read": lambda row, _: self._read(int(row)),
            "neighbour": lambda step, _: state.neighbour(1 if step > 0 else -1),
            "undo": lambda *_: state.undo(),
            "clear": lambda *_: state.clear(),
            "stop": lambda *_: state.stop(),
            "resume": lambda *_: state.resume(),
            "code": lambda *_: self._copy("copy_code", state.code()),
            "text": lambda *_: self._copy("copy_selection", state.selection.to_text()),
            "restore": lambda text, _: state.go(selection=Selection.from_text(text)),
            "export": lambda kind, _: self._export(kind),
        }

    def _narrow(self, change: dict[str, Any], command: dict[str, Any]) -> None:
        known = {*FACETS, "words", "period"}
        if not set(change) <= known:
            raise ValueError(f"narrowed by {', '.join(set(change) - known)}; expected {', '.join(sorted(known))}")
        onward = "concordance" if "words" in change else "sentences"
        self.state.narrow(change, None if command.get("stay") else onward)

    def _select(self, change: dict[str, Any]) -> None:
        given = dict(change)
        if "options" in given or "classifier" in given:
            name, _, options = self.state.selection.classifier.partition("(")
            if "classifier" in given:
                name, options = given["classifier"], ""
            options = given.pop("options", options.removesuffix(")")).strip()
            given["classifier"] = f"{name}({options})" if options else name
            self.state.select(**given)
            try:
                len(self.state.columns)  # begins the judging, or says why it cannot
            except Exception:
                self.state.undo()
                raise
            return
        for name in ("since", "until"):
            if given.get(name):
                given[name] = iso_day(given[name])
        if "confidence" in given:
            given["confidence"] = float(given["confidence"])
        self.state.select(**given)

    def _set(self, change: dict[str, Any]) -> None:
        for name, value in change.items():
            if value not in _SETTINGS.get(name, ()):
                raise ValueError(f"{name} {value!r}: expected one of {', '.join(_SETTINGS.get(name, ()))}")
            setattr(self.state, name, value)
            if name in ("order", "kwic_order"):
                self.state.page = 0

    def _read(self, row: int) -> None:
        self.state.read(row)
        self._focus = ".reader"

    def _copy(self, label: str, text: str) -> None:
        language = self.state.language
        self.send({"copy": text, "label": say(label, language), "close": say("clear", language)})
        self._said = say("copied", language)

    def _export(self, kind: str) -> None:
        name, content, mime = shared(self.state, kind, self.scores, self._corpus_hash)
        self.send({"download": name, "mime": mime}, buffers=[content])
        self._said = (
            f"{say('saved', self.state.language)}: {name} ({number(len(content) / 1024, self.state.language)} KB)"
        )

    # What it shows

    def _redraw(self) -> None:
        if not self._busy:
            self._draw()

    def _draw(self, *, frame: bool = False) -> None:
        state = self.state
        self._revision += 1
        with self.hold_sync():
            if frame:
                self._language = state.language
                self._shell = shell.shell(state, self._twin)
            self._status = shell.status(state, self._said)
            self._works = shell.works(state)
            self._facets = shell.facets(state)
            self._panel = TABS[state.tab](state, True)
            self._values = self._inputs()
        self._refresh_soon()

    def _inputs(self) -> dict[str, Any]:
        state = self.state
        chosen = state.selection
        classifier, _, options = chosen.classifier.partition("(")
        return {
            **{name: getattr(chosen, name) for name in ("words", "confidence")},
            **{name: short_date(getattr(chosen, name), state.language) for name in ("since", "until")},
            "confidence_text": percent(chosen.confidence, state.language),
            "classifier": classifier,
            "options": options.removesuffix(")"),
            "tab": state.tab,
            "can_undo": state.can_undo,
            "rev": self._revision,
        }

    # What goes on beside

    def _tell(self) -> None:
        """Called in a working thread: the kernel's own thread takes in what there is."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take_in)

    def _take_in(self) -> None:
        if not self.state.collect():  # nothing but progress
            self._works = shell.works(self.state)

    def _refresh_soon(self) -> None:
        if self._kept is None or self._loop is None or self._loop.is_closed():
            return
        shown = tuple(getattr(self.state, name) for name in _IN_TWIN)
        if shown == self._shown:
            return  # a copy, an export and another tab change nothing of it, and must not put it off
        self._shown = shown
        if self._refreshing is not None:
            self._refreshing.cancel()
        self._refreshing = self._loop.create_task(self._refresh())

    async def _refresh(self) -> None:
        """Bring the static twin up to date in small steps, so that no filter waits for it."""
        await asyncio.sleep(_QUIET)
        about = await asyncio.to_thread(self._provenance)
        sections = {}
        for tab in TABS:
            sections[tab] = twin.section(self.state, tab)
            await asyncio.sleep(_BETWEEN)
        self._sections, self._about = sections, about
        self._kept.update({"text/html": self._twin_html(), "text/plain": repr(self)}, raw=True)

    # The static twin

    def static_html(self) -> str:
        """Return what the selection shows as HTML that needs neither widgets nor a kernel."""
        self._sections = {tab: twin.section(self.state, tab) for tab in TABS}
        self._about = self._provenance()
        return self._twin_html()

    def _twin_html(self, *, first: bool = False) -> str:
        return twin.twin(self.state, self._twin, self._sections, self._about, first=first)

    def _provenance(self) -> str:
        state = self.state
        columns, mask = state.columns, state.mask
        if self._corpus_hash is None:
            self._corpus_hash = provenance.fingerprint(state.articles)
        record = provenance.provenance(
            state.articles,
            columns.stances,
            state.selection,
            columns.stances[mask],
            corpus_hash=self._corpus_hash,
            scores=self.scores,
        )
        return provenance.to_html(record, say("provenance", state.language))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add a static twin to the widget, for viewers that know no widgets."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data: Any = bundle[0] if isinstance(bundle, tuple) else bundle
        if not self._sections:
            self.static_html()
        data["text/html"] = self._twin_html(first=True)
        return bundle

    def _ipython_display_(self) -> None:
        """Show a twin that is kept up to date, then the widget, in whose presence the twin hides.

        What is saved of a notebook is its outputs: with the twin as an output of its own, the last selection is there
        for those who open it without a kernel, even where a viewer takes the widget's own output for a live one.
        """
        self._kept = display(
            {"text/html": self.static_html(), "text/plain": repr(self)}, raw=True, display_id=self._twin
        )
        display(self._bundle(), raw=True)

    def _bundle(self) -> Any:
        bundle = self._repr_mimebundle_()
        return bundle[0] if isinstance(bundle, tuple) else bundle

    def export(self, path: str | Path) -> Path:
        """Write the selection to a file: ``.csv``, ``.xlsx``, ``.parquet``, ``.bib``, or ``.html`` for a report."""
        target = Path(path)
        _, content, _ = shared(self.state, target.suffix.removeprefix("."), self.scores, self._corpus_hash)
        target.write_bytes(content)
        return target
