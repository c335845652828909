"""One form for all that differs in writing only: letters, digits, dashes, marks nobody sees."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

_SAME: Final = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا",
    "،": ",", "٫": ".", "؛": ";", "؍": "/", "⁄": "/", "∕": "/", "\\": "/", "∶": ":", "۔": ".",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "¦": "|", "\r": "\n",
    "\u0640": "", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n",
}  # fmt: skip
"""Letters and marks that differ in writing only. U+0640 is the tatweel."""


@dataclass(frozen=True, slots=True)
class Folding:
    """A text in folded form that remembers where each character came from."""

    original: str
    """The text as given."""
    text: str
    """The folded text."""
    origins: tuple[int, ...]
    """For each folded character, the index of the original one."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that folded to [start, end), with the marks that hang on its end."""
        stop = self.origins[end - 1] + 1
        while stop < len(self.original) and not _FOLDS[ord(self.original[stop])]:
            stop += 1
        return self.origins[start], stop


class _Folds(dict[int, str]):
    """Code point → its folded form, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


_FOLDS: Final = _Folds()


def fold_text(text: str) -> str:
    """Drop harakat, tatweel and invisible marks; one form for each letter, digit, dash and slash; lower case."""
    return text.translate(_FOLDS)


def fold_with_origins(text: str) -> Folding:
    """As `fold_text`, and able to say where in the text each folded character stood."""
    folded = [_FOLDS[ord(char)] for char in text]
    origins = tuple(index for index, form in enumerate(folded) for _ in form)
    return Folding(text, "".join(folded), origins)


def _fold_char(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\uffef":  # presentation forms, full width
        wide = unicodedata.normalize("NFKC", char)
        if wide != char:
            return "".join(map(_fold_char, wide))
    parts: list[str] = []
    for part in unicodedata.normalize("NFD", char.lower()):
        kind = unicodedata.category(part)
        if kind == "Nd":
            parts.append(str(unicodedata.decimal(part)))
        elif kind == "Zs":
            parts.append(" ")
        elif kind not in ("Mn", "Cf"):
            parts.append(_SAME.get(part, part))
    return "".join(parts)
