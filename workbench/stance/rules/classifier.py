"""The `rules` classifier: what a sentence says of a state, who holds it, and why, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from workbench.features import Cue
from workbench.holders import title_speaker
from workbench.stance.rules.cues import find_cues
from workbench.stance.rules.evidence import Evidence, decide, reason
from workbench.stance.rules.sentence import Sentence
from workbench.stance.rules.weighing import Weighing
from workbench.types import STANCES, Judgement, Passage, Span, Speech

PHENOMENA = (
    "negation", "rejection", "hypothetical", "own_complaint", "actor", "accusation", "topic", "bearer", "opposition", "threat", "both",
    "we", "forbidding", "ties", "anaphora", "sole", "scare_quotes",
)  # fmt: skip
"""Rules that can be left out one by one, to see what each is worth."""


class Rules(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Judge by evaluative phrases and the place of the target; needs no training.

    Parameters
    ----------
    without : tuple of str
        Phenomena (see `PHENOMENA`) whose rule is left out.
    """

    name = "rules 0.6"

    def __init__(self, without: tuple[str, ...] = ()) -> None:
        self.without = without

    def fit(self, X: Sequence[Passage], y: Sequence[str]) -> Any:  # noqa: N803
        """Do nothing: the rules are written, not learned."""
        del X, y
        return self

    def predict_proba(self, X: Sequence[Passage]) -> NDArray[np.float64]:  # noqa: N803
        """Return probabilities of shape (n, 3) in the order of `STANCES`."""
        return np.array([judgement.probabilities for judgement in self.judge(X)]).reshape(-1, len(STANCES))

    def predict(self, X: Sequence[Passage]) -> NDArray[np.str_]:  # noqa: N803
        """Return one stance per passage."""
        return np.array([str(judgement.stance) for judgement in self.judge(X)])

    def judge(self, X: Sequence[Passage]) -> list[Judgement]:  # noqa: N803
        """Return one judgement per passage, in order."""
        return [
            self._judge(passage, sentence.speech, weighing.evidence() if weighing is not None else [])
            for passage, sentence, weighing in self._read(X)
        ]

    def judge_with_cues(self, X: Sequence[Passage]) -> tuple[list[Judgement], list[list[Cue]]]:  # noqa: N803
        """Judge, and return the phrases of the lexicon in each sentence with how the passage's target stands to them."""
        judgements: list[Judgement] = []
        cues: list[list[Cue]] = []
        for passage, sentence, weighing in self._read(X):
            evidence = weighing.evidence() if weighing is not None else []
            judgements.append(self._judge(passage, sentence.speech, evidence))
            cues.append(find_cues(weighing, evidence) if weighing is not None else [])
        return judgements, cues

    def _read(self, X: Sequence[Passage]) -> Iterator[tuple[Passage, Sentence, Weighing | None]]:  # noqa: N803
        """Each passage with its sentence, and what weighs this for the target unless nothing in it can speak of a state.

        A sentence is read once for targets in a row.
        """
        cached: tuple[Any, Sentence] | None = None
        for passage in X:
            key = (id(passage.document), passage.sentence)
            if cached is None or cached[0] != key:
                cached = (key, Sentence.of(passage, self.without))
            sentence = cached[1]
            yield passage, sentence, Weighing(sentence, passage.target, self.without) if sentence.states else None

    def _judge(self, passage: Passage, speech: Speech | None, evidence: Sequence[Evidence]) -> Judgement:
        span = passage.span
        stance, probabilities, deciding = decide(evidence)
        return Judgement(
            article_id=passage.document.article.article_id,
            sentence=passage.sentence,
            start=span.start,
            end=span.end,
            target=passage.target,
            stance=stance,
            probabilities=probabilities,
            holder=_holder(deciding, speech, passage),
            mentions=tuple(Span(mention.start, mention.end) for mention in passage.mentions),
            evidence=tuple(sorted({item.span for item in deciding})),
            classifier=self.name if not self.without else f"{self.name} without {', '.join(self.without)}",
            voice=speech.voice if speech else "outlet",
            speaker=speech.speaker if speech else None,
            reason=reason(deciding, passage.document.text),
        )


def _holder(deciding: Sequence[Evidence], speech: Speech | None, passage: Passage) -> str | None:
    """Who holds the strongest of what decided: the doer of an act, else the speaker, else who speaks in the title, else the outlet."""
    strongest = max(deciding, key=lambda item: abs(item.sign), default=None)
    if strongest is None:
        return None
    if strongest.holder is not None:
        return strongest.holder
    title = passage.document.article.title
    holder = speech.holder if speech is not None else title_speaker(title) if title else None
    if holder is None or (strongest.sign < 0 and holder == passage.target):
        return "author"  # who calls it 'سازمان تروریستی' in its own report is the outlet
    return holder
