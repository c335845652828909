"""Times as the newsroom's readers know them: its zone, its country's month names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone_location

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
def zone_of(name: str | None) -> ZoneInfo:
    """The IANA zone of that name; UTC if there is none or this machine doesn't know it."""
    try:
        return ZoneInfo(name or "UTC")
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return ZoneInfo("UTC")


@lru_cache(maxsize=512)
def _locale(country: str | None) -> Locale:
    try:
        return Locale.parse(f"ar_{country}")
    except (UnknownLocaleError, ValueError):  # "pan", or a country where Arabic has no form of its own
        return Locale.parse(_ARABIC)


def parsed(at: str | None) -> datetime | None:
    """A stored time as an aware datetime. None: absent, or not a time."""
    try:
        when = datetime.fromisoformat(at or "")
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


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


def newsroom_day(at: str | None, zone: str | None) -> str | None:
    """The newsroom's calendar day (YYYY-MM-DD) at a stored UTC time: what readers mean by "that day's paper".

    None: absent, or not a time. Also an SQL function of the archive's connections.
    """
    return _day(at[:16], zone) if at else None


@lru_cache(maxsize=65536)
def _day(minute: str, zone: str | None) -> str | None:
    when = parsed(minute)
    try:
        return when.astimezone(zone_of(zone)).date().isoformat() if when else None
    except OverflowError:
        return None
