"""Which typed spaces stand for half-spaces: after می and نمی, before plural and comparative endings, inside participles."""

from __future__ import annotations

from functools import lru_cache

from workbench.text import lexicon
from workbench.text.characters import ZWNJ

_PLURALS = frozenset(["ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان"])
_COMPARATIVES = frozenset(["تر", "ترین", "تری", "ترها", "ترین\u200cها"])
_COPULAS = frozenset(["ام", "ای", "ایم", "اید", "اند"])
_AFTER_SILENT_HE = frozenset(["ای", "اش", "ات"])
_CLITICS = frozenset(["شان", "مان", "تان"])
_BEFORE_VERBS = frozenset(
    preverb + sign for preverb in ("", "بر", "در", "فرو", "فرا", "باز", "وا") for sign in ("می", "نمی")
)
_PREFIXES = frozenset(["هم", "غیر", "بین", "فوق", "پیش", "پس", "باز", "ضد", "نیم", "بی"])
_ENDINGS = _PLURALS | _COMPARATIVES | _COPULAS | _AFTER_SILENT_HE | _CLITICS
# Second parts of compounds, that hardly stand alone.
_BOUND = frozenset(
    """آباد آفرین آمیز آموز آور افزار افکن انداز اندیش انگیز باز بخش بردار بند بین پذیر پرداز پرست پرور پوش پیما تراش
    جو خوار خواه دار دان دوز دهنده رسان ریز زا زدا ساز سنج سوز شناس شکن شنو طلب فروش فرسا کار کش کننده گذار گرا
    گردان گر گستر گشا گو گیر مند نامه نشین نگار نما نواز نورد نویس وار ور یاب المللی الله السلام شنبه""".split()  # noqa: SIM905
)
_NUMERALS = frozenset({"یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "صد", "هزار"})
# Words that end in ه or in nothing to join: the ending after them is a word of its own ('این تر و خشک').
_ALONE = frozenset(
    ["و", "یا", "که", "این", "آن", "هر", "در", "به", "از", "با", "تا", "بر", "را", "نه", "چه", "همه", "اگر"]
)


def may_lead(word: str) -> bool:
    """Whether anything can join behind a word for the word's own sake; asked once per spelling, before `joins`."""
    return word in _BEFORE_VERBS or word in _PREFIXES


def may_follow(word: str) -> bool:
    """Whether a word can join what stands before it for its own sake."""
    return word in _ENDINGS or _is_bound(word)


@lru_cache(maxsize=1 << 18)
def joins(left: str, right: str) -> bool:
    """Whether the space between two words in normal form stands for a half-space."""
    if left in _BEFORE_VERBS:
        return ZWNJ not in right and left + right in lexicon.verb_forms()
    if right in _PLURALS:
        return left not in _ALONE or left == "آن" or left == "این"
    if left in _ALONE or len(left) < 2:
        return False
    if right in _COMPARATIVES:
        return lexicon.words().get(left, 0) > 0 or ZWNJ in left
    if left.endswith("ه") and not left.endswith(("اه", "وه")) and (right in _COPULAS or right in _AFTER_SILENT_HE):
        return True
    if left.endswith("ی") and right in {"اش", "ام", "ات"}:
        return True
    if right in {"اند", "ایم", "اید"}:
        return left.endswith(("ه", "ی", "ا", "و"))
    return _compound(left, right)


def _compound(left: str, right: str) -> bool:
    """Whether two words are a listed compound of which one is bound: separate words stay separate, listed or not."""
    if left in _NUMERALS and right != "شنبه":
        return False
    return (left in _PREFIXES or _is_bound(right)) and lexicon.joined().get(left + right) == f"{left}{ZWNJ}{right}"


def _is_bound(word: str) -> bool:
    """Whether a word is the second part of compounds ('گذاری', 'آمیز'), with the endings that it takes."""
    return any(word.removesuffix(ending) in _BOUND for ending in ("", "ی", "ان", "انه", "های", "ها"))
