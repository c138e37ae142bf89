"""In which place the target stands to an evaluative phrase: the syntax that the frames of the lexicon name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from workbench.stance.rules.clauses import Part
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.verbs import is_verb, stem
from workbench.targets import DEFAULT_TARGETS
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
_AGENT_PHRASES = frozenset(
    [
        *(("از", word) for word in ("سوی", "طرف", "جانب", "ناحیه", "زبان")),
        *(("به", word) for word in ("دست", "وسیله", "فرمان", "دستور", "حکم", "همت", "امر")),
    ]
)
# Verbs that say what something is called or held to be: 'X را Y خواند', 'X از سوی Z Y خوانده شد'.
_NAMING = frozenset(["خواند", "نامید", "دانست", "شمرد", "پنداشت", "انگاشت", "شناخت", "یافت", "دید"])
_NAMING_NOUNS = frozenset(
    ["توصیف", "ارزیابی", "قلمداد", "معرفی", "تلقی", "عنوان", "اعلام", "تشخیص", "محسوب", "یاد", "تعبیر", "برشمرد"]
)
_BREAKS = frozenset(
    [
        ".",
        "؛",
        ":",
        "؟",
        "!",
        "«",
        "»",
        "(",
        ")",
        "که",
        "اما",
        "ولی",
        "لیکن",
        "بلکه",
        "زیرا",
        "چون",
        "تا",
        "اگر",
        "اینکه",
        "انکه",
    ]
)
_PLAIN_STOPS = frozenset(
    [
        "از",
        "با",
        "به",
        "بر",
        "را",
        "در",
        "برای",
        "درباره",
        "پیرامون",
        "مورد",
        "میان",
        "بین",
        "نزد",
        "طی",
        "پس",
        "سوی",
        "که",
        "تا",
        "توسط",
        "علیه",
        "ضد",
        "،",
        ",",
        ":",
        "؛",
        "و",
        "یا",
        "است",
        "بود",
        "شد",
        "کرد",
    ]
)
_COPULAS = frozenset({"است", "بود", "هست", "نیست", "شد"})
_CARRYING = frozenset(
    [
        "کرد",
        "شد",
        "داد",
        "گرفت",
        "بود",
        "است",
        "داشت",
        "گردید",
        "نمود",
        "گذاشت",
        "زد",
        "خورد",
        "ماند",
        "خواند",
        "ساخت",
        "برد",
        "آورد",
        "کشید",
    ]
)
# After these a phrase belongs to somebody else: 'در برابر تجاوز', 'از زورگویی'.
_OBLIQUE = frozenset({"از", "علیه", "برابر", "مقابل", "درباره", "بر", "به", "ضد", "برای", "مبارزه"})
_AGAINST_IT = frozenset({"مبارزه", "مقابله", "مخالفت", "برخورد", "همراه", "مواجه", "رویارویی", "روبهرو", "جنگ"})
_PREDICATING = frozenset({"بود", "است", "هست", "نیست", "شد", "داشت", "ماند", "گشت", "گردید", "رفت", "آمد", "می‌باشد"})
_TOWARDS = frozenset({"به", "علیه", "بر", "ضد", "با", "در"})
_TAKEN_UP = frozenset({"ان", "انان", "انها", "او", "وی", "ایشان"})
_PERSONS = _TAKEN_UP - {"ان"}
_RESPECTS = frozenset({"قبال", "مسیر", "مورد", "زمینه", "خصوص", "باره", "راه", "رقابت", "جنگ"})
_ABOUT = frozenset({"درباره", "پیرامون", "خصوص", "مورد", "از", "باره", "درخصوص", "موضوع", "احتمال"})
_EACH_OTHER = frozenset({"یکدیگر", "همدیگر"})
_BOTH = frozenset({("دو", "کشور"), ("دو", "طرف"), ("دو", "ملت"), ("دو", "دولت"), ("دو", "همسایه")})
_NEAR = 4
_CLOSE = 2
_LONG = 8
_FAR = 9
_FAR_VERB = 22  # a verb closes its clause, however long that is
_PAIRED = 8
_GOVERNED = frozenset(["az", "be", "bar", "alayh"])
_NAMED = 16


class Clause:
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
    ) -> None:
        self.words = words
        self.keys = [word.form.key for word in words]
        self.targets = targets
        self.others = others
        self._parts = parts
        self._of = of
        self._selves = selves
        self._with_both = with_both
        self._is_of_each_other = not _EACH_OTHER.isdisjoint(self.keys)
        named = [*targets, *((first, last) for first, last, _ in others)]
        self._states = {at for first, last in named for at in range(first, last + 1)}

    def place(self, hit: Hit, mention: tuple[int, int]) -> set[str]:
        """Return the places in which `mention` stands to `hit`."""
        first, last = mention
        if first <= hit.last and hit.first <= last:
            return set()
        if self.is_mutual(hit, mention):
            return {"alayh", "be", "bar", "ba", "obj", "az"}
        if mention in self._selves:
            nominal = {"gen", "slogan"} if last + 1 > first > hit.last and self._plain(hit.last + 1, first) else set()
            return self._said_of_subject(hit) if self._is_subject(hit, mention) else nominal
        found = set()
        after = first > hit.last
        gap = first - hit.last - 1 if after else hit.first - last - 1
        between = range(hit.last + 1, first) if after else range(last + 1, hit.first)
        if any(self.keys[at] in _BREAKS for at in between):
            if self._is_subject(hit, mention):
                return self._said_of_subject(hit)
            if not after and self._is_taken_up(hit, mention):
                return self._as_taken_up(hit)
            return (
                {"obj"} if not after and self._is_object(last) and gap <= _FAR and not self._parted(between) else set()
            ) | ({"pair"} if self._two_states(hit, mention) else set())
        if self._is_subject(hit, mention):
            found |= self._said_of_subject(hit)
        governed = self._governing(first)
        far = _FAR_VERB if self.is_verbal(hit) else _FAR
        if after:
            if (
                governed is not None
                and governed[1] > hit.last
                and governed[1] - hit.last <= self._reach(hit.last + 1, governed[1]) + (governed[0] == "dar")
                and self._plain(hit.last + 1, governed[1] - (governed[0] == "dar"))
            ):
                found.add(governed[0])
            if gap <= _NEAR and self._plain(hit.last + 1, first):
                found.add("gen")
            if governed is not None and governed[0] == "by" and gap <= _FAR:
                found.add("by")
        elif self._of[last] == self._of[hit.last]:
            if governed is not None and (gap <= far if self.is_verbal(hit) or self._ends(hit) else gap <= 1):
                found.add(governed[0])
            if self._is_object(last) and gap <= far and (governed is None or governed[0] == "in"):
                found.add("obj")  # in 'حمله به ایران را محکوم کرد' the attack is the object
            if gap <= 1 and self._plain(last + 1, hit.first) and (governed is None or not self._predicated(hit)):
                found.add("mod")
        if not after and hit.first and self.keys[hit.first - 1] == "مورد" and ({"obj", "subj"} & found):
            found |= _GOVERNED  # 'ایران را مورد حمله قرار داد', 'ایران مورد تقدیر قرار گرفت'
        if self.keys[hit.first] == "مورد" and self._is_subject(hit, mention) and self._is_received(hit):
            found.add("obj")  # 'سیاست آمریکا مورد انتقاد قرار گرفت'
        if not after and gap <= _NAMED and self._is_named(hit, last, governed):
            found.add("pred")
        if not after and self._is_taken_up(hit, mention):
            found |= self._as_taken_up(hit)
        if after and hit.last + 1 == first:
            found |= {"slogan", "mod"}  # 'دشمن آمریکایی', 'سازمان تروریستی سیا'
        if (after and gap <= _PAIRED and self._one_of_two(hit.last + 1, mention)) or self._two_states(hit, mention):
            found.add("pair")
        return found

    def _two_states(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether the phrase is a matter of 'the two states', or of two that are its subject together."""
        others = {code for _, _, code in self.others}
        if len(others) != 1 or not self._with_both:
            return False
        near = self.keys[hit.last + 1 : hit.last + 4]
        if any((near[at], near[at + 1]) in _BOTH for at in range(len(near) - 1)) or "طرفین" in near or "دوجانبه" in near:
            return True
        subject = self._parts[self._of[hit.last]].subject
        return any(at in subject for at in range(mention[0], mention[1] + 1)) and any(
            first in subject for first, _, _ in self.others
        )

    def _reach(self, first: int, end: int) -> int:
        """How far a noun may stand from its preposition: farther where its doer stands between ('حملات نظامی آمریکا به')."""
        return _LONG if any(at in self._states for at in range(first, end)) else _NEAR

    def _is_taken_up(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether 'آن را', 'آنان را' in the phrase's clause means the mention: the last state before that is not its subject."""
        part = self._parts[self._of[hit.last]]
        pronoun = next(
            (at for at in part.words if at < hit.first and self.keys[at] in _TAKEN_UP and self.keys[at + 1] == "را"), None
        )
        if pronoun is None:
            return False
        before = [state for state in (*self.targets, *((at, end) for at, end, _ in self.others)) if state[1] < pronoun]
        free = [state for state in before if not any(at in part.subject for at in range(state[0], state[1] + 1))]
        # 'آن' takes up the thing whose owner is named first, 'آنان' and 'او' those last named.
        return bool(free) and (min(free) if self.keys[pronoun] == "ان" else max(free)) == mention

    def _as_taken_up(self, hit: Hit) -> set[str]:
        part = self._parts[self._of[hit.last]]
        if part.verb is not None and (
            stem(self.words[part.verb]) in _NAMING or any(self.keys[at] in _NAMING_NOUNS for at in part.words)
        ):
            return {"pred", "obj"}
        return {"obj"} if any(self.keys[at] in _PERSONS for at in part.words if at < hit.first) else set()

    def is_copular(self, hit: Hit) -> bool:
        """Whether a copula follows the phrase at once ('جنگ‌طلب نیستیم')."""
        return hit.last + 1 < len(self.words) and stem(self.words[hit.last + 1]) in {"بود", "است", "نیست"}

    def _is_received(self, hit: Hit) -> bool:
        verb = self._parts[self._of[hit.last]].verb
        return verb is not None and stem(self.words[verb]) in {"گرفت", "است", "بود"}

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
        return last < hit.first and any(at in part.subject for at in range(first, last + 1))

    def _said_of_subject(self, hit: Hit) -> set[str]:
        """How a phrase belongs to the subject of its clause: as its predicate, or only as something told of it."""
        if self._possessed(hit):
            return set()
        part = self._parts[self._of[hit.last]]
        rest = [self.keys[at] for at in part.words if hit.last < at and (part.verb is None or at < part.verb)]
        if "را" in rest:
            return set()
        found = set()
        verb = stem(self.words[part.verb]) if part.verb is not None else None
        owned = hit.first and self.keys[hit.first - 1] in _OBLIQUE
        owned = owned or (hit.first > 1 and self.keys[hit.first - 1] == "با" and self.keys[hit.first - 2] in _AGAINST_IT)
        ra = any(self.keys[at] == "را" for at in part.words if at < hit.first)
        if self.is_verbal(hit) and not (ra and stem(self.words[hit.last]) not in _CARRYING and not is_verb(self.words[hit.last].text)):
            found |= {"subj", "psubj"}
        if not owned:
            found.add("clause")
            if (verb is None or verb in _PREDICATING) and not ra:
                found.add("pred")
        return found

    def _is_named(self, hit: Hit, last: int, governed: tuple[str, int] | None) -> bool:
        """Whether the phrase is what the target is called: between it and a verb of naming."""
        verb = None
        if self._of[last] != self._of[hit.last]:
            return False
        for at in range(hit.last, min(len(self.keys), hit.last + 7)):
            if self.keys[at] in _NAMING_NOUNS or stem(self.words[at]) in _NAMING:
                verb = at
                break
            if self.keys[at] in _BREAKS or self.keys[at] in {"را", "از", "به", "با", "در"}:
                return False
        if verb is None:
            return False
        between = self.keys[last + 1 : hit.first]
        if any(key in {".", "؛", "که", ":"} for key in between):
            return False
        object_ = "را" in between
        passive = any(stem(word) == "شد" for word in self.words[verb : verb + 3])
        if governed is not None and governed[0] == "az" and not object_:
            return any(self.keys[at] == "یاد" for at in range(verb, min(len(self.keys), verb + 1)))
        return (object_ or passive) and (governed is None or governed[0] == "in" or object_)

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

    def blames_before(self, hit: Hit, mention: tuple[int, int], hits: Sequence[Hit]) -> bool:
        """Whether another phrase of blame stands between a mention and the preposition that the phrase governs it by."""
        governed = self._governing(mention[0])
        start = governed[1] if governed is not None else mention[0]
        end = max(mention[0], hit.first) if mention[0] > hit.last else mention[0]
        reach = range(min(start, hit.last + 1) if mention[0] > hit.last else start, end)
        return any(other is not hit and other.first in reach and other.is_blame for other in hits)

    def is_actor(self, hit: Hit) -> bool:
        """Whether the target does what the phrase names: 'حمله آمریکا', 'آمریکا … حمله کرد', 'از سوی آمریکا'."""
        for first, last in self.targets:
            governed = self._governing(first)
            if hit.last < first <= hit.last + _NEAR and self._plain(hit.last + 1, first):
                return bool(_TOWARDS & set(self.keys[last + 1 : last + 6]))  # 'حمله آمریکا به …', and no 'تحریم ایران'
            if governed is not None and governed[0] == "by" and abs(first - hit.last) <= _FAR:
                return True
            if self._is_subject(hit, (first, last)) and "subj" in self._said_of_subject(hit):
                return True
        return False

    def governed_far(self, mention: tuple[int, int]) -> bool:
        """Whether words stand between a mention and the preposition that governs its noun phrase."""
        governed = self._governing(mention[0])
        return governed is not None and mention[0] - governed[1] > _CLOSE

    def is_verbal(self, hit: Hit) -> bool:
        """Whether the phrase is or carries the verb of its clause: 'حمله کرد', 'تسلیم … شد', and not 'حمله به …' alone."""
        for at in range(hit.last, min(len(self.words), hit.last + 4)):
            if at > hit.last and self.keys[at] in _BREAKS | {"،", "و"}:
                return False
            if is_verb(self.words[at].text):
                return True
            if stem(self.words[at]) in _CARRYING and at > hit.first:
                return True
        return False

    def carries(self, hit: Hit) -> bool:
        """Whether the verb of the clause is the phrase's own, so that its negation is: not in 'از تحریم‌های … پیروی نکنند'."""
        for at in range(hit.last, len(self.words)):
            if self.keys[at] in _PREPOSITIONS and at > hit.last + 1:
                return False
            if self.keys[at] in _BREAKS:
                return False
            if is_verb(self.words[at].text):
                return True
        return True

    def somebody_does(self, hit: Hit) -> bool:
        """Whether a subject that is no state does what the phrase names: not where it is only talked about."""
        part = self._parts[self._of[hit.last]]
        if part.head is None or part.head >= hit.first:
            return False
        return not any(key in _ABOUT for key in self.keys[max(0, hit.first - 3) : hit.first])

    def has_agent(self) -> bool:
        """Whether somebody is named as the one who acts ('از سوی …', 'به دست …')."""
        return any(pair in _AGENT_PHRASES for pair in itertools.pairwise(self.keys)) or "توسط" in self.keys

    def _one_of_two(self, start: int, mention: tuple[int, int]) -> bool:
        """Whether the mention is one of the two that ties are between: 'روابط ایران و چین', 'میان تهران و پکن'."""
        first, last = mention
        joined = "و" in self.keys[last + 1 : last + 4] or "و" in self.keys[max(start, first - 3) : first]
        joined = joined or "-" in self.keys[last + 1 : last + 2] or "-" in self.keys[first - 1 : first]
        other = any(start <= place <= last + 5 for place, _, _ in self.others)
        return joined and other and not any(key in _PLAIN_STOPS - {"و"} for key in self.keys[start:first])

    def actor_of(self, hit: Hit) -> str | None:
        """Return the state whose act the phrase is: 'تحریم‌های آمریکا علیه ایران', 'آمریکا ایران را تهدید کرد'."""
        by = self.others
        near = [
            other for other in by if hit.last < other[0] <= hit.last + _NEAR and self._plain(hit.last + 1, other[0])
        ]
        if near:
            return near[0][2]
        for first, _, code in by:
            governed = self._governing(first)
            if governed is not None and governed[0] == "by":
                return code
        return self.subject_of(hit)

    def is_told_of(self, at: int) -> bool:
        """Whether a clause that word `at` calls untrue has the target for its subject ('اینکه آمریکا … دروغ است')."""
        for part in self._parts:
            opening = {self.keys[index] for index in part.words[:1]}
            told = part.words and ((opening & {"اینکه", "این"} and part.words[0] < at) or ("که" in opening and part.words[0] > at))
            if told and any(index in part.subject for first, last in self.targets for index in range(first, last + 1)):
                return True
        return False

    def with_whom(self, mention: tuple[int, int]) -> int | None:
        """Where the 'با' stands that governs a mention."""
        governed = self._governing(mention[0])
        return governed[1] if governed is not None and governed[0] == "ba" else None

    def words_around(self, mention: tuple[int, int]) -> list[int]:
        """Words of the clause that a mention stands in, and of the one that it belongs to."""
        part = self._parts[self._of[mention[0]]]
        return [*self._parts[part.before].words, *part.words] if part.before is not None else part.words

    def subject_at(self, mention: tuple[int, int]) -> str | None:
        """The other state that is the subject of the clause around a mention."""
        subject = self._parts[self._of[mention[0]]].subject
        return next((code for first, last, code in self.others if any(at in subject for at in range(first, last + 1))), None)

    def teller_of(self, hit: Hit) -> str | None:
        """The other state that is the subject of the clause which the phrase's clause completes ('چین دستور داد که …')."""
        part = self._parts[self._of[hit.last]]
        if part.before is None or not part.words or self.keys[part.words[0]] not in {"که", "تا"}:
            return None
        subject = self._parts[part.before].subject
        return next((code for first, last, code in self.others if any(at in subject for at in range(first, last + 1))), None)

    def only_other(self) -> str | None:
        """The other state where the sentence names just one: the likeliest doer of an act that names none."""
        codes = {code for _, _, code in self.others}
        return codes.pop() if len(codes) == 1 else None

    def other_after(self, at: int) -> str | None:
        """The first other state named behind word `at`."""
        return next((code for first, _, code in sorted(self.others) if first > at), None)

    def has_own_subject(self, hit: Hit) -> bool:
        """Whether the phrase's clause names its subject itself."""
        return self._parts[self._of[hit.last]].is_own

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
        if not self._is_of_each_other or len({code for _, _, code in self.others}) != 1:
            return False
        inside = self._parts[self._of[hit.last]].words
        return any(self.keys[at] in _EACH_OTHER for at in inside) and mention[0] < hit.first

    def _possessed(self, hit: Hit) -> bool:
        """Whether the phrase is another state's ('چین از مواضع اصولی ایران …'): then it says nothing of the subject."""
        return any(0 < first - hit.last <= _NEAR and self._plain(hit.last + 1, first) for first, _, _ in self.others)

    def _governing(self, first: int) -> tuple[str, int] | None:
        """Preposition of the noun phrase that a mention ends, and where it stands ('از مواضع اصولی جمهوری …')."""
        for at in range(first - 1, max(-1, first - 6), -1):
            key = self.keys[at]
            if at and (self.keys[at - 1], key) in _AGENT_PHRASES:
                return "by", at - 1
            if key in {"توسط", "بوسیله", "بدست"}:
                return "by", at
            if key == "به" and at and self.keys[at - 1] in {"وابسته", "متعلق", "مربوط", "منسوب"}:
                continue
            if key == "از" and at and self.keys[at - 1] in {"پس", "پیش", "قبل", "بعد", "بیش", "غیر"}:
                return "in", at
            if key == "به" and at + 1 < len(self.keys) and self.keys[at + 1] in {"عنوان", "دلیل", "خاطر"}:
                return None
            if key in _PREPOSITIONS:
                return _PREPOSITIONS[key], at
            if key in {"برای", "درباره", "مورد"} or (key == "در" and self.keys[at + 1] in _RESPECTS):
                return "of", at
            if key == "در":
                return "in", at
            if key in _BREAKS or key in {"را", "،", ","} or stem(self.words[at]) in {"کرد", "شد", "بود", "داد"}:
                return None
        return None

    def _is_object(self, last: int) -> bool:
        """Whether را marks the noun phrase that the mention stands in: not in 'ایران دشمن را شکست داد'."""
        ra = self._next_ra(last)
        if ra >= len(self.keys) or self.keys[ra] != "را" or any(key in _BREAKS for key in self.keys[last + 1 : ra]):
            return False
        between = self.keys[last + 1 : ra]
        part = self._parts[self._of[last]]
        if between and part.is_own and last in part.subject and between[0] not in {*_PREPOSITIONS, "در", "برای"}:
            return False  # 'چین آرمان‌های بولیوی را ستود'
        opens = last == 0 or self.keys[last - 1] in _BREAKS or self.keys[last - 1] in {"،", ","}
        return not (
            opens
            and between
            and between[0] not in _PREPOSITIONS
            and not between[0].endswith("ی")
            and between[0] not in {"در", "برای"}
        )

    def _next_ra(self, last: int) -> int:
        reach = _LONG if last + 1 < len(self.keys) and self.keys[last + 1] in {"در", "به", "علیه", "برای", "از"} else _NEAR
        return next(
            (at for at in range(last + 1, min(len(self.keys), last + 1 + reach)) if self.keys[at] == "را"), last + 1
        )

    def _plain(self, first: int, end: int) -> bool:
        """Whether only nouns and adjectives of an ezafe chain stand between; states may be joined in it by و."""
        return not any(self.keys[at] in _PLAIN_STOPS and not self._joins_states(at) for at in range(first, end))

    def _joins_states(self, at: int) -> bool:
        """Whether a word is the و of 'آمریکا و اسرائیل'."""
        return self.keys[at] == "و" and at - 1 in self._states and at + 1 in self._states

    def _parted(self, between: range) -> bool:
        return any(self.keys[at] in {".", "؛", ":", "که"} for at in between)
