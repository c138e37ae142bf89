"""The behavioural suite: minimal pairs, phenomenon by phenomenon. A pair counts when both of its sentences are judged right.

References
----------
Ribeiro et al. (2020), Beyond Accuracy: Behavioral Testing of NLP Models with CheckList, ACL; Gardner et al. (2020), Evaluating
Models' Local Decision Boundaries via Contrast Sets, Findings of EMNLP.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import SeedError
from workbench.evaluation import NONE, GoldItem, Prediction, predict
from workbench.seeds import seed_path
from workbench.stance import classifier as find_classifier
from workbench.statistics import wilson
from workbench.types import STANCES


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that differ in one thing.

    Attributes
    ----------
    id, phenomenon : str
    items : tuple of GoldItem
        Two.
    note : str
        What differs, and why the stances are what they are.
    """

    id: str
    phenomenon: str
    items: tuple[GoldItem, GoldItem]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A pair with what a classifier said of its items."""

    pair: Pair
    predictions: tuple[Prediction, Prediction]

    @property
    def items_right(self) -> tuple[bool, bool]:
        """Whether each item is right; one that does not name the state is when no mention is found."""
        first, second = map(_right, self.pair.items, self.predictions)
        return first, second

    @property
    def right(self) -> bool:
        """Whether both items are."""
        return all(self.items_right)


def _right(item: GoldItem, prediction: Prediction) -> bool:
    if item.stance == NONE:
        return prediction.missed
    return not prediction.missed and item.stance == prediction.stance


def read_suite(folder: str | Path | None = None) -> list[Pair]:
    """Read the suite: `seeds/behaviour/*.jsonl`, or a folder of the same form.

    Raises
    ------
    SeedError
        A line is not a pair, or there is none.
    """
    paths = sorted(Path(folder if folder is not None else seed_path("behaviour")).glob("*.jsonl"))
    pairs = [
        _pair(line, f"{path.name}:{number}")
        for path in paths
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1)
        if line.strip()
    ]
    if not pairs:
        raise SeedError(f"{folder or 'seeds/behaviour'}: holds no pairs")
    return pairs


def _pair(line: str, where: str) -> Pair:
    try:
        row = json.loads(line)
        first, second = (
            GoldItem(f"{row['id']}/{number}", item["text"], item["target"], item["stance"], item.get("holder"))
            for number, item in enumerate(row["items"], 1)
        )
        pair = Pair(row["id"], row["phenomenon"], (first, second), row.get("note", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SeedError(
            f"{where}: expected id, phenomenon and two items with text, target and stance ({error})"
        ) from error
    for item in pair.items:
        if item.stance not in (*STANCES, NONE):
            raise SeedError(f"{where}: stance is {item.stance!r}; expected one of {', '.join((*STANCES, NONE))}")
    return pair


def run_suite(classifier: str | Any, pairs: Sequence[Pair] | None = None) -> list[Outcome]:
    """Judge every pair.

    Parameters
    ----------
    classifier : str or path or estimator
    pairs : sequence of Pair, optional
        The shipped suite when absent.
    """
    suite = list(pairs) if pairs is not None else read_suite()
    found = predict([item for pair in suite for item in pair.items], find_classifier(classifier))
    return [Outcome(pair, (found[2 * at], found[2 * at + 1])) for at, pair in enumerate(suite)]


def table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Tabulate by phenomenon.

    Returns
    -------
    DataFrame
        One row per phenomenon and a last one ``all``: ``pairs``, ``right`` (share of pairs with both items right) with its
        Wilson interval ``low`` and ``high``, and ``items`` (share of single items right).
    """
    rows = pd.DataFrame(
        {
            "phenomenon": [outcome.pair.phenomenon for outcome in outcomes],
            "right": [outcome.right for outcome in outcomes],
            "items": [sum(outcome.items_right) / 2 for outcome in outcomes],
        }
    )
    both = pd.concat([rows, rows.assign(phenomenon="all")])
    counts = both.groupby("phenomenon", sort=False).agg(
        pairs=("right", "size"), hits=("right", "sum"), items=("items", "mean")
    )
    low, high = wilson(counts["hits"], counts["pairs"])
    found = counts.assign(right=counts["hits"] / counts["pairs"], low=low, high=high)
    return found[["pairs", "right", "low", "high", "items"]].reset_index()
