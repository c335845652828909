"""`scrapy reindex`, and what other commands say and do about an index of another version."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from newscrawler.archive.holdings import articles
from newscrawler.archive.lock import Lock
from newscrawler.text.search import search_version
from support.archives import NOW, an_archive, an_article
from support.commands import Desk

pytestmark = pytest.mark.slow  # each runs commands in processes of their own

SEED = 'name = "صحيفة"\nhome = "https://alpha.example/"\ntimezone = "Asia/Beirut"\nstatus = "paused"\n'


@pytest.fixture
def outdated(desk: Desk) -> Desk:
    """An archive whose two articles were indexed as they are printed."""
    desk.seeds(alpha=SEED)
    with an_archive(desk.archive) as archive, archive.transaction() as conn:
        for number in (1, 2):
            articles.store(conn, an_article(number), search_text="كلمات")
        conn.execute("UPDATE meta SET value = 'plain-1'")
    return desk


def version(desk: Desk) -> str:
    return str(desk.rows("SELECT value FROM meta WHERE key = 'search_version'")[0][0])


def test_doctor_names_the_command_and_the_command_mends_it(outdated: Desk) -> None:
    """Bad, with what to do; then done, and nothing left to do."""
    sick = outdated.scrapy("doctor")
    assert sick.code == 1
    assert "BAD search text of another version: plain-1; `scrapy reindex` makes it anew" in sick.out
    done = outdated.scrapy("reindex")
    assert (done.code, done.err) == (0, "")
    assert "2 of 2" in done.out
    assert f"2 articles indexed anew, by {search_version()}." in done.out
    assert "ok  search text of another version: none" in outdated.scrapy("doctor").out
    again = outdated.scrapy("reindex")
    assert again.out == f"The search index is of today's version, {search_version()}.\n"
    assert "0 articles indexed anew" in outdated.scrapy("reindex", "--all").out


def test_a_crawl_makes_the_index_anew_before_it_begins(outdated: Desk) -> None:
    """No crawl adds articles of today's version beside older ones, and none needs to be told."""
    ended = outdated.crawl("site=alpha")
    assert "search index made by plain-1" in ended.err
    assert "scrapy reindex" in ended.err
    assert version(outdated) == search_version()
    with closing(sqlite3.connect(outdated.archive)) as conn:
        assert not conn.execute("SELECT 1 FROM articles WHERE search_text = 'كلمات'").fetchall()


def test_it_waits_for_nobody(outdated: Desk) -> None:
    """While a crawl writes, the index isn't touched."""
    lock = Lock(outdated.archive, started_at=NOW)
    try:
        refused = outdated.scrapy("reindex")
    finally:
        lock.release()
    assert refused.code == 3
    assert version(outdated) == "plain-1"


def test_without_an_archive_it_says_so(desk: Desk) -> None:
    """And makes none."""
    refused = desk.scrapy("reindex")
    assert refused.code == 2
    assert "there is no archive here" in refused.err
    assert not desk.archive.exists()
