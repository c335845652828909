"""Datasette's own search box and custom SQL find what a reader of Arabic means."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get


def _found(get: Get, query: str) -> list[int]:
    response = get(f"/archive/articles.json?_shape=array&_col=id&_sort=id&{query}")
    assert response.status_code == 200, response.text
    return [row["id"] for row in response.json()]


@pytest.mark.parametrize("typed", ["أحمد", "احمد", "أَحْمَد", "المهندس أحمد", "ا\u0640حمد"])
def test_the_search_box_ignores_hamza_tashkeel_and_tatweel(get: Get, typed: str) -> None:
    """However a name is spelt or vowelled, the articles that contain it are found."""
    assert _found(get, f"_search={quote(typed)}") == [1, 4]


def test_vowelled_text_is_found_by_the_plain_word(get: Get) -> None:
    """The text says «مُدَرِّسَةٌ», the reader types «مدرسه»."""
    assert _found(get, f"_search={quote('مدرسه')}") == [2]


@pytest.mark.parametrize(
    ("typed", "found"), [("سفينة", [1, 4]), ("قرية", [2]), ("«كتب مدرسية»", [2]), ("سفينة -قمح", [4])]
)
def test_the_search_box_finds_all_forms(get: Get, typed: str, found: list[int]) -> None:
    """The table's own box asks as the search page does: plurals, phrases, exclusions."""
    assert _found(get, f"_search={quote(typed)}") == found


def test_the_search_box_stands_on_the_table_page(get: Get) -> None:
    """Datasette recognises the index only if it is told, because the schema spells `content =` its own way."""
    page = get(f"/archive/articles?_search={quote('احمد')}")
    assert 'name="_search"' in page.text
    assert "المهندس" not in page.text  # the text column is left out
    assert "افتتاح الرصيف الجديد في المرفأ" in page.text
    assert "فوز في الدقيقة الأخيرة" not in page.text


def test_custom_sql_folds_by_calling_escape_fts(get: Get) -> None:
    """The same function serves `escape_fts(:q)` in anybody's SQL."""
    sql = "select rowid as id from articles_fts where articles_fts match escape_fts(:q) order by rowid"
    rows = get(f"/archive.json?_shape=array&sql={quote(sql)}&q={quote('أحمد')}").json()
    assert [row["id"] for row in rows] == [1, 4]


@pytest.mark.parametrize("typed", ["؟!", '"', "NEAR(", "a AND", "*", "-", "«", "(", HOSTILE, "ا" * 5000])
def test_nothing_typed_is_an_error(get: Get, typed: str) -> None:
    """Whatever is typed gives a page, not an FTS5 syntax error."""
    for path in (f"/archive/articles?_search={quote(typed)}", f"/-/search?q={quote(typed)}"):
        assert get(path).status_code == 200


def test_raw_mode_is_plain_fts5_on_the_folded_words(get: Get) -> None:
    """`_searchmode=raw` hands the text to FTS5 as it is: only folded words match there."""
    assert _found(get, f"_searchmode=raw&_search={quote('احمد')}") == [1, 4]
    assert _found(get, f"_searchmode=raw&_search={quote('أحمد')}") == []
    assert get(f"/archive/articles?_searchmode=raw&_search={quote('NEAR(')}").status_code == 400


def test_other_databases_keep_datasettes_function(
    archive: Database, tmp_path: Path, opened: Callable[..., Get]
) -> None:
    """Beside an archive, another database's `escape_fts` still only quotes."""
    with sqlite3.connect(tmp_path / "other.db") as conn:
        conn.execute("CREATE TABLE t (x)")
    conn.close()
    get = opened(tmp_path / "other.db", tmp_path / "archive.db")
    sql = quote("select escape_fts('أحمد') as x")
    assert get(f"/other.json?_shape=array&sql={sql}").json() == [{"x": '"أحمد"'}]
    assert get(f"/archive.json?_shape=array&sql={sql}").json() != [{"x": '"أحمد"'}]
