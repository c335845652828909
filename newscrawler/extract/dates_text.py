"""A folded string cut into tokens that know their place, and names looked up among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, NamedTuple, TypeVar

from newscrawler.extract.dates_fold import fold_text

_Key = TypeVar("_Key")

_TOKEN: Final = re.compile(r"(?P<digits>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<mark>\n|[^\w\s]|_)")


_Kind = Literal["digits", "word", "mark", "end"]


class Token(NamedTuple):
    """A number, a word or one mark of the folded text."""

    kind: _Kind
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


_ENDS: Final = [Token("end", "", 0, 0, False)] * 10


def tokenise(folded: str) -> list[Token]:
    """The tokens of a folded text, and behind them enough `end` tokens to look ahead without a check."""
    tokens: list[Token] = []
    behind = 0
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        kind: _Kind = match.lastgroup  # type: ignore[assignment]
        tokens.append(Token(kind, folded[start:end], start, end, start == behind))
        behind = end
    tokens.extend(_ENDS)
    return tokens


class Lexicon(Generic[_Key]):
    """Names of one or more words and what they mean, looked up at a token."""

    def __init__(self, table: Mapping[_Key, str]) -> None:
        """`table` is meaning → "name|name|…" in any spelling; two words also match when printed as one."""
        self._names: dict[str, _Key] = {}
        self._longest: dict[str, int] = {}
        for meaning, names in table.items():
            for name in fold_text(names).split("|"):
                self._add(name, meaning)
                self._add(name.replace(" ", ""), meaning)

    def _add(self, name: str, meaning: _Key) -> None:
        self._names[name] = meaning
        head, *tail = name.split(" ")
        self._longest[head] = max(self._longest.get(head, 1), 1 + len(tail))

    @property
    def heads(self) -> frozenset[str]:
        """The first words of its names."""
        return frozenset(self._longest)

    def get(self, name: str) -> _Key | None:
        """The meaning of a folded name. None: it is none of ours."""
        return self._names.get(name)

    def at(self, tokens: list[Token], i: int) -> tuple[_Key, int] | None:
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
