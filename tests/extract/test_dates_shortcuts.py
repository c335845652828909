"""Short ways of the date reader lead where the long ones do."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.extract import calendar_names, dates, dates_ago, dates_clock, dates_scan, dates_zone
from newscrawler.extract.dates import ReadDate, UnreadableDate, parse
from newscrawler.extract.dates_fold import fold_text
from newscrawler.extract.dates_text import tokenise

NOW: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BEIRUT: Final = ZoneInfo("Asia/Beirut")


class _Everything(Container[str]):
    """Heads without a shortcut: every word may begin a date."""

    def __contains__(self, word: object) -> bool:
        return True


def _names() -> list[str]:
    """Every name of every table that dates are read by."""
    tables = (
        *(calendar_names.MONTHS, calendar_names.HIJRI_MONTHS, calendar_names.SHORT_MONTHS, calendar_names.WEEKDAYS),
        *(dates_ago._UNITS, dates_ago._NUMBERS, dates_ago._PARTS_OF_AN_HOUR, dates_ago._DAYS, dates_ago._NOW),
        *(dates_clock._PARTS, dates_zone._ABBREVIATIONS, dates_zone._PLACES, dates_scan._LABELS),
    )
    listed = [name for table in tables for names in table.values() for name in names.split("|")]
    marks = {*dates_ago._SINCE, *dates_ago._ABOUT, *dates_clock.HOUR_WORDS, *dates_zone._CLOCK_OF, *dates_zone._LOCAL}
    return [*listed, *sorted(marks | dates_zone._GREENWICH | dates_zone._REGIONS), "شهر", "ت.غ", "a.m"]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "كتب {} فلان",
        "7 {} 2020",
        "{} 7, 2020",
        "14:05 {}",
        "{} 9",
        "5 {} ago",
        "منذ 3 {}",
        "14:05 ({})",
        "{}/رياض 2",
    ],
)
def test_no_word_that_begins_a_date_is_taken_for_a_plain_one(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With or without the list of first words, a line falls into the same pieces, whatever name stands in it."""
    lines = [tokenise(fold_text(line.format(name))) for name in _names()]
    short = [dates_scan.scan(tokens, months=None) for tokens in lines]
    monkeypatch.setattr(dates_scan, "_heads", _Everything)
    assert short == [dates_scan.scan(tokens, months=None) for tokens in lines]


_offsets = st.sampled_from(["", "Z", "+03:00", "-0530", "+14:00", "+14:45", "-00:00", "+15:00", "+03:20"])
_moments = st.integers(0, 1_400_000_000).map(lambda count: datetime(1985, 1, 1, tzinfo=UTC) + timedelta(seconds=count))
_months_and_days = st.tuples(st.integers(0, 14), st.integers(0, 33))


def _read(raw: str) -> ReadDate | str:
    try:
        return parse.__wrapped__(raw, zone=BEIRUT, months=None, now=NOW)
    except UnreadableDate as why:
        return str(why)


@given(_moments, st.sampled_from("T t"), st.sampled_from(["", ".5", ".123456", ".0000000"]), _offsets)
def test_a_machines_date_is_read_as_its_tokens_are(at: datetime, between: str, fraction: str, offset: str) -> None:
    """`fromisoformat` gives the same moment, precision, zone and name of the way, or the same reason against it."""
    raw = f"{at:%Y-%m-%d}{between}{at:%H:%M:%S}{fraction}{offset}"
    short = _read(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_iso", lambda *args, **more: None)
        assert short == _read(raw)


@given(_months_and_days, st.integers(0, 27), st.integers(0, 62))
def test_an_impossible_machines_date_gets_its_reason(day: tuple[int, int], hour: int, minute: int) -> None:
    """The 31st of February, 25:00 and 12:61 are left to the tokens, which say why."""
    raw = f"2021-{day[0]:02}-{day[1]:02}T{hour:02}:{minute:02}:00Z"
    short = _read(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_iso", lambda *args, **more: None)
        assert short == _read(raw)


def test_the_short_way_is_taken() -> None:
    """A date as JSON-LD has it doesn't go through the tokens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "tokenise", None)
        found = _read("2020-12-01T02:00:00+03:00")
    assert isinstance(found, ReadDate)
    assert found.at == datetime(2020, 12, 1, 2, tzinfo=timezone(timedelta(hours=3)))
