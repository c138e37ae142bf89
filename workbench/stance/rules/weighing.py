"""What a sentence says of one state: each phrase by the place of the target, and the shape of the sentence itself."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.stance.rules import irony, modality, rejection
from workbench.stance.rules.alone import CODE, NO_DEED
from workbench.stance.rules.evidence import DECIDES, Evidence, without_overlap
from workbench.stance.rules.lexicon import Entry, Hit, means_else
from workbench.stance.rules.shapes import Shapes
from workbench.stance.rules.turning import OF_ITSELF
from workbench.stance.rules.verbs import is_verb
from workbench.text import Token

# A place that hardly misleads counts whole; one that the words between may break counts less.
_WEIGHT = {"slogan": 1.0, "obj": 1.0, "by": 1.0, "alayh": 1.0, "az": 1.0, "be": 0.8, "ba": 0.8, "bar": 0.8, "dar": 0.8}
_WEIGHT |= {"gen": 0.9, "pred": 0.9, "mod": 1.0, "subj": 0.8, "pair": 0.9, "psubj": 0.9}
# What a phrase says of its bearer counts less where its frame does not name the place.
_BORNE = {"pred": 0.8, "gen": 0.8, "clause": 0.6}
_PATIENT = frozenset({"psubj", "obj", "az", "be", "ba", "bar", "alayh", "dar"})
_HOSTILE = frozenset({"be", "alayh", "bar", "obj"})
_OTHER, _HOME = "other", "IR"
_BESIDE_IT = 3
_SPOILING = frozenset("نقض تضعیف تحقیر تخریب سلب نابودی انکار پایمال".split())
_WHEN = frozenset("شب روز زمان هنگام موقع سالگرد سال لحظه پیش پس".split())
_NOBODY = frozenset({"هیچکس", "کسی", "کس", "کشوری", "قدرتی", "دولتی"})


@dataclass(slots=True)
class Weighing(Shapes):
    """One sentence and one target, weighed phrase by phrase."""

    def evidence(self) -> list[Evidence]:
        """Everything that the sentence says of the target."""
        hits = self.sentence.hits
        found = [
            item
            for hit in hits
            if not _condemns_what_follows(hit, hits) and not means_else(hit, hits) and not self._is_spoilt(hit)
            for item in self._of_phrase(hit)
        ]
        found = _as_called(without_overlap(found))
        if any(item.sign < 0 for item in found):  # what is not forgotten may be a wrong: 'این جنایت را فراموش نمی‌کنیم'
            found = [item for item in found if item.sign < 0 or not item.entry.phrase.startswith("فراموش")]
        if "sole" not in self.without and abs(sum(item.sign for item in found)) < DECIDES:
            found = without_overlap([*found, *self._of_sole()])
        return [*found, *(self._of_own_denial() if self.is_own else self._of_shape(bool(found)))]

    def _of_phrase(self, hit: Hit) -> list[Evidence]:
        """What one phrase says of the target, at most once: the nearest mention in a place of its frame decides."""
        if "rejection" not in self.without and self._rejects_what_is_told(hit):
            return []  # 'اتهام … را بی‌اساس خواند': the accusation is baseless, and not the accused
        if hit.first and self.clause.keys[hit.first] == "حق" and self.clause.keys[hit.first - 1] in _NOBODY:
            return []  # 'هیچ‌کس حق ندارد ایران را …': nobody named lacks the right
        opposes = "opposition" not in self.without and any(one.phrase.startswith("مخالف") for one in hit.entries)
        best: tuple[float, Evidence] | None = None
        stands = [self.clause.place(hit, mention) for mention in self.clause.targets]
        for mention, places in zip(self.clause.targets, stands, strict=True):
            if opposes and self.clause.blames_before(hit, mention, self.sentence.hits):
                continue
            if "opposition" not in self.without and self._is_of_deed(hit, mention):
                continue
            distance = min(abs(mention[0] - hit.last), abs(hit.first - mention[1]))
            for entry in hit.meant(self.clause.words):
                for place, polarity in entry.frame.items():
                    item = self._in_place(hit, mention, entry, place, polarity) if place in places else None
                    if item is not None and (best is None or abs(item.sign) - 0.1 * distance > best[0]):
                        best = (abs(item.sign) - 0.1 * distance, item)
        if best is not None:
            return [best[1]]
        found = self._accused(hit) if "accusation" not in self.without else []
        found = found or self._suffered(hit)
        longer = any(one is not hit and one.first <= hit.first and hit.last < one.last for one in self.sentence.hits)
        if longer and is_verb(self.clause.words[hit.last + 1].text):
            return found  # 'دوست دارند' says nothing of 'دوست' alone
        return found or (self._borne(hit, set().union(*stands)) if "bearer" not in self.without else [])

    def _is_of_deed(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether a mention only suffers the deed that a phrase behind it judges: 'متهم کردن ایران را محکوم کرد'."""
        return mention[1] < hit.first and any(
            one.last + 1 == mention[0] and one.is_blame and modality.names_a_deed(self.clause.words, one)
            for one in self.sentence.hits
        )

    def _is_spoilt(self, hit: Hit) -> bool:
        """Whether a good stands right behind what is done to it: 'نقض آشکار *حقوق ملت‌ها*', 'تضعیف *اقتدار* ایران'."""
        before = self.clause.keys[max(0, hit.first - 2) : hit.first]
        return not hit.is_blame and (
            before[-1:] == ["نقض"] or not _SPOILING.isdisjoint(before[-1:]) or before[:1] == ["نقض"]
        )

    def _rejects_what_is_told(self, hit: Hit) -> bool:
        at = self.sentence.rejection
        if at is not None and hit.is_blame and at < hit.first <= at + _BESIDE_IT:
            between = {word.form.key for word in self.clause.words[at + 1 : hit.first]}
            return between <= {"و", "محض"}  # 'بی‌اساس و غرض‌ورزانه خواند'
        if at is None or not hit.first <= at <= hit.last:
            return False
        if any(first and rejection.is_claim(self.clause.words[first - 1]) for first, _ in self.clause.targets):
            return False  # 'اتهام‌های آمریکا دروغ است': its own words are baseless
        if any(one.is_blame and not one.first <= at <= one.last for one in self.sentence.hits):
            return True
        return not any(rejection.is_claim(word) for word in self._claims_before(at))

    def _claims_before(self, at: int) -> list[Token]:
        """Words before word `at`, without those that only report an event ('گزارش پیوستن آمریکا')."""
        words = self.clause.words
        return [words[i] for i in range(at) if not words[i + 1].form.key.endswith(("دن", "تن"))]

    def _in_place(self, hit: Hit, mention: tuple[int, int], entry: Entry, place: str, polarity: int) -> Evidence | None:
        clause = self.clause
        sign = polarity * entry.strength * _WEIGHT[place]
        if place == "be" and sign > 0 and entry.phrase.startswith("کمک") and clause.governed_far(mention):
            sign *= 0.5  # 'کمک به حفظ نظام پلیس چین' helps something else
        if place == "mod" and "subj" in entry.frame and hit.first > mention[1] and clause.is_governed(mention):
            return None  # 'به شرارت آمریکا پاسخ دندان‌شکن داد' is no answer by it
        is_act = entry.applies_to == "act"
        suffers = place in _PATIENT or (place in {"gen", "slogan"} and entry.is_done_to_somebody)
        if sign > 0 and entry.applies_to == "quality" and hit.first == hit.last and self._names_speaker(hit):
            return None  # 'صادق خرازی گفت'
        if place == "subj" and clause.is_passive(hit):
            return None  # 'به آتش کشیده شد' is done to its subject
        if (
            sign < 0
            and (is_act or (place == "psubj" and entry.applies_to == "quality"))
            and suffers
            and not self._is_done(hit, place, clause.actor_of(hit))
            and not modality.is_opposed(clause.words, clause.words_of(hit), hit)  # 'با تحریم ایران مخالفت کرد'
        ):
            return None
        turned = self._turned(sign, hit, place, entry)
        if place == "az" and sign > 0 and "opposition" not in self.without:
            turned = -turned if irony.is_at_harm(clause.words, hit, mention[0]) else turned
        if not turned:
            return None
        holder = self._holder(turned * sign < 0, turned < 0, hit, mention, entry, place)
        return Evidence(entry, place, turned, self.span(hit), holder if "actor" not in self.without else None)

    def _holder(
        self, is_turned: bool, blames: bool, hit: Hit, mention: tuple[int, int], entry: Entry, place: str
    ) -> str | None:
        """Whose stance a phrase is: the doer's, or None for who speaks."""
        if self.sentence.speech is None:
            return self._holder_unspoken(is_turned, blames, hit, mention, entry, place)
        clause, speech = self.clause, self.sentence.speech
        by_doer = place in _PATIENT and not clause.is_ought(hit) and not clause.is_of_us(hit)
        holder = clause.actor_of(hit) if by_doer else None
        if holder is not None and self._speaks(holder):
            holder = None  # 'سخنگوی دفتر امور تایوان در چین' speaks, and Taiwan does nothing
        if is_turned:
            # Who opposes or clears, not who did it; the one who must not is not he who says so.
            at = self.sentence.rejection
            laughs = at is not None and rejection.is_laughed_at(clause.words, at)
            holder = None if laughs or modality.is_forbidden(clause.words, hit) else clause.subject_of(hit)
        elif entry.applies_to == "diplomacy" and (not clause.has_own_subject(hit) or self._is_said_by_speaker(hit)):
            holder = None  # thanks and the like are the speaker's
        holder = holder or self._crowd(entry, place)
        is_of_itself = place in OF_ITSELF or (place == "mod" and clause.is_copular(hit))
        if self.is_own and blames and is_of_itself and speech.cue is not None:
            # Who says it of his own state holds it; who is told of behind a verb of saying does not ('X که از صلح می‌گفت، …').
            holder = self.target if clause.words[mention[0]].start > speech.cue.end else None
        return holder

    def _holder_unspoken(
        self, is_turned: bool, blames: bool, hit: Hit, mention: tuple[int, int], entry: Entry, place: str
    ) -> str | None:
        """Whose stance a phrase is in the outlet's own words; None for the outlet's."""
        clause = self.clause
        if place == "pair":
            return clause.only_other()  # ties are each one's with the other
        if clause.is_ought(hit):
            return None  # the outlet demands it
        holder = clause.actor_of(hit) if place in _PATIENT else None
        holder = clause.subject_of(hit) if is_turned else holder
        holder = holder or self._crowd(entry, place)
        holder = holder or (clause.agent(hit) if place in {"pred", "psubj"} else None) or clause.subject_of(hit)
        holder = holder or clause.teller_of(hit)
        if holder is None and place in _PATIENT:
            holder = clause.doer_named(hit, mention)
        if holder is None and entry.applies_to == "act" and blames != is_turned:
            holder = _OTHER if clause.somebody_does(hit) else clause.only_other()
        return holder

    def _crowd(self, entry: Entry, place: str) -> str | None:
        """Who shouts a slogan: a crowd at home, or where other states are named one of theirs."""
        if place != "slogan" or "شعار" not in self.clause.keys or not entry.phrase.startswith("مرگ بر"):
            return None
        return _HOME if all(code in {_HOME, "IL"} for _, _, code in self.clause.others) else _OTHER

    def _is_said_by_speaker(self, hit: Hit) -> bool:
        """Whether the words for the speaker open the clause that a phrase closes: 'فرستاده آمریکا به سودان از چین دفاع کرد'."""
        span = self.sentence.speech.speaker if self.sentence.speech is not None else None
        return span is not None and any(
            span.start <= self.clause.words[at].start < span.end for at in self.clause.clause_of(hit)
        )

    def _names_speaker(self, hit: Hit) -> bool:
        """Whether a phrase is one of the words for the speaker."""
        span = self.sentence.speech.speaker if self.sentence.speech is not None else None
        return span is not None and span.start <= self.clause.words[hit.first].start < span.end

    def _speaks(self, state: str) -> bool:
        """Whether a state is named only in the words for the speaker."""
        span = self.sentence.speech.speaker if self.sentence.speech is not None else None
        starts = [self.clause.words[first].start for first, _, code in self.clause.others if code == state]
        return span is not None and bool(starts) and all(span.start <= start < span.end for start in starts)

    def _borne(self, hit: Hit, places: set[str]) -> list[Evidence]:
        """What is said of the one who has or does something, where no frame names the place: part of its strength."""
        share, place = next(((share, place) for place, share in _BORNE.items() if place in places), (0.0, ""))
        found: Evidence | None = None
        for entry in hit.meant(self.clause.words) if share else ():
            sign = entry.of_bearer * entry.strength * share
            if self.clause.is_passive(hit) or ("by" in entry.frame and self.clause.is_followed_by_become(hit)):
                continue  # 'ترور شد': of whom it is said suffers it
            if not sign or (place == "gen" and entry.applies_to != "quality"):
                continue
            turned = self._turned(sign, hit, place, entry)
            if turned and not (self.is_own and turned < 0) and (found is None or abs(turned) > abs(found.sign)):
                found = Evidence(entry, place, turned, self.span(hit), None)
        return [found] if found else []

    def _accused(self, hit: Hit) -> list[Evidence]:
        """A speaker who tells of a hostile act blames its doer: 'وزیر خارجه ایران: آمریکا به ما حمله کرد'."""
        speech, words = self.sentence.speech, self.clause.words
        if speech is None or speech.holder in {self.target, "author"} or not self.clause.is_actor(hit):
            return []
        if hit.first and self.clause.keys[hit.first - 1] in _WHEN:
            return []  # 'در شب حمله'
        hostile = next(
            (e for e in hit.entries if e.applies_to == "act" and _HOSTILE & {p for p, s in e.frame.items() if s < 0}),
            None,
        )
        doubts = (
            modality.is_negated(words, hit, self.clause.verb_of(hit)),
            modality.is_hypothetical(words, self.clause.clause_of(hit), hit),
            rejection.is_rejected(words, hit, self.sentence.rejection),
        )
        if hostile is None or any(doubts) or hostile.phrase in NO_DEED:
            return []
        share = 0.7 if len(speech.holder) == CODE else 0.45
        return [Evidence(hostile, "actor", -share * hostile.strength, self.span(hit), None)]

    def _suffered(self, hit: Hit) -> list[Evidence]:
        """A hostile act of another state from which the subject suffers: 'صادرات چین با تعرفه‌های آمریکا نصف شد'."""
        if self.is_own:
            return []
        clause, words = self.clause, self.clause.words
        entry = next((e for e in hit.entries if e.applies_to == "act" and e.is_done_to_somebody), None)
        doer = clause.doer_beside(hit) if entry is not None and not is_verb(words[hit.last].text) else None
        if (
            entry is None
            or doer is None
            or entry.phrase in NO_DEED
            or set(entry.frame) == {"slogan"}
            or not clause.suffers(hit)
        ):
            return []
        sign = self._turned(-0.5 * entry.strength, hit, "clause", entry)
        return [Evidence(entry, "sufferer", sign, self.span(hit), doer)] if sign else []

    def _is_done(self, hit: Hit, place: str, doer: str | None) -> bool:
        """Whether somebody does the hostile act: what is only a topic, or has no doer, says nothing of the target."""
        if "topic" in self.without or doer is not None or self.clause.has_agent():
            return True
        if place == "psubj":  # who stands before a passive is who suffers it; a state that tells of it has done it
            speech = self.sentence.speech
            return speech is not None and len(speech.holder) == len(self.target) and not self.is_own
        return self.clause.somebody_does(hit) or self.clause.is_verbal(hit)


def _condemns_what_follows(hit: Hit, hits: list[Hit]) -> bool:
    """Whether the next word opens another phrase of blame: 'محکومیت تهدید ایران' blames the threat, not Iran."""
    return hit.is_blame and any(other.first == hit.last + 1 and other.is_blame for other in hits)


def _as_called(found: list[Evidence]) -> list[Evidence]:
    """Without the praise inside what is called something bad: 'بازدارندگی ایران را توخالی خواند', 'کمک‌های … را رشوه خواند'."""
    called = [item for item in found if item.sign < 0 and item.place in {"obj", "pred"}]
    return [
        item
        for item in found
        if not (item.sign > 0 and item.place == "gen" and any(item.span.end < other.span.start for other in called))
    ]
