"""The words of a text under their matching keys, fast: for an index and for comparing texts, where offsets are not needed.

A half-space parts words here, as a space does, so that 'می‌رود' and 'می رود' are the same two; what is glued in one text and
parted in another is brought together by whoever searches (`workbench.search`).
"""

from __future__ import annotations

import re

from workbench.text.characters import DIACRITICS, DROPPED, HALF_SPACES, KEY, NORMAL

_WORD = re.compile(r"[^\W_]+")


def _table() -> dict[int, str]:
    """Code point to its matching key, by way of the normal form."""
    table = {code: normal.translate(KEY) for code, normal in NORMAL.items()}
    table |= {code: key for code, key in KEY.items() if code not in NORMAL}
    table |= dict.fromkeys(map(ord, (*DIACRITICS, *DROPPED)), "")
    return table | dict.fromkeys(map(ord, HALF_SPACES), " ")


_KEYS = _table()

SPELLINGS: dict[str, str] = {}
"""Letter of a key to all raw letters that fold to it."""
for _code, _key in _KEYS.items():
    if len(_key) == 1 and not _key.isspace():
        SPELLINGS[_key] = SPELLINGS.get(_key, _key) + chr(_code)


def words(text: str) -> list[str]:
    """Return the words of a text in reading order, letter variants, digits, hamza and diacritics folded.

    >>> words("آمریکا می‌رود، ۲۰۲۴؛ كتابها")
    ['امریکا', 'می', 'رود', '2024', 'کتابها']
    """
    return _WORD.findall(text.translate(_KEYS).lower())
