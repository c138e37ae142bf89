"""Phrases of the lexicon in a sentence, and where each stands to the target."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.types import Passage
from workbench.views import View

ZONES = ("beside", "near", "clause", "far")
WINDOW = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the lexicon in a sentence, whoever it is about, and how the target stands to it.

    Attributes
    ----------
    first, last : int
        Its words, as indices of the view.
    sign : int
        +1 where it speaks well of whomever it can be about, -1 where it speaks ill, 0 where it depends.
    strength : int
        1 to 3.
    kind : str
        ``act``, ``quality``, ``emotion`` or ``diplomacy``.
    places : tuple of str
        Places of frames in which the target stands to it (`PLACES` of the lexicon), in alphabetical order.
    is_anothers : bool
        Whether a state other than the target is named as the one who does it.
    is_negated, is_hypothetical : bool
    said : float
        What the rules count it for the target, 0 where nothing.
    """

    first: int
    last: int
    sign: int
    strength: int
    kind: str
    places: tuple[str, ...] = ()
    is_anothers: bool = False
    is_negated: bool = False
    is_hypothetical: bool = False
    said: float = 0.0


def speaker(passage: Passage, seen: View) -> str:
    """Return who speaks where the target is named: ``nobody``, ``target``, or the holder of the speech."""
    holder = seen.speech.holder if seen.speech is not None else "nobody"
    return "target" if holder == passage.target else holder


def is_own(seen: View, cue: Cue) -> bool:
    """Return whether no other state is nearer to the phrase than the target."""
    own, rival = (min((_gap(cue, index) for index in places), default=99) for places in (seen.target, seen.states))
    return own <= rival


def _gap(cue: Cue, index: int) -> int:
    return max(cue.first - index, index - cue.last, 0)


def zone(seen: View, cue: Cue) -> tuple[str, str]:
    """Return how near a phrase is to the target (one of `ZONES`), and on which side of it."""
    place = min(seen.target, key=lambda index: _gap(cue, index), default=0)
    gap = _gap(cue, place)
    side = "after" if cue.first > place else "before"
    if gap <= 2:
        return "beside", side
    if seen.clauses[cue.first] == seen.clauses[place]:
        return "near" if gap <= WINDOW + 1 else "clause", side
    return "far", side
