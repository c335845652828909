"""Is the archive whole? Each question finds its own damage."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newscrawler.archive import Archive, read_archive
from newscrawler.archive.copies import signatures
from newscrawler.archive.holdings import articles
from newscrawler.doctor import Finding, examine
from newscrawler.text.fingerprint import Signature
from support.archives import NOW, a_capture, an_article


@pytest.fixture
def healthy(archive: Archive) -> Archive:
    """Two articles, one the near copy of the other, a capture and a run that balances."""
    conn = archive.conn
    with archive.transaction():
        for number in (1, 2):
            article = an_article(number, original_id=1 if number == 2 else None)
            key = articles.store(conn, article, search_text=article.title).article_id
            signatures.remember(conn, key, Signature.of({"كلمة"}))
    a_capture(archive)
    conn.execute(
        """INSERT INTO runs (started_at, state, spider, pid, version, taken_up, ended)
           VALUES ('2026-11-22T09:30:00Z', 'finished', 'news', 1, '0', 2, 2)"""
    )
    conn.execute("INSERT INTO frontier (url, site, discovered_at) VALUES ('https://alpha.example/x', 'alpha', 'x')")
    warc = archive.path.parent / "warc"
    warc.mkdir()
    (warc / "a.warc.gz").write_bytes(b"x" * 100)
    return archive


def bad(archive: Archive) -> list[Finding]:
    return [finding for finding in examine(archive.conn, archive.path.parent / "warc") if not finding.well]


def test_a_healthy_archive_has_nothing_bad(healthy: Archive) -> None:
    """Every question is answered, with a figure."""
    assert bad(healthy) == []
    findings = examine(healthy.conn, healthy.path.parent / "warc")
    assert len(findings) == 10
    assert findings[-1] == Finding("addresses never visited so far", True, "1")


@pytest.mark.parametrize(
    ("damage", "question"),
    [
        ("DELETE FROM sites WHERE id = 'alpha'", "rows whose parent is missing"),
        ("UPDATE runs SET ended = 1", "runs whose account does not balance"),
        ("UPDATE articles SET original_id = 2 WHERE id = 1", "near copies of near copies"),
        ("UPDATE articles SET state = 'withdrawn' WHERE id = 1", "articles whose state and absences disagree"),
        ("DELETE FROM articles_fts_docsize WHERE id = 1", "articles in the search index"),
        ("UPDATE signatures SET algorithm = 'minhash/0' WHERE article_id = 1", "signatures of another algorithm"),
        ("UPDATE meta SET value = 'older' WHERE key = 'search_version'", "search text of another version"),
        ("UPDATE captures SET file = 'gone.warc.gz'", "WARC files there and long enough"),
        ("UPDATE captures SET length = 101", "WARC files there and long enough"),
    ],
)
def test_each_damage_is_found_by_its_question(healthy: Archive, damage: str, question: str) -> None:
    """And by no other: the keeper knows where to look."""
    healthy.conn.execute("PRAGMA foreign_keys = OFF")
    healthy.conn.execute(damage)
    assert [finding.question for finding in bad(healthy)] == [question]


def test_outdated_and_missing_signatures_are_counted_by_algorithm(healthy: Archive) -> None:
    """And the keeper learns what to do about them."""
    healthy.conn.execute("UPDATE signatures SET algorithm = 'minhash/0' WHERE article_id = 1")
    healthy.conn.execute("DELETE FROM signatures WHERE article_id = 2")
    (finding,) = bad(healthy)
    assert finding.detail == "1 minhash/0, 1 none at all; `scrapy reextract` makes them anew"


def test_a_warc_file_that_is_still_open_is_there(healthy: Archive) -> None:
    """A crawl may be running."""
    warc = healthy.path.parent / "warc"
    (warc / "a.warc.gz").rename(warc / "a.warc.gz.open")
    assert bad(healthy) == []


def test_a_damaged_file_is_a_finding_not_a_traceback(healthy: Archive) -> None:
    """Other questions make no sense on it."""
    (root,) = healthy.conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()
    healthy.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with healthy.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(os.urandom(4096))
    with read_archive(healthy.path) as damaged:
        (finding,) = bad(damaged)
    assert finding.question == "SQLite's own integrity check"
    assert finding.detail != "ok"


def test_a_run_that_was_interrupted_need_not_balance(healthy: Archive) -> None:
    """It never closed its account; its open addresses are the next run's."""
    healthy.conn.execute("UPDATE runs SET state = 'interrupted', ended = 0")
    assert bad(healthy) == []


def test_an_empty_archive_is_well(archive: Archive, tmp_path: Path) -> None:
    """Nothing is missing from nothing."""
    assert all(finding.well for finding in examine(archive.conn, tmp_path / "warc"))
    assert NOW.tzinfo is not None
