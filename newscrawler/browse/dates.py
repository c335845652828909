"""Times as the newsroom's readers know them: its zone, its country's month names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone_location

from newscrawler.times import parsed, zone_of

_ARABIC: Final = "ar"


@dataclass(frozen=True, slots=True)
class Moment:
    """A stored time, ready to be printed."""

    text: str
    """«الاثنين 23 تشرين الثاني 2026، 00:30» in the newsroom's zone; the stored string if it is no time."""
    iso: str
    """The stored UTC string, for `<time datetime>`."""
    place: str
    """The city whose clock this is («بيروت»); empty if the string is no time."""


@lru_cache(maxsize=512)
def _locale(country: str | None) -> Locale:
    try:
        return Locale.parse(f"ar_{country}")
    except (UnknownLocaleError, ValueError):  # "pan", or a country where Arabic has no form of its own
        return Locale.parse(_ARABIC)


def moment(at: str | None, *, zone: str | None, country: str | None) -> Moment | None:
    """A stored time in the newsroom's zone and words. None: nothing is stored."""
    if not at:
        return None
    when = parsed(at)
    if when is None:
        return Moment(text=at, iso="", place="")
    local = zone_of(zone)
    text = format_datetime(when, "EEEE d MMMM y، HH:mm", tzinfo=local, locale=_locale(country))
    place = get_timezone_location(local, locale=_ARABIC, return_city=True) if zone else "UTC"
    return Moment(text=text, iso=at, place=place)


def day_name(day: str, *, country: str | None = None, weekday: bool = False) -> str:
    """«22 تشرين الثاني 2026» for 2026-11-22; the string itself if it is no day."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    return format_date(when, "EEEE d MMMM y" if weekday else "d MMMM y", locale=_locale(country))
