"""How a text was typed: with half-spaces, or with spaces where half-spaces belong.

Persian typing is a habit of the writer (or of the outlet's editor), and it decides how much may be changed. Who types
half-spaces has decided about every word, so that only what grammar demands is put back. Who types spaces for them does so in
compounds too.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from enum import IntEnum

from workbench.text.characters import HALF_SPACES, ZWNJ

# A fully marked text has a half-space in every sixteenth word or so; one in a hundred is no habit.
WORDS_FOR_ONE = 100
_LETTER = "\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06fc"
_HALF_SPACE = re.compile(f"[{HALF_SPACES}](?<=[{_LETTER}].)(?=[{_LETTER}])")
_OLD_HALF_SPACES = HALF_SPACES.replace(ZWNJ, "")
_TELLING = frozenset(["می", "نمی", "ها", "های", "هایی", "ترین", "اند"])


class Habit(IntEnum):
    """What the typing of a text shows."""

    MARKED = 0
    """Half-spaces are typed: words are as their writer wants them."""
    PLAIN = 1
    """Nothing shows."""
    MIXED = 2
    """Spaces are typed where half-spaces belong ('می رود', 'کتاب ها'), but seldom: others may be lost."""
    SPACED = 3
    """They are typed so throughout: what is written as one word was meant to be one."""


def habit_of(text: str, chunks: Sequence[str] | None = None) -> Habit:
    """Tell the habit of a raw text from its own half-spaces and from words that cannot stand alone.

    Parameters
    ----------
    text : str
    chunks : sequence of str, optional
        The text parted at spaces, by whoever has done it already.

    Returns
    -------
    Habit
        `Habit.SPACED` also for `Habit.MIXED`, which shows only when the spaces are counted that do stand for half-spaces.
    """
    marked = text.count(ZWNJ)
    if any(map(text.__contains__, _OLD_HALF_SPACES)):
        marked += sum(map(text.count, _OLD_HALF_SPACES))
    words = (text.split(" ") if chunks is None else chunks)[1:-1]
    told = not _TELLING.isdisjoint(words)
    if not marked:
        return Habit.SPACED if told else Habit.PLAIN
    spaced = sum(text.count(f" {word} ") for word in _TELLING) if told else 0
    wanted = max(1, spaced, math.ceil(text.count(" ") / WORDS_FOR_ONE))
    # Only those between letters count; to know that there are enough, few need be looked at.
    if marked >= wanted and sum(1 for _ in itertools.islice(_HALF_SPACE.finditer(text), wanted)) == wanted:
        return Habit.MARKED
    return Habit.SPACED if spaced else Habit.PLAIN
