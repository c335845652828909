"""What a stretch of a date string can mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from newscrawler.extract.dates_ago import Ago
from newscrawler.extract.dates_clock import Clock
from newscrawler.extract.dates_day import Day
from newscrawler.extract.dates_text import Bad
from newscrawler.extract.dates_zone import Zone

Role = Literal["published", "updated"]


class Mark(Enum):
    """A piece that carries no part of a date."""

    GLUE = "a word that belongs to dates"
    BREAK = "punctuation or a line break"
    JOINT = "a dash, slash, dot or colon: harmless beside a word, not beside a number"
    BYLINE = "a word that belongs to a byline"
    WORD = "any other word"
    TAKEN = "a year printed apart from its day, and already given to it"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday's name."""

    number: int
    """As `date.weekday()` counts: Monday is 0."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that say what the date beside them is the date of."""

    role: Role
    """First publication or a change."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is part of no date."""

    text: str
    """Its digits."""


class Piece(NamedTuple):
    """A stretch of tokens and what it means."""

    value: Day | Clock | Zone | Weekday | Ago | Label | Bad | Number | Mark
    """Its meaning."""
    first: int
    """Index of its first token."""
    stop: int
    """Index behind its last token."""
