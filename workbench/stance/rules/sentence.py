"""What is found in a sentence once, for all targets that it mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from workbench.stance.rules import modality, rejection, ties
from workbench.stance.rules.anaphora import with_anaphors
from workbench.stance.rules.clauses import Part, find_parts
from workbench.stance.rules.lexicon import Hit, find_hits
from workbench.stance.rules.relations import Clause
from workbench.stance.rules.selves import with_selves
from workbench.stance.rules.words import Words
from workbench.types import Passage, Speech


@dataclass(slots=True)
class Sentence:
    """A sentence read for judging.

    Attributes
    ----------
    words : Words
    hits : list of Hit
        Phrases of the lexicon.
    states : list of (int, int, str)
        First word, last word and code of each mention of a state.
    speech : Speech or None
        Whose words the sentence reports.
    rejection : int or None
        Word that calls something untrue.
    threat : (int, int) or None
        Where a condition begins and the word that threatens.
    selves : frozenset of (int, int)
        Mentions by which the speaker means his own state.
    with_both : bool
        Whether 'the two states' stands for both that the sentence names.
    with_we : bool
        Whether a verb that says 'we' is said of the speaker's state.
    parted : tuple or None
        The clauses, and each word's, once they are asked for.
    """

    words: Words
    hits: list[Hit]
    states: list[tuple[int, int, str]]
    speech: Speech | None
    rejection: int | None
    threat: tuple[int, int] | None
    selves: frozenset[tuple[int, int]] = frozenset()
    with_both: bool = True
    with_we: bool = True
    parted: tuple[list[Part], list[int]] | None = None

    @classmethod
    def of(cls, passage: Passage, without: Collection[str] = ()) -> Sentence:
        """Read the sentence of a passage; `without` names phenomena that are left out.

        Where nothing in it can speak of a state, states are not looked for.
        """
        span = passage.span
        words = _words(passage)
        hits, untrue, threat = find_hits(words), rejection.rejection_at(words), modality.threatened_if(words)
        speech = next((one for one in passage.document.speeches if one.start <= span.start < one.end), None)
        if not may_judge(words, hits, untrue, threat):
            return cls(words, hits, [], speech, untrue, threat)
        states = _states(passage, words)
        if "anaphora" not in without:
            states = with_anaphors(words, states, _speaker_state(speech, states))
        selves: frozenset[tuple[int, int]] = frozenset()
        if "we" not in without and speech is not None and len(speech.holder) == 2:
            named, states = states, with_selves(words, states, speech.holder)
            selves = frozenset((first, last) for first, last, code in {*states} - {*named} if code == speech.holder)
        return cls(
            words,
            hits,
            states,
            speech,
            untrue,
            threat,
            selves,
            "both" not in without,
            "we" not in without,
        )

    def clause(self, target: str) -> Clause:
        """The sentence as seen from one state."""
        if self.parted is None:
            named = {at: code for first, last, code in self.states for at in range(first, last + 1)}
            self.parted = find_parts(self.words, named)
        targets = [(first, last) for first, last, code in self.states if code == target]
        others = [state for state in self.states if state[2] != target]
        speaks = self.with_we and self.speech is not None and self.speech.holder == target
        return Clause(self.words, targets, others, *self.parted, self.selves, with_both=self.with_both, speaks=speaks)


def may_judge(words: Words, hits: Sequence[Hit], untrue: int | None, threat: tuple[int, int] | None) -> bool:
    """Whether anything in a sentence can speak of a state: a phrase, a rejection, a threat, ties that are named, or a need."""
    told = untrue is not None or threat is not None
    return bool(hits) or told or ties.are_named(words) or ties.may_be_needed(words)


def _speaker_state(speech: Speech | None, states: list[tuple[int, int, str]]) -> str | None:
    """The state of the speaker, or the one that the sentence opens with where nobody is known to speak."""
    if speech is not None:
        return speech.holder if len(speech.holder) == 2 else None
    return states[0][2] if states else None


def _words(passage: Passage) -> Words:
    words: Any = passage.document.tokens
    start, end = (bisect_left(words, edge, key=_start) for edge in (passage.span.start, passage.span.end))
    return Words(words[start:end])


_start = attrgetter("start")


def _states(passage: Passage, words: Words) -> list[tuple[int, int, str]]:
    span = passage.span
    mentions = passage.document.mentions
    found = []
    for mention in mentions[
        bisect_left(mentions, span.start, key=_start) : bisect_left(mentions, span.end, key=_start)
    ]:
        first = last = bisect_left(words, mention.start, key=_start)
        if first < len(words) and words[first].start == mention.start:
            while last + 1 < len(words) and words[last + 1].start < mention.end:
                last += 1
            found.append((first, last, mention.target))
    return found
