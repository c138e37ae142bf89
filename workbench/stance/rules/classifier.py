"""The `rules` classifier: signed evidence from phrases and places, who holds it, and why, in one line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from workbench.features import Cue
from workbench.stance.rules import modality
from workbench.stance.rules.lexicon import Entry, Hit, find_hits
from workbench.stance.rules.relations import Clause
from workbench.text import Token
from workbench.types import STANCES, Judgement, Passage, Span, Speech, Stance

PHENOMENA = ("negation", "rejection", "hypothetical", "own_complaint", "actor", "accusation", "topic")
"""Rules that can be left out one by one, to see what each is worth."""

# A place that hardly misleads counts whole; one that the words between may break counts less.
_WEIGHT = {"slogan": 1.0, "obj": 1.0, "by": 1.0, "alayh": 1.0, "az": 1.0, "be": 0.8, "ba": 0.8, "bar": 0.8, "dar": 0.8}
_WEIGHT |= {"gen": 0.9, "pred": 0.9, "mod": 1.0, "subj": 0.8, "pair": 0.9, "psubj": 0.9}
_PATIENT = frozenset({"psubj", "obj", "az", "be", "ba", "bar", "alayh", "dar"})
# What stands in an ezafe chain is not negated by the verb: جنایات آمریکا فراموش نمی‌شود.
_NOMINAL = frozenset({"gen", "mod", "slogan"})
_HOSTILE = frozenset({"be", "alayh", "bar", "obj"})
# Hostile acts of speech are a matter between two; whoever reports them takes no side yet.
_WORDS_ONLY = frozenset(
    {"هشدار", "اعتراض", "انتقاد", "محکوم کرد", "متهم کرد", "تقبیح کرد", "رای", "بیانیه", "شکایت", "ادعا"}
)
_DECIDES = 1.2
# Steepness of the map from signed evidence to probabilities; a judgement that just decides is right about 6 times in 10.
_SLOPE = 0.9


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One phrase that speaks of the target."""

    entry: Entry
    place: str
    sign: float
    span: Span
    holder: str | None


