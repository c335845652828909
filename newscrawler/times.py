"""Instants and durations as this project writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST_S: Final = 36_525 * 86_400


def iso(at: datetime) -> str:
    """An aware instant as stored: `2026-11-22T09:30:00Z`. Sorts as text.

    Raises ValueError for a naive datetime: which instant it means is not known.
    """
    if at.tzinfo is None:
        raise ValueError(f"naive datetime {at!r}")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_iso(text: str) -> datetime:
    """The instant a stored time means, aware, UTC."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


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
