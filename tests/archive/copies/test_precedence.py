"""Who had it first, as far as dates prove it."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawler.archive.copies.precedence import days_between, standing_of

SEEN = "2026-11-25T10:00:00Z"


def an_appearance(published_at: str | None, **columns: Any) -> dict[str, Any]:
    given = {"id": 1, "published_raw": None, "first_seen_at": SEEN, "timezone": "Asia/Beirut"}
    return given | {"published_at": published_at} | columns


def test_the_earlier_published_comes_first() -> None:
    """Whoever was visited first."""
    late = an_appearance("2026-11-22T09:00:00Z", first_seen_at="2026-11-22T09:01:00Z")
    early = an_appearance("2026-11-22T08:59:00Z", id=2)
    assert standing_of(early) < standing_of(late)
    assert standing_of(early).to_the_minute


def test_of_two_published_together_the_first_seen_comes_first() -> None:
    """Then the one archived first."""
    one = an_appearance("2026-11-22T09:00:00Z", first_seen_at="2026-11-22T09:30:00Z", id=9)
    two = an_appearance("2026-11-22T09:00:00Z", first_seen_at="2026-11-22T10:30:00Z", id=3)
    three = an_appearance("2026-11-22T09:00:00Z", first_seen_at="2026-11-22T10:30:00Z", id=4)
    assert sorted(map(standing_of, (three, two, one))) == [standing_of(row) for row in (one, two, three)]


@pytest.mark.parametrize("at", [None, "", "yesterday"])
def test_without_a_date_the_first_visit_counts(at: str | None) -> None:
    """It was out then."""
    standing = standing_of(an_appearance(at))
    assert (standing.out_at, standing.day, standing.to_the_minute) == (SEEN, "2026-11-25", False)


@pytest.mark.parametrize(
    ("at", "raw"),
    [
        ("2026-11-21T22:00:00Z", "22 تشرين الثاني 2026"),  # the newsroom's midnight
        ("2026-11-21T22:00:00Z", "2026-11-22T00:00:00+02:00"),
        ("2026-11-22T00:00:00Z", "2026-11-22"),  # a machine's
        ("2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"),
        ("2026-11-21T22:00:00Z", None),
    ],
)
def test_a_bare_date_does_not_beat_a_time_of_that_day(at: str, raw: str | None) -> None:
    """Midnight is only how it is stored: it may have been out at any minute of the day."""
    bare = standing_of(an_appearance(at, published_raw=raw, id=1))
    evening = standing_of(an_appearance("2026-11-22T19:40:00Z", id=2))
    next_day = standing_of(an_appearance("2026-11-22T22:01:00Z", id=3))
    assert bare.day == "2026-11-22"
    assert evening < bare < next_day
    assert not bare.to_the_minute


def test_a_bare_date_is_out_when_it_was_seen() -> None:
    """A visit on the day itself proves more than the date."""
    bare = standing_of(an_appearance("2026-11-21T22:00:00Z", first_seen_at="2026-11-22T08:00:00Z"))
    assert bare.out_at == "2026-11-22T08:00:00Z"
    dated_ahead = an_appearance("2026-11-22T22:00:00Z", first_seen_at="2026-11-22T08:00:00Z")
    assert standing_of(dated_ahead).out_at == "2026-11-22T22:00:00Z"


def test_two_o_clock_in_beirut_is_no_bare_date() -> None:
    """It is midnight in Greenwich; the page printed the clock."""
    standing = standing_of(an_appearance("2026-11-22T00:00:00Z", published_raw="٢٢ / ١١ / ٢٠٢٦ ٠٢:٠٠"))
    assert standing.to_the_minute
    assert standing.out_at == "2026-11-22T00:00:00Z"


def test_days_are_counted_by_the_calendar() -> None:
    """Whatever the hour; what is no day is no distance."""
    assert days_between("2026-11-22", "2026-12-01") == 9
    assert days_between("2026-11-22", "2026-11-21") == -1
    assert days_between("2026-11-22", "") == 0


def test_the_day_is_the_newsroom_s() -> None:
    """22:30 in Greenwich is tomorrow in Beirut; a zone this machine doesn't know is read as UTC."""
    assert standing_of(an_appearance("2026-11-22T22:30:00Z")).day == "2026-11-23"
    assert standing_of(an_appearance("2026-11-22T22:30:00Z", timezone="Mars/Olympus")).day == "2026-11-22"
