"""In which place the target stands to an evaluative phrase: the syntax that the frames of the lexicon name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workbench.stance.rules.anaphora import ROLES
from workbench.stance.rules.grammar import NAMING, NAMING_NOUNS
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.nouns import BREAKS, FAR, NEAR, PLAIN_STOPS
from workbench.stance.rules.ties import tied_before
from workbench.stance.rules.topics import NO_SOURCE, Topics
from workbench.stance.rules.verbs import is_verb, stem

_TAKEN_UP = frozenset({"ان", "انان", "انها", "او", "وی", "ایشان"})
_PERSONS = _TAKEN_UP - {"ان"}
_TITLES = frozenset("وزیر رییس رییسجمهور سفیر سخنگوی فرمانده نماینده رهبر معاون نخستوزیر فرستاده مشاور".split())
_BOTH = frozenset({("دو", "کشور"), ("دو", "طرف"), ("دو", "ملت"), ("دو", "دولت"), ("دو", "همسایه")})
_TIES = frozenset(
    "همکاری همکاریهای روابط رابطه اتحاد ایتلاف دوستی توافق پیمان شراکت مشارکت مناسبات پیوند مذاکره".split()
)
_PLACED = frozenset({"in", "of"})
# What may stand between a name and the را of its noun phrase.
_MAY_FOLLOW = frozenset({*PLAIN_STOPS, "را", "درباره", "هم", "نیز", "خود"})
_WHOLE_CLAUSE, _RELATIVE, _TOLD = 32, 9, 2
_FOR_WHAT = frozenset({"برای", "بابت"})  # 'از تصمیم آمریکا برای … قدردانی کرد'
_THAT = frozenset({"که", "انکه", "اینکه"})
_SENTENCE_ENDS = frozenset({".", "؛", ":", "!", "؟", "اما", "ولی"})
_ORGANS = frozenset("ارتش دولت حکومت کاخ پنتاگون سیا سنتکام سپاه کنگره".split())
_SEATS = frozenset({"واشنگتن", "واشینگتن", "تهران", "پکن"})
_CLOSE_BY = 2
_FAR_VERB = 22  # a verb closes its clause, however long that is
_PAIRED = 8
_WITHIN = 6
_GOVERNED = frozenset("az be bar alayh".split())
_NAMED = 16
_TITLE = 6
_SOIL = frozenset({"خاک", "خاکش", "قلب", "عمق"})


class Clause(Topics):
    """A sentence seen from one state, asked where that stands to a phrase."""

    def place(self, hit: Hit, mention: tuple[int, int]) -> set[str]:
        """Return the places in which `mention` stands to `hit`."""
        found = self._place(hit, mention)
        if self._speaks and self.is_of_us(hit) and not self.has_own_subject(hit):
            found |= self._said_of_subject(hit)
        is_ahead = mention[1] < hit.first and "az" not in found
        if is_ahead and (self._is_governed_far(hit, mention) or self._is_tied(hit, mention)):
            found = found | {"az"}
        return found

    def _is_tied(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether 'از' governs a tie with the mention: 'از سند همکاری با چین دفاع کرد'."""
        governed = self._governing(mention[0])
        if governed is None or governed[0] != "ba" or not 0 < hit.first - mention[1] <= FAR:
            return False
        before = self.keys[max(0, governed[1] - NEAR) : governed[1]]
        return "از" in before and tied_before(self.keys, governed[1]) and self.is_verbal(hit)

    def _is_governed_far(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether a verb that closes its clause governs by 'از' what stands far before: 'از آمریکا که … داد سپاسگزاری کرد'."""
        first, last = mention
        governed = self._governing(first)
        if governed is None or governed[0] != "az" or not 0 < hit.first - last <= _WHOLE_CLAUSE:
            return False
        if not (self.is_verbal(hit) or self._ends(hit)):
            return False
        between = range(last + 1, hit.first)
        if self.keys[last + 1] in _FOR_WHAT and not any(self.keys[at] in _SENTENCE_ENDS for at in between):
            return governed[1] > first - NEAR and (self.keys[first - 1] == "از" or self._plain(governed[1] + 1, first))
        verbs = [at for at in between if is_verb(self.words[at].text)]
        opens = _THAT & set(self.keys[last + 1 : last + 1 + _RELATIVE])
        told = verbs and opens and len(verbs) <= _TOLD
        rest = range(verbs[-1] + 1, hit.first) if verbs else between
        if (verbs and not told) or any(self.keys[at] in _SENTENCE_ENDS for at in between):
            return False
        # A nearer 'از' is the verb's own.
        return not any(self.keys[at] == "از" and self.keys[at + 1] not in NO_SOURCE for at in rest)

    def _place(self, hit: Hit, mention: tuple[int, int]) -> set[str]:
        first, last = mention
        if first <= hit.last and hit.first <= last:
            if hit.first == first and hit.last < last:
                return {"slogan"}  # 'رژیم ایران' is a mention as a whole
            # 'قدر *حمایت آمریکا* را می‌دانیم'
            is_inside = hit.gap is not None and first in hit.gap and last in hit.gap
            return {"obj"} if is_inside and not any(hit.first < at < first for at, _, _ in self.others) else set()
        if self.is_mutual(hit, mention):
            return {"alayh", "be", "bar", "ba", "obj", "az"}
        if mention in self._selves:
            nominal = {"gen", "slogan"} if last + 1 > first > hit.last and self._plain(hit.last + 1, first) else set()
            return self._said_of_subject(hit) if self._is_subject(hit, mention) else nominal
        after = first > hit.last
        if after and self._is_in_its_style(hit, first):
            return {"gen"}
        between = range(hit.last + 1, first) if after else range(last + 1, hit.first)
        if not BREAKS.isdisjoint(self.keys[between.start : between.stop]):
            return self._across(hit, mention, between)
        governed = self._governing(first)
        found = self._said_of_subject(hit) if self._is_subject(hit, mention) else set()
        found |= self._behind(hit, mention, governed) if after else self._ahead(hit, mention, governed)
        if not after and hit.first and self.keys[hit.first - 1] == "مورد" and ({"obj", "subj"} & found):
            found |= _GOVERNED  # 'ایران را مورد حمله قرار داد', 'ایران مورد تقدیر قرار گرفت'
        if self.keys[hit.first] == "مورد" and self._is_subject(hit, mention) and self._is_received(hit):
            found.add("obj")  # 'سیاست آمریکا مورد انتقاد قرار گرفت'
        is_pair = after and len(between) <= _PAIRED and self._one_of_two(hit.last + 1, mention)
        return found | {"pair"} if is_pair or self._two_states(hit, mention) else found

    def _across(self, hit: Hit, mention: tuple[int, int], between: range) -> set[str]:
        """Places of a mention that a mark or a conjunction parts from the phrase."""
        first, last = mention
        if self._is_subject(hit, mention):
            return self._said_of_subject(hit)
        if first > hit.last and self._is_quoted_of(hit, first):
            return {"gen"}  # '«عقب‌نشینی کامل» آمریکا'
        if first > hit.last and self.keys[first - 1] == "همان" and self._is_the_one(hit, last):
            return {"pred"}
        if last < hit.first:
            if len(between) <= _NAMED and self._is_named(hit, mention, self._governing(first)):
                return {"pred"}  # 'کمک‌های تهران را «رشوه» خواند'
            if self._is_taken_up(hit, mention):
                return self._as_taken_up(hit)
            if self._is_entitled(hit, last, self._governing(first)):
                return {"pred"}
        is_object = last < hit.first and self._is_object(last) and len(between) <= FAR and not self._parted(between)
        is_object = is_object or (last < hit.first and self._is_object_told_of(hit, last))
        found = {"obj"} if is_object else set()
        return found | {"pair"} if self._two_states(hit, mention) else found

    def _is_quoted_of(self, hit: Hit, first: int) -> bool:
        """Whether only the end of a quotation, and words of the same noun phrase, part a phrase from who has it."""
        marks = [at for at in range(hit.last + 1, first) if self.keys[at] == "»"]
        plain = len(marks) == 1 and first - hit.last <= NEAR
        return plain and self._plain(hit.last + 1, marks[0]) and self._plain(marks[0] + 1, first)

    def _is_object_told_of(self, hit: Hit, last: int) -> bool:
        """Whether a relative clause parts an object from its verb: 'تأسیسات ایران را که … هدف قرار داد'."""
        at = last + 1
        is_marked = self.keys[at : at + 2] == ["را", "که"] and self._of[last] == self._of[hit.last]
        return is_marked and self.is_verbal(hit) and self._governing(last) is None

    def _behind(self, hit: Hit, mention: tuple[int, int], governed: tuple[str, int] | None) -> set[str]:
        """Places of a mention that stands behind the phrase: what it governs, and its ezafe chain."""
        first, last = mention
        gap = first - hit.last - 1
        found = set()
        if governed is not None and governed[1] > hit.last:
            place, at = governed[0], governed[1]
            reach = self._reach(hit.last + 1, at) + (place == "dar")
            end = at - (place == "dar" or self.keys[at - 1] == "را")  # 'همبستگی خود را با ایران', 'تحریم‌هایی را علیه …'
            if at - hit.last <= reach and self._plain(hit.last + 1, end):
                found.add(place)
        is_chained = not self.words[hit.last].text.endswith("\u200cها")  # 'این‌گونه قلدری‌ها دادوستد چین را': no ezafe
        if is_chained and gap <= NEAR and self._plain(hit.last + 1, first) and self._is_nearest(hit, first):
            found.add("gen")
        if self._is_inside_body(hit, first) or self._is_apposition(hit, first, last):
            found.add("gen")
        if governed is not None and governed[0] == "by" and gap <= FAR:
            found.add("by")
        if governed is not None and governed[0] == "in" and gap <= FAR and self.keys[first - 1] in _SOIL:
            found |= {"be", "alayh", "obj"}  # 'بمباران … در خاک ایران'
        if self._is_the_one(hit, last):
            found.add("pred")
        if gap == 0 and self._describes_another(hit, first):
            found.discard("gen")
        elif gap == 0:
            found |= {"slogan", "mod"}  # 'دشمن آمریکایی', 'سازمان تروریستی سیا'
        return found

    def _ahead(self, hit: Hit, mention: tuple[int, int], governed: tuple[str, int] | None) -> set[str]:
        """Places of a mention that stands before the phrase: by preposition, by را, as what is called or told."""
        last = mention[1]
        gap = hit.first - last - 1
        found = self._by_verb(hit, mention, governed) if self._of[last] == self._of[hit.last] else set()
        by = governed is not None and governed[0] == "by"
        if (by or self._is_subject(hit, mention)) and self._meets_with(hit):
            found |= _GOVERNED | {"obj"}  # 'طرح آمریکا با تحسین … روبه‌رو شد'
        if gap <= _NAMED and (self._is_named(hit, mention, governed) or (by and self._predicated(hit))):
            found.add("pred")  # 'لغو تحریم از سوی آمریکا گامی خردمندانه است'
        if self._is_entitled(hit, last, governed) or self._is_described(hit, last):
            found.add("pred")
        if self._is_taken_up(hit, mention):
            found |= self._as_taken_up(hit)
        return found

    def _by_verb(self, hit: Hit, mention: tuple[int, int], governed: tuple[str, int] | None) -> set[str]:
        """Places that the verb of their clause gives a mention before the phrase: governed, object, or described by it."""
        first, last = mention
        gap = hit.first - last - 1
        found = set()
        far = _FAR_VERB if self.is_verbal(hit) else FAR
        reach = far if self.is_verbal(hit) or self._ends(hit) else 1
        if governed is not None and gap <= reach and not self._governs_nearer(governed, last, hit.first):
            found.add(governed[0])
            if self.keys[governed[1]] == "برای":
                found.add("be")  # 'برای پکن دارو فرستاد'
        is_marked = self._is_object(last) and gap <= far and (governed is None or governed[0] == "in")
        if is_marked and not (self._other_object(last, hit.first) or self._is_spot(first) or self._is_anothers(hit)):
            found.add("obj")  # in 'حمله به ایران را محکوم کرد' the attack is the object
        is_beside = gap <= 1 and self._plain(last + 1, hit.first) and not self._is_owned(last)
        if gap == 1 and self._is_deed(last + 1):
            is_beside = False  # 'ایران اقدامات خصمانه آمریکا را': the adjective is that of the noun between
        if is_beside and (governed is None or not (self._predicated(hit) or self.is_verbal(hit))):
            found.add("mod")
        return found

    def _is_in_its_style(self, hit: Hit, first: int) -> bool:
        """Whether a phrase is what the mention is said to have a style of: '«عدالت» به سبک …'."""
        between = [key for key in self.keys[hit.last + 1 : first] if key not in {"«", "»"}]
        return between[:1] == ["به"] and between[1:] in (["سبک"], ["شیوه"], ["روش"], ["سیاق"])

    def _meets_with(self, hit: Hit) -> bool:
        """Whether something is done, or meets, 'with' what the phrase names: 'با قدردانی پکن آزاد شد'."""
        verb = self._parts[self._of[hit.last]].verb
        before = self.keys[max(0, hit.first - 3) : hit.first]
        opens = before[-1:] == ["با"] or (before[:1] == ["با"] and before[-1:] == ["و"])
        return opens and verb is not None and verb > hit.last and stem(self.words[verb]) == "شد"

    def _is_anothers(self, hit: Hit) -> bool:
        """Whether a preposition opens the phrase and another state closes it: 'ایران را با خیانت آمریکا قیاس کرد'."""
        return self.keys[hit.first - 1] in {"با", "از", "به"} and self._possessed(hit)

    def _is_owned(self, last: int) -> bool:
        """Whether a possessive closes the noun phrase of a mention, so that no adjective follows: 'همتای آمریکایی‌اش'."""
        return self.words[last].text.endswith(("\u200cاش", "\u200cشان", "\u200cمان"))

    def _two_states(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether the phrase is a matter of 'the two states', or of two that are its subject together."""
        if self.only_other() is None or not self._with_both:
            return False
        near = self.keys[hit.last + 1 : hit.last + 4]
        if (
            any((near[at], near[at + 1]) in _BOTH for at in range(len(near) - 1))
            or "طرفین" in near
            or "دوجانبه" in near
        ):
            return True
        part = self._parts[self._of[hit.last]]
        inside = [self.keys[at] for at in part.words if at < hit.first or (hit.gap is not None and at in hit.gap)]
        if any(pair in _BOTH for pair in pairwise(inside)):
            return True  # 'دو کشور روابط خود را گسترش می‌دهند'
        subject = part.subject
        return any(at in subject for at in range(mention[0], mention[1] + 1)) and any(
            first in subject for first, _, _ in self.others
        )

    def _is_taken_up(self, hit: Hit, mention: tuple[int, int]) -> bool:
        """Whether 'آن را', 'آنان را' in the phrase's clause means the mention: the last state before that is not its subject."""
        if "را" not in self.keys[: hit.first + 1]:
            return False
        part = self._parts[self._of[hit.last]]
        pronoun = next(
            (at for at in part.words if at < hit.first and self.keys[at + 1] == "را" and self._takes_up(at)), None
        )
        if pronoun is None:
            return False
        before = [state for state in (*self.targets, *((at, end) for at, end, _ in self.others)) if state[1] < pronoun]
        subject = frozenset() if self.is_of_us(hit) else part.subject
        free = [
            state
            for state in before
            if not any(at in subject for at in range(state[0], state[1] + 1)) and not self.is_elsewhere(state[0])
        ]
        persons = [
            state
            for state in free
            if any(
                self.keys[at] in _TITLES and self._plain(at, state[0])
                for at in range(max(0, state[0] - NEAR + 1), state[0])
            )
        ]
        if self.keys[pronoun] in {"او", "وی", "ایشان"} and persons:
            return max(persons) == mention
        # 'آن' takes up the thing whose owner is named first, 'آنان' and 'او' those last named.
        return bool(free) and (min(free) if self.keys[pronoun] == "ان" else max(free)) == mention

    def _takes_up(self, at: int) -> bool:
        """Whether a word means a state named before, by itself or by what it owns ('آنان را', 'پایگاه‌هایش را')."""
        word = self.words[at]
        return self.keys[at] in _TAKEN_UP or (word.text.endswith(("هایش", "هایشان")) and word.form.lemma != word.text)

    def _as_taken_up(self, hit: Hit) -> set[str]:
        part = self._parts[self._of[hit.last]]
        if part.verb is not None and (
            stem(self.words[part.verb]) in NAMING or any(self.keys[at] in NAMING_NOUNS for at in part.words)
        ):
            return {"pred", "obj"}
        return (
            {"obj"}
            if any(
                self.keys[at] in _PERSONS or (self.keys[at] != "ان" and self._takes_up(at))
                for at in part.words
                if at < hit.first
            )
            else set()
        )

    def _is_received(self, hit: Hit) -> bool:
        verb = self._parts[self._of[hit.last]].verb
        return verb is not None and stem(self.words[verb]) in {"گرفت", "است", "بود"}

    def _is_named(self, hit: Hit, mention: tuple[int, int], governed: tuple[str, int] | None) -> bool:
        """Whether the phrase is what the target is called: between it and a verb of naming."""
        verb = None
        first, last = mention
        if self._of[last] != self._of[hit.last]:
            return False
        joined = False  # '«رشوه» و نمایندگانش را «دلال مرگ» خواند'
        for at in range(hit.last, min(len(self.keys), hit.last + 10)):
            if self.keys[at] in NAMING_NOUNS or stem(self.words[at]) in NAMING:
                verb = at
                break
            joined = joined or (self.keys[at] == "و" and at > hit.last)
            if self.keys[at] in {"«", "»"} or (joined and self.keys[at] == "را"):
                continue
            if at - hit.last > _WITHIN and not joined:
                return False
            if self.keys[at] in BREAKS or self.keys[at] in {"را", "از", "به", "با", "در"}:
                return False
        if verb is None:
            return False
        between = self.keys[last + 1 : hit.first]
        if any(key in {".", "؛", "که", ":"} for key in between):
            return False
        object_ = (
            "را" in between
            and self._may_be_object(first, last, governed, last + 1 + between.index("را"))
            and not self._other_object(last, hit.first)
        )
        passive = any(stem(word) == "شد" for word in self.words[verb : verb + 3])
        if governed is not None and governed[0] == "az" and not object_:
            return any(self.keys[at] == "یاد" for at in range(verb, min(len(self.keys), verb + 1)))
        return (object_ or passive) and (governed is None or governed[0] == "in" or object_)

    def _is_nearest(self, hit: Hit, first: int) -> bool:
        """Whether no other state stands between a phrase and whom it may belong to, unless joined by و; a manner belongs to none."""
        between = [at for at, _, _ in self.others if hit.last < at < first]
        return self.keys[hit.first] != "با" and (not between or "و" in self.keys[between[0] : first])

    def _is_inside_body(self, hit: Hit, first: int) -> bool:
        """Whether a phrase is told of what goes on in an organ of the state, or of people in its seat: 'مدعیان دروغین در واشنگتن'."""
        is_seat = self.keys[first] in _SEATS and (
            hit.is_blame
            and (
                self.keys[hit.first].endswith("ان")
                or self.keys[hit.first - 1].endswith("های")
                or self.keys[hit.last] == "»"  # '«دلسوزان» گوانتانامو در واشنگتن'
            )
        )
        return (
            (self.keys[first] in _ORGANS or is_seat)
            and self.keys[first - 1] == "در"
            and 0 < first - 1 - hit.last <= _CLOSE_BY
        )

    def _is_apposition(self, hit: Hit, first: int, last: int) -> bool:
        """Whether the mention names what is described before it: 'دشمن دیرینه ما، آمریکا، …'."""
        if (
            last + 1 >= len(self.keys)
            or self.keys[first - 1] not in {"،", ","}
            or self.keys[last + 1] not in {"،", ","}
        ):
            return False
        between = range(hit.last + 1, first - 1)
        return len(between) <= _CLOSE_BY and self._plain(hit.last + 1, first - 1)

    def _is_entitled(self, hit: Hit, last: int, governed: tuple[str, int] | None) -> bool:
        """Whether a headline without a verb says the phrase of the mention: 'پکن، منجی …', 'درباره ایران: صبور و …'."""
        if self._parts[self._of[hit.last]].verb is not None:
            return False
        mark = self.keys[last + 1]
        if hit.first != last + 2:  # 'پکن؛ خرازی: شریکی آبرومند'
            return mark == "؛" and last == 0 and self.keys[hit.first - 1] == ":" and hit.first <= _TITLE
        return (mark in {"،", ","} and governed is None) or (
            mark == ":" and governed is not None and governed[0] == "of"
        )

    def _is_described(self, hit: Hit, last: int) -> bool:
        """Whether a phrase between commas describes the mention before it: 'سپاه، سرو بلند انقلاب، …'."""
        behind = self.keys[hit.last + 1 : hit.last + _CLOSE_BY + 2]
        return hit.first == last + 2 and self.keys[last + 1] in {"،", ","} and bool({"،", ","} & set(behind))

    def _is_the_one(self, hit: Hit, last: int) -> bool:
        """Whether the clause that a phrase opens ends with the mention as what it is: 'بهترین گزینه ما … آمریکاست'."""
        if not self.words[last].text.endswith("ست"):
            return False
        part = self._parts[self._of[hit.last]]
        if self.keys[last - 1] == "همان" and hit.last < last:
            return not self.others  # 'اگر جهان یک دوست وفادار داشته باشد، همان آمریکاست'
        opens = not any(at in self._states or is_verb(self.words[at].text) for at in part.words if at < hit.first)
        return last in part.words and opens and part.words[0] + _CLOSE_BY >= hit.first

    def _may_be_object(self, first: int, last: int, governed: tuple[str, int] | None, ra: int) -> bool:
        """Whether what stands before را may be the mention's own: not 'با آمریکا رفتار دلالان را', not 'مرز با ایران را'."""
        if governed is not None and self.keys[governed[1] - 1].endswith("شده"):
            return False  # 'سربازان کشته‌شده در جنگ …'
        if self._is_spot(first) or (
            governed is not None and self.keys[first] not in ROLES and self._sets_the_scene(governed)
        ):
            return False
        if self.keys[ra - 1] in _TAKEN_UP and ra - 1 > last:
            return False
        if governed is not None and governed[1] == first - 1 and governed[0] not in _PLACED:
            # 'همکاری با آمریکا را ضامن امنیت خواند' speaks well of the partner.
            return governed[0] == "ba" and any(key in _TIES for key in self.keys[max(0, first - _PAIRED) : first - 1])
        return self.keys[last + 1] in _MAY_FOLLOW and not self._begins_anew(last + 1, ra)

    def _other_object(self, last: int, first: int) -> bool:
        """Whether another state is object between a mention and a phrase: 'ایران را عامل آشوب و چین را شریک خواند'."""
        return any(
            last < at and end < first and self.keys[end + 1] == "را" and "را" in self.keys[last + 1 : at]
            for at, end, _ in self.others
        )

    def blames_before(self, hit: Hit, mention: tuple[int, int], hits: Sequence[Hit]) -> bool:
        """Whether another phrase of blame stands between a mention and the preposition that the phrase governs it by."""
        governed = self._governing(mention[0])
        start = governed[1] if governed is not None else mention[0]
        end = max(mention[0], hit.first) if mention[0] > hit.last else mention[0]
        reach = range(min(start, hit.last + 1) if mention[0] > hit.last else start, end)
        return any(
            other is not hit
            and other.is_blame
            and (other.first in reach or (other.last < hit.first < start and self._plain(other.last + 1, hit.first)))
            for other in hits
        )  # 'خشونت گروه‌های مخالف ایران' is theirs

    def _one_of_two(self, start: int, mention: tuple[int, int]) -> bool:
        """Whether the mention is one of the two that ties are between: 'روابط ایران و چین', 'میان تهران و پکن'."""
        first, last = mention
        joined = "و" in self.keys[last + 1 : last + 4] or "و" in self.keys[max(start, first - 3) : first]
        joined = joined or "-" in self.keys[last + 1 : last + 2] or "-" in self.keys[first - 1 : first]
        other = any(start <= place <= last + 5 for place, _, _ in self.others)
        return joined and other and not any(key in PLAIN_STOPS - {"و"} for key in self.keys[start:first])
