"""Words to pieces of the model's vocabulary: the likeliest cut under a unigram model, worked out once per word.

References
----------
Kudo (2018), Subword Regularization: Improving Neural Network Translation Models with Multiple Subword Candidates, ACL.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.transformer.packed import Packed

_PART = re.compile(" ?[^ ]+")
_SPACE = "\u2581"


class Word(NamedTuple):
    """A word as the model reads it: normalised text, and whether a space stands before it."""

    text: str
    spaced: bool


class Cut(NamedTuple):
    """A sentence in pieces: their numbers, and for each the index of its word (-1 for the marks around the sentence)."""

    pieces: NDArray[np.int64]
    words: NDArray[np.int64]


def belonging(owners: NDArray[np.int64], words: Collection[int]) -> NDArray[np.bool_]:
    """Which pieces, given the word that each is of, are of some words; the marks around the sentence are of none."""
    marked = np.zeros(max(int(owners.max()), *words, 0) + 2, dtype=bool)
    marked[list(words)] = True
    found: NDArray[np.bool_] = marked[owners]  # the last place stands for no word
    return found


def means(
    owners: NDArray[np.int64], states: NDArray[np.floating[Any]], views: Sequence[Collection[int]]
) -> NDArray[np.float32]:
    """Mean state of the pieces of the words of each view; of all pieces where it has none."""
    rows = [belonging(owners, view) for view in views]
    return np.array([(states[row] if row.any() else states).mean(axis=0, dtype=np.float32) for row in rows])


class Cutter:
    """Cut sentences into pieces.

    Parameters
    ----------
    model : Packed
    """

    def __init__(self, model: Packed) -> None:
        self._model = model
        self._known: dict[Word, tuple[int, ...]] = {}

    def __call__(self, words: Sequence[Word]) -> Cut:
        """Cut a sentence; what goes beyond the model's longest text is left out."""
        pieces = [self._model.first]
        owners = [-1]
        for index, word in enumerate(words):
            own = self._word(word)
            if len(pieces) + len(own) >= self._model.shape.longest:
                break
            pieces += own
            owners += [index] * len(own)
        return Cut(np.array([*pieces, self._model.last]), np.array([*owners, -1]))

    def _word(self, word: Word) -> tuple[int, ...]:
        found = self._known.get(word)
        if found is None:
            text = (" " if word.spaced else "") + word.text.translate(self._model.normal)
            found = tuple(piece for part in _PART.findall(text) for piece in self._best(part.replace(" ", _SPACE)))
            if len(self._known) < 1 << 19:
                self._known[word] = found
        return found

    def _best(self, text: str) -> list[int]:
        model = self._model
        letters = text.encode("utf8")
        edges = [0]
        for letter in text:
            edges.append(edges[-1] + len(letter.encode("utf8")))
        best = [(0.0, 0, 0)] + [(-np.inf, 0, 0)] * len(text)
        for start in range(len(text)):
            score = best[start][0]
            for end in range(start + 1, len(text) + 1):
                if edges[end] - edges[start] > model.longest_piece:
                    break
                piece = model.pieces.get(letters[edges[start] : edges[end]])
                if piece is not None and piece[0] != model.unknown and score + piece[1] > best[end][0]:
                    best[end] = score + piece[1], piece[0], start
            if score + model.unknown_score > best[start + 1][0]:
                best[start + 1] = score + model.unknown_score, model.unknown, start
        found = []
        at = len(text)
        while at:
            _, chosen, at = best[at]
            found.append(chosen)
        return found[::-1]
