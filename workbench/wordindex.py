"""Words of many sentences as one folded string and one array of types: exact search and counting in memory.

Spaces, half-spaces and marks are folded away, so that 'می‌رود', 'می رود' and 'ميرود' are one; where words and their
half-spaced parts begin is kept beside the string, so that a query matches whole words only. It answers the queries that
the full-text index of a corpus answers (`workbench.search`), for the sentences of a selection instead of whole articles.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.queries import LONGEST_PHRASE, Near, Phrase, Query, parse_query
from workbench.text import tokens
from workbench.words import words

Positions = NDArray[np.int64]
_END = "\n"
_PIECE = re.compile(r"\S+")
_LONGEST_KNOWN = 120
_NOTHING: tuple[list[int], str, bytes, bool, bool] = ([], "", b"", False, False)
_STEP = 2000


_RARE = 255
_ENOUGH = 1 << 21
"""Letters by which the common ones are known, and letters that are looked at together."""


class _Lookup(NamedTuple):
    """One byte for each letter (some more zeros behind them), where words and their parts begin, and their first letters."""

    codes: dict[str, int]
    letters: NDArray[np.uint8]
    begins: NDArray[Any]
    first: NDArray[np.uint8]


@dataclass(frozen=True)
class WordIndex:
    """Sentences, folded and counted.

    Attributes
    ----------
    compact : str
        All sentences without spaces and half-spaces, each ended by a line break.
    edges : ndarray of uint8, shape (len(compact),)
        1 where a word, a half-spaced part of one or a sentence's end begins.
    begins : ndarray of int64, shape (sentences + 1,)
        Where each sentence begins in `compact`.
    types : list of str
        The distinct words, in normal form.
    tokens : ndarray of int32
        Type of every word, in reading order.
    first : ndarray of int64, shape (sentences + 1,)
        Where each sentence begins in `tokens`.
    """

    compact: str
    edges: NDArray[np.uint8]
    begins: Positions
    types: list[str]
    tokens: NDArray[np.int32]
    first: Positions

    @classmethod
    def of(cls, sentences: Iterable[str], on_progress: Callable[[int], bool] | None = None) -> WordIndex | None:
        """Index sentences.

        Parameters
        ----------
        sentences : iterable of str
        on_progress : callable, optional
            Called now and then with the number done; indexing is given up, and None returned, when it gives False.
        """
        known: dict[str, tuple[list[int], str, bytes, bool, bool]] = {}
        by_key: dict[str, int] = {}
        types: list[str] = []

        def made(raw: str) -> tuple[list[int], str, bytes, bool, bool]:
            chunk = _chunk(raw)
            kinds = []
            for word, key in chunk.words:
                kind = by_key.setdefault(key, len(types))
                if kind == len(types):
                    types.append(word)
                kinds.append(kind)
            known[raw] = entry = (kinds, chunk.key, chunk.marks, chunk.leads, chunk.follows)
            return entry

        pieces, edges, ids, begins, first = list[str](), list[bytes](), list[int](), [0], [0]
        length = 0
        for number, sentence in enumerate(sentences, 1):
            # The same chunks as `_chunks` gives, in one pass: this loop meets every word of a corpus.
            text, held = "", _NOTHING
            for raw in sentence.split():
                entry = known.get(raw) or made(raw)
                if (held[3] or (entry[4] and text)) and len(text) < _LONGEST_KNOWN:
                    text = f"{text} {raw}"
                    held = known.get(text) or made(text)
                    continue
                ids += held[0]
                pieces.append(held[1])
                edges.append(held[2])
                length += len(held[1])
                text, held = raw, entry
            ids += held[0]
            pieces += (held[1], _END)
            edges += (held[2], b"\x01")
            length += len(held[1]) + 1
            begins.append(length)
            first.append(len(ids))
            if on_progress is not None and number % _STEP == 0 and not on_progress(number):
                return None
        index = cls(
            "".join(pieces),
            np.frombuffer(b"".join(edges), dtype=np.uint8),
            np.array(begins, dtype=np.int64),
            types,
            np.array(ids, dtype=np.int32),
            np.array(first, dtype=np.int64),
        )
        index._lookup, index.postings  # noqa: B018 - made now, in the background, and not at the first question
        return index

    def __len__(self) -> int:
        return len(self.begins) - 1

    def holding(self, query: str) -> NDArray[np.bool_]:
        """Return which sentences hold a query.

        Raises
        ------
        QueryError
            As in `parse_query`.
        """
        return parse_query(query).holds(self._find)

    def _find(self, part: Phrase | Near) -> NDArray[np.bool_]:
        held = np.zeros(len(self), dtype=bool)
        if isinstance(part, Phrase):
            held[self._sentence(self._places(part))] = True
            return held
        # Which word of all begins at each letter; made for the occasion, as it is four times the size of the text.
        word = np.cumsum(self.edges, dtype=np.int32)
        starts = [self._places(phrase) for phrase in part.phrases]
        lasts = [at + len(phrase.letters) - 1 for phrase, at in zip(part.phrases, starts, strict=True)]
        for first, (start, last) in enumerate(zip(starts, lasts, strict=True)):
            sentence, near = self._sentence(start), np.ones(len(start), dtype=bool)
            for other in starts[:first] + starts[first + 1 :]:
                if not len(other):
                    return held
                at = np.searchsorted(other, start)
                following = other[np.minimum(at, len(other) - 1)]
                near &= (at < len(other)) & (self._sentence(following) == sentence)
                near &= word[following] - word[last] - 1 <= part.distance
            held[sentence[near]] = True
        return held

    @cached_property
    def _lookup(self) -> _Lookup:
        """The letters once more, for questions: made when the index is, so that the first question does not wait."""
        common = Counter(self.compact[:_ENOUGH]).most_common(_RARE - 1)
        codes = {letter: code for code, (letter, _) in enumerate(common, 1)}
        table = np.full(sys.maxunicode + 1, _RARE, dtype=np.uint8)
        table[[ord(letter) for letter in codes]] = list(codes.values())
        letters = np.zeros(len(self.compact) + LONGEST_PHRASE, dtype=np.uint8)
        # Piece by piece: the raw code points take four times the room.
        for start in range(0, len(self.compact), _ENOUGH):
            points = np.frombuffer(self.compact[start : start + _ENOUGH].encode("utf-32-le"), dtype=np.uint32)
            letters[start : start + len(points)] = table[points]
        begins = np.flatnonzero(self.edges).astype(np.int32 if len(self.edges) < 2**31 else np.int64)
        return _Lookup(codes, letters, begins, letters[begins])

    def _places(self, phrase: Phrase) -> Positions:
        """Where a phrase starts, letter by letter over the places at which words begin: common words cost no more than rare ones."""
        known = self._lookup
        codes = [known.codes.get(letter, _RARE) for letter in phrase.letters]
        at = known.begins[known.first == codes[0]]
        for step, code in enumerate(codes[1:], 1):
            at = at[known.letters[at + step] == code]
        if not phrase.is_prefix:
            at = at[self.edges[at + len(codes)] == 1]
        if _RARE in codes:  # several letters share that code
            at = at[[self.compact.startswith(phrase.letters, place) for place in at.tolist()]]
        return np.asarray(at, dtype=np.int64)

    def _sentence(self, places: Positions) -> Positions:
        """The sentences that hold letters of `compact`."""
        return np.asarray(np.searchsorted(self.begins, places, side="right") - 1, dtype=np.int64)

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """How often each type stands in all sentences."""
        return np.bincount(self.tokens, minlength=len(self.types))

    @cached_property
    def long(self) -> NDArray[np.bool_]:
        """Which types have more than one letter."""
        return np.array([len(word) > 1 for word in self.types], dtype=bool)

    @cached_property
    def sentence_totals(self) -> NDArray[np.int64]:
        """In how many sentences each type stands."""
        return self.sentence_counts(np.ones(len(self), dtype=bool))

    def sentence_counts(self, sentences: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return in how many of some sentences each type stands."""
        sentence = np.repeat(np.arange(len(self)), np.diff(self.first))
        inside = sentences[sentence]
        cells = np.unique(sentence[inside] * np.int64(len(self.types)) + self.tokens[inside])
        return np.bincount(cells % max(1, len(self.types)), minlength=len(self.types))

    @cached_property
    def postings(self) -> NDArray[np.int32]:
        """The sentence of every word, by type and then in reading order; `starts` tells where each type begins."""
        sentence = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.first))
        return sentence[np.argsort(self.tokens, kind="stable")]

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each type begins in `postings`, and where the last ends."""
        return np.concatenate([[0], np.cumsum(self.totals)]).astype(np.int64)

    def counts(self, sentences: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how often each type stands in some of the sentences."""
        if sentences.all():
            return self.totals.copy()
        if not len(self.postings):
            return np.zeros(len(self.types), dtype=np.int64)
        return np.add.reduceat(sentences[self.postings], self.starts[:-1], dtype=np.int64)

    def table(
        self, wanted: NDArray[np.int64], parts: NDArray[np.int32], sentences: NDArray[np.bool_], number: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Count some types in each part of some sentences.

        Parameters
        ----------
        wanted : ndarray of int
            Types.
        parts : ndarray of int32, shape (sentences,)
            The part, such as an article, that each sentence belongs to.
        sentences : ndarray of bool, shape (sentences,)
        number : int
            Number of parts.

        Returns
        -------
        counts : ndarray of int, shape (types wanted, parts)
        sizes : ndarray of int, shape (parts,)
        """
        counts = np.zeros((len(wanted), number), dtype=np.int64)
        for row, kind in enumerate(wanted):
            held = self.postings[self.starts[kind] : self.starts[kind + 1]]
            counts[row] = np.bincount(parts[held[sentences[held]]], minlength=number)
        lengths = np.diff(self.first)[sentences]
        return counts, np.bincount(parts[sentences], weights=lengths, minlength=number).astype(np.int64)


def locate(text: str, query: str | Query) -> list[tuple[int, int]]:
    """Return the offsets in a raw text at which the phrases of a query stand, in order and without overlap."""
    places = [(match.start(), match.end()) for match in _PIECE.finditer(text)]
    pieces, marks, origin, at = list[str](), list[bytes](), list[tuple[int, int]](), 0
    for raw in _chunks([text[start:end] for start, end in places]):
        count = raw.count(" ") + 1
        start, end = places[at][0], places[at + count - 1][1]
        at += count
        for token in tokens(text[start:end]):
            key, edges = _folded(token.text)
            pieces.append(key)
            marks.append(edges)
            origin += [(start + token.start, start + token.end)] * len(key)
    compact = "".join(pieces) + _END
    edges_ = np.frombuffer(b"".join([*marks, b"\x01"]), dtype=np.uint8)
    parsed = parse_query(query) if isinstance(query, str) else query
    spans = sorted(
        (origin[at][0], origin[at + len(phrase.letters) - 1][1])
        for phrase in parsed.phrases
        for at in _starts(phrase, compact, edges_)
    )
    return list(_apart(spans))


def _starts(phrase: Phrase, compact: str, edges: NDArray[np.uint8]) -> Positions:
    """Where a phrase starts in a folded string."""
    found: list[int] = []
    at = compact.find(phrase.letters)
    while at >= 0:
        found.append(at)
        at = compact.find(phrase.letters, at + 1)
    starts: Positions = np.array(found, dtype=np.int64)
    starts = starts[edges[starts] == 1]
    if not phrase.is_prefix:
        starts = starts[edges[starts + len(phrase.letters)] == 1]
    return starts


class _Chunk(NamedTuple):
    """What stands between two spaces: its words with their keys, its folded text, and whether a space beside it binds."""

    words: tuple[tuple[str, str], ...]
    key: str
    marks: bytes
    leads: bool
    follows: bool


def _chunk(raw: str) -> _Chunk:
    return _known_chunk(raw) if len(raw) <= _LONGEST_KNOWN else _known_chunk.__wrapped__(raw)


@lru_cache(maxsize=1 << 18)
def _known_chunk(raw: str) -> _Chunk:
    found = tokens(raw)
    folded = [_folded(token.text) for token in found]
    words = tuple(
        (token.text, key) for token, (key, _) in zip(found, folded, strict=True) if any(map(str.isalpha, key))
    )
    return _Chunk(
        words,
        "".join(key for key, _ in folded),
        b"".join(marks for _, marks in folded),
        bool(found and found[-1].form.leads),
        bool(found and found[0].form.follows),
    )


def _chunks(pieces: Iterable[str]) -> list[str]:
    """Pieces between spaces, those brought together whose space may stand for a half-space ('می رود')."""
    made: list[str] = []
    leads = False
    for raw in pieces:
        chunk = _chunk(raw)
        if made and (leads or chunk.follows) and len(made[-1]) < _LONGEST_KNOWN:
            made[-1] = f"{made[-1]} {raw}"
            leads = _chunk(made[-1]).leads
        else:
            made.append(raw)
            leads = chunk.leads
    return made


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = -1
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def _folded(text: str) -> tuple[str, bytes]:
    """The key of a token in normal form, and where its parts begin."""
    parts = words(text)
    return "".join(parts), b"".join(b"\x01" + b"\x00" * (len(part) - 1) for part in parts)


def sentence_keys(article: NDArray[Any], start: NDArray[Any]) -> Positions:
    """Return a number for each sentence out of its article's position and its offset, in reading order."""
    return article.astype(np.int64) << 32 | start.astype(np.int64)


def sentence_numbers(article: NDArray[Any], start: NDArray[Any]) -> tuple[Positions, Positions]:
    """Number the distinct sentences behind rows; return the first row of each, and each row's sentence."""
    keys = sentence_keys(article, start)
    _, rows, numbers = np.unique(keys, return_index=True, return_inverse=True)
    return rows.astype(np.int64), numbers.astype(np.int64)
