"""What the pages of a site offer, counted; and how far a probe may go."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newscrawler.extract.document import read_document
from newscrawler.link import Link
from newscrawler.page import Page
from newscrawler.probing.limits import DELAY_S, REQUESTS, Limits, NotProbed
from newscrawler.probing.tallies import dates_said, quality, to_the_minute
from support.archives import NOW, a_site

BEIRUT = ZoneInfo("Asia/Beirut")


def test_each_field_is_counted_once_a_page() -> None:
    """Two of three pages have an author."""
    assert quality([("headline", "author"), ("headline",), ("author",)]) == {"headline": 2, "author": 2}


def test_midnight_is_a_day_without_a_time() -> None:
    """In the newsroom's zone as in UTC: who writes a date alone gets one or the other."""
    noon = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    midnight, midnight_there = datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=BEIRUT)
    assert to_the_minute([noon, midnight, midnight_there, None], BEIRUT) == 1


PAGE = """<html><head>
<script type="application/ld+json">
{"@type": "NewsArticle", "datePublished": "2026-11-22T09:30:00Z", "dateModified": 1795339800}</script>
<meta property="article:published_time" content="2026-11-22T11:30:00+02:00">
<meta property="article:published_time" content="2020-01-01T00:00:00Z">
</head><body><time datetime="2026-11-22">اليوم</time><time datetime="">أمس</time><time datetime="09:30">09:30</time>
</body></html>"""


def test_dates_for_machines_are_gathered_as_they_stand() -> None:
    """From the page's data, its metas and first two time elements, and from the list that led there: strings only,
    the first meta of a name, and no time element without a figure.
    """
    url = "https://alpha.example/news/1"
    document = read_document(Page(url=url, requested_url=url, body=PAGE.encode(), fetched_at=NOW), a_site(), PAGE)
    link = Link(url, published="Sun, 22 Nov 2026 09:30:00 GMT")
    assert list(dates_said([(document, link)])) == [
        ("JSON-LD", "2026-11-22T09:30:00Z"),
        ("meta", "2026-11-22T11:30:00+02:00"),
        ("time elements", "2026-11-22"),
        ("lists", "Sun, 22 Nov 2026 09:30:00 GMT"),
    ]


def test_a_probe_without_options_asks_as_little_as_it_needs() -> None:
    """The defaults are those of the module."""
    assert Limits.of(requests=None, delay_s=None, private_network=False) == Limits(REQUESTS, DELAY_S)
    assert Limits.of(requests=5, delay_s=0, private_network=True) == Limits(5, 0, private_network=True)


@pytest.mark.parametrize(
    ("requests", "delay_s", "option"), [(4, None, "--requests"), (None, -1.0, "--delay"), (None, 3601.0, "--delay")]
)
def test_a_number_that_cannot_be_meant_is_refused(requests: int | None, delay_s: float | None, option: str) -> None:
    """Before anybody is asked; the message names the option."""
    with pytest.raises(NotProbed, match=option):
        Limits.of(requests=requests, delay_s=delay_s, private_network=False)
