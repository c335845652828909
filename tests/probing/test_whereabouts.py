"""Where a newsroom is, by what its pages say."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from contracts.source import document as text_of_document
from contracts.source import section
from newscrawler.extract.document import Document, read_document
from newscrawler.page import Page
from newscrawler.probing.places import PLACES
from newscrawler.probing.whereabouts import guess_country, guess_months, guess_zone
from support.archives import NOW, a_site

WINTER = datetime(2026, 1, 15, tzinfo=UTC)


def a_document(html: str, url: str = "https://sada.example/") -> Document:
    """A parsed page."""
    page = Page(url=url, body=html.encode(), fetched_at=NOW, requested_url=url)
    return read_document(page, a_site("sada", name="sada.example", home=url), html)


def country(url: str, *pages: str, seen: str = "") -> str | None:
    """The guess alone."""
    return guess_country(url, [a_document(page, url) for page in pages], seen=seen).value


def test_the_table_is_the_one_that_contributors_read() -> None:
    """Zones and months of seeds/README.md and of the probe don't drift apart."""
    table = section(text_of_document("seeds/README.md"), "## Countries, time zones, months")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    told = {
        cells[1]: (tuple(re.findall("`([^`]+)`", cells[3])), cells[4].strip("`") or None)
        for cells in rows
        if len(cells) == 5 and re.fullmatch("[A-Z]{2}", cells[1])
    }
    assert told == {code: (place.zones, place.months) for code, place in PLACES.items()}


@pytest.mark.parametrize(
    ("url", "page", "seen", "code"),
    [
        ("https://www.sada.com.eg/", "<html></html>", "", "EG"),
        ("https://sada.tn/", "<html lang='ar'></html>", "", "TN"),
        ("https://sada.com/", "<html lang='ar-JO'></html>", "", "JO"),
        ("https://sada.com/", "<html lang='ar-SA'></html>", "", None),
        ("https://sada.com/", "<html lang='ar-SA'></html>", "هاتف: +966 11 555 0000", "SA"),
        ("https://sada.com/", "<html></html>", "هاتف: 00961 1 555000", None),
        ("https://sada.com/", "<title>صدى المغرب</title>", "", "MA"),
        ("https://sada.com/", "<title>صوت عمان</title>", "", None),
        ("https://sada.com/", "<title>بين تونس والجزائر</title>", "", None),
        ("https://sada.ly/", "<html lang='ar-EG'></html>", "", "LY"),
        ("https://sada.io/", "<html></html>", "في 00 212 بيتا", None),
    ],
)
def test_a_country_is_named_where_enough_speaks_for_it(url: str, page: str, seen: str, code: str | None) -> None:
    """A domain does; one telephone number, a template's «ar-SA» or a name that two countries share doesn't."""
    assert country(url, page, seen=seen) == code


def test_the_address_in_the_page_s_data_counts() -> None:
    """However deep it stands, as a code or as an object."""
    data = '{"@type": "NewsMediaOrganization", "address": [{"addressCountry": {"name": "iq"}}]}'
    assert country("https://sada.com/", f'<script type="application/ld+json">{data}</script>') == "IQ"


@pytest.mark.parametrize(
    ("code", "said", "now", "zone", "sure"),
    [
        ("LB", ["2026-11-22T09:00:00+02:00"], NOW, "Asia/Beirut", True),
        ("LB", ["2026-08-22T09:00:00+03:00"], WINTER, "Asia/Beirut", True),  # summer time is the same zone
        ("LB", ["2026-11-22T09:00:00Z"], NOW, "Asia/Beirut", False),
        ("LB", ["2026-11-22T09:00:00-05:00"], NOW, "Asia/Beirut", False),
        (None, ["Sun, 22 Nov 2026 09:00:00 +0300"], NOW, "Etc/GMT-3", False),
        (None, ["2026-11-22T09:00:00-0500"], NOW, "Etc/GMT+5", False),
        (None, ["2026-11-22T09:00:00+05:30"], NOW, None, False),
        (None, ["2026-11-22", "x GMT"], NOW, None, False),
    ],
)
def test_a_zone_is_the_country_s_held_against_the_dates(
    code: str | None, said: list[str], now: datetime, zone: str | None, sure: bool
) -> None:
    """«Z» tells nothing; without a country the offset alone is kept, as a zone that has it all year."""
    guess = guess_zone(code, [("JSON-LD", raw) for raw in said], now=now)
    assert (guess.value, guess.is_sure) == (zone, sure)


def test_a_contradiction_is_told() -> None:
    """The person decides, and learns what there is to decide."""
    guess = guess_zone("LB", [("meta", "2026-11-22T09:00:00+04:00")], now=NOW)
    assert "BUT 1 of 1 dates with an offset say +04:00 (meta)" in guess.evidence


def test_months_narrow_a_zone_down() -> None:
    """Of the zones two hours ahead only some newsrooms write «تشرين الثاني»."""
    guess = guess_zone(None, [("lists", "2026-11-22T09:00:00+02:00")], months="levant", now=NOW)
    assert "Asia/Beirut, Asia/Gaza, Asia/Hebron" in guess.evidence
    assert "Cairo" not in guess.evidence


@pytest.mark.parametrize(
    ("code", "texts", "months"),
    [
        ("DZ", [], "maghreb"),
        (None, ["5 نيسان 2026، 6 أيار 2026", "7 تشرين الثاني/نوفمبر 2026"], "levant"),
        (None, ["5 غشت 2026 و6 يوليوز 2026 و7 شتنبر"], "morocco"),
        (None, ["5 نوفمبر 2026 و6 سبتمبر و7 أكتوبر"], None),
        (None, ["قرأ كتاب 5 مرات", "باب 3", "اب"], None),
        ("LY", ["5 فبراير 2026"], None),
    ],
)
def test_months_are_the_country_s_or_those_that_stand_beside_numbers(
    code: str | None, texts: list[str], months: str | None
) -> None:
    """«نوفمبر» is everybody's, and «كتاب» is no August."""
    assert guess_months(code, texts).value == months
