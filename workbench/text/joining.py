"""Which typed spaces stand for half-spaces: after می and نمی, before plural and comparative endings, inside compounds.

Endings and signs of the verb cannot stand alone, so that they join in every text. Of two full words a logistic regression says
whether they are one (``seeds/half_spaces/make.py`` trains it on the project's own text and word list); it is asked for less
or more certainty by how the text is typed.
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache

from workbench.seeds import seed_path
from workbench.text import lexicon
from workbench.text.characters import ZWNJ
from workbench.text.habits import Habit
from workbench.text.half_spaces import is_silent

_PLURALS = frozenset(["ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هاست"])
_COMPARATIVES = frozenset(["تر", "ترین", "تری", "ترها", "ترین\u200cها"])
_COPULAS = frozenset(["ام", "ای", "ایم", "اید", "اند"])
_AFTER_SILENT_HE = frozenset(["ای", "اش", "ات"])
_CLITICS = frozenset(["شان", "مان", "تان"])
_BEFORE_VERBS = frozenset(
    preverb + sign for preverb in ("", "بر", "در", "فرو", "فرا", "باز", "وا") for sign in ("می", "نمی")
)
_PERSONS = ("م", "ی", "د", "یم", "ید", "ند", "ست", "شت", "ه")
_ENDINGS = _PLURALS | _COMPARATIVES | _COPULAS | _AFTER_SILENT_HE | _CLITICS
# Words that take no ending behind a space ('این تر و خشک').
_ALONE = frozenset(
    ["و", "یا", "که", "این", "آن", "هر", "در", "به", "از", "با", "تا", "بر", "را", "نه", "چه", "همه", "اگر"]
)
_NUMERALS = frozenset("یک دو سه چهار پنج شش هفت هشت نه ده چند".split())
# What a numeral makes one word with: سه‌جانبه, هفت‌روزه.
_AFTER_NUMERALS = frozenset("ساله ماهه روزه هفته‌ای جانبه گانه قلو بعدی ضلعی زبانه قطبی مرحله‌ای ستاره شنبه".split())
# Second parts that hardly stand alone: what is in front of them is joined even where no list holds the compound.
_BOUND = frozenset(
    """آفرین آسا آلود آمیز آموز آور افزا افزار افکن اندیش انگیز بندی پاش پذیر پراکن پرداز پرست پرور پزشک پیما تایمز تراش چی خراش
    خوار خوان دهنده دوز ربا رسان ریز زا زاده زدا ساز سالار سرا سنج سوز شکن شناس شناختی طلب فرسا فروش فشان کاو کننده گذار
    گر گرا گری گزار گزین گستر گسیخت گشا گون گیر مآب مند محور ناپذیر نشین نگار نما نواز نورد نویس نیوش وار ور ورز یاب
    سازی گذاری نویسی شناسی رسانی ریزی سنجی یابی پردازی آفرینی زدایی گرایی محوری نگاری پژوهی سپاری پذیری ستیزی هراسی طلبی پروری
    سالاری نشینی برداری افزایی انگاری زایی زدگی گستری آموزی اندوزی اندیشی فروشی رسانی جویی پرستی آرایی گشایی سنجی نوازی سرایی
    تبار نژاد درمانی جانبه الله السلام المللی الملل""".split()
)
# First and last parts that make a compound of what stands beside them.
_PREFIXES = frozenset("بی هم نیم نیمه میان کم پر خوش بد تک ضد پیش فرا ابر نخست بنی".split())
_HEADS = frozenset("نامه شنبه آباد مدت دار بان بانی بخت سوار".split())
# A part is an ending of compounds alone if it is rarer than this by itself and ends so many of the listed ones.
_HARDLY_A_WORD = 100
_ENDS_SEVERAL = 3
_MAY_FOLLOW = _BOUND | _HEADS
# A noun and the participle of its verb are one adjective inside a noun phrase ('بدهی‌های ثبت‌شده ایران'), two words of a verb where
# the clause ends.
_PASSIVE = "شده"
_OF_VERBS = (lexicon.PARTICIPLES - {"گذشته", "آلوده", "نشسته", "گفته"}) | {"نشده"}
# What ends surnames, and stands for itself only before a verb ('زاده شد').
_OF_SURNAMES = frozenset(["زاده", "زادگان", "پور", "نسب"])
MAY_BE_APART = _OF_VERBS | _OF_SURNAMES
"""Words whose next neighbour may keep them apart from the one before (see `stands_apart`)."""
_BEHIND_BORN = frozenset(["شد", "شدند", "شده", "می"])
_CLOSING = frozenset(
    """شده است نیست بود نبود بودند نبودند بودم بودیم باشد نباشد باشند نباشند باشم باشیم باشید خواهد بوده نبوده ام ای ایم اید اند شد شدند
    می و یا که تا ولی اما بلکه لذا""".split()
)
_NEEDED = 0.6  # how sure the model has to be
_NEEDED_IF_PARTED = 0.85
_INFLECTIONS = ("هایی", "های", "ها", "ترین", "تر", "گان", "گی", "انه", "ان", "ی")
_INFLECTIONS_BY_LETTER = {
    letter: tuple(ending for ending in _INFLECTIONS if ending[-1] == letter)
    for letter in {ending[-1] for ending in _INFLECTIONS}
}
_ALSO_LISTED = ("انه", "ی")


class _Any(frozenset[str]):
    """A set that holds every word."""

    def __contains__(self, word: object) -> bool:
        return True


ANYTHING = _Any([""])


def led_by(word: str) -> frozenset[str] | None:
    """What may join behind a word (second parts without their endings), if anything; asked once per spelling, before `joins`."""
    if word in _BEFORE_VERBS:
        return ANYTHING
    return lexicon.seconds().get(word.rpartition(ZWNJ)[2] if ZWNJ in word else word)


def may_follow(word: str, bound: str) -> bool:
    """Whether a word can join what stands before it, whatever that is; `bound` is `bound_of` the word."""
    return word in _ENDINGS or word in _AFTER_NUMERALS or word == _PASSIVE or bound in _MAY_FOLLOW


def stands_apart(left: str, right: str, behind: str | None) -> bool:
    """Whether what stands behind a word keeps it apart from the noun before it: 'منتشر شده است', but 'آمار منتشر شده نشان'.

    Parameters
    ----------
    left, right : str
        The words that would be joined.
    behind : str or None
        The next word; None where there is none, or a mark.
    """
    if right in _OF_SURNAMES:
        return behind in _BEHIND_BORN
    return right in _OF_VERBS and left not in _BEFORE_VERBS and (behind is None or behind in _CLOSING)


def joins(left: str, right: str, habit: Habit) -> bool:
    """Whether the space between two words in normal form stands for a half-space, in a text typed by `habit`."""
    if left in _BEFORE_VERBS:
        return ZWNJ not in right and _is_verb(left, right)
    if right in _PLURALS:
        return left not in _ALONE or left == "آن" or left == "این"
    if left in _ALONE and right in _ENDINGS:
        return False
    if len(left) > 1 and right in _ENDINGS:
        return _takes_ending(left, right)
    if habit is Habit.MARKED or not may_be_compound(left, right, habit):
        return False
    if right in _OF_VERBS and habit >= Habit.MIXED:
        return True  # unless it `stands_apart`
    needed = _NEEDED
    if "parted" in _lists(left, right) and not _is_close(left, right):
        needed = _NEEDED_IF_PARTED
    return join_probability(left, right) > needed


def may_be_compound(left: str, right: str, habit: Habit = Habit.SPACED) -> bool:
    """Whether the model is asked at all: for listed pairs, and where the second part hardly stands alone."""
    found = _lists(left, right)
    if left.rpartition(ZWNJ)[2] in _PLURALS:
        return False
    if habit is Habit.PLAIN:
        # Nothing shows that spaces stand for half-spaces here: only what is hardly ever written as two words is joined.
        listed = "own" in found or "joined" in found or ("glued" in found and left == "بی")
        return listed and "parted" not in found and _is_close(left, right) and not lexicon.spells_letters((left, right))
    if left == right and left not in lexicon.stop_words():
        return False  # 'آرام آرام' stands as two words as rightly
    if found and found != ["whole"]:
        return True
    if left in _ALONE or left in lexicon.stop_words():
        return False
    if right == _PASSIVE:
        return ZWNJ in left or left in lexicon.words()
    if right in _OF_SURNAMES:
        return True
    first = right.partition(ZWNJ)[0]
    return (bound_of(right) in _BOUND and _hardly_a_word(first)) or (left in _NUMERALS and right in _AFTER_NUMERALS)


@lru_cache(maxsize=1 << 12)
def _is_close(left: str, right: str) -> bool:
    """Whether a pair is of a kind that is hardly ever typed as two words but for want of a half-space."""
    last, first = left.rpartition(ZWNJ)[2], right.partition(ZWNJ)[0]
    if last == first:
        return False
    bound = bound_of(right)
    if bound in _BOUND or bound in _HEADS or last in _PREFIXES or right.startswith("ال"):
        return True
    # 'پرسی' and 'کجی' are no words of their own, 'بازی' and 'نشانی' are; nor is the 'فیس' of 'فیس بوک'.
    if last == left and _hardly_a_word(last):
        return True
    return (
        _hardly_a_word(first)
        and lexicon.ends().get(bound, 0) >= _ENDS_SEVERAL
        and not lexicon.agents().isdisjoint((first, bound))
    )


def _hardly_a_word(part: str) -> bool:
    return lexicon.words().get(part, 0) < _HARDLY_A_WORD


def _takes_ending(left: str, right: str) -> bool:
    """Whether an ending that stands alone belongs to the word before it."""
    if right in _COMPARATIVES:
        return left in lexicon.words() or ZWNJ in left
    if is_silent(left):
        return right in _COPULAS or right in _AFTER_SILENT_HE or right in _CLITICS
    if left.endswith("ی") and (right in {"اش", "ام", "ات", "ای"} or (right in _CLITICS and len(left) > 3)):
        return True
    return right == "اند" or (right in {"ایم", "اید"} and left.endswith(("ه", "ی", "ا", "و")))


def _is_verb(left: str, right: str) -> bool:
    """Whether می belongs to the word behind it: not in 'ماه می سال'."""
    forms = lexicon.verb_forms()
    if left + right in forms or f"می{right}" in forms or f"می{right}اند" in forms:
        return True
    return right.endswith(_PERSONS) and len(right) > 2 and not lexicon.words().get(right)


@cache
def _model() -> dict[str, dict[str, float]]:
    model: dict[str, dict[str, float]] = json.loads(seed_path("half_spaces", "joins.json").read_text("utf8"))
    return model


def join_probability(left: str, right: str) -> float:
    """Probability that two words, the first with what it has joined already, are one compound.

    Parameters
    ----------
    left, right : str
        In normal form.
    """
    model = _model()
    odds = model["bias"][""]
    for family, features in join_features(left, right).items():
        weights = model[family]
        for feature in features:
            odds += weights.get(feature, 0.0)
    return 1 / (1 + math.exp(-odds)) if odds > -30 else 0.0


def join_features(left: str, right: str, listed: bool = True) -> dict[str, list[str]]:
    """Features of a pair of words by family: the words, what the lists say of them together, and their kinds.

    Parameters
    ----------
    left, right : str
    listed : bool, default True
        Whether the lists may be asked for the pair; training withholds them at random so that the model copes with compounds
        that no list holds.
    """
    last = left.rpartition(ZWNJ)[2]
    first = right.partition(ZWNJ)[0]
    bound = bound_of(right)
    kinds = [
        f"uses {_use(last)} {_use(first)}",
        f"agent {first in lexicon.agents()} {_use(last)}",
        f"ends {last[-1:] if last[-1:] in 'هیاو' else ''} {bound != first}",
        f"joined {left != last}",
        f"close {_is_close(left, right)} {last == first}",
    ]
    if last in _NUMERALS and first in _AFTER_NUMERALS | {right}:
        kinds.append(f"numeral {first in _AFTER_NUMERALS or right in _AFTER_NUMERALS}")
    if listed:
        kinds += [f"listed {name}" for name in _lists(left, right)]
    return {"left": [last], "right": [bound, f"={first}"], "kinds": kinds}


@lru_cache(maxsize=1 << 16)
def _lists(left: str, right: str) -> list[str]:
    """Which lists hold a pair, the second part with or without its endings."""
    last, first = left.rpartition(ZWNJ)[2], right.partition(ZWNJ)[0]
    bound = bound_of(first)
    plain, bare = (last, first), (last, bound)
    found = [name for name, listed in lexicon.pairs().items() if plain in listed or (bound != first and bare in listed)]
    if last + first in lexicon.whole() or last + bound in lexicon.whole():
        found.append("glued")
    elif lexicon.words().get(last + first):
        found.append("whole")
    return found


def _use(word: str) -> str:
    if word in lexicon.stop_words():
        return "stop"
    frequency = lexicon.words().get(word)
    if frequency is None:
        return "none"
    return "rare" if frequency < 1000 else "some" if frequency < 1_000_000 else "much"


def bound_of(word: str) -> str:
    """The second part of a compound without the endings that it takes ('گذاری', 'گذاران': گذار)."""
    first = word.partition(ZWNJ)[0] if ZWNJ in word else word
    inflections = _INFLECTIONS_BY_LETTER.get(first[-1:])
    if inflections is None or first in _BOUND:
        return first
    stems = [first[: -len(inflection)] for inflection in inflections if first.endswith(inflection)]
    if not stems:
        return first
    if stems[-1] in _BOUND and len(stems[-1]) > 2 and first.endswith(_ALSO_LISTED):
        return stems[-1]  # also where a list holds it so: 'طلبانه' is طلب
    known = lexicon.second_parts()
    if first not in known:
        for stem in stems:
            if stem in known and len(stem) > 1:
                return stem
    return first
