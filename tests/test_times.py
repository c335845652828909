"""Instants and durations as this project writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscrawler.times import durations, from_iso, iso


def test_an_instant_is_stored_in_utc_with_seconds() -> None:
    """So that stored times sort as text, wherever the newsroom is."""
    assert iso(datetime(2026, 11, 22, 1, 30, 5, 999, tzinfo=timezone(timedelta(hours=3)))) == "2026-11-21T22:30:05Z"


def test_an_instant_comes_back() -> None:
    """Aware, UTC."""
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert from_iso(iso(at)) == at
    assert from_iso(iso(at)).tzinfo is UTC


def test_a_naive_datetime_is_refused() -> None:
    """Nobody knows which instant it means."""
    with pytest.raises(ValueError, match="naive"):
        iso(datetime(2026, 11, 22))  # noqa: DTZ001 (the point)


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
