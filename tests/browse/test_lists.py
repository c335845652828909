"""Outlets, tags, days: the ways to articles."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from browse.sample_archive import Get, add_article, put
from newscrawler.browse import listing, outlet_page, tag_page, tags_overview
from newscrawler.browse.counts import every_day
from newscrawler.browse.dates import day_of, hijri_day, month_name
from newscrawler.browse.listing import Place


def _links(html: str, pattern: str = r"/-/article/(\d+)") -> list[str]:
    return re.findall(f'href="{pattern}"', html)


def _next(html: str) -> str | None:
    found = re.search(r'rel="next" href="([^"]+)"', html)
    return found[1].replace("&amp;", "&") if found else None


def _turned(get: Get, path: str) -> list[list[str]]:
    """The articles of each page of a list."""
    pages = []
    while True:
        html = get(path).text
        pages.append(_links(html.split('<ol class="items">')[1].split("</ol>")[0]))
        following = _next(html)
        if following is None:
            return pages
        path = following


def test_outlets_stand_under_their_country(get: Get, archive: Database) -> None:
    """Pan-Arab ones first, then countries by their Arabic name, each outlet with its number of articles."""
    pan = {"id": "mashriq", "name": "المشرق", "country": "pan", "kind": "tv", "home": "https://m.example/",
           "timezone": "UTC", "status": "paused", "first_seen_at": "2026-11-01T00:00:00Z"}  # fmt: skip
    put(archive, "sites", pan)
    html = get("/-/outlets").text
    html = html.split('id="country-1"')[1]  # behind the plot
    places = [html.index(text) for text in ("عموم العرب", "المشرق", "تونس", "صحيفة الواحة", "لبنان", "جريدة الساحل")]
    assert places == sorted(places)
    assert "(متوقفة)" in html
    assert "<td>3</td>" in html


def test_an_outlets_page_tells_its_state(get: Get) -> None:
    """Numbers, sections, sources with their last poll, outcomes of its visits, feed, table."""
    html = get("/-/outlet/waha").text
    for text in (
        "صحيفة الواحة",
        "https://waha.example/",
        "3 · مقال واحد بلا تاريخ",
        "اقتصاد",
        "https://waha.example/rss",
        "503",
        "/-/feed/outlet/waha.atom",
        "/archive/articles?site=waha",
        "Africa/Tunis",
    ):
        assert text in html
    assert "أجاب الخادم برمز خطأ" in html


def test_an_outlets_days_are_the_newsrooms(get: Get) -> None:
    """23:30 UTC is half past midnight in Tunis; days without an article are listed as such."""
    html = get("/-/outlet/waha").text
    rows = re.findall(r'<a href="/-/day/(\S+?)\?site=waha">.*?</a></th><td>(\d+)', html)
    assert rows[:3] == [("2026-11-23", "1"), ("2026-11-22", "0"), ("2026-11-21", "1")]
    assert len(rows) == outlet_page._DAYS


def test_field_coverage_is_of_the_newest_articles(get: Get) -> None:
    """Two of three articles of the outlet have a section, two of three a date."""
    html = get("/-/outlet/waha").text.split('id="fields"')[1].split("</section>")[0]
    assert re.findall(r"(\d+%)", html)[:2] == ["67%", "67%"]


def test_visits_of_an_outlet_by_day(get: Get, archive: Database) -> None:
    """Counted by day and outcome, as far back as two weeks before the last crawl."""
    archive.execute("UPDATE sites SET last_crawled_at = '2026-11-22T23:10:00Z'")
    archive.conn.commit()
    html = get("/-/outlet/waha").text.split('id="visits"')[1]
    assert "2026-11-22" in html
    assert MEANING in html


MEANING = "أجاب الخادم برمز خطأ"


def test_a_tags_page_lists_its_articles_and_company(get: Get, archive: Database) -> None:
    """Articles newest first, tags beside it that share two articles, months, outlets, feed."""
    put(archive, "tags", {"id": 2, "kind": "person", "name": "أحمد", "name_en": "Ahmad"})
    put(archive, "tags", {"id": 3, "kind": "topic", "name": "مرة واحدة"})
    tag = {"source": "lexicon", "confidence": 0.9, "mentions": 1}
    for article, number in ((4, 1), (5, 1), (1, 2), (4, 2), (1, 3)):
        put(archive, "article_tags", tag | {"article_id": article, "tag_id": number})
    html = get("/-/tag/1").text
    assert _links(html.split('<ol class="items">')[1]) == ["4", "1", "5"]
    assert "3 مقالات" in html
    assert '<a href="/-/tag/2"><bdi>أحمد</bdi></a> <span class="count">2</span>' in html
    assert "مرة واحدة" not in html
    assert "/-/plot/tag-coverage/1.csv" in html
    assert "/-/feed/tag/1.atom" in html
    english = get("/-/tag/2?lang=en").text
    assert "Ahmad" in english


def test_a_frequent_tag_is_paged_like_a_rare_one(get: Get, archive: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two ways to find a tag's articles, one order."""
    monkeypatch.setattr(listing.read_listing, "__kwdefaults__", {"size": 2})
    for number in range(20, 27):
        add_article(archive, number, published_at=f"2026-11-{number - 10}T10:00:00Z" if number % 3 else None)
        put(archive, "article_tags", {"article_id": number, "tag_id": 1, "source": "x", "confidence": 1.0})
    rare = _turned(get, "/-/tag/1")
    monkeypatch.setattr(tag_page, "_FREQUENT", 1)
    assert _turned(get, "/-/tag/1") == rare
    assert [number for page in rare for number in page] == ["1", "26", "25", "23", "22", "20", "24", "21"]
    assert [len(page) for page in rare] == [2, 2, 2, 2]


