"""Offers to cooperate and ties that are cut: a wish, a tie and 'با' with the one it is meant for, words apart in one clause."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules.verbs import is_negative, stem
from workbench.text import Token

_WISHES = frozenset(
    "اماده امادگی حاضر مایل مایلیم مشتاق خواهان خواستار علاقهمند تمایل امیدوار خواست مصمم پیشنهاد".split()
)
_TIES = frozenset(
    """همکاری همکاریها همکاریهای شراکت مشارکت سرمایهگذاری پیمان روابط مناسبات رابطه دوستی تجارت مشترک پیوند تعامل تعاملات مبادلات ائتلاف
    توافق قرارداد صلح گسترش تبادل شریک""".split()
)
_CUTS = frozenset({"قطع", "متوقف", "تعلیق", "لغو", "پایان"})
_REACH = 7


def offer(words: Sequence[Token], inside: Sequence[int], prepared: int, first: int) -> int | None:
    """Word of the wish to have ties with the state named from `first`, governed by the 'با' at `prepared`; else None."""
    wish = next((at for at in inside if words[at].form.key in _WISHES and at != prepared), None)
    if wish is None or not _has_tie(words, inside, prepared, first) or _denied(words, wish):
        return None
    return wish


def cut(words: Sequence[Token], inside: Sequence[int], prepared: int, first: int) -> int | None:
    """Word that says that ties with the state are ended ('همکاری با … را قطع کرد'), else None."""
    if not _has_tie(words, inside, prepared, first):
        return None
    at = next((at for at in inside if at > first and words[at].form.key in _CUTS), None)
    if at is None or any(is_negative(words[i].text, stem(words[i])) for i in inside if at < i <= at + 2):
        return None
    return at


def _has_tie(words: Sequence[Token], inside: Sequence[int], prepared: int, first: int) -> bool:
    return any(words[at].form.key in _TIES for at in inside if prepared - _REACH <= at <= first + _REACH)


def _denied(words: Sequence[Token], wish: int) -> bool:
    before = words[wish - 1].form.key if wish else ""
    following = words[wish + 1 : wish + 3]
    return before in {"نه", "عدم", "بدون", "هیچ"} or any(is_negative(word.text, stem(word)) for word in following)
