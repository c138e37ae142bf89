"""The noun phrases of a sentence: what governs one, what را marks, where one begins anew."""

from __future__ import annotations

from workbench.stance.rules.anaphora import ROLES
from workbench.stance.rules.clauses import PART_OF, Part
from workbench.stance.rules.verbs import is_verb
from workbench.stance.rules.words import Words

PREPOSITIONS = {
    "از": "az",
    "با": "ba",
    "به": "be",
    "بر": "bar",
    "علیه": "alayh",
    "ضد": "alayh",
    "برابر": "dar",
    "مقابل": "dar",
}
AGENT_PHRASES = frozenset(
    [
        *(("از", word) for word in ("سوی", "طرف", "جانب", "ناحیه", "زبان")),
        *(("به", word) for word in ("دست", "وسیله", "فرمان", "دستور", "حکم", "همت", "امر")),
    ]
)
BREAKS = frozenset(""". ؛ : ؟ ! « » ( ) که اما ولی لیکن بلکه زیرا چون تا اگر اینکه انکه""".split())
PLAIN_STOPS = frozenset(
    """از با به بر را در برای درباره پیرامون مورد میان بین نزد طی پس سوی که تا توسط علیه ضد ، , : ؛ و یا است بود شد کرد""".split()
)
_CLOSING = frozenset({"خود", "خویش", "وی", "او"})
_OTHER_SIDE = frozenset({"دیگر", "دیگری", "دیگه"})
_RESPECTS = frozenset({"قبال", "مسیر", "مورد", "زمینه", "خصوص", "باره", "راه", "رقابت", "جنگ"})
EACH_OTHER = frozenset({"یکدیگر", "همدیگر"})
# Nouns of deeds that head an object, and what may stand before one that does not.
_HEADS = frozenset(
    """انفجار کودتا کودتای کشتار جنایت جنایات حمله حملات ترور قتل بمباران تجاوز رفتار رفتارهای اقدام اقدامات سیاست سیاستهای تصمیم سخنان اظهارات گزارش طرح قطعنامه
    ادعا ادعای ادعاهای حضور مواضع بیانیه نامه پیشنهاد برنامه عملکرد کارنامه""".split()
)
_BEFORE_HEAD = frozenset(
    {*PREPOSITIONS, "در", "برای", "قبال", "مورد", "خصوص", "باره", "درباره", "و", "پی", "سر", "جریان", "این", "ان"}
)
_SCENES = frozenset("گفتوگو وگو گفتگو مصاحبه دیدار پاسخ واکنش اشاره سخنرانی بازگشت سفر نشست پیام نامه".split())
# 'به سبب …', 'به گفته …': the noun and not the preposition governs.
_ADVERBIAL = frozenset("عنوان دلیل خاطر سبب علت منظور واسطه رغم موجب گفته نوشته نقل گزارش باور اعتقاد دنبال".split())
NEAR = 4
CLOSE = 2
_LONG = 8
_BESIDE = frozenset({"مرز", "مرزهای"})
_FROM_THERE = frozenset("پس پیش قبل بعد بیش غیر دور وارداتی بازگشته برگشته رسیده گریخته خارج اخراجی فراری".split())
_DEPARTURES = frozenset("خروج عقبنشینی بازگشت فرار".split())
_TIMES = frozenset("روز روزهای سال سالهای هنگام زمان دوران جریان حاشیه سفر بازگشت راه مسیر پی".split())
# Behind these a state is only where somebody is, or beside whom: 'سخاوت تاجران ساکن مرز چین', 'دلاوری خلبانان همراه ناو آمریکا'.
ELSEWHERE = frozenset(
    """مقیم ساکن همسایه همسایگان رقیب رقیبان رقبای همراه حومه نزدیکی مجاور هممرز جنوب شمال شرق غرب میهمان مهمان واسطههای
    مخالف حزب مخالفان منتقد منتقدان اپوزیسیون تبعیدی ناراضیان پناهجویان مهاجران""".split()
)
FOES = frozenset("دشمن دشمنان بدخواهان بدخواه".split())
FAR = 9


