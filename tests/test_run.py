"""The run's account: every URL taken up ends once."""

from __future__ import annotations

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from scrapy import Spider

from newscrawler.archive.holdings import articles
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.link import Link
from newscrawler.outcome import Copy, New, NotArabic
from newscrawler.run import Run, run_of
from newscrawler.urls import CanonicalUrl
from support.archives import an_article, column, row, taken_up

ONE, TWO = "https://alpha.example/news/1", "https://alpha.example/news/2"


def test_taking_up_and_ending_balance(run: Run) -> None:
    """What is under way is what was taken up and has not ended, for each site."""
    taken_up(run, ONE, TWO)
    assert (run.taken_up, run.busy["alpha"], set(run.under_way)) == (2, 2, {ONE, TWO})
    run.end(ONE, NotArabic("fa"), notes=["ملاحظة"])
    assert (run.taken_up, run.busy["alpha"], set(run.under_way)) == (2, 1, {TWO})
    assert run.counts == {("alpha", "NotArabic"): 1}
    found = row(run.archive, "SELECT * FROM outcomes")
    assert (found["run_id"], found["url"], found["outcome"], found["detail"]) == (run.id, ONE, "NotArabic", "fa")
    assert found["notes"] == '["ملاحظة"]'


def test_a_second_end_is_logged_and_changes_nothing(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    """Two outcomes would be a defect; the first one stands."""
    taken_up(run, ONE)
    run.end(ONE, NotArabic())
    with caplog.at_level(logging.ERROR):
        run.end(ONE, New())
    assert column(run.archive, "SELECT outcome FROM outcomes") == ["NotArabic"]
    assert "ended a second time" in caplog.text


def test_frontier_and_outcome_are_written_together_or_not_at_all(run: Run) -> None:
    """Here the ledger refuses; then the frontier row must still be open and the URL under way."""
    taken_up(run, ONE)
    run.archive.conn.execute("CREATE TRIGGER full BEFORE INSERT ON outcomes BEGIN SELECT raise(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        run.end(ONE, New())
    assert column(run.archive, "SELECT outcome FROM frontier") == [None]
    assert set(run.under_way) == {ONE}
    assert run.counts == {}


def test_an_archived_url_remembers_its_article_and_a_copy_does_not(run: Run) -> None:
    """The frontier's article is the one that this address's own page gave."""
    taken_up(run, ONE, TWO)
    with run.archive.transaction() as conn:
        key = articles.store(conn, an_article(1), search_text="").article_id
    run.end(ONE, New(), article_id=key)
    run.end(TWO, Copy("of article 1", article_id=key), article_id=key)
    assert column(run.archive, "SELECT article_id FROM frontier ORDER BY url") == [key, None]
    assert column(run.archive, "SELECT article_id FROM outcomes ORDER BY url") == [key, key]


def test_the_next_visit_follows_the_runs_ladder(run: Run) -> None:
    """`NEWS_REVISIT`, counted from this visit."""
    taken_up(run, ONE)
    run.end(ONE, New())
    assert column(run.archive, "SELECT due_at FROM frontier") == ["2026-11-22T10:30:00Z"]
    assert run.revisit[0] == timedelta(hours=1)


def test_a_replay_plans_no_visit(run: Run) -> None:
    """The frontier's time table belongs to the crawl."""
    taken_up(run, ONE)
    run.replaying = True
    run.end(ONE, New())
    found = row(run.archive, "SELECT due_at, visits, outcome FROM frontier")
    assert tuple(found.values()) == ("2026-11-22T09:30:00Z", 0, "New")


def test_a_problem_is_noted_once(run: Run) -> None:
    """A hundred pages with the same trouble are one line of the report."""
    run.problem("alpha: feed gone")
    run.problem("alpha: feed gone")
    assert run.problems == ["alpha: feed gone"]


def test_an_address_belongs_to_the_site_whose_scope_it_is_in(run: Run) -> None:
    """Or to nobody."""
    assert run.site_of("https://www.beta.example/x") is run.sites["beta"]
    assert run.site_of("https://gamma.example/") is None


def test_a_url_nobody_took_up_cannot_end(run: Run) -> None:
    """It is logged, and the account still balances."""
    run.end("https://alpha.example/never", New())
    assert column(run.archive, "SELECT count(*) FROM outcomes") == [0]


def test_a_row_of_a_site_outside_the_run_can_end(run: Run) -> None:
    """A replayed page may stand under another site than the seed gives it today."""
    run.archive.conn.execute(
        """INSERT INTO sites (id, name, country, kind, home, timezone, status, first_seen_at)
           VALUES ('old', 'قديم', 'LB', 'newspaper', 'https://old.example/', 'UTC', 'gone', 'x')"""
    )
    run.take_up(FrontierRow(CanonicalUrl(ONE), "old", Link(ONE)))
    run.end(ONE, NotArabic())
    assert run.counts == {("old", "NotArabic"): 1}


def test_a_component_finds_the_run_of_its_crawl(run: Run) -> None:
    """And says so if it was put into another project's crawl."""
    spider = Spider(name="news")
    spider.run = run  # type: ignore[attr-defined]
    assert run_of(SimpleNamespace(spider=spider)) is run  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no run"):
        run_of(SimpleNamespace(spider=Spider(name="other")))  # type: ignore[arg-type]
