"""Tidying up loses nothing, gives room back, and says when there is none to work in."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.archive import Archive, tidying
from newscrawler.archive.holdings import articles
from newscrawler.archive.tidying import NoRoom, file_size, optimize, vacuum
from newscrawler.text.search import search_text
from support.archives import an_archive, an_article

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """With 300 articles."""
    with an_archive(tmp_path / "archive.db") as opened:
        for number in range(300):
            with opened.transaction() as conn:
                article = an_article(number)
                articles.store(conn, article, search_text=search_text(article.title, article.text))
        yield opened


def pieces(archive: Archive) -> int:
    """Of the search index."""
    number: int = archive.conn.execute("SELECT count(DISTINCT segid) FROM articles_fts_idx").fetchone()[0]
    return number


def test_the_search_index_becomes_one_piece(archive: Archive) -> None:
    """And finds what it found."""
    query = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    word = archive.conn.execute("SELECT search_text FROM articles").fetchone()[0].split()[0]
    found = archive.conn.execute(query, [f'"{word}"']).fetchone()[0]
    assert pieces(archive) > 1
    optimize(archive)
    assert pieces(archive) == 1
    assert archive.conn.execute(query, [f'"{word}"']).fetchone()[0] == found > 0


def test_sqlite_has_looked_at_every_table(archive: Archive) -> None:
    """So that it plans by what is there."""
    optimize(archive)
    known = {row[0] for row in archive.conn.execute("SELECT DISTINCT tbl FROM sqlite_stat1")}
    assert "articles" in known


def test_what_removed_rows_left_is_given_back(archive: Archive) -> None:
    """What stayed is as it was, and the log is folded in."""
    with archive.transaction() as conn:
        conn.execute("DELETE FROM articles WHERE id > 10")
    before = file_size(archive.conn)
    kept = archive.conn.execute("SELECT id, text FROM articles").fetchall()
    vacuum(archive)
    assert file_size(archive.conn) < before / 2
    assert archive.path.stat().st_size == file_size(archive.conn)
    assert archive.conn.execute("SELECT id, text FROM articles").fetchall() == kept
    assert archive.conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize("one_disk", [True, False])
def test_a_full_disk_is_seen_before(archive: Archive, one_disk: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half way through a disk that fills up helps nobody. On one disk the copy and the log need room side by side."""
    size = file_size(archive.conn)
    free = 2 * size - 1 if one_disk else size - 1
    monkeypatch.setattr(tidying.shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    if not one_disk:
        monkeypatch.setenv("SQLITE_TMPDIR", "/dev")  # another device than any folder of a test
    with pytest.raises(NoRoom, match="MB are needed"):
        vacuum(archive)
    assert file_size(archive.conn) == size
