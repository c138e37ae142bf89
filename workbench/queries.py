"""Queries for words: phrases, prefixes, NEAR, AND, OR and NOT, read once for every index that answers them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.errors import QueryError
from workbench.words import SPELLINGS, words

LONGEST_PHRASE = 120
_TOKEN = re.compile(r"\s*(?:(NEAR)\s*\(|(AND|OR|NOT)\b|(\|)|([()])|\"([^\"]*)(\"?)\s*(\*?)|([^\s()\"|]+))")
_BETWEEN = r"[\W_\u0640ء]{0,6}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other.

    Attributes
    ----------
    letters : str
        All its letters under matching keys, without what parts words.
    typed : tuple of str
        As it was typed.
    is_prefix : bool
        Whether its last word may go on.
    """

    letters: str
    typed: tuple[str, ...]
    is_prefix: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Return what finds it in a raw text, between word boundaries."""
        letters = _BETWEEN.join(f"[{re.escape(SPELLINGS.get(letter, letter))}]" for letter in self.letters)
        return re.compile(rf"(?<![^\W_]){letters}{'[^\\W_]*' if self.is_prefix else '(?![^\\W_])'}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases with at most so many other words between the end of the first and the beginning of the last, in any order."""

    phrases: tuple[Phrase, ...]
    distance: int


Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read: an expression over phrases.

    Attributes
    ----------
    parts : tuple
        Operators and parentheses as text, phrases, and NEAR groups.
    """

    parts: tuple[str | Phrase | Near, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases whose places are shown: all but those after NOT."""
        found: list[Phrase] = []
        negated = False
        depth: int | None = None  # of the parentheses that NOT opened
        open_ = 0
        for part in self.parts:
            open_ += (part == "(") - (part == ")")
            if part == "NOT" and depth is None:
                negated = True
            elif part == "(" and negated:
                negated, depth = False, open_ - 1
            elif part == ")" and depth == open_:
                depth = None
            elif not isinstance(part, str):
                if not negated and depth is None:
                    found += [part] if isinstance(part, Phrase) else part.phrases
                negated = False
        return tuple(found)

    def holds(self, find: Callable[[Phrase | Near], Mask]) -> Mask:
        """Return which texts it finds, when `find` tells in which a phrase or a group stands.

        NOT binds closer than AND, and AND (or nothing between two phrases) closer than OR, as in FTS5.
        """
        mask, rest = _either(self.parts, find)
        assert not rest  # noqa: S101 - `parse_query` lets nothing through that does not hold together
        return mask


_Parts = Sequence[str | Phrase | Near]


def _either(parts: _Parts, find: Callable[[Phrase | Near], Mask]) -> tuple[Mask, _Parts]:
    mask, rest = _both(parts, find)
    while rest and rest[0] == "OR":
        other, rest = _both(rest[1:], find)
        mask = mask | other
    return mask, rest


def _both(parts: _Parts, find: Callable[[Phrase | Near], Mask]) -> tuple[Mask, _Parts]:
    mask, rest = _without(parts, find)
    while rest and rest[0] not in ("OR", ")"):
        other, rest = _without(rest[1:] if rest[0] == "AND" else rest, find)
        mask = mask & other
    return mask, rest


def _without(parts: _Parts, find: Callable[[Phrase | Near], Mask]) -> tuple[Mask, _Parts]:
    mask, rest = _one(parts, find)
    while rest and rest[0] == "NOT":
        other, rest = _one(rest[1:], find)
        mask = mask & ~other
    return mask, rest


def _one(parts: _Parts, find: Callable[[Phrase | Near], Mask]) -> tuple[Mask, _Parts]:
    first, rest = parts[0], parts[1:]
    if isinstance(first, str):  # an opening parenthesis
        mask, rest = _either(rest, find)
        return mask, rest[1:]
    return find(first), rest


def parse_query(text: str) -> Query:
    """Read a query.

    Words one after the other are a phrase, in quotes or not; ``*`` at the end takes whatever goes on so. ``AND``, ``OR``
    (or ``|``), ``NOT`` and parentheses combine phrases; ``NEAR(ایران تحریم, 5)`` takes words with at most five others between them.

    Raises
    ------
    QueryError
        There are no words in it, or it does not hold together; the message says what was expected.
    """
    parts: list[str | Phrase | Near] = []
    held: list[str] = []
    at = 0

    def close() -> None:
        if held:
            parts.append(_phrase(" ".join(held), text))
            held.clear()

    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise QueryError(f"query {text!r}: cannot be read from {text[at : at + 20]!r} on")
        near, operator, bar, bracket, quoted, end, star, word = match.groups()
        at = match.end()
        if near:
            close()
            group, at = _near(text, at)
            parts.append(group)
        elif operator or bar or bracket:
            close()
            parts.append("OR" if bar else operator or bracket)
        elif quoted is not None:
            close()
            if not end:
                raise QueryError(f"query {text!r}: a quotation mark without its other")
            parts.append(_phrase(quoted + star, text))
        elif word:
            held.append(word)
    close()
    _check(parts, text)
    return Query(tuple(parts))


def _phrase(typed: str, text: str) -> Phrase:
    found = tuple(words(typed))
    if not found:
        raise QueryError(f"query {text!r}: {typed!r} holds no word")
    letters = "".join(found)
    if len(letters) > LONGEST_PHRASE:
        raise QueryError(f"query {text!r}: a phrase of {len(letters)} letters; the limit is {LONGEST_PHRASE}")
    return Phrase(letters, found, typed.rstrip().endswith("*"))


def _near(text: str, at: int) -> tuple[Near, int]:
    end = text.find(")", at)
    if end < 0:
        raise QueryError(f"query {text!r}: NEAR( without its )")
    inside, comma, number = text[at:end].rpartition(",")
    if not comma or not number.strip().isdecimal():
        inside, number = text[at:end], "10"
    phrases = tuple(_phrase(quoted or word, text) for quoted, word in re.findall(r'"([^"]+)"|([^\s"،,]+)', inside))
    if len(phrases) < 2:
        raise QueryError(f"query {text!r}: NEAR takes two words or more")
    return Near(phrases, int(number)), end + 1


def _check(parts: Sequence[object], text: str) -> None:
    """Refuse what does not hold together: operators have something on both sides, parentheses come in pairs."""
    depth = 0
    wants_phrase = True
    for part in parts:
        if part == "(":
            depth += 1
            wants_phrase = True
        elif part == ")":
            depth -= 1
            if depth < 0 or wants_phrase:
                raise QueryError(f"query {text!r}: a ) that closes nothing")
        elif isinstance(part, str):
            if wants_phrase:
                raise QueryError(f"query {text!r}: {part} without words before it")
            wants_phrase = True
        else:
            wants_phrase = False
    if depth or wants_phrase:
        raise QueryError(f"query {text!r}: {'a ( that is not closed' if depth else 'it ends where words are expected'}")
