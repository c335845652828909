"""Dates inside a longer visible line, with the labels that say what they are the date of."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newscrawler.extract.dates import FoundDate, find_dates

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

Expected = tuple[str, str, str | None]


def _found(text: str) -> list[FoundDate]:
    return find_dates(text, zone=ZoneInfo("Asia/Riyadh"), months=None, now=NOW)


def _told(text: str) -> list[Expected]:
    return [(text[one.start : one.end], f"{one.read.at:%Y-%m-%d %H:%M}", one.role) for one in _found(text)]


LINES: list[tuple[str, list[Expected]]] = [
    (
        "نشر في: الأربعاء، 07 أكتوبر 2020 - 12:09 م | آخر تحديث: الخميس، 08 أكتوبر 2020 - 02:09 م",
        [
            ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07 09:09", "published"),
            ("الخميس، 08 أكتوبر 2020 - 02:09 م", "2020-10-08 11:09", "updated"),
        ],
    ),
    (
        "تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً",
        [("الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24 18:22", "published")],
    ),
    (
        "الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)",
        [("الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400", "2013-08-28 10:00", "updated")],
    ),
    (
        "GMT 17:27 17.03.2020 (محدثة GMT 17:49 17.03.2020)",
        [
            ("GMT 17:27 17.03.2020", "2020-03-17 17:27", None),
            ("GMT 17:49 17.03.2020", "2020-03-17 17:49", "updated"),
        ],
    ),
    (
        "آخر تحديث 14:00 | نشر 12:00 5 يناير 2020",
        [("12:00 5 يناير 2020", "2020-01-05 09:00", "published")],
    ),
    (
        "منشور 14:00 5/1/2020 تحديث 15:00 6/1/2020",
        [("14:00 5/1/2020", "2020-01-05 11:00", "published"), ("15:00 6/1/2020", "2020-01-06 12:00", "updated")],
    ),
    (
        "12:09 07/10/2020 | 13:00 08/10/2020",
        [("12:09 07/10/2020", "2020-10-07 09:09", None), ("13:00 08/10/2020", "2020-10-08 10:00", None)],
    ),
    (
        "الأحد 5 يناير 2020 الاثنين 6 يناير 2020",
        [("الأحد 5 يناير 2020", "2020-01-04 21:00", None), ("الاثنين 6 يناير 2020", "2020-01-05 21:00", None)],
    ),
    (
        "نشر بواسطة أحمد علي من القاهرة يوم الأحد 5 يناير 2020",
        [("الأحد 5 يناير 2020", "2020-01-04 21:00", "published")],
    ),
    ("Wed Oct 07 12:09:00 EET 2020 x", [("Wed Oct 07 12:09:00 EET 2020", "2020-10-07 10:09", None)]),
    ("القاهرة، منذ ٣ ساعات في المدينة", [("منذ ٣ ساعات", "2026-11-20 09:00", None)]),
    ("كتب أحمد أمس الساعة 14:00 في القاهرة", [("أمس الساعة 14:00", "2026-11-19 11:00", None)]),
    ("٠٢:٠٠ \n الثلاثاء  ١ / ١٢ / ٢٠٢٠", [("٠٢:٠٠ \n الثلاثاء  ١ / ١٢ / ٢٠٢٠", "2020-11-30 23:00", None)]),
    ("المصري اليوم وأخبار أمس ويناير 2020 و30 فبراير 2020 وعام 2019", []),
    ("https://example.com/2020/12/01/x و photo-2020-01-05.jpg", []),
    ("موعد اللقاء 14:05 في القاعة 12 عند الأحد", []),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_every_date_of_a_line_is_found_with_its_place_and_label(line: str, expected: list[Expected]) -> None:
    """The span cuts the date out of the text as printed, and the role is the label's before it."""
    assert _told(line) == expected


def test_spans_count_the_characters_that_reading_drops() -> None:
    """Harakat and bidi marks are dropped for reading, but the span is of the text as given."""
    line = "\u200fبتاريخ الأَحَدُ 5 يَنايِر 2020 09:22 مساءً."
    assert _told(line) == [("الأَحَدُ 5 يَنايِر 2020 09:22 مساءً", "2020-01-05 18:22", None)]


def test_a_label_far_away_is_not_the_dates() -> None:
    """«نشر» in a sentence does not make a later date the publication."""
    line = "نشر الكاتب المعروف روايته الجديدة التي طال انتظارها منذ مدة طويلة وتقع أحداثها في 5 يناير 2020"
    assert [one.role for one in _found(line)] == [None]
