"""The `rules` classifier: signed evidence from phrases and places, who holds it, and why, in one line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from workbench.features import Cue
from workbench.stance.rules import modality, ties
from workbench.stance.rules.clauses import Part, find_parts
from workbench.stance.rules.lexicon import Entry, Hit, find_hits
from workbench.stance.rules.relations import Clause
from workbench.stance.rules.selves import with_selves
from workbench.stance.rules.verbs import is_verb
from workbench.text import Token
from workbench.types import STANCES, Judgement, Passage, Span, Speech, Stance

PHENOMENA = (
    "negation",
    "rejection",
    "hypothetical",
    "own_complaint",
    "actor",
    "accusation",
    "topic",
    "bearer",
    "opposition",
    "claim",
    "threat",
    "both",
    "we",
    "forbidding",
    "ties",
)
"""Rules that can be left out one by one, to see what each is worth."""

# A place that hardly misleads counts whole; one that the words between may break counts less.
_WEIGHT = {"slogan": 1.0, "obj": 1.0, "by": 1.0, "alayh": 1.0, "az": 1.0, "be": 0.8, "ba": 0.8, "bar": 0.8, "dar": 0.8}
_WEIGHT |= {"gen": 0.9, "pred": 0.9, "mod": 1.0, "subj": 0.8, "pair": 0.9, "psubj": 0.9}
# What a phrase says of its bearer counts less where its frame does not name the place.
_BORNE = {"pred": 0.8, "gen": 0.8, "clause": 0.6}
# Where the patient of a hostile act stands when the act is named by a noun.
_OPPOSABLE = frozenset({"be", "bar", "alayh", "ba", "gen", "dar", "obj", "slogan"})
_PATIENT = frozenset({"psubj", "obj", "az", "be", "ba", "bar", "alayh", "dar"})
# What stands in an ezafe chain is not negated by the verb: جنایات آمریکا فراموش نمی‌شود.
_NOMINAL = frozenset({"gen", "mod", "slogan"})
_HOSTILE = frozenset({"be", "alayh", "bar", "obj"})
# Hostile acts of speech are a matter between two; whoever reports them takes no side yet.
_WORDS_ONLY = frozenset(
    {
        "هشدار",
        "اعتراض",
        "انتقاد",
        "محکوم کرد",
        "متهم کرد",
        "تقبیح کرد",
        "رای",
        "بیانیه",
        "شکایت",
        "ادعا",
        "عملیات",
        "اقدام",
        "جنگ",
        "طرح",
        "سیاست",
        "موضع",
        "رزمایش",
        "درگیری",
        "نبرد",
        "مبارزه",
        "تعرفه",
        "رأی",
        "ائتلاف",
    }
)
_OFFER = Entry("آماده", {}, 2, "diplomacy", "wish for ties")
_CUT = Entry("قطع", {}, 2, "diplomacy", "ties cut")
_CLEARED = Entry("رد", {}, 2, "diplomacy", "cleared of what is told")
_CLAIM = Entry("ادعا", {}, 2, "diplomacy", "claim called untrue")
_THREAT = Entry("پاسخ", {}, 2, "diplomacy", "threat on a condition")
_CONDITION = 12  # words from 'اگر' to the one who is threatened
# Words that an outlet puts to a name even where it reports what its bearer says (سازمان تروریستی …).
_SAID_OF_IT = frozenset({"slogan", "mod"})
_OTHER = "other"
_DENIED = 0.3
_DECIDES = 0.95
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


@dataclass(slots=True)
class _Sentence:
    """What is found once for all targets of a sentence."""

    words: list[Token]
    hits: list[Hit]
    states: list[tuple[int, int, str]]
    speech: Speech | None
    rejection: int | None
    threat: tuple[int, int] | None
    selves: frozenset[tuple[int, int]] = frozenset()
    with_both: bool = True
    parted: tuple[list[Part], list[int]] | None = None

    @classmethod
    def of(cls, passage: Passage, without: Collection[str] = ()) -> _Sentence:
        words = _words(passage)
        hits = find_hits(words)
        rejection, threat = modality.rejection_at(words), modality.threatened_if(words)
        speech = _speech(passage)
        states: list[tuple[int, int, str]] = []
        selves: frozenset[tuple[int, int]] = frozenset()
        if passage.document.mentions:
            span = passage.span
            starts = {word.start: at for at, word in enumerate(words)}
            for mention in passage.document.mentions:
                if span.start <= mention.start < span.end and mention.start in starts:
                    first = last = starts[mention.start]
                    while last + 1 < len(words) and words[last + 1].start < mention.end:
                        last += 1
                    states.append((first, last, mention.target))
            if "we" not in without and speech is not None and len(speech.holder) == 2:
                named = states
                states = with_selves(words, states, speech.holder)
                selves = frozenset((first, last) for first, last, code in {*states} - {*named} if code == speech.holder)
        return cls(words, hits, states, speech, rejection, threat, selves, "both" not in without)

    def clause(self, target: str) -> Clause:
        """The sentence as seen from one state."""
        if self.parted is None:
            named = {at: code for first, last, code in self.states for at in range(first, last + 1)}
            self.parted = find_parts(self.words, named)
        targets = [(first, last) for first, last, code in self.states if code == target]
        others = [state for state in self.states if state[2] != target]
        return Clause(self.words, targets, others, *self.parted, self.selves, with_both=self.with_both)


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
        cached: tuple[Any, _Sentence] | None = None
        found = []
        for passage in X:
            key = (id(passage.document), passage.sentence)
            if cached is None or cached[0] != key:
                cached = (key, _Sentence.of(passage, self.without))
            found.append(self._judge(passage, cached[1]))
        return found

    def cues(self, sentences: Sequence[Sequence[Token]]) -> list[list[Cue]]:
        """Return the phrases of the lexicon in each sentence, whomever they are about."""
        return [[cue for hit in find_hits(words) if (cue := _cue(hit))] for words in sentences]

    def _judge(self, passage: Passage, sentence: _Sentence) -> Judgement:
        speech = sentence.speech
        evidence: list[_Evidence] = []
        if sentence.states:
            clause = sentence.clause(passage.target)
            evidence = [
                item
                for hit in sentence.hits
                if not _condemns_what_follows(hit, sentence.hits)
                for item in self._evidence(hit, clause, passage.target, sentence)
            ]
            evidence = _without_overlap(evidence)
            evidence += self._of_sentence(clause, passage.target, sentence, bool(evidence))
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
            holder=_holder(strongest, speech, passage.target),
            mentions=tuple(Span(mention.start, mention.end) for mention in passage.mentions),
            evidence=tuple(sorted({item.span for item in deciding})),
            classifier=self.name if not self.without else f"{self.name} without {', '.join(self.without)}",
            voice=speech.voice if speech else "outlet",
            speaker=speech.speaker if speech else None,
            reason=_reason(deciding, passage.document.text),
        )

    def _of_sentence(self, clause: Clause, target: str, sentence: _Sentence, is_judged: bool) -> list[_Evidence]:
        """What a sentence says of the target by its shape: a claim called untrue, a threat on a condition."""
        speech = sentence.speech
        if speech is not None and speech.holder == target:
            return []
        words = clause.words
        found = []
        if "ties" not in self.without:
            found += self._ties(clause)
        at = sentence.rejection
        if at is not None and "claim" not in self.without:
            claimed = [first for first, _ in clause.targets if modality.is_claim(words, first)]
            if claimed:
                found.append(_Evidence(_CLAIM, "claim", -2.0, Span(words[at].start, words[at].end), None))
        told = at is not None and speech is not None and speech.holder != "author" and "rejection" not in self.without
        if at is not None and told and not is_judged and clause.is_told_of(at):
            found.append(_Evidence(_CLEARED, "claim", 1.4, Span(words[at].start, words[at].end), None))
        if sentence.threat is not None and "threat" not in self.without:
            start, end = sentence.threat
            spoken = speech is not None and speech.holder != "author"
            near = any(first < end and abs(first - start) <= _CONDITION for first, _ in clause.targets)
            if near and (spoken or clause.other_after(end) is not None):
                holder = None if speech is not None and len(speech.holder) == 2 else clause.other_after(end)
                found.append(_Evidence(_THREAT, "threat", -2.0, Span(words[end].start, words[end].end), holder))
        return found

    def _ties(self, clause: Clause) -> list[_Evidence]:
        for mention in clause.targets:
            prepared = clause.with_whom(mention)
            if prepared is None:
                continue
            words, inside = clause.words, clause.words_around(mention)
            for entry, sign, found in (
                (_CUT, -2.0, ties.cut(words, inside, prepared, mention[0])),
                (_OFFER, 2.0, ties.offer(words, inside, prepared, mention[0])),
            ):
                if found is not None:
                    holder = clause.subject_at(mention)
                    return [_Evidence(entry, "ba", sign, Span(words[found].start, words[found].end), holder)]
        return []

    def _evidence(self, hit: Hit, clause: Clause, target: str, sentence: _Sentence) -> list[_Evidence]:
        """What one phrase says of the target, at most once: the nearest mention in a place of its frame decides."""
        speech = sentence.speech
        if (
            sentence.rejection is not None
            and hit.first <= sentence.rejection <= hit.last
            and "claim" not in self.without
        ):
            return []
        best: tuple[float, _Evidence] | None = None
        entries = _entries_meant(hit, clause.words)
        opposes = any(entry.phrase.startswith("مخالف") for entry in hit.entries)
        for mention in clause.targets:
            places = clause.place(hit, mention)
            if opposes and "opposition" not in self.without and clause.blames_before(hit, mention, sentence.hits):
                continue
            for entry in entries:
                for place, polarity in entry.frame.items():
                    if place not in places:
                        continue
                    sign = polarity * entry.strength * _WEIGHT[place]
                    if place == "be" and sign > 0 and entry.phrase.startswith("کمک") and clause.governed_far(mention):
                        sign *= 0.5  # 'کمک به حفظ نظام پلیس چین' helps something else
                    span = Span(clause.words[hit.first].start, clause.words[hit.last].end)
                    doer = clause.actor_of(hit)
                    actor = doer if place in _PATIENT else None
                    suffers = place in _PATIENT or (place in {"gen", "slogan"} and entry.is_done_to_somebody)
                    if (
                        sign < 0
                        and entry.applies_to == "act"
                        and suffers
                        and not self._is_done(hit, clause, place, doer)
                    ):
                        continue
                    turned = self._turned(
                        sign, hit, clause, target, sentence, place, entry.is_negative, entry.applies_to == "act"
                    )
                    if turned * sign < 0:
                        actor = clause.subject_of(hit)  # who opposes or clears, not who did it
                    elif entry.applies_to == "diplomacy" and speech is not None and not clause.has_own_subject(hit):
                        actor = None  # thanks and the like are the speaker's
                    if speech is None and actor is None:
                        actor = clause.subject_of(hit) or clause.teller_of(hit)
                        if actor is None and entry.applies_to == "act" and sign < 0:
                            actor = _OTHER if clause.somebody_does(hit) else clause.only_other()
                    item = _Evidence(entry, place, turned, span, actor if "actor" not in self.without else None)
                    distance = min(abs(mention[0] - hit.last), abs(hit.first - mention[1]))
                    if item.sign and (best is None or abs(item.sign) - 0.1 * distance > best[0]):
                        best = (abs(item.sign) - 0.1 * distance, item)
        if best is None and "accusation" not in self.without:
            accused = self._accused(hit, clause, target, sentence)
            if accused:
                return accused
        if best is None and "bearer" not in self.without:
            return self._borne(hit, clause, target, sentence)
        return [best[1]] if best else []

    def _borne(self, hit: Hit, clause: Clause, target: str, sentence: _Sentence) -> list[_Evidence]:
        """What is said of the one who has or does something, where no frame names the place: part of its strength."""
        places = {place for mention in clause.targets for place in clause.place(hit, mention)}
        share, place = next(((share, place) for place, share in _BORNE.items() if place in places), (0.0, ""))
        if not share:
            return []
        words, speech = clause.words, sentence.speech
        found: _Evidence | None = None
        for entry in _entries_meant(hit, words):
            if place == "gen" and entry.applies_to != "quality":
                continue
            sign = entry.of_bearer * entry.strength * share
            turned = (
                self._turned(sign, hit, clause, target, sentence, place, entry.is_negative, entry.applies_to == "act")
                if sign
                else 0.0
            )
            own = speech is not None and speech.holder == target
            if turned and not (own and turned < 0) and (found is None or abs(turned) > abs(found.sign)):
                found = _Evidence(entry, place, turned, Span(words[hit.first].start, words[hit.last].end), None)
        return [found] if found else []

    def _accused(self, hit: Hit, clause: Clause, target: str, sentence: _Sentence) -> list[_Evidence]:
        """A speaker who tells of a hostile act blames its doer: 'وزیر خارجه ایران: آمریکا به ما حمله کرد'."""
        speech = sentence.speech
        if speech is None or speech.holder in {target, "author"} or not clause.is_actor(hit):
            return []
        hostile = next(
            (e for e in hit.entries if e.applies_to == "act" and _HOSTILE & {p for p, s in e.frame.items() if s < 0}),
            None,
        )
        words = clause.words
        doubts = (
            modality.is_negated(words, hit, clause.verb_of(hit)),
            modality.is_hypothetical(words, clause.clause_of(hit), hit),
            modality.is_rejected(words, hit, sentence.rejection),
        )
        if hostile is None or any(doubts) or hostile.phrase in _WORDS_ONLY:
            return []
        span = Span(clause.words[hit.first].start, clause.words[hit.last].end)
        return [_Evidence(hostile, "actor", -(0.7 if len(speech.holder) == 2 else 0.5) * hostile.strength, span, None)]

    def _is_done(self, hit: Hit, clause: Clause, place: str, actor: str | None) -> bool:
        """Whether somebody does the hostile act: what is only a topic, or has no doer, says nothing of the target."""
        if "topic" in self.without or actor is not None or clause.has_agent() or clause.somebody_does(hit):
            return True
        return place != "psubj" and clause.is_verbal(hit)

    def _turned(
        self,
        sign: float,
        hit: Hit,
        clause: Clause,
        target: str,
        sentence: _Sentence,
        place: str,
        negative: bool,
        is_act: bool,
    ) -> float:
        words, speech = clause.words, sentence.speech
        inside = clause.clause_of(hit)
        if "hypothetical" not in self.without:
            if modality.is_counterfactual(words, inside):
                return sign
            if modality.is_hypothetical(words, inside, hit):
                return 0.0
        own = speech is not None and speech.holder == target
        if "rejection" not in self.without and sign < 0 and modality.is_rejected(words, hit, sentence.rejection):
            # Who clears the target of an accusation speaks for it; its own denial is no praise.
            return -0.7 * sign if speech is not None and not own and speech.holder != "author" else 0.0
        if (
            "opposition" not in self.without
            and sign < 0
            and place in _OPPOSABLE
            and not is_verb(words[hit.last].text)
            and modality.is_opposed(words, clause.words_of(hit), hit)
        ):
            return 0.0 if own else -0.8 * sign
        if "forbidding" not in self.without and place not in _NOMINAL and modality.is_forbidden(words, hit):
            # 'must not be threatened' speaks for it, 'must not be trusted' against it.
            return -0.8 * sign if not own else 0.0
        if "negation" not in self.without and modality.is_negated(
            words,
            hit,
            clause.verb_of(hit) if (place not in _NOMINAL or clause.is_copular(hit)) and not negative else None,
        ):
            # 'does not threaten' is no praise; 'does not support' is close to blame.
            return -_DENIED * sign if sign > 0 else 0.0
        if "own_complaint" not in self.without and own and sign < 0 and (is_act or place not in _SAID_OF_IT):
            return 0.0
        return sign


def _cue(hit: Hit) -> Cue | None:
    """What a phrase is in itself; None where it only guards a set term."""
    entry = max(hit.entries, key=lambda entry: entry.strength)
    signs = {sign for one in hit.entries for sign in one.frame.values()}
    if not entry.strength:
        return None
    return Cue(hit.first, hit.last, signs.pop() if len(signs) == 1 else 0, entry.strength, entry.applies_to)


def _entries_meant(hit: Hit, words: Sequence[Token]) -> list[Entry]:
    """The entries of a phrase that its verb allows: 'تسلیم شد' is no 'تسلیم نشد', though they share their dictionary form."""
    if not any(entry.is_negative for entry in hit.entries):
        return list(hit.entries)
    negative = modality.is_negative(words[hit.last])
    return [entry for entry in hit.entries if entry.is_negative == negative]


def _without_overlap(evidence: list[_Evidence]) -> list[_Evidence]:
    """Of phrases inside one another ('تمجید', 'تمجید کرد') only the strongest counts."""
    kept: list[_Evidence] = []
    for item in sorted(evidence, key=lambda item: -abs(item.sign)):
        if not any(item.span.start < other.span.end and other.span.start < item.span.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.span)


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


def _speech(passage: Passage) -> Speech | None:
    span = passage.span
    return next((speech for speech in passage.document.speeches if speech.start <= span.start < speech.end), None)


def _holder(strongest: _Evidence | None, speech: Speech | None, target: str) -> str | None:
    if strongest is None:
        return None
    if strongest.sign < 0 and strongest.holder is None and speech is not None and speech.holder == target:
        return "author"  # who calls it 'سازمان تروریستی' in its own report is the outlet
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
    "obj": "object", "gen": "in its ezafe chain", "subj": "subject", "by": "agent", "pred": "said of it", "mod": "described by it", "slogan": "slogan", "pair": "one of the two", "actor": "doer of it", "psubj": "subject of the passive", "clause": "subject of the clause", "claim": "who claims", "threat": "who is threatened",
}  # fmt: skip


def _reason(deciding: Sequence[_Evidence], text: str) -> str:
    parts = (
        f"{'+' if item.sign > 0 else '−'}{abs(item.sign):.1f} «{item.span.of(text)}» ({item.entry.meaning}; target {_PLACE_NAMES[item.place]})"
        for item in deciding
    )
    return "; ".join(parts) or "mentioned only"
