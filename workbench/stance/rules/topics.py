"""Which state a sentence is about: whether a phrase may be said of the only one named, or is said of something else."""

from __future__ import annotations

from workbench.stance.rules.anaphora import OWN_COUNTRY
from workbench.stance.rules.descriptions import HEADS, is_region
from workbench.stance.rules.doers import Doers
from workbench.stance.rules.grammar import NAMING, NAMING_NOUNS
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.nouns import ELSEWHERE, FAR, FOES, NEAR
from workbench.stance.rules.ties import tied_before
from workbench.stance.rules.verbs import is_verb, stem

_AHEAD = 12
_GROUND = frozenset("شرق غرب شمال جنوب خاک سواحل ساحل مرز مرزهای بندر فرودگاه جزیره".split())
_BLAMED = frozenset({"متهم", "محکوم"})
# Those whose merits and faults are their own, and not their state's.
_PRIVATE = tuple(
    "سازمانهای شرکت محقق نویسنده هنرمند بازیگر دانشمند فیلم دانشگاه استاد پژوهشگر کارگردان خواننده شاعر پزشک کتاب دانشجو کارخانه".split()
)
_POINTING = frozenset("این ان انها انان او وی ایشان همین چنین".split())
_PLURALS = ("ران", "چیان", "دان", "یان")
_COMPLAINTS = frozenset("گلایه گله شکایت انتقاد اعتراض شکوه ناخشنودی نارضایتی گلایهمند".split())
NO_SOURCE = frozenset({"جمله", "سوی", "ان", "طرف", "جانب", "طریق", "پیش"})
_PARTICIPLE = ("ده", "ته")
_ASKED_ABOUT = frozenset({"سوال", "سوالی", "پرسش", "پرسشی"})
# Nouns that have an 'از' of their own behind who does it: 'از خروج آمریکا از برجام انتقاد کرد'.
_WITH_SOURCE = frozenset(
    """خروج عقبنشینی کنارهگیری انصراف بازگشت حمایت حمایتهای پشتیبانی دفاع استفاده سواستفاده سوءاستفاده خرید برخورداری جلوگیری ممانعت اخراج
    عبور طرفداری جانبداری استقبال تخلف تخطی سرپیچی خودداری امتناع ناتوانی نگرانی انتقاد""".split()
)
_ABUSES = frozenset("شکنجه بیگاری بردگی بردگان سرکوب اعدام خفقان سانسور".split())
_RETURNED = frozenset({"برگشت", "بازگشت", "آمد", "رسید"})
_ASHAMED = frozenset({"خجالت", "شرم", "شرمنده", "شرمسار", "شرمساریم"})
_CLOSE_BY, _FAR_OFF = 2, 8
_BESIDE = frozenset({"ba", "by", "of", "away"})  # 'with', 'by', 'about' a state: in talks, in passing


