"""The search page: facets that combine, addresses that can be kept, passages of the printed text."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from datasette.database import Database as DatasetteDatabase
from datasette.database import QueryInterrupted, Results
from datasette.utils import MultiParams
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get, add_article
from newscrawler.browse.rows import fetch
from newscrawler.browse.search import run_search
from newscrawler.browse.search_query import PAGE_MAX, SearchQuery


def _ids(get: Get, **query: Any) -> list[int]:
    response = get("/-/search?" + urlencode(query, doseq=True))
    assert response.status_code == 200
    main = response.text.split("<main", 1)[1]
    return [int(key) for key in re.findall(r'<h2><a href="/-/article/(\d+)"', main)]


def _read(pairs: list[tuple[str, str]]) -> SearchQuery:
    params: dict[str, list[str]] = {}
    for key, value in pairs:
        params.setdefault(key, []).append(value)
    return SearchQuery.read(MultiParams(params))


def test_without_words_all_articles_newest_first(get: Get) -> None:
    """The undated stand at the end."""
    assert _ids(get) == [4, 1, 2, 3, 5]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "الرصيف"}, {1, 4}),
        ({"q": "رصيف"}, {1, 4}),
        ({"q": "الرصيف", "site": "waha"}, {4}),
        ({"site": "waha"}, {3, 4, 5}),
        ({"site": ["waha", "sahil"]}, {1, 2, 3, 4, 5}),
        ({"section": "اقتصاد"}, {1, 4}),
        ({"section": ["اقتصاد", "رياضة"]}, {1, 3, 4}),
        ({"section": "-"}, {5}),
        ({"section": "اقتصاد", "site": "sahil"}, {1}),
        ({"language": "ar"}, {1, 2, 3, 4, 5}),
        ({"language": "fa"}, set()),
        ({"tag": "1"}, {1}),
        ({"tag": "999"}, set()),
        ({"q": "؟!"}, set()),
        ({"q": "رصيف -القمح"}, {4}),
        ({"page": "2"}, set()),
        ({"page": "x", "day": "gestern", "tag": "1 or 1"}, {1, 2, 3, 4, 5}),
    ],
)
def test_filters_combine(get: Get, query: dict[str, Any], expected: set[int]) -> None:
    """Values of one facet widen, different facets narrow; nonsense is left out."""
    assert set(_ids(get, **query)) == expected


def test_a_day_is_the_newsrooms(get: Get) -> None:
    """23:30 UTC in Tunis and 22:30 UTC in Beirut are both the 23rd there, not the 22nd."""
    assert set(_ids(get, day="2026-11-23")) == {1, 4}
    assert set(_ids(get, day="2026-11-22")) == {2}
    assert set(_ids(get, day=["2026-11-21", "2026-11-22"])) == {2, 3}


def _facet_line(html: str, label: str) -> str:
    return next(line for line in html.splitlines() if "<li" in line and f"<bdi>{label}</bdi>" in line)


def test_facets_count_under_the_other_filters(get: Get) -> None:
    """Choosing an outlet leaves the other outlets' counts standing, so that one can change one's mind."""
    html = get("/-/search?site=waha").text
    assert '<span class="count">2</span>' in _facet_line(html, "جريدة الساحل")
    assert '<span class="count">3</span>' in _facet_line(html, "صحيفة الواحة")
    assert '<span class="count">1</span>' in _facet_line(html, "اقتصاد")
    assert '<span class="count">1</span>' in _facet_line(html, "بلا قسم")
    assert "العربية" in html


def test_a_chosen_value_is_taken_away_by_a_click(get: Get) -> None:
    """The link of a chosen value is the search without it; that of another is the search with both."""
    html = get(f"/-/search?q={quote('الرصيف')}&site=waha").text
    assert f'href="/-/search?q={quote("الرصيف")}"' in _facet_line(html, "صحيفة الواحة")
    assert "site=waha&amp;site=sahil" in _facet_line(html, "جريدة الساحل")


def test_a_search_is_its_address() -> None:
    """Reading the address of a search gives the search again, whatever was typed or chosen."""
    search = SearchQuery(
        typed=f"رصيف & {HOSTILE}", chosen=(("site", "a b"), ("section", ""), ("section", "é&=?")), order="new", page=3
    )
    assert _read(search.pairs()) == search


def test_toggling_twice_changes_nothing_but_the_page() -> None:
    """A click and the same click again lead back to the first page of the same search."""
    search = SearchQuery(typed="رصيف", chosen=(("site", "waha"),), page=4)
    again = search.toggled("day", "2026-11-22").toggled("day", "2026-11-22")
    assert again == search.turned(1)


@pytest.mark.parametrize(("page", "read"), [("0", 1), ("-1", 1), ("9999999", PAGE_MAX), ("٣", 1), ("", 1), ("7", 7)])
def test_pages_have_bounds(page: str, read: int) -> None:
    """No page below the first, none beyond what an offset may cost."""
    assert _read([("page", page)]).page == read


def test_results_are_turned_in_pages(get: Get, archive: Database) -> None:
    """Every article stands on exactly one page."""
    for key in range(10, 60):
        add_article(archive, key, published_at=f"2026-10-01T{key % 24:02d}:00:00Z")
    seen = [key for page in (1, 2, 3) for key in _ids(get, page=page)]
    assert sorted(seen) == [1, 2, 3, 4, 5, *range(10, 60)]
    assert 'rel="next"' in get("/-/search?page=2").text
    assert 'rel="next"' not in get("/-/search?page=3").text


def test_order_is_best_or_newest(get: Get) -> None:
    """Both orders list the same articles; the newest order goes by publication."""
    assert _ids(get, q="الرصيف", order="new") == [4, 1]
    assert sorted(_ids(get, q="الرصيف")) == [1, 4]


def test_the_passage_shows_the_printed_word(get: Get) -> None:
    """What is marked is the newspaper's spelling, tashkeel and clitic included, not the index's."""
    assert "<mark>مُدَرِّسَةٌ</mark>" in get(f"/-/search?q={quote('مدرسة')}").text
    assert "<mark>بالقمح</mark>" in get(f"/-/search?q={quote('القمح')}").text


def test_typed_words_stay_in_the_box(get: Get) -> None:
    """A reader can correct what was typed, special characters included."""
    html = get(f"/-/search?q={quote(HOSTILE)}").text
    assert 'value="&#34;&#39;&gt;&lt;script&gt;' in html


def test_a_search_that_takes_too_long_says_so(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """When every query about articles is cut off there is still a page, without results, counts or an error."""
    execute = DatasetteDatabase.execute

    async def slow(self: Any, sql: str, params: Any = None, **options: Any) -> Any:
        if "FROM articles a" in sql or "FROM articles_fts" in sql:
            raise QueryInterrupted(None, sql, params)
        return await execute(self, sql, params, **options)

    monkeypatch.setattr(DatasetteDatabase, "execute", slow)
    response = get(f"/-/search?q={quote('الرصيف')}&site=waha")
    assert response.status_code == 200
    assert "استغرق البحث وقتاً أطول" in response.text
    assert "لم تُعدّ" in response.text
    assert "✕" in _facet_line(response.text, "صحيفة الواحة")  # what is chosen can still be taken away


def test_too_slow_a_ranking_gives_way_to_the_newest_first() -> None:
    """Where only the ranking is too slow, the matches are listed by date."""
    asked: list[str] = []

    class Slow:
        async def execute(self, sql: str, params: Any, **_: Any) -> Any:
            asked.append(sql)
            if "f.rank" in sql:
                raise QueryInterrupted(None, sql, params)
            return Results([], truncated=False, description=[])

    results = asyncio.run(run_search(Slow(), SearchQuery(typed="الرصيف")))
    assert not results.late
    assert [("f.rank" in sql, "ORDER BY a.published_at DESC" in sql) for sql in asked[:2]] == [
        (True, False),
        (False, True),
    ]


def test_errors_of_our_own_are_not_swallowed() -> None:
    """A missing table leaves its part empty; any other fault of a query is seen."""

    class Wrong:
        def __init__(self, message: str) -> None:
            self.message = message

        async def execute(self, *_: Any, **__: Any) -> Any:
            raise sqlite3.OperationalError(self.message)

    assert asyncio.run(fetch(Wrong("no such table: copies"), "SELECT 1")).rows == []
    with pytest.raises(sqlite3.OperationalError, match="disk I/O"):
        asyncio.run(fetch(Wrong("disk I/O error"), "SELECT 1"))
