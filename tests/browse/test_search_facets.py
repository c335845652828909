"""Narrowing a search: by country, topic, person, place, organisation, originals and period."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from datasette.utils import MultiParams
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get, add_article, put
from newscrawler.browse import facet_counts, search_data
from newscrawler.browse.search_conditions import FACETS
from newscrawler.browse.search_query import SearchQuery

_TAGS = (
    (10, "topic", "موانئ", "Ports", (1, 4)),
    (11, "topic", "تعليم", "Education", (2,)),
    (12, "person", "سلمى ناصر", None, (1, 3)),
    (13, "organisation", "وزارة التربية", None, (2,)),
    (14, "place", "بيروت", "Beirut", (1, 2, 4)),
    (15, "keyword", "موانئ", None, (3,)),
)


@pytest.fixture
def tagged(archive: Database) -> Database:
    """The sample archive with topics, people, places and organisations."""
    for key, kind, name, english, articles in _TAGS:
        put(archive, "tags", {"id": key, "kind": kind, "name": name, "name_en": english})
        for article in articles:
            put(archive, "article_tags", {"article_id": article, "tag_id": key, "source": "lexicon", "confidence": 0.9})
    return archive


def _ids(html: str) -> set[int]:
    return {int(key) for key in re.findall(r'<h2><a href="/-/article/(\d+)"', html)}


def _query(href: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(unescape(href)).query))


def _facet(html: str, title: str) -> str:
    section = re.search(rf"<section><h2>{title}</h2>(.*?)</section>", html, re.DOTALL)
    return section[1] if section else ""


def _counts(html: str, title: str) -> dict[str, str]:
    found = re.findall(r"<bdi>([^<]*)</bdi>.*?class=\"count\">([\d,]+)<", _facet(html, title))
    return dict(found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"topic": "موانئ"}, {1, 4}),
        ({"topic": ["موانئ", "تعليم"]}, {1, 2, 4}),
        ({"topic": "موانئ", "person": "سلمى ناصر"}, {1}),
        ({"topic": "موانئ", "organisation": "وزارة التربية"}, set()),
        ({"place": "بيروت", "topic": "تعليم"}, {2}),
        ({"place": "بيروت", "q": "الرصيف"}, {1, 4}),
        ({"topic": "لا يعرفه أحد"}, set()),
        ({"country": "LB"}, {1, 2}),
        ({"country": "lb"}, {1, 2}),
        ({"country": ["LB", "TN"]}, {1, 2, 3, 4, 5}),
        ({"country": "TN", "topic": "موانئ"}, {4}),
        ({"country": "MA"}, set()),
        ({"country": "PAN"}, set()),
        ({"originals": "1"}, {1, 2, 3, 5}),
        ({"originals": "1", "q": "الرصيف"}, {1}),
        ({"from": "2026-11-23"}, {1, 4}),
        ({"to": "2026-11-22"}, {2, 3}),
        ({"from": "2026-11-22", "to": "2026-11-22"}, {2}),
        ({"from": "2026-11-21", "to": "2026-11-22", "country": "LB"}, {2}),
        ({"from": "0001-01-01", "to": "9999-12-31"}, {1, 2, 3, 4}),
        ({"from": "9999-12-31"}, set()),
        ({"from": "2026-11-22", "day": "2026-11-21"}, set()),
        ({"from": " 2026-11-23 ", "to": ""}, {1, 4}),
    ],
)
def test_every_facet_narrows(tagged: Database, get: Get, query: dict[str, Any], expected: set[int]) -> None:
    """On the page, in the feed, in JSON and in CSV alike; with the index for counting and without it."""
    address = "?" + urlencode(query, doseq=True)
    for _ in range(2):
        assert _ids(get(f"/-/search{address}").text) == expected
        record = get(f"/-/search.json{address}").json()
        assert {article["id"] for article in record["articles"]} == expected
        assert record["total"] == len(expected)
        rows = list(csv.DictReader(io.StringIO(get(f"/-/search.csv{address}").text.lstrip("\ufeff"))))
        assert {int(row["id"]) for row in rows} == expected
        assert get(f"/-/feed/search.atom{address}").text.count("<entry>") == len(expected)
        tagged.execute("DROP INDEX IF EXISTS articles_facets")


def test_a_period_is_of_newsroom_days(archive: Database, get: Get) -> None:
    """An article at the edge belongs to the day its readers had, in zones on both sides of UTC; the undated to none."""
    for key, zone in ((20, "Pacific/Kiritimati"), (21, "Pacific/Pago_Pago"), (22, "Asia/Kolkata")):
        put(archive, "sites", {
                "id": f"z{key}", "name": zone, "country": "LB", "kind": "newspaper", "home": "https://z.example/",
                "timezone": zone, "status": "active", "first_seen_at": "2026-11-01T00:00:00Z",
            }
        )  # fmt: skip
    add_article(archive, 20, site="z20", published_at="2026-01-09T10:30:00Z")  # 00:30 on the 10th
    add_article(archive, 21, site="z21", published_at="2026-01-11T10:30:00Z")  # 23:30 on the 10th
    add_article(archive, 22, site="z22", published_at="2026-01-09T18:29:59Z")  # 23:59 on the 9th
    assert _ids(get("/-/search?from=2026-01-10&to=2026-01-10").text) == {20, 21}
    assert _ids(get("/-/search?from=2026-01-01&to=2026-01-09").text) == {22}
    assert _ids(get("/-/search?from=2026-01-11&to=2026-01-31").text) == set()


def test_values_are_counted_under_the_other_filters(tagged: Database, get: Get) -> None:
    """Each facet as if nothing of itself were chosen; a tag of another kind with the same name isn't counted."""
    html = get(f"/-/search?topic={quote('موانئ')}").text
    assert _counts(html, "الموضوع") == {"موانئ": "2", "تعليم": "1"}
    assert _counts(html, "الأشخاص") == {"سلمى ناصر": "1"}
    assert _counts(html, "الأماكن") == {"بيروت": "2", "المرفأ": "1"}
    assert _counts(html, "بلد الصحيفة") == {"لبنان": "1", "تونس": "1"}
    assert _counts(html, "النسخ") == {"الأصول دون منقولاتها": "1"}
    assert _facet(html, "المؤسسات") == ""
    assert _counts(get("/-/search?country=LB&to=2026-11-22").text, "بلد الصحيفة") == {"لبنان": "1", "تونس": "1"}


