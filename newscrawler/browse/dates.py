"""Times as the newsroom's readers know them: its zone, its country's month names, the Hijri day beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone_location
from hijridate import Gregorian

from newscrawler.browse.language import visit
from newscrawler.times import newsroom_day, parsed, zone_of

_PATTERN: Final = {"ar": "EEEE d MMMM y، HH:mm", "en": "EEEE d MMMM y, HH:mm"}
_SHORT: Final = {"ar": "d MMMM", "en": "d MMM"}
"""Arabic months have no short names: babel gives those of `ar` for `ar_LB`, too, once it was asked for them."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ERA: Final = {"ar": "هـ", "en": "AH"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A stored time, printed in the language of the reader who asks."""

    at: str
    """As stored."""
    zone: str | None
    """The newsroom's IANA zone. None: UTC."""
    country: str | None
    """Whose month names; None: those most Arabs know."""

    @property
    def iso(self) -> str:
        """The stored UTC string, for `<time datetime>`; empty if it is no time."""
        return self.at if parsed(self.at) else ""

    @property
    def text(self) -> str:
        """«الاثنين 23 تشرين الثاني 2026، 00:30» in the newsroom's zone; the stored string if it is no time."""
        local, language = self._local(), visit().language
        if local is None:
            return self.at
        return format_datetime(local, _PATTERN[language], tzinfo=local.tzinfo, locale=_locale(self.country, language))

    @property
    def clock(self) -> str:
        """«00:30» on the newsroom's clock; the stored string if it is no time."""
        local = self._local()
        return f"{local:%H:%M}" if local else self.at

    @property
    def place(self) -> str:
        """The city whose clock this is («بيروت»); empty if the string is no time."""
        if not self.iso:
            return ""
        if not self.zone:
            return "UTC"
        return get_timezone_location(zone_of(self.zone), locale=visit().language, return_city=True)

    @property
    def day(self) -> str:
        """The newsroom's calendar day, YYYY-MM-DD; empty if the string is no time."""
        return newsroom_day(self.at, self.zone) or ""

    @property
    def hijri(self) -> str:
        """The Hijri date of that day; empty if the string is no time or outside the calendar's tables."""
        return hijri_day(self.day)

    def _local(self) -> datetime | None:
        when = parsed(self.at)
        try:
            return when.astimezone(zone_of(self.zone)) if when else None
        except OverflowError:  # the first and last day that Python knows
            return None


@lru_cache(maxsize=512)
def _locale(country: str | None, language: str) -> Locale:
    if language == "en":
        return Locale.parse("en_GB")  # the day before the month, as in the Arabic
    try:
        return Locale.parse(f"ar_{country}")
    except (UnknownLocaleError, ValueError):  # "pan", or a country where Arabic has no form of its own
        return Locale.parse("ar")


def moment(at: str | None, *, zone: str | None, country: str | None) -> Moment | None:
    """A stored time in the newsroom's zone and words. None: nothing is stored."""
    return Moment(at, zone, country) if at else None


def day_name(day: str, *, country: str | None = None, weekday: bool = False, short: bool = False) -> str:
    """«22 تشرين الثاني 2026» for 2026-11-22, `short` without the year; the string itself if it is no day."""
    when = day_of(day)
    if when is None:
        return day
    language = visit().language
    pattern = "EEEE d MMMM y" if weekday else _SHORT[language] if short else "d MMMM y"
    return format_date(when, pattern, locale=_locale(country, language))


def month_name(month: str) -> str:
    """«نوفمبر 2026» for 2026-11; the string itself if it is no month."""
    when = day_of(f"{month}-01")
    return format_date(when, "LLLL y", locale=_locale(None, visit().language)) if when else month


def hijri_day(day: str) -> str:
    """«12 جمادى الآخرة 1448 هـ» for 2026-11-22, by the Umm al-Qura calendar, from which what is announced may differ
    by a day. Empty outside 1924 to 2077, and for what is no day.
    """
    when = day_of(day)
    if when is None:
        return ""
    try:
        hijri = Gregorian.fromdate(when).to_hijri()
    except (OverflowError, ValueError):
        return ""
    language = visit().language
    return f"{hijri.day} {hijri.month_name(language)} {hijri.year} {_ERA[language]}"


def day_of(day: str) -> date | None:
    """The date that YYYY-MM-DD means. None: none, or written otherwise."""
    try:
        return date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        return None
