"""What holds for every date: all ways to print a day are read back, and nothing else is a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.extract.calendar_names import HIJRI_MONTHS, MONTHS, WEEKDAYS
from newscrawler.extract.dates import UnreadableDate, find_dates, parse

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ZONES = [ZoneInfo(name) for name in ("Asia/Riyadh", "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Asia/Baghdad")]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ \u0640\u064b\u064f\u200f،.:/-()|\n"

_WORDS = (
    "م ص هـ مساء am PM GMT UTC +03:00 -0500 + - / . : , | ( ) منذ قبل أمس اليوم ساعة دقائق الآن الساعة "
    "بتوقيت مكة عمان نشر تحديث كتب في T Z 1 5 12 13 31 00 99 2020 1444 9999 12:09 24:00 1/2/2020 2020-12-01"
)

days = st.dates(date(1991, 1, 1), date(2026, 11, 20))
clocks = st.times().map(lambda at: at.replace(microsecond=0))
zones = st.sampled_from(ZONES)
pieces = st.sampled_from(
    [name for table in (MONTHS, HIJRI_MONTHS, WEEKDAYS) for names in table.values() for name in names.split("|")]
    + _WORDS.split(" ")
)


def _in_digits(text: str, digits: str) -> str:
    return text.translate(str.maketrans(DIGITS[0], digits))


@settings(deadline=None)
@given(
    days,
    st.data(),
    st.sampled_from(DIGITS),
    st.sampled_from(["{d} {m} {y}", "{w}، {d:02} {m} {y}", "{w} {d}/{m}/{y}م", "{m} {d}، {y}", "نشر في {y} {m} {d}"]),
)
def test_a_day_with_a_month_name_is_read_back(day: date, data: st.DataObject, digits: str, form: str) -> None:
    """Every month name of every country, in any order and any digits, is the month it names."""
    month = data.draw(st.sampled_from(MONTHS[day.month].split("|")))
    weekday = data.draw(st.sampled_from(WEEKDAYS[day.weekday()].split("|")))
    raw = _in_digits(form.format(d=day.day, m=month, y=day.year, w=weekday), digits)
    read = parse(raw, zone=ZONES[0], months=None, now=NOW)
    assert read.at == datetime.combine(day, time(), ZONES[0])
    assert read.how == "text"


@settings(deadline=None)
@given(days, st.data())
def test_two_names_of_one_month_are_one_month(day: date, data: st.DataObject) -> None:
    """«نيسان / أبريل» is read if both names mean one month, and refused if they don't."""
    first = data.draw(st.sampled_from(MONTHS[day.month].split("|")))
    other = data.draw(st.integers(1, 12))
    second = data.draw(st.sampled_from(MONTHS[other].split("|")))
    try:
        read = parse(f"{day.day} {first} / {second} {day.year}", zone=ZONES[0], months=None, now=NOW)
    except UnreadableDate as why:
        assert other != day.month
        assert "two different months" in str(why)
    else:
        assert other == day.month
        assert read.at == datetime.combine(day, time(), ZONES[0])


@settings(deadline=None)
@given(
    days,
    st.sampled_from(DIGITS),
    st.sampled_from("/-."),
    st.sampled_from(["", " "]),
    st.sampled_from(["{y}{s}{m:02}{s}{d:02}", "{d}{s}{m}{s}{y}", "{d:02}{s}{m:02}{s}{y}"]),
)
def test_a_day_in_numbers_is_day_month_year_or_the_reverse(
    day: date, digits: str, mark: str, gap: str, form: str
) -> None:
    """05/01/2022 is 5 January in every Arabic country, whatever the digits and the mark between them."""
    raw = _in_digits(form.format(d=day.day, m=day.month, y=day.year, s=f"{gap}{mark}{gap}"), digits)
    assert parse(raw, zone=ZONES[0], months=None, now=NOW).at == datetime.combine(day, time(), ZONES[0])


@settings(deadline=None)
@given(days, clocks, zones, st.booleans(), st.sampled_from(["{c} {d}", "{d} - {c}", "{d}، الساعة {c}", "{c} | {d}"]))
def test_a_time_is_read_before_or_behind_the_day(
    day: date, clock: time, zone: ZoneInfo, halves: bool, form: str
) -> None:
    """On the 24-hour clock or with م and ص, a time of day is in the newsroom's zone."""
    printed = f"{clock:%H:%M:%S}"
    if halves:
        printed = f"{clock:%I:%M:%S} {'ص' if clock.hour < 12 else 'م'}"
    raw = form.format(c=printed, d=f"{day.day} {MONTHS[day.month].split('|', maxsplit=1)[0]} {day.year}")
    read = parse(raw, zone=zone, months=None, now=NOW + timedelta(days=1))
    assert read.at == datetime.combine(day, clock, zone)
    assert read.precision == "second"


@settings(deadline=None)
@given(st.datetimes(datetime(1991, 1, 1), datetime(2026, 11, 20)), st.integers(-12 * 4, 14 * 4), zones)  # noqa: DTZ001
def test_iso_with_an_offset_does_not_depend_on_the_newsroom(at: datetime, quarters: int, zone: ZoneInfo) -> None:
    """An offset in the string is obeyed, fractions of a second are dropped."""
    offset = timedelta(minutes=15 * quarters)
    sign, minutes = ("-" if quarters < 0 else "+"), abs(offset) // timedelta(minutes=1)
    raw = f"{at.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"
    read = parse(raw, zone=zone, months=None, now=NOW + timedelta(days=1))
    assert read.at == at.replace(tzinfo=UTC, microsecond=0) - offset
    assert read.explicit_zone


@settings(deadline=None)
@given(st.text(alphabet=ARABIC, max_size=60))
def test_letters_alone_are_no_date(text: str) -> None:
    """Arabic text without a number is never a date; only words such as «أمس» count days, and they are rare here."""
    if not {"أمس", "امس", "الآن", "الان", "اليوم"} & set(text.split()):
        assert find_dates(text, zone=ZONES[0], months=None, now=NOW) == []


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(pieces, max_size=14).map(" ".join), st.lists(pieces, max_size=8).map("".join)
    )
)
def test_any_text_is_a_plausible_date_or_unreadable(text: str) -> None:
    """Nothing but UnreadableDate is raised, and no date lies before 1990 or more than a day after the fetch."""
    lines = find_dates(text, zone=ZONES[2], months=None, now=NOW)
    assert all(0 <= one.start < one.end <= len(text) for one in lines)
    reads = [one.read for one in lines]
    try:
        reads.append(parse(text, zone=ZONES[2], months=None, now=NOW))
    except UnreadableDate as why:
        assert str(why)
    for read in reads:
        assert datetime(1990, 1, 1, tzinfo=UTC) - timedelta(days=1) <= read.at <= NOW + timedelta(days=1)
        assert read.at.tzinfo is UTC
        assert read.at.microsecond == 0


@settings(deadline=None)
@given(days, zones)
def test_the_finder_and_the_parser_agree(day: date, zone: ZoneInfo) -> None:
    """A date found in a line means the same as the string cut out of it."""
    line = f"القاهرة | نشر {day.day} {MONTHS[day.month].split('|', maxsplit=1)[0]} {day.year} | خبر"
    (one,) = find_dates(line, zone=zone, months=None, now=NOW)
    assert parse(line[one.start : one.end], zone=zone, months=None, now=NOW) == one.read
