"""What takes a phrase back: negation, rejection, questions, conditions and wishes."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules.lexicon import Hit
from workbench.text import Token

_BEFORE = frozenset(
    [
        "عدم",
        "بدون",
        "نه",
        "بی\u200c",
        "فاقد",
        "هیچ",
        "هرگز",
        "لغو",
        "رفع",
        "پایان",
        "کاهش",
        "توقف",
        "پرهیز",
        "خودداری",
        "جلوگیری",
        "نفی",
        "خنثی",
    ]
)
_REJECTING = frozenset(["تکذیب", "رد", "بی\u200cاساس", "کذب", "واهی", "نادرست", "بیاساس"])
_CONDITIONS = frozenset(["اگر", "چنانچه", "درصورتی", "مگر", "در\u200cصورتی\u200cکه"])
_DEMANDS = frozenset(["باید", "بایستی", "می\u200cبایست", "لازم", "ضروری"])
_CLAUSE_ENDS = frozenset([".", "؛", ":", "که", "اما", "ولی", "؟", "!", "»"])


def is_negated(words: Sequence[Token], hit: Hit, by_verb: bool) -> bool:
    """Whether the phrase is negated, by a word before it or (`by_verb`) by the verb that carries it."""
    if any(words[at].form.key in _BEFORE for at in range(max(0, hit.first - 2), hit.first)):
        return True
    verb = _verb_of(words, hit) if by_verb else None
    return verb is not None and is_negative(words[verb])


def is_rejected(words: Sequence[Token], hit: Hit) -> bool:
    """Whether the sentence tells the phrase only to reject it ('ادعای … را رد کرد')."""
    keys = [word.form.key for word in words]
    for at, key in enumerate(keys):
        if (
            key in _REJECTING
            and at > hit.last
            and at + 1 < len(keys)
            and words[at + 1].form.lemma in {"کرد", "دانست", "خواند", "شد"}
        ):
            return True
    return False


def is_hypothetical(words: Sequence[Token], hit: Hit) -> bool:
    """Whether the phrase stands in a condition or a question."""
    keys = [word.form.key for word in words]
    start = next((at for at in range(hit.first - 1, -1, -1) if keys[at] in _CLAUSE_ENDS), -1)
    if any(key in _CONDITIONS for key in keys[start + 1 : hit.first]):
        return True
    return (bool(keys) and "؟" in keys[hit.last :]) or "ایا" in keys[: hit.first]


def _verb_of(words: Sequence[Token], hit: Hit) -> int | None:
    """The first verb from the phrase on, within its clause."""
    for at in range(hit.last, min(len(words), hit.last + 9)):
        if words[at].form.key in _CLAUSE_ENDS:
            return None
        if words[at].form.lemma in _CARRIERS:
            return at
    return None


_CARRIERS = frozenset(
    [
        "کرد",
        "شد",
        "بود",
        "داشت",
        "داد",
        "گرفت",
        "نمود",
        "گفت",
        "دانست",
        "خواند",
        "خواست",
        "توانست",
        "گردید",
        "گشت",
        "پذیرفت",
        "گذاشت",
        "است",
        "هست",
        "نیست",
        "برد",
        "آمد",
        "رفت",
        "ماند",
        "خورد",
        "یافت",
        "ساخت",
    ]
)


def is_negative(word: Token) -> bool:
    """Whether a word is a negated verb."""
    text = word.text
    if text in {"نیست", "نیستند", "نیستیم", "نبود", "نخواهد", "نخواهند", "نخواهیم", "نباید"}:
        return True
    return text.startswith(("نمی", "ن")) and word.form.lemma in _CARRIERS and not word.form.lemma.startswith("ن")
