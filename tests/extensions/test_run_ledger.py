"""Whatever happens to a URL, it ends in the ledger; and the run closes with an honest verdict."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import signals
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from newscrawler.archive import Archive, open_archive
from newscrawler.archive.lock import Lock
from newscrawler.archive.queue import frontier
from newscrawler.extensions.run_ledger import RunLedger
from newscrawler.outcome import Copy, New, NotArabic
from newscrawler.run import Run
from newscrawler.site import Expect
from support.archives import a_run, a_site, an_article, column, row, taken_up
from support.crawlers import a_crawler, a_failure

ONE, TWO = "https://alpha.example/news/1", "https://alpha.example/news/2"


class Crawl:
    """A crawl whose signals the test sends."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.crawler = a_crawler(run)
        self.ledger = RunLedger.from_crawler(self.crawler)

    def send(self, name: str, **values: Any) -> None:
        for _, answer in self.crawler.signals.send_catch_log(getattr(signals, name), **values):
            if isinstance(answer, Failure):
                answer.raiseException()

    def close(self, reason: str = "finished") -> dict[str, Any]:
        """Close the crawl and return the row of its run: the archive is shut by then."""
        self.send("spider_closed", reason=reason)
        with closing(sqlite3.connect(self.run.archive.path)) as conn:
            conn.row_factory = sqlite3.Row
            return dict(conn.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 1").fetchone())

    def outcomes(self) -> dict[str, tuple[str, str]]:
        with closing(sqlite3.connect(self.run.archive.path)) as conn:
            return {
                url: (name, detail) for url, name, detail in conn.execute("SELECT url, outcome, detail FROM outcomes")
            }


@pytest.fixture
def crawl(run: Run) -> Crawl:
    """With two URLs under way."""
    taken_up(run, ONE, TWO)
    return Crawl(run)


def answer(url: str, **cb_kwargs: object) -> Response:
    return Response(url, request=Request(url, cb_kwargs=cb_kwargs))


def test_a_dropped_item_ends_as_what_dropped_it(crawl: Crawl) -> None:
    """With its notes, its capture, and the article it is a copy of."""
    item = an_article(1, notes=("ملاحظة",))
    crawl.run.archive.conn.execute("PRAGMA foreign_keys = OFF")
    crawl.send("item_dropped", item=item, exception=Copy("of article 7", article_id=7))
    found = row(crawl.run.archive, "SELECT outcome, detail, article_id, notes FROM outcomes")
    assert tuple(found.values()) == ("Copy", "of article 7", 7, '["ملاحظة"]')


def test_a_defect_in_a_pipeline_ends_as_broken(crawl: Crawl) -> None:
    """Named, so that the log can be searched; the run goes on and ends with exit code 1."""
    crawl.send("item_error", item=an_article(1), failure=a_failure(KeyError("section")))
    crawl.run.end(TWO, NotArabic())
    closed = crawl.close()
    assert crawl.outcomes()[ONE] == ("Broken", "KeyError: 'section'")
    assert (closed["state"], closed["exit_code"], closed["taken_up"], closed["ended"]) == ("finished", 1, 2, 2)
    assert "1 URLs ended as Broken" in closed["problems"]


def test_a_defect_in_a_callback_ends_its_url_as_broken(crawl: Crawl) -> None:
    """The response knows which frontier row it was for."""
    crawl.send(
        "spider_error", failure=a_failure(ValueError("x" * 500)), response=answer(ONE, row=crawl.run.under_way[ONE])
    )
    name, detail = crawl.outcomes()[ONE]
    assert name == "Broken"
    assert detail.startswith("ValueError: xxx")
    assert len(detail) <= 200


@pytest.mark.parametrize(
    "response", [None, answer("https://alpha.example/feed"), SimpleNamespace()], ids=["start", "feed", "odd"]
)
def test_a_defect_that_is_no_urls_is_a_problem_of_the_run(crawl: Crawl, response: object) -> None:
    """In `start()`, or in reading a source."""
    crawl.send("spider_error", failure=a_failure(ValueError("odd")), response=response)
    assert crawl.run.problems == ["ValueError: odd"]


def test_a_url_without_outcome_is_broken_and_named(crawl: Crawl) -> None:
    """The account must balance; whoever forgot it is named."""
    crawl.run.end(ONE, NotArabic())
    closed = crawl.close()
    assert crawl.outcomes() == {ONE: ("NotArabic", ""), TWO: ("Broken", "no outcome was recorded")}
    assert (closed["taken_up"], closed["ended"], closed["exit_code"]) == (2, 2, 1)


@pytest.mark.parametrize("reason", ["shutdown", "cancelled", "memusage_exceeded", "closespider_timeout"])
def test_a_stopped_run_puts_back_what_is_under_way(crawl: Crawl, reason: str) -> None:
    """Whoever stopped it: a signal, a limit. It has not finished, so it is not "all well"."""
    closed = crawl.close(reason)
    assert {name for name, _ in crawl.outcomes().values()} == {"PutBack"}
    assert (closed["state"], closed["exit_code"]) == ("stopped", 1)
    assert f"stopped before its work was done ({reason})" in closed["problems"]
    with closing(sqlite3.connect(crawl.run.archive.path)) as conn:
        due = conn.execute("SELECT count(*) FROM frontier WHERE due_at <= '2026-11-22T09:30:00Z'").fetchone()[0]
    assert due == 2


def test_all_well_is_exit_code_zero(crawl: Crawl) -> None:
    """Every URL ended, nothing broke, every expectation was met."""
    crawl.run.end(ONE, NotArabic())
    crawl.run.end(TWO, NotArabic())
    closed = crawl.close()
    assert (closed["state"], closed["exit_code"], closed["problems"]) == ("finished", 0, "[]")
    assert crawl.run.exit_code == 0


def test_an_account_that_does_not_balance_is_a_problem(crawl: Crawl) -> None:
    """Here an outcome was lost behind our back."""
    crawl.run.end(ONE, NotArabic())
    crawl.run.end(TWO, NotArabic())
    crawl.run.archive.conn.execute("DELETE FROM outcomes WHERE url = ?", [ONE])
    closed = crawl.close()
    assert "ledger: 2 URLs taken up, 1 outcomes" in closed["problems"]


def closed_with_expectation(archive: Archive, reason: str = "finished", **fields: Any) -> dict[str, Any]:
    site = a_site("alpha", expect=Expect(articles_per_day_min=5))
    with a_run(archive, [site], **fields) as run:
        return Crawl(run).close(reason)


def test_a_broken_expectation_is_exit_code_one(archive: Archive) -> None:
    """The report says which."""
    closed = closed_with_expectation(archive)
    assert closed["exit_code"] == 1
    assert "expected 5" in closed["problems"]


@pytest.mark.parametrize("fields", [{"only": [ONE]}, {"replaying": True}], ids=["addresses by name", "a replay"])
def test_a_run_that_polls_nothing_is_not_held_against_the_expectations(
    archive: Archive, fields: dict[str, Any]
) -> None:
    """Reading old captures again yields no new articles, and need not."""
    assert closed_with_expectation(archive, **fields)["exit_code"] == 0


def test_a_stopped_run_is_not_held_against_the_expectations(archive: Archive) -> None:
    """It had no chance to meet them."""
    assert "expected 5" not in closed_with_expectation(archive, "shutdown")["problems"]


def test_closing_lets_archive_and_lock_go(crawl: Crawl) -> None:
    """The next crawl may start at once."""
    crawl.close()
    Lock(crawl.run.archive.path, started_at=crawl.run.started_at).release()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        crawl.run.archive.conn.execute("SELECT 1")


def test_closing_notes_which_sites_were_crawled(crawl: Crawl) -> None:
    """For the reading room."""
    crawl.close()
    with closing(sqlite3.connect(crawl.run.archive.path)) as conn:
        assert conn.execute("SELECT DISTINCT last_crawled_at FROM sites").fetchall() == [("2026-11-22T09:30:00Z",)]


FULL = sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize(
    ("signal", "values"),
    [
        ("item_error", {"item": an_article(1), "failure": a_failure(FULL)}),
        ("spider_error", {"response": None, "failure": a_failure(FULL)}),
        ("spider_error", {"response": None, "failure": a_failure(OSError(28, "No space left on device"))}),
        ("spider_error", {"response": None, "failure": a_failure(OSError(27, "File too large"))}),
    ],
    ids=["pipeline", "callback", "no space", "file too large"],
)
def test_a_failing_disk_ends_the_crawl_and_no_url(
    crawl: Crawl, signal: str, values: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """It is no page's fault. What is open stays open; the exit code is 2, and one line says why."""

    async def during_the_crawl() -> None:
        crawl.send(signal, **values)
        crawl.send(signal, **values)  # the next page fails likewise: it is told once
        await asyncio.sleep(0)

    asyncio.run(during_the_crawl())
    assert crawl.crawler.engine.closed == ["archive_unwritable"]
    with caplog.at_level(logging.ERROR):
        closed = crawl.close("archive_unwritable")
    assert (closed["state"], crawl.run.exit_code) == ("running", 2)  # the next run finds it interrupted
    assert crawl.outcomes() == {}
    assert "archive.db: can't be written any more: " in caplog.text


def fill_up(archive: Archive, table: str) -> None:
    """From now on the database has no room for another row, as on a full disk."""
    archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = archive.conn.execute("PRAGMA page_count").fetchone()[0]
    archive.conn.execute(f"PRAGMA max_page_count = {pages}")
    number = 0
    try:
        while True:
            number += 1
            archive.conn.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (f"{table}{number}", "x" * 3000))
    except sqlite3.OperationalError:
        pass


def test_a_disk_that_fills_up_while_outcomes_are_written(crawl: Crawl) -> None:
    """Also where the failure meets us in recording another one."""
    fill_up(crawl.run.archive, "x")
    crawl.crawler.engine.running = False
    long = "x" * 3000
    for number in range(200):
        url = f"https://alpha.example/{number}{long}"
        crawl.run.take_up(frontier.FrontierRow(url, "alpha", crawl.run.under_way[ONE].link))  # type: ignore[arg-type]
        crawl.send("item_dropped", item=an_article(1, requested_url=url), exception=NotArabic())
        if crawl.run.unwritable:
            break
    assert crawl.run.unwritable == "database or disk is full"
    crawl.send("spider_closed", reason="finished")
    assert crawl.run.exit_code == 2


def test_a_disk_that_fails_at_the_very_end(crawl: Crawl) -> None:
    """The last write of a run can fail like any other."""
    crawl.run.end(ONE, New())
    crawl.run.end(TWO, New())
    crawl.run.archive.conn.execute(
        "CREATE TRIGGER full BEFORE UPDATE ON runs BEGIN SELECT raise(ABORT, 'disk full'); END"
    )
    closed = crawl.close()
    assert (closed["state"], crawl.run.exit_code) == ("running", 2)
    Lock(crawl.run.archive.path, started_at=crawl.run.started_at).release()


def test_columns_are_what_these_tests_think(archive: Archive) -> None:
    """A renamed column would make the look-ups above meaningless."""
    assert {"state", "exit_code", "problems"} <= set(column(archive, "SELECT name FROM pragma_table_info('runs')"))


def test_a_replay_is_no_visit(archive: Archive) -> None:
    """When a site was last crawled is not when its pages were read again."""
    for replaying, crawled in ((True, None), (False, "2026-11-22T09:30:00Z")):
        with a_run(archive, replaying=replaying) as run:
            crawl = Crawl(run)
            crawl.send("spider_closed", reason="finished")
        with closing(sqlite3.connect(archive.path)) as conn:
            assert conn.execute("SELECT last_crawled_at FROM sites WHERE id = 'alpha'").fetchone() == (crawled,)
        archive = open_archive(archive.path)
    archive.close()


def test_old_lines_are_pruned_when_a_run_closes(archive: Archive) -> None:
    """By NEWS_KEEP; a replay prunes nothing."""
    archive.conn.execute(
        """INSERT INTO frontier (url, site, discovered_at, outcome, ended_at)
           VALUES ('https://alpha.example/old', 'alpha', '2020-01-01T00:00:00Z', 'NoText', '2020-01-01T00:00:00Z')"""
    )
    for replaying, left in ((True, 1), (False, 0)):
        with a_run(archive, replaying=replaying) as run:
            Crawl(run).send("spider_closed", reason="finished")
        archive = open_archive(archive.path)
        assert column(archive, "SELECT count(*) FROM frontier") == [left]
    archive.close()
