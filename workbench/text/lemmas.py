"""Lemmas by taking inflection off: verbs to the past stem (می‌کنند: کرد), nouns to the singular, clitics cut."""

from __future__ import annotations

from msgspec import Struct

from workbench.text import lexicon
from workbench.text.characters import ZWNJ

_BEHIND_HALF_SPACES = frozenset(["مان", "تان", "شان", "ات", "اش"])
_BEHIND_PLURALS = frozenset(["م", "ت", "ش", "مان", "تان", "شان"])
_WRITTEN_ON = ("مان", "تان", "شان", "ش")
_INFLECTIONS = ("های", "هایی", "ها", "ترین", "تر", "تری", "ای", "ام", "اند", "ایم", "اید", "ی")
_COMMON = 1000  # in the word list; what is rarer may be a form of a verb instead


class Clitic(Struct, frozen=True, gc=False):
    """A pronoun written onto a word."""

    start: int
    text: str


def clitic_at(word: str) -> Clitic | None:
    """Find the pronoun at the end of a word in normal form, where the lists do not know the word as it is."""
    if ZWNJ in word:
        head, _, tail = word.rpartition(ZWNJ)
        if tail in _BEHIND_HALF_SPACES:
            return Clitic(len(head) + 1, tail)
        if tail.startswith("های") and tail[3:] in _BEHIND_PLURALS:
            return Clitic(len(head) + 4, tail[3:])
        return None
    if not word.endswith(_WRITTEN_ON) or word in lexicon.words() or word in lexicon.verb_forms():
        return None
    for clitic in _WRITTEN_ON:
        stem = word.removesuffix(clitic)
        if stem != word and len(stem) > 2 and lexicon.words().get(stem, 0) > 1000:
            return Clitic(len(stem), clitic)
    return None


def lemma_of(word: str, clitic: Clitic | None = None) -> str:
    """Return the lemma of a word in normal form.

    Parameters
    ----------
    word : str
        With its half-spaces.
    clitic : Clitic, optional
        As `clitic_at` found it.
    """
    if clitic is not None:
        word = word[: clitic.start].rstrip(ZWNJ)
    if ZWNJ in word:
        verb = lexicon.verb_forms().get(word.replace(ZWNJ, ""))
        return _uninflected(word) if verb is None else verb[1]
    frequency = lexicon.words().get(word)
    if frequency is None or frequency < _COMMON:
        verb = lexicon.verb_forms().get(word)
        if verb is not None:
            return verb[1]
    return _uninflected(word) if frequency is None else word


# Endings of persons on compounds, and the singular's own (کنندگان: کننده).
_PERSONS = (("گان", "ه"), ("یان", "ی"), ("ان", ""))
_ALWAYS = ("های", "هایی", "ها", "ترین", "تر", "تری")


def _uninflected(word: str) -> str:
    known = lexicon.words()
    while ZWNJ in word:
        head, _, tail = word.rpartition(ZWNJ)
        if tail in _ALWAYS or (tail in _INFLECTIONS and word not in known):
            word = head
            continue
        break
    if word in known or word in lexicon.own_spellings():
        return word
    for ending in ("های", "هایی", "ها", "ی"):
        stem = word.removesuffix(ending)
        if stem != word and (stem in known or stem in lexicon.own_spellings()):
            return stem
    if ZWNJ in word:
        base = word.removesuffix("ی") if word.endswith("انی") else word
        for ending, own in _PERSONS:
            if base.endswith(ending) and len(base) - base.rfind(ZWNJ) > len(ending) + 1:
                return base.removesuffix(ending) + own
    return word
