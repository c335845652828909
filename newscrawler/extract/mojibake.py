"""UTF-8 that was read as a Western or an Arabic code page and stored as UTF-8 again: «Ø§Ù„» and «ط§ظ„» for «ال»."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Final

_SIGNS: Final = (
    ("\u00d8\u00a7\u00d9\u201e", "cp1252"),
    ("\u00d8\u00a7\u00d9\u0084", "cp1252"),
    ("\u0637\u00a7\u0638\u201e", "cp1256"),
)
"""The article «ال» as windows-1252, latin-1 and windows-1256 show its bytes: no Arabic text does without it."""

_RUN: Final = re.compile(r"[^\x00-\x7f]+")


def undoubled(text: str) -> str:
    """The text with such passages as they were written. The rest, and what can't be put right, stays."""
    if "\u00a7" not in text:  # the second byte of alef, in all three
        return text
    for sign, code_page in _SIGNS:
        if sign in text:
            text = _RUN.sub(partial(_once_decoded, code_page=code_page), text)
    return text


def _once_decoded(run: re.Match[str], *, code_page: str) -> str:
    """The run's characters as the bytes they show, read as UTF-8; the run itself if they aren't UTF-8.

    Real Arabic never is: its letters would have to be «ط» or «ظ» and a punctuation mark by turns.
    """
    table = _bytes_of(code_page)
    try:
        return bytes(table[letter] for letter in run[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return run[0]


@cache
def _bytes_of(code_page: str) -> dict[str, int]:
    """Character → byte. Bytes that the code page leaves undefined are control characters, as in browsers."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        table[chr(byte)] = byte  # latin-1, where the code page has no other character for it
    for byte in range(0x80, 0x100):
        table[bytes([byte]).decode(code_page, errors="ignore") or chr(byte)] = byte
    return table
