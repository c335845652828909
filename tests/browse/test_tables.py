"""Datasette's own pages of an archive: described, faceted, in order, right to left, working."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from browse.sample_archive import Get
from newscrawler.browse.descriptions import COLUMNS, TABLES
from newscrawler.browse.metadata import HIDDEN
from newscrawler.browse.room import Room


def test_every_visible_table_and_column_is_described(archive: Database) -> None:
    """Whoever adds a table or column says what it means; nothing is described that isn't there."""
    tables = {name for name in archive.table_names() if not name.startswith(HIDDEN)}
    assert TABLES.keys() == tables
    for table in tables:
        assert COLUMNS[table].keys() == {column.name for column in archive.table(table).columns}, table


def test_articles_have_facets_without_configuration(get: Get) -> None:
    """Outlet, section, language and day; outlets by their name."""
    facets = get("/archive/articles.json").json()["facet_results"]
    assert set(facets) == {"site", "section", "language"}
    assert {value["label"] for value in facets["site"]["results"]} == {"جريدة الساحل", "صحيفة الواحة"}


def test_articles_are_sorted_newest_first(get: Get) -> None:
    """The undated come last."""
    rows = get("/archive/articles.json?_shape=objects").json()["rows"]
    assert [row["id"] for row in rows] == [4, 1, 2, 3, 5]


def test_internal_tables_are_hidden_but_there(get: Get) -> None:
    """Bands, signatures, the index, migrations and meta serve the program."""
    tables = {table["name"]: table["hidden"] for table in get("/archive.json").json()["tables"]}
    hidden = {name for name, is_hidden in tables.items() if is_hidden}
    assert {"signatures", "bands", "meta", "_sqlite_migrations", "articles_fts", "articles_fts_data"} <= hidden
    assert not hidden & TABLES.keys()
    assert get("/archive/meta").status_code == 200


def test_a_metadata_file_wins(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """What the owner of the archive configures replaces ours, and ours is not changed by it for good."""
    mine = {"databases": {"archive": {"tables": {"articles": {"description": "وصفي", "facets": ["agency"]}}}}}
    get = opened(tmp_path / "archive.db", metadata=mine)
    assert set(get("/archive/articles.json").json()["facet_results"]) == {"agency"}
    assert "وصفي" in get("/archive/articles").text
    again = opened(tmp_path / "archive.db")
    assert "وصفي" not in again("/archive/articles").text


def test_long_columns_are_shown_on_request(get: Get) -> None:
    """By default what fits a screen; `_wide`, `_col` and `_nocol` show what was asked for."""
    default = get("/archive/articles").text
    assert 'data-column="title"' in default
    assert 'data-column="text"' not in default
    assert 'data-column="search_text"' in get("/archive/articles?_wide=1").text
    assert 'data-column="text"' in get("/archive/articles?_col=text").text
    assert 'data-column="text"' in get("/archive/articles?_nocol=site").text
    columns = set(COLUMNS["articles"]) - Room.long_columns("articles")
    assert set(re.findall(r'<th[^>]* data-column="(\w+)"', default)) == columns


def test_headers_and_cells_are_in_step(get: Get) -> None:
    """Leaving columns out leaves out their cells too."""
    for path in ("/archive/articles", "/archive/articles?_wide=1", "/archive/revisions", "/archive/sites"):
        html = get(path).text
        headers = re.findall(r'<th [^>]*data-column="(\w+)"', html)
        row = html.split("<tbody>")[1].split("</tr>")[0]
        assert re.findall(r'<td [^>]*data-label="(\w+)"', row) == headers


@pytest.mark.parametrize("path", ["/", "/archive", "/archive/articles", "/archive/articles/1", "/archive?sql=select+1",
                                  "/archive/most-copied", "/-/search", "/-/article/1", "/archive/nothing", "/-/plugins",
                                  "/-/allow-debug"])  # fmt: skip
def test_every_page_is_arabic_and_right_to_left(get: Get, path: str) -> None:
    """Ours and Datasette's, the error pages included, have the language, the direction and the search box."""
    response = get(path)
    if response.headers["content-type"].startswith("text/html"):
        assert '<html lang="ar" dir="rtl">' in response.text
        assert 'action="/-/search"' in response.text
        assert "<title>" in response.text


def test_datasettes_scripts_and_forms_are_kept(get: Get) -> None:
    """The column menu, the facet switch and the SQL editor still find what they need."""
    table = get("/archive/articles").text
    for needed in ("table.js", "DATASETTE_ALLOW_FACET = true;", 'data-column-type="text"', 'class="rows-and-columns"'):
        assert needed in table
    assert 'data-is-pk="1"' in table
    sql = get("/archive?sql=select+1").text
    for needed in ("codemirror", 'id="sql-editor"', "sql-formatter"):
        assert needed in sql
    assert 'id="sql-editor"' in get("/archive").text


def test_no_facets_are_suggested(get: Get) -> None:
    """Trying out 27 columns three times would cost more than the page itself."""
    assert "Suggested facets" not in get("/archive/articles").text


def test_a_title_links_to_its_article_even_in_expanded_rows(get: Get) -> None:
    """In `copies` the article is an expanded foreign key; its own headline still leads to the article's page."""
    assert '<a href="/-/article/1">افتتاح الرصيف</a>' in get("/archive/copies").text


def test_a_query_can_be_typed_shown_and_corrected(get: Get) -> None:
    """The page of a query keeps what was typed, says what is wrong, and offers its result to programs."""
    page = get("/archive?sql=select+title+from+articles+where+site%3D%3Asite&site=waha").text
    assert 'name="site" value="waha"' in page
    assert "where site=:site</textarea>" in page
    assert page.count("<tr>") == 1 + 3
    assert ".csv?sql=" in page
    wrong = get("/archive?sql=select+nope+from+articles")
    assert wrong.status_code == 400
    assert "no such column" in wrong.text
    canned = get("/archive/most-copied").text
    assert "WITH exact" not in canned.split("<main")[1].split("عدّل")[0].replace("href", "")
    assert "WITH exact" in get("/archive/most-copied?_show_sql=1").text
