"""A string as the date reader sees it: letters folded, digits Western, cut into tokens that know their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, NamedTuple, TypeVar

Key = TypeVar("Key")

_SAME: Final = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا",
    "،": ",", "٫": ".", "؛": ";", "؍": "/", "⁄": "/", "∕": "/", "\\": "/", "∶": ":", "۔": ".",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "¦": "|", "\r": "\n",
    "\u0640": "", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n",
}  # fmt: skip
"""Letters and marks that differ in writing only. U+0640 is the tatweel."""

_TOKEN: Final = re.compile(r"(?P<digits>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<mark>\n|[^\w\s]|_)")


Kind = Literal["digits", "word", "mark", "end"]


class Token(NamedTuple):
    """A number, a word or one mark of the folded text."""

    kind: Kind
    """What it is. `end` stands behind the last one, so that looking ahead needs no check."""
    text: str
    """The folded characters; a line break is a mark."""
    start: int
    """Index of its first character in the folded text."""
    end: int
    """Index behind its last character in the folded text."""
    glued: bool
    """Whether it follows the token before it without a space."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A stretch that has the shape of a date or time but can't be read as one."""

    reason: str
    """Why, for a person."""
    hard: bool = True
    """Whether it makes a string unreadable even if a good date stands beside it."""
    month_day: tuple[int, int] | None = None
    """Month and day of a Gregorian date whose year is missing; Unix `date` prints the year behind the time."""


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


_ENDS: Final = [Token("end", "", 0, 0, False)] * 10


def tokenise(folded: str) -> list[Token]:
    """The tokens of a folded text, and behind them enough `end` tokens to look ahead without a check."""
    tokens: list[Token] = []
    behind = 0
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        tokens.append(Token(kind, folded[start:end], start, end, start == behind))
        behind = end
    tokens.extend(_ENDS)
    return tokens


class Lexicon(Generic[Key]):
    """Names of one or more words and what they mean, looked up at a token."""

    def __init__(self, table: Mapping[Key, str]) -> None:
        """`table` is meaning → "name|name|…" in any spelling; two words also match when printed as one."""
        self._names: dict[str, Key] = {}
        self._longest: dict[str, int] = {}
        for meaning, names in table.items():
            for name in fold_text(names).split("|"):
                self._add(name, meaning)
                self._add(name.replace(" ", ""), meaning)

    def _add(self, name: str, meaning: Key) -> None:
        self._names[name] = meaning
        head, *tail = name.split(" ")
        self._longest[head] = max(self._longest.get(head, 1), 1 + len(tail))

    def get(self, name: str) -> Key | None:
        """The meaning of a folded name. None: it is none of ours."""
        return self._names.get(name)

    def at(self, tokens: list[Token], i: int) -> tuple[Key, int] | None:
        """The meaning of the longest name that begins at token i, and the index behind it."""
        for count in range(self._longest.get(tokens[i].text, 0), 0, -1):
            meaning = self._names.get(" ".join(token.text for token in tokens[i : i + count]))
            if meaning is not None:
                return meaning, i + count
        return None


def skip(tokens: list[Token], i: int, *, over: Iterable[str], most: int = 4) -> int:
    """The index of the first token at or after i that is not one of the texts in `over`; at most `most` are passed."""
    for _ in range(most):
        if tokens[i].text not in over or tokens[i].kind == "end":
            break
        i += 1
    return i
