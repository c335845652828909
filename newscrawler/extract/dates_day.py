"""Days: «الأربعاء، 07 أكتوبر 2020» without its weekday, 1 / 12 / 2020, 2020-12-01, 16 جمادى الأولى 1444هـ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, Literal

from newscrawler.extract.calendar_names import HIJRI_MONTHS, MONTHS, SHORT_MONTHS
from newscrawler.extract.dates_text import Bad, Lexicon, Token, skip
from newscrawler.site import Months

Order = Literal["ymd", "dmy", "mdy", "ydm"]

_GREGORIAN_MARKS: Final = frozenset({"م", "ميلادي", "ميلاديه", "للميلاد", "ad", "ce"})
_HIJRI_MARKS: Final = frozenset({"ه", "هج", "هجري", "هجريه", "للهجره", "ah"})
_BETWEEN: Final = frozenset(
    {"/", "-", ".", ",", "\n", "من", "of", "شهر", "عام", "سنه", "لعام", "لسنه", "th", "st", "nd", "rd"}
)
"""What may stand between day, month name and year, folded."""
_BETWEEN_NAMES: Final = frozenset({"/", "-", "(", ",", "|", "او"})
"""What may stand between the two names of one month, folded."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the three numbers of a day."""

    year: int
    """As printed; of two digits, already with its century."""
    month: int
    """1 to 12, or out of range: then this is not a way to read it."""
    day: int
    """As `month`."""
    order: Order
    """Which number was taken for what."""


