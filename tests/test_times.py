"""Instants, days and durations as this project writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from newscrawler.times import durations, iso, newsroom_day


def test_an_instant_is_stored_in_utc_with_seconds() -> None:
    """So that stored times sort as text, wherever the newsroom is."""
    assert iso(datetime(2026, 11, 22, 1, 30, 5, 999, tzinfo=timezone(timedelta(hours=3)))) == "2026-11-21T22:30:05Z"


def test_a_naive_datetime_is_refused() -> None:
    """Nobody knows which instant it means."""
    with pytest.raises(ValueError, match="naive"):
        iso(datetime(2026, 11, 22))  # noqa: DTZ001 (the point)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-11-22T21:59:59Z", "Asia/Beirut", "2026-11-22"),
        ("2026-11-22T22:00:00Z", "Asia/Beirut", "2026-11-23"),
        ("2026-07-22T21:00:00Z", "Asia/Beirut", "2026-07-23"),
        ("2026-11-22T23:30:00Z", "Africa/Nouakchott", "2026-11-22"),
        ("2026-11-22T23:30:00Z", "No/Where", "2026-11-22"),
        ("2026-11-22T23:30:00Z", None, "2026-11-22"),
        ("0001-01-01T00:00:00Z", "America/New_York", None),
        ("أمس", "Asia/Beirut", None),
        ("", "Asia/Beirut", None),
        (None, "Asia/Beirut", None),
    ],
)
def test_a_day_ends_at_the_newsrooms_midnight(at: str | None, zone: str | None, day: str | None) -> None:
    """Summer time included; what is no time has no day."""
    assert newsroom_day(at, zone) == day


def test_durations_are_read_in_their_order() -> None:
    """Any unit, also fractions; an empty setting is an empty ladder."""
    ladder = durations(" 30s 1.5m ٦h  7d ")
    assert ladder == (timedelta(seconds=30), timedelta(seconds=90), timedelta(hours=6), timedelta(days=7))
    assert durations("") == ()


@pytest.mark.parametrize("text", ["1w", "h", "-1h", "1 h", "1h,6h", "1h x", "99999999999d", "36526d"])
def test_what_is_no_duration_is_named(text: str) -> None:
    """The message holds the word that can't be read; a ladder of centuries is a typing mistake."""
    with pytest.raises(ValueError, match=r"is not a duration such as|a hundred years"):
        durations(text)
