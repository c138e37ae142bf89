"""Bytes to text: UTF-8, UTF-16 and Windows-1256, told apart by what they must look like."""

from __future__ import annotations

import codecs
import re

_PERSIAN = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> str:
    """Decode the bytes of a text file, code point for code point (line ends stay as they are).

    Raises
    ------
    ValueError
        No encoding fits: the message says which were tried.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _windows_1256(data)
    if len(_CONTROLS.findall(text[:4096])) > len(text[:4096]) / 50:
        raise ValueError("not text: it holds control characters")
    return text


def _windows_1256(data: bytes) -> str:
    text = data.decode("cp1256", errors="replace")
    letters = len(_PERSIAN.findall(text))
    if "\ufffd" in text or _CONTROLS.search(text) or letters < len(text) / 3:
        raise ValueError("not text in UTF-8, UTF-16 with its mark, or Windows-1256")
    return text
