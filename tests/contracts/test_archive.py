"""The archive is the product: its tables and columns keep their names, because other programs read them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import pytest

from newscrawler.archive import Archive, ledger, open_archive
from newscrawler.archive.holdings import addresses, articles, withdrawals
from newscrawler.archive.holdings.takedowns import take_down
from newscrawler.archive.polls import backfill, turns
from newscrawler.archive.polls.backfill import Task
from newscrawler.archive.polls.hosts import BackOff, remember
from newscrawler.archive.polls.listings import note_full
from newscrawler.archive.polls.sites import mark_crawled, note_poll, remember_sites, remember_source
from newscrawler.archive.queue import frontier
from newscrawler.archive.records.captures import add_capture
from newscrawler.archive.records.warc import Record
from newscrawler.article import Article
from newscrawler.health.closing import Closing, judge_run
from newscrawler.link import Link
from newscrawler.polling import Pace
from newscrawler.site import Site
from newscrawler.text.search import match_query, search_text
from newscrawler.urls import canonical

COLUMNS: Final = {
    "articles": """id url site section title standfirst text authors agency published_at published_raw published_from
        modified_at image_url keywords language words original_id state first_seen_at last_seen_at changed_at
        capture_id extractor provenance content_hash search_text mentions tagged_with""",
    "copies": "url article_id site title published_at seen_at capture_id agency",
    "revisions": """id article_id seen_at title standfirst text content_hash capture_id replaced_at kind
        words_changed""",
    "withdrawals": "id article_id withdrawn_at reason detail capture_id returned_at",
    "tags": "id kind name name_en country",
    "article_tags": "article_id tag_id source confidence mentions",
    "related": "article_id other_id similarity",
}
"""The promised columns of the promised tables."""

FURTHER_TABLES: Final = (
    "sites", "sources", "backfill", "frontier", "runs", "outcomes", "captures", "takedowns", "articles_fts",
)  # fmt: skip

NOON_IN_BEIRUT: Final = datetime(2026, 11, 22, 12, 30, tzinfo=timezone(timedelta(hours=2)))
SITE: Final = Site(id="sada", name="صدى المدينة", home="https://sada.example/", timezone="Asia/Beirut")
ARTICLE: Final = Article(
    url="https://sada.example/news/1",
    site="sada",
    title="افتتاح مكتبةٍ عامة في الميناء",
    paragraphs=("افتُتحت المكتبة صباح اليوم.", "وتضم عشرين ألف كتاب."),
    fetched_at=NOON_IN_BEIRUT,
    requested_url="https://sada.example/news/1",
    published_at=NOON_IN_BEIRUT - timedelta(hours=3),
    modified_at=NOON_IN_BEIRUT - timedelta(hours=2),
)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Archive]:
    """A new archive without a row."""
    with open_archive(tmp_path / "archive.db") as archive:
        yield archive


@pytest.mark.parametrize("table", COLUMNS)
def test_promised_columns_are_there_and_no_others(fresh: Archive, table: str) -> None:
    """Columns keep their names: a renamed or dropped one breaks queries we can't see. A new one is promised first."""
    found = [row["name"] for row in fresh.conn.execute("SELECT name FROM pragma_table_info(?)", [table])]
    assert found == COLUMNS[table].split(), f"{table}: undo the change by a migration, or state the new promise here"


def test_promised_tables_are_there(fresh: Archive) -> None:
    """Tables keep their names."""
    found = {row["name"] for row in fresh.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found >= {*COLUMNS, *FURTHER_TABLES}


def test_every_table_is_strict(fresh: Archive) -> None:
    """SQLite refuses a text in a number's place, so readers needn't check."""
    loose = [
        row["name"]
        for row in fresh.conn.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict")
        if not row["name"].startswith(("sqlite_", "articles_fts", "_sqlite_migrations"))
    ]
    assert not loose, f"write STRICT behind the closing bracket of {', '.join(loose)}"


@pytest.mark.parametrize("table", ["articles", "copies", "frontier"])
def test_an_address_stands_once_in_a_table(fresh: Archive, table: str) -> None:
    """The database, not the program, sees to it that an address is archived once."""
    unique = {
        tuple(column["name"] for column in fresh.conn.execute("SELECT name FROM pragma_index_info(?)", [row["name"]]))
        for row in fresh.conn.execute("SELECT name FROM pragma_index_list(?) WHERE [unique]", [table])
    }
    assert ("url",) in unique


def test_readers_are_not_blocked_by_a_crawl(fresh: Archive) -> None:
    """The archive is in WAL mode: the reading room reads while a crawl writes."""
    assert fresh.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_every_time_is_utc_with_seconds_and_z(fresh: Archive) -> None:
    """Times sort as text and need no zone to be understood, whatever zone they were given in."""
    _live_through_a_day(fresh)
    columns = [
        (table["name"], column["name"])
        for table in fresh.conn.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict")
        for column in fresh.conn.execute("SELECT name FROM pragma_table_info(?)", [table["name"]])
        if column["name"] == "at" or column["name"].endswith("_at")
    ]
    times = {place: _values(fresh.conn, *place) for place in columns}
    assert not [place for place, found in times.items() if not found], "this test must fill every column of a time"
    wrong = {
        place: time
        for place, found in times.items()
        for time in found
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time)
    }
    assert not wrong, "write times with newscrawler.times.iso"
    assert times["articles", "first_seen_at"] == ["2026-11-22T10:30:00Z"], "12:30 in Beirut is 10:30 UTC"