class Topics(Doers):
    """A sentence seen from one state, asked whether it is what is spoken of."""

    def complains(self) -> bool:
        """Whether the target is the one who complains of somebody ('وزیر ورزش ایران از … گلایه کرد')."""
        return not _COMPLAINTS.isdisjoint(self.keys) and any(
            any(self.keys[at] in _COMPLAINTS for at in part.words)
            and any(at in part.subject for first, last in self.targets for at in range(first, last + 1))
            for part in self._parts
        )

    def has_rival(self) -> bool:
        """Whether another state is named, and as more than where something happens or whence somebody comes."""
        return any(not self.is_place(first) and not self._is_left(first, last) for first, last, _ in self.others)

    def _is_left(self, first: int, last: int) -> bool:
        """Whether somebody comes from there: 'که از کابل برمی‌گشت'."""
        return (
            first > 0
            and self.keys[first - 1] == "از"
            and last + 1 < len(self.words)
            and stem(self.words[last + 1]) in _RETURNED
        )

    def addresses(self, hit: Hit) -> bool:
        """Whether a verb is said to somebody: 'باختید'."""
        verb = self.words[hit.last]
        return is_verb(verb.text) and verb.text == f"{stem(verb)}ید"

    def is_set_apart(self, hit: Hit) -> bool:
        """Whether one blames his own before all others: 'این واشنگتن بود که …', 'از بی‌لیاقتی … خودمان خجالت بکشیم'."""
        part = self._parts[self._of[hit.last]]
        is_cleft = part.is_own and bool(part.antecedent)
        return is_cleft or any(self.keys[at] in _ASHAMED for at in part.words if at > hit.last)

    def is_place(self, first: int) -> bool:
        """Whether a state is named only as where something happens ('در سوریه')."""
        return (self._governing(first) or ("", 0))[0] in {"in", "away"} or (
            first > 0 and self.keys[first - 1] in _GROUND
        )

    def is_in_clause(self, hit: Hit) -> bool:
        """Whether the target is named in the phrase's clause, as more than a place, or is the subject that it goes on with."""
        number = self._of[hit.last]
        subject = self._parts[number].subject
        return any(
            (self._of[first] == number or first in subject or abs(hit.first - first) <= NEAR)
            and not self.is_place(first)
            for first, _ in self.targets
        )

    def _is_spot(self, first: int) -> bool:
        """Whether a mention only tells on whose ground or beside whom: 'در خاک آمریکا', 'همسایگان ایران'."""
        return self.is_elsewhere(first) or (first > 0 and self.keys[first - 1] in _GROUND)

    def is_about(self, hit: Hit, sign: int, *, is_borne: bool) -> bool:
        """Whether a phrase may speak of the one state named, in whatever place: blame from before it or behind, praise behind it."""
        if self._is_of_another(hit) or (self._is_suffered(hit) and not self.has_agent() and not self.is_abuse(hit)):
            return False
        is_for_others = sign > 0 and self._speaks and not any(entry.of_bearer for entry in hit.entries)
        for mention in self.targets:
            governed = self._governing(mention[0])
            if (
                governed is not None
                and governed[0] == "in"
                and mention[1] + 1 < len(self.keys)
                and self.keys[mention[1] + 1] == ":"
            ):
                continue  # 'سفیر چین در ایران:'
            gap = hit.first - mention[1]
            if gap > 0 and "بدون" in self.keys[max(0, mention[0] - _CLOSE_BY) : mention[0]]:
                continue  # 'بدون اطلاع آمریکا'
            if is_for_others and gap != 1:
                continue  # who helps, thanks or supports does not praise himself
            if self._is_foes(mention[0]) or (gap <= 0 and self._describes_another(hit, mention[0])):
                continue
            together = self._of[mention[1]] == self._of[hit.first]
            if governed is not None and together and gap > 0 and self._governs_nearer(governed, mention[1], hit.first):
                continue
            if (
                gap > 0
                and hit.first == hit.last
                and is_verb(self.words[hit.last].text)
                and not self._is_subject(hit, mention)
            ):
                continue  # a verb is its subject's
            if (
                governed is not None
                and governed[0] == "ba"
                and sign > 0
                and gap > 0
                and tied_before(self.keys, governed[1])
            ):
                return True  # 'همکاری با آمریکا مایه شادی ماست'
            if governed is not None and governed[0] == "of" and gap > 0 and _ASKED_ABOUT & set(self.keys[: mention[0]]):
                return True  # 'در پاسخ به سؤالی درباره … گفت: مایه دلگرمی است'
            # 'در مزارع چین بیگاری می‌کنند' blames it for what goes on there.
            is_abuse = gap <= _FAR_OFF and self.is_abuse(hit)
            is_there = is_borne and not is_abuse and governed is not None and governed[0] == "in"
            if is_there or (governed is not None and governed[0] in _BESIDE):
                continue
            if gap < 0 and self._is_others(hit.last + 1):
                continue  # 'سخاوت تاجران ساکن مرز چین'
            if gap >= -_AHEAD and (sign < 0 or self._of[mention[0]] == self._of[hit.last] or 0 < gap <= _AHEAD):
                return True
        return False

    def is_abuse(self, hit: Hit) -> bool:
        """Whether a phrase tells how people are treated in a state, which it answers for."""
        return not _ABUSES.isdisjoint(self.keys[hit.first : hit.last + 1])

    def has_other_object(self, hit: Hit) -> bool:
        """Whether what a word of diplomacy governs stands right behind it, and is not the target ('حمایت از معترضان')."""
        following = self.keys[hit.last + 1 : hit.last + 2]
        reach = range(hit.last + 2, hit.last + 2 + NEAR)
        return bool(following) and following[0] in {"از", "به", "با"} and not any(f in reach for f, _ in self.targets)

    def _is_suffered(self, hit: Hit) -> bool:
        """Whether a phrase tells in the passive of what is done to somebody: 'ترور شد'."""
        return self.is_followed_by_become(hit) and any(entry.applies_to == "act" for entry in hit.entries)

    def _is_of_another(self, hit: Hit) -> bool:
        """Whether a phrase is said of something named in its own clause that is not the target: 'همراهان خود را خردمند خواند'."""
        part = self._parts[self._of[hit.last]]
        if part.head is not None and part.head < hit.first and self._heads_another(part.head):
            return True
        if part.is_own and any(
            first in part.subject and first < hit.first and self.keys[first] in OWN_COUNTRY
            for first, _, _ in self.others
        ):
            return True
        ra = next((at for at in part.words if at < hit.first and self.keys[at] == "را"), None)
        if ra is None or not self.is_called(hit):
            return False
        opening = [at for at in part.words if ra - FAR <= at < ra]
        own = {first for first, _ in self.targets if not self._is_scene(first) and first not in part.subject}
        return not any(at in own or self.keys[at] in _POINTING for at in opening)

    def _heads_another(self, at: int) -> bool:
        """Whether a subject is some other state: 'همسایگان', or 'عضو آفریقایی' where none of those named is African."""
        key, following = self.keys[at], self.keys[at + 1 : at + 2]
        if key == "تیم" and "ملی" in following:
            return True
        return key in ELSEWHERE or (key in HEADS and any(is_region(word) for word in following))

    def _is_scene(self, first: int) -> bool:
        """Whether the preposition of a scene stands right before a mention: 'هنگام بازگشت از آمریکا'."""
        governed = self._governing(first)
        return governed is not None and governed[1] == first - 1 and self._sets_the_scene(governed)

    def is_called(self, hit: Hit) -> bool:
        """Whether a verb of naming follows a phrase within a few words."""
        end = min(len(self.keys), hit.last + 7)
        return any(
            self.keys[at] in NAMING_NOUNS | _BLAMED or stem(self.words[at]) in NAMING for at in range(hit.last, end)
        )

    def _is_others(self, at: int) -> bool:
        """Whether the word behind a phrase names people or things that may own it, and no state."""
        return at not in self._states and at < len(self.keys) and self.keys[at].endswith(_PLURALS)

    def _governs_nearer(self, governed: tuple[str, int], last: int, end: int) -> bool:
        """Whether the same preposition stands again between a mention and the phrase: 'از داروهای ایران … از انبارداران قدردانی'."""
        key = self.keys[governed[1]]
        return (
            key == "از"
            and _WITH_SOURCE.isdisjoint(self.keys[governed[1] + 1 : last])
            and any(
                self.keys[at] == key
                and not any(is_verb(self.words[i].text) or self.keys[i] == "خواست" for i in range(last + 1, at))
                and self.keys[at - 1] != "و"
                and not self.keys[at - 1].endswith(_PARTICIPLE)  # 'آسیب‌دیده از توفان'
                and self.keys[at + 1] not in NO_SOURCE
                and _POINTING.isdisjoint(self.keys[at + 1 : at + 4])  # 'از اهداکنندگان آن‌ها'
                for at in range(last + 1, end)
            )
        )

    def _is_foes(self, first: int) -> bool:
        """Whether a mention only tells whose the foes are: 'دشمنان ایران'."""
        return first > 0 and self.keys[first - 1] in FOES

    def _describes_another(self, hit: Hit, first: int) -> bool:
        """Whether a word before a mention describes somebody else: 'دشمنان ایران', 'پژوهشگر برجسته آمریکایی'."""
        is_demonym = self.keys[first][-1] == "ی"
        return (hit.first == hit.last and self.keys[hit.last] in FOES and not is_demonym) or (
            is_demonym and hit.first > 0 and self.keys[hit.first - 1].startswith(_PRIVATE)
        )
