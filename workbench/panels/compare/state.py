"""What the panel of classifiers shows, without a widget: scores, two classifiers side by side, the items of one cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import traitlets

from workbench.calibration import reliability, risk_coverage
from workbench.comparison import PairedComparison
from workbench.comparison import compare as compare_paired
from workbench.evaluation import NONE, GoldItem, Prediction, score
from workbench.types import STANCES


class CompareState(traitlets.HasTraits):
    """Classifiers' predictions of the same judged items.

    Parameters
    ----------
    items : sequence of GoldItem
    predictions : dict of str to list of Prediction
        By classifier, in the order of the items.

    Attributes
    ----------
    first, second : str
        The two that are compared, at the start the best two; cells are of the first.
    target : str
        ISO code, or empty for all.
    cell : tuple of (str, str) or None
        Gold and predicted stance whose items are listed.
    """

    first = traitlets.Unicode()
    second = traitlets.Unicode()
    target = traitlets.Unicode("")
    cell = traitlets.Tuple(default_value=None, allow_none=True)

    def __init__(self, items: Sequence[GoldItem], predictions: dict[str, list[Prediction]]) -> None:
        if not predictions or any(len(found) != len(items) for found in predictions.values()):
            raise ValueError(
                f"predictions of {', '.join(predictions) or 'no classifier'}; expected {len(items)} of each"
            )
        self.items = list(items)
        self.predictions = predictions
        super().__init__()
        ranked = sorted(predictions, key=lambda name: -self.figures(name)["macro_f1"])
        self.first, self.second = ranked[0], ranked[min(1, len(ranked) - 1)]

    @property
    def names(self) -> list[str]:
        """The classifiers."""
        return list(self.predictions)

    @property
    def targets(self) -> list[str]:
        """Targets among the items."""
        return sorted({item.target for item in self.items})

    def _chosen(self) -> list[int]:
        return [
            index
            for index, item in enumerate(self.items)
            if item.stance != NONE and (not self.target or item.target == self.target)
        ]

    def figures(self, name: str) -> dict[str, Any]:
        """All of `evaluation.score` for one classifier, over the targets chosen."""
        rows = [index for index, item in enumerate(self.items) if not self.target or item.target == self.target]
        return score([self.items[row] for row in rows], [self.predictions[name][row] for row in rows], name)

    def scores(self) -> pd.DataFrame:
        """One row per classifier: macro-F1 with its interval, F1 of each stance, accuracy, calibration error, holders."""
        rows = []
        for name in self.names:
            found = self.figures(name)
            low, high = found["macro_f1_interval"] or (None, None)
            by_stance = {f"f1_{stance}": row["f1"] for stance, row in found["per_stance"].items()}
            rows.append(
                {
                    "classifier": name, "n": found["n"], "macro_f1": found["macro_f1"], "low": low, "high": high, **by_stance,
                    "accuracy": found["accuracy"], "calibration_error": found["calibration_error"],
                    "holder_accuracy": found["holder_accuracy"],
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    def confusion(self, name: str | None = None) -> pd.DataFrame:
        """Counts, gold by predicted."""
        found = self.figures(name or self.first)["confusion"]
        names = [str(stance) for stance in STANCES]
        return pd.DataFrame([[found[row][column] for column in STANCES] for row in STANCES], names, names)

    def paired(self) -> PairedComparison:
        """The first classifier against the second, on the same items."""
        rows = self._chosen()
        gold = [self.items[row].stance for row in rows]
        texts = [self.items[row].text for row in rows]
        first, second = (
            [str(self.predictions[name][row].stance) for row in rows] for name in (self.first, self.second)
        )
        return compare_paired(gold, first, second, texts)

    def reliability(self) -> dict[str, pd.DataFrame]:
        """`calibration.reliability` of the two classifiers."""
        return {name: reliability(*self._probabilities(name)) for name in dict.fromkeys((self.first, self.second))}

    def risk(self) -> dict[str, pd.DataFrame]:
        """`calibration.risk_coverage` of the two classifiers."""
        return {name: risk_coverage(*self._probabilities(name)) for name in dict.fromkeys((self.first, self.second))}

    def _probabilities(self, name: str) -> tuple[list[tuple[float, float, float]], list[str]]:
        rows = self._chosen()
        return [self.predictions[name][row].probabilities for row in rows], [self.items[row].stance for row in rows]

    def behind(self) -> list[tuple[GoldItem, Prediction, Prediction]]:
        """Items of the chosen cell with what both classifiers say, the surest first; of no cell when none is chosen."""
        if self.cell is None:
            return []
        gold, predicted = self.cell
        own, other = self.predictions[self.first], self.predictions[self.second]
        rows = [row for row in self._chosen() if (self.items[row].stance, str(own[row].stance)) == (gold, predicted)]
        rows.sort(key=lambda row: -max(own[row].probabilities))
        return [(self.items[row], own[row], other[row]) for row in rows]
