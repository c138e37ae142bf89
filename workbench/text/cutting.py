"""A raw text cut into forms with offsets: each chunk looked up, then the few words that touch their neighbours.

Nearly all of the work is done list by list in C; Python looks only at words that may join another or have two readings.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, chain, compress
from typing import Any

from workbench.text import lexicon
from workbench.text.forms import Form, Forms, Joined, normal_of
from workbench.text.habits import WORDS_FOR_ONE, Habit, habit_of
from workbench.text.half_spaces import gap_model
from workbench.text.joining import MAY_BE_APART, stands_apart
from workbench.text.readings import prefers_rival
from workbench.text.touching import FOLLOWS, NOTHING, find_touching

Cut = tuple[list[int], list[Form]]
"""Where each token starts in the raw text, and its `Form`."""


@cache
def _joined(habit: Habit) -> Joined:
    """What is known of neighbours so far; one table for each habit of typing."""
    return Joined(habit)


@cache
def _forms(half_spaces: bool, diacritics: bool, habit: Habit) -> Forms:
    """What is known of chunks so far; one table for each way of reading them."""
    if habit is Habit.MIXED:
        return _forms(half_spaces, diacritics, Habit.PLAIN)
    if half_spaces:
        gap_model()  # read with the lists, lest the first text that needs it should wait
        lexicon.verb_forms()
    commonest = None if habit is Habit.SPACED else _forms(half_spaces, diacritics, Habit.SPACED)
    return Forms(half_spaces, diacritics, habit, commonest)


_THERE = bytes(kind != NOTHING for kind in range(256))


def cut(text: str, half_spaces: bool = True, diacritics: bool = False, habit: Habit | None = None) -> Cut:
    """Cut a text, by the habit that it shows if none is given.

    Where its typing shows nothing, spaces that surely stand for half-spaces tell that others do; unless as many half-spaces are
    simply missing: then it is those that the text lost.
    """
    chunks = text.split(" ")
    if habit is None:
        habit = habit_of(text, chunks)
    starts, forms, joins = _cut(text, chunks, half_spaces, diacritics, habit)
    if (habit is Habit.SPACED and joins * WORDS_FOR_ONE < len(chunks)) or (
        habit is Habit.PLAIN and joins and joins > sum([form.mended for form in forms])
    ):
        starts, forms, _ = _cut(text, chunks, half_spaces, diacritics, Habit.MIXED)
    return starts, forms


def _cut(
    text: str, chunks: list[str], half_spaces: bool, diacritics: bool, habit: Habit
) -> tuple[list[int], list[Form], int]:
    """Cut a text by a habit; returns besides how many spaces were taken for half-spaces."""
    known = _forms(half_spaces, diacritics, habit if half_spaces else Habit.SPACED)
    flat = list(chain.from_iterable(map(known.__getitem__, chunks)))
    starts = list(accumulate(flat[::3], initial=0))
    starts.pop()
    forms, kinds = flat[1::3], bytes(flat[2::3])
    if NOTHING in kinds:
        there = kinds.translate(_THERE)
        starts, forms = list(compress(starts, there)), list(compress(forms, there))
        kinds = kinds.translate(None, bytes([NOTHING]))
    _join(text, starts, forms, kinds, _joined(habit), diacritics)
    words = list(filter(None, forms))
    joins = len(forms) - len(words)
    if joins:
        starts = list(compress(starts, forms))
    return starts, words, joins


def _join(text: str, starts: list[int], forms: list[Any], kinds: bytes, joined: Joined, diacritics: bool) -> None:
    """Join what a typed space parts, from left to right, then let neighbours decide between readings.

    In `forms`, None then stands for what became part of the word before it.
    """
    doubtful = []
    last = len(forms) - 1
    head = 0  # of the last joined word
    for at in find_touching(kinds):
        before = forms[at]
        if before is None:
            continue
        left, right = at, at + 1
        if kinds[at] < FOLLOWS:
            if forms[right].bound not in before.leads:
                continue  # most are in a group by chance
        else:
            if before.rival is not None:
                doubtful.append(at)
            if before.follows and at:
                left, right = at - 1, at
                before = forms[left]
                if before is None:
                    left = head
                    before = forms[left]
        while right <= last:
            after = forms[right]
            one = None
            if after.follows or (before.leads is not None and after.bound in before.leads):
                start, end = starts[left], starts[right]
                shift = end - start
                if shift == before.width + 1:
                    parted = text[end - 1] == " " or normal_of(text[end - 1], "space", diacritics)[0] == " "
                else:
                    parted = normal_of(text[start + before.width : end], "space", diacritics)[0] == " "
                if parted:
                    one = joined[before, after, shift]
                    if one is not None and after.text in MAY_BE_APART:
                        one = None if stands_apart(before.text, after.text, _word(forms, right + 1)) else one
            if one is not None:
                forms[left], forms[right], head = one, None, left
                if one.leads is None:
                    break
                before = one
            elif right > at:
                break
            else:
                left, before = right, after
            right += 1
    for at in doubtful:
        _decide(forms, at)


def _word(forms: list[Any], at: int) -> str | None:
    """The word at a place, if there is one."""
    return forms[at].text if at < len(forms) and forms[at].kind == "word" else None


def _decide(forms: list[Form | None], at: int) -> None:
    """Take the other reading of a word where its neighbours speak for it."""
    form = forms[at]
    if form is None or form.rival is None:
        return
    before = next((found for found in reversed(forms[:at]) if found is not None), None)
    after = forms[at + 1] if at + 1 < len(forms) else None
    if prefers_rival(form, before, after):
        forms[at] = form.rival
