"""Classifiers side by side on judged sentences, down to the sentences behind a cell of the confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.evaluation import GoldItem, predict, read_gold
from workbench.panels.compare.state import CompareState
from workbench.stance import available
from workbench.stance import classifier as find_classifier

__all__ = ["CompareState", "compare"]


def compare(gold: str | Path | Sequence[GoldItem], classifiers: Sequence[str | Any] | None = None) -> Any:
    """Judge gold with several classifiers and open the panel.

    Parameters
    ----------
    gold : path or sequence of GoldItem
    classifiers : sequence of str or estimator or path, optional
        All that judge here without training or paying, when absent.

    Returns
    -------
    Compare
        A widget; its ``state`` is a `CompareState`.
    """
    from workbench.panels.compare.view import Compare

    items = read_gold(gold) if isinstance(gold, str | Path) else list(gold)
    chosen = available() if classifiers is None else classifiers
    made = [find_classifier(which) for which in chosen]
    named = [which if isinstance(which, str) else one.name for which, one in zip(chosen, made, strict=True)]
    return Compare(CompareState(items, {name: predict(items, one) for name, one in zip(named, made, strict=True)}))
