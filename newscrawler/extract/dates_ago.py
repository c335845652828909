"""Dates that count from now: «منذ ٣ ساعات», «قبل يومين», «أمس الساعة 14:00», «3 hours ago»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final, Literal

from newscrawler.extract.dates_text import Bad, Lexicon, Token, skip

Unit = Literal["second", "minute", "hour", "day", "vague"]

_SINCE: Final = frozenset({"منذ", "مند", "قبل"})
_ABOUT: Final = frozenset({"حوالي", "نحو", "تقريبا", "مضت", "مضي", "واحده", "واحد", "فقط"})
_UNITS: Final[Mapping[tuple[int, Unit], str]] = {
    (1, "second"): "ثانية|ثواني|ثوان|second|seconds|sec|secs",
    (1, "minute"): "دقيقة|دقائق|دقايق|دقيقه|د|minute|minutes|min|mins",
    (1, "hour"): "ساعة|ساعات|hour|hours|hr|hrs",
    (1, "day"): "يوم|أيام|يوما|day|days",
    (2, "second"): "ثانيتين|ثانيتان",
    (2, "minute"): "دقيقتين|دقيقتان",
    (2, "hour"): "ساعتين|ساعتان",
    (2, "day"): "يومين|يومان",
    (1, "vague"): "أسبوع|أسابيع|أسبوعا|أسبوعين|شهر|شهرا|شهرين|أشهر|شهور|سنة|سنوات|سنتين|سنين|عام|عاما|عامين|أعوام|week"
    "|weeks|month|months|year|years|قليل|فترة|مدة",
}
"""How many of which unit → the words for it."""
_NUMBERS: Final[Mapping[int, str]] = {
    1: "واحد|واحدة|a|an|one",
    2: "اثنين|اثنتين|two",
    3: "ثلاث|ثلاثة|three",
    4: "أربع|أربعة|four",
    5: "خمس|خمسة|five",
    6: "ست|ستة|six",
    7: "سبع|سبعة|seven",
    8: "ثماني|ثمانية|ثمان|eight",
    9: "تسع|تسعة|nine",
    10: "عشر|عشرة|ten",
    15: "خمس عشرة|خمسة عشر",
    20: "عشرين",
    30: "ثلاثين",
}
_PARTS_OF_AN_HOUR: Final[Mapping[int, str]] = {30: "نصف ساعة|نصف الساعة", 15: "ربع ساعة|ربع الساعة"}
_DAYS: Final[Mapping[int, str]] = {
    0: "اليوم|today",
    1: "أمس|الأمس|امس|بالأمس|البارحة|yesterday",
    2: "أول أمس|أمس الأول|أول من أمس|قبل أمس",
}
_NOW: Final[Mapping[bool, str]] = {
    True: "الآن|منذ لحظات|قبل لحظات|منذ لحظة|منذ ثواني|منذ ثوان|قبل ثوان|منذ أقل من دقيقة|قبل أقل من دقيقة|just now",
}
_LENGTHS: Final[Mapping[Unit, timedelta]] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Ago:
    """A moment counted back from now."""

    days: int
    """Whole days back, on the newsroom's calendar."""
    span: timedelta | None
    """Further back on the clock. None: only the day is known."""
    named: bool
    """Whether it is a day's name (اليوم, أمس), which prose and newspapers' own names also use."""


@cache
def _words() -> tuple[Lexicon[tuple[int, Unit]], Lexicon[int], Lexicon[int], Lexicon[int], Lexicon[bool]]:
    return Lexicon(_UNITS), Lexicon(_NUMBERS), Lexicon(_PARTS_OF_AN_HOUR), Lexicon(_DAYS), Lexicon(_NOW)


def ago_heads() -> frozenset[str]:
    """Folded words with which `read_ago` can find a relative date."""
    _, _, _, days, now = _words()
    return days.heads | now.heads | _SINCE | {"a", "an", "one"}


def read_ago(tokens: list[Token], i: int) -> tuple[Ago | Bad, int] | None:
    """The relative date that begins at token i. None: none does.

    Weeks, months and years are Bad: «منذ شهر» names no day. Hours and minutes are taken as exact, so
    the true time may be up to one of the unit earlier; whoever has a better source should prefer it.
    """
    _, _, _, days, now = _words()
    named = days.at(tokens, i)
    if named is not None:
        return Ago(named[0], None, named=True), named[1]
    moment = now.at(tokens, i)
    if moment is not None and (moment[1] - i > 1 or tokens[i].text == "الان"):
        return Ago(0, timedelta(), named=tokens[i].text == "الان"), moment[1]
    if tokens[i].text in _SINCE:
        return _sum(tokens, skip(tokens, i + 1, over=_ABOUT))
    found = _sum(tokens, i) if tokens[i].kind == "digits" or tokens[i].text in ("a", "an", "one") else None
    if found is not None and tokens[found[1]].text in ("ago", "مضت", "مضي"):
        return found[0], found[1] + 1
    return None


def _sum(tokens: list[Token], i: int) -> tuple[Ago | Bad, int] | None:
    """Amounts joined by «و»: ساعة و20 دقيقة."""
    first = _amount(tokens, i)
    if first is None:
        return None
    (count, unit), stop = first
    days, span = 0, None
    for _ in range(4):  # days, hours, minutes, seconds
        if unit == "vague":
            return Bad("too vague: weeks, months and years name no day", hard=False), stop
        if unit == "day":
            days += count
        else:
            span = (span or timedelta()) + count * _LENGTHS[unit]
        stop = skip(tokens, stop, over=_ABOUT - {"مضت", "مضي"})
        more = _amount(tokens, stop + 1) if tokens[stop].text in ("و", "and") else None
        if more is None:
            return Ago(days, span, named=False), stop
        (count, unit), stop = more
    return None


def _amount(tokens: list[Token], i: int) -> tuple[tuple[int, Unit], int] | None:
    units, numbers, parts, _, _ = _words()
    part = parts.at(tokens, i)
    if part is not None:
        return (part[0], "minute"), part[1]
    count = 1
    if tokens[i].kind == "digits":
        if len(tokens[i].text) > 4:
            return None
        count, i = int(tokens[i].text), i + 1
    else:
        number = numbers.at(tokens, i)
        if number is not None:
            count, i = number
    found = units.at(tokens, i)
    if found is None:
        return None
    (times, unit), stop = found
    return (count * times, unit), stop