class NounPhrases:
    """The words of a sentence, with the mentions of one target and of other states among them.

    Parameters
    ----------
    words : sequence of Token
    targets : list of (int, int)
        First and last word of each mention of the target.
    others : list of (int, int, str)
        The same for other states, with their code.
    parts : list of Part
        The sentence's clauses, and
    of : list of int
        for each word the index of its own.
    selves : frozenset of (int, int)
        Mentions by which a speaker means his own state ('ما'): only what they do counts.
    with_both : bool
        Whether 'the two states' stands for both that the sentence names.
    speaks : bool
        Whether the speaker is of the target, so that a verb that says 'we' is said of it.
    """

    def __init__(
        self,
        words: Words,
        targets: list[tuple[int, int]],
        others: list[tuple[int, int, str]],
        parts: list[Part],
        of: list[int],
        selves: frozenset[tuple[int, int]] = frozenset(),
        *,
        with_both: bool = True,
        speaks: bool = False,
    ) -> None:
        self.words = words
        self.keys = words.keys
        self.targets = targets
        self.others = others
        self._parts = parts
        self._us: dict[int, bool] = {}  # whether a clause's verb says 'we', once asked
        self._governed: dict[
            int, tuple[str, int] | None
        ] = {}  # what governs the noun phrase that ends in a word, likewise
        self._of = of
        self._selves = selves
        self._with_both = with_both
        self._speaks = speaks
        self._has_both = "هر" in self.keys
        self._is_of_each_other = not EACH_OTHER.isdisjoint(self.keys)
        codes = {code for _, _, code in others}
        self._only_other = codes.pop() if len(codes) == 1 else None
        named = [*targets, *((first, last) for first, last, _ in others)]
        self._states = {at for first, last in named for at in range(first, last + 1)}

    def _reach(self, first: int, end: int) -> int:
        """How far a noun may stand from its preposition: farther where its doer stands between ('حملات نظامی آمریکا به')."""
        return _LONG if any(at in self._states for at in range(first, end)) else NEAR

    def is_governed(self, mention: tuple[int, int]) -> bool:
        """Whether a preposition governs the noun phrase of a mention."""
        return self._governing(mention[0]) is not None

    def governed_far(self, mention: tuple[int, int]) -> bool:
        """Whether words stand between a mention and the preposition that governs its noun phrase."""
        governed = self._governing(mention[0])
        return governed is not None and mention[0] - governed[1] > CLOSE

    def _governing(self, first: int) -> tuple[str, int] | None:
        """Preposition of the noun phrase that a mention ends, and where it stands ('از مواضع اصولی جمهوری …')."""
        if first not in self._governed:
            self._governed[first] = self._find_governing(first)
        return self._governed[first]

    def _find_governing(self, first: int) -> tuple[str, int] | None:
        for at in range(first - 1, max(-1, first - 6), -1):
            key = self.keys[at]
            if at and (self.keys[at - 1], key) in AGENT_PHRASES:
                return ("by", at - 1) if self.keys[at + 1] not in _OTHER_SIDE else None  # 'از سوی دیگر'
            if key in {"توسط", "بوسیله", "بدست"}:
                return "by", at
            if key == "به" and at and self.keys[at - 1] in {"وابسته", "متعلق", "مربوط", "منسوب"}:
                continue
            if key == "از" and at and self.keys[at - 1] in PART_OF:
                continue
            if key == "از" and at and (self.keys[at - 1] in _FROM_THERE or self._is_departed(at)):
                return "away", at
            if key == "به" and at + 1 < len(self.keys) and self.keys[at + 1] in _ADVERBIAL:
                return None
            if key in {"با", "به"} and self._opens_the_scene(at, first):
                return None
            if key == "به" and "مسیر" in self.keys[max(0, at - NEAR) : at]:
                return "away", at
            if key in PREPOSITIONS:
                return PREPOSITIONS[key], at
            if key in {"برای", "درباره", "مورد"} or (key == "در" and self.keys[at + 1] in _RESPECTS):
                return "of", at
            if key == "در":
                return ("away" if self.keys[at + 1] in _TIMES and at + 1 < first else "in"), at
            if key == "خواست" and self.keys[at - 1] not in PREPOSITIONS:
                return None  # 'از شورا خواست ایران را …'
            if key in BREAKS or key in {"را", "،", ","} or is_verb(self.words[at].text) or self._closes(at):
                return None
        return None

    def _closes(self, at: int) -> bool:
        """Whether a word closes its noun phrase, so that the next is governed by nothing before: 'در سخنانش *چین* را …'."""
        text = self.words[at].text
        return (
            self.keys[at] in _CLOSING
            or text.endswith(("\u200cاش", "\u200cشان"))
            or (text.endswith(("انش", "هایش", "هایشان", "انشان")) and self.words[at].form.lemma != text)
        )

    def _is_departed(self, at: int) -> bool:
        """Whether 'از' tells whence somebody goes: 'خروج آمریکا از کابل'."""
        return not _DEPARTURES.isdisjoint(self.keys[max(0, at - CLOSE) : at])

    def _sets_the_scene(self, governed: tuple[str, int] | None) -> bool:
        """Whether a preposition tells when or beside whom something was said: 'در دیدار با سفیر چین', 'در روزهای سفر …'."""
        if governed is None or governed[0] == "away":
            return governed is not None
        return governed[0] in {"ba", "be", "az"} and governed[1] > 0 and self.keys[governed[1] - 1] in _SCENES

    def _opens_the_scene(self, at: int, first: int) -> bool:
        """Whether a preposition tells to whom somebody spoke, and what has را behind it is another: 'در گفت‌وگو با فارس ایران را …'."""
        if first - at < CLOSE or not at or self.keys[at - 1] not in _SCENES:
            return False
        end = first
        while end < len(self.keys) and end in self._states:
            end += 1
        return end < len(self.keys) and self.keys[end] == "را"

    def _is_object(self, last: int) -> bool:
        """Whether را marks the noun phrase that the mention stands in: not in 'ایران دشمن را شکست داد'."""
        ra = self._next_ra(last)
        marks = BREAKS - {"»"} if self.keys[ra - 1 : ra] == ["»"] else BREAKS  # '«حملات ایران به …» را محکوم کرد'
        if ra >= len(self.keys) or self.keys[ra] != "را" or any(key in marks for key in self.keys[last + 1 : ra]):
            return False
        between = self.keys[last + 1 : ra]
        if self._begins_anew(last + 1, ra):
            return False
        part = self._parts[self._of[last]]
        nearer = any(last + 1 < at < ra for at, _, _ in self.others)
        if nearer and between[0] not in {*PREPOSITIONS, "در", "برای", "و", "درباره"}:
            return False  # 'آمریکا موضع چین را تصدیق می‌کند'
        if between and part.is_own and last in part.subject and "خود" in between:
            return False  # 'کنگره در گزارش خود پکن را …'
        if between and part.is_own and last in part.subject and between[0] not in {*PREPOSITIONS, "در", "برای"}:
            return False  # 'چین آرمان‌های بولیوی را ستود'
        opens = last == 0 or self.keys[last - 1] in BREAKS or self.keys[last - 1] in {"،", ","}
        return not (
            opens
            and between
            and between[0] not in PREPOSITIONS
            and not between[0].endswith("ی")
            and between[0] not in {"در", "برای"}
        )

    def is_elsewhere(self, first: int) -> bool:
        """Whether a mention only tells where or beside whom something is: 'خلبانان همراه ناو آمریکا', 'در جنوب چین'."""
        return any(
            (
                self.keys[at] in ELSEWHERE
                and self.keys[at + 1] not in {"خود", "حاکم", "کمونیست"}
                and self.keys[at - 1] != "تلفن"
            )
            or (self.keys[at] in _BESIDE and self.keys[at - 1] != "بدون")  # 'پزشکان بدون مرز'
            or (self.keys[at] == "سوی" and self.keys[at - 1] == "ان")
            for at in range(max(1, first - NEAR + 1), first)
        )

    def is_beside(self, first: int) -> bool:
        """Whether a word right before a mention makes it no more than a place or a neighbour: 'ساکن مرز چین', 'رقیب چین'."""
        if first and (self.keys[first - 1] in ELSEWHERE or self._is_aside(first)):
            return True
        return self.is_elsewhere(first) and not any(
            self.keys[at] in PLAIN_STOPS for at in range(max(0, first - CLOSE), first)
        )

    def _is_aside(self, first: int) -> bool:
        """Whether a mention closes an aside on somebody else: 'آتن، از طرف‌های تجاری پکن، …'."""
        end = first
        while end in self._states:
            end += 1
        opening = range(max(1, first - NEAR), first)
        return self.keys[end : end + 1] == ["،"] and any(
            self.keys[at] == "از" and self.keys[at - 1] == "،" and self.keys[at + 1] not in {"سوی", "جمله"}
            for at in opening
        )

    def _is_deed(self, at: int) -> bool:
        """Whether a word is a deed, or a plural that what stands behind it describes: 'تحریم‌های ظالمانه'."""
        return self.keys[at] in _HEADS or self.words[at].text.endswith("\u200cهای")

    def _begins_anew(self, first: int, ra: int) -> bool:
        """Whether a noun phrase of its own begins before را: 'نماینده ایران، رئیس جلسه را', 'چین در سازمان ملل انفجار … را'."""
        for at in range(first, ra):
            if self.keys[at] in {"،", ","} and (at + 1 not in self._states or self.keys[at + 1] in ROLES):
                return True
            if at > first and self.keys[at] in _HEADS and self.keys[at - 1] not in _BEFORE_HEAD:
                return True
            if is_verb(self.words[at].text):
                return True
        return False

    def _next_ra(self, last: int) -> int:
        reach = (
            _LONG if last + 1 < len(self.keys) and self.keys[last + 1] in {"در", "به", "علیه", "برای", "از"} else NEAR
        )
        return next(
            (at for at in range(last + 1, min(len(self.keys), last + 1 + reach)) if self.keys[at] == "را"), last + 1
        )

    def _plain(self, first: int, end: int) -> bool:
        """Whether only nouns and adjectives of an ezafe chain stand between; states may be joined in it by و."""
        return not any(
            (self.keys[at] in PLAIN_STOPS and not self._joins_states(at)) or self.keys[at] in ELSEWHERE
            for at in range(first, end)
        )

    def _joins_states(self, at: int) -> bool:
        """Whether a word is the و of 'آمریکا و اسرائیل'."""
        return self.keys[at] == "و" and at - 1 in self._states and at + 1 in self._states

    def _parted(self, between: range) -> bool:
        return any(self.keys[at] in {".", "؛", ":", "که"} for at in between)
