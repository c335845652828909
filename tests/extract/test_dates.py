"""Dates as Arabic newsrooms print them, and the moment each one means."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from newscrawler.extract.dates import ReadDate, parse
from newscrawler.site import Months

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ZONES = {
    "Riyadh": "Asia/Riyadh",  # +3 all year
    "Cairo": "Africa/Cairo",  # +2, no summer time in 2015 to 2022
    "Amman": "Asia/Amman",  # +3 in summer
    "Beirut": "Asia/Beirut",  # summer time begins at midnight
    "Tunis": "Africa/Tunis",  # +1
    "Rabat": "Africa/Casablanca",  # +1, +0 in Ramadan
    "Nouakchott": "Africa/Nouakchott",  # +0
    "Baghdad": "Asia/Baghdad",  # +3
}


def _read(raw: str, zone: str = "Riyadh", *, months: Months | None = None, now: datetime = NOW) -> ReadDate:
    return parse(raw, zone=ZoneInfo(ZONES[zone]), months=months, now=now)


# Zone of the newsroom | moment in UTC | what is printed.
MOMENTS = """
Riyadh | 2020-11-30 23:00:00 | 2020-12-01T02:00:00+03:00
Riyadh | 2020-11-30 23:00:00 | 2020-12-01 02:00:00
Riyadh | 2020-11-30 23:00:00 | 2020-12-01T02:00
Riyadh | 2020-11-30 23:00:00 | 2020-12-01T02:00:00+0300
Riyadh | 2020-11-30 23:00:00 | 2020-12-01 02:00:00 +03:00
Riyadh | 2020-12-01 02:00:00 | 2020-12-01T02:00:00Z
Riyadh | 2020-12-01 02:00:00 | 2020-12-01T02:00:00.123456Z
Riyadh | 2020-12-01 00:00:00 | 2020-12-01T02:00:00.0000000+02:00
Riyadh | 2020-12-01 07:00:00 | 2020-12-01T02:00:00-05:00
Riyadh | 2020-12-01 00:00:00 | 2020-12-01T02:00+02
Riyadh | 2020-12-01 02:00:00 | 2020-12-01 02:00:00 UTC
Riyadh | 2020-12-01 02:00:00 | 2020-12-01 02:00:00 +0000 UTC
Riyadh | 2020-11-30 23:00:00 | 2020-12-01T02:00:00+03:00[Asia/Riyadh]
Cairo | 2020-11-30 23:00:00 | 2020-12-01T02:00:00 Asia/Riyadh
Cairo | 2020-12-01 02:20:00 | 2020-12-1T4:20
Riyadh | 2020-12-01 21:00:00 | 2020-12-01T24:00:00
Riyadh | 2020-10-07 10:09:00 | 2020-10-07T12:09:00&#43;02:00
Riyadh | 2020-12-01 02:00:00 | 20201201T020000Z
Riyadh | 2020-11-30 23:00:00 | 20201201020000
Riyadh | 2020-10-07 10:09:00 | 1602065340
Riyadh | 2020-10-07 10:09:00 | 1602065340000
Riyadh | 2020-10-07 10:09:00 | /Date(1602065340000)/
Riyadh | 2020-11-30 23:00:00 | Tue, 01 Dec 2020 02:00:00 AST
Riyadh | 2020-12-01 02:00:00 | Tue, 01 Dec 2020 02:00:00 GMT
Riyadh | 2012-09-23 16:04:00 | الأحد 07 ذو القعدة 1433هـ - 23 سبتمبر 2012م KSA 19:04 - GMT 16:04
Riyadh | 2020-12-01 02:00:00 | Tue, 01 Dec 2020 02:00:00 Z
Cairo | 2020-12-01 00:00:00 | Tue, 01 Dec 2020 02:00:00 +0200
Cairo | 2020-12-01 07:00:00 | Tue, 01 Dec 2020 02:00:00 -05:00
Cairo | 2020-12-01 07:00:00 | Tue, 01 Dec 2020 02:00 EST
Riyadh | 2020-12-01 02:00:00 | Tue, 01 Dec 20 02:00:00 GMT
Riyadh | 2020-12-01 02:00:00 | Tuesday, 01-Dec-20 02:00:00 GMT
Riyadh | 2020-10-07 10:09:00 | Wed, 07 Oct 2020 12:09:00 EET
Riyadh | 2020-10-07 10:09:00 | Wed Oct 07 2020 12:09:00 GMT+0200
Riyadh | 2020-10-07 10:09:00 | Wed Oct 07 2020 12:09:00 GMT+0200 (Eastern European Standard Time)
Riyadh | 2020-10-07 10:09:00 | Wed Oct 07 2020 12:09:00 GMT+0200 (توقيت شرق أوروبا الرسمي)
Riyadh | 2020-10-07 10:09:00 | Wed Oct  7 12:09:00 EET 2020
Riyadh | 2020-10-07 12:09:00 | Wed Oct 07 12:09:00 +0000 2020
Riyadh | 2019-07-02 10:05:00 | GMT 10:05 2019 الثلائاء 02 يوليو
Riyadh | 2020-12-05 11:20:00 | Dec. 5, 2020, 2:20 p.m.
Riyadh | 2020-12-05 11:20:00 | 5 December 2020 at 14:20
Cairo | 2020-10-07 10:09:00 | الأربعاء، 07 أكتوبر 2020 - 12:09 م
Cairo | 2020-10-06 22:09:00 | الأربعاء، 07 أكتوبر 2020 - 12:09 ص
Cairo | 2020-10-07 10:09:00 | الإربعاء ٠٧ أكتوبر ٢٠٢٠ ١٢:٠٩ م
Cairo | 2020-10-07 10:09:00 | ١٢:٠٩ م - ٧ أوكتوبر ٢٠٢٠
Cairo | 2020-10-07 10:09:00 | م 12:09 2020/10/07
Cairo | 2020-10-07 19:22:00 | مساءً 09:22 2020/10/07
Cairo | 2020-10-07 10:00:00 | 7/10/2020 الساعة 12 ظهراً
Cairo | 2020-10-07 13:00:00 | 7/10/2020 الساعة 3 عصراً
Cairo | 2020-10-07 00:30:00 | 7/10/2020 2:30 بعد منتصف الليل
Cairo | 2020-10-07 12:30:00 | 7/10/2020 2:30 بعد الظهر
Cairo | 2020-10-07 20:00:00 | 7 أكتوبر 2020 الساعة 10 ليلاً
Cairo | 2020-10-07 19:00:00 | 7 أكتوبر 2020 الساعة 9 مساءً
Cairo | 2020-10-07 12:05:00 | 7 أكتوبر 2020 الساعة 14.05
Cairo | 2020-10-07 12:05:00 | 7 أكتوبر 2020 الساعة 14 : 05
Cairo | 2020-10-07 12:05:00 | 7 أكتوبر 2020 14:05 م
Amman | 2020-04-24 18:22:00 | تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً
Riyadh | 2020-11-30 23:00:00 | ٠٢:٠٠ الثلاثاء ١ / ١٢ / ٢٠٢٠
Cairo | 2020-03-17 15:27:00 | 17:27 17.03.2020
Cairo | 2020-03-17 17:27:00 | GMT 17:27 17.03.2020
Cairo | 2013-08-28 10:00:00 | الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)
Cairo | 2021-01-12 06:15:00 | نُشر في: 12 يناير, 2021: 10:15 ص GST
Riyadh | 2021-01-14 07:30:00 | الخميس 14 يناير 2021 | 10:30 ص
Riyadh | 2021-01-14 07:30:00 | آخر تحديث: 14 يناير 2021، 10:30 ص
Riyadh | 2021-01-12 08:05:00 | تاريخ النشر: 11:05 ص - 12/1/2021
Riyadh | 2021-01-12 08:05:22 | 2021-01-12 | 11:05:22
Riyadh | 2020-12-07 12:15:00 | الاثنين 07/ديسمبر/2020 - 03:15 م
Riyadh | 2020-12-05 09:30:15 | 5/12/2020 12:30:15 م
Riyadh | 2020-12-04 21:30:15 | 5/12/2020 12:30:15 ص
Rabat | 2021-12-12 13:05:00 | الأحد 12 دجنبر 2021 - 14h05
Rabat | 2021-09-12 13:05:00 | 12 شتنبر 2021 على الساعة 14:05
Rabat | 2021-05-02 14:05:00 | 2 ماي 2021 - 14:05
Tunis | 2019-08-08 13:20:00 | 8 أوت 2019 - 14:20
Nouakchott | 2019-08-08 14:20:00 | الخميس 8 أغشت 2019 14:20
Riyadh | 2020-12-01 14:00:00 | 14:00 بتوقيت غرينتش 1 ديسمبر 2020
Cairo | 2020-12-01 11:00:00 | 1 ديسمبر 2020 الساعة 14:00 بتوقيت مكة المكرمة
Cairo | 2020-12-01 11:00:00 | 1 ديسمبر 2020 الساعة 14:00 (مكة المكرمة)
Cairo | 2020-12-01 11:30:00 | 1/12/2020-14:30 م (مكة المكرمة)، 11:30 (غرينتش)
Riyadh | 2020-12-01 10:00:00 | 1 ديسمبر 2020 14:00 بتوقيت أبو ظبي
Riyadh | 2020-12-01 12:00:00 | 1 ديسمبر 2020 14:00 بتوقيت بيروت
Riyadh | 2020-12-01 12:00:00 | 1 ديسمبر 2020 14:00 بتوقيت القاهرة
Cairo | 2020-12-01 11:00:00 | 1 ديسمبر 2020 14:00 بتوقيت بغداد
Cairo | 2020-12-01 11:00:00 | 1 ديسمبر 2020 14:00 بتوقيت الدوحة
Amman | 2020-12-01 12:00:00 | 1 ديسمبر 2020 14:00 بتوقيت عمان
Riyadh | 2020-12-01 14:00:00 | 1 ديسمبر 2020 14:00 ت.غ
Riyadh | 2020-12-01 14:00:00 | 1 ديسمبر 2020 14:00 ت غ
Cairo | 2020-12-01 11:00:00 | 1 ديسمبر 2020 14:00 GMT+3
Cairo | 2020-12-01 11:00:00 | 1 ديسمبر 2020 14:00 (3+ GMT)
Cairo | 2020-12-01 12:00:00 | 1 ديسمبر 2020 14:00 بالتوقيت المحلي
Riyadh | 2020-12-01 09:30:00 | الثلاثاء 16 ربيع الآخر 1442 هـ - 1 ديسمبر 2020 م 12:30
Beirut | 2020-03-28 22:30:00 | 29/03/2020 00:30
Beirut | 2020-10-24 20:30:00 | 24/10/2020 23:30
"""

# Day | what is printed. The moment is midnight in Riyadh.
DAYS = """
2020-12-01 | 2020-12-01
2020-12-01 | 2020-12-01Z
2020-12-01 | 20201201
2020-12-01 | 2020/12/01
2020-12-01 | 2020.12.1
2020-12-01 | 1 / 12 / 2020
2020-12-01 | ١ / ١٢ / ٢٠٢٠
2020-12-01 | ۰۱-۱۲-۲۰۲۰
2022-01-05 | 05/01/2022
2022-01-05 | 5.1.2022
2020-10-17 | 10/17/2020
2020-03-17 | 2020/17/03
2022-01-05 | الأربعاء 01/05/2022
2022-05-01 | الأحد 01/05/2022
2013-08-28 | 28/08/13
1999-12-31 | 31/12/99
2007-01-05 | الجمعة 5/1/07
2019-02-08 | الجمعة 8 فيفري 2019
2024-03-03 | 3 مارس/ آذار 2024
2020-11-05 | 5 تشرين الثاني/ نوفمبر 2020
2020-04-24 | 24 نيسان / أبريل 2020
2020-08-05 | 5 أغسطس/آب 2020
2020-01-05 | كانون الثاني (يناير) 5, 2020
2020-10-05 | 5 تشرين الأول - أكتوبر 2020
2020-12-05 | 5 كانون أول 2020
2020-11-05 | 5 ت2 2020
2021-05-12 | 12 آيار 2021
2020-09-12 | 12 أيلول 2020
2020-08-12 | 12 اب 2020
2021-07-12 | 12 يوليوز 2021
2021-08-12 | 12 غشت 2021
2021-11-12 | 12 نونبر 2021
2020-01-20 | 20 جانفي 2020
2019-04-13 | 13 أفريل 2019
2019-06-03 | 3 جوان 2019
2021-07-05 | 5 جويلية 2021
2019-09-08 | 8 شتمبر 2019
2019-12-08 | 8 دجمبر 2019
2019-04-08 | 8 إبريل 2019
2020-06-08 | 8 يونيه 2020
2020-07-08 | 8 يوليه 2020
2020-10-08 | 8 اكتوبر 2020
2020-02-08 | 8 février 2020
2020-12-07 | ديسمبر 7, 2020
2020-01-05 | 2020 يناير 05
2020-01-05 | 5 من شهر يناير عام 2020
2020-01-05 | الـ5 من يناير 2020
2020-01-05 | 5يناير2020
2020-12-05 | December 5th, 2020
2020-12-05 | السبت ، 5 ديسمبر ، 2020
2020-12-05 | \u200fالسبت\u200f، 05 \u200fديسمبر\u200f 2020
2020-10-07 | \u202bالأربعاء\u00a07\u00a0أكتوبر\u00a02020\u202c
2020-10-07 | الأربعـــاء 7 أكتوبـــر 2020
2020-10-07 | الأَرْبِعَاءُ 7 أُكْتُوبَر 2020
2020-10-07 | ﺍﻷﺭﺑﻌﺎﺀ ٧ ﺃﻛﺘﻮﺑﺮ ٢٠٢٠
2020-10-07 | الاربعا 7 أكتوبر 2020
2020-10-06 | الثلثاء 6 أكتوبر 2020
2020-01-05 | 5\\nيناير\\n2020
2020-01-05 | القاهرة - أحمد | 5 يناير 2020
2020-01-05 | كتب أحمد علي 5 يناير 2020
2020-01-05 | بقلم: أحمد علي 5/1/2020
2020-12-07 | بواسطة أحمد علي في ديسمبر 7, 2020
2020-01-05 | 5 يناير 2020 - 120 مشاهدة
2021-01-12 | الثلاثاء - 28 جمادى الأولى 1442 هـ - 12 يناير 2021 مـ رقم العدد [15386]
2021-01-12 | أخبار اليوم - 12 يناير 2021
2021-01-12 | اليوم الثلاثاء 12 يناير 2021
2020-10-07 | 07 أكتوبر 2020 م 03:09
2020-12-01 | 1 ديسمبر 2020 الساعة 9
2022-12-10 | 16 جمادى الأولى 1444هـ
2022-12-10 | 1444/05/16
2022-12-10 | ١٦-٥-١٤٤٤هـ
2022-12-10 | السبت 16 جمادي الاولى 1444
2026-10-27 | الخميس ١٦ جمادى الأولى ١٤٤٨
2023-07-19 | 1 محرم 1445
2023-06-19 | 1 ذو الحجة 1444
2023-06-19 | 1 ذي الحجه 1444 هجرية
2020-12-01 | الثلاثاء 16 ربيع الآخر 1442هـ الموافق 1 ديسمبر 2020م
2020-12-01 | 1442/4/16 هـ الموافق 1/12/2020 م
2021-01-12 | 12 يناير 2021 - 28 جمادى الأولى 1442 هـ
2020-12-10 | 16 ربيع الآخر 1442 - 10 ديسمبر 2020
"""

# Moment in UTC | what is printed, on a page fetched on Friday 20 November 2026 at 12:00 UTC, 15:00 in Riyadh.
COUNTED_BACK = """
2026-11-20 09:00 | منذ ٣ ساعات
2026-11-20 09:00 | 3 hours ago
2026-11-20 09:00 | قبل ثلاث ساعات
2026-11-20 10:00 | منذ ساعتين
2026-11-20 11:00 | منذ ساعة
2026-11-20 11:55 | منذ 5 دقائق
2026-11-20 11:30 | قبل نصف ساعة
2026-11-20 10:40 | منذ ساعة و20 دقيقة
2026-11-19 07:00 | منذ يوم و5 ساعات
2026-11-20 12:00 | منذ لحظات
2026-11-20 12:00 | الآن
2026-11-17 21:00 | قبل يومين
2026-11-16 21:00 | منذ 3 أيام
2026-11-18 21:00 | أمس
2026-11-17 21:00 | أول أمس
2026-11-19 21:00 | اليوم
2026-11-19 11:00 | أمس الساعة 14:00
2026-11-20 09:30 | اليوم 12:30
2026-11-20 09:30 | اليوم الجمعة 12:30
2026-11-19 14:00 | أمس 14:00 بتوقيت غرينتش
"""


def _rows(table: str, *, cells: int) -> list[list[str]]:
    lines = [line.split(" | ", cells - 1) for line in table.strip().splitlines()]
    return [[cell.replace("\\n", "\n") for cell in line] for line in lines]


@pytest.mark.parametrize(("zone", "moment", "raw"), _rows(MOMENTS, cells=3))
def test_a_printed_time_is_read_to_the_minute_or_second(zone: str, moment: str, raw: str) -> None:
    """What a newsroom prints with a time of day means one moment, in its own zone unless it names another."""
    result = _read(raw, zone)
    assert result.at == datetime.fromisoformat(moment + "+00:00")
    assert result.precision in ("minute", "second")


@pytest.mark.parametrize(("day", "raw"), _rows(DAYS, cells=2))
def test_a_printed_day_is_midnight_in_the_newsroom(day: str, raw: str) -> None:
    """A day without a time is that day's midnight where the newspaper is made, expressed in UTC."""
    result = _read(raw)
    assert result.at == datetime.combine(datetime.fromisoformat(day), time(), ZoneInfo("Asia/Riyadh"))
    assert result.at.tzinfo is UTC
    assert result.precision == "day"


