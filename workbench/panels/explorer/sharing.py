"""The selection as a file to share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from workbench.errors import UnknownNameError
from workbench.export import FORMATS, exported
from workbench.panels.explorer.state import ExplorerState
from workbench.provenance import provenance
from workbench.reporting import page


def shared(
    state: ExplorerState, kind: str, scores: dict[str, Any] | None = None, corpus_hash: str | None = None
) -> tuple[str, bytes, str]:
    """Return name, content and media type of a file of the selection.

    Raises
    ------
    UnknownNameError
        No such kind of file.
    """
    if kind not in {*FORMATS, "html"}:
        raise UnknownNameError("kind of file", kind, [*FORMATS, "html"])
    name = f"stances-{datetime.now(UTC):%Y%m%d-%H%M%S}.{kind}"
    with state.everything_judged():
        if kind == "html":
            content = page(state.articles, state.columns.stances, selection=state.selection, scores=scores)
            return name, content.encode("utf-8", "replace"), "text/html"
        rows = state.columns.stances[state.mask]
        record = provenance(
            state.articles, state.columns.stances, state.selection, rows, scores=scores, corpus_hash=corpus_hash
        )
        write, mime = FORMATS[kind]
        return name, write(exported(rows, state.articles), record), mime
