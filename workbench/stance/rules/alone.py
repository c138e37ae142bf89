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
_SOLE, _SURE, _STRONG = 0.5, 1.5, 2
_ONE_SIDED = frozenset({"alayh", "psubj"})
_TIED = frozenset({"ba", "pair"})
_LONG = 26  # words of a sentence that speaks of more than one thing
_WISHED = frozenset({"نابودی", "محو", "سرنگونی", "براندازی"})
CODE = 2  # letters of a state's code; 'author' and 'other' are longer


@dataclass(slots=True)
class Alone(Turning):
    """One sentence and one target, asked what is said of it where no other state is spoken of."""

    def _of_sole(self) -> list[Evidence]:
        """What is said where one state only is spoken of, by somebody else or in its own praise: it is about that state."""
        speech = self.sentence.speech
        holder = speech.holder if speech is not None else "author"
        if any(
            code not in {self.target, holder} and not self.clause.is_place(first)
            for first, _, code in self.clause.others
        ):
            return []
        if all(self.clause.is_beside(first) for first, _ in self.clause.targets):
            return []  # 'قاچاقچیان ساکن مرز چین'
        return without_overlap([item for hit in self.sentence.hits for item in self._of_hit(hit, holder)])

    def _of_hit(self, hit: Hit, holder: str) -> list[Evidence]:
        """What one phrase says of the state that is spoken of alone."""
        words = self.clause.words
        entry = max(hit.meant(words), key=lambda one: (one.strength, one.applies_to != "act"), default=None)
        if entry is None or entry.strength < _STRONG or means_else(hit, self.sentence.hits):
            return []
        signs = set(entry.frame.values())
        sign = signs.pop()
        if signs or (sign < 0 and (self.is_own or self.clause.complains())) or self._is_of_somebody(hit, entry):
            return []
        if entry.applies_to != "quality" and not self._may_be_meant(hit, entry, holder, sign):
            return []
        if self.sentence.rejection is not None and hit.first <= self.sentence.rejection <= hit.last:
            return []
        if not self.clause.is_about(hit, sign, is_borne=bool(entry.of_bearer) and sign < 0):
            return []
        if sign > 0 and modality.is_forbidden(words, hit):
            return []
        is_told = len(holder) > CODE or self.is_own  # by nobody of another state
        is_told = is_told or (sign > 0 and entry.applies_to == "diplomacy")
        if is_told and len(words) > _LONG and not self.clause.is_in_clause(hit):
            return []  # told of something else in a sentence that speaks of several
        turned = self._turned(sign * entry.strength * _SOLE, hit, "clause", entry)
        turned *= _SURE if turned * sign < 0 else 1
        return [Evidence(entry, "sole", turned, self.span(hit), None)] if turned else []

    def _is_of_somebody(self, hit: Hit, entry: Entry) -> bool:
        """Whether a phrase needs one who does or suffers it, and nobody says that it is the target."""
        clause, places = self.clause, set(entry.frame)
        if hit.is_blame and clause.is_anothers_own(hit):
            return True  # 'بی‌لیاقتی دولت ایران'
        if places <= _TIED or (entry.applies_to == "diplomacy" and clause.has_other_object(hit)):
            return True  # ties are with somebody; 'حمایت از معترضان'
        if (places in ({"slogan"}, {"by"}) and not clause.is_abuse(hit)) or clause.is_of_others(hit):
            return True  # 'مرگ', 'ترور': wished on whom, done by whom is not said
        if entry.of_bearer:
            return False
        is_noun = entry.applies_to == "act" and not clause.is_verbal(hit) and entry.phrase not in _WISHED
        # 'a statement against' whom, 'has saved' from whom is not said
        return is_noun or places <= _ONE_SIDED or entry.phrase in NO_DEED

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
