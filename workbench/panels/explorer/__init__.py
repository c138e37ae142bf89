"""The explorer: filters, pictures, sentences and the article behind them, over one selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.corpus import load
from workbench.judging import judge
from workbench.panels.explorer.state import ExplorerState, Selection
from workbench.targets import DEFAULT_TARGETS

__all__ = ["ExplorerState", "Selection", "explore"]


def explore(
    articles: Any,
    stances: Any = None,
    *,
    classifier: str | Any = "rules",
    targets: Sequence[str] = DEFAULT_TARGETS,
    selection: str | None = None,
) -> Any:
    """Open the explorer on a corpus.

    Parameters
    ----------
    articles : DataFrame or source
        An articles table, or anything that `workbench.load` takes.
    stances : DataFrame, optional
        Stances of these articles; judged now when absent.
    classifier : str or estimator or path
    targets : sequence of str
    selection : str, optional
        A selection's text form, to begin with.

    Returns
    -------
    Explorer
        A widget; its ``state`` is an `ExplorerState`.
    """
    from workbench.panels.explorer.view import Explorer

    table = load(articles)
    judged = judge(table, classifier, targets) if stances is None else stances
    state = ExplorerState(table, judged, rejudge=lambda which: judge(table, which, targets))
    if selection:
        state.selection = Selection.from_text(selection)
    return Explorer(state)
