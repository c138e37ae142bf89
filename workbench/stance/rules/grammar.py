"""The shallow grammar of a clause: what is subject, what is said of it, which verb carries a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules.clauses import Part
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.nouns import BREAKS, CLOSE, FOES, NEAR, PREPOSITIONS, NounPhrases
from workbench.stance.rules.verbs import is_verb, stem

_COPULAS = frozenset({"است", "بود", "هست", "نیست", "شد"})
CARRYING = frozenset("کرد شد داد گرفت بود است داشت گردید نمود گذاشت زد خورد ماند خواند ساخت برد آورد کشید".split())
# After these a phrase belongs to somebody else: 'در برابر تجاوز', 'از زورگویی'.
_OBLIQUE = frozenset("""از علیه برابر مقابل درباره بر به ضد برای مبارزه""".split())
_PURPOSES = frozenset("منظور هدف امید دلیل راستای قصد خاطر سبب علت نشانه".split())
_AGAINST_IT = frozenset({"مبارزه", "مقابله", "مخالفت", "برخورد", "همراه", "مواجه", "رویارویی", "روبهرو", "جنگ"})
_PREDICATING = frozenset("""بود است هست نیست شد داشت ماند گشت گردید رفت آمد می‌باشد""".split())
_KEPT_IN_MIND = frozenset({"فراموش", "از"})  # 'ما این را فراموش نکرده‌ایم' is said of the deed before
_LET_GO = frozenset({"دست", "برداشت", "بازایستاد", "کوتاه"})
_GONE_ON_WITH = frozenset({"ادامه", "روی", "متوسل", "پرداخت"})
_CARRIED_ON = frozenset({"رساند", "اوج", "گسترش", "ادامه", "آغاز", "اغاز", "تشدید", "پیشه", "افزود", "برگزید"})
_WILLING = frozenset({"خواست", "توانست"})
_GROUP = 3
_ENDS = frozenset({".", "؛", ":", "!", "؟", "اما", "ولی", "که"})
# Verbs that say what something is called or held to be: 'X را Y خواند', 'X از سوی Z Y خوانده شد'.
NAMING = frozenset("خواند نامید دانست شمرد پنداشت انگاشت شناخت یافت دید".split())
NAMING_NOUNS = frozenset("توصیف ارزیابی قلمداد معرفی تلقی عنوان اعلام تشخیص محسوب یاد تعبیر برشمرد".split())


class Grammar(NounPhrases):
    """A sentence seen from one state, asked what a phrase is in its clause."""

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
        return following in {".", "،", "و", "؛", "!", "»"} and self.keys[hit.first - 1] not in PREPOSITIONS

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
        if (
            self._has_both
            and last < hit.first
            and self._of[last] == self._of[hit.last]
            and self._are_both(last, hit.first)
        ):
            return True
        return last < hit.first and not part.subject.isdisjoint(range(first, last + 1))

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
        return not _PURPOSES.isdisjoint(self.keys[max(0, hit.first - CLOSE) : hit.first])

    def words_of(self, hit: Hit) -> list[int]:
        """Words of the clause that the phrase ends in, and of the one that this stands in as a relative clause."""
        part = self._parts[self._of[hit.last]]
        if part.antecedent is not None and part.before is not None:
            return [*part.words, *self._parts[part.before].words]
        return part.words

    def clause_at(self, at: int) -> list[int]:
        """Words of the clause that a word stands in."""
        return self._parts[self._of[at]].words

    def is_parted_from(self, at: int, end: int) -> bool:
        """Whether a clause ends between two words."""
        return any(is_verb(self.words[place].text) or self.keys[place] in _ENDS for place in range(at + 1, end))

    def clause_of(self, hit: Hit) -> list[int]:
        """Words of the clause that the phrase ends in."""
        return self._parts[self._of[hit.last]].words

    def verb_of(self, hit: Hit) -> int | None:
        """The verb that carries the phrase: its own last word, or the one that closes its clause."""
        if is_verb(self.words[hit.last].text):
            return hit.last
        verb = self._parts[self._of[hit.last]].verb
        return verb if verb is not None and verb > hit.last and self.carries(hit) else None

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
            if self.keys[at] in PREPOSITIONS and at > hit.last + 1:
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
