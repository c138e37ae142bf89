"""A passage as words with roles: which are the target, which other states, which clause each stands in, who says it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from workbench.text import Token
from workbench.types import Passage, Span, Speech

# A clause ends where a mark or a joining word stands; finer cuts would part a verb from its object.
_CLAUSE_ENDS = frozenset(
    {"،", ",", "؛", ";", ":", ".", "!", "؟", "?", "که", "اما", "ولی", "«", "»", "(", ")", "-", "–", "…"}
)

_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class View:
    """The words of one passage and what each is to the target.

    Attributes
    ----------
    words : tuple of Token
        Of the sentence, in reading order.
    target : tuple of int
        Indices of the words that name the target.
    states : dict of int to str
        Index to ISO code, for the words that name other states.
    clauses : tuple of int
        Number of the clause that each word stands in.
    speech : Speech or None
        The innermost speech that holds the first mention of the target.
    """

    words: tuple[Token, ...]
    target: tuple[int, ...]
    states: dict[int, str]
    clauses: tuple[int, ...]
    speech: Speech | None

    def distance(self, word: int) -> int:
        """Words between `word` and the nearest mention, negative before it; 0 for the mention itself."""
        return min((word - place for place in self.target), key=abs, default=0)

    def clause(self) -> list[int]:
        """Indices of the words in the clauses that mention the target."""
        own = {self.clauses[place] for place in self.target}
        return [index for index, number in enumerate(self.clauses) if number in own]

    def window(self, reach: int) -> list[int]:
        """Indices of the words at most `reach` from a mention."""
        size = len(self.words)
        near = [range(max(place - reach, 0), min(place + reach + 1, size)) for place in self.target]
        return sorted(set().union(*near)) if self.target else list(range(size))

    def inside(self, spans: Sequence[Span | Speech]) -> list[int]:
        """Indices of the words that begin inside one of some spans of the raw text."""
        edges = [[bisect_left(self.words, edge, key=_start) for edge in (span.start, span.end)] for span in spans]
        return sorted(set().union(*(range(first, last) for first, last in edges)))

    def span(self, word: int) -> Span:
        """Offsets of a word in the raw text."""
        return Span(self.words[word].start, self.words[word].end)


def view(passage: Passage) -> View:
    """Look at a passage as words with roles."""
    edges = passage.span
    tokens = passage.document.tokens
    first, last = (bisect_left(tokens, edge, key=_start) for edge in (edges.start, edges.end))
    words: tuple[Token, ...] = tuple(tokens[first:last])  # type: ignore[arg-type]
    target: list[int] = []
    states: dict[int, str] = {}
    for mention in passage.document.mentions:
        if not edges.start <= mention.start < edges.end:
            continue
        for index in range(bisect_left(words, mention.start, key=_start), len(words)):
            if words[index].start >= mention.end:
                break
            if mention.target == passage.target:
                target.append(index)
            else:
                states[index] = mention.target
    return View(words, tuple(target), states, _clauses(words), _speech(passage))


def _clauses(words: tuple[Token, ...]) -> tuple[int, ...]:
    numbers = []
    number = 0
    for word in words:
        numbers.append(number)
        number += word.form.key in _CLAUSE_ENDS
    return tuple(numbers)


def _speech(passage: Passage) -> Speech | None:
    place = passage.mentions[0].start if passage.mentions else passage.span.start
    holding = [speech for speech in passage.document.speeches if speech.start <= place < speech.end]
    return min(holding, key=lambda speech: speech.end - speech.start, default=None)
