"""Signed evidence, what it adds up to, and how it reads in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.stance.rules.lexicon import Entry
from workbench.types import Span, Stance

# Evidence below this is neutral; steepness of the map from it to probabilities: what just decides is right about 6 times in 10.
DECIDES = 0.95
_SLOPE = 0.7

# What the shape of a sentence says, without a phrase of the lexicon.
OFFER = Entry("آماده", {}, 2, "diplomacy", "wish for ties")
WIDENED = Entry("گسترش", {}, 2, "diplomacy", "ties widened")
CUT = Entry("قطع", {}, 2, "diplomacy", "ties cut")
CLEARED = Entry("رد", {}, 2, "diplomacy", "cleared of what is told")
NEEDED = Entry("بدون", {}, 2, "diplomacy", "not to be done without")
CAUSE = Entry("اگر", {}, 2, "diplomacy", "without whose wrong it had not been")
THREAT = Entry("پاسخ", {}, 2, "diplomacy", "threat on a condition")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One phrase that speaks of the target.

    Attributes
    ----------
    entry : Entry
    place : str
        Where the target stands to it.
    sign : float
        Above 0 for the target, below 0 against it; how far tells how strongly.
    span : Span
    holder : str or None
        Whose stance it is, where that is not the speaker's.
    """

    entry: Entry
    place: str
    sign: float
    span: Span
    holder: str | None


def without_overlap(evidence: list[Evidence]) -> list[Evidence]:
    """Of phrases inside one another ('تمجید', 'تمجید کرد') only the strongest counts, or the longer where they contradict."""
    evidence = [item for item in evidence if not any(_turns(other, item) for other in evidence)]
    kept: list[Evidence] = []
    for item in sorted(evidence, key=lambda item: -abs(item.sign)):
        if not any(item.span.start < other.span.end and other.span.start < item.span.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.span)


def _turns(longer: Evidence, item: Evidence) -> bool:
    """Whether a phrase stands in a longer one that says the contrary: 'لایق' in 'لایق هیچ توافقی نیست'."""
    inside = longer.span.start <= item.span.start and item.span.end <= longer.span.end and longer.span != item.span
    return inside and longer.sign * item.sign < 0


def decide(evidence: Sequence[Evidence]) -> tuple[Stance, tuple[float, float, float], list[Evidence]]:
    """Add evidence up: the stance, its probabilities in the order of `STANCES`, and the evidence that decided."""
    score = sum(item.sign for item in evidence)
    deciding = [item for item in evidence if item.sign * score > 0] if abs(score) >= DECIDES else []
    stance = Stance.NEUTRAL if not deciding else Stance.FAVOR if score > 0 else Stance.AGAINST
    return stance, _probabilities(score, stance), deciding


def _probabilities(score: float, stance: Stance) -> tuple[float, float, float]:
    strength = max(0.0, abs(score) - DECIDES)
    top = (
        1 - 0.42 * float(np.exp(-_SLOPE * strength))
        if stance is not Stance.NEUTRAL
        else 0.74 - 0.28 * min(1.0, abs(score))
    )
    rest = 1 - top
    if stance is Stance.FAVOR:
        return top, rest * 0.75, rest * 0.25
    if stance is Stance.AGAINST:
        return rest * 0.25, rest * 0.75, top
    lean = 0.35 if score == 0 else 0.65 if score > 0 else 0.35
    return rest * lean, top, rest * (1 - lean)


_PLACE_NAMES = {
    "az": "after «از»", "ba": "after «با»", "be": "after «به»", "bar": "after «بر»", "alayh": "after «علیه»", "dar": "after «در برابر»",
    "obj": "object", "gen": "in its ezafe chain", "subj": "subject", "by": "agent", "pred": "said of it", "mod": "described by it", "slogan": "slogan", "pair": "one of the two", "actor": "doer of it", "psubj": "subject of the passive", "clause": "subject of the clause", "told": "of whom it is told", "threat": "who is threatened", "sufferer": "who suffers from it", "sole": "the one state spoken of",
}  # fmt: skip


def reason(deciding: Sequence[Evidence], text: str) -> str:
    """Say in one line which phrases decided, and where the target stands to them."""
    parts = (
        f"{'+' if item.sign > 0 else '−'}{abs(item.sign):.1f} «{item.span.of(text)}» ({item.entry.meaning}; target {_PLACE_NAMES[item.place]})"
        for item in deciding
    )
    return "; ".join(parts) or "mentioned only"
