"""In which place the target stands to an evaluative phrase: the syntax that the frames of the lexicon name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from workbench.stance.rules.lexicon import Hit
from workbench.text import Token, lexicon

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
_COPULAS = frozenset({"است", "بود", "هست", "نیست", "شد", "باشد", "اند", "خواهد", "می‌باشد", "گردید"})
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
_NEAR = 4
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
    """

    def __init__(
        self, words: Sequence[Token], targets: list[tuple[int, int]], others: list[tuple[int, int, str]]
    ) -> None:
        self.words = words
        self.keys = [word.form.key for word in words]
        self.targets = targets
        self.others = others
        named = [*targets, *((first, last) for first, last, _ in others)]
        self._states = {at for first, last in named for at in range(first, last + 1)}

    def place(self, hit: Hit, mention: tuple[int, int]) -> set[str]:
        """Return the places in which `mention` stands to `hit`."""
        first, last = mention
        if first <= hit.last and hit.first <= last:
            return set()
        found = set()
        after = first > hit.last
        gap = first - hit.last - 1 if after else hit.first - last - 1
        between = range(hit.last + 1, first) if after else range(last + 1, hit.first)
        if any(self.keys[at] in _BREAKS for at in between):
            return (
                {"obj"} if not after and self._is_object(last) and gap <= _FAR and not self._parted(between) else set()
            )
        governed = self._governing(first)
        far = _FAR_VERB if self.is_verbal(hit) else _FAR
        if after:
            if (
                governed is not None
                and governed[1] > hit.last
                and governed[1] - hit.last <= _NEAR + (governed[0] == "dar")
                and self._plain(hit.last + 1, governed[1] - (governed[0] == "dar"))
            ):
                found.add(governed[0])
            if gap <= _NEAR and self._plain(hit.last + 1, first):
                found.add("gen")
            if governed is not None and governed[0] == "by" and gap <= _FAR:
                found.add("by")
        else:
            if governed is not None and gap <= far:
                found.add(governed[0])
            if self._is_object(last) and gap <= far and (governed is None or governed[0] == "in"):
                found.add("obj")  # in 'حمله به ایران را محکوم کرد' the attack is the object
            if gap <= 1 and self._plain(last + 1, hit.first):
                found.add("mod")
            if (
                governed is None
                and not self._is_object(last)
                and gap <= far
                and self._heads(first)
                and not self._possessed(hit)
                and self.is_verbal(hit)
                and not ("را" in self.keys[last + 1 : hit.first] and self.words[hit.last].form.lemma not in _CARRYING)
            ):  # 'چین … اقدام آمریکا را تحریک‌آمیز خواند': what follows را is said of the object
                found |= {"subj", "psubj", "pred"} if self._predicates(hit) else {"subj", "psubj"}
        if not after and hit.first and self.keys[hit.first - 1] == "مورد" and ({"obj", "subj"} & found):
            found |= _GOVERNED  # 'ایران را مورد حمله قرار داد', 'ایران مورد تقدیر قرار گرفت'
        if not after and gap <= _NAMED and self._is_named(hit, last, governed):
            found.add("pred")
        if after and hit.last + 1 == first:
            found |= {"slogan", "mod"}  # 'دشمن آمریکایی', 'سازمان تروریستی سیا'
        if after and gap <= _PAIRED and self._one_of_two(hit.last + 1, mention):
            found.add("pair")
        return found

    def _is_named(self, hit: Hit, last: int, governed: tuple[str, int] | None) -> bool:
        """Whether the phrase is what the target is called: between it and a verb of naming."""
        verb = None
        for at in range(hit.last, min(len(self.keys), hit.last + 7)):
            if self.keys[at] in _NAMING_NOUNS or self.words[at].form.lemma in _NAMING:
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
        passive = any(word.form.lemma == "شد" for word in self.words[verb : verb + 3])
        if governed is not None and governed[0] == "az" and not object_:
            return any(self.keys[at] == "یاد" for at in range(verb, min(len(self.keys), verb + 1)))
        return (object_ or passive) and (governed is None or governed[0] == "in" or object_)

    def is_actor(self, hit: Hit) -> bool:
        """Whether the target does what the phrase names: 'حمله آمریکا', 'آمریکا … حمله کرد', 'از سوی آمریکا'."""
        for first, last in self.targets:
            governed = self._governing(first)
            if hit.last < first <= hit.last + _NEAR and self._plain(hit.last + 1, first):
                return True
            if governed is not None and governed[0] == "by" and abs(first - hit.last) <= _FAR:
                return True
            is_subject = governed is None and not self._is_object(last) and self._heads(first)
            if last < hit.first and is_subject and not self._possessed(hit):
                return not any(key in _BREAKS for key in self.keys[last + 1 : hit.first])
        return False

    def is_verbal(self, hit: Hit) -> bool:
        """Whether the phrase is or carries the verb of its clause: 'حمله کرد', 'تسلیم … شد', and not 'حمله به …' alone."""
        for at in range(hit.last, min(len(self.words), hit.last + 4)):
            if at > hit.last and self.keys[at] in _BREAKS | {"،", "و"}:
                return False
            if lexicon.is_finite(self.words[at].text) or self.words[at].text.startswith(("می\u200c", "نمی\u200c")):
                return True
            if self.words[at].form.lemma in _CARRYING and at > hit.first:
                return True
        return False

    def carries(self, hit: Hit) -> bool:
        """Whether the verb of the clause is the phrase's own, so that its negation is: not in 'از تحریم‌های … پیروی نکنند'."""
        for at in range(hit.last, len(self.words)):
            if self.keys[at] in _PREPOSITIONS and at > hit.last + 1:
                return False
            if self.keys[at] in _BREAKS:
                return False
            if lexicon.is_finite(self.words[at].text):
                return True
        return True

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

    def actor_of(self, hit: Hit, mention: tuple[int, int]) -> str | None:
        """Return the state whose act the phrase is: 'تحریم‌های آمریکا علیه ایران', 'آمریکا ایران را تهدید کرد'."""
        by = [other for other in self.others if (other[0], other[1]) != mention]
        near = [
            other for other in by if hit.last < other[0] <= hit.last + _NEAR and self._plain(hit.last + 1, other[0])
        ]
        if near:
            return near[0][2]
        for first, _, code in by:
            governed = self._governing(first)
            if governed is not None and governed[0] == "by":
                return code
        heads = [
            other
            for other in by
            if other[0] < hit.first and self._governing(other[0]) is None and self._heads(other[0])
        ]
        return heads[0][2] if heads else None

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
            if key == "به" and at + 1 < len(self.keys) and self.keys[at + 1] in {"عنوان", "دلیل", "خاطر"}:
                return None
            if key in _PREPOSITIONS:
                return _PREPOSITIONS[key], at
            if key in {"در", "برای", "درباره", "مورد"}:
                return "in", at
            if key in _BREAKS or key in {"را", "،", ","} or self.words[at].form.lemma in {"کرد", "شد", "بود", "داد"}:
                return None
        return None

    def _is_object(self, last: int) -> bool:
        """Whether را marks the noun phrase that the mention stands in: not in 'ایران دشمن را شکست داد'."""
        ra = self._next_ra(last)
        if ra >= len(self.keys) or self.keys[ra] != "را" or any(key in _BREAKS for key in self.keys[last + 1 : ra]):
            return False
        between = self.keys[last + 1 : ra]
        opens = last == 0 or self.keys[last - 1] in _BREAKS or self.keys[last - 1] in {"،", ","}
        return not (
            opens
            and between
            and between[0] not in _PREPOSITIONS
            and not between[0].endswith("ی")
            and between[0] not in {"در", "برای"}
        )

    def _next_ra(self, last: int) -> int:
        return next((at for at in range(last + 1, min(len(self.keys), last + 5)) if self.keys[at] == "را"), last + 1)

    def _plain(self, first: int, end: int) -> bool:
        """Whether only nouns and adjectives of an ezafe chain stand between; states may be joined in it by و."""
        return not any(self.keys[at] in _PLAIN_STOPS and not self._joins_states(at) for at in range(first, end))

    def _joins_states(self, at: int) -> bool:
        """Whether a word is the و of 'آمریکا و اسرائیل'."""
        return self.keys[at] == "و" and at - 1 in self._states and at + 1 in self._states

    def _parted(self, between: range) -> bool:
        return any(self.keys[at] in {".", "؛", ":", "که"} for at in between)

    def _heads(self, first: int) -> bool:
        """Whether the mention stands at the head of its clause, with at most a few words of its noun phrase before it."""
        for at in range(first - 1, max(-1, first - 5), -1):
            key = self.keys[at]
            if key in _BREAKS or key in {"،", ",", "و"}:
                return True
            if key in _PLAIN_STOPS or key == "برای":
                return False
        return first <= 4

    def _predicates(self, hit: Hit) -> bool:
        following = self.words[hit.last + 1 : hit.last + 4]
        return any(
            word.text in _COPULAS or word.form.lemma in {"بود", "شد", "است"} for word in following
        ) or self.words[hit.last].form.lemma in {"خورد", "ماند", "کرد", "آمد"}
