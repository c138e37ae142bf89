"""Which neighbours may be one word, told by a number for each, so that those of a whole text are compared at once in C.

Such a number is a sum of bits. A first part of compounds says in which of three groups the parts are that may follow it, and a
second part in which group it is: few neighbours agree by chance. Others are looked at whatever stands beside them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import compress

from workbench.text import lexicon

_GROUPS = 3
_GROUP_BITS = b"\7"
FOLLOWS = 64  # whatever stands before it
LOOK = 128
_LOOKED_AT = bytes([FOLLOWS | LOOK])
NOTHING = 0b011_000  # in two groups at once, as no part is: what is no token


def touch_of(leads: frozenset[str] | None, bound: str, follows: bool) -> int:
    """How a word may touch its neighbours; the parameters are attributes of a `workbench.text.forms.Form`."""
    touch = FOLLOWS if follows else _as_second().get(bound, 0)
    return touch if leads is None else touch | (_as_first(leads) or LOOK)


@cache
def _as_second() -> dict[str, int]:
    return {part: _group_of(part) << _GROUPS for part in lexicon.led() if part}


@lru_cache(maxsize=1 << 13)
def _as_first(leads: frozenset[str]) -> int:
    groups = 0
    for part in leads:
        if part:
            groups |= _group_of(part)
    return groups


def _group_of(part: str) -> int:
    return 1 << ord(part[0]) % _GROUPS


def find_touching(kinds: bytes) -> list[int]:
    """Return the places, in order, of pieces that may touch a neighbour; the last piece may touch only what stands before it.

    All pieces are asked at once: their numbers, strung together, are one long number, and a second part stands one byte
    above the first part before it.
    """
    size = len(kinds)
    every = int.from_bytes(kinds, "little")
    groups = int.from_bytes(_GROUP_BITS * size, "little")
    looked_at = every & int.from_bytes(_LOOKED_AT * size, "little")
    touching = every & every >> 8 + _GROUPS & groups | looked_at
    return list(compress(range(size), touching.to_bytes(size, "little")))
