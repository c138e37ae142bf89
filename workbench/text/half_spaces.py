"""Half-spaces that typing or conversion has lost, put back.

A word that lost its half-spaces is looked up first: a conjugated verb, a listed compound, a listed word. What no list holds
is cut by a logistic regression over the gaps between its letters (letters around the gap, and whether the lists know what
stands left and right of it), trained by ``seeds/half_spaces/make.py`` on word lists and generated inflections.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

from msgspec import Struct

from workbench.seeds import seed_path
from workbench.text import lexicon
from workbench.text.characters import ZWNJ
from workbench.text.habits import Habit

SUFFIXES = frozenset(
    """ها های هایی هایم هایت هایش هایمان هایتان هایشان هایند هاست تر ترین تری ترها ترهای ام ات اش ای ایم اید اند""".split()
)
# These never join the letter after them, so that a plural or comparative ending needs no half-space and is written none.
NON_JOINING = frozenset("اآدذرزژو")
_UNMARKED = ("ها", "تر")
_CONTEXT = 5
_LONGEST = 48  # no word is longer; what is was not typed to be read
_CUT = 0.6  # a cut through a name or a foreign word does more harm than one that is missed
_HARDLY = 3.0  # log-odds of one cut in twenty
# Below this frequency the word list holds as many misspellings as words.
_COMMON = 1000
_FREQUENT = 100_000
# Log-odds that a word in -های is the singular in -ه, by the kind of `lexicon.singulars`.
_LEAN = {"": 4.0, "both": -0.5}
# Their comparatives are single words: بهتر, بیشتر, کمتر, مهتر, کهتر.
_FUSED = frozenset(["به", "بیش", "کم", "مه", "که"])
_COPULAS = frozenset(["ام", "ات", "اش", "ایم", "اید", "اند"])
_PRONOUNS = ("شان", "مان", "تان")
_SHORT = ("ش", "م", "ی", "یی", "یم", "ند", "ان", "مین")
_ENDINGS = (*sorted(SUFFIXES - {"ای", "ترها", "ترهای"}, key=len, reverse=True), *_SHORT, *_PRONOUNS)
# These end no other words, so that they are cut off whatever stands before them.
_SURE = ("هایشان", "هایمان", "هایی", "هایش", "ترین", "های", "ها")
# The endings by their last letter, so that few are tried.
_ENDINGS_BY_LETTER = {
    letter: tuple(ending for ending in _ENDINGS if ending[-1] == letter)
    for letter in {ending[-1] for ending in _ENDINGS}
}
_SIGNS = ("می", "نمی")


class Restored(Struct, frozen=True, gc=False):
    """A spelling with its half-spaces.

    Attributes
    ----------
    text : str
    confidence : float
        Probability that the spelling is right.
    rival : str or None
        A second reading of the same letters, for the neighbours to decide (see `workbench.text.readings`).
    lean : float
        Log-odds of the rival, from the spelling alone.
    kept : bool
        Whether it stays as it is for the habit of the text alone.
    """

    text: str
    confidence: float
    rival: str | None = None
    lean: float = 0.0
    kept: bool = False


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
        self._left = _grown({key[::-1]: weight for key, weight in left.items()})
        self._right = _grown(right)
        self._pairs = {key[5:]: weight for key, weight in other.items() if key.startswith("pair ")}
        self._fours = {key[5:]: weight for key, weight in other.items() if key.startswith("four ")}
        ranks, lengths = range(5), range(6)
        self._known = [[[bias + other.get(_known(a, b, c), 0.0) for c in ranks] for b in ranks] for a in ranks]
        lengthy = [[other.get(_lengths(a, b), 0.0) for b in lengths] for a in lengths]
        self._lengths = [[lengthy[min(5, gap)][min(5, n - gap)] for gap in range(1, n)] for n in range(_LONGEST + 1)]
        self._verbal = [other.get(_verbal(rank_left), 0.0) for rank_left in ranks]
        self._other = other
        most = max(weight for table in self._known for row in table for weight in row) + max(self._verbal)
        self.hopeless = -_HARDLY - most
        """Where the letters say less than this, no list makes up for it; but an ending may."""

    def log_odds(self, word: str, gap: int, ranks: tuple[int, int, int]) -> float:
        """Log-odds of a half-space before letter `gap` of `word` (`ranks` as in `gap_features`, of whose features this is the sum)."""
        return self.by_letters(word)[gap - 1] + self.by_lists(word, gap, ranks)

    def by_letters(self, word: str) -> list[float]:
        """Weigh the letters around each gap of a word."""
        marked = f"^{word}$"
        letters = list(marked)
        pairs, fours = self._pairs.get, self._fours.get
        found = []
        for gap, odds in enumerate(self._lengths[len(word)], 1):
            odds += pairs(marked[gap : gap + 2], 0.0) + fours(marked[gap - 1 : gap + 3], 0.0)
            run = self._left
            for at in range(gap, -1, -1):
                longer = run.get(letters[at])
                if longer is None:
                    break
                run = longer
            odds += run[""]
            run = self._right
            for at in range(gap + 1, len(letters)):
                longer = run.get(letters[at])
                if longer is None:
                    break
                run = longer
            found.append(odds + run[""])
        return found

    def by_lists(self, word: str, gap: int, ranks: tuple[int, int, int]) -> float:
        """Weigh what the lists say of both sides of a gap, the bias included."""
        tail = word[gap:]
        rank_left, rank_right, rank_whole = ranks
        odds = self._known[rank_left][rank_right][rank_whole]
        if tail in SUFFIXES:
            odds += sum(self._other.get(name, 0.0) for name in _suffix(tail, rank_left, word[gap - 1]))
        if tail in lexicon.verb_forms() or tail in lexicon.agents():
            odds += self._verbal[rank_left]
        return odds


def _grown(weights: dict[str, float]) -> dict[str, Any]:
    """Grow a tree of runs of letters: each run leads to those that are a letter longer, and to the sum of all that it opens with."""
    root: dict[str, Any] = {"": 0.0}
    for key in sorted(weights, key=len):
        run = root
        for end, letter in enumerate(key, 1):
            if letter not in run:
                run[letter] = {"": run[""] + weights.get(key[:end], 0.0)}
            run = run[letter]
    return root


def _known(left: int, right: int, whole: int) -> str:
    return f"known {left}{right}{whole}"


def _lengths(left: int, right: int) -> str:
    return f"lengths {left}{right}"


def _verbal(left: int) -> str:
    return f"verbal tail {left}"


def gap_features(word: str, gap: int, ranks: tuple[int, int, int]) -> tuple[list[str], list[str], list[str]]:
    """Features of the gap before letter `gap`: letters left, letters right, and what the lists say.

    Parameters
    ----------
    word : str
        Without half-spaces.
    gap : int
        1 to ``len(word) - 1``.
    ranks : tuple of int
        How common what stands left, what stands right and the whole word are (see `rank`); training withholds the last at random
        so that the model copes with unlisted words.
    """
    marked = f"^{word}$"
    at = gap + 1
    left = [marked[start:at] for start in range(gap, max(-1, gap - _CONTEXT), -1)]
    right = [marked[at:end] for end in range(at + 1, min(at + _CONTEXT + 1, len(marked)) + 1)]
    tail = word[gap:]
    rank_left, rank_right, rank_whole = ranks
    other = [
        _known(rank_left, rank_right, rank_whole),
        f"pair {marked[gap : gap + 2]}",
        f"four {marked[gap - 1 : gap + 3]}",
        _lengths(min(5, gap), min(5, len(tail))),
    ]
    if tail in SUFFIXES:
        other += _suffix(tail, rank_left, word[gap - 1])
    if tail in lexicon.verb_forms() or tail in lexicon.agents():
        other.append(_verbal(rank_left))
    return left, right, other


def _suffix(tail: str, rank_left: int, letter: str) -> list[str]:
    return [f"suffix {tail} {rank_left}", f"suffix {tail} {letter}"]


def rank(word: str) -> int:
    """How common a spelling is in the lists: 0 unlisted, 1 rare, up to 4."""
    frequency = lexicon.words().get(word)
    if frequency is None:
        return 3 if word in lexicon.joined() else 0
    return 1 if frequency < _COMMON else 2 if frequency < 100_000 else 3 if frequency < 3_000_000 else 4


def is_part(word: str) -> bool:
    """Whether a stretch of letters is part of words by any list."""
    return word in lexicon.second_parts() or word in lexicon.agents()


@cache
def gap_model() -> GapModel:
    """Return the shipped regression."""
    row = json.loads(seed_path("half_spaces", "model.json").read_text("utf8"))
    return GapModel(row["bias"][""], row["left"], row["right"], row["other"])


def restore(word: str, habit: Habit = Habit.PLAIN) -> Restored:
    """Put half-spaces into one word written without any.

    Parameters
    ----------
    word : str
        In normal form. A word that holds a half-space already is left alone: its writer has decided.
    habit : Habit, default Habit.PLAIN
        Where half-spaces are typed, only verbs and endings are mended and compounds stay as they are; so do those where spaces are
        typed for half-spaces, if the one word is a spelling in use (همزمان): its writer would have typed a space.
    """
    if not 2 < len(word) <= _LONGEST or ZWNJ in word:
        return Restored(word, 1.0)
    words = lexicon.words()
    frequency = words.get(word)
    keeps = habit is Habit.MARKED or (habit is Habit.SPACED and frequency is not None)
    listed = lexicon.listed().get(word)
    if listed is not None and (listed == word or not keeps):
        return Restored(listed, 0.99)
    found = _verb(word, frequency) or _kept(word, frequency)
    if found is None and frequency is None and word in lexicon.led():
        found = Restored(word, 0.9)  # the 'کوپتر' of 'هلی کوپتر' has no ending
    inflected = found is None and (found := _inflected(word, habit)) is not None
    if found is None and not keeps:
        compound = lexicon.joined().get(word)
        if compound is not None and (frequency is None or words[compound] >= _FREQUENT):
            found = Restored(compound, 0.95)
        elif frequency is None and word not in lexicon.verb_forms():
            found = _parted(word)
    found = found or Restored(word, 0.9)
    if habit is Habit.SPACED and found.text == word and found.rival is None:
        # It may be a compound elsewhere, or its stem may.
        return Restored(word, found.confidence, kept=inflected or listed is not None or word in lexicon.joined())
    return found


def _verb(word: str, frequency: int | None) -> Restored | None:
    """A conjugated verb: the sign of the present is cut off whatever else the letters may mean."""
    if frequency and not word.startswith(_SIGNS):
        return None
    spelling = lexicon.verb_forms().get(word)
    if spelling is None or ZWNJ not in spelling[0]:
        return None
    if word.endswith("های") and lexicon.words().get(word[:-3]):  # نهادهای: institutions, not 'you have laid'
        return None
    if word[-1] == "ی" and lexicon.words().get(word[:-1], 0) >= _COMMON:  # میدانی: of the field, not 'you know'
        return None
    return Restored(spelling[0], 0.98)


def _kept(word: str, frequency: int | None) -> Restored | None:
    """A word in use that the lists write whole; of two spellings of a compound the glued one is the older and safer."""
    if word.startswith("بیا") and f"بی{word[3:]}" in lexicon.verb_forms():  # بیاندازد, as many write بیندازد
        return Restored(word, 0.9)
    if not frequency and not (word[-1] == "ی" and word[-2] in "او" and lexicon.words().get(word[:-1])):
        return None  # but انتهای is انتها
    return Restored(word, 0.95 if word not in lexicon.joined() else 0.8)


def _inflected(word: str, habit: Habit) -> Restored | None:
    """Take one ending off a stem that is known; a stem in -ه makes a second reading of ‌های (see `readings`)."""
    for ending in _ENDINGS_BY_LETTER.get(word[-1], ()):
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: -len(ending)]
        if ending[:2] in _UNMARKED and not _takes(ending, stem):
            continue
        sign = _before(ending, stem)
        spelling = None if sign is None else _stem(stem, habit)
        if spelling is None:
            continue
        found = f"{spelling}{sign}{ending}"
        return (
            _with_rival(found, stem, spelling)
            if ending == "های" and habit is not Habit.MARKED
            else Restored(found, 0.95)
        )
    if word.endswith("های") and habit is not Habit.MARKED and (singular := _stem(word[:-2], habit)) is not None:
        return Restored(f"{singular}{ZWNJ}ای", 0.95)
    return None


# Words in -وه whose last letter is heard, unlike that of قهوه.
_HEARD = frozenset(["کوه", "گروه", "انبوه", "شکوه", "ستوه", "نستوه", "اندوه", "پژوه"])


def is_silent(word: str) -> bool:
    """Whether a word ends in a silent -ه, so that endings are parted from it by a half-space."""
    return word.endswith("ه") and not word.endswith("اه") and word.rpartition(ZWNJ)[2] not in _HEARD


def _before(ending: str, stem: str) -> str | None:
    """What stands between a stem and an ending: a half-space, nothing, or None where the two do not go together."""
    silent = is_silent(stem)
    if ending in _COPULAS:
        return ZWNJ if (silent and len(stem) > 2) or (stem[-1] == "ی" and ending in {"ام", "ات", "اش"}) else None
    if ending in _PRONOUNS:
        return ZWNJ if silent or (stem[-1] == "ی" and stem[-2] not in "او") else ""
    if ending in _SHORT:
        return "" if len(stem) > 2 else None
    return "" if stem[-1] in NON_JOINING and ending.startswith(_UNMARKED) else ZWNJ


def _takes(ending: str, stem: str) -> bool:
    """Whether a plural or comparative ending is one here, and no part of a longer word: تنهایی, دختری, انتهایش, رویتر."""
    words = lexicon.words()
    own = words.get(stem, 0)
    longer = words.get(stem + ending[:2], 0)
    if longer >= _COMMON and longer > own:
        return ending == "ها"
    if ending.startswith("تر"):
        gradable = stem in lexicon.adjectives() or stem in lexicon.listed() or (stem[-1] in "یه" and own >= _COMMON)
        return gradable and stem not in _FUSED
    return True


def _stem(stem: str, habit: Habit) -> str | None:
    """Spelling of a stem that the lists know: a word, a compound, or an adjective or noun in -ی of one."""
    frequency = lexicon.words().get(stem)
    own = lexicon.own() if habit is not Habit.MARKED else {}
    if stem in own and (frequency is None or habit is Habit.PLAIN):
        return own[stem]
    if frequency or stem in lexicon.whole():
        return stem
    compound = None if habit is Habit.MARKED else lexicon.joined().get(stem)
    if compound is not None and (frequency is None or habit is Habit.PLAIN):
        return compound
    if stem.endswith(("تر", "ترین")) and (found := _inflected(stem, habit)) is not None:
        return found.text
    if frequency is not None:
        return stem
    if stem.endswith("ی") and len(stem) > 3:
        base = stem[:-1]
        known = lexicon.words().get(base)
        compound = own.get(base) or (lexicon.joined().get(base) if habit is not Habit.MARKED else None)
        if compound is not None and (known is None or habit is Habit.PLAIN):
            return compound + "ی"
        return stem if known or (compound is not None and known is not None) else None
    return None


def _with_rival(plural: str, stem: str, spelling: str) -> Restored:
    """Weigh 'خان‌های' against 'خانه‌ای' where a noun in -ه is known."""
    other = f"{stem}ه"
    words = lexicon.words()
    kind = lexicon.singulars().get(other)
    if kind is None and words.get(other) and not words.get(stem):
        kind = ""  # the stem alone is no word in use: رایانه‌ای
    if kind is None:
        return Restored(plural, 0.95)
    return Restored(plural, 0.7, f"{spelling}ه{ZWNJ}ای", _LEAN[kind])


def _parted(word: str) -> Restored:
    """What no list knows: endings that stand nowhere else come off first, the rest is for the model."""
    if word.endswith(_SURE):
        for ending in _SURE:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) > 2 and stem[-1] not in NON_JOINING:
                rest = _cut(stem, gap_model())
                return Restored(f"{rest.text}{ZWNJ}{ending}", rest.confidence)
    return _cut(word, gap_model())


def _cut(word: str, model: GapModel) -> Restored:
    pieces, start, confidence = [], 0, 1.0
    whole = rank(word)
    for gap, letters in enumerate(model.by_letters(word), 1):
        tail = word[gap:]
        ends = tail in SUFFIXES
        if letters < model.hopeless and not ends:
            continue  # looking words up in long lists costs more than weighing letters
        if ends and word[gap - 1] in NON_JOINING and tail.startswith(_UNMARKED):
            continue
        head = word[:gap]
        ranks = rank(head), rank(tail), whole
        if not (ranks[0] or ranks[1] or ends or is_part(head) or is_part(tail)):
            continue  # neither half is anything: hardly ever a cut
        odds = letters + model.by_lists(word, gap, ranks)
        probability = 1 / (1 + math.exp(-odds)) if odds > -30 else 0.0
        confidence *= max(probability, 1 - probability)
        if probability > _CUT:
            pieces.append(word[start:gap])
            start = gap
    pieces.append(word[start:])
    return Restored(ZWNJ.join(pieces), confidence)
