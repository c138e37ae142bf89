"""Words that stand for a state which the sentence has named: 'دومی', 'میزبان', 'کشور متبوعش', 'آنجا'."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules.descriptions import COMPARED, HEADS, described
from workbench.stance.rules.words import Words
from workbench.targets import DEFAULT_TARGETS

State = tuple[int, int, str]

_FIRST = frozenset("اولی نخستین نخستی اولین نخست اول".split())
_SECOND = frozenset("دومی دومین دوم دیگری اخری پسین".split())
# These are ordinals of what stands before them ('میزبان نخست', 'کشور دوم'); alone they are words like any other.
_NEED_NOUN = frozenset("نخست اول دوم نخستین اولین دومین".split())
_HOSTS = frozenset("میزبان میزبانان میزبانش میزبانانش میزبانی مهماندار".split())
_RANKED = frozenset("میزبان کشور همسایه مخاطب پایتخت دولت طرف شریک".split())
_THERE = frozenset("انجا انجاست".split())
_PLACES = frozenset(
    "دولت گمرک ارتش مردم حاکمان حکومت مقامات مقامهای رهبران پلیس مرزبانان رسانههای دستگاه سربازان حاکمیت وزیران نظامیان".split()
)
_OWN_NOUNS = frozenset("کشور دولت ارتش میهن".split())
_OWNED = frozenset("خود خودش خویش خودمان متبوعش متبوع فرستنده او وی".split())
OWN_COUNTRY = frozenset("کشورش دولتش ارتشش ملتش میهنش سرزمینش کشورشان دولتشان خودمان خودی خودیها".split())


def with_anaphors(words: Words, states: list[State], speaker: str | None) -> list[State]:
    """Add such words to the states that a sentence names.

    Parameters
    ----------
    words : sequence of Token
    states : list of (int, int, str)
        First word, last word and code of each mention, in order.
    speaker : str or None
        Code of the speaker's state; the first state that the sentence names where nobody is known to speak.
    """
    if not states:
        return states
    keys = words.keys
    if _ANY.isdisjoint(keys):
        return states
    taken = {at for first, last, _ in states for at in range(first, last + 1)}
    added = [
        found
        for at in range(1, len(keys))
        if keys[at] in _ANY
        and at not in taken
        and (found := _at(keys, at, states, speaker)) is not None
        and found[1] not in taken
    ]
    return sorted([*states, *added]) if added else states


def _at(keys: Sequence[str], at: int, states: Sequence[State], speaker: str | None) -> State | None:
    key = keys[at]
    following = keys[at + 1] if at + 1 < len(keys) else ""
    own = _own(keys, at, following, speaker)
    if own is not None:
        return own
    if key not in _WANTED:
        return None
    named = [code for _, last, code in states if last < at]
    before = list(dict.fromkeys(code for code in named if code != speaker or named.count(code) > 1))
    if not before and key not in _EITHER:
        return None
    if key in _DESCRIBED and (fits := described(keys, at, before)) is not None:
        return at, *fits
    if (key in _HOSTS or key in _RANKED) and (key, following) != ("طرف", "مقابل"):
        rank = _rank(following)
        if rank is not None:
            return _ranked(before, rank, at, at + 1)
        return (
            (at, at, before[-1]) if key in _HOSTS and following not in {"نشست", "اجلاس", "مسابقات", "گفتوگو"} else None
        )
    if (key == "طرف" and following == "مقابل") or key in _GREAT:
        likely = [code for code in before if code in (_POWERS if key in _GREAT else DEFAULT_TARGETS)]
        end = at if key in _GREAT else at + 1
        return (at, end, likely[0]) if len(likely) == 1 else None
    if key == "یکی" and following != "از" and "دیگری" in keys[at:]:
        return _ranked(list(dict.fromkeys(named)), 0, at, at)  # 'یکی … و دیگری …'
    if key in _NEED_NOUN and following != "را":
        return None
    if key == "دیگری" and keys[at - 1] == "و" and "یکی" in keys[:at]:
        return _ranked(list(dict.fromkeys(named)), 1, at, at)
    rank = _rank(key)
    if rank is not None and (key != "دیگری" or keys[at - 1] in _BEFORE_OTHER):
        return _ranked(before, rank, at, at)
    if key in _THERE and keys[at - 1] in _PLACES:
        return at - 1, at, before[-1]
    return None


_BEFORE_OTHER = frozenset("و ان که ، گفت :".split())  # 'کشور دیگری' is none of those named
_GREAT = frozenset({"ابرقدرت"})
_POWERS = frozenset({"US", "CN", "RU"})
ROLES = HEADS | _HOSTS
"""Words by which a state is meant that was named before."""
_DESCRIBED = HEADS | COMPARED | {"انکه"}
_EITHER = frozenset({"یکی", "دیگری"})
_WANTED = frozenset({"یکی"}) | _GREAT | _FIRST | _SECOND | _HOSTS | _RANKED | _THERE | _DESCRIBED


_ANY = _WANTED | _OWN_NOUNS | OWN_COUNTRY


def _rank(key: str) -> int | None:
    key = key.removesuffix("ش") if key.endswith("نخستش") else key
    return 0 if key in _FIRST else 1 if key in _SECOND else None


def _ranked(before: Sequence[str], rank: int, first: int, last: int) -> State | None:
    return (first, last, before[rank]) if len(before) == _TWO else None


_TWO = 2


def _own(keys: Sequence[str], at: int, following: str, speaker: str | None) -> State | None:
    """'کشور متبوعش', 'ارتش کشور خود': the speaker's, where a state is known to be his."""
    if speaker is None:
        return None
    if keys[at] in OWN_COUNTRY:
        return at, at, speaker
    return (at, at + 1, speaker) if keys[at] in _OWN_NOUNS and following in _OWNED else None
