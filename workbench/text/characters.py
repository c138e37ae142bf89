"""What single characters become: one table for the normal form, one for matching keys."""

from __future__ import annotations

import re
import unicodedata

ZWNJ = "\u200c"
TATWEEL = "\u0640"
DIACRITICS = "".join(map(chr, [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD), 0x06DF]))

# Marks of direction, joiners and leftovers of old encodings that stand inside words without being letters.
# U+009D and U+00AC are what half-spaces of Windows-1256 become when read as Latin; U+00AD was typed for one.
HALF_SPACES = ZWNJ + "\u009d\u00ac\u00ad"
INVISIBLE = (
    "\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2066\u2067\u2068\u2069\ufeff\u061c"
)

LINE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"

_LETTERS = {
    **dict.fromkeys("يىېۍےۑ", "ی"),
    **dict.fromkeys("كڪګڬڭ", "ک"),
    **dict.fromkeys("ةەۂۃہھۀ", "ه"),
    **dict.fromkeys("ٱإ", "ا"),
    **dict.fromkeys("ۆۇۈۋ", "و"),
    "٤": "۴",
}
_ARABIC_DIGITS = {chr(0x0660 + n): chr(0x06F0 + n) for n in range(10)}
_PRESENTATION = {
    chr(code): "".join(
        _LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFKC", chr(code)) if letter != " "
    )
    for code in [*range(0xFB50, 0xFDD0), *range(0xFDF0, 0xFE00), *range(0xFE70, 0xFEFF)]
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
_SPACES = dict.fromkeys(
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_QUOTES = {"“": "«", "„": "«", "‟": "«", "”": "»", "‹": "«", "›": "»"}

NORMAL: dict[int, str] = str.maketrans(
    {**_PRESENTATION, **_LETTERS, **_ARABIC_DIGITS, **_SPACES, **_QUOTES, **dict.fromkeys(HALF_SPACES, ZWNJ)}
)
"""Code point to what it becomes; `INVISIBLE`, `TATWEEL` and, by default, `DIACRITICS` are dropped besides."""

DROPPED = frozenset(INVISIBLE + TATWEEL)

_CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
_UNEQUAL = "".join(chr(code) for code, letters in NORMAL.items() if len(letters) != 1)
_LOST = _UNEQUAL + DIACRITICS + "".join(DROPPED) + HALF_SPACES.replace(ZWNJ, "") + LINE_BREAKS + _CONTROLS
CHANGES_LENGTH = re.compile(f"[{re.escape(_LOST)}]|{ZWNJ}{ZWNJ}|{ZWNJ}$|^{ZWNJ}").search
"""Whether normal form drops, doubles or parts anything in a piece; most need no more than `NORMAL`, letter by letter."""

_KEY = {
    **dict.fromkeys("أإٱآ", "ا"),
    "ؤ": "و",
    "ئ": "ی",
    **{chr(0x06F0 + n): str(n) for n in range(10)},
    ZWNJ: "",
    "ء": "",
}
KEY: dict[int, str] = str.maketrans(_KEY)
"""Normal form to matching key: hamza carriers, digits and half-spaces folded away."""
