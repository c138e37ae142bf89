"""Which neighbours may be one word, told by a number for each, so that a pattern over those of a whole text finds them in C.

Such a number is a sum of bits. A first part of compounds says in which of three groups the parts are that may follow it, and a
second part in which group it is: few neighbours agree by chance. Others are looked at whatever stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from workbench.text import lexicon

_GROUPS = 3
FOLLOWS = 64  # whatever stands before it
LOOK = 128
NOTHING = 0b011_000  # in two groups at once, as no part is: what is no token


def touch_of(leads: frozenset[str] | None, bound: str, follows: bool) -> int:
    """How a word may touch its neighbours; the parameters are attributes of a `workbench.text.forms.Form`."""
    touch = _as_second().get(bound, 0)
    if leads is not None:
        touch |= _as_first(leads) or LOOK
    return touch | FOLLOWS if follows else touch


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


def _patterns() -> Iterator[bytes]:
    """What speaks for looking at a piece, once it is known to have any bit but that of a second part."""
    yield b"(?<=%b)" % _any_of(FOLLOWS | LOOK)
    for group in range(_GROUPS):
        # What joins whatever stands before it is found by its own number.
        yield b"(?=%b)(?<=%b)" % (_any_of(1 << group + _GROUPS, but=FOLLOWS), _any_of(1 << group))


def _any_of(bits: int, but: int = 0) -> bytes:
    return b"[%b]" % re.escape(bytes(kind for kind in range(256) if kind & bits and not kind & but and kind != NOTHING))


find_touching = re.compile(
    b"%b(?:%b)" % (_any_of(FOLLOWS | LOOK | ((1 << _GROUPS) - 1)), b"|".join(_patterns()))
).finditer
"""Finds, by the numbers of all pieces, those that may touch a neighbour; the pattern passes over the rest in C."""
