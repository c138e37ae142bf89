"""Which words close a clause, and of which verb they are: light verbs in every form that news gives them."""

from __future__ import annotations

from functools import cache

from workbench.text import Token, lexicon

# Present stems of the verbs that compounds are made with. Their bare present ('تحریم کند') and participle ('گرفته') look like
# nouns to a word list, and are nouns almost nowhere in news.
_LIGHT = {
    "کن": "کرد", "شو": "شد", "ده": "داد", "گیر": "گرفت", "دار": "داشت", "باش": "بود", "زن": "زد", "ساز": "ساخت",
    "خوان": "خواند", "دان": "دانست", "گذار": "گذاشت", "یاب": "یافت", "بین": "دید", "کش": "کشید", "آور": "آورد",
    "رسان": "رساند", "گرد": "گشت", "نه": "نهاد", "بخش": "بخشید", "نام": "نامید", "شناس": "شناخت", "پذیر": "پذیرفت",
    "نما": "نمود", "شمار": "شمرد",
}  # fmt: skip
_ENDINGS = ("د", "ند", "یم", "م", "ید")
_ALSO_NOUNS = frozenset({"ساخت", "شناخت", "نهاد", "گشت", "دید", "بخشید", "نامید"})
_PARTICIPLES = frozenset(f"{past}ه" for past in _LIGHT.values()) | {"گفته", "خواسته", "رفته", "افزوده", "برده", "نوشته"}
_NOT_VERBS = frozenset({"کشید", "شمارم", "نام", "نامید", "بخشید", "گردم", "گیرم", "سازم", "دهم", "گفته", "نوشته"})
_NOUNS = frozenset({"زیست", "رود", "کاشت"})  # forms of verbs that news knows as nouns only ('محیط زیست')
_BEGIN_SO = ("نام", "نوشت", "نمود", "نهاد", "نشست", "نما", "نگاه")  # verbs whose own first letter is ن
_MARKS = tuple(
    f"{preverb}{sign}می\u200c" for preverb in ("", "باز", "بر", "در", "فرا", "وا", "فرو") for sign in ("", "ن")
)


@cache
def _bare() -> dict[str, str]:
    forms = {f"{present}{ending}": past for present, past in _LIGHT.items() for ending in _ENDINGS}
    forms |= {
        "نماید": "نمود",
        "نمایند": "نمود",
        "آید": "آمد",
        "آیند": "آمد",
        "رود": "رفت",
        "روند": "رفت",
        "گوید": "گفت",
    }
    forms |= dict.fromkeys(
        ("رهاند", "رهاندند", "رهاندیم", "نرهاند", "نره\u200cاند", "نرهاندند", "نمی\u200cرهاند"), "رهاند"
    )
    forms |= dict.fromkeys(("بردارد", "بردارند", "برندارد", "برندارند", "برداریم"), "برداشت")
    forms |= dict.fromkeys(("هستیم", "هستند", "هستم", "هست", "نیستند", "نیستیم", "نیستم"), "بود")
    forms |= {
        past + ending: past for past in _LIGHT.values() if past not in _ALSO_NOUNS for ending in ("", "ند", "یم", "م")
    }
    return {form: past for form, past in forms.items() if form not in {"دهم", "نامم", "گردم", "گیرم", "بخشم", "روند"}}


@cache
def verb_of(word: str) -> str | None:
    """Past stem of the verb that a word is a form of, where its dictionary form does not tell; else None."""
    if word in _bare():
        return _bare()[word]
    if word in _PARTICIPLES and word not in {"نوشته", "گفته"}:
        return word.removesuffix("ه")
    return None


def stem(word: Token) -> str:
    """Dictionary form, a verb's being its past stem in every form."""
    return verb_of(word.text) or word.form.lemma


@cache
def is_verb(word: str) -> bool:
    """Whether a word is a verb with a person, an auxiliary, or the bare participle of a light verb."""
    if word in _NOUNS:
        return False
    if word.startswith(_MARKS) or lexicon.is_finite(word) or word in _bare():
        return True
    if word.endswith(("\u200cاند", "هاست", "ماست")):
        return True  # a copula written on to its noun
    if word.endswith(("ه\u200cاند", "ه\u200cایم", "ه\u200cام", "ه\u200cاست")):
        return word.replace("\u200c", "") in lexicon.verb_forms()
    return word in _PARTICIPLES and word not in _NOT_VERBS


def is_past(word: str) -> bool:
    """Whether a verb tells what is or was, and not what may be: no bare present ('کند') and no 'شود'."""
    return verb_of(word) is None and not word.startswith("ب")


def is_negative(word: str, lemma: str) -> bool:
    """Whether a verb is negated."""
    if "نمی\u200c" in word or word in {"نیست", "نیستند", "نیستیم", "نباید", "نخواهد", "نخواهند", "نخواهیم"}:
        return True
    return (
        word.startswith("ن")
        and not word.startswith(_BEGIN_SO)
        and not lemma.startswith("ن")
        and (is_verb(word) or is_verb(word[1:]))
    )
