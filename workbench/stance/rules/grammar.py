"""The shallow grammar of a sentence: what governs a noun phrase, what is object and subject, which verb carries a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules.anaphora import ROLES
from workbench.stance.rules.clauses import Part
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.verbs import is_verb, stem
from workbench.text import Token

_PREPOSITIONS = {
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
_COPULAS = frozenset({"است", "بود", "هست", "نیست", "شد"})
CARRYING = frozenset("کرد شد داد گرفت بود است داشت گردید نمود گذاشت زد خورد ماند خواند ساخت برد آورد کشید".split())
# After these a phrase belongs to somebody else: 'در برابر تجاوز', 'از زورگویی'.
_OBLIQUE = frozenset("""از علیه برابر مقابل درباره بر به ضد برای مبارزه""".split())
_PURPOSES = frozenset("منظور هدف امید دلیل راستای قصد خاطر سبب علت نشانه".split())
_AGAINST_IT = frozenset({"مبارزه", "مقابله", "مخالفت", "برخورد", "همراه", "مواجه", "رویارویی", "روبهرو", "جنگ"})
_PREDICATING = frozenset("""بود است هست نیست شد داشت ماند گشت گردید رفت آمد می‌باشد""".split())
_RESPECTS = frozenset({"قبال", "مسیر", "مورد", "زمینه", "خصوص", "باره", "راه", "رقابت", "جنگ"})
EACH_OTHER = frozenset({"یکدیگر", "همدیگر"})
# Nouns of deeds that head an object, and what may stand before one that does not.
_HEADS = frozenset(
    """انفجار کودتا کودتای کشتار جنایت جنایات حمله حملات ترور قتل بمباران تجاوز رفتار رفتارهای اقدام اقدامات سیاست سیاستهای تصمیم سخنان اظهارات گزارش طرح قطعنامه
    ادعا ادعای ادعاهای حضور مواضع بیانیه نامه پیشنهاد برنامه عملکرد کارنامه""".split()
)
_BEFORE_HEAD = frozenset(
    {*_PREPOSITIONS, "در", "برای", "قبال", "مورد", "خصوص", "باره", "درباره", "و", "پی", "سر", "جریان", "این", "ان"}
)
_KEPT_IN_MIND = frozenset({"فراموش", "از"})  # 'ما این را فراموش نکرده‌ایم' is said of the deed before
_SCENES = frozenset("گفتوگو وگو گفتگو مصاحبه دیدار پاسخ واکنش اشاره سخنرانی بازگشت سفر نشست پیام نامه".split())
_LET_GO = frozenset({"دست", "برداشت", "بازایستاد", "کوتاه"})
_GONE_ON_WITH = frozenset({"ادامه", "روی", "متوسل", "پرداخت"})
_CARRIED_ON = frozenset({"رساند", "اوج", "گسترش", "ادامه", "آغاز", "اغاز", "تشدید", "پیشه", "افزود", "برگزید"})
_WILLING = frozenset({"خواست", "توانست"})
_GROUP = 3
# 'به سبب …', 'به گفته …': the noun and not the preposition governs.
_ADVERBIAL = frozenset("عنوان دلیل خاطر سبب علت منظور واسطه رغم موجب گفته نوشته نقل گزارش باور اعتقاد دنبال".split())
NEAR = 4
_CLOSE = 2
_LONG = 8
# Behind these a state is only where somebody is, or beside whom: 'سخاوت تاجران ساکن مرز چین', 'دلاوری خلبانان همراه ناو آمریکا'.
# Verbs that say what something is called or held to be: 'X را Y خواند', 'X از سوی Z Y خوانده شد'.
NAMING = frozenset("خواند نامید دانست شمرد پنداشت انگاشت شناخت یافت دید".split())
NAMING_NOUNS = frozenset("توصیف ارزیابی قلمداد معرفی تلقی عنوان اعلام تشخیص محسوب یاد تعبیر برشمرد".split())
_BESIDE = frozenset({"مرز", "مرزهای"})
_FROM_THERE = frozenset("پس پیش قبل بعد بیش غیر دور وارداتی بازگشته برگشته رسیده گریخته خارج اخراجی فراری".split())
_TIMES = frozenset("روز روزهای سال سالهای هنگام زمان دوران جریان حاشیه سفر بازگشت راه مسیر پی".split())
ELSEWHERE = frozenset(
    """مقیم ساکن همسایه همسایگان رقیب رقیبان رقبای همراه حومه نزدیکی مجاور هممرز جنوب شمال شرق غرب میهمان مهمان واسطههای
    مخالف حزب مخالفان منتقد منتقدان اپوزیسیون تبعیدی ناراضیان پناهجویان مهاجران""".split()
)
FOES = frozenset("دشمن دشمنان بدخواهان بدخواه".split())
FAR = 9


class Grammar:
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
        words: Sequence[Token],
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
        self.keys = [word.form.key for word in words]
        self.targets = targets
        self.others = others
        self._parts = parts
        self._us: dict[int, bool] = {}  # whether a clause's verb says 'we', once asked
        self._of = of
        self._selves = selves
        self._with_both = with_both
        self._speaks = speaks
        self._is_of_each_other = not EACH_OTHER.isdisjoint(self.keys)
        named = [*targets, *((first, last) for first, last, _ in others)]
        self._states = {at for first, last in named for at in range(first, last + 1)}

    def _reach(self, first: int, end: int) -> int:
        """How far a noun may stand from its preposition: farther where its doer stands between ('حملات نظامی آمریکا به')."""
        return _LONG if any(at in self._states for at in range(first, end)) else NEAR

    def is_copular(self, hit: Hit) -> bool:
        """Whether a copula follows the phrase at once ('جنگ‌طلب نیستیم')."""
        at = hit.last + 1
        while at in self._states:
            at += 1
        return at < len(self.words) and stem(self.words[at]) in {"بود", "است", "نیست"}

    def is_followed_by_become(self, hit: Hit) -> bool:
        """Whether شد follows the phrase at once."""
        return hit.last + 1 < len(self.words) and stem(self.words[hit.last + 1]) == "شد"

    def is_passive(self, hit: Hit) -> bool:
        """Whether the phrase ends in a participle that شد makes passive ('به آتش کشیده شد')."""
        return self.words[hit.last].text.endswith("ه") and self.is_followed_by_become(hit)

    def _ends(self, hit: Hit) -> bool:
        """Whether the phrase ends its clause, with a verb inside it ('سپاسگزاریم') or one left out ('تشکر و …')."""
        following = self.keys[hit.last + 1] if hit.last + 1 < len(self.keys) else "."
        return following in {".", "،", "و", "؛", "!", "»"} and self.keys[hit.first - 1] not in _PREPOSITIONS

    def _predicated(self, hit: Hit) -> bool:
        return any(stem(word) in _COPULAS for word in self.words[hit.last + 1 : hit.last + 5])

    def _is_subject(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether the mention stands in the subject of the phrase's clause, its own or the one it goes on with."""
        part = self._parts[self._of[hit.last]]
        first, last = mention
        if self.is_of_us(hit) and mention not in self._selves and self.keys[hit.first] not in _KEPT_IN_MIND:
            return False  # 'آمریکا … و این را فراموش نمی‌کنیم': the verb's person is another
        if first and self.keys[first - 1] in FOES:
            return False
        if last < hit.first and self._of[last] == self._of[hit.last] and self._are_both(last, hit.first):
            return True
        return last < hit.first and any(at in part.subject for at in range(first, last + 1))

    def _are_both(self, last: int, end: int) -> bool:
        """Whether 'هر دو' takes up two states named before: 'ایران با … و چین با …، هر دو'."""
        return any(self.keys[at : at + 2] == ["هر", "دو"] for at in range(last + 1, end))

    def _said_of_subject(self, hit: Hit) -> set[str]:
        """How a phrase belongs to the subject of its clause: as its predicate, or only as something told of it."""
        if self._possessed(hit) or self._is_anothers_quality(hit):
            return set()
        part = self._parts[self._of[hit.last]]
        rest = self._rest_of(part, hit)
        if "را" in rest and not self._is_done_so(hit) and not self._is_committed(hit, rest):
            return set()
        found = set()
        verb = stem(self.words[part.verb]) if part.verb is not None else None
        owned = hit.first and self.keys[hit.first - 1] in _OBLIQUE and not self._is_committed(hit, rest)
        owned = owned or self._is_purpose(hit)
        owned = owned or (
            hit.first > 1 and self.keys[hit.first - 1] == "با" and self.keys[hit.first - 2] in _AGAINST_IT
        )
        ra = any(self.keys[at] == "را" for at in part.words if at < hit.first)
        own = any(self.keys[at] in {"خود", "خویش", "خودش"} for at in part.words if at < hit.first)
        if ra and not own and (verb in NAMING or any(key in NAMING_NOUNS for key in rest)):
            return set()  # 'ایران رفتار چین را متمدنانه شمرد' says nothing of Iran
        if self.is_verbal(hit) and not (
            ra and stem(self.words[hit.last]) not in CARRYING and not is_verb(self.words[hit.last].text)
        ):
            found |= {"subj", "psubj"}
        if not owned:
            found.add("clause")
            if (verb is None or verb in _PREDICATING) and not ra:
                found.add("pred")
        return found

    def _is_done_so(self, hit: Hit) -> bool:
        """Whether a phrase tells how the subject acts, whatever it acts on: 'با شرافت هم‌وطنانش را …', 'قهرمانانه …'."""
        return self.keys[hit.first] == "با" or self.keys[hit.first - 1] == "با" or self.keys[hit.last].endswith("انه")

    def _is_committed(self, hit: Hit, rest: Sequence[str]) -> bool:
        """Whether a wrong is what the subject begins, goes on with, carries too far: 'سرکوب را به اوج رسانده', 'از تحقیر … دست برنداشت'."""
        if not hit.is_blame:
            return False
        verb = self._parts[self._of[hit.last]].verb
        done = {*rest, stem(self.words[verb]) if verb is not None else ""}
        before, following = self.keys[hit.first - 1], self.keys[hit.last + 1 : hit.last + 2]
        if before == "از":
            return bool(done & _LET_GO) and verb is not None and self.words[verb].text.startswith(("ن", "برن", "بازن"))
        return (before == "به" and bool(done & _GONE_ON_WITH)) or (following == ["را"] and bool(done & _CARRIED_ON))

    def _rest_of(self, part: Part, hit: Hit) -> list[str]:
        """What stands between the phrase and the verb, or the participle that closes its own predicate ('… ایستاده و')."""
        rest = [self.keys[at] for at in part.words if hit.last < at and (part.verb is None or at < part.verb)]
        ends = [at for at, key in enumerate(rest) if key == "و" and rest[at - 1].endswith("ده") and at]
        return rest[: ends[0]] if ends else rest

    def _is_purpose(self, hit: Hit) -> bool:
        """Whether the phrase is what something is done for or because of: 'به امید پیروزی', 'به منظور تحقق بازدارندگی'."""
        return not _PURPOSES.isdisjoint(self.keys[max(0, hit.first - _CLOSE) : hit.first])

    def words_of(self, hit: Hit) -> list[int]:
        """Words of the clause that the phrase ends in, and of the one that this stands in as a relative clause."""
        part = self._parts[self._of[hit.last]]
        if part.antecedent is not None and part.before is not None:
            return [*part.words, *self._parts[part.before].words]
        return part.words

    def clause_of(self, hit: Hit) -> list[int]:
        """Words of the clause that the phrase ends in."""
        return self._parts[self._of[hit.last]].words

    def verb_of(self, hit: Hit) -> int | None:
        """The verb that carries the phrase: its own last word, or the one that closes its clause."""
        if is_verb(self.words[hit.last].text):
            return hit.last
        verb = self._parts[self._of[hit.last]].verb
        return verb if verb is not None and verb > hit.last and self.carries(hit) else None

    def is_governed(self, mention: tuple[int, int]) -> bool:
        """Whether a preposition governs the noun phrase of a mention."""
        return self._governing(mention[0]) is not None

    def governed_far(self, mention: tuple[int, int]) -> bool:
        """Whether words stand between a mention and the preposition that governs its noun phrase."""
        governed = self._governing(mention[0])
        return governed is not None and mention[0] - governed[1] > _CLOSE

    def is_of_us(self, hit: Hit) -> bool:
        """Whether the verb of the phrase's clause says 'we'."""
        number = self._of[hit.last]
        if number not in self._us:
            self._us[number] = self._says_we(self._parts[number])
        return self._us[number]

    def _says_we(self, part: Part) -> bool:
        if part.verb is None:
            return False
        return any(
            self.words[at].text.endswith("یم") and (is_verb(self.words[at].text) or stem(self.words[at]) in _WILLING)
            for at in part.words[-_GROUP:]
            if abs(at - part.verb) < _GROUP
        )

    def is_verbal(self, hit: Hit) -> bool:
        """Whether the phrase is or carries the verb of its clause: 'حمله کرد', 'تسلیم … شد', and not 'حمله به …' alone."""
        for at in range(hit.last, min(len(self.words), hit.last + 4)):
            if at > hit.last and self.keys[at] in BREAKS | {"،", "و"}:
                return False
            if is_verb(self.words[at].text):
                return True
            if stem(self.words[at]) in CARRYING and at > hit.first:
                return True
        return False

    def carries(self, hit: Hit) -> bool:
        """Whether the verb of the clause is the phrase's own, so that its negation is: not in 'از تحریم‌های … پیروی نکنند'."""
        for at in range(hit.last, len(self.words)):
            if self.keys[at] in _PREPOSITIONS and at > hit.last + 1:
                return False
            if self.keys[at] in BREAKS:
                return False
            if is_verb(self.words[at].text):
                return True
        return True

    def with_whom(self, mention: tuple[int, int]) -> int | None:
        """Where the 'با' stands that governs a mention, or another word for a partner ('در دیدار …', 'به … پیشنهاد')."""
        governed = self._governing(mention[0])
        if governed is None:
            return None
        before, behind = self.keys[governed[1] : mention[0]], self.keys[mention[1] + 1 : mention[1] + 3]
        is_met = governed[0] == "in" and "دیدار" in before
        is_offered = governed[0] == "be" and "پیشنهاد" in behind
        return governed[1] if governed[0] == "ba" or is_met or is_offered else None

    def words_around(self, mention: tuple[int, int]) -> list[int]:
        """Words of the clause that a mention stands in, and of the one that it belongs to."""
        part = self._parts[self._of[mention[0]]]
        return [*self._parts[part.before].words, *part.words] if part.before is not None else part.words

    def has_own_subject(self, hit: Hit) -> bool:
        """Whether the phrase's clause names its subject itself."""
        return self._parts[self._of[hit.last]].is_own

    def is_anothers_own(self, hit: Hit) -> bool:
        """Whether another state stands in the phrase's own ezafe chain, so that it is said of that."""
        return self._possessed(hit)

    def _possessed(self, hit: Hit) -> bool:
        """Whether the phrase is another state's ('چین از مواضع اصولی ایران …'): then it says nothing of the subject."""
        if is_verb(self.words[hit.last].text) or self.keys[hit.first] == "با":
            return False
        return any(0 < first - hit.last <= NEAR and self._plain(hit.last + 1, first) for first, _, _ in self.others)

    def _is_anothers_quality(self, hit: Hit) -> bool:
        """Whether the phrase stands right behind another state as its quality ('آمریکای قاتل')."""
        return (
            any(last + 1 == hit.first for _, last, _ in self.others)
            and not self.is_copular(hit)
            and not self.is_verbal(hit)
        )

    def _governing(self, first: int) -> tuple[str, int] | None:
        """Preposition of the noun phrase that a mention ends, and where it stands ('از مواضع اصولی جمهوری …')."""
        for at in range(first - 1, max(-1, first - 6), -1):
            key = self.keys[at]
            if at and (self.keys[at - 1], key) in AGENT_PHRASES:
                return "by", at - 1
            if key in {"توسط", "بوسیله", "بدست"}:
                return "by", at
            if key == "به" and at and self.keys[at - 1] in {"وابسته", "متعلق", "مربوط", "منسوب"}:
                continue
            if key == "از" and at and self.keys[at - 1] in _FROM_THERE:
                return "away", at
            if key == "به" and at + 1 < len(self.keys) and self.keys[at + 1] in _ADVERBIAL:
                return None
            if key in {"با", "به"} and self._opens_the_scene(at, first):
                return None
            if key == "به" and "مسیر" in self.keys[max(0, at - NEAR) : at]:
                return "away", at
            if key in _PREPOSITIONS:
                return _PREPOSITIONS[key], at
            if key in {"برای", "درباره", "مورد"} or (key == "در" and self.keys[at + 1] in _RESPECTS):
                return "of", at
            if key == "در":
                return ("away" if self.keys[at + 1] in _TIMES and at + 1 < first else "in"), at
            if key in BREAKS or key in {"را", "،", ","} or is_verb(self.words[at].text):
                return None
        return None

    def _sets_the_scene(self, governed: tuple[str, int] | None) -> bool:
        """Whether a preposition tells when or beside whom something was said: 'در دیدار با سفیر چین', 'در روزهای سفر …'."""
        if governed is None or governed[0] == "away":
            return governed is not None
        return governed[0] in {"ba", "be", "az"} and governed[1] > 0 and self.keys[governed[1] - 1] in _SCENES

    def _opens_the_scene(self, at: int, first: int) -> bool:
        """Whether a preposition tells to whom somebody spoke, and what has را behind it is another: 'در گفت‌وگو با فارس ایران را …'."""
        if first - at < _CLOSE or not at or self.keys[at - 1] not in _SCENES:
            return False
        end = first
        while end < len(self.keys) and end in self._states:
            end += 1
        return end < len(self.keys) and self.keys[end] == "را"

    def _is_object(self, last: int) -> bool:
        """Whether را marks the noun phrase that the mention stands in: not in 'ایران دشمن را شکست داد'."""
        ra = self._next_ra(last)
        if ra >= len(self.keys) or self.keys[ra] != "را" or any(key in BREAKS for key in self.keys[last + 1 : ra]):
            return False
        between = self.keys[last + 1 : ra]
        if self._begins_anew(last + 1, ra):
            return False
        part = self._parts[self._of[last]]
        nearer = any(last + 1 < at < ra for at, _, _ in self.others)
        if nearer and between[0] not in {*_PREPOSITIONS, "در", "برای", "و", "درباره"}:
            return False  # 'آمریکا موضع چین را تصدیق می‌کند'
        if between and part.is_own and last in part.subject and "خود" in between:
            return False  # 'کنگره در گزارش خود پکن را …'
        if between and part.is_own and last in part.subject and between[0] not in {*_PREPOSITIONS, "در", "برای"}:
            return False  # 'چین آرمان‌های بولیوی را ستود'
        opens = last == 0 or self.keys[last - 1] in BREAKS or self.keys[last - 1] in {"،", ","}
        return not (
            opens
            and between
            and between[0] not in _PREPOSITIONS
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
        if first and self.keys[first - 1] in ELSEWHERE:
            return True
        return self.is_elsewhere(first) and not any(
            self.keys[at] in PLAIN_STOPS for at in range(max(0, first - _CLOSE), first)
        )

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