def test_lists_are_turned_without_loss_or_repetition(
    get: Get, archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal times and absent ones are no obstacle: every article of the outlet stands on exactly one page."""
    monkeypatch.setattr(listing.read_listing, "__kwdefaults__", {"size": 3})
    for number in range(30, 41):
        add_article(archive, number, published_at="2026-11-10T10:00:00Z" if number < 36 else None)
    pages = _turned(get, "/-/outlet/sahil")
    listed = [number for page in pages for number in page]
    assert listed == ["1", "2", *map(str, range(35, 29, -1)), *map(str, range(40, 35, -1))]
    assert all(len(page) == 3 for page in pages[:-1])


def test_tags_by_kind(get: Get, archive: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The overview by kind and frequency; all of a kind by name, searched by how they begin."""
    for number, name in ((10, "بغداد"), (11, "بيروت"), (12, "تونس"), (13, "بنغازي")):
        put(archive, "tags", {"id": number, "kind": "place", "name": name})
    put(archive, "article_tags", {"article_id": 2, "tag_id": 11, "source": "x", "confidence": 1.0})
    overview = get("/-/tags").text
    assert "أماكن" in overview
    assert overview.index("المرفأ</bdi>") < overview.index("بيروت</bdi>") or "بيروت" in overview
    monkeypatch.setattr(tags_overview, "_PAGE", 2)
    first = get("/-/tags/place?begins=ب")
    assert _links(first.text, r"/-/tag/(\d+)") == ["10", "13"]
    following = _next(first.text)
    assert following
    assert _links(get(following).text, r"/-/tag/(\d+)") == ["11"]
    assert get("/-/tags/colour").status_code == 404
    assert _links(get("/-/tags/person").text, r"/-/tag/(\d+)") == []


def test_a_day_is_the_newsrooms(get: Get) -> None:
    """Of the 23rd are articles published at 22:30 UTC in Beirut and 23:30 UTC in Tunis; Hijri beside; neighbours."""
    html = get("/-/day/2026-11-23").text
    assert _links(html.split('<ol class="items">')[1]) == ["4", "1"]
    assert "الاثنين 23 نوفمبر 2026" in html
    assert "13 جمادى الآخرة 1448 هـ" in html
    assert 'rel="prev" href="/-/day/2026-11-22"' in html
    assert 'rel="next" href="/-/day/2026-11-24"' in html
    assert "مقالان" in html
    narrowed = get("/-/day/2026-11-23?site=waha").text
    assert _links(narrowed.split('<ol class="items">')[1]) == ["4"]
    assert "مقالان" in narrowed  # of the day; the list is narrowed


def test_the_calendar_counts_newsroom_days(get: Get) -> None:
    """The month of the newest article opens first; weeks begin on Saturday; months of the archive are listed."""
    html = get("/-/days").text
    assert "نوفمبر 2026" in html
    counted = re.findall(r'href="/-/day/(\S+?)".*?<span class="count">(\d+)</span>', html)
    assert counted == [("2026-11-21", "1"), ("2026-11-22", "1"), ("2026-11-23", "2")]
    assert html.index("السبت") < html.index("الأحد") < html.index("الجمعة")
    assert 'rel="prev" href="/-/days/2026-10"' in html
    assert "4 مقالات" in html
    assert get("/-/days/2026-10").status_code == 200


@pytest.mark.parametrize("path", ["/-/day/0001-01-01", "/-/day/9999-12-31", "/-/days/0001-01", "/-/days/9999-12"])
def test_the_calendar_has_ends(get: Get, path: str) -> None:
    """The first and last day that can be written are pages like others, without the neighbour that can't."""
    html = get(path)
    assert html.status_code == 200
    assert ('rel="prev"' in html.text) == ("9999" in path)
    assert ('rel="next"' in html.text) == ("0001" in path)


@pytest.mark.parametrize("day", ["2026-11-22", "2026-W47-7", "20261122", "2026-13-01", "٢٠٢٦-١١-٢٢", "", "x" * 10])
def test_only_a_day_is_a_day(day: str) -> None:
    """YYYY-MM-DD in Latin digits: one address for one day."""
    assert (day_of(day) is not None) == (day == "2026-11-22")


def test_hijri_days_are_in_the_tables_or_absent() -> None:
    """Outside the Umm al-Qura calendar's tables nothing is said."""
    assert hijri_day("2024-03-11") == "1 رمضان 1445 هـ"
    assert hijri_day("1900-01-01") == hijri_day("2100-01-01") == hijri_day("x") == ""
    assert month_name("2026-99") == "2026-99"


@given(st.one_of(st.none(), st.text(max_size=60)))
def test_any_place_can_be_read(typed: str | None) -> None:
    """What stands in an address is a place or is ignored; a place is read back from what it prints."""
    place = Place.read(typed)
    assert place is None or Place.read(str(place)) == place


def test_days_without_an_article_are_counted_too() -> None:
    """A plot shows the gap, up to the beginning of the calendar; what is no day has none."""
    assert [count.key for count in every_day({}, last="2026-03-01", days=3)] == [
        "2026-02-27",
        "2026-02-28",
        "2026-03-01",
    ]
    assert every_day({}, last="never", days=3) == []
    assert len(every_day({}, last="0001-01-02", days=9)) == 2


@pytest.mark.parametrize("after", ["x", "2026~", "~", "~1", "2026-11-22T00:00:00Z~1", "'; DROP", "~" + "9" * 19])
@pytest.mark.parametrize("path", ["/-/outlet/sahil", "/-/tag/1", "/-/day/2026-11-23"])
def test_any_cursor_is_answered(get: Get, path: str, after: Any) -> None:
    """A place that isn't one is the first page; one behind the end is an empty page."""
    assert get(f"{path}?after={after}").status_code == 200
