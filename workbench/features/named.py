"""What can be counted about a passage: names of features with values and the words that carry them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from msgspec import Struct

from workbench.features.cues import WINDOW, Cue, is_own, speaker, zone
from workbench.types import STANCES, Judgement, Passage, Stance
from workbench.views import View


class Feature(Struct, frozen=True, gc=False):
    """One observation.

    Attributes
    ----------
    group : str
        Family of features that share a scale.
    name : str
    value : float
    words : tuple of int
        Indices of the words of the view that carry it; empty where the sentence as a whole does.
    """

    group: str
    name: str
    value: float = 1.0
    words: tuple[int, ...] = ()


def features(passage: Passage, seen: View, judged: Judgement, cues: Sequence[Cue] = ()) -> list[Feature]:
    """Describe a passage, the target masked.

    Parameters
    ----------
    passage : Passage
    seen : View
    judged : Judgement
        What the rules say of it.
    cues : sequence of Cue
        Phrases of the lexicon in the sentence.

    Returns
    -------
    list of Feature
        Names may repeat; equal ones add up.
    """
    names = _masked(seen)
    return [
        *_words(names),
        *_places(seen, names),
        *_rules(passage, seen, judged),
        *_cues(seen, cues),
        *_relations(passage, seen, cues),
        *_frame(passage, seen),
    ]


def _masked(seen: View) -> list[str]:
    """Lemma of each word; the target, other states, numbers and marks by what they are."""
    names = []
    target = set(seen.target)
    for index, word in enumerate(seen.words):
        if index in target:
            names.append("<target>")
        elif index in seen.states:
            names.append("<state>")
        elif word.form.kind == "number":
            names.append("<number>")
        else:
            names.append(word.lemma)
    return names


def _words(names: Sequence[str]) -> list[Feature]:
    found = [Feature("word", f"w {name}", 1.0, (index,)) for index, name in enumerate(names)]
    found += [
        Feature("pair", f"b {left} {right}", 1.0, (index, index + 1))
        for index, (left, right) in enumerate(itertools.pairwise(names))
    ]
    return found


def _places(seen: View, names: Sequence[str]) -> list[Feature]:
    found = [Feature("clause", f"c {names[index]}", 1.0, (index,)) for index in seen.clause()]
    for index in seen.window(WINDOW):
        step = seen.distance(index)
        if step:
            side = "after" if step > 0 else "before"
            found.append(Feature("window", f"{side} {names[index]}", 1.0, (index,)))
            if abs(step) <= 2:
                found.append(Feature("near", f"{step:+d} {names[index]}", 1.0, (index,)))
    return found


def _rules(passage: Passage, seen: View, judged: Judgement) -> list[Feature]:
    favor, neutral, against = judged.probabilities
    words = tuple(seen.inside(judged.evidence))
    found = [
        Feature("rules", "rules lean", favor - against, words),
        Feature("rules", "rules sure", 1 - neutral, words),
        *(Feature("rules", f"rules {stance}", float(judged.stance == stance), words) for stance in STANCES),
    ]
    if judged.stance is not Stance.NEUTRAL:
        who = "target" if judged.holder == passage.target else judged.holder if judged.holder == "author" else "another"
        found.append(Feature("rules", f"rules {judged.stance} by {who}", 1.0, words))
    return found


def _cues(seen: View, cues: Sequence[Cue]) -> list[Feature]:
    """Where each phrase stands to the target, and whether another state is nearer to it."""
    found = []
    for cue in cues:
        words = tuple(range(cue.first, cue.last + 1))
        sign = _sign(cue.sign)
        near, side = zone(seen, cue)
        nearest = "own" if is_own(seen, cue) else "rival's"
        names = (
            f"{sign} {near}",
            f"{sign} {near} {side}",
            f"{sign} {cue.kind} {near}",
            f"{sign} {nearest}",
            f"{sign} {nearest} {near}",
        )
        found += [Feature("cues", f"cue {name}", cue.strength / 3, words) for name in names]
    return found


def _relations(passage: Passage, seen: View, cues: Sequence[Cue]) -> list[Feature]:
    """In which place of its grammar the target stands to each phrase: this carries over to prose of any style."""
    teller = _teller(passage, seen)
    found = []
    for cue in cues:
        words = tuple(range(cue.first, cue.last + 1))
        sign, names = _sign(cue.sign), []
        for place in cue.places or ("nowhere",):
            names += [f"{sign} {place}", f"{sign} {cue.kind} {place}", f"{sign} {place} told by {teller}"]
            names += [f"{sign} {place} by another"] * cue.is_anothers
            names += [f"{sign} {place} negated"] * cue.is_negated + [f"{sign} {place} supposed"] * cue.is_hypothetical
        found += [Feature("relations", f"relation {name}", cue.strength / 3, words) for name in names]
        if cue.said:
            side = _sign(cue.said)
            names = [f"{side} {place}" for place in cue.places or ("nowhere",)]
            names.append(f"{side} {cue.kind}{' by another' if cue.is_anothers else ''}")
            found += [Feature("relations", f"said {name}", abs(cue.said) / 3, words) for name in names]
    return found


def _sign(number: float) -> str:
    return "+-"[number < 0] if number else "?"


def _teller(passage: Passage, seen: View) -> str:
    who = speaker(passage, seen)
    return who if who in {"nobody", "target", "author"} else "another"


def _frame(passage: Passage, seen: View) -> list[Feature]:
    speech = seen.speech
    who = speaker(passage, seen)
    place = min(seen.target, default=0) / max(len(seen.words), 1)
    kinds = {mention.kind for mention in passage.mentions}
    found = [
        f"target {passage.target}",
        f"speaker {who}",
        f"speaker {who} of {passage.target}",
        f"place {int(place * 4)}",
        f"length {min(len(seen.words) // 12, 5)}",
        f"mentions {min(len(passage.mentions), 3)}",
        f"states {min(len(set(seen.states.values())), 3)}",
        *(f"kind {kind}" for kind in kinds),
        *(f"beside {code}" for code in set(seen.states.values()) if code in {"IR", "US", "CN", "IL", "RU"}),
    ]
    if speech is not None:
        found.append(f"commitment {speech.commitment}")
    return [Feature("frame", name) for name in found]
