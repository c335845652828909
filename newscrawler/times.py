"""Instants, days and durations as this project writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST_S: Final = 36_525 * 86_400


def utc_now() -> datetime:
    """The present instant, aware."""
    return datetime.now(UTC)


def iso(at: datetime) -> str:
    """An aware instant as stored: `2026-11-22T09:30:00Z`. Sorts as text.

    Raises ValueError for a naive datetime: which instant it means is not known.
    """
    if at.tzinfo is None:
        raise ValueError(f"naive datetime {at!r}")
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"  # strftime pads no year


def parsed(at: str | None) -> datetime | None:
    """A stored time as an aware datetime. None: absent, or not a time."""
    try:
        when = datetime.fromisoformat(at or "")
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


@lru_cache(maxsize=512)
def zone_of(name: str | None) -> ZoneInfo:
    """The IANA zone of that name; UTC if there is none or this machine doesn't know it."""
    try:
        return ZoneInfo(name or "UTC")
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return ZoneInfo("UTC")


def newsroom_day(at: str | None, zone: str | None) -> str | None:
    """The newsroom's calendar day (YYYY-MM-DD) at a stored UTC time: what readers mean by "that day's paper".

    None: absent, or not a time. `export` and the reading room make it an SQL function of their connections.
    """
    return _day(at[:16], zone) if at else None


@lru_cache(maxsize=65536)
def _day(minute: str, zone: str | None) -> str | None:
    when = parsed(minute)
    try:
        return when.astimezone(zone_of(zone)).date().isoformat() if when else None
    except OverflowError:
        return None


def durations(text: str) -> tuple[timedelta, ...]:
    """`"1h 6h 1d"` as durations; units s, m, h, d. Raises ValueError naming what can't be read."""
    return tuple(_duration(word) for word in text.split())


def _duration(word: str) -> timedelta:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", word)
    if not match:
        raise ValueError(f"{word!r} is not a duration such as 30s, 15m, 6h or 7d")
    seconds = float(match[1]) * _UNITS[match[2]]
    if seconds > _LONGEST_S:
        raise ValueError(f"{word!r} is longer than a hundred years")
    return timedelta(seconds=seconds)
