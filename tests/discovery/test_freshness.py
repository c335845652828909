"""is_fresh: what may be left out because it is certainly too old."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.discovery.sitemap import Child, is_fresh
from newscrawler.link import Link

SINCE: Final = date(2026, 3, 1)


def page(*, published: str | None = None, lastmod: str | None = None) -> Link:
    """A link with these dates."""
    return Link("https://jarida.example.com/a/1", published=published, lastmod=lastmod)


@pytest.mark.parametrize(
    "lastmod",
    [
        "2026-02-28",
        "2026-2-8",
        "2026/02/28",
        "2026-02-28T09:00:00+03:00",
        "2026-02-28 23:59",
        "20260228",
        "2026-02",
        "2025",
        "28/02/2026",
        "Sat, 28 Feb 2026 09:00:00 GMT",
        "٢٠٢٦-٠٢-٢٨",
        " 2026-02-28T09:00:00.123Z\n",
    ],
)
def test_a_readable_date_before_the_day_is_stale(lastmod: str) -> None:
    """However sloppily it is printed."""
    assert not is_fresh(page(lastmod=lastmod), since=SINCE)


@pytest.mark.parametrize(
    "lastmod",
    [
        "2026-03-01",
        "2026-02-28T25:61:00Z",
        "2026-03-01T00:00:00+03:00",
        "2026-03",
        "2026",
        "2027-01-01",
        "Sun, 01 Mar 2026 00:00:01 +0300",
        "02/03/2026",
        "03/01/2026",
    ],
)
def test_the_day_itself_and_what_may_be_it_is_fresh(lastmod: str) -> None:
    """A month, a year or an ambiguous date counts as the latest day it can mean."""
    assert is_fresh(page(lastmod=lastmod), since=SINCE)


def test_an_evening_in_utc_is_the_newsroom_s_next_day() -> None:
    """An article of 1 March, 01:30 in Muscat is printed as 28 February by a sitemap in UTC."""
    assert is_fresh(page(lastmod="2026-02-28T21:30:00Z"), since=SINCE)
    assert not is_fresh(page(lastmod="2026-02-28T19:30:00Z"), since=SINCE)


@pytest.mark.parametrize(
    "raw",
    [None, "", " ", "أمس", "0001-01-01", "1970-01-01T00:00:00Z", "2026-02-31", "n/a", "Thu, 01 Jan 1970 00:00:00 GMT"],
)
def test_no_date_or_an_unreadable_one_is_fresh(raw: str | None) -> None:
    """Nothing is left out on a guess; the epoch is an empty database field."""
    assert is_fresh(page(lastmod=raw), since=SINCE)
    assert is_fresh(page(published=raw), since=SINCE)
    assert is_fresh(Child("https://jarida.example.com/s.xml", raw), since=SINCE)


@pytest.mark.parametrize(
    ("published", "lastmod", "fresh"),
    [
        ("2020-01-01", "2026-03-05", True),
        ("2026-03-05", "2020-01-01", True),
        ("2020-01-01", "2021-01-01", False),
        ("2020-01-01", "قبل ساعة", True),
    ],
)
def test_every_date_must_be_old(published: str, lastmod: str, *, fresh: bool) -> None:
    """An old article that was changed since is fresh: its text is new."""
    assert is_fresh(page(published=published, lastmod=lastmod), since=SINCE) is fresh


@pytest.mark.parametrize(
    "url",
    [
        "https://jarida.example.com/sitemap-2019-05.xml",
        "https://jarida.example.com/sitemap_2019.xml?yyyy=2019&mm=05",
        "https://jarida.example.com/sitemap.xml?yyyy=2026&mm=2&dd=28",
        "https://jarida.example.com/sitemap-201905.xml",
        "https://jarida.example.com/sitemap-20260228.xml.gz",
        "https://jarida.example.com/sitemap/2019/12/post.xml",
        "https://jarida.example.com/2019/sitemap.xml",
        "https://jarida.example.com/s.xml?date=2026-02-28",
        "https://jarida.example.com/sitemap.xml?year=2025",
    ],
)
def test_a_child_whose_name_says_that_it_is_over_is_stale(url: str) -> None:
    """Even if the site stamps every child with today's date."""
    assert not is_fresh(Child(url), since=SINCE)
    assert not is_fresh(Child(url, "2026-03-20"), since=SINCE)


@pytest.mark.parametrize(
    "url",
    [
        "https://jarida.example.com/sitemap.xml",
        "https://jarida.example.com/sitemap-2019.xml",
        "https://jarida.example.com/sitemap-2026-03.xml",
        "https://jarida.example.com/sitemap-2019-05-01--2026-12-31.xml",
        "https://jarida.example.com/sitemap-123456.xml",
        "https://jarida.example.com/sitemap-1905-05.xml",
        "https://jarida.example.com/sitemap-2019-13.xml",
        "https://jarida.example.com/sitemap.xml?yyyy=2026",
        "https://jarida.example.com/sitemap-5.xml?page=2019",
        "https://[broken/sitemap-2019-05.xml",
    ],
)
def test_a_name_that_may_mean_something_else_is_fresh(url: str) -> None:
    """«sitemap-2019.xml» may be the 2019th file."""
    assert is_fresh(Child(url), since=SINCE)


def test_a_child_last_changed_before_the_day_is_stale() -> None:
    """Nothing in it can be newer than its last change."""
    assert not is_fresh(Child("https://jarida.example.com/s1.xml", "2026-02-20T10:00:00+03:00"), since=SINCE)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 30)), since=st.dates(date(1990, 1, 1), date(2100, 12, 30)))
def test_whole_days_compare_as_days(day: date, since: date) -> None:
    """For a plain date the answer is exactly the calendar's."""
    assert is_fresh(page(lastmod=day.isoformat()), since=since) is (day >= since)


@given(st.text(max_size=40), st.text(max_size=60))
def test_no_text_raises(raw: str, name: str) -> None:
    """Dates and names are what strangers typed."""
    assert is_fresh(page(lastmod=raw), since=SINCE) in (True, False)
    assert is_fresh(Child("https://jarida.example.com/" + name, raw), since=SINCE) in (True, False)
