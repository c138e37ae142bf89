"""One self-contained HTML page: pictures, sentences with filters and search, the articles; no network, no kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from workbench import corpus, judging
from workbench.reporting.page import page
from workbench.selection import Selection
from workbench.targets import DEFAULT_TARGETS

__all__ = ["page", "report", "write_report"]


def report(
    source: Any, path: str | Path, *, classifier: str | Any = "rules", targets: tuple[str, ...] = DEFAULT_TARGETS
) -> Path:
    """Judge a source and write its page; see `write_report`."""
    articles = corpus.load(source)
    return write_report(articles, judging.judge(articles, classifier, targets), Path(path))


def write_report(
    articles: pd.DataFrame,
    stances: pd.DataFrame,
    path: Path,
    *,
    selection: Selection | None = None,
    scores: dict[str, Any] | None = None,
) -> Path:
    """Write one HTML page of a corpus and its stances.

    Parameters
    ----------
    articles, stances : DataFrame
        The tables of the contract.
    path : Path
    selection : Selection, optional
        What of them; everything when absent.
    scores : dict, optional
        What `workbench.evaluate` said of the classifier, for the provenance.

    Returns
    -------
    Path
        As given.
    """
    path.write_text(page(articles, stances, selection=selection, scores=scores), "utf-8")
    return path
