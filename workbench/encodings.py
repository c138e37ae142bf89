"""Bytes to text: UTF-8, UTF-16 and Windows-1256, told apart by what they must look like."""

from __future__ import annotations

import codecs
import io
import re
from typing import Any, BinaryIO

_PERSIAN = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_NAMES = {"iso-8859-6": "cp1256", "windows-1256": "cp1256", "x-mac-farsi": "mac_farsi"}
_HEAD = 1 << 16
_MIXED = re.compile(
    "[\u0600-\u06ff][\u00c0-\u00ff]|[\u00c0-\u00ff][\u0600-\u06ff]"
)  # no word has letters of both scripts


def decode(data: bytes) -> str:
    """Decode the bytes of a text file, code point for code point (line ends stay as they are).

    Raises
    ------
    ValueError
        No encoding fits: the message says which were tried.
    """
    encoding = _marked(data)
    if encoding:
        text = data.decode(encoding)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _windows_1256(data)
    if len(_CONTROLS.findall(text[:4096])) > len(text[:4096]) / 50:
        raise ValueError("not text: it holds control characters")
    return text


def decode_page(data: bytes, declared: str | None = None) -> str:
    """Decode a web page: by its mark, as UTF-8 when it is that, else as it declares (`declared`: in the answer's head).

    Raises
    ------
    ValueError
        It is none of these and not Windows-1256 either.
    """
    if _marked(data):
        return decode(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = _DECLARED.search(data[:4096])
        name = (declared or (found[1].decode("ascii", "replace") if found else "")).strip().lower()
        name = _NAMES.get(name, name)
        if not name or name.replace("-", "") in {"utf8", "ascii", "usascii"}:
            name = "cp1256"
        try:
            text = data.decode(name, "replace")
        except LookupError:
            raise ValueError(f"an encoding that is not known: {name!r}") from error
        if text.count("\ufffd") > len(text) / 100:
            raise ValueError(f"not text in UTF-8 or {name}") from error
        return text


def open_text(stream: BinaryIO) -> io.TextIOWrapper:
    """Read a stream of bytes as text, its encoding told by its head; bytes that do not fit are found by `undecodable`.

    Raises
    ------
    ValueError
        The head is no text.
    """
    raw: Any = stream
    buffered = raw if hasattr(raw, "peek") else io.BufferedReader(raw, _HEAD)
    head = buffered.peek(_HEAD)[:_HEAD]
    encoding = _marked(head)
    if encoding is None:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
            encoding = "utf-8"
        except UnicodeDecodeError:
            # One stray byte in a UTF-8 table costs its row, not the table.
            if len(head.decode("utf-8", "ignore").encode()) > len(head) * 0.98:
                encoding = "utf-8"
            else:
                _windows_1256(head)
                encoding = "cp1256"
    handler = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return io.TextIOWrapper(buffered, encoding, handler, newline="")


def undecodable(text: str) -> str | None:
    """Say what in a text is no character: a byte that did not fit, or half of a surrogate pair; None when all is well."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        if 0xDC80 <= code <= 0xDCFF:
            return f"the byte 0x{code - 0xDC00:02X}, which is not in its encoding, at character {error.start}"
        return f"half of a surrogate pair, U+{code:04X}, at character {error.start}"
    return None


def _marked(data: bytes) -> str | None:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)


def _windows_1256(data: bytes) -> str:
    text = data.decode("cp1256", errors="replace")
    letters = len(_PERSIAN.findall(text))
    if "\ufffd" in text or _CONTROLS.search(text) or letters < len(text) / 3:
        raise ValueError("not text in UTF-8, UTF-16 with its mark, or Windows-1256")
    if len(_MIXED.findall(text)) > len(text) / 100:
        raise ValueError("not text in UTF-8 or UTF-16 with its mark, and as Windows-1256 it is no Persian")
    return text