def as_date(reading: Reading) -> date | None:
    """The Gregorian day of a reading. None: the calendar has no such day."""
    try:
        return date(reading.year, reading.month, reading.day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day with every way to read it that its form allows, the likeliest first."""

    readings: tuple[Reading, ...]
    """At least one. Which one holds depends on the calendar, the weekday beside it and the present."""
    hijri: bool
    """Whether the readings are in the Hijri calendar."""
    style: Literal["iso", "numeric", "text"]
    """How it was written."""
    vague_year: bool = False
    """Whether the year has two digits, so that nothing says which number it is."""
    loose_mark: bool = False
    """Whether a «م» stands behind it that might also belong to a time that follows («2020 م 3:09»)."""
    english: bool = False
    """Whether the month's name is in Latin letters."""


@dataclass(frozen=True, slots=True)
class _Month:
    number: int
    hijri: bool
    english: bool
    stop: int


@cache
def _months() -> Lexicon[tuple[int, bool]]:
    gregorian = {(number, False): names for number, names in MONTHS.items()}
    return Lexicon(gregorian | {(number, True): names for number, names in HIJRI_MONTHS.items()})


@cache
def _short_months() -> Lexicon[int]:
    return Lexicon(SHORT_MONTHS)


def day_heads() -> frozenset[str]:
    """Folded words with which `read_day` can find a day."""
    short = {name.rstrip("0123456789") for name in _short_months().heads}
    return _months().heads | short | {"شهر"}


def read_day(tokens: list[Token], i: int, *, months: Months | None) -> tuple[Day | Bad, int] | None:
    """The day that begins at token i, in numbers or with a month's name. None: no day begins here.

    Bad: the month stands there twice and disagrees, or the year or the day is missing.
    """
    if tokens[i].kind == "digits":
        return _numeric(tokens, i) or _day_first(tokens, i, months=months)
    month = _month(tokens, i, months=months)
    if isinstance(month, Bad):
        return month, i + 1
    return None if month is None else _month_first(tokens, month)


def _numeric(tokens: list[Token], i: int) -> tuple[Day | Bad, int] | None:
    first, mark, second, again, third = tokens[i : i + 5]
    if (
        mark.text not in ("/", "-", ".")
        or again.text != mark.text
        or second.kind != third.kind
        or second.kind != "digits"
    ):
        return None
    stop = i + 5
    widths = (len(first.text), len(second.text), len(third.text))
    if max(widths[1], min(widths[0], widths[2])) > 2 or max(widths) not in (2, 4):
        return None
    if tokens[stop].text == mark.text and tokens[stop].glued and _is_number(tokens, stop + 1):
        return None  # 1.2.20.3 is an address or a version
    a, b, c = int(first.text), int(second.text), int(third.text)
    if widths[0] == 4:
        readings: tuple[Reading, ...] = (Reading(a, b, c, "ymd"), Reading(a, c, b, "ydm"))
        readings = readings[:1] if b <= 12 else readings
    elif widths[2] == 4:
        readings = (Reading(c, b, a, "dmy"), Reading(c, a, b, "mdy"))
    else:
        year_last = (Reading(_full(c), b, a, "dmy"), Reading(_full(c), a, b, "mdy")) if widths[2] == 2 else ()
        readings = (*year_last, *((Reading(_full(a), b, c, "ymd"),) if widths[0] == 2 else ()))
    hijri = 1300 <= readings[0].year <= 1500
    style: Literal["iso", "numeric"] = "iso" if widths[0] == 4 and mark.text == "-" else "numeric"
    return _marked(tokens, Day(readings, hijri, style, vague_year=max(widths) == 2), stop)


def _day_first(tokens: list[Token], i: int, *, months: Months | None) -> tuple[Day | Bad, int] | None:
    """7 October 2020, and 2020 October 7."""
    width = len(tokens[i].text)
    if width not in (1, 2, 4) or tokens[i + 1].text == ":":
        return None
    number = int(tokens[i].text)
    month = _month(tokens, skip(tokens, i + 1, over=_BETWEEN), months=months)
    if not isinstance(month, _Month):
        return (month, i + 1) if month else None
    j = skip(tokens, month.stop, over=_BETWEEN)
    if width == 4:
        starts = _is_number(tokens, j, widths=(1, 2))
        return _text(tokens, month, number, int(tokens[j].text), stop=j + 1, order="ymd") if starts else None
    if _is_number(tokens, j, widths=(4,)):
        return _text(tokens, month, int(tokens[j].text), number, stop=j + 1, order="dmy")
    if _is_short_year(tokens, j, month, months=months):
        short = int(tokens[j].text)
        year_last = Reading(_full(short), month.number, number, "dmy")
        year_first = Reading(_full(number), month.number, short, "ymd")
        return Day((year_last, year_first), hijri=False, style="text", vague_year=True, english=month.english), j + 1
    return _without_year(month, number), month.stop


def _is_short_year(tokens: list[Token], j: int, month: _Month, *, months: Months | None) -> bool:
    """Two digits behind a month are a year in feeds («07 Oct 20») and between dashes; in Arabic prose they are
    not, and neither where another month follows («16 ربيع الآخر - 10 ديسمبر»).
    """
    if month.hijri or not _is_number(tokens, j, widths=(2,)):
        return False
    if not month.english and tokens[j - 1].text not in ("-", "/"):
        return False
    return _month(tokens, skip(tokens, j + 1, over=_BETWEEN), months=months) is None


def _month_first(tokens: list[Token], month: _Month) -> tuple[Day | Bad, int] | None:
    """October 7, 2020. A month and a year alone are no day."""
    j = skip(tokens, month.stop, over=_BETWEEN)
    if _is_number(tokens, j, widths=(1, 2)):
        k = skip(tokens, j + 1, over=_BETWEEN)
        if _is_number(tokens, k, widths=(4,)):
            return _text(tokens, month, int(tokens[k].text), int(tokens[j].text), stop=k + 1, order="mdy")
        return _without_year(month, int(tokens[j].text)), j + 1
    if _is_number(tokens, j, widths=(4,)):
        return Bad("the day of the month is missing", hard=False), j + 1
    return None


def _text(tokens: list[Token], month: _Month, year: int, day: int, *, stop: int, order: Order) -> tuple[Day | Bad, int]:
    if month.hijri != (1300 <= year <= 1500):
        return Bad(f"the month and the year {year} belong to different calendars"), stop
    read = Day((Reading(year, month.number, day, order),), month.hijri, "text", english=month.english)
    return _marked(tokens, read, stop)


def _without_year(month: _Month, day: int) -> Bad:
    known = None if month.hijri else (month.number, day)
    return Bad("the year is missing", hard=False, month_day=known)


def _month(tokens: list[Token], i: int, *, months: Months | None) -> _Month | Bad | None:
    """The month named at i, by one name or by several that must agree: «نيسان / أبريل», «كانون الثاني (يناير)»."""
    found = _one_month(tokens, i, months=months)
    while found is not None:
        twin = _one_month(tokens, skip(tokens, found.stop, over=_BETWEEN_NAMES, most=2), months=months)
        if twin is None or twin.hijri != found.hijri:
            break
        if twin.number != found.number:
            return Bad("two different months are named for one day")
        stop = twin.stop + (tokens[twin.stop].text == ")")
        found = _Month(found.number, found.hijri, found.english, stop)
    return found


def _one_month(tokens: list[Token], i: int, *, months: Months | None) -> _Month | None:
    i = skip(tokens, i, over=("شهر",), most=1)
    found = _months().at(tokens, i)
    if found is not None:
        (number, hijri), stop = found
        return _Month(number, hijri, tokens[i].text.isascii(), stop)
    if months in ("levant", "iraq", None) and tokens[i + 1].glued:
        short = _short_months().get(tokens[i].text + tokens[i + 1].text)
        return None if short is None else _Month(short, hijri=False, english=False, stop=i + 2)
    return None


def _marked(tokens: list[Token], day: Day, stop: int) -> tuple[Day | Bad, int]:
    """The day with the calendar's mark behind it taken in (م, هـ, ميلادي …)."""
    at = skip(tokens, stop, over=("(",), most=1)
    mark = tokens[at]
    hijri, gregorian = mark.text in _HIJRI_MARKS, mark.text in _GREGORIAN_MARKS
    if not hijri and not gregorian:
        return day, stop
    behind = at + 1
    if hijri != day.hijri:
        return Bad(f"the year {day.readings[0].year} contradicts the calendar printed beside it"), behind
    loose = mark.text == "م" and not mark.glued
    return replace(day, loose_mark=loose), behind


def _is_number(tokens: list[Token], i: int, widths: tuple[int, ...] = (1, 2, 3, 4)) -> bool:
    """Whether token i is a number of one of these widths and doesn't begin a time."""
    if tokens[i].kind != "digits" or len(tokens[i].text) not in widths:
        return False
    return len(tokens[i].text) > 2 or tokens[i + 1].text != ":"


def _full(year: int) -> int:
    return year + (1900 if year >= 90 else 2000) if year < 100 else year
