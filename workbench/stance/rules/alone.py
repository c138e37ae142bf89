"""What a sentence says where one state only is spoken of: it is about that state, in whatever place the phrases stand."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.stance.rules import modality
from workbench.stance.rules.evidence import Evidence, without_overlap
from workbench.stance.rules.lexicon import Entry, Hit, means_else
from workbench.stance.rules.turning import Turning

# Hostile acts of speech, and acts that may be anything, are no deed that who reports them must blame.
NO_DEED = frozenset(
    """هشدار،اعتراض،انتقاد،محکوم کرد،متهم کرد،تقبیح کرد،رای،رأی،بیانیه،شکایت،ادعا،عملیات،اقدام،جنگ،طرح،سیاست،موضع،رزمایش،درگیری،نبرد،مبارزه،تعرفه،ائتلاف""".split(
        "،"
    )
)
_SOLE, _SURE = 0.5, 1.5
_ONE_SIDED = frozenset({"alayh", "psubj"})
_TIED = frozenset({"ba", "pair"})
_WISHED = frozenset({"نابودی", "محو", "سرنگونی", "براندازی"})
CODE = 2  # letters of a state's code; 'author' and 'other' are longer


@dataclass(slots=True)
class Alone(Turning):
    """One sentence and one target, asked what is said of it where no other state is spoken of."""

    def _of_sole(self) -> list[Evidence]:
        """What is said where one state only is spoken of, by somebody else or in its own praise: it is about that state."""
        speech, words = self.sentence.speech, self.clause.words
        holder = speech.holder if speech is not None else "author"
        if any(
            code not in {self.target, holder} and not self.clause.is_place(first)
            for first, _, code in self.clause.others
        ):
            return []
        if all(self.clause.is_beside(first) for first, _ in self.clause.targets):
            return []  # 'قاچاقچیان ساکن مرز چین'
        found = []
        for hit in self.sentence.hits:
            if means_else(hit, self.sentence.hits):
                continue
            entry = max(hit.meant(words), key=lambda one: (one.strength, one.applies_to != "act"), default=None)
            if entry is None or entry.strength < 2 or len(set(entry.frame.values())) > 1:
                continue
            sign = next(iter(entry.frame.values()))
            if sign < 0 and (self.is_own or self.clause.complains()):
                continue
            if entry.applies_to != "quality" and not self._may_be_meant(hit, entry, holder, sign):
                continue
            if entry.applies_to == "diplomacy" and self.clause.has_other_object(hit):
                continue  # 'حمایت از معترضان'
            if set(entry.frame) <= _TIED:
                continue  # ties are with somebody
            if (set(entry.frame) in ({"slogan"}, {"by"}) and not self.clause.is_abuse(hit)) or self.clause.is_of_others(
                hit
            ):
                continue  # 'مرگ', 'ترور': wished on whom, done by whom is not said
            is_noun = not self.clause.is_verbal(hit) and entry.phrase not in _WISHED
            if entry.applies_to == "act" and not entry.of_bearer and is_noun:
                continue
            if not entry.of_bearer and (set(entry.frame) <= _ONE_SIDED or entry.phrase in NO_DEED):
                continue  # 'a statement against' whom, 'has saved' from whom is not said
            if self.sentence.rejection is not None and hit.first <= self.sentence.rejection <= hit.last:
                continue
            if not self.clause.is_about(hit, sign, is_borne=bool(entry.of_bearer) and sign < 0):
                continue
            if sign > 0 and modality.is_forbidden(words, hit):
                continue
            turned = self._turned(sign * entry.strength * _SOLE, hit, "clause", entry)
            if turned * sign < 0:
                turned *= _SURE
            if turned:
                found.append(Evidence(entry, "sole", turned, self.span(hit), None))
        return without_overlap(found)

    def _may_be_meant(self, hit: Hit, entry: Entry, holder: str, sign: int) -> bool:
        """Whether an act or a word of diplomacy, which has two sides, may be meant of the one state.

        Another state tells of it. What one's own agrees with or welcomes is its partner's, unless the word stands right behind
        the name ('ایران حامی صلح …').
        """
        if self.is_own:
            return entry.applies_to == "act" or any(last + 1 == hit.first for _, last in self.clause.targets)
        if len(holder) > CODE:
            return holder == "other" and sign > 0 and entry.applies_to == "diplomacy"
        return sign < 0 or entry.applies_to == "diplomacy"
