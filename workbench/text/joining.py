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
_PREFIXES = frozenset(["هم", "غیر", "بین", "فوق", "پیش", "پس", "باز", "ضد", "نیم", "بی"])
_PARTICIPLES = frozenset(
    ["شده", "نشده", "کرده", "داده", "گرفته", "رفته", "زده", "که", "کشته", "چه", "گونه", "گاه", "بار", "باره", "هم", "و"]
)
_VERBS = frozenset(["کرد", "شد", "داد", "گرفت", "زد", "آمد", "رفت", "بود", "داشت", "خورد", "نظر", "مقام", "لیسانس"])
_NO_HEADS = frozenset(
    [
        "یک",
        "دو",
        "سه",
        "چهار",
        "پنج",
        "شش",
        "هفت",
        "هشت",
        "نه",
        "ده",
        "صد",
        "هزار",
        "هیچ",
        "روی",
        "خلیج",
        "سال",
        "آب",
        "پمپ",
        "صرف",
        "آتش",
        "ایالات",
        "اهل",
        "ولی",
        "ولایت",
        "رییس",
        "رئیس",
    ]
)
# Words that end in ه or in nothing to join: the ending after them is a word of its own ('این تر و خشک').
_ALONE = frozenset(
    ["و", "یا", "که", "این", "آن", "هر", "در", "به", "از", "با", "تا", "بر", "را", "نه", "چه", "همه", "اگر"]
)


@lru_cache(maxsize=1 << 18)
def joins(left: str, right: str) -> bool:
    """Whether the space between two words in normal form stands for a half-space."""
    head = left.rpartition(ZWNJ)[2]
    if head in {"می", "نمی"} and (left == head or left.rpartition(ZWNJ)[0] in {"بر", "در", "فرو"}):
        return (ZWNJ not in right and left + right in lexicon.verb_forms()) or f"می{right}" in lexicon.verb_forms()
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
    """Whether two words are a listed compound and one of them hardly stands alone."""
    if right in _PARTICIPLES or (left in _NO_HEADS and right != "شنبه"):
        return False
    compound = lexicon.joined().get(left + right)
    if compound != f"{left}{ZWNJ}{right}":
        return False
    if left in _PREFIXES:
        return True
    return lexicon.words()[compound] > 0 and not right.endswith("ه") and right not in _VERBS
