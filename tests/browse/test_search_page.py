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

from browse.sample_archive import HOSTILE, Get, add_article, put
from newscrawler.browse import facet_counts
from newscrawler.browse.rows import fetch
from newscrawler.browse.search import run_search
from newscrawler.browse.search_query import PAGE_MAX, SearchQuery
from newscrawler.text.search import search_version


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
        ({"site": "waha", "section": "اقتصاد", "language": "ar"}, {4}),
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
    facets = html.split('id="facets"', 1)[1]
    return next(line for line in facets.splitlines() if "<li" in line and f"<bdi>{label}</bdi>" in line)


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
            if "bm25" in sql:
                raise QueryInterrupted(None, sql, params)
            return Results([], truncated=False, description=[])

    results = asyncio.run(run_search(Slow(), SearchQuery(typed="الرصيف")))
    assert not results.late
    assert any("bm25" in sql for sql in asked)
    assert any("ORDER BY a.published_at DESC" in sql for sql in asked)


def test_the_headline_weighs_and_then_the_date(get: Get, archive: Database) -> None:
    """A word in the headline comes first; of articles that are as good as each other, the newer one does."""
    same = {"title": "خبر قصير", "text": "وصلت الزرافة أمس."}
    add_article(archive, 20, published_at="2026-03-01T00:00:00Z", **same)
    add_article(archive, 21, published_at="2026-05-01T00:00:00Z", **same)
    add_article(archive, 22, published_at="2026-04-01T00:00:00Z", **same)
    add_article(archive, 23, published_at="2026-01-01T00:00:00Z", title="زرافة قصيرة", text="وصل الخبر أمس.")
    assert _ids(get, q="الزرافات") == [23, 21, 22, 20]
    assert _ids(get, q="الزرافات", order="new") == [21, 22, 20, 23]


def test_all_forms_of_a_word_are_found_and_marked(get: Get, archive: Database) -> None:
    """The plural finds the singular, and what is marked is what was printed."""
    add_article(archive, 20, title="سقوط صاروخٍ في البحر", text="قال الشهود إن الصَّواريخَ سقطت بعيداً، وإن صاروخين انفجرا.")
    html = get(f"/-/search?q={quote('لِصواريخ')}").text
    for printed in ("صاروخٍ", "الصَّواريخَ", "صاروخين"):
        assert f"<mark>{printed}</mark>" in html


def test_a_phrase_marks_its_words_only_where_they_stand_together(get: Get, archive: Database) -> None:
    """«محمد» elsewhere isn't what was searched for."""
    add_article(archive, 20, title="لقاء", text="قال محمد إن محمد الصالح وصل، ومعه الصالح الكبير.")
    html = get(f"/-/search?q={quote('«محمد الصالح»')}").text
    assert "قال محمد إن <mark>محمد</mark> <mark>الصالح</mark> وصل، ومعه الصالح" in html


def test_the_passage_is_where_most_words_stand(get: Get, archive: Database) -> None:
    """Not where the first of them happens to stand alone."""
    body = "الميناء هادئ. " + "كلام كثير لا يعني أحداً. " * 30 + "وصلت سفينة القمح إلى الميناء."
    add_article(archive, 20, title="خبر", text=body)
    html = get(f"/-/search?q={quote('ميناء قمح سفينة')}").text
    assert "وصلت <mark>سفينة</mark> <mark>القمح</mark> إلى <mark>الميناء</mark>" in html


def test_an_index_of_another_version_says_what_to_do(get: Get, archive: Database) -> None:
    """The keeper reads the command; when it has run the note is gone, without a restart."""
    assert "scrapy reindex" not in get(f"/-/search?q={quote('الرصيف')}").text
    put(archive, "meta", {"key": "search_version", "value": "fold-1/article-1"})
    html = get(f"/-/search?q={quote('الرصيف')}").text
    assert "scrapy reindex" in html
    assert "<mark>الرصيف</mark> الجديد" in html
    archive.execute("UPDATE meta SET value = ?", [search_version()])
    archive.conn.commit()
    assert "scrapy reindex" not in get(f"/-/search?q={quote('الرصيف')}").text


@pytest.mark.parametrize("query", [{"q": "الرصيف"}, {"q": "الرصيف", "site": "waha"}, {"day": "2026-11-22"}, {}])
def test_an_archive_without_the_slim_index_is_searched_too(get: Get, archive: Database, query: dict[str, str]) -> None:
    """One that was made by an older version and is only read: slower, the same results."""
    before = get("/-/search?" + urlencode(query)).text
    archive.execute("DROP INDEX articles_facets")
    assert get("/-/search?" + urlencode(query)).text == before


def test_facets_of_very_many_articles_say_how_many_were_looked_at(
    get: Get, archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the last archived are counted, and the page says so."""
    monkeypatch.setattr(facet_counts, "_COUNTED_MAX", 3)
    html = get("/-/search").text
    assert "من آخر 3 مقال حُفظ" in html
    assert '<span class="count">3</span>' in _facet_line(html, "صحيفة الواحة")
    monkeypatch.setattr(facet_counts, "_COUNTED_MAX", 6)
    assert "من آخر" not in get("/-/search").text


def test_the_page_speaks_english_to_whoever_asks(get: Get) -> None:
    """The room's own words; headlines stay as they were printed."""
    html = get(f"/-/search?q={quote('الرصيف')}&site=waha&lang=en").text
    for words in ("Results for", "best first", "Outlet", "Section", "Arabic", "23 November 2026"):
        assert words in html, words
    assert "الترتيب" not in html
    assert "No section" in get("/-/search?site=waha&lang=en").text
    assert "الرصيف الجديد يستقبل السفن" in re.sub("</?mark>", "", html)


@pytest.mark.parametrize(
    "typed",
    ["«" * 50, '"' * 49, "NEAR(a b, 2)", "title: x", "-", "OR OR OR", "\0", "ا" * 10_000, "* * *", "لل", "x" * 10_000],
)
def test_nothing_typed_breaks_the_page(get: Get, typed: str) -> None:
    """Unbalanced quotes, FTS5's own words, a NUL, ten thousand letters."""
    assert get(f"/-/search?q={quote(typed)}").status_code == 200
    assert get(f"/archive/articles?_search={quote(typed)}").status_code == 200


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
