"""Times of day: «12:09 م», «الساعة 14:05», «PM 3:40», «14h05», «9 مساءً»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from newscrawler.extract.dates_text import Bad, Lexicon, Token, skip

Part = Literal["am", "pm", "noon", "night"]

HOUR_WORDS: Final = frozenset({"الساعه", "ساعه"})
"""Folded words that announce a time."""

_PARTS: Final[Mapping[Part, str]] = {
    "am": "ص|صباح|صباحا|الصباح|am|قبل الظهر|فجرا|الفجر|بعد منتصف الليل",
    "pm": "م|مساء|مساءا|المساء|مساءً|pm|بعد الظهر|عصرا|العصر",
    "noon": "ظهرا|ظهر|الظهر",
    "night": "ليلا|الليل|ليل|منتصف الليل",
}
"""Part of the day → the words for it."""

_FIRST_HOURS: Final[Mapping[Part, Mapping[int, int]]] = {
    "am": {12: 0, **{h: h for h in range(12)}},
    "pm": {12: 12, **{h: h + 12 for h in range(1, 12)}, **{h: h for h in range(13, 24)}},
    "noon": {10: 10, 11: 11, 12: 12, **{h: h + 12 for h in range(1, 5)}, **{h: h for h in range(13, 17)}},
    "night": {12: 0, **{h: h for h in range(6)}, **{h: h + 12 for h in range(6, 12)}, **{h: h for h in range(18, 24)}},
}  # fmt: skip
"""What the printed hour means in each part of the day. Absent: the two contradict each other («14:05 ص»)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day on the 24-hour clock."""

    hour: int
    """0 to 24; 24 only as 24:00, the end of the day."""
    minute: int
    """0 to 59."""
    second: int | None
    """0 to 59. None: not printed."""
    halved: bool
    """Whether a word (م, AM …) says which half of the day it is, or the hour alone does (12:30 and 14:05 are
    the same on either clock when a م is meant)."""


class _Face(NamedTuple):
    hour: int
    minute: int
    second: int | None
    stop: int
    sure: bool
    """Whether it can only be a time: it has a colon or an h."""


@cache
def _parts() -> Lexicon[Part]:
    return Lexicon(_PARTS)


def clock_heads() -> frozenset[str]:
    """Folded words with which `read_clock` can find a time."""
    return _parts().heads | HOUR_WORDS | {"a", "p"}


def read_clock(tokens: list[Token], i: int) -> tuple[Clock | Bad, int] | None:
    """The time that begins at token i, with the word for its part of the day before or behind it.

    A number without minutes is a time only beside «الساعة» or a whole word such as «مساءً»; without such a
    word an hour of twelve or less might be either half of the day and is not read. None: no time here.
    """
    spoken = tokens[i].text in HOUR_WORDS
    j = skip(tokens, i + 1, over=(":", "\n")) if spoken else i
    lead = _part(tokens, j)
    if lead is not None:
        j = skip(tokens, lead[1], over=("\n",))
    face = _face(tokens, j)
    if face is None or (lead is not None and not face.sure):
        return None
    tail = _part(tokens, skip(tokens, face.stop, over=("\n", "(")))
    if not face.sure and not _believed(tokens, face, spoken=spoken, tail=tail):
        return None
    if tail is None:
        return _clock(face, lead[0] if lead else None), face.stop
    return _clock(face, tail[0]), tail[1]


def _believed(tokens: list[Token], face: _Face, *, spoken: bool, tail: tuple[Part, int] | None) -> bool:
    dotted = tokens[face.stop - 2].text == "."
    if tail is None:
        return spoken and (face.hour > 12 or dotted)
    return spoken or dotted or tail[1] - face.stop > 1 or len(tokens[face.stop].text) > 1


def _clock(face: _Face, part: Part | None) -> Clock | Bad:
    hour = face.hour
    if part is not None:
        if hour not in _FIRST_HOURS[part]:
            return Bad(f"{face.hour:02}:{face.minute:02} contradicts the part of the day printed beside it")
        hour = _FIRST_HOURS[part][hour]
    return Clock(hour, face.minute, face.second, halved=part is not None or not 1 <= face.hour <= 11)


def _part(tokens: list[Token], i: int) -> tuple[Part, int] | None:
    token = tokens[i]
    if token.text in ("a", "p") and tokens[i + 1].text == "." and tokens[i + 2].text == "m":
        return ("am" if token.text == "a" else "pm"), i + 3
    return _parts().at(tokens, i)


def _face(tokens: list[Token], i: int) -> _Face | None:
    first, mark, second = tokens[i], tokens[i + 1], tokens[i + 2]
    if first.kind != "digits" or len(first.text) > 2:
        return None
    hour = int(first.text)
    if second.kind == "digits" and len(second.text) == 2 and mark.text in (":", "h", "."):
        return _minutes(tokens, i, hour=hour, minute=int(second.text))
    if mark.text in (":", "/", "-", "."):
        return None
    return _Face(hour, 0, None, i + 1, sure=False) if 1 <= hour <= 23 else None


def _minutes(tokens: list[Token], i: int, *, hour: int, minute: int) -> _Face | None:
    stop, second, colon = i + 3, None, tokens[i + 1].text == ":"
    if not colon and tokens[stop].text == "." and tokens[stop + 1].kind == "digits":
        return None  # 12.09.2020 is a day
    if colon and tokens[stop].text == ":" and tokens[stop + 1].kind == "digits":
        if len(tokens[stop + 1].text) != 2:
            return None
        second, stop = int(tokens[stop + 1].text), _fraction(tokens, stop + 2)
    if minute > 59 or (second or 0) > 60 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    second = None if second is None else min(second, 59)  # a leap second is read as the one before it
    return _Face(hour, minute, second, stop, sure=tokens[i + 1].text != ".")


def _fraction(tokens: list[Token], i: int) -> int:
    """The token behind a fraction of a second that begins at i, which is dropped; i itself if there is none."""
    mark, digits = tokens[i], tokens[i + 1]
    if mark.text in (".", ",", ":") and mark.glued and digits.kind == "digits" and digits.glued:
        another_field = tokens[i + 2].text == mark.text and tokens[i + 3].kind == "digits"
        return i if another_field else i + 2
    return i
