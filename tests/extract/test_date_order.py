"""Dates in numbers whose month and day are exchanged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawler.article import Article

Read = Callable[..., Article]


def _meta(value: str) -> str:
    return f"<meta name='pubdate' content='{value}'>"


def test_another_date_of_the_page_decides_which_number_is_the_month(read: Read) -> None:
    """A server's «05/09/2020» beside a printed «9 مايو 2020» is the ninth of May."""
    article = read(head=_meta("05/09/2020 15:32:00"), above="<div class='date'>السبت 9 مايو 2020</div>")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2020-05-09T12:32:00+00:00"


def test_a_date_that_another_place_confirms_is_not_turned(read: Read) -> None:
    """The day comes first in Arabic countries, and nothing here says otherwise."""
    article = read(head=_meta("05/09/2020 15:32:00"), above="<div class='date'>السبت 5 سبتمبر 2020</div>")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2020-09-05T12:32:00+00:00"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5/9/2020 3:32:00 PM", "2020-05-09T12:32:00+00:00"),
        ("05/09/2020 03:32:00 PM", "2020-09-05T12:32:00+00:00"),
        ("05/09/2020", "2020-09-04T21:00:00+00:00"),
    ],
)
def test_only_the_american_form_has_the_month_first(read: Read, value: str, expected: str) -> None:
    """Numbers without leading zeros, seconds and AM or PM: so writes one program's default, and no Arabic one."""
    article = read(head=_meta(value))
    assert article.published_at is not None
    assert article.published_at.isoformat() == expected


def test_a_clock_above_the_headline_is_no_publication(read: Read) -> None:
    """A date above the headline that is later than the article's last change is the day of the visit."""
    page = (
        "<html><head><title>افتتاح مكتبة جديدة في الحي</title></head><body><div><div>السبت 2 مارس 2024 9:42 م</div>"
        "<h1>افتتاح مكتبة جديدة في الحي</h1><div>آخر تحديث: الجمعة 1 مارس 2024 - 2:48 م</div>"
        "<div><p>افتتحت البلدية صباح اليوم مكتبة جديدة في الحي الشرقي تضم عشرين ألف كتاب.</p>"
        "<p>وقال مدير المكتبة إن الأبواب ستبقى مفتوحة حتى التاسعة مساء ما عدا الجمعة.</p></div></div></body></html>"
    )
    article = read(page)
    assert article.published_at is None
    assert article.modified_at is not None
    assert article.modified_at.isoformat() == "2024-03-01T12:48:00+00:00"
