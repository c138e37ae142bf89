"""The floor that every classifier has to beat: the commonest stance, whatever the sentence says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from workbench.types import STANCES, Judgement, Passage, Span, Stance


class Majority(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Predict the shares of the stances it was fitted on; unfitted, all is neutral.

    Attributes
    ----------
    shares_ : ndarray of shape (3,)
        Share of each stance, in the order of `STANCES`.
    """

    name = "majority 1"

    def fit(self, X: Sequence[Passage], y: Sequence[str]) -> Any:  # noqa: N803
        """Count the stances in `y`."""
        del X
        counts = Counter(y)
        self.shares_ = np.array([counts[stance] for stance in STANCES], dtype=float) / len(y)
        return self

    def predict_proba(self, X: Sequence[Passage]) -> NDArray[np.float64]:  # noqa: N803
        """Return the same shares for each passage, shape (n, 3)."""
        shares = getattr(self, "shares_", np.array([0.0, 1.0, 0.0]))
        return np.tile(shares, (len(X), 1))

    def predict(self, X: Sequence[Passage]) -> NDArray[np.str_]:  # noqa: N803
        """Return the commonest stance for each passage."""
        return np.asarray(STANCES)[self.predict_proba(X).argmax(axis=1)]

    def judge(self, X: Sequence[Passage]) -> list[Judgement]:  # noqa: N803
        """Return one judgement per passage, in order."""
        return [
            Judgement(
                article_id=passage.document.article.article_id,
                sentence=passage.sentence,
                start=passage.span.start,
                end=passage.span.end,
                target=passage.target,
                stance=Stance(stance),
                probabilities=tuple(row.tolist()),
                holder=None if stance == Stance.NEUTRAL else "other",
                mentions=tuple(Span(mention.start, mention.end) for mention in passage.mentions),
                classifier=self.name,
                reason="the commonest stance",
            )
            for passage, stance, row in zip(X, self.predict(X), self.predict_proba(X), strict=True)
        ]
