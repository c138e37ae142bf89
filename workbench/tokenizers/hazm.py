"""hazm's word tokenizer, its words found again in the raw text so that they have offsets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.text import normalize


@dataclass(frozen=True, slots=True)
class HazmToken:
    """A word as hazm cuts it, with offsets into the raw text."""

    start: int
    end: int
    text: str
    lemma: str


@cache
def _tools() -> tuple[Any, Any]:
    import hazm  # two seconds that only its users pay

    # Joined verb parts would lose a final auxiliary ('کتاب خواهد').
    return hazm.WordTokenizer(join_verb_parts=False), hazm.Lemmatizer()


def tokenize(text: str) -> list[HazmToken]:
    """Cut a raw text as hazm does, after the workbench's normal form; a word that it changed beyond finding is left out."""
    words, lemmas = _tools()
    normal = normalize(text)
    found, at = [], 0
    for word in words.tokenize(normal.text):
        start = normal.text.find(word, at)
        if start < 0 or not word.strip():
            continue
        at = start + len(word)
        found.append(HazmToken(normal.origin[start], normal.origin[at - 1] + 1, word, lemmas.lemmatize(word)))
    return found
