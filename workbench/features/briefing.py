"""What rules, lexicon and frame tell of a passage before an encoder reads it: a few numbers, and the words behind each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from workbench.features.cues import ZONES, Cue, is_own, speaker, zone
from workbench.types import STANCES, Judgement, Passage
from workbench.views import View

_TARGETS = ("IR", "US", "CN")
_SPEAKERS = ("nobody", "target", "author", "other", *_TARGETS)
_PLACES = (
    "nowhere", "obj", "gen", "subj", "pred", "clause", "by", "alayh", "be", "az", "ba", "bar", "mod", "pair", "psubj",
)  # fmt: skip
_MOST = 2.0
_BY_RULES = ("favor", "neutral", "against", "lean", *(f"says {stance}" for stance in STANCES))
_FRAME = (
    "held by the target", *(f"target {target}" for target in _TARGETS), *(f"speaker {who}" for who in _SPEAKERS),
    "mentions", "states", "length",
)  # fmt: skip
_CUES: dict[tuple[Any, ...], int] = {
    column: index
    for index, column in enumerate(
        [
            *itertools.product((1, -1), ZONES, (True, False)),
            *itertools.product((1, -1), _PLACES),
            *itertools.product(("said",), (1, -1)),
        ]
    )
}


def _told(part: object) -> str:
    if isinstance(part, bool):
        return "own" if part else "rival's"
    return {1: "+", -1: "-"}.get(part, str(part)) if isinstance(part, int) else str(part)


@dataclass(frozen=True, slots=True)
class Briefing:
    """A passage in numbers.

    Attributes
    ----------
    NAMES : tuple of str
    values : ndarray of shape (len(NAMES),)
        What the rules say, target and frame, then the strength of the phrases of the lexicon: by how near they are to the target,
        by its grammatical place, and by what the rules count; such a sum is 2 at most.
    """

    values: NDArray[np.float64]
    _evidence: tuple[int, ...]
    _parts: tuple[tuple[Cue, int, float], ...]

    NAMES: ClassVar[tuple[str, ...]] = (
        *(f"rules {name}" for name in _BY_RULES), *_FRAME, *(" ".join(map(_told, column)) for column in _CUES),
    )  # fmt: skip

    @classmethod
    def of(cls, passage: Passage, seen: View, judged: Judgement, cues: Sequence[Cue]) -> Briefing:
        """Describe a passage."""
        favor, neutral, against = judged.probabilities
        by_rules = [favor, neutral, against, favor - against, *(judged.stance == stance for stance in STANCES)]
        told = speaker(passage, seen)
        who = told if told in _SPEAKERS else "other"
        frame = [
            judged.holder == passage.target,
            *(passage.target == target for target in _TARGETS),
            *(who == one for one in _SPEAKERS),
            min(len(passage.mentions), 3), min(len(set(seen.states.values())), 3), np.log1p(len(seen.words)),
        ]  # fmt: skip
        parts = tuple(_parts(seen, cues))
        sums = [0.0] * len(_CUES)
        for _, column, amount in parts:
            sums[column] += amount
        values = np.array([*by_rules, *frame, *(min(total, _MOST) for total in sums)], dtype=float)
        return cls(values, tuple(seen.inside(judged.evidence)), parts)

    def word_scores(self, weights: NDArray[np.float64], words: int) -> NDArray[np.float64]:
        """Share what the numbers weigh among the words behind them, of which there are `words`; the frame has none."""
        scores = np.zeros(words)
        weighed = self.values * weights
        if self._evidence:
            scores[list(self._evidence)] += weighed[: len(_BY_RULES)].sum() / len(self._evidence)
        first = len(self.values) - len(_CUES)
        sums = np.bincount([column for _, column, _ in self._parts], [amount for *_, amount in self._parts], len(_CUES))
        for cue, column, amount in self._parts:
            own = slice(cue.first, cue.last + 1)
            scores[own] += weighed[first + column] * amount / sums[column] / (cue.last + 1 - cue.first)
        return scores


def _parts(seen: View, cues: Sequence[Cue]) -> list[tuple[Cue, int, float]]:
    """What each phrase adds to which sum."""
    found = []
    for cue in cues:
        columns: list[tuple[Any, ...]] = [(cue.sign, zone(seen, cue)[0], is_own(seen, cue))]
        columns += [(cue.sign, place) for place in cue.places or ("nowhere",)]
        found += [(cue, _CUES[column], cue.strength / 3) for column in columns if column in _CUES and cue.strength]
        if cue.said:
            found.append((cue, _CUES["said", 1 if cue.said > 0 else -1], abs(cue.said) / 3))
    return found
