"""Parts of a day, on a wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from pydantic import ValidationError

from newscrawler.hours import Hours
from support.archives import a_site


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("08:00-11:00", "08:00 09:59 10:59", "07:59 11:00 23:00"),
        ("22:30-06:00", "22:30 23:59 00:00 05:59", "06:00 12:00 22:29"),
        ("18:00-24:00", "18:00 23:59", "00:00 17:59"),
        ("00:00-07:00", "00:00 06:59", "07:00 23:59"),
    ],
)
def test_the_begin_is_inside_and_the_end_is_not(text: str, inside: str, outside: str) -> None:
    """Also where midnight lies between."""
    hours = Hours.of(text)
    assert all(time.fromisoformat(at) in hours for at in inside.split())
    assert not any(time.fromisoformat(at) in hours for at in outside.split())


@pytest.mark.parametrize("text", ["8-11", "08:00", "25:00-26:00", "08:60-09:00", "24:00-06:00", "", "morning"])
def test_what_is_no_part_of_a_day_is_refused(text: str) -> None:
    """With an example of what would be one."""
    with pytest.raises(ValueError, match="08:00-11:00"):
        Hours.of(text)


def test_a_part_without_length_is_refused() -> None:
    """Nobody could say whether it means never or always."""
    with pytest.raises(ValueError, match="same time"):
        Hours.of("08:00-08:00")


def test_they_are_printed_as_written() -> None:
    """The report names them."""
    assert str(Hours.of("08:00 - 11:00")) == "08:00-11:00"


def test_quiet_hours_go_by_the_newsrooms_clock() -> None:
    """Summer time included: ten in Beirut is eight or seven in UTC."""
    site = a_site(quiet_hours=["10:00-11:00", "22:00-02:00"])
    assert str(site.quiet_at(datetime(2026, 1, 15, 8, 30, tzinfo=UTC))) == "10:00-11:00"
    assert site.quiet_at(datetime(2026, 7, 15, 8, 30, tzinfo=UTC)) is None
    assert str(site.quiet_at(datetime(2026, 7, 15, 7, 30, tzinfo=UTC))) == "10:00-11:00"
    assert str(site.quiet_at(datetime(2026, 1, 15, 23, 30, tzinfo=UTC))) == "22:00-02:00"


def test_a_seed_says_what_is_wrong_with_its_quiet_hours() -> None:
    """The key and the value."""
    with pytest.raises(ValidationError, match=r"(?s)quiet_hours.*'from eight'"):
        a_site(quiet_hours=["from eight"])
