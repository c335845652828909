"""A date as printed → the moment it means, or the reason why none can be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from hijridate import Hijri

from newscrawler.extract.dates_ago import Ago
from newscrawler.extract.dates_clock import Clock
from newscrawler.extract.dates_day import Day, Reading, as_date
from newscrawler.extract.dates_group import Expression
from newscrawler.extract.dates_zone import Zone

Precision = Literal["second", "minute", "day"]

_FIRST_YEAR: Final = 1990
"""No Arabic newspaper was on the web before; older years are misread numbers or the story's subject."""
_AHEAD: Final = timedelta(days=1)
"""How far after the fetch a date may lie: clocks and zones differ, by less than a day."""
_CALENDARS_DIFFER: Final = 2
"""Days by which the Hijri calendars of two countries may differ for one day."""


class UnreadableDate(ValueError):
    """The string names no day, or not a single and possible one; the message says why."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A moment read from a printed date."""

    at: datetime
    """UTC, aware, whole seconds. Of a day: its midnight in the newsroom's zone. A local time that the change
    to summer time skips or repeats is read with the offset in force before the change (fold=0)."""
    precision: Precision
    """How much was printed."""
    explicit_zone: bool
    """Whether the string itself names an offset or a zone."""
    how: str
    """The reading used: `iso`, `rfc822`, `numeric`, `text`, `relative`, `hijri-text`, `hijri-numeric`, `epoch`,
    `compact`; behind a semicolon what is odd about it: `mdy` or `ydm` (the weekday or a number from 13 to 31
    proves that order), `weekday differs`, `hijri differs`, `by weekday` (a Hijri day moved by one)."""

    @property
    def is_relative(self) -> bool:
        """Whether it counts from now: «منذ 3 ساعات»."""
        return self.how.startswith("relative")


def resolve(expression: Expression, *, zone: ZoneInfo, now: datetime) -> ReadDate:
    """The moment of an expression. Raises UnreadableDate for what is impossible, contradictory or implausible."""
    if expression.bad is not None:
        raise UnreadableDate(expression.bad.reason)
    if expression.ago is not None:
        return _counted_back(expression, expression.ago, zone=zone, now=now)
    day, how = _day(expression, now=now)
    return _moment(expression, day, how, zone=zone, now=now)


def plausible(at: datetime, *, now: datetime) -> datetime:
    """The moment in UTC, whole seconds. Raises UnreadableDate for one before 1990 or over a day after `now`."""
    if at.year < _FIRST_YEAR:
        raise UnreadableDate(f"{at:%Y-%m-%d} is before {_FIRST_YEAR}")
    if at > now + _AHEAD:
        raise UnreadableDate(f"{at:%Y-%m-%d} is in the future")
    return at.astimezone(UTC).replace(microsecond=0)


def _moment(expression: Expression, day: date, how: str, *, zone: ZoneInfo, now: datetime) -> ReadDate:
    """A day with the time and zone printed beside it. Raises UnreadableDate if several times disagree."""
    stated = _zones(expression)
    explicit = any(one is not None and one.explicit for one in stated)
    if not expression.clocks:
        return ReadDate(plausible(_at(day, None, None, zone=zone), now=now), "day", explicit, how)
    moments = {_at(day, clock, place, zone=zone) for (clock, _), place in zip(expression.clocks, stated, strict=True)}
    if len(moments) > 1:
        raise UnreadableDate("several times are printed for one day")
    precision: Precision = "minute" if expression.clocks[0][0].second is None else "second"
    return ReadDate(plausible(moments.pop(), now=now), precision, explicit, how)


def _zones(expression: Expression) -> list[Zone | None]:
    """The zone of each time; «KSA 19:04 - GMT 16:04» names it before the time, most papers behind it."""
    behind = [stated for _, stated in expression.clocks]
    if expression.zone is not None and len(behind) > 1 and behind[-1] is None and None not in behind[:-1]:
        return [expression.zone, *behind[:-1]]
    return [stated or expression.zone for stated in behind] or [expression.zone]


def _at(day: date, clock: Clock | None, stated: Zone | None, *, zone: ZoneInfo) -> datetime:
    if not _FIRST_YEAR - 1 <= day.year <= 9000:  # keeps the arithmetic below inside datetime's range
        raise UnreadableDate(f"the year {day.year} is not plausible")
    local = datetime.combine(day, time())
    if clock is None:
        return local.replace(tzinfo=zone).astimezone(UTC)
    local += timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second or 0)
    place = zone if stated is None else stated.at(local, newsroom=zone)
    if place is None:
        raise UnreadableDate("the time zone named may be that of two places")
    return local.replace(tzinfo=place).astimezone(UTC)


