"""A raw text cut into forms with offsets: each chunk looked up, then the few words that touch their neighbours.

Nearly all of the work is done list by list in C; Python looks only at words that may join another or have two readings.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, chain, compress
from typing import Any

from workbench.text.forms import CLOSER, LEADS, LED, NOTHING, Form, Forms, Joined, normal_of
from workbench.text.habits import Habit, habit_of
from workbench.text.half_spaces import gap_model
from workbench.text.readings import prefers_rival

Cut = tuple[list[int], list[Any]]
"""Where each piece starts in the raw text, and its `Form`: None where it became part of the word before."""


@cache
def _joined(habit: Habit) -> Joined:
    """What is known of neighbours so far; one table for each habit of typing."""
    return Joined(habit)


@cache
def _forms(half_spaces: bool, diacritics: bool, marked: bool) -> Forms:
    """What is known of chunks so far; one table for each way of reading them."""
    if half_spaces:
        gap_model()  # read with the lists, lest the first text that needs it should wait
    return Forms(half_spaces, diacritics, _forms(half_spaces, diacritics, False) if marked else None)


_TOUCHING = re.compile(b"[%b](?:(?<=[%b])|(?=[%b]))" % (LEADS + CLOSER, CLOSER, LED)).finditer
"""Finds, by the kinds of all pieces, those that may touch a neighbour: few do, and a pattern passes over the rest in C."""


def cut(text: str, half_spaces: bool = True, diacritics: bool = False, habit: Habit | None = None) -> Cut:
    """Cut a text, by the habit that it shows if none is given.

    Where its typing shows nothing, spaces that surely stand for half-spaces tell that others do; unless as many half-spaces are
    simply missing: then it is those that the text lost.
    """
    chunks = text.split(" ")
    if habit is None:
        habit = habit_of(text, chunks)
    found = _cut(text, chunks, half_spaces, diacritics, habit)
    if habit is Habit.PLAIN:
        forms = [form for form in found[1] if form is not None]
        bridging = sum(form.bridges for form in forms)
        if bridging and bridging > sum(form.mended for form in forms):
            return _cut(text, chunks, half_spaces, diacritics, Habit.SPACED)
    return found


def _cut(text: str, chunks: list[str], half_spaces: bool, diacritics: bool, habit: Habit) -> Cut:
    known = _forms(half_spaces, diacritics, habit is Habit.MARKED)
    flat = list(chain.from_iterable(map(known.__getitem__, chunks)))
    steps, forms, kinds = flat[::3], flat[1::3], bytes(flat[2::3])
    starts = list(accumulate(steps, initial=0))
    starts.pop()
    if NOTHING in kinds:
        there = [kind != NOTHING for kind in kinds]
        starts, forms, kinds = (
            list(compress(starts, there)),
            list(compress(forms, there)),
            bytes(compress(kinds, there)),
        )
    _join(text, starts, forms, kinds, _joined(habit), diacritics)
    return starts, forms


def _join(text: str, starts: list[int], forms: list[Any], kinds: bytes, joined: Joined, diacritics: bool) -> None:
    """Join what a typed space parts, from left to right, then let neighbours decide between readings."""
    doubtful = []
    last = len(forms) - 1
    head = 0  # of the last joined word
    for match in _TOUCHING(kinds):
        at = match.start()
        form = forms[at]
        if form is None:
            continue
        if form.rival is not None:
            doubtful.append(at)
        right = at if form.follows and at else at + 1
        while right <= last:
            left = right - 1
            if forms[left] is None:
                left = head
            before, after = forms[left], forms[right]
            one = None
            if after.follows or (before.leads is not None and after.bound in before.leads):
                gap = text[starts[left] + before.width : starts[right]]
                if gap == " " or (gap and normal_of(gap, "space", diacritics)[0] == " "):
                    one = joined[before, after, starts[right] - starts[left]]
            if one is not None:
                forms[left], forms[right], head = one, None, left
            elif right > at:
                break
            right += 1
    for at in doubtful:
        _decide(forms, at)


def _decide(forms: list[Form | None], at: int) -> None:
    """Take the other reading of a word where its neighbours speak for it."""
    form = forms[at]
    if form is None or form.rival is None:
        return
    before = next((found for found in reversed(forms[:at]) if found is not None), None)
    after = forms[at + 1] if at + 1 < len(forms) else None
    if prefers_rival(form, before, after):
        forms[at] = form.rival