@pytest.mark.parametrize(("moment", "raw"), _rows(COUNTED_BACK, cells=2))
def test_a_relative_date_counts_from_the_fetch(moment: str, raw: str) -> None:
    """«منذ» and «أمس» are counted back from when the page was fetched, on the newsroom's calendar."""
    result = _read(raw)
    assert result.at == datetime.fromisoformat(moment + "+00:00")
    assert result.how == "relative"


@pytest.mark.parametrize(
    ("raw", "explicit"),
    [
        ("2020-12-01T02:00:00+03:00", True),
        ("2020-12-01T02:00:00Z", True),
        ("1 ديسمبر 2020 14:00 بتوقيت مكة", True),
        ("GMT 17:27 17.03.2020", True),
        ("1602065340", True),
        ("2020-12-01T02:00:00", False),
        ("1 ديسمبر 2020 14:00 بالتوقيت المحلي", False),
        ("1 ديسمبر 2020", False),
    ],
)
def test_a_zone_is_explicit_only_if_the_string_names_it(raw: str, explicit: bool) -> None:
    """Whoever weighs two sources can see which of them said where its clock stands."""
    assert _read(raw).explicit_zone is explicit


@pytest.mark.parametrize(
    ("raw", "how"),
    [
        ("2020-12-01T02:00:00", "iso"),
        ("20201201", "compact"),
        ("1602065340", "epoch"),
        ("Tue, 01 Dec 2020 02:00:00 GMT", "rfc822"),
        ("1/12/2020", "numeric"),
        ("10/17/2020", "numeric; mdy"),
        ("2020/17/10", "numeric; ydm"),
        ("الأربعاء 01/05/2022", "numeric; mdy"),
        ("الجمعة 01/05/2022", "numeric; weekday differs"),
        ("الاثنين 1 ديسمبر 2020", "text; weekday differs"),
        ("16 جمادى الأولى 1444", "hijri-text"),
        ("1444/05/16", "hijri-numeric"),
        ("الأحد 16 جمادى الأولى 1444", "hijri-text; by weekday"),
        ("الخميس ١٦ جمادى الأولى ١٤٤٨", "hijri-text; weekday differs"),
        ("16 ربيع الآخر 1442هـ الموافق 1 ديسمبر 2020م", "text"),
        ("16 ربيع الآخر 1442هـ الموافق 10 ديسمبر 2020م", "text; hijri differs"),
    ],
)
def test_the_reading_says_how_it_was_got_and_what_is_odd(raw: str, how: str) -> None:
    """A reader of the archive can see which dates rest on a contradiction."""
    assert _read(raw).how == how


