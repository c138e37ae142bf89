"""Descriptions that fit one of the states named and no other: 'طرف آن سوی اقیانوس', 'عضو خاورمیانه‌ای', 'همسایه شرقی', 'بزرگ‌تر از آن دو'."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.errors import SeedError
from workbench.seeds import seed_path
from workbench.text import fold

HEADS = frozenset(
    "طرف عضو کشور دولت همسایه میزبان میهمان مهمان شریک قدرت پایتخت بازیگر رقیب خریدار مشتری همپیمان متحد".split()
)
_VETO = frozenset({"US", "CN", "RU", "GB", "FR"})
_ACROSS = {"اقیانوس": "امریکایی", "خلیج": "خلیجفارسی"}
_ITS_OWN = frozenset({"ما", "خود", "مان", "او"})  # 'همسایه شمالی ما' is the speaker's neighbour
_LARGER, _SMALLER = "بزرگتر", "کوچکتر"
COMPARED = frozenset({_LARGER, _SMALLER})
_SOONER = frozenset("پیشتر زودتر نخست اول".split())
_LATER = frozenset("پستر دیرتر بعد بعدتر اخر سپس".split())
_RELATIVE = 7
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Land:
    regions: frozenset[str]
    longitude: float
    latitude: float
    area: float


_SIDES: dict[str, Callable[[_Land], float]] = {
    "شرقی": lambda land: land.longitude,
    "غربی": lambda land: -land.longitude,
    "شمالی": lambda land: land.latitude,
    "جنوبی": lambda land: -land.latitude,
}


@cache
def _lands() -> dict[str, _Land]:
    path = seed_path("targets", "geography.tsv")
    found = {}
    with path.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            try:
                regions = frozenset(fold(region).replace(" ", "") for region in row["regions"].split("،"))
                measures = (float(row[name]) for name in ("longitude", "latitude", "area"))
                found[row["code"]] = _Land(regions, *measures)
            except (KeyError, ValueError, AttributeError, TypeError) as error:
                raise SeedError(
                    f"{path.name}: expected code, regions, longitude, latitude and area ({error})"
                ) from error
    return found


@cache
def is_region(key: str) -> bool:
    """Whether a word is an adjective of a region or of a side."""
    return key in _SIDES or any(key in land.regions for land in _lands().values())


def described(keys: Sequence[str], at: int, named: Sequence[str]) -> tuple[int, str] | None:
    """Find which of the states named before a noun is described by it and the words behind it.

    Parameters
    ----------
    keys : sequence of str
        Matching keys of a sentence.
    at : int
        Word of the noun, of 'آنکه' or of a comparative.
    named : sequence of str
        Codes of the states that it may mean; at least two, else nothing is told apart.

    Returns
    -------
    tuple of (int, str) or None
        Last word of the description, and the one state that it fits.
    """
    if len(named) < _PAIR:
        return None
    if keys[at] in COMPARED:
        return _most(named, at, lambda land: land.area if keys[at] == _LARGER else -land.area)
    if keys[at] == "انکه":
        told = keys[at + 1 : at + _RELATIVE]
        if told[:1] == ["نامش"] and told[2:3] == ["امد"]:
            return _by_order(named, at + 3, told[1])
        has_veto = "وتو" in told
        return _only(named, at, lambda code: code in _VETO) if has_veto else None
    following = [*keys[at + 1 : at + 4], "", "", ""]
    if following[:2] == ["ان", "سوی"] and following[2] in _ACROSS:
        return _in_region(named, at + 3, _ACROSS[following[2]])
    if keys[at] == "همسایه" and following[0] in _SIDES:
        return _most(named, at + 1, _SIDES[following[0]]) if following[1] not in _ITS_OWN else None
    if following[0] in COMPARED:
        return described(keys, at + 1, named)
    return _in_region(named, at + 1, following[0]) or _in_region(named, at + 2, following[0] + following[1])


def _by_order(named: Sequence[str], last: int, when: str) -> tuple[int, str] | None:
    """'آنکه نامش پیش‌تر آمد': the one of two that was named before or after the other."""
    rank = 0 if when in _SOONER else 1 if when in _LATER else None
    return (last, named[rank]) if rank is not None and len(named) == _PAIR else None


def _in_region(named: Sequence[str], last: int, region: str) -> tuple[int, str] | None:
    lands = _lands()
    return _only(named, last, lambda code: code in lands and region in lands[code].regions)


def _only(named: Sequence[str], last: int, fits: Callable[[str], bool]) -> tuple[int, str] | None:
    found = [code for code in named if fits(code)]
    return (last, found[0]) if len(found) == 1 else None


def _most(named: Sequence[str], last: int, measure: Callable[[_Land], float]) -> tuple[int, str] | None:
    """The one of two that lies or is farthest that way."""
    lands = _lands()
    if len(named) != _PAIR or not lands.keys() >= set(named):
        return None
    return last, max(named, key=lambda code: measure(lands[code]))
