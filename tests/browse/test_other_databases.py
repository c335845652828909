"""The plugin is silent beside databases that aren't archives, and finds the archive among several."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from datasette.database import Database as DatasetteDatabase
from sqlite_utils import Database

from browse.sample_archive import Get, build
from newscrawler.archive.schema import migrations
from newscrawler.browse.archives import is_archive

_ROOM_PAGES = (
    "/", "/-/search", "/-/search?q=x&day=2026-11-22&tag=1", "/-/outlets", "/-/tags", "/-/tags/place", "/-/days",
    "/-/days/2026-11", "/-/day/2026-11-22", "/-/health", "/-/why", "/-/why?url=https://sahil.example/a/1",
    "/-/feed/all.atom", "/-/feed/search.atom?q=x",
)  # fmt: skip
_ARTICLE_PAGES = ("/-/article/1", "/-/article/1.json", "/-/article/1.ris", "/-/cluster/1")

_STATEMENTS = {
    "empty": "CREATE TABLE t (x)",
    "same-name": "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, url TEXT, site TEXT)",
    "indexed": "CREATE VIRTUAL TABLE articles USING fts5 (title, text)",
    "other-application": "PRAGMA application_id = 252006673",
}


def _foreign(path: Path, kind: str) -> Path:
    with sqlite3.connect(path) as conn:
        conn.execute(_STATEMENTS[kind])
        conn.execute("CREATE TABLE IF NOT EXISTS other (id INTEGER PRIMARY KEY, url TEXT, title TEXT)")
        conn.execute("INSERT INTO other VALUES (1, 'https://a.example/', 'x')")
    conn.close()
    return path


@pytest.mark.parametrize("kind", _STATEMENTS)
def test_a_foreign_database_looks_as_without_the_plugin(tmp_path: Path, opened: Callable[..., Get], kind: str) -> None:
    """Datasette's own index, base and headers; none of our pages, queries, facets or functions."""
    get = opened(_foreign(tmp_path / "foreign.db", kind))
    index = get("/")
    assert index.status_code == 200
    assert '<html lang="ar"' not in index.text
    assert "content-security-policy" not in index.headers
    assert 'class="rows-and-columns"' in get("/foreign/other").text
    assert get("/foreign/other/1").status_code == 200
    assert get("/foreign.json").json()["queries"] == []
    assert '"metadata": {}' in get("/-/metadata.json").text or get("/-/metadata.json").json() == {}
    pages = (*_ROOM_PAGES[1:], *_ARTICLE_PAGES, "/-/outlet/sahil", "/-/tag/1", "/robots.txt", "/nothing")
    for path in pages:
        response = get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert response.status_code == 404
        assert "set-cookie" not in response.headers
        assert 'dir="' not in response.text.split("<body")[0]


def test_no_database_at_all(opened: Callable[..., Get]) -> None:
    """`datasette` without files still starts."""
    assert opened()("/").status_code == 200