@pytest.mark.parametrize(("weekday", "day"), [("الجمعة", 9), ("السبت", 10), ("الأحد", 11)])
def test_the_weekday_moves_a_hijri_day_by_one(weekday: str, day: int) -> None:
    """Countries begin a Hijri month up to a day apart; the weekday tells which day the newsroom meant."""
    assert _read(f"{weekday} 16 جمادى الأولى 1444").at.astimezone(ZoneInfo("Asia/Riyadh")).day == day


def test_ast_is_the_newsrooms_own() -> None:
    """AST is Arabia in Riyadh and the Atlantic in Halifax: an ambiguous name is the nearest to the newsroom's clock."""
    halifax = parse("Tue, 01 Dec 2020 02:00:00 AST", zone=ZoneInfo("America/Halifax"), months=None, now=NOW)
    assert halifax.at == datetime(2020, 12, 1, 6, 0, tzinfo=UTC)
    assert _read("Tue, 01 Dec 2020 02:00:00 AST").at == datetime(2020, 11, 30, 23, 0, tzinfo=UTC)


def test_a_skipped_midnight_is_the_first_moment_of_its_day() -> None:
    """In Beirut 29 March 2020 began at 01:00; the day is still read, as the instant the clocks went forward."""
    assert _read("29 آذار 2020", "Beirut").at == datetime(2020, 3, 28, 22, 0, tzinfo=UTC)


def test_a_repeated_hour_is_the_first_of_the_two() -> None:
    """23:30 happened twice in Beirut on 24 October 2020; the one in summer time is taken."""
    assert _read("24 تشرين الأول 2020 23:30", "Beirut").at == datetime(2020, 10, 24, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize("months", ["levant", "iraq", None])
def test_short_month_names_are_read_where_papers_use_them(months: Months | None) -> None:
    """«ت2» is November in Lebanon and Iraq."""
    assert _read("5 ت2 2020", months=months).at == datetime(2020, 11, 4, 21, 0, tzinfo=UTC)


def test_the_present_must_be_aware() -> None:
    """A naive `now` is a mistake of the caller's, not an unreadable date."""
    with pytest.raises(TypeError):
        _read("1/12/2020", now=datetime(2026, 11, 20))  # noqa: DTZ001


def test_a_date_may_lie_a_day_ahead_and_no_more() -> None:
    """Tomorrow's paper is on the web tonight; what lies further ahead is a misreading."""
    assert _read("21/11/2026").at == datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="future"):
        _read("22/11/2026")
