"""Half-spaces that typing or conversion has lost, put back.

A word that lost its half-spaces is looked up first: a conjugated verb, a listed compound, a listed word. What no list holds
is cut by a logistic regression over the gaps between its letters (letters around the gap, and whether the lists know what
stands left and right of it), trained by ``seeds/half_spaces/make.py`` on word lists and generated inflections.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache

from workbench.seeds import seed_path
from workbench.text import lexicon
from workbench.text.characters import ZWNJ

SUFFIXES = frozenset(
    [
        "ها",
        "های",
        "هایی",
        "هایم",
        "هایت",
        "هایش",
        "هایمان",
        "هایتان",
        "هایشان",
        "هایند",
        "هاست",
        "تر",
        "ترین",
        "تری",
        "ترها",
        "ترهای",
        "ترین\u200cها",
        "ام",
        "ات",
        "اش",
        "ای",
        "ایم",
        "اید",
        "اند",
    ]
)
# These never join the letter after them, so that a plural or comparative ending needs no half-space and is written none.
NON_JOINING = frozenset("اآدذرزژو")
_UNMARKED = ("ها", "تر")
_CONTEXT = 5
# Below this frequency the word list holds as many misspellings as words.
_COMMON = 1000
_FREQUENT = 100_000
_COPULAS = frozenset(["ام", "ات", "اش", "ای", "ایم", "اید", "اند"])
_ENDINGS = (*sorted(SUFFIXES, key=len, reverse=True), *["شان", "مان", "تان", "ش", "م", "ی", "یی", "یم", "ند", "ان"])


@dataclass(frozen=True, slots=True)
class Restored:
    """A spelling with its half-spaces, and the probability that it is right."""

    text: str
    confidence: float


class GapModel:
    """The logistic regression: weights by feature, as `make.py` leaves them in ``model.json``.

    Parameters
    ----------
    bias : float
    left, right : dict of str to float
        Weights of the letters that end left, start right of a gap.
    other : dict of str to float
        Weights of what the lists say (see `gap_features`).
    """

    def __init__(self, bias: float, left: dict[str, float], right: dict[str, float], other: dict[str, float]) -> None:
        self.bias, self.left, self.right, self.other = bias, left, right, other

    def log_odds(self, word: str, gap: int) -> float:
        """Log-odds of a half-space before letter `gap` of `word`."""
        left, right, other = gap_features(word, gap)
        total = self.bias
        for feature in left:
            total += self.left.get(feature, 0.0)
        for feature in right:
            total += self.right.get(feature, 0.0)
        for feature in other:
            total += self.other.get(feature, 0.0)
        return total


def gap_features(word: str, gap: int, whole: int | None = None) -> tuple[list[str], list[str], list[str]]:
    """Features of the gap before letter `gap`: letters left, letters right, and what the lists say.

    Parameters
    ----------
    word : str
        Without half-spaces.
    gap : int
        1 to ``len(word) - 1``.
    whole : int, optional
        How common the whole word is; training withholds it at random so that the model copes with unlisted words.
    """
    marked = f"^{word}$"
    at = gap + 1
    left = [marked[max(0, at - n) : at] for n in range(1, _CONTEXT + 1) if n <= at]
    right = [marked[at : at + n] for n in range(1, _CONTEXT + 2) if at + n <= len(marked)]
    head, tail = word[:gap], word[gap:]
    a, b = rank(head), rank(tail)
    w = rank(word) if whole is None else whole
    other = [
        f"known {a} {b} {w}",
        f"pair {word[gap - 1]}{word[gap]}",
        f"four {word[max(0, gap - 2) : gap]}|{word[gap : gap + 2]}",
        f"lengths {min(gap, 5)} {min(len(tail), 5)}",
    ]
    if tail in SUFFIXES:
        other += [f"suffix {tail} {a}", f"suffix {tail} {word[gap - 1]}"]
    if tail in lexicon.verb_forms() or tail in lexicon.agents():
        other.append(f"verbal tail {a}")
    return left, right, other


def rank(word: str) -> int:
    """How common a spelling is in the lists: 0 unlisted, 1 rare, up to 4."""
    frequency = lexicon.words().get(word)
    if frequency is None:
        return 3 if word in lexicon.joined() else 0
    return 1 if frequency < _COMMON else 2 if frequency < 100_000 else 3 if frequency < 3_000_000 else 4


@cache
def _model() -> GapModel:
    row = json.loads(seed_path("half_spaces", "model.json").read_text("utf8"))
    return GapModel(row["bias"], row["left"], row["right"], row["other"])


def restore(word: str) -> Restored:
    """Put half-spaces into one word written without any.

    Parameters
    ----------
    word : str
        In normal form. A word that holds a half-space already is left alone: its writer has decided.
    """
    if len(word) < 3 or ZWNJ in word:
        return Restored(word, 1.0)
    return _looked_up(word) or _cut(word, _model())


def _looked_up(word: str) -> Restored | None:
    if word in lexicon.own():
        return Restored(lexicon.own()[word], 0.99)
    frequency = lexicon.words().get(word)
    verb = lexicon.verb_forms().get(word)
    if verb is not None and (ZWNJ not in verb[0] or not frequency or word.startswith(("می", "نمی"))):
        return Restored(verb[0], 0.98)
    compound = lexicon.joined().get(word)
    if compound is not None and frequency is not None:
        # Both spellings are listed: the glued one is the older and safer, unless the list gives it no use at all.
        separate = frequency == 0 and lexicon.words()[compound] >= _FREQUENT
        return Restored(compound if separate else word, 0.8)
    if compound is not None:
        return Restored(compound, 0.95)
    if frequency:
        return Restored(word, 0.99)
    return _inflected(word) or (Restored(word, 0.9) if frequency is not None else None)


def _inflected(word: str) -> Restored | None:
    """Take one ending off: of the stems that the lists know, the commonest one decides."""
    best: tuple[int, str] | None = None
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        marked = ending in SUFFIXES
        if marked and ending in _COPULAS and not stem.endswith(("ه", "ی")):
            continue
        spelling = _stem_spelling(stem)
        if spelling is None:
            continue
        # 'خانهای' is خانه‌ای or خان‌های: plurals are the commoner, so the other reading must be so much commoner itself.
        use = lexicon.words().get(spelling, 0) // (8 if ending in _COPULAS else 1)
        half_space = marked and not (stem[-1] in NON_JOINING and ending.startswith(_UNMARKED))
        if best is None or use > best[0]:
            best = (use, f"{spelling}{ZWNJ if half_space else ''}{ending}")
    return None if best is None else Restored(best[1], 0.9)


def _stem_spelling(stem: str) -> str | None:
    """Spelling of a stem that the lists know, as a word, a compound or an adjective in ی of one."""
    if stem in lexicon.joined() and stem not in lexicon.words():
        return lexicon.joined()[stem]
    if stem in lexicon.words():
        return stem
    base = stem[:-1]
    if stem.endswith("ی") and len(base) > 2:
        return lexicon.joined()[base] + "ی" if base in lexicon.joined() else stem if lexicon.words().get(base) else None
    return None


def _cut(word: str, model: GapModel) -> Restored:
    pieces, start, confidence = [], 0, 1.0
    for gap in range(1, len(word)):
        if word[gap - 1] in NON_JOINING and word.startswith(_UNMARKED, gap) and word[gap:] in SUFFIXES:
            continue
        odds = model.log_odds(word, gap)
        probability = 1 / (1 + math.exp(-odds)) if odds > -30 else 0.0
        confidence *= max(probability, 1 - probability)
        if probability > 0.5:
            pieces.append(word[start:gap])
            start = gap
    pieces.append(word[start:])
    return Restored(ZWNJ.join(pieces), confidence)
