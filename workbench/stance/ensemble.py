"""`ensemble`: what a classifier of words, one of grammar and one of meaning say together, each counted alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.calibration import Mixture, fit_mixture, indices, macro_offset
from workbench.saving import SavedModel, joined
from workbench.stance import member
from workbench.stance.base import Learned, Look
from workbench.types import Stance


class Ensemble(Learned):
    """Judge by several classifiers.

    Parameters
    ----------
    names : tuple of str
        Members, by their names in the table.
    members : dict of str to Learned, optional
        Members to fit in place of new ones with default parameters.

    Attributes
    ----------
    members_ : dict of str to Learned
    mixture_ : Mixture
        Weights in the order of `names`.
    """

    name = "ensemble 5"
    table_name = "ensemble"

    def __init__(
        self, names: Sequence[str] = ("linear", "grammar", "embedding"), members: dict[str, Any] | None = None
    ) -> None:
        self.names = names
        self.members = members

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Fit every member and their weights; returns held-out probabilities of the whole, nan where a member has none."""
        given = self.members or {}
        self.members_ = {name: given.get(name) or member(name)() for name in self.names}
        held = [self.members_[name].fit_look(look, y, groups, weights) for name in self.names]
        gold = indices(y)
        known = ~np.isnan(held).any(axis=(0, 2))
        counts = None if weights is None else np.asarray(weights, dtype=float)[known]
        judged = [told[known] for told in held]
        calibrated = fit_mixture(judged, gold[known], counts)
        push = macro_offset(calibrated(judged), gold[known], counts)
        self.mixture_ = Mixture(calibrated.weights, calibrated.offset + push)
        return self.mixture_(held)

    def fit_holders(self, look: Look, y: Sequence[str], holders: Sequence[str | None] | None) -> None:
        """Learn once who holds stances, for every member."""
        super().fit_holders(look, y, holders)
        for one in self.members_.values():
            one.attribution_ = self.attribution_

    def examine(self, look: Look) -> list[tuple[Any, Any]]:
        """Let every member work out what it needs."""
        return [(one, one.examine(look)) for one in self.members_.values()]

    def probabilities(self, examined: list[tuple[Any, Any]]) -> NDArray[np.float64]:
        """What the members say together."""
        return self.mixture_([one.probabilities(own) for one, own in examined])

    def word_scores(
        self, examined: list[tuple[Any, Any]], asked: Sequence[tuple[int, Stance]]
    ) -> list[NDArray[np.float64]]:
        """Scores of the members, each brought to a length of one and weighed."""
        told = [one.word_scores(own, asked) for one, own in examined]
        return [
            np.sum([weight * _even(scores) for scores, weight in zip(own, self.mixture_.weights, strict=True)], axis=0)
            for own in zip(*told, strict=True)
        ]

    def saved(self) -> SavedModel:
        """Return the members' models inside one."""
        arrays = {"weights": self.mixture_.weights, "offset": self.mixture_.offset}
        own = self._saved(arrays, parameters={"names": list(self.names)})
        return joined(own.card, own.arrays, {name: one.saved() for name, one in self.members_.items()})

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        made = cls(tuple(model.card["parameters"]["names"]))
        made.members_ = {name: member(name).from_saved(model.part(name)) for name in made.names}
        made.mixture_ = Mixture(model.arrays["weights"], model.arrays["offset"])
        made.card_ = {key: value for key, value in model.card.items() if key not in {"parameters", *made.names}}
        return made


def _even(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    length = float(np.abs(scores).max(initial=0.0))
    return scores / length if length else scores
