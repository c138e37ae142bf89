"""`linear`: logistic regression over words, their places around the masked target, and what the rules say.

Every judgement can be taken apart: the contributions of the features and the intercept sum to the logit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix

from workbench.calibration import fit_scaling, indices, softmax
from workbench.cores import alone
from workbench.features import Feature, features
from workbench.regression import Fitted, by_stance, left_out
from workbench.saving import SavedModel
from workbench.stance.base import Learned, Look, directions
from workbench.types import STANCES, Passage, Stance

# How loudly each family of features speaks before the regression weighs single ones; found by leaving themes out.
_LOUDNESS = {
    "word": 1.0,
    "pair": 0.6,
    "clause": 1.0,
    "window": 0.8,
    "near": 0.6,
    "rules": 1.0,
    "cues": 0.25,
    "relations": 0.25,
    "frame": 0.5,
}
_LOUD = np.array(list(_LOUDNESS.values()))
_IS_LEXICAL = np.array([group not in {"rules", "cues", "relations", "frame"} for group in _LOUDNESS])
_GROUPS = {group: index for index, group in enumerate(_LOUDNESS)}


@dataclass(frozen=True, slots=True)
class Examined:
    """Features of the vocabulary in some passages: what each is, its column, and what it weighs.

    Attributes
    ----------
    found : list of Feature
        Passage by passage.
    columns : ndarray of shape (n_found,)
    values : ndarray of shape (n_found,)
    edges : ndarray of shape (n_passages + 1,)
        Where each passage's features begin.
    lengths : list of int
        Words of each passage.
    """

    found: list[Feature]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    edges: NDArray[np.int64]
    lengths: list[int]

    def rows(self, width: int) -> csr_matrix:
        """Passages as rows of numbers; equal features add up."""
        shape = (len(self.lengths), width)
        rows = csr_matrix((self.values, self.columns, self.edges), shape, copy=True)  # what follows sorts in place
        rows.sum_duplicates()
        return rows


class Linear(Learned):
    """Judge by weighted features.

    Parameters
    ----------
    strength : float, default 0.5
        Inverse of the regularisation; small is strong.
    min_count : int, default 3
        Features of fewer passages are left out.

    Attributes
    ----------
    vocabulary_ : dict of str to int
    coefficients_ : ndarray of shape (3, n_features)
    intercept_ : ndarray of shape (3,)
        Calibrated: `softmax` of intercept and contributions gives the probabilities.
    """

    name = "linear 5"
    table_name = "linear"

    def __init__(self, strength: float = 0.5, min_count: int = 3) -> None:
        self.strength = strength
        self.min_count = min_count

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Fit on passages that were looked at already; returns out-of-fold probabilities, for stacking."""
        found = [features(*one) for one in look]
        counts = Counter(name for row in found for name in {feature.name for feature in row})
        kept = sorted(name for name, count in counts.items() if count >= self.min_count)
        self.vocabulary_ = {name: index for index, name in enumerate(kept)}
        self.rarity_ = np.log((1 + len(found)) / (1 + np.array([counts[name] for name in kept]))) + 1
        rows = self._weighed(look, found).rows(len(kept))
        gold = indices(y)
        with alone():
            raw = left_out(self._fitted, rows, gold, groups)
            coefficients, intercept = self._fitted(rows, gold)
        scaling = fit_scaling(raw, gold, weights)
        self.coefficients_ = (coefficients * scaling.slope).astype(np.float32).astype(float)  # as it is saved
        self.intercept_ = intercept * scaling.slope + scaling.offset
        return scaling(raw)

    def _fitted(self, rows: csr_matrix, gold: NDArray[np.int64]) -> Fitted:
        from sklearn.linear_model import LogisticRegression

        return by_stance(LogisticRegression(C=self.strength, max_iter=100, tol=2e-3).fit(rows, gold))

    def examine(self, look: Look) -> Examined:
        """Count the features."""
        return self._weighed(look, [features(*one) for one in look])

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """Softmax of the logits."""
        return softmax(self.logits(examined))

    def logits(self, examined: Examined) -> NDArray[np.float64]:
        """Return logits of shape (n, 3)."""
        return np.asarray(examined.rows(len(self.vocabulary_)) @ self.coefficients_.T + self.intercept_)

    def contributions(self, passage: Passage) -> tuple[list[tuple[Feature, NDArray[np.float64]]], NDArray[np.float64]]:
        """Take a judgement apart.

        Returns
        -------
        list of (Feature, ndarray of shape (3,))
            What each feature adds to the logits.
        ndarray of shape (3,)
            The intercept; with all contributions it sums to the logits.
        """
        examined = self.examine(Look.at([passage]))
        weighed = examined.values[:, None] * self.coefficients_.T[examined.columns]
        return list(zip(examined.found, weighed, strict=True)), self.intercept_

    def word_scores(self, examined: Examined, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Share each feature's contribution among the words that carry it."""
        wanted = directions([stance for _, stance in asked])
        return [self._shares(examined, index, own) for (index, _), own in zip(asked, wanted, strict=True)]

    def _shares(self, examined: Examined, index: int, direction: NDArray[np.float64]) -> NDArray[np.float64]:
        own = slice(*examined.edges[index : index + 2])
        told = examined.values[own] * (direction @ self.coefficients_[:, examined.columns[own]])
        scores = np.zeros(examined.lengths[index])
        for feature, amount in zip(examined.found[own], told.tolist(), strict=True):
            for word in feature.words:
                scores[word] += amount / len(feature.words)
        return scores

    def _weighed(self, look: Look, found: Sequence[Sequence[Feature]]) -> Examined:
        """Weigh the features of the vocabulary; in a passage, each lexical group has unit length."""
        known = [[feature for feature in row if feature.name in self.vocabulary_] for row in found]
        flat = [feature for row in known for feature in row]
        counts = np.array([len(row) for row in known])
        columns = np.array([self.vocabulary_[feature.name] for feature in flat], dtype=np.int64)
        groups = np.array([_GROUPS[feature.group] for feature in flat], dtype=np.int64)
        amounts = np.array([feature.value for feature in flat], dtype=float)
        blocks = np.repeat(np.arange(len(known)), counts) * len(_LOUDNESS) + groups  # a group in a passage
        cells, places = np.unique(blocks * len(self.vocabulary_) + columns, return_inverse=True)
        blocks_of_cells, columns_of_cells = np.divmod(cells, len(self.vocabulary_))
        weighed = np.bincount(places, amounts) * self.rarity_[columns_of_cells]
        lengths = np.sqrt(np.bincount(blocks_of_cells, weighed**2, len(known) * len(_LOUDNESS)))[blocks]
        scaled = _IS_LEXICAL[groups] & (lengths > 0)
        scale = np.divide(self.rarity_[columns], lengths, out=np.ones(len(flat)), where=scaled)
        edges = np.concatenate([[0], counts.cumsum()])
        return Examined(flat, columns, amounts * _LOUD[groups] * scale, edges, [len(seen.words) for seen in look.seen])

    def saved(self) -> SavedModel:
        """Return vocabulary, weights and card."""
        arrays: dict[str, NDArray[Any]] = {
            "coefficients": self.coefficients_.astype(np.float32),
            "intercept": self.intercept_,
            "rarity": self.rarity_,
        }
        return self._saved(arrays, vocabulary=list(self.vocabulary_))

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        made.vocabulary_ = {name: index for index, name in enumerate(model.card["vocabulary"])}
        made.coefficients_, made.intercept_ = model.arrays["coefficients"].astype(float), model.arrays["intercept"]
        made.rarity_ = model.arrays["rarity"]
        made.card_ = {key: value for key, value in model.card.items() if key not in {"vocabulary", "parameters"}}
        if made.coefficients_.shape != (len(STANCES), len(made.vocabulary_)):
            raise ValueError(f"coefficients of shape {made.coefficients_.shape} for {len(made.vocabulary_)} features")
        return made
