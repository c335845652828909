"""Bytes to text: byte order mark, header, meta, the seed's word, and what the bytes themselves say."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

from newscrawler.extract.mojibake import undoubled

HEAD: Final = 4096
"""Bytes searched for a declaration; WHATWG says 1024, real pages put scripts before it."""

MISREAD_MAX: Final = 0.02
"""Undecodable bytes among the non-ASCII ones, 0 to 1. Above it the declaration is not believed;
below it the page is damaged (cut by an editor in mid-letter) and keeps its declared encoding."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ARABIC_SINGLE_BYTE: Final = ("cp1256", "iso8859-6")
_WESTERN: Final = frozenset({"cp1252", "latin-1", "iso8859-1", "ascii"})
_ARABIC_WORD_START: Final = re.compile(r"(?<!\w)ال[ء-ي]{2}")
_ARABIC_LETTER: Final = re.compile(r"[ء-يپچژگکیة]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text."""

    utf8: bytes
    """The characters as UTF-8, which the parser wants; NUL bytes are gone, no byte order mark."""
    encoding: str
    """Python's name of the encoding used."""
    how: str
    """Who said so: `bom`, `header`, `meta`, `seed` or `guess`."""

    @property
    def text(self) -> str:
        """The characters."""
        return self.utf8.decode("utf-8")


def decode(body: bytes, *, content_type: str | None = None, fallback: str = "") -> Decoded:
    """The body as text.

    A declaration is believed as long as the bytes agree with it: text that is valid UTF-8 is not
    windows-1256, and the other way round. `fallback` (the seed's `encoding`) counts where nothing is
    declared or what is declared fails.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _as(body[len(mark) :], name, "bom")
    data = body.replace(b"\x00", b"")
    # What is valid UTF-8 with Arabic in it is UTF-8, whatever a copied template declares.
    as_utf8 = None if data.isascii() else _strictly(data)
    for name, how in _declared(data, content_type):
        if as_utf8 is not None:
            return _as_it_is(data, as_utf8, how if name == "utf-8" else "guess")
        if _credible(data, name):
            return _as(data, name, how)
    seed = resolve_encoding(fallback) if fallback else None
    if seed and _misread(data, seed) <= MISREAD_MAX:
        return _as(data, seed, "seed")
    return _as(data, _guess(data), "guess")


def _declared(data: bytes, content_type: str | None) -> list[tuple[str, str]]:
    found = (
        (http_content_type_encoding(content_type) if content_type else None, "header"),
        (html_body_declared_encoding(data[:HEAD]), "meta"),  # or the XML declaration
    )
    return [(name, how) for name, how in found if name]


def _as(data: bytes, name: str, how: str) -> Decoded:
    text = data.decode(name, errors="replace").replace("\x00", "").removeprefix("\ufeff")
    return Decoded(undoubled(text).encode("utf-8", errors="replace"), encoding=name, how=how)


def _as_it_is(data: bytes, text: str, how: str) -> Decoded:
    """UTF-8 without a NUL byte. To encode the text again for the parser would take 0.1 of 4.6 ms a page."""
    if undoubled(text) is not text:
        return _as(data, "utf-8", how)
    return Decoded(data.removeprefix(codecs.BOM_UTF8), encoding="utf-8", how=how)


def _strictly(data: bytes) -> str | None:
    """The text of valid UTF-8. None: it isn't."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _misread(data: bytes, name: str) -> float:
    """Share of the non-ASCII bytes that the encoding can't read, 0 to 1."""
    try:
        data.decode(name)
    except UnicodeDecodeError:
        bad = data.decode(name, errors="replace").count("\ufffd")
        return bad / max(1, len(_HIGH.findall(data)))
    except LookupError:
        return 1.0
    return 0.0


def _credible(data: bytes, name: str) -> bool:
    if _misread(data, name) > MISREAD_MAX:
        return False
    # «iso-8859-1» and «windows-1252» are a template's default: on Arabic bytes they yield «ÇáÓáÇã».
    return name not in _WESTERN or _arabic(data, "cp1256") < 0.5


def _arabic(data: bytes, name: str) -> float:
    """Arabic letters among the non-ASCII bytes when read so, 0 to 1."""
    high = b"".join(_HIGH.findall(data))
    if not high:
        return 0.0
    return len(_ARABIC_LETTER.findall(high.decode(name, errors="ignore"))) / len(high)


def _guess(data: bytes) -> str:
    if _misread(data, "utf-8") <= MISREAD_MAX:
        return "utf-8"

    # Both Arabic code pages have letters everywhere; only the right one has words that begin with the article.
    def score(name: str) -> tuple[int, float]:
        return len(_ARABIC_WORD_START.findall(data.decode(name, errors="replace"))), _arabic(data, name)

    return max(_ARABIC_SINGLE_BYTE, key=score)
