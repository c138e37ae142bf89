"""Whose a speaker is: by a state that his noun phrase names, by his own name, by his office, by how people of a state are called.

The names are listed in `seeds/speech/speakers.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.errors import SeedError
from workbench.seeds import seed_path
from workbench.text import keys_of

OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Names:
    """Names, each as its keys written as one, to whose it is; and the letters that one of them may begin with."""

    whose: Mapping[str, str]
    openings: frozenset[str]

    @classmethod
    def of(cls, listed: Mapping[str, Sequence[str]]) -> _Names:
        whose = {"".join(keys_of(name)): code for code, names in listed.items() for name in names}
        return cls(whose, frozenset(name[:end] for name in whose for end in range(1, _OPENING + 1)))


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """Names and titles by matching key.

    Attributes
    ----------
    holder : names
        Proper names; the first in a phrase decides.
    apart : names
        What takes a speaker away from any state ('مقیم', 'اپوزیسیون').
    home : names
        Bodies and offices that are one state's where no other is named.
    towns : names
        Towns of a state.
    said : names
        Words that only people of a state say.
    given, surname : frozenset of str
        Names that people of the home state bear.
    endings : tuple of str
        How surnames of the home state end.
    people : str
        The home state.
    """

    holder: _Names
    apart: _Names
    home: _Names
    towns: _Names
    said: _Names
    given: frozenset[str]
    surname: frozenset[str]
    endings: tuple[str, ...]
    people: str


@cache
def speaker_words() -> SpeakerWords:
    """Read and index the file.

    Raises
    ------
    SeedError
        A list is missing.
    """
    path = seed_path("speech", "speakers.toml")
    try:
        row = tomllib.loads(path.read_text("utf8"))
        names = {table: _Names.of(row[table]) for table in ("holder", "apart", "home", "towns", "said")}
        persons = row["persons"]
        given, surname, endings = (
            [key for name in persons[kind] for key in keys_of(name)] for kind in ("given", "surname", "endings")
        )
        return SpeakerWords(
            **names,
            given=frozenset(given),
            surname=frozenset(surname),
            endings=tuple(endings),
            people=persons["state"],
        )
    except (KeyError, TypeError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise SeedError(f"{path.name}: expected holder, apart, home, towns, said and persons ({error})") from error


def whose(
    keys: Sequence[str], named: Sequence[tuple[int, str]], titles: Mapping[str, str], office: frozenset[str]
) -> str | None:
    """Return the state of a speaker, ``other``, or None where the phrase is nobody that speaks.

    Parameters
    ----------
    keys : sequence of str
        Of the noun phrase.
    named : sequence of (int, str)
        Place in it and code of each state that it names, in order.
    titles : mapping of str to str
        One word or two to the state whose title it is, and
    office : frozenset of str
        words for those who speak by an office (see `workbench.speech.SpeechWords`).
    """
    known = speaker_words()
    if _first(keys, known.apart) is not None:
        return OTHER
    found = _first(keys, known.holder)
    if named and (found is None or named[0][0] <= found[0]):
        return named[0][1]  # 'سفیر ایران در چین': of several states the first is the speaker's own
    if found is not None:
        return found[1]
    home = _first(keys, known.home)
    if home is not None:
        return home[1]
    found_titles = [titles.get(key) or titles.get(" ".join(keys[at : at + 2])) for at, key in enumerate(keys)]
    theirs = [code for code in found_titles if code is not None]
    if theirs:  # 'کمیسیون … کنگره': a title that many states have gives way
        return next((code for code in theirs if code != known.people), theirs[0])
    speaks = any(key in office for key in keys)
    town = _first(keys, known.towns) if speaks else None
    if town is not None:
        return town[1]
    return known.people if _is_of_the_people(keys, known) else OTHER if speaks else None


def is_foreign(keys: Sequence[str]) -> bool:
    """Whether a speaker is known by his own name as none of the home state."""
    found = _first(keys, speaker_words().holder)
    return found is not None and found[1] == OTHER


def is_apart(keys: Sequence[str]) -> bool:
    """Whether a speaker is called what takes him away from any state."""
    return _first(keys, speaker_words().apart) is not None


def speaks_of_home(keys: Sequence[str]) -> str | None:
    """Return the home state where the words are such as only its own people say ('کشورمان', 'دفاع مقدس'), else None."""
    known = speaker_words()
    return known.people if _first(keys, known.said) is not None else None


def _first(keys: Sequence[str], names: _Names) -> tuple[int, str] | None:
    """The first place where a listed name stands, and whose it is; the longest name there."""
    openings = [key[:_OPENING] for key in keys]
    if names.openings.isdisjoint(openings):
        return None
    for at, opening in enumerate(openings):
        if opening not in names.openings:
            continue
        name, found = "", None
        for part in keys[at : at + _LONGEST]:
            name += part
            found = names.whose.get(name, found)
        if found is not None:
            return at, found
    return None


_LONGEST, _OPENING = 4, 3


def _is_of_the_people(keys: Sequence[str], known: SpeakerWords) -> bool:
    """Whether a person's name is one of the home state's: 'حسینی‌کیا', 'سید محمود ابطحی', and no 'محمد البخیتی'."""
    if any(key.startswith(("ال", "ابو")) or key in _FOREIGN_PARTS for key in keys):
        return False
    words = [key for key in keys if key not in _HONOURS]
    if not words:
        return False
    if words[0] in known.given and len(words) > 1:
        return True
    if keys[0] in _ADDRESSED and len(words[0]) >= _SHORT and words[0].endswith("ی"):
        return True  # 'آقای سلطانی': foreigners whose names end so are listed
    return any(key in known.surname or (len(key) > _SHORT and key.endswith(known.endings)) for key in words[:_NAME])


_HONOURS = frozenset("سید اقای خانم دکتر مهندس شیخ حاج شهید استاد یک این".split())
_ADDRESSED = frozenset({"اقای", "خانم", "دکتر", "مهندس", "سردار", "امیر"})
_FOREIGN_PARTS = frozenset("بن عبدال دو ون فون دی مک".split())
_NAME, _SHORT = 3, 5
