"""clean() for the text we keep, fold() for the text we compare, words() for the words of the latter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from html.entities import html5
from itertools import groupby
from typing import Final, NewType

Folded = NewType("Folded", str)
"""Lossy text for comparing and searching. Never stored as an article's text."""

TATWEEL: Final = "\u0640"
"""The stroke that lengthens a word: «العـربية». Kept in stored text, dropped from compared text."""


def _span(*spans: tuple[int, int]) -> Iterable[int]:
    for first, last in spans:
        yield from range(first, last + 1)


def _letters(form: str) -> str:
    """The letters of one presentation form. A vowel mark's form stands for the mark, not for its carrier."""
    letters = unicodedata.normalize("NFKC", form)
    bare = letters.lstrip(" " + TATWEEL)
    return bare if bare and unicodedata.combining(bare[0]) else letters


def _presentation_forms() -> dict[int, str]:
    """Contextual forms and ligatures of the two Arabic presentation blocks, as letters."""
    forms = {code: _letters(chr(code)) for code in _span((0xFB50, 0xFDFF), (0xFE70, 0xFEFE))}
    return {code: letters for code, letters in forms.items() if letters != chr(code)}


_CONTROLS: Final = ((0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F))
"""Without those that are white space: tabs, line ends, separators."""
_BIDI_AND_ZERO_WIDTH: Final = ((0x200B, 0x200C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F))
_NO_CHARACTERS: Final = ((0xFDD0, 0xFDEF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF))
_PRIVATE_USE: Final = (0xE000, 0xF8FF)
"""An icon font's glyphs: nothing without that font."""
_SOFT_HYPHEN_JOINERS_BOM: Final = frozenset({0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF})
_INVISIBLE: Final = _SOFT_HYPHEN_JOINERS_BOM.union(
    _span(*_CONTROLS, *_BIDI_AND_ZERO_WIDTH, *_NO_CHARACTERS, _PRIVATE_USE)
)
_BLANK: Final = dict.fromkeys((0x2800, 0x3164, 0xFFA0), " ")  # look empty, and str.split() keeps them
_FORMS: Final = _presentation_forms()

_CLEAN: Final[dict[int, str | None]] = {**_FORMS, **_BLANK, **dict.fromkeys(_INVISIBLE)}

_EMOJI: Final = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"


def _any_of(characters: Iterable[int]) -> re.Pattern[str]:
    """As spans: of twelve thousand characters one by one the pattern takes 20 ms, and every command needs it."""
    runs = groupby(enumerate(sorted(characters)), key=lambda placed: placed[1] - placed[0])
    spans = ([re.escape(chr(code)) for _, code in run] for _, run in runs)
    return re.compile(f"[{''.join(f'{span[0]}-{span[-1]}' for span in spans)}]")


_UNCLEAN: Final = _any_of({*_CLEAN, ord("&"), 0x200D, *range(0xD800, 0xE000)})
"""Finds whatever `clean` would change but white space. translate() asks a dictionary about every letter:
41 µs for a paragraph of 600, this search 2."""
_STRAY_JOINER: Final = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ENTITY: Final = re.compile(
    r"&(?:(?:amp|#0{0,5}38|#[xX]0{0,4}26);)*"
    r"(?:(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(nbsp|quot|laquo|raquo)(?![A-Za-z0-9=;]))"
)
_PASSES: Final = 4

_SHORT: Final = 100
"""Characters of a text that is remembered with many others: a menu's label, a byline, a headline."""

_SHORT_ONES: Final = 2048
"""Short texts whose cleaned, and whose folded form is kept, 0.5 and 0.8 MB. On a page every third is a repeat; an
outlet's menu and foot are the same on every page."""


