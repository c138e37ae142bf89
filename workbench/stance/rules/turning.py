"""What is left of a phrase after what takes it back or turns it: conditions, rejection, mockery, opposition, negation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from workbench.stance.rules import irony, modality, rejection
from workbench.stance.rules.lexicon import Entry, Hit
from workbench.stance.rules.relations import Clause
from workbench.stance.rules.sentence import Sentence
from workbench.stance.rules.verbs import is_verb
from workbench.types import Span

# Where the patient of a hostile act stands when a noun names the act.
_AIMED_AT = frozenset({"be", "bar", "alayh"})
_OPPOSABLE = frozenset({"be", "bar", "alayh", "ba", "gen", "dar", "obj", "slogan"})
# What stands in an ezafe chain is not negated by the verb: جنایات آمریکا فراموش نمی‌شود.
_NOMINAL = frozenset({"gen", "mod", "slogan"})
# Words that an outlet puts to a name even where it reports what its bearer says (سازمان تروریستی …).
_SAID_OF_IT = frozenset({"slogan", "mod"})
OF_ITSELF = frozenset({"pred", "subj"})
_OF_SUBJECT = frozenset({"pred", "clause", "subj"})
_OWN_FAULT = frozenset({"subj", "gen", "pred", "mod", "by", "clause"})
# Who speaks of his own state as one of those it governs.
_CRITICS = frozenset(
    """روزنامه نشریه هفتهنامه مجله شبکه سایت پایگاه رسانه سناتور سناتورهای نماینده نمایندگان قانونگذار تحلیلگر کارشناس استاد پژوهشگر نویسنده
    فعال روزنامهنگار خبرنگار سابق پیشین اسبق بازنشسته دموکرات دموکراتهای جمهوریخواه تایمز نیویورکتایمز واشنگتنپست پست پولیتیکو اتلانتیک
    سیانان بلومبرگ اکسیوس نیوزویک ژورنال هیل اندیشکده رییسجمهورسابق اقتصاددان وکیل زندانی معلم کارگر اتحادیه""".split()
)
_SHAME = frozenset({"شرم", "خجالت", "حیا", "وجدان‌درد"})
_WHILE = frozenset({"وقتی", "هنگامی", "زمانی", "هرگاه"})
_YOU = ("ید", "يد")
_CLEARED, _OPPOSED, _FORBIDDEN, _DENIED, _SO_CALLED = -0.7, -0.8, -0.8, -0.3, -1.0
"""What is left of a phrase that is rejected, opposed, forbidden or, where it speaks well, negated."""


@dataclass(slots=True)
class Turning:
    """One sentence and one target.

    Attributes
    ----------
    sentence : Sentence
    target : str
    without : collection of str
        Phenomena whose rule is left out.
    """

    sentence: Sentence
    target: str
    without: Collection[str] = ()
    clause: Clause = field(init=False)
    is_own: bool = field(init=False)

    def __post_init__(self) -> None:
        self.clause = self.sentence.clause(self.target)
        speech = self.sentence.speech
        self.is_own = speech is not None and speech.holder == self.target

    def span(self, hit: Hit) -> Span:
        """Offsets of a phrase in the raw text."""
        return Span(self.clause.words[hit.first].start, self.clause.words[hit.last].end)

    def _turned(self, sign: float, hit: Hit, place: str, entry: Entry) -> float:
        """What is left of a phrase: the first that takes it back or turns it decides."""
        for step in (
            self._as_form, self._as_supposed, self._as_rejected, self._as_mocked, self._as_told, self._as_opposed, self._as_negated,
            self._as_complaint,
        ):  # fmt: skip
            left = step(sign, hit, place, entry)
            if left is not None:
                return left
        return sign

    def _as_form(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """Nothing of a title, and of praise that is due, hoped for or a form."""
        del entry
        words, inside = self.clause.words, self.clause.clause_of(hit)
        if irony.is_titled(words, hit):
            return 0.0
        is_void = sign > 0 and (
            (place in _OF_SUBJECT and modality.is_due(words, inside, hit))
            or irony.is_protocol(words, inside, hit)
            or irony.is_hoped(words, hit)
            or (place in {"subj", "clause"} and modality.is_asked_of(words, hit))
        )
        return 0.0 if is_void else None

    def _as_supposed(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """Nothing of what is supposed or asked, the contrary of praise asked for and answered by no; all of what is supposed away."""
        words, inside = self.clause.words, self.clause.clause_of(hit)
        if "hypothetical" in self.without or (sign < 0 and _is_shameless(entry)):
            return None
        if place == "mod" and sign < 0 and entry.strength == 1 and modality.asks(words):
            return 0.0  # 'مگر قرار نبود حاکمان ایران … ؟': a name alone, in a question
        if modality.is_counterfactual(words, inside):
            return sign  # 'اگر کمک ایران نبود'
        if sign > 0 and modality.answer_to(words, hit) < 0:
            return _FORBIDDEN * sign  # 'آیا می‌توان به … دل بست؟ گفت هرگز'
        is_open = modality.is_hypothetical(words, inside, hit) or (sign > 0 and modality.is_supposed(words, hit))
        return 0.0 if is_open else None

    def _as_rejected(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """Nothing of blame that is denied; who clears the target of it speaks for it, and so does its own who calls it a slander."""
        del place
        words, at, speech = self.clause.words, self.sentence.rejection, self.sentence.speech
        denied = self.clause.is_verbal(hit) and is_verb(words[hit.last].text) and not entry.is_negative
        if "negation" not in self.without and denied and sign < 0 and modality.is_negated(words, hit, hit.last):
            return 0.0
        if "rejection" in self.without or sign > 0 or not rejection.is_rejected(words, hit, at):
            return None
        is_cleared = speech is not None and speech.holder not in {self.target, "author"}
        is_cleared = is_cleared or (speech is None and at is not None and rejection.is_this_lie(words, at))
        is_cleared = is_cleared or (self.is_own and at is not None and rejection.is_called(words, at))
        is_news = rejection.is_news(words, hit) or (at is not None and rejection.is_of_news(words, at))
        return _CLEARED * sign if is_cleared and not is_news else 0.0

    def _as_mocked(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """The contrary of praise in scare quotes or in irony."""
        del place, entry
        if sign < 0 or self.is_own or "scare_quotes" in self.without:
            return None
        words, inside = self.clause.words, self.clause.clause_of(hit)
        blamed = any(one.is_blame and one.first > hit.last for one in self.sentence.hits)
        is_mocked = irony.is_scare_quoted(words, hit) or irony.is_ironic(words, inside, hit, blamed=blamed)
        return _SO_CALLED * sign if is_mocked else None

    def _as_told(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """Nothing of praise that is told only to be denied."""
        del place, entry
        told = sign > 0 and rejection.is_told_before(self.clause.words, hit, self.sentence.rejection)
        return 0.0 if told and "rejection" not in self.without else None

    def _as_opposed(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """The contrary of a hostile act that is opposed, and of what must not be done or felt."""
        clause, words = self.clause, self.clause.words
        opposable = sign < 0 and place in _OPPOSABLE and not is_verb(words[hit.last].text)
        opposable = opposable and "opposition" not in self.without
        if opposable and (modality.is_opposed(words, clause.words_of(hit), hit) or self._is_condemned(hit, place)):
            if place == "gen" and entry.of_bearer < 0:
                return sign  # 'با دست‌درازی آمریکا مخالفت کرد': what it does itself
            return (
                0.0 if self.is_own else max(1.0, _OPPOSED * sign)
            )  # to oppose a deed is plain, however slight the deed
        if "forbidding" not in self.without and place not in _NOMINAL and modality.is_forbidden(words, hit):
            # 'must not be threatened' speaks for it, 'must not be trusted' against it; what it may not do itself is no praise.
            return 0.0 if self.is_own or self._may_not(sign, hit, place) else _FORBIDDEN * sign
        return None

    def _may_not(self, sign: float, hit: Hit, place: str) -> bool:
        """Whether a wrong is what the target itself must not do ('حق ندارد ما را بمباران کند')."""
        return sign < 0 and (place == "subj" or (place == "clause" and self.clause.does(hit)))

    def _is_condemned(self, hit: Hit, place: str) -> bool:
        """Whether a hostile act is condemned that nobody named does to the target: whoever condemns it does not do it."""
        clause = self.clause
        suffers = place in _AIMED_AT or (
            place == "gen" and (hit.is_suffered or modality.names_a_deed(clause.words, hit))
        )
        condemned = suffers and modality.is_condemned(clause.words, clause.words_of(hit), hit)
        return condemned and not any(hit.last < at <= hit.last + 3 for at, _, _ in clause.others)

    def _as_negated(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """Nothing of blame that is negated, little and contrary of praise."""
        clause = self.clause
        if entry.is_negative and hit.gap is not None:
            return None  # 'هرگز یاری ایران را از یاد نمی‌برند'
        carried = (place not in _NOMINAL or clause.is_copular(hit)) and not entry.is_negative
        verb = clause.verb_of(hit) if carried else None
        if "negation" in self.without or not modality.is_negated(clause.words, hit, verb):
            return None
        if sign < 0 and not self.is_own and modality.denies_both(clause.words, hit):
            return _CLEARED * sign
        return _DENIED * sign if sign > 0 else 0.0

    def _as_complaint(self, sign: float, hit: Hit, place: str, entry: Entry) -> float | None:
        """Nothing of blame in the words of the target's own speaker, who complains of others.

        Where nobody else is named but as a place, words of a fault are no complaint ('ارتش کشورمان بی‌کفایت است'), nor are those of its own
        ('بی‌لیاقتی مدیران دولتی ما').
        """
        if not self.is_own or sign > 0 or "own_complaint" in self.without:
            return None
        blames_own = entry.applies_to == "quality" and (self._blames_own(hit, place) or self._blames_openly(hit, place))
        blames_own = blames_own or (self._is_critic() and self._blames_at_home(hit, place, entry))
        if blames_own and entry.applies_to != "quality":
            return None
        return 0.0 if not blames_own and (entry.applies_to == "act" or place not in _SAID_OF_IT) else None

    def _is_critic(self) -> bool:
        """Whether the speaker is of the target's state and speaks for no office of it: its press, members of parliament, experts."""
        speaker = self.sentence.speech.speaker if self.sentence.speech is not None else None
        return speaker is not None and any(
            word.form.key in _CRITICS for word in self.clause.words if speaker.start <= word.start < speaker.end
        )

    def _blames_at_home(self, hit: Hit, place: str, entry: Entry) -> bool:
        """Whether such a speaker blames his own for what it does or is, or criticises it himself ('با انتقاد از دولت …')."""
        speaker = self.sentence.speech.speaker if self.sentence.speech is not None else None
        starts = [self.clause.words[first].start for first, _ in self.clause.targets]
        is_told_of = speaker is not None and any(not speaker.start <= start < speaker.end for start in starts)
        if not is_told_of or self.clause.actor_of(hit) is not None:
            return False
        if place == "az":
            return self.clause.keys[hit.first - 1] == "با" or self.clause.is_verbal(hit)
        return place in _OWN_FAULT and entry.of_bearer < 0

    def _blames_openly(self, hit: Hit, place: str) -> bool:
        """Whether no other state is named but as a place, or the speaker sets his own apart: 'این واشنگتن بود که …'."""
        clause = self.clause
        if (clause.has_rival() or clause.addresses(hit)) and not clause.is_set_apart(hit):
            return False
        if any(clause.keys[at] in _WHILE for at in clause.clause_of(hit) if at < hit.first):
            return False
        return (place in OF_ITSELF and clause.has_own_subject(hit)) or place == "gen" or hit.gap is not None

    def _blames_own(self, hit: Hit, place: str) -> bool:
        """Whether the target's own speaker tells of a fault of it, and not of another's.

        Where other states are named too, it must be the fault of 'itself' ('سهل‌انگاری خود پنتاگون'), or what the speaker says
        that it did ('واشنگتن افغان‌ها را رها کرد').
        """
        clause = self.clause
        if place == "gen" and (not clause.others or clause.is_its_own(hit)):
            return True
        if not clause.others and hit.gap is not None:
            return True
        if place not in OF_ITSELF or any(clause.keys[at] in _WHILE for at in clause.clause_of(hit) if at < hit.first):
            return False  # 'آمریکا وقتی عقب نشست هرج‌ومرج آمد'
        is_own, is_named = clause.has_own_subject(hit), self._is_named_in_speech(hit)
        if not clause.others:
            return is_own or is_named
        is_you = clause.words[hit.last].text.endswith(_YOU)  # 'باید گفت باختید'
        return place == "subj" and is_own and is_named and clause.is_verbal(hit) and not is_you

    def _is_named_in_speech(self, hit: Hit) -> bool:
        """Whether the speaker himself names the target as subject, in a clause before the phrase's own."""
        cue = self.sentence.speech.cue if self.sentence.speech is not None else None
        named = self.clause.subject_named(hit)
        return cue is not None and named is not None and self.clause.words[named].start > cue.end


def _is_shameless(entry: Entry) -> bool:
    """Whether a phrase says that somebody has no shame, which a question says as well as an assertion."""
    return entry.meaning == "shameless" or (entry.is_negative and not _SHAME.isdisjoint(entry.phrase.split()))
