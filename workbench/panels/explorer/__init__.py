"""The explorer: filters, pictures, words, sentences and the article behind them, over one selection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.choosing import judge_of
from workbench.corpus import load
from workbench.judging import judge
from workbench.labels import Language
from workbench.panels.explorer.state import ExplorerState
from workbench.selection import Selection
from workbench.stance import available
from workbench.store import open_stances
from workbench.targets import DEFAULT_TARGETS

__all__ = ["ExplorerState", "Selection", "explore"]


def explore(
    articles: Any,
    stances: Any = None,
    *,
    classifier: str | Any = "rules",
    targets: Sequence[str] = DEFAULT_TARGETS,
    selection: str | None = None,
    language: Language = "fa",
    scores: dict[str, Any] | None = None,
) -> Any:
    """Open the explorer on a corpus.

    Parameters
    ----------
    articles : DataFrame or source
        An articles table, or anything that `workbench.load` takes.
    stances : DataFrame or path, optional
        Stances of these articles; judged now when absent.
    classifier : str or estimator or path
        Who judged, or judges, them. Others can be chosen in the explorer, and judge beside it.
    targets : sequence of str
    selection : str, optional
        A selection's text form, to begin with.
    language : {'fa', 'en'}
        Of the interface.
    scores : dict, optional
        What `workbench.evaluate` said of the classifier; files that are shared carry it.

    Returns
    -------
    Explorer
        A widget; its ``state`` is an `ExplorerState`.
    """
    from workbench.panels.explorer.view import Explorer

    table = articles if isinstance(articles, pd.DataFrame) else load(articles)
    judged = open_stances(Path(stances)) if isinstance(stances, str | Path) else stances
    if judged is None:
        judged = judge(table, classifier, targets)
    name = classifier if isinstance(classifier, str) else _name(judged)
    state = ExplorerState(
        table,
        judged,
        classifier=name,
        make_judge=lambda which: judge_of(which, tuple(targets)),
        classifiers=tuple(available()),
        language=language,
    )
    if selection:
        state.selection = Selection.from_text(selection)
    return Explorer(state, scores)


def _name(judged: pd.DataFrame) -> str:
    return str(judged["classifier"].iloc[0]).partition(" ")[0] if len(judged) else "classifier"