def clean(text: str) -> str:
    """One line or paragraph as we store it: the newspaper's spelling, without what nobody can see.

    - NFC, never NFKC; only Arabic presentation forms become letters (ﻻ → لا, ﷲ → الله).
    - Vowel marks and tatweel stay: «لـ«اليوم»» is spelling. So does U+FFFD: it says that bytes were broken.
    - Bidi marks, zero-width and control characters, soft hyphens and private-use glyphs go; the
      zero-width joiner stays inside an emoji; half a surrogate pair, which UTF-8 can't hold, is U+FFFD.
    - Entities that survived the HTML parser were escaped twice and are put right: «&amp;quot;» → «"».
      Names that HTML doesn't know and "AT&T" stay as they are.
    - All white space, line ends included, becomes single spaces.

    Idempotent. Text that spells entities with entities more than a few levels deep is hostile and
    loses its ampersands.
    """
    return _clean_short(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    if not _UNCLEAN.search(text):
        return _single_spaced(unicodedata.normalize("NFC", text))
    passes = 0
    while (cleaned := _clean_once(text)) != text:
        passes += 1
        text = cleaned if passes < _PASSES else cleaned.replace("&", "")
    return text


_clean_short: Final = lru_cache(maxsize=_SHORT_ONES)(_cleaned)


def _single_spaced(text: str) -> str:
    # Most lines are so already; to see that takes 1.5 µs for 600 characters, to cut and join them 7. What is
    # printable holds no white space but spaces. An article's paragraphs are parted by an empty line.
    if "\n" in text:
        text = text.replace("\n", " ").replace("  ", " ")
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _clean_once(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if _SURROGATE.search(text):  # a pair is one emoji, written in two halves by a careless encoder
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.translate(_CLEAN)
    if "\u200d" in text:
        text = _STRAY_JOINER.sub("", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _unescaped(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    if name[0] != "#":
        return html5.get(f"{name};", f"&{name};")
    code = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0xD800 <= code <= 0xDFFF else unescape(f"&{name};")


_VOWELS_AND_QURANIC: Final = (
    *((0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6DC), (0x6DF, 0x6E8), (0x6EA, 0x6ED)),
    *((0x897, 0x89F), (0x8CA, 0x8E1), (0x8E3, 0x8FF)),
)
_EMOJI_STYLE: Final = (0xFE00, 0xFE0F)
_HIGH_HAMZA, _JOINER = 0x674, 0x200D
_HAMZA_ABOVE: Final = "\u0654"
_MARKS: Final = frozenset({ord(TATWEEL), _HIGH_HAMZA, _JOINER, *_span(*_VOWELS_AND_QURANIC, _EMOJI_STYLE)})


def _each(pairs: dict[str, str]) -> dict[int, str]:
    return {ord(letter): to for letters, to in pairs.items() for letter in letters}


_FOLD: Final[dict[int, str | None]] = {
    **_FORMS,
    **_BLANK,
    **_each(
        {
            "أإآٱٲٳٵ": "ا",
            "ىیۍ": "ي",
            "ةۃەھہۀۂ": "ه",
            "ؤئٶٸ": "ء",
            "کڪ": "ك",
            "ڤڥ": "ف",
            "پ": "ب",
            "“”„‟«»″〝〞": '"',
            "‘’‚‛‹›′ʼ`´": "'",
            "‐‑‒–—―−": "-",
            "،٬": ",",
            "٫": ".",
            "؛": ";",
            "؟": "?",
            "٪": "%",
            "\u06dd": " ",
        }
    ),
    **{ord(digit): str(i % 10) for i, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")},
    **dict.fromkeys(_INVISIBLE | _MARKS),
}
# A ligature opens into letters that fold further: «ﷲ» has no hamza, «ﻹ» has.
_FOLD_TABLE: Final = {k: v.translate(_FOLD) if v else v for k, v in _FOLD.items()}
_FREQUENT: Final = tuple((letter, _FOLD_TABLE[ord(letter)] or "") for letter in "أإآىةؤئ،«»\u064b\u0651")
"""Replaced one by one: translate() looks every letter up, and took 190 µs for a body of 3,000, not 57."""
_RARE: Final = _any_of(_FOLD_TABLE.keys() - {ord(letter) for letter, _ in _FREQUENT})

_LONG_ONES: Final = 64
"""Longer texts whose folded form is kept. One article's text is folded by dedup, tags and search in turn, its
paragraphs by every reader of a field."""

_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> Folded:
    """Lossy form for comparing and searching: «إلى» and «الى», «مسؤول» and «مسئول» fold alike.

    NFKC and case folding; vowel marks, Quranic signs, tatweel and everything invisible dropped; hamza
    seats, ى and ة reduced; Persian letters and Eastern digits made Arabic and ASCII; quotation marks,
    dashes and Arabic punctuation made ASCII; white space collapsed. Idempotent.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold_long(text)


def _folded(text: str) -> Folded:
    if _HAMZA_ABOVE in text:  # belongs to the letter before it, unlike the marks that are dropped
        text = unicodedata.normalize("NFKC", text.translate(_CLEAN).replace("\u200d", ""))
    folded = text.casefold()
    if not folded.isascii():
        for letter, to in _FREQUENT:
            folded = folded.replace(letter, to)
    for letter in set(_RARE.findall(folded)):  # to ask about each one found took 36 of 104 µs for a body of 3,000
        folded = folded.replace(letter, _FOLD_TABLE[ord(letter)] or "")
    if not unicodedata.is_normalized("NFKC", folded):
        folded = _settled(folded)
    return Folded(_single_spaced(folded))


_fold_short: Final = lru_cache(maxsize=_SHORT_ONES)(_folded)
_fold_long: Final = lru_cache(maxsize=_LONG_ONES)(_folded)


def _settled(text: str) -> str:
    """NFKC may need folding and folding NFKC. For a few letters (ǰ) they undo each other: NFKC comes last."""
    composed = unicodedata.normalize("NFKC", text)
    while (again := unicodedata.normalize("NFKC", composed.casefold().translate(_FOLD_TABLE))) != composed:
        composed = again
    return composed


def words(folded: Folded) -> list[Folded]:
    """The words and numbers of a folded text, in order, without punctuation; «#غزة_الآن» is two words."""
    return _WORD.findall(folded)
