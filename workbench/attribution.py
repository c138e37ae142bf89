"""Who holds a stance that a learned classifier found: a small ranking model over the five answers there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from workbench.types import Judgement, Passage, Stance
from workbench.views import View

STATES = ("IR", "US", "CN")
CANDIDATES = (*STATES, "author", "other")


def coarse(holder: str | None) -> str | None:
    """Fold every holder but the three states and the author into ``other``."""
    return holder if holder is None or holder in CANDIDATES else "other"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A conditional choice among `CANDIDATES` by what speaks for each.

    Attributes
    ----------
    weights : ndarray of shape (n_clues,)
        In the order of `clues`.

    References
    ----------
    McFadden (1974), Conditional logit analysis of qualitative choice behavior.
    """

    weights: NDArray[np.float64]

    @classmethod
    def prior(cls) -> Self:
        """Believe the rules, then the one who speaks, then the state that stands first; nothing is learned."""
        weights = dict.fromkeys(CLUES, 0.0) | {
            "rules": 3.0, "speech": 2.0, "silent author": 1.0, "first state": 0.5, "target blamed": -4.0, "author": 0.2,
        }  # fmt: skip
        return cls(np.array([weights[name] for name in CLUES]))

    @classmethod
    def fit(cls, clues: NDArray[np.float64], chosen: NDArray[np.int64], strength: float = 1.0) -> Self:
        """Learn the weights.

        Parameters
        ----------
        clues : ndarray of shape (n, len(CANDIDATES), n_clues)
        chosen : ndarray of shape (n,)
            Index of the right candidate.
        strength : float
            Of the pull towards zero.
        """
        from scipy.optimize import minimize

        right = clues[np.arange(len(chosen)), chosen].sum(axis=0)

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            scores = clues @ weights
            top = scores.max(axis=1, keepdims=True)
            shares = np.exp(scores - top)
            total = shares.sum(axis=1, keepdims=True)
            shares /= total
            value = float((np.log(total) + top).sum() - right @ weights + 0.5 * strength * weights @ weights)
            return value, np.einsum("nc,nck->k", shares, clues) - right + strength * weights

        found = minimize(loss, np.zeros(clues.shape[2]), jac=True, method="L-BFGS-B")
        return cls(found.x)

    def holder(self, passage: Passage, seen: View, judged: Judgement, stance: Stance) -> str | None:
        """Name the likeliest holder; None for neutral. Another state keeps its own code where rules or speech know it."""
        if stance is Stance.NEUTRAL:
            return None
        chosen = CANDIDATES[int((clues(passage, seen, judged, stance) @ self.weights).argmax())]
        if chosen == "other":
            known = (judged.holder, seen.speech.holder if seen.speech else None)
            return next((code for code in known if code and code not in CANDIDATES), "other")
        return chosen


CLUES = (
    *CANDIDATES, "rules", "rules agree", "speech", "speech endorsed", "silent author", "spoken author", "self favor",
    "target blamed", "first state", "before target", "after target", "same clause", "office", "absent", "office before",
    "other state", "other state before", "speech is target", "actor with را",
)  # fmt: skip


def clues(passage: Passage, seen: View, judged: Judgement, stance: Stance) -> NDArray[np.float64]:
    """What speaks for each candidate, shape (len(CANDIDATES), len(CLUES))."""
    speaker = coarse(seen.speech.holder) if seen.speech else None
    by_rules = coarse(judged.holder)
    span, first_target = passage.span, min((m.start for m in passage.mentions), default=0)
    here = [m for m in passage.document.mentions if span.start <= m.start < span.end]
    rows = []
    for candidate in CANDIDATES:
        own = [m for m in here if coarse(m.target) == candidate]
        clauses = {seen.clauses[index] for index, code in seen.states.items() if coarse(code) == candidate}
        state = candidate not in {"author", "other"}
        row: dict[str, Any] = {name: candidate == name for name in CANDIDATES}
        row |= {
            "rules": by_rules == candidate,
            "rules agree": by_rules == candidate and judged.stance == stance,
            "speech": speaker == candidate,
            "speech endorsed": speaker == candidate
            and seen.speech is not None
            and seen.speech.commitment == "endorsing",
            "silent author": candidate == "author" and speaker is None,
            "spoken author": candidate == "author" and speaker is not None,
            "self favor": candidate == passage.target and stance is Stance.FAVOR,
            "target blamed": candidate == passage.target and stance is Stance.AGAINST,
            "first state": bool(own) and own[0] == here[0],
            "before target": bool(own) and own[0].start < first_target,
            "after target": bool(own) and own[0].start > first_target,
            "same clause": bool(clauses & {seen.clauses[index] for index in seen.target}),
            "office": any(m.kind in {"office", "government", "forces"} for m in own),
            "office before": any(m.kind in {"office", "government", "forces"} and m.start <= first_target for m in own),
            "absent": state and not own,
            "other state": candidate == "other" and bool(own),
            "other state before": candidate == "other" and bool(own) and own[0].start < first_target,
            "speech is target": speaker == passage.target == candidate,
            "actor with را": bool(own)
            and any(seen.words[i + 1].text == "را" for i in seen.target if i + 1 < len(seen.words)),
        }
        rows.append([float(row[name]) for name in CLUES])
    return np.array(rows)


def learn_holders(
    passages: Sequence[Passage],
    seen: Sequence[View],
    judged: Sequence[Judgement],
    stances: Sequence[str],
    holders: Sequence[str | None],
) -> Attribution:
    """Fit on passages whose stance and holder are known; too few of them leave `Attribution.prior`."""
    rows, chosen = [], []
    for passage, one, judgement, stance, holder in zip(passages, seen, judged, stances, holders, strict=True):
        kept = coarse(holder)
        if stance != Stance.NEUTRAL and kept is not None:
            rows.append(clues(passage, one, judgement, Stance(stance)))
            chosen.append(CANDIDATES.index(kept))
    if len(rows) < 4 * len(CANDIDATES):
        return Attribution.prior()
    return Attribution.fit(np.array(rows), np.array(chosen))