def test_full_text_search_is_over_the_folded_text(fresh: Archive) -> None:
    """`articles_fts` follows `articles` by itself, and finds a word without its vowel marks and article."""
    _live_through_a_day(fresh)
    query = "SELECT url FROM articles WHERE id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
    assert [row["url"] for row in fresh.conn.execute(query, [match_query("مكتبه الميناء")])] == [ARTICLE.url]


def _values(conn: sqlite3.Connection, table: str, column: str) -> list[str]:
    return [row[0] for row in conn.execute(f"SELECT [{column}] FROM [{table}] WHERE [{column}] IS NOT NULL")]


def _live_through_a_day(archive: Archive) -> None:
    """One article found, archived, edited, withdrawn and back again, one copied, one removed."""
    now, conn = NOON_IN_BEIRUT, archive.conn
    page = canonical(ARTICLE.url)
    with archive.transaction():
        remember_sites(conn, [SITE], now=now)
        run = ledger.start_run(conn, spider="news", arguments={}, now=now)
        source = remember_source(conn, site="sada", kind="feed", url=canonical(SITE.home + "rss"), section=None)
        note_poll(conn, source.id, status="ok", detail="", now=now)
        turns.set_turn(conn, source.id, pace=Pace(timedelta(hours=1)), due_at=now, now=now)
        note_full(conn, source.id, now=now)
        task = Task("sada", SITE.home, "sitemap", canonical(SITE.home + "sitemap.xml"), id=1)
        backfill.enqueue(conn, [task])
        backfill.finish(conn, task, status="ok", now=now)
        frontier.discover(conn, [(page, Link(ARTICLE.url))], site="sada", source_id=source.id, now=now)
        add_capture(
            conn,
            Record("one.warc.gz", 0, 10, "ab"),
            url=page,
            requested_url=page,
            site="sada",
            run_id=run,
            fetched_at=now,
            status=200,
            content_type=None,
        )
        first = articles.store(conn, ARTICLE, search_text=search_text(ARTICLE.title, ARTICLE.text))
        edited = replace(ARTICLE, title="افتتاح مكتبة الميناء", fetched_at=now + timedelta(hours=1))
        second = articles.store(conn, edited, search_text=search_text(edited.title, edited.text))
        gone, back = now + timedelta(hours=2), now + timedelta(hours=3)
        withdrawals.withdraw(conn, first.article_id, "not-found", detail="404", at=gone, capture_id=None)
        withdrawals.come_back(conn, first.article_id, at=back)
        addresses.file_copy(conn, ARTICLE, first.article_id, url="https://sada.example/print/1")
        row = frontier.find(conn, page)
        assert row is not None
        frontier.end(conn, row, second.outcome, now=now, revisit=[timedelta(hours=6)], article_id=first.article_id)
        ledger.record(conn, second.outcome, run_id=run, url=page, site="sada", now=now)
        remember(conn, BackOff("sada.example", now, "HTTP 429", 1), now=now)
        take_down(conn, canonical("https://sada.example/news/2"), reason="asked by the author", now=now)
        mark_crawled(conn, ["sada"], now=now)
        judge_run(conn, Closing(run_id=run, started=now, now=now, sites=["sada"], traffic={}, expected={}))
        ledger.finish_run(conn, run, state="finished", taken_up=1, exit_code=0, problems=[], now=now)