def _day(expression: Expression, *, now: datetime) -> tuple[date, str]:
    gregorian = next((day for day in expression.days if not day.hijri), None)
    hijri = next((day for day in expression.days if day.hijri), None)
    if gregorian is None:
        assert hijri is not None
        return _hijri(hijri, weekday=expression.weekday)
    day, how = _gregorian(gregorian, expression, now=now)
    if hijri is not None:
        try:
            islamic = _from_hijri(hijri.readings[0])
        except UnreadableDate:
            return day, how + "; hijri differs"
        if abs((islamic - day).days) > _CALENDARS_DIFFER:
            how += "; hijri differs"
    return day, how


def _gregorian(day: Day, expression: Expression, *, now: datetime) -> tuple[date, str]:
    """The reading that holds. Day before month, as all Arabic countries print it, unless that is no day of
    the calendar, or the weekday printed beside it fits the other order and not this one. A weekday that
    fits neither is likelier wrong than the date (many sites compute it in another zone): noted, not obeyed.
    """
    how = _style(day, expression)
    valid = {found: reading for reading in reversed(day.readings) if (found := as_date(reading)) is not None}
    days = list(reversed(valid))
    if not days:
        raise UnreadableDate("no such day in the calendar")
    fitting = [found for found in days if found.weekday() == expression.weekday]
    if day.vague_year:
        days = [found for found in days if found.year >= _FIRST_YEAR and found <= (now + _AHEAD).date()]
        days = [found for found in days if found in fitting] or days
        if len(days) != 1:
            raise UnreadableDate("a year of two digits, and more than one way to read it" if days else "not plausible")
        return days[0], how
    chosen = fitting[0] if fitting else days[0]
    if day.style != "text" and valid[chosen].order in ("mdy", "ydm"):
        how += f"; {valid[chosen].order}"
    if expression.weekday not in (None, chosen.weekday()):
        how += "; weekday differs"
    return chosen, how


def _style(day: Day, expression: Expression) -> str:
    zoned = any(zone is not None for _, zone in expression.clocks)
    return "rfc822" if day.english and zoned and day.readings[0].order == "dmy" else day.style


def _hijri(day: Day, *, weekday: int | None) -> tuple[date, str]:
    """Umm al-Qura's day. Other countries begin a month a day earlier or later, which a weekday gives away."""
    how = "hijri-text" if day.style == "text" else "hijri-numeric"
    found = next((r for r in day.readings if 1 <= r.month <= 12 and 1 <= r.day <= 30), day.readings[0])
    result = _from_hijri(found)
    if weekday in (None, result.weekday()):
        return result, how
    for shift in (1, -1):
        moved = result + timedelta(days=shift)
        if moved.weekday() == weekday:
            return moved, how + "; by weekday"
    return result, how + "; weekday differs"


def _from_hijri(reading: Reading) -> date:
    """The Gregorian day of a Hijri one (Umm al-Qura); day 30 of a month of 29 is the day after.

    Raises UnreadableDate.
    """
    try:
        first = Hijri(reading.year, reading.month, 1).to_gregorian()
    except (ValueError, OverflowError) as why:
        raise UnreadableDate(f"no such month in the Hijri calendar, or outside 1343 to 1500: {why}") from why
    if not 1 <= reading.day <= 30:
        raise UnreadableDate("no such day in the Hijri calendar")
    return date(first.year, first.month, first.day) + timedelta(days=reading.day - 1)


def _counted_back(expression: Expression, ago: Ago, *, zone: ZoneInfo, now: datetime) -> ReadDate:
    today = now.astimezone(zone)
    if ago.span is not None:
        if expression.clocks:
            raise UnreadableDate("a relative date and a time beside it")
        at = plausible(now - timedelta(days=ago.days) - ago.span, now=now).replace(second=0)
        return ReadDate(at, "minute", explicit_zone=False, how="relative")
    day = today.date() - timedelta(days=ago.days)
    if expression.weekday not in (None, day.weekday()):
        raise UnreadableDate("the weekday contradicts the relative date")
    read = _moment(expression, day, "relative", zone=zone, now=now)
    if read.at > now:
        raise UnreadableDate("a relative date after the page was fetched")
    return read