def test_what_is_chosen_is_shown_and_taken_away(tagged: Database, get: Get) -> None:
    """Above the results, each with its ✕, which leaves the rest of the search as it is."""
    query = {"q": "الرصيف", "country": "LB", "topic": "موانئ", "from": "2026-11-01", "to": "2026-11-30"}
    html = get("/-/search?" + urlencode(query)).text
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.DOTALL)
    assert chips
    links = re.findall(r'href="([^"]*)" aria-label="إزالة ([^"]*)"', chips[0])
    taken = {
        label: set(query) - set(dict(parse_qsl(urlsplit(href.replace("&amp;", "&")).query))) for href, label in links
    }
    assert taken == {
        "لبنان": {"country"},
        "موانئ": {"topic"},
        "من 1 نوفمبر 2026 إلى 30 نوفمبر 2026": {"from", "to"},
    }


def test_the_period_is_asked_with_the_rest_of_the_search(tagged: Database, get: Get) -> None:
    """The form of the two days carries everything else that was chosen, and shows the days that are asked for."""
    html = get(f"/-/search?q={quote('الرصيف')}&country=LB&order=new&from=2026-11-01&page=2").text
    form = re.search(r'<form class="period".*?</form>', html, re.DOTALL)
    assert form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    assert hidden == {"q": "الرصيف", "country": "LB", "order": "new"}
    assert 'id="from" name="from" value="2026-11-01"' in form[0]
    assert 'id="to" name="to" value=""' in form[0]


