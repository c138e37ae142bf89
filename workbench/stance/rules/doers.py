"""Who does what a phrase names: the actor of an act, the subject of a clause, the one who tells of it."""

from __future__ import annotations

import itertools

from workbench.speakers import whose
from workbench.speech import speech_words
from workbench.stance.rules.clauses import PEOPLE
from workbench.stance.rules.grammar import Grammar
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.nouns import AGENT_PHRASES, EACH_OTHER, FAR, NEAR, PLAIN_STOPS
from workbench.stance.rules.verbs import is_verb
from workbench.targets import DEFAULT_TARGETS

_TOWARDS = frozenset({"به", "علیه", "بر", "ضد", "با", "در"})
_CAUSE_OF = frozenset({"علت", "عامل", "منشا", "دلیل", "مسبب"})
_CAUSES = frozenset({"پی", "پس", "اثر", "با", "زیر", "دنبال", "نتیجه", "دلیل", "علت", "در"})
_OWNED = frozenset("حاکمیت حقوق حق خاک حریم منافع امنیت تمامیت امور مردم ملت سرزمین اموال داراییهای اتباع".split())
_MEANS = frozenset(
    "موشک موشکهای راکت گلوله گلولههای حمله حملات پدافند شلیک اتش پهپاد پهپادهای بمباران بمب بمبهای فشار رای حکم دستور فرمان تصمیم".split()
)
_CARRIED_OUT = frozenset("اغاز آغاز ادامه تشدید اعمال اجرا اعلام سر برقرار تمدید شروع".split())
_OUGHT = frozenset({"باید", "بایستی"})
_CONSENT = frozenset({"موافقت", "همراهی", "همدستی"})
_ABOUT = frozenset({"درباره", "پیرامون", "خصوص", "مورد", "از", "باره", "درخصوص", "موضوع", "احتمال"})

# Nouns of what a state does: 'ورود سربازان چین', 'توقیف کشتی به دست …'; one of them with 'این' takes up what was told.
_ACTS = frozenset(
    """ورود خروج حضور بازگشت فروش ارسال استقرار پرواز عبور شلیک بمباران محاصره لغو اعمال وضع ادامه افزایش مخالفت استفاده ساخت صدور نقض
    موافقت تصویب اعزام انتقال تشدید کشتار اشغال بازداشت دستگیری اخراج احضار مسدود مصادره تیراندازی موشکباران پرتاب ازمایش""".split()
)
DEEDS = frozenset(
    """اقدام اقدامات اقدامی حمله حملات تصمیم تصمیمات کار حرکت حرکات رفتار رفتارها رفتاری عمل یورش تجاوز تجاوزات تهدید تهدیدها تهدیدات تحریم
    تحریمها قطعنامه سخنان اظهارات گام سیاست سیاستها موضع مواضع موضعگیری طرح قانون حکم تعرفه تعرفهها بیانیه عملیات رزمایش ازمایش پرتاب
    توقیف ترور تلاش تلاشها ابتکار پیشنهاد رای جنگ بمباران محاصره شلیک قرارداد معامله مداخله دخالت کارشکنی عهدشکنی بدعهدی همراهی کمک
    کمکها دیدگاه رویکرد روش رویه شیوه راهزنی جنایت جنایات کشتار لشکرکشی ماجراجویی""".split()
)
# Nouns behind which stands who suffers the deed ('ترور دانشمندان ایران'), unless that one does it to another ('تحریم آمریکا علیه …').
_SUFFERED = frozenset(
    """ترور قتل کشتن تحریم محاصره بمباران توقیف مصادره اشغال تجزیه تضعیف تخریب بازداشت دستگیری ربودن شکنجه اعدام اخراج انزوای
    منزوی تحقیر نابودی براندازی سرنگونی سرکوب غارت چپاول تهدید احضار گروگانگیری حذف مهار کشتار آزار محکومیت انهدام موشکباران گلولهباران
    تصرف تسخیر ازار انفجار تحریف تکفیر""".split()
)
_FOLLOWERS = frozenset(
    "هواداران طرفداران حامیان مخالفان دشمنان منتقدان وفادار رقبای".split()
)  # whose deeds are not the state's
_INFINITIVES = (
    "کردن",
    "خواندن",
    "نامیدن",
    "دانستن",
    "شمردن",
    "ساختن",
    "نمودن",
    "شدن",
    "دادن",
    "کشیدن",
    "گذاشتن",
    "کشتن",
)
_BY, _IN_CHAIN, _AS_SUBJECT = 3, 2, 1  # how surely a state did what was told


