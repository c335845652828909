"""What is no date, or not one date: better absent than wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newscrawler.extract.dates import UnreadableDate, parse

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

# A part of the reason | what is printed.
UNREADABLE = """
no date | undefined
no date | Invalid date
no date | 2020
no date | © 2020
no date | 2020/12
no date | 12/2020
no date | ٢٠٢٠-١٢
no date | 5/12
no date | 2020-W49-2
no date | 192.168.1.1
no date | 1.2.2020.3
no date | +966 11 123 4567
no date | غدا
no date | الرياض - واس
no date | الأحد
no date | الأحد 5
no date | 5 كانون 2020
no date | ۷ اکتبر ۲۰۲۰
day of the month is missing | يناير 2020
day of the month is missing | تشرين الثاني/ نوفمبر 2020
year is missing | 5 يناير
year is missing | الأحد 5 يناير 20:15
year is missing | 2020 الاثنين 5 يناير
year is missing | 16 جمادى الأولى
time without a day | 14:05
time without a day | الساعة 14:05 بتوقيت غرينتش
time without a day | الثلاثاء 14:05
no such day | 30 فبراير 2020
no such day | ٢٩ شباط ٢٠٢١
no such day | 31/02/2020
no such day | 2020-13-45
no such day | 0000-00-00 00:00:00
no such day | 32/01/2020
no such day in the Hijri | 31 رجب 1442
no such month in the Hijri | 1444/14/14
before 1990 | 0123456789
not plausible | 1970-01-01T00:00:00Z
not plausible | 1 يناير 1850
not plausible | -0001-11-30T00:00:00+00:00
not plausible | 1 محرم 1400
future | 1/1/2099
future | 20991231
future | 9999999999999
two digits | 17/03/20
two digits | 05/01/22
two digits | 07 Oct 20 12:09
two different months | 24 نيسان / مارس 2020
two different months | كانون الثاني (ديسمبر) 5, 2020
different calendars | 15 رمضان 2020
different calendars | 15 يناير 1444
contradicts the calendar | 1/12/2020 هـ
contradicts the calendar | 16/5/1444م
contradicts the part of the day | 1/12/2020 14:05 ص
contradicts the part of the day | 1/12/2020 00:30 م
zone of «المريخ» | 1 ديسمبر 2020 14:00 بتوقيت المريخ
two places | 1 ديسمبر 2020 14:00 بتوقيت عمان
several times | 10:00 - 12:00 5 يناير 2020
several times | 1/12/2020 10:00-12:00
belongs to no day | 5 يناير 2020 10:00 نشر 12:00
run into | 1/12/2020 25:00
run into | 1 - 5 يناير 2020
run into | 16-17 يناير 2020
run into | ولد في 5 مايو 1993 في حلب
run into | المصري اليوم
name among | المصري - اليوم
two different dates | نشر في: 7 أكتوبر 2020 - 12:09 م | آخر تحديث: 7 أكتوبر 2020 - 02:09 م
two different dates | 5 يناير 2020 - 8 يناير 2020
too vague | منذ شهر
too vague | منذ شهرين
too vague | قبل أسبوع
too vague | منذ 3 أسابيع
too vague | منذ سنة
too vague | منذ عامين
too vague | 2 months ago
after the page | اليوم 23:30
weekday contradicts | اليوم الأحد 12:30
time beside it | منذ ساعتين 12:30
address | https://example.com/2020/12/01/story
address | photo-2020-12-01.jpg
"""


def _rows() -> list[list[str]]:
    return [line.split(" | ", 1) for line in UNREADABLE.strip().splitlines()]


@pytest.mark.parametrize(("why", "raw"), _rows())
def test_what_names_no_single_day_is_refused_with_its_reason(why: str, raw: str) -> None:
    """A month is not its first day, a year not its first of January, and two readings are none."""
    with pytest.raises(UnreadableDate) as refused:
        parse(raw, zone=ZoneInfo("Asia/Riyadh"), months=None, now=NOW)
    assert why in str(refused.value)


@pytest.mark.parametrize("raw", ["", " ", "\n", "\u200f", "5", "م", "هـ", ":", "ـ"])
def test_next_to_nothing_is_no_date(raw: str) -> None:
    """Empty fields and stray marks are refused like any other text."""
    with pytest.raises(UnreadableDate):
        parse(raw, zone=ZoneInfo("Asia/Riyadh"), months=None, now=NOW)


def test_a_page_of_text_is_not_searched() -> None:
    """A field that holds an article instead of a date is refused, even if a date stands in it."""
    with pytest.raises(UnreadableDate, match="too long"):
        parse("خبر " * 100 + "5 يناير 2020", zone=ZoneInfo("Asia/Riyadh"), months=None, now=NOW)


def test_short_month_names_stay_shut_elsewhere() -> None:
    """In Cairo «ت2» is no month."""
    with pytest.raises(UnreadableDate):
        parse("5 ت2 2020", zone=ZoneInfo("Africa/Cairo"), months="egypt", now=NOW)