def test_periods_of_one_click_end_with_the_newest_article(archive: Database, get: Get) -> None:
    """An archive that is no longer crawled has a last week, too; the chosen one is taken away by a second click."""
    html = get("/-/search").text
    assert 'href="/-/search?from=2026-11-17">آخر أسبوع' in html
    assert 'href="/-/search?from=2025-11-24">آخر سنة' in html
    html = get("/-/search?from=2026-11-17").text
    assert 'href="/-/search" aria-label="إزالة آخر أسبوع"' in html
    archive.execute("UPDATE articles SET published_at = NULL")
    archive.conn.commit()
    assert "آخر أسبوع" not in get("/-/search").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2026-02-30", "«2026-02-30» ليس يوماً"),
        ("to=gestern", "«gestern» ليس يوماً"),
        ("to=a%E2%80%AEb", "«ab» ليس يوماً"),
        ("day=2026-13-01", "«2026-13-01» ليس يوماً"),
        ("from=2026-11-23&to=2026-11-22", "تنتهي الفترة قبل أن تبدأ (2026-11-23 – 2026-11-22)"),
        ("country=XX", "«XX» ليس رمز بلد"),
        ("country=" + quote("لبنان"), "«لبنان» ليس رمز بلد"),
        ("originals=2", "لا معنى للقيمة «2» في النسخ"),
        ("tag=one", "لا معنى للقيمة «one» في الوسم"),
        ("tag=" + "x" * 400, "لا معنى للقيمة «" + "x" * 60 + "…» في الوسم"),
        ("from=" + quote(HOSTILE), "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_what_makes_no_sense_is_said(get: Get, query: str, said: str) -> None:
    """The page shows the search without it and says so; programs, which don't read pages, get an error."""
    response = get(f"/-/search?{query}")
    assert response.status_code == 200
    assert said in response.text
    assert _ids(response.text) == {1, 2, 3, 4, 5}
    for address in ("/-/search.json", "/-/search.csv", "/-/feed/search.atom"):
        assert get(f"{address}?{query}").status_code == 400
    assert get(f"/-/search.json?{query}").json()["ok"] is False
    english = get(f"/-/search?{query}&lang=en").text
    assert "left out" in english


def test_empty_parameters_are_no_mistake(get: Get) -> None:
    """A form that was sent with its fields empty asks for everything."""
    html = get("/-/search?from=&to=&country=&topic=&day=").text
    assert 'role="alert"' not in html
    assert _ids(html) == {1, 2, 3, 4, 5}


@given(
    st.lists(
        st.tuples(st.sampled_from(FACETS), st.text(max_size=8) | st.sampled_from(["1", "LB", "pan", "2026-11-22"]))
    ),
    st.sampled_from(["", "2026-11-01", "x"]),
    st.sampled_from(["", "2026-11-01", "2025-01-01"]),
)
def test_a_narrowed_search_is_its_address(chosen: list[tuple[str, str]], first: str, last: str) -> None:
    """Whatever stands in an address: the search that is read from it has an address that gives it again, all of it."""
    params: dict[str, list[str]] = {"from": [first], "to": [last]}
    for facet, value in chosen:
        params.setdefault(facet, []).append(value)
    search = SearchQuery.read(MultiParams(params))
    again: dict[str, list[str]] = {}
    for name, value in search.pairs():
        again.setdefault(name, []).append(value)
    assert SearchQuery.read(MultiParams(again)) == search
    assert SearchQuery.read(MultiParams(again)).ignored == ()


def test_turning_and_sorting_keep_what_was_chosen(tagged: Database, get: Get) -> None:
    """The next page and the other order are of the same search."""
    for key in range(30, 60):
        add_article(tagged, key, title="الرصيف", published_at="2026-11-20T10:00:00Z")
        put(tagged, "article_tags", {"article_id": key, "tag_id": 10, "source": "lexicon", "confidence": 0.9})
    html = get(f"/-/search?q={quote('الرصيف')}&topic={quote('موانئ')}&country=LB&from=2026-11-01").text
    for pattern in (r'rel="next" href="([^"]*)"', r'href="([^"]*order=new[^"]*)"', r'href="([^"]*search\.atom[^"]*)"'):
        found = re.search(pattern, html)
        assert found
        query = _query(found[1])
        assert query | {"topic": "موانئ", "country": "LB", "from": "2026-11-01", "q": "الرصيف"} == query


def test_english_readers_get_english_names(tagged: Database, get: Get) -> None:
    """Countries, tags that have an English name, and the room's words; other names stay as they are."""
    html = get(f"/-/search?country=LB&topic={quote('موانئ')}&lang=en").text
    assert _counts(html, "Outlet&#39;s country") == {"Lebanon": "1", "Tunisia": "1"}
    assert _counts(html, "Topic") == {"Ports": "1", "Education": "1"}
    assert _counts(html, "People") == {"سلمى ناصر": "1"}
    assert 'aria-label="Remove Lebanon"' in html


def test_hostile_names_of_tags_stay_text(tagged: Database, get: Get) -> None:
    """As a value, as what is chosen, as a hidden field; and the click on it finds its article."""
    put(tagged, "tags", {"id": 20, "kind": "person", "name": HOSTILE})
    put(tagged, "article_tags", {"article_id": 1, "tag_id": 20, "source": "lexicon", "confidence": 0.9})
    for address in ("/-/search", f"/-/search?person={quote(HOSTILE)}", f"/-/search.json?person={quote(HOSTILE)}"):
        response = get(address)
        assert response.status_code == 200
        if not address.startswith("/-/search.json"):
            assert "<script>alert" not in response.text
            assert "<img" not in response.text
            assert "&lt;script&gt;alert(1)" in response.text
    assert _ids(get(f"/-/search?person={quote(HOSTILE)}").text) == {1}


def test_many_values_are_folded(tagged: Database, get: Get) -> None:
    """The most frequent stand on the page, further ones a click away, and what is chosen always in front."""
    for key in range(100, 130):
        put(tagged, "tags", {"id": key, "kind": "person", "name": f"شخص {key}"})
        put(tagged, "article_tags", {"article_id": 2, "tag_id": key, "source": "lexicon", "confidence": 0.9})
    people = _facet(get(f"/-/search?person={quote('شخص 129')}").text, "الأشخاص")
    front, rest = people.split("<details>")
    assert "شخص 129" in front
    assert "سلمى ناصر" in front
    assert len(re.findall("<li", front)) == 6
    assert len(re.findall("<li", rest)) == 16 - 6


def test_tags_of_very_many_articles_are_a_sample(tagged: Database, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last archived are counted, and the page says how many."""
    monkeypatch.setattr(facet_counts, "_TAGGED_MAX", 2)
    html = get("/-/search?country=LB").text
    assert "من آخر 2 مقال حُفظ" in _facet(html, "الموضوع")
    assert "من آخر" not in _facet(html, "الصحيفة")


def test_a_search_as_data_says_what_the_page_says(tagged: Database, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts, the next page's address, the query; the file for spreadsheets ends where it says."""
    for key in range(30, 60):
        add_article(tagged, key, published_at="2026-11-20T10:00:00Z")
    record = get("/-/search.json?country=LB").json()
    assert record["total"] == 32
    assert record["query"] == [{"name": "country", "value": "LB"}]
    assert record["facets"]["country"]["values"][0] == {
        "value": "LB", "label": "لبنان", "articles": 32, "chosen": True,
    }  # fmt: skip
    first = {article["id"] for article in record["articles"]}
    following = get(record["next"]).json()
    assert following["next"] is None
    assert first | {article["id"] for article in following["articles"]} == {1, 2, *range(30, 60)}
    assert json.dumps(record, ensure_ascii=False).count("لبنان") == 1
    monkeypatch.setattr(search_data, "ROWS_MAX", 3)
    assert len(get("/-/search.csv").text.splitlines()) == 4


def test_a_tags_page_leads_to_its_facet(tagged: Database, get: Get) -> None:
    """People by name, so that the search page shows what is chosen; the page's own keywords by number."""
    assert f"/-/search?person={quote('سلمى ناصر').replace('%20', '+')}" in get("/-/tag/12").text
    assert "/-/search?tag=15" in get("/-/tag/15").text
    assert _ids(get("/-/search?tag=15").text) == {3}