class Doers(Grammar):
    """A sentence seen from one state, asked who acts."""

    def did_what_was_told(self, at: int) -> bool:
        """Whether the target did what 'این اقدام' from word `at` takes up: named with 'by', behind a deed, or as a subject before."""
        part = self._parts[self._of[at]]
        own = part.subject if part.is_own else frozenset()
        best, is_target = (0, -1), False
        mentions = [(*mention, True) for mention in self.targets] + [
            (first, last, False) for first, last, _ in self.others
        ]
        for first, last, is_own in mentions:
            if last < at and first not in own:
                sure = (self._surely_did(first, last), first)
                if sure[0] and sure > best:
                    best, is_target = sure, is_own
        return is_target

    def does(self, hit: Hit) -> bool:
        """Whether the target is the subject of a verb that ends a phrase."""
        return is_verb(self.words[hit.last].text) and any(self._is_subject(hit, mention) for mention in self.targets)

    def suffers_a_deed(self, mention: tuple[int, int]) -> bool:
        """Whether a mention stands behind the noun of a deed that is done to it: 'ترور دانشمندان *ایران*', 'متهم کردن *ایران*'."""
        first, last = mention
        for at in range(first - 1, max(-1, first - NEAR - 1), -1):
            key = self.keys[at]
            if key in PLAIN_STOPS:
                return False
            if key in _INFINITIVES:
                return True
            if key in _SUFFERED:
                return self.keys[last + 1 : last + 2] not in (["علیه"], ["به"], ["بر"])
            if key in DEEDS or key in _ACTS:
                return False
        return False

    def does_a_deed(self, mention: tuple[int, int], end: int) -> bool:
        """Whether a mention is the doer of the deed whose noun it stands behind, before word `end`: 'حملات *آمریکا* به …'."""
        first, last = mention
        for at in range(first - 1, max(-1, first - NEAR - 1), -1):
            key = self.keys[at]
            if key in _FOLLOWERS or (key in PLAIN_STOPS and not self._joins_states(at)):
                return False
            if key in _SUFFERED:
                return self.keys[last + 1 : last + 2] in (["علیه"], ["به"], ["بر"])
            if key in DEEDS or key in _ACTS:
                return last < end
        return False

    def _surely_did(self, first: int, last: int) -> int:
        governed = self._governing(first)
        if governed is not None and governed[0] == "by":
            return _BY
        for at in range(first - 1, max(-1, first - NEAR - 1), -1):
            if self.keys[at] in PLAIN_STOPS:
                break
            if self.keys[at] in DEEDS or self.keys[at] in _ACTS:
                return _IN_CHAIN
        inside = self._parts[self._of[first]]
        return _AS_SUBJECT if inside.verb is not None and inside.verb > last and first in inside.subject else 0

    def is_actor(self, hit: Hit) -> bool:
        """Whether the target does what the phrase names: 'حمله آمریکا', 'آمریکا … حمله کرد', 'از سوی آمریکا'."""
        for first, last in self.targets:
            governed = self._governing(first)
            if hit.last < first <= hit.last + NEAR and self._plain(hit.last + 1, first):
                return bool(_TOWARDS & set(self.keys[last + 1 : last + 6]))  # 'حمله آمریکا به …', and no 'تحریم ایران'
            if governed is not None and governed[0] == "by" and abs(first - hit.last) <= FAR:
                return True
            if self._is_subject(hit, (first, last)) and "subj" in self._said_of_subject(hit):
                return True
        return False

    def somebody_does(self, hit: Hit) -> bool:
        """Whether a subject that is no state does what the phrase names: not where it is only talked about."""
        part = self._parts[self._of[hit.last]]
        if part.head is None or part.head >= hit.first:
            return False
        return not any(key in _ABOUT for key in self.keys[max(0, hit.first - 3) : hit.first])

    def is_of_others(self, hit: Hit) -> bool:
        """Whether people who are no state are the subject of the phrase's clause ('و خدمه آن گریختند')."""
        part = self._parts[self._of[hit.last]]
        return part.is_open and part.head is not None and self.keys[part.head].endswith(PEOPLE)

    def doer_named(self, hit: Hit, mention: tuple[int, int]) -> str | None:
        """Whose the doer is that no state names: the subject, or what a noun has behind it ('استقبال اتحادیه اروپا از …')."""
        listed, governed = speech_words(), self._governing(mention[0])
        if governed is not None and hit.last < governed[1] <= hit.last + FAR:
            found = whose(self.keys[hit.last + 1 : governed[1]], (), listed.home, listed.office)
            if found is not None:
                return found
        part = self._parts[self._of[hit.last]]
        if part.head is None or part.head >= hit.first:
            opening = [self.keys[at] for at in part.words if at < mention[0]] if mention[0] < hit.first else []
            return whose(opening, (), listed.home, listed.office) if opening and opening[0] not in PLAIN_STOPS else None
        end = next((at for at in range(part.head, hit.first) if self.keys[at] in PLAIN_STOPS), hit.first)
        return whose(self.keys[part.head : end], (), listed.home, listed.office)

    def is_ought(self, hit: Hit) -> bool:
        """Whether the clause tells what must be done, so that who must do it holds nothing yet."""
        part = self._parts[self._of[hit.last]]
        return any(self.keys[at] in _OUGHT for at in part.words if at < hit.first)

    def has_agent(self) -> bool:
        """Whether somebody is named as the one who acts ('از سوی …', 'به دست …')."""
        return any(pair in AGENT_PHRASES for pair in itertools.pairwise(self.keys)) or "توسط" in self.keys

    def actor_of(self, hit: Hit) -> str | None:
        """Return the state whose act the phrase is: 'تحریم‌های آمریکا علیه ایران', 'آمریکا ایران را تهدید کرد'."""
        by = self.others
        near = [other for other in by if hit.last < other[0] <= hit.last + NEAR and self._plain(hit.last + 1, other[0])]
        # 'نقض حاکمیت عراق' is none that Iraq does.
        if near and not any(key in _OWNED for key in self.keys[hit.last + 1 : near[0][0]]):
            return near[0][2]
        return self.agent() or self.consenting(hit) or self.subject_of(hit)

    def consenting(self, hit: Hit) -> str | None:
        """The other state that is said to agree to what the phrase names: 'موافقت چین با ارجاع پرونده ایران'."""
        before = [state for state in self.others if state[0] and self.keys[state[0] - 1] in _CONSENT]
        return next(
            (code for _, last, code in before if "با" in self.keys[last + 1 : hit.first] and hit.first - last <= NEAR),
            None,
        )

    def agent(self, hit: Hit | None = None) -> str | None:
        """The other state that is named as the one who acts ('از سوی آمریکا'), or whose weapon does; in a phrase's clause."""
        for first, _, code in self.others:
            if hit is not None and self._of[first] != self._of[hit.last]:
                continue
            governed = self._governing(first)
            if governed is not None and (governed[0] == "by" or self._is_means(governed, first)):
                return code
        return None

    def _is_means(self, governed: tuple[str, int], first: int) -> bool:
        """Whether the state's weapon or word is what something is done with: 'با موشک سپاه', 'به فشار آمریکا'."""
        return governed[0] in {"ba", "be", "in"} and any(key in _MEANS for key in self.keys[governed[1] + 1 : first])

    def doer_beside(self, hit: Hit) -> str | None:
        """The other state that an ezafe or 'به دست' names as the doer of what the phrase names, and that does it to nobody named."""
        for first, last, code in self.others:
            governed = self._governing(first)
            plain = hit.last < first <= hit.last + NEAR and self._plain(hit.last + 1, first)
            by = governed is not None and governed[0] == "by" and 0 < first - hit.last <= FAR
            if (plain or by) and not _TOWARDS & set(self.keys[last + 1 : last + 4]):
                return code
        return None

    def is_surely_done(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether another state is the agent of the act behind whose noun a mention stands, or begins it, goes on with it or ends it."""
        inside = self._parts[self._of[hit.last]].words
        for first, _, _ in self.others:
            governed = self._governing(first)
            if governed is not None and governed[0] == "by" and 0 < first - mention[1] <= FAR:
                return True
        carried = any(self.keys[at] in _CARRIED_OUT for at in inside if mention[1] < at <= mention[1] + FAR)
        return carried and self.subject_of(hit) is not None

    def suffers(self, hit: Hit) -> bool:
        """Whether the target is the subject of the clause, and the phrase tells of a cause ('پس از', 'در پی', 'با')."""
        if self._is_the_cause(hit):
            return True
        before = set(self.keys[max(0, hit.first - 3) : hit.first])
        return bool(before & _CAUSES) and any(self._is_subject(hit, mention) for mention in self.targets)

    def _is_the_cause(self, hit: Hit) -> bool:
        """Whether the phrase is called the cause of what befell the target: 'علت انفجار در نطنز ایران بمب‌گذاری اسرائیل بود'."""
        inside = self._parts[self._of[hit.last]].words
        cause = next((at for at in inside if at < hit.first and self.keys[at] in _CAUSE_OF), None)
        return (
            cause is not None and self._predicated(hit) and any(cause < first < hit.first for first, _ in self.targets)
        )

    def is_told_of(self, at: int) -> bool:
        """Whether a clause that word `at` calls untrue has the target for its subject ('اینکه آمریکا … دروغ است')."""
        for part in self._parts:
            opening = {self.keys[index] for index in part.words[:1]}
            told = part.words and (
                (opening & {"اینکه", "این"} and part.words[0] < at) or ("که" in opening and part.words[0] > at)
            )
            if told and any(index in part.subject for first, last in self.targets for index in range(first, last + 1)):
                return True
        return False

    def subject_at(self, mention: tuple[int, int]) -> str | None:
        """The other state that is the subject of the clause around a mention."""
        subject = self._parts[self._of[mention[0]]].subject
        return next(
            (code for first, last, code in self.others if any(at in subject for at in range(first, last + 1))), None
        )

    def teller_of(self, hit: Hit) -> str | None:
        """The other state that is the subject of the clause which the phrase's clause completes ('چین دستور داد که …')."""
        part = self._parts[self._of[hit.last]]
        if part.before is None or not part.words or self.keys[part.words[0]] not in {"که", "تا"}:
            return None
        subject = self._parts[part.before].subject
        return next(
            (code for first, last, code in self.others if any(at in subject for at in range(first, last + 1))), None
        )

    def only_other(self) -> str | None:
        """The other state where the sentence names just one: the likeliest doer of an act that names none."""
        return self._only_other

    def other_after(self, at: int) -> str | None:
        """The first other state named behind word `at`."""
        return next((code for first, _, code in sorted(self.others) if first > at), None)

    def subject_named(self, hit: Hit) -> int | None:
        """First word of the target where it is the subject of the phrase's clause, its own or one taken over."""
        part = self._parts[self._of[hit.last]]
        is_guess = part.is_open and part.head is not None and part.head < hit.first  # 'و *جهان* ناچار شد'
        subject = frozenset() if is_guess else part.subject
        return next(
            (first for first, last in self.targets if any(at in subject for at in range(first, last + 1))), None
        )

    def is_its_own(self, hit: Hit) -> bool:
        """Whether a phrase is said to be the target's own: 'سهل‌انگاری خود پنتاگون'."""
        return any(self.keys[first - 1] == "خود" and 0 < first - hit.last <= 3 for first, _ in self.targets)

    def subject_of(self, hit: Hit) -> str | None:
        """The other state that is surely the subject of the phrase's clause."""
        part = self._parts[self._of[hit.last]]
        if part.is_open:
            return None
        found = [code for first, last, code in self.others if any(at in part.subject for at in range(first, last + 1))]
        # Of several that act together the one that the workbench asks about by default.
        return next((code for code in found if code in DEFAULT_TARGETS), found[0] if found else None)

    def is_mutual(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether the phrase is what two states do to 'each other', and the mention is one of them."""
        if not self._is_of_each_other or self._only_other is None:
            return False
        inside = self._parts[self._of[hit.last]].words
        return any(self.keys[at] in EACH_OTHER for at in inside) and mention[0] < hit.first
