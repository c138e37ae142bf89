"""Phrases of the lexicon in a sentence with the place of one state to each: what learned classifiers weigh for themselves."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.features import Cue
from workbench.stance.rules import modality
from workbench.stance.rules.evidence import Evidence
from workbench.stance.rules.weighing import Weighing


def find_cues(weighing: Weighing, evidence: Sequence[Evidence]) -> list[Cue]:
    """Return every phrase of a sentence that may judge, whether or not the rules count it (`evidence`) for the target."""
    said = {item.span: item.sign for item in evidence}
    found = []
    for hit in weighing.sentence.hits:
        entry = max(hit.entries, key=lambda entry: entry.strength)
        if not entry.strength:
            continue  # it only guards a set term
        signs = {sign for one in hit.entries for sign in one.frame.values()}
        clause = weighing.clause
        found.append(
            Cue(
                hit.first,
                hit.last,
                signs.pop() if len(signs) == 1 else 0,
                entry.strength,
                entry.applies_to,
                tuple(sorted({place for mention in clause.targets for place in clause.place(hit, mention)})),
                clause.actor_of(hit) is not None,
                modality.is_negated(clause.words, hit, clause.verb_of(hit)),
                modality.is_hypothetical(clause.words, clause.clause_of(hit), hit),
                said.get(weighing.span(hit), 0.0),
            )
        )
    return found
