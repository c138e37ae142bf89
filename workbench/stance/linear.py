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

from workbench.attribution import Attribution
from workbench.calibration import fit_scaling, softmax
from workbench.cores import alone
from workbench.features import Feature, features
from workbench.saving import SavedModel
from workbench.stance.base import Learned, Look
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
_LEXICAL = frozenset(_LOUDNESS) - {"rules", "cues", "relations", "frame"}


@dataclass(frozen=True, slots=True)
class Examined:
    """Passages as rows of numbers, and the features behind each."""

    found: list[list[Feature]]
    rows: csr_matrix
    lengths: list[int]


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

    name = "linear 4"
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
        rows = self._rows(found)
        gold = np.array([STANCES.index(Stance(stance)) for stance in y])
        with alone():
            raw = self._out_of_fold(rows, gold, groups)
            model = self._regression().fit(rows, gold)
        scaling = fit_scaling(raw, gold, weights)
        self.coefficients_ = (model.coef_ * scaling.slope).astype(np.float32).astype(float)  # as it is saved
        self.intercept_ = model.intercept_ * scaling.slope + scaling.offset
        return scaling(raw)

    def _out_of_fold(
        self, rows: csr_matrix, gold: NDArray[np.int64], groups: Sequence[str] | None
    ) -> NDArray[np.float64]:
        """Logits of each row by a model that saw none of its group."""
        from sklearn.model_selection import GroupKFold

        owners = np.asarray(groups if groups is not None else np.arange(len(gold)) % 10)
        logits = np.zeros((len(gold), len(STANCES)))
        for train, test in GroupKFold(min(5, len(set(owners.tolist())))).split(rows, gold, owners):
            model = self._regression().fit(rows[train], gold[train])
            logits[test[:, None], model.classes_] = model.decision_function(rows[test])
        return logits

    def _regression(self) -> Any:
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(C=self.strength, max_iter=100, tol=2e-3)

    def examine(self, look: Look) -> Examined:
        """Count the features."""
        found = [features(*one) for one in look]
        return Examined(found, self._rows(found), [len(seen.words) for seen in look.seen])

    def probabilities(self, examined: Examined) -> NDArray[np.float64]:
        """Softmax of the logits."""
        return softmax(self.logits(examined))

    def logits(self, examined: Examined) -> NDArray[np.float64]:
        """Return logits of shape (n, 3)."""
        return np.asarray(examined.rows @ self.coefficients_.T + self.intercept_)

    def contributions(self, passage: Passage) -> tuple[list[tuple[Feature, NDArray[np.float64]]], NDArray[np.float64]]:
        """Take a judgement apart.

        Returns
        -------
        list of (Feature, ndarray of shape (3,))
            What each feature adds to the logits.
        ndarray of shape (3,)
            The intercept; with all contributions it sums to the logits.
        """
        look = Look.at([passage])
        (found,) = [features(*one) for one in look]
        weighed = self._weighed(found)
        return [(feature, value * self.coefficients_[:, index]) for feature, index, value in weighed], self.intercept_

    def word_scores(self, examined: Examined, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Share each feature's contribution among the words that carry it."""
        return [self._shares(examined, index, stance) for index, stance in asked]

    def _shares(self, examined: Examined, index: int, stance: Stance) -> NDArray[np.float64]:
        wanted = STANCES.index(stance)
        direction = self.coefficients_[wanted] - np.delete(self.coefficients_, wanted, axis=0).mean(axis=0)
        scores = np.zeros(examined.lengths[index])
        for feature, place, value in self._weighed(examined.found[index]):
            for word in feature.words:
                scores[word] += value * direction[place] / len(feature.words)
        return scores

    def _weighed(self, found: Sequence[Feature]) -> list[tuple[Feature, int, float]]:
        """Features of the vocabulary with their column and scaled value; each lexical group has unit length."""
        known = [(feature, self.vocabulary_[feature.name]) for feature in found if feature.name in self.vocabulary_]
        sums: dict[tuple[str, int], float] = {}
        for feature, index in known:
            key = (feature.group, index)
            sums[key] = sums.get(key, 0.0) + feature.value
        norms: dict[str, float] = {}
        for (group, index), value in sums.items():
            norms[group] = norms.get(group, 0.0) + (value * self.rarity_[index]) ** 2
        return [
            (feature, index, feature.value * _LOUDNESS[feature.group] * self._scale(feature.group, index, norms))
            for feature, index in known
        ]

    def _scale(self, group: str, index: int, norms: dict[str, float]) -> float:
        return float(self.rarity_[index] / np.sqrt(norms[group])) if group in _LEXICAL and norms[group] else 1.0

    def _rows(self, found: Sequence[Sequence[Feature]]) -> csr_matrix:
        data: list[float] = []
        columns: list[int] = []
        edges = [0]
        for row in found:
            for _, index, value in self._weighed(row):
                data.append(value)
                columns.append(index)
            edges.append(len(data))
        matrix = csr_matrix((data, columns, edges), shape=(len(found), len(self.vocabulary_)))
        matrix.sum_duplicates()
        return matrix

    def saved(self) -> SavedModel:
        """Return vocabulary, weights and card."""
        card = {
            **getattr(self, "card_", {}),
            "classifier": self.table_name,
            "name": self.name,
            "parameters": self.get_params(),
            "vocabulary": list(self.vocabulary_),
        }
        arrays = {
            "coefficients": self.coefficients_.astype(np.float32),
            "intercept": self.intercept_,
            "rarity": self.rarity_,
            "holders": self.attribution_.weights,
        }
        return SavedModel(card, arrays)

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(**model.card["parameters"])
        made.vocabulary_ = {name: index for index, name in enumerate(model.card["vocabulary"])}
        made.coefficients_, made.intercept_ = model.arrays["coefficients"].astype(float), model.arrays["intercept"]
        made.rarity_, made.attribution_ = model.arrays["rarity"], Attribution(model.arrays["holders"])
        made.card_ = {key: value for key, value in model.card.items() if key not in {"vocabulary", "parameters"}}
        if made.coefficients_.shape != (len(STANCES), len(made.vocabulary_)):
            raise ValueError(f"coefficients of shape {made.coefficients_.shape} for {len(made.vocabulary_)} features")
        return made