class Rules(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Judge by evaluative phrases and the place of the target; needs no training.

    Parameters
    ----------
    without : tuple of str
        Phenomena (see `PHENOMENA`) whose rule is left out.
    """

    name = "rules 0.2"

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
        cached: tuple[Any, list[Token], list[Hit]] | None = None
        found = []
        for passage in X:
            key = (id(passage.document), passage.sentence)
            if cached is None or cached[0] != key:
                words = _words(passage)
                cached = (key, words, find_hits(words))
            found.append(self._judge(passage, cached[1], cached[2]))
        return found

    def cues(self, sentences: Sequence[Sequence[Token]]) -> list[list[Cue]]:
        """Return the phrases of the lexicon in each sentence, whomever they are about."""
        return [[cue for hit in find_hits(words) if (cue := _cue(hit))] for words in sentences]

    def _judge(self, passage: Passage, words: list[Token], hits: list[Hit]) -> Judgement:
        speech = _speech(passage)
        clause = _clause(passage, words)
        evidence = [
            item
            for hit in hits
            if not _condemns_what_follows(hit, hits)
            for item in self._evidence(hit, clause, passage.target, speech)
        ]
        score = sum(item.sign for item in evidence)
        deciding = [item for item in evidence if item.sign * score > 0] if abs(score) >= _DECIDES else []
        stance = Stance.NEUTRAL if not deciding else Stance.FAVOR if score > 0 else Stance.AGAINST
        strongest = max(deciding, key=lambda item: abs(item.sign), default=None)
        return Judgement(
            article_id=passage.document.article.article_id,
            sentence=passage.sentence,
            start=passage.span.start,
            end=passage.span.end,
            target=passage.target,
            stance=stance,
            probabilities=_probabilities(score, stance),
            holder=_holder(strongest, speech),
            mentions=tuple(Span(mention.start, mention.end) for mention in passage.mentions),
            evidence=tuple(sorted({item.span for item in deciding})),
            classifier=self.name if not self.without else f"{self.name} without {', '.join(self.without)}",
            voice=speech.voice if speech else "outlet",
            speaker=speech.speaker if speech else None,
            reason=_reason(deciding, passage.document.text),
        )

    def _evidence(self, hit: Hit, clause: Clause, target: str, speech: Speech | None) -> list[_Evidence]:
        """What one phrase says of the target, at most once: the nearest mention in a place of its frame decides."""
        best: tuple[float, _Evidence] | None = None
        for mention in clause.targets:
            places = clause.place(hit, mention)
            for entry in hit.entries:
                if entry.is_negative and not modality.is_negative(clause.words[hit.last]):
                    continue  # 'تسلیم شد' is no 'تسلیم نشد', though they share their dictionary form
                for place, polarity in entry.frame.items():
                    if place not in places:
                        continue
                    sign = polarity * entry.strength * _WEIGHT[place]
                    span = Span(clause.words[hit.first].start, clause.words[hit.last].end)
                    actor = clause.actor_of(hit, mention) if place in _PATIENT and "actor" not in self.without else None
                    if (
                        sign < 0
                        and entry.applies_to == "act"
                        and place in _PATIENT
                        and not self._is_done(hit, clause, place, actor)
                    ):
                        continue
                    item = _Evidence(
                        entry,
                        place,
                        self._turned(sign, hit, clause, target, speech, place, entry.is_negative),
                        span,
                        actor,
                    )
                    distance = min(abs(mention[0] - hit.last), abs(hit.first - mention[1]))
                    if item.sign and (best is None or abs(item.sign) - 0.1 * distance > best[0]):
                        best = (abs(item.sign) - 0.1 * distance, item)
        if best is None and "accusation" not in self.without:
            return self._accused(hit, clause, target, speech)
        return [best[1]] if best else []

    def _accused(self, hit: Hit, clause: Clause, target: str, speech: Speech | None) -> list[_Evidence]:
        """A speaker who tells of a hostile act blames its doer: 'وزیر خارجه ایران: آمریکا به ما حمله کرد'."""
        if speech is None or speech.holder in {target, "author"} or not clause.is_actor(hit):
            return []
        hostile = next(
            (e for e in hit.entries if e.applies_to == "act" and _HOSTILE & {p for p, s in e.frame.items() if s < 0}),
            None,
        )
        words = clause.words
        doubts = (
            modality.is_negated(words, hit, False),
            modality.is_hypothetical(words, hit),
            modality.is_rejected(words, hit),
        )
        if hostile is None or any(doubts) or hostile.phrase in _WORDS_ONLY:
            return []
        span = Span(clause.words[hit.first].start, clause.words[hit.last].end)
        return [_Evidence(hostile, "actor", -(0.7 if len(speech.holder) == 2 else 0.5) * hostile.strength, span, None)]

    def _is_done(self, hit: Hit, clause: Clause, place: str, actor: str | None) -> bool:
        """Whether somebody does the hostile act: what is only a topic, or has no doer, says nothing of the target."""
        if "topic" in self.without or actor is not None or clause.has_agent():
            return True
        return place != "psubj" and clause.is_verbal(hit)

    def _turned(
        self, sign: float, hit: Hit, clause: Clause, target: str, speech: Speech | None, place: str, negative: bool
    ) -> float:
        words = clause.words
        if "hypothetical" not in self.without and modality.is_hypothetical(words, hit):
            return 0.0
        if "rejection" not in self.without and sign < 0 and modality.is_rejected(words, hit):
            return 0.0
        if "negation" not in self.without and modality.is_negated(
            words, hit, place not in _NOMINAL and not negative and clause.carries(hit)
        ):
            # 'does not threaten' is no praise; 'does not support' is close to blame.
            return -0.4 * sign if sign > 0 else 0.0
        own = speech is not None and speech.holder == target
        if "own_complaint" not in self.without and own and sign < 0 and place in _PATIENT:
            return 0.0
        return sign


def _cue(hit: Hit) -> Cue | None:
    """What a phrase is in itself; None where it only guards a set term."""
    entry = max(hit.entries, key=lambda entry: entry.strength)
    signs = {sign for one in hit.entries for sign in one.frame.values()}
    if not entry.strength:
        return None
    return Cue(hit.first, hit.last, signs.pop() if len(signs) == 1 else 0, entry.strength, entry.applies_to)


def _condemns_what_follows(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the next word opens another phrase of blame: 'محکومیت تهدید ایران' blames the threat, not Iran."""
    blames = any(sign < 0 for entry in hit.entries for sign in entry.frame.values())
    return blames and any(
        other.first == hit.last + 1 and any(sign < 0 for entry in other.entries for sign in entry.frame.values())
        for other in hits
    )


def _words(passage: Passage) -> list[Token]:
    words: Any = passage.document.tokens
    start, end = (bisect_left(words, edge, key=_start) for edge in (passage.span.start, passage.span.end))
    return list(words[start:end])


_start = attrgetter("start")


def _clause(passage: Passage, words: Sequence[Token]) -> Clause:
    span = passage.span
    targets: list[tuple[int, int]] = []
    others: list[tuple[int, int, str]] = []
    starts = {word.start: at for at, word in enumerate(words)}
    for mention in passage.document.mentions:
        if not span.start <= mention.start < span.end or mention.start not in starts:
            continue
        first = starts[mention.start]
        last = first
        while last + 1 < len(words) and words[last + 1].start < mention.end:
            last += 1
        if mention.target == passage.target:
            targets.append((first, last))
        else:
            others.append((first, last, mention.target))
    return Clause(words, targets, others)


def _speech(passage: Passage) -> Speech | None:
    span = passage.span
    return next((speech for speech in passage.document.speeches if speech.start <= span.start < speech.end), None)


def _holder(strongest: _Evidence | None, speech: Speech | None) -> str | None:
    if strongest is None:
        return None
    return strongest.holder or (speech.holder if speech else "author")


def _probabilities(score: float, stance: Stance) -> tuple[float, float, float]:
    strength = max(0.0, abs(score) - _DECIDES)
    top = (
        1 - 0.42 * float(np.exp(-_SLOPE * strength))
        if stance is not Stance.NEUTRAL
        else 0.72 - 0.12 * min(1.0, abs(score))
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
    "obj": "object", "gen": "in its ezafe chain", "subj": "subject", "by": "agent", "pred": "said of it", "mod": "described by it", "slogan": "slogan", "pair": "one of the two", "actor": "doer of it", "psubj": "subject of the passive",
}  # fmt: skip


def _reason(deciding: Sequence[_Evidence], text: str) -> str:
    parts = (
        f"{'+' if item.sign > 0 else '−'}{abs(item.sign):.1f} «{item.span.of(text)}» ({item.entry.meaning}; target {_PLACE_NAMES[item.place]})"
        for item in deciding
    )
    return "; ".join(parts) or "mentioned only"
