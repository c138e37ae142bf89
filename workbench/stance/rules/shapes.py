"""What the shape of a sentence says without a phrase: one who is cleared, a threat on a condition, ties."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.stance.rules import rejection, ties
from workbench.stance.rules.alone import CODE, Alone
from workbench.stance.rules.doers import DEEDS
from workbench.stance.rules.evidence import CAUSE, CLEARED, CUT, NEEDED, OFFER, THREAT, WIDENED, Evidence
from workbench.stance.rules.lexicon import Entry, Hit
from workbench.stance.rules.nouns import PREPOSITIONS
from workbench.types import Span

_PERSON = frozenset({"او", "وی"})
_ENVOYS = frozenset("نماینده فرستاده سفیر وزیر رییسجمهور معاون فرمانده".split())
_TAKEN_UP = 4  # words of 'این یورش را …'
_SAID_OF_IT = 14  # words from 'این یورش' to what it is called
_BEFORE_VERDICT = 16  # words from a deed to the verdict on it
_CONDEMNED = ("محکوم", "تقبیح", "نکوهش")
_OUGHT = frozenset({"باید", "بایستی"})
_THIS = frozenset({"این", "چنین", "همین"})
_CONDITION = 12  # words from 'اگر' to the one who is threatened


@dataclass(slots=True)
class Shapes(Alone):
    """One sentence and one target, asked what the shape of the sentence says."""

    def _of_own_denial(self) -> list[Evidence]:
        """A state's own speaker calls a slander what is told of things in it: 'افترا خواند که زندانیان در ایران شکنجه می‌شوند'."""
        at, words = self.sentence.rejection, self.clause.words
        if at is None or "rejection" in self.without or not rejection.is_called(words, at):
            return []
        for hit in self.sentence.hits:
            inside = self.clause.clause_of(hit)
            told = hit.is_blame and at < hit.first and rejection.is_rejected(words, hit, at)
            if told and any(first in inside and self.clause.is_place(first) for first, _ in self.clause.targets):
                return [Evidence(CLEARED, "told", 1.4, Span(words[at].start, words[at].end), None)]
        return []

    def _of_shape(self, is_judged: bool, is_decided: bool) -> list[Evidence]:
        """What the shape of a sentence says: one who is cleared, a threat on a condition, ties."""
        clause, words, speech = self.clause, self.clause.words, self.sentence.speech
        found = self._of_ties() if "ties" not in self.without else []
        is_quoted = speech is not None and speech.holder != "author"
        at = self.sentence.rejection
        told = at is not None and clause.is_told_of(at) and not rejection.is_of_news(words, at)
        found += self._of_deed_named() or (
            [] if is_decided else self._of_deed_condemned() or (self._of_needed() if is_quoted else [])
        )
        if at is not None and "rejection" not in self.without and is_quoted and not is_judged and told:
            found.append(Evidence(CLEARED, "told", 1.4, Span(words[at].start, words[at].end), None))
        if self.sentence.threat is not None and "threat" not in self.without:
            start, end = self.sentence.threat
            near = any(
                first < end and abs(first - start) <= _CONDITION and not clause.is_place(first)
                for first, _ in clause.targets
            )
            other = clause.other_after(end)
            if near and (is_quoted or other is not None):
                holder = None if speech is not None and len(speech.holder) == CODE else other
                found.append(Evidence(THREAT, "threat", -2.0, Span(words[end].start, words[end].end), holder))
        return found

    def _of_deed_named(self) -> list[Evidence]:
        """What is said of a deed of the target told before: 'یورش ناوچه چین به صیادان …، و این یورش را ددمنشانه خواند'."""
        keys = self.clause.keys
        for at in range(_TAKEN_UP, len(keys) - _TAKEN_UP):
            if keys[at] not in _THIS or keys[at + 1] not in DEEDS or not self.clause.did_what_was_told(at):
                continue
            ra = next((end for end in range(at + 2, at + 2 + _TAKEN_UP) if keys[end : end + 1] == ["را"]), None)
            place = "obj" if ra is not None else PREPOSITIONS.get(keys[at - 1])
            if place not in {"obj", "az", "be"}:
                continue
            inside = self.clause.clause_at(at)
            for hit in self.sentence.hits:
                if (ra or at + 1) < hit.first <= at + _SAID_OF_IT and hit.last in inside:
                    found = self._of_deed(hit, place)
                    if found:
                        return found
        return []

    def _of_needed(self) -> list[Evidence]:
        """One without whom something could not be: 'بدون ایران آتش‌بس دوام نمی‌آورد', 'اگر کمک چین نبود، …'; blamed where it is a wrong."""
        clause, words = self.clause, self.clause.words
        needed = ties.needed(words, clause.targets)
        if needed is None:
            return []
        at, is_wrong = needed
        entry = CAUSE if is_wrong else NEEDED
        return [Evidence(entry, "told", -1.6 if is_wrong else 1.6, Span(words[at].start, words[at].end), None)]

    def _of_deed_condemned(self) -> list[Evidence]:
        """A deed that is condemned is its doer's: 'حملات آمریکا به … محکوم شد', '«حملات آمریکا به …» را محکوم و …'."""
        clause = self.clause
        for hit in self.sentence.hits:
            entry = next((one for one in hit.meant(clause.words) if one.phrase.endswith(_CONDEMNED)), None)
            if entry is None or clause.keys[hit.last + 1 : hit.last + 2] == ["به"]:
                continue
            opening = max(0, hit.first - _BEFORE_VERDICT)
            for mention in clause.targets:
                if opening <= mention[0] and mention[1] < hit.first and clause.does_a_deed(mention, hit.first):
                    if clause.is_parted_from(mention[1], hit.first):
                        continue
                    sign = self._turned(-0.9 * entry.strength, hit, "pred", entry)
                    return [Evidence(entry, "pred", sign, self.span(hit), clause.subject_of(hit))] if sign else []
        return []

    def _of_deed(self, hit: Hit, place: str) -> list[Evidence]:
        """What a phrase says of a deed that is its object, or that its preposition governs."""
        is_called = place == "obj" and self.clause.is_called(hit)
        entry = next(
            (
                one
                for one in hit.meant(self.clause.words)
                if one.strength and (place in one.frame or (is_called and one.of_bearer))
            ),
            None,
        )
        if entry is None or (entry.applies_to == "act" and not is_called):
            return []
        polarity = (
            entry.frame[place] if place in entry.frame and not is_called else entry.of_bearer or entry.frame[place]
        )
        sign = self._turned(0.9 * polarity * entry.strength, hit, "pred", entry)
        return [Evidence(entry, "pred", sign, self.span(hit), self.clause.subject_of(hit))] if sign else []

    def _of_ties(self) -> list[Evidence]:
        clause, words = self.clause, self.clause.words
        if not ties.are_named(words):
            return []
        for mention in clause.targets:
            inside, prepared = clause.words_around(mention), clause.with_whom(mention)
            found: list[tuple[Entry, float, int | None]] = []
            if prepared is not None:
                found = [
                    (CUT, -2.0, ties.cut(words, inside, prepared, mention[0])),
                    (OFFER, 2.0, ties.offer(words, inside, prepared, mention[0])),
                    (WIDENED, 2.0, ties.widened(words, inside, prepared, mention[0])),
                ]
            elif clause.subject_at(mention) is not None or self.sentence.speech is not None:
                at = ties.wished(words, inside, mention[0])
                found = [(OFFER, 2.0, at if at is not None else ties.invited(words, inside, mention))]
            for entry, sign, at in found:
                if at is not None and not (entry is OFFER and self.sentence.rejection is not None):
                    span = Span(words[at].start, words[at].end)
                    is_ought = any(clause.keys[place] in _OUGHT for place in inside if place < at)
                    return [Evidence(entry, "ba", sign, span, None if is_ought else clause.subject_at(mention))]
        return self._of_ties_with_envoy()

    def _of_ties_with_envoy(self) -> list[Evidence]:
        """A wish for ties with one of the target's officials, who was named before: 'برای همکاری با او بی‌تاب است'."""
        clause, words, keys = self.clause, self.clause.words, self.clause.keys
        at = next((at for at in range(1, len(keys)) if keys[at] in _PERSON and keys[at - 1] == "با"), None)
        if at is None or clause.others or self.sentence.speech is None or self.sentence.rejection is not None:
            return []
        if not any(first < at and keys[first - 1] in _ENVOYS for first, _ in clause.targets):
            return []
        wish = ties.offer(words, clause.words_around((at, at)), at - 1, at)
        return [Evidence(OFFER, "ba", 2.0, Span(words[wish].start, words[wish].end), None)] if wish is not None else []