def test_the_archive_is_found_among_several(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """The order of the files does not matter; the other database keeps its pages."""
    get = opened(_foreign(tmp_path / "foreign.db", "same-name"), tmp_path / "archive.db")
    assert "افتتاح الرصيف" in get("/").text
    assert get("/-/article/1").status_code == 200
    assert get("/foreign/articles").status_code == 200
    assert "اقرأ المقال" not in get("/foreign/other/1").text


def test_several_archives_have_their_own_addresses(
    archive: Database, tmp_path: Path, opened: Callable[..., Get]
) -> None:
    """Links name the archive; without a name the first one is meant."""
    second = build(tmp_path / "second.db")
    second.execute("UPDATE articles SET title = 'عنوان الأرشيف الثاني' WHERE id = 1")
    second.conn.commit()
    second.close()
    get = opened(tmp_path / "archive.db", tmp_path / "second.db")
    assert 'href="/-/article/archive/1"' in get("/").text
    assert "عنوان الأرشيف الثاني" in get("/?archive=second").text
    assert "عنوان الأرشيف الثاني" in get("/-/article/second/1").text
    assert "عنوان الأرشيف الثاني" not in get("/-/article/archive/1").text
    assert "archive=second" in get("/-/search?archive=second&site=waha").text
    assert get("/-/article/third/1").status_code == 404


def test_an_older_archive_lacks_tables_not_pages(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """Whatever table is missing, the pages show the rest."""
    archive.execute("PRAGMA foreign_keys = OFF")
    tables = ["article_tags", "tags", "related", "revisions", "withdrawals", "copies", "captures", "takedowns"]
    tables += ["frontier", "sources"]
    for table in [*tables, "outcomes", "runs"]:
        archive.execute(f"DROP TABLE {table}")
        archive.conn.commit()
        get = opened(tmp_path / "archive.db")
        for path in (*_ROOM_PAGES, *_ARTICLE_PAGES, "/-/outlet/sahil"):
            assert get(path).status_code == 200, (table, path)
        assert get("/archive").status_code == 200
        assert get("/archive/articles").status_code == 200


def test_an_archive_without_the_index_is_still_read(
    archive: Database, tmp_path: Path, opened: Callable[..., Get]
) -> None:
    """Before the migration that makes the search there is nothing to find, and no error."""
    archive.execute("DROP TABLE articles_fts")
    archive.conn.commit()
    get = opened(tmp_path / "archive.db")
    assert get("/-/search?q=x").status_code == 200
    assert get("/-/article/1").status_code == 200


def test_an_archive_of_an_older_version_says_what_to_do(
    archive: Database, tmp_path: Path, opened: Callable[..., Get]
) -> None:
    """Lacking a migration, pages show what there is, and how to upgrade; one that is up to date says nothing."""
    assert "scrapy crawl news" not in opened(tmp_path / "archive.db")("/").text
    for statement in ("DROP INDEX withdrawals_article", "DROP INDEX withdrawals_open", "DROP TABLE withdrawals",
                      "ALTER TABLE revisions DROP COLUMN kind", "ALTER TABLE tags DROP COLUMN name_en",
                      "DELETE FROM _sqlite_migrations WHERE name > 'm0005'"):  # fmt: skip
        archive.execute(statement)
    archive.conn.commit()
    build(tmp_path / "new.db").close()
    get = opened(shutil.copy(tmp_path / "archive.db", tmp_path / "old.db"))
    for path in (*_ROOM_PAGES, *_ARTICLE_PAGES, "/-/outlet/sahil", "/-/tag/1", "/archive.json"):
        assert get(path.replace("/archive", "/old")).status_code == 200
    html = get("/").text
    assert "كُتب الأرشيف old بإصدار أقدم" in html
    assert "scrapy crawl news" in html
    assert "was written by an older version" in get("/-/health?lang=en").text


@pytest.mark.parametrize("path", [*_ROOM_PAGES, "/archive", "/archive/articles"])
def test_an_archive_without_a_single_row_has_every_page(tmp_path: Path, opened: Callable[..., Get], path: str) -> None:
    """Before the first crawl there is nothing, and no error."""
    db = Database(tmp_path / "archive.db")
    migrations.apply(db)
    db.close()
    assert opened(tmp_path / "archive.db")(path).status_code == 200


def test_a_read_only_archive_has_every_page(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """A file that can't be written, opened as one that doesn't change."""
    archive.close()
    (tmp_path / "archive.db").chmod(0o444)
    get = opened(immutables=[str(tmp_path / "archive.db")])
    for path in (*_ROOM_PAGES, *_ARTICLE_PAGES, "/-/outlet/sahil", "/-/tag/1", "/-/health/run/1"):
        assert get(path).status_code == 200, path


def test_an_immutable_archive_is_recognised(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """`datasette -i archive.db`: a copy on a read-only disk."""
    archive.close()
    assert "افتتاح الرصيف" in opened(immutables=[str(tmp_path / "archive.db")])("/").text


@pytest.mark.parametrize("name", ["a b.db", "a#1.db", "100%25.db", "what?.db", "أرشيف.db"])
def test_an_archive_is_recognised_under_any_name(archive: Database, tmp_path: Path, name: str) -> None:
    """Characters that mean something in a URI are no obstacle."""
    archive.close()
    (tmp_path / "archive.db").rename(tmp_path / name)
    assert is_archive(DatasetteDatabase(None, path=str(tmp_path / name)))


def test_links_lead_to_archives_of_any_name(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """Blanks, dots and Arabic in a file's name survive the way into an address and back."""
    build(tmp_path / "صحف 2026.1.db").close()
    get = opened(tmp_path / "صحف 2026.1.db", tmp_path / "archive.db")
    (link,) = {link for link in re.findall(r'href="([^"#]*/1)"', get("/").text) if "/-/article/" in link}
    assert get(link).status_code == 200
    assert get(link.replace("/1", "/1.txt")).status_code == 200


def test_reading_writes_nothing(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """The archive's bytes are the same after all pages were read."""
    archive.close()
    before = (tmp_path / "archive.db").read_bytes()
    get = opened(tmp_path / "archive.db")
    for path in (*_ROOM_PAGES, *_ARTICLE_PAGES, "/archive", "/archive/articles"):
        assert get(path).status_code == 200
    assert (tmp_path / "archive.db").read_bytes() == before


def test_a_file_that_becomes_an_archive_is_noticed(tmp_path: Path, opened: Callable[..., Get]) -> None:
    """Datasette may be started before the first crawl has made the tables."""
    sqlite3.connect(tmp_path / "archive.db").execute("VACUUM").connection.close()
    get = opened(tmp_path / "archive.db")
    assert get("/-/search").status_code == 404
    build(tmp_path / "archive.db").close()
    assert get("/-/search").status_code == 200


def test_a_dump_that_was_read_back_is_an_archive(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """`.dump` loses the application id; the columns of `articles` still tell."""
    archive.execute("PRAGMA application_id = 0")
    archive.conn.commit()
    assert opened(tmp_path / "archive.db")("/-/article/1").status_code == 200


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but more than a page of it" * 200])
def test_what_cannot_be_read_is_no_archive(tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, empty or something else is left to Datasette."""
    if content is not None:
        (tmp_path / "x.db").write_bytes(content)
    assert not is_archive(DatasetteDatabase(None, path=str(tmp_path / "x.db")))
