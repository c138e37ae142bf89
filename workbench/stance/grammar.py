"""`grammar`: logistic regression over the few numbers of a briefing, no word among them.

What the rules say, how near each phrase of the lexicon is to the target and in which place of its grammar, who speaks: this
carries over to prose of any style, and a judgement can be taken apart number by number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.calibration import fit_scaling, indices, softmax
from workbench.cores import alone
from workbench.features import Briefing
from workbench.regression import Fitted, Regression, left_out
from workbench.saving import SavedModel
from workbench.stance.base import Learned, Look, directions
from workbench.types import Passage, Stance


@dataclass(frozen=True, slots=True)
class Examined:
    """Briefings of passages, and their values as rows."""

    briefings: list[Briefing]
    rows: NDArray[np.float64]
    lengths: list[int]


class Grammar(Learned):
    """Judge by weighted numbers of the briefing.

    Parameters
    ----------
    strength : float
        Inverse of the regularisation, for numbers brought to a spread of one; small is strong.

    Attributes
    ----------
    coefficients_ : ndarray of shape (3, len(Briefing.NAMES))
    intercept_ : ndarray of shape (3,)
        Calibrated: `softmax` of intercept and contributions gives the probabilities.
    """

    name = "grammar 2"
    table_name = "grammar"

    def __init__(self, strength: float = 0.003) -> None:
        self.strength = strength

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Fit on passages that were looked at already; returns out-of-fold probabilities, for stacking."""
        rows, gold = self.examine(look).rows, indices(y)
        with alone():
            raw = left_out(self._fitted, rows, gold, groups)
            coefficients, intercept = self._fitted(rows, gold)
        scaling = fit_scaling(raw, gold, weights)
        self.coefficients_ = coefficients * scaling.slope
        self.intercept_ = intercept * scaling.slope + scaling.offset
        return scaling(raw)

    def _fitted(self, rows: NDArray[np.float64], gold: NDArray[np.int64]) -> Fitted:
        return Regression.fit(rows, gold, self.strength).plain()

    def examine(self, look: Look) -> Examined:
        """Brief on each passage."""
        rows = np.array([briefing.values for briefing in look.briefings])
        return Examined(look.briefings, rows, [len(seen.words) for seen in look.seen])

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """Softmax of the logits."""
        return softmax(examined.rows @ self.coefficients_.T + self.intercept_)

    def contributions(self, passage: Passage) -> tuple[list[tuple[str, NDArray[np.float64]]], NDArray[np.float64]]:
        """Take a judgement apart.

        Returns
        -------
        list of (str, ndarray of shape (3,))
            What each number that is not zero adds to the logits.
        ndarray of shape (3,)
            The intercept; with all contributions it sums to the logits.
        """
        (values,) = self.examine(Look.at([passage])).rows
        return [
            (name, value * self.coefficients_[:, index])
            for index, (name, value) in enumerate(zip(Briefing.NAMES, values, strict=True))
            if value
        ], self.intercept_

    def word_scores(self, examined: Examined, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Share each number's contribution among the words behind it."""
        weights = directions([stance for _, stance in asked]) @ self.coefficients_
        return [
            examined.briefings[index].word_scores(own, examined.lengths[index])
            for (index, _), own in zip(asked, weights, strict=True)
        ]

    def saved(self) -> SavedModel:
        """Return weights and card."""
        arrays = {"coefficients": self.coefficients_, "intercept": self.intercept_}
        return self._saved(arrays, numbers=list(Briefing.NAMES))

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        made.coefficients_, made.intercept_ = model.arrays["coefficients"], model.arrays["intercept"]
        made.card_ = {key: value for key, value in model.card.items() if key not in {"numbers", "parameters"}}
        if model.card["numbers"] != list(Briefing.NAMES) or made.coefficients_.shape != (3, len(Briefing.NAMES)):
            raise ValueError(
                f"coefficients of shape {made.coefficients_.shape}; expected {len(Briefing.NAMES)} numbers"
            )
        return made
