"""What is old and said elsewhere goes, a little at a time; totals, articles and the memory of addresses stay."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from newscrawler.archive import Archive, ledger
from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.withdrawals import withdraw
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.forgotten import key_of, recall
from newscrawler.archive.queue.pruning import Pruned, keep_of, prune
from newscrawler.doctor import examine
from newscrawler.extensions.judging import judge_sites
from newscrawler.link import Link
from newscrawler.outcome import (
    HttpError,
    New,
    NoText,
    NotModified,
    Outcome,
    OutOfScope,
    Revised,
    Unchanged,
    Unreachable,
)
from newscrawler.report import read_report
from newscrawler.urls import CanonicalUrl, canonical
from support.archives import Clock, a_run, an_article, column, row

KEEP = timedelta(days=400)
PAGE = "https://alpha.example/news/1"


def visited(archive: Archive, clock: Clock, *, closed: bool = True, **ends: Outcome) -> int:
    """A run that visits these pages, whatever is due; its number."""
    with a_run(archive, clock=clock) as run:
        for name, outcome in ends.items():
            url = canonical(f"https://alpha.example/{name}")
            with archive.transaction() as conn:
                frontier.discover(conn, [(url, Link(url))], site="alpha", source_id=1, now=clock())
                found = frontier.find(conn, url)
            assert found is not None
            run.take_up(found)
            key = found.article_id
            if isinstance(outcome, New):
                with archive.transaction() as conn:
                    key = articles.store(conn, an_article(hash(name) % 1000, url=url), search_text="").article_id
            run.end(url, outcome, article_id=key)
        with archive.transaction() as conn:
            if closed:
                judge_sites(run, conn, finished=True, now=clock())
            ledger.finish_run(
                conn, run.id, state="finished", taken_up=run.taken_up, exit_code=0, problems=(), now=clock()
            )
        return run.id


@pytest.fixture
def source(archive: Archive) -> Iterator[None]:
    """The source that lists what these tests visit."""
    archive.conn.execute(
        "INSERT INTO sources (id, site, kind, url) VALUES (1, 'alpha', 'feed', 'https://alpha.example/f')"
    )
    return


pytestmark = pytest.mark.usefixtures("source")


def pruned(archive: Archive, clock: Clock, budget_s: float = 60) -> Pruned:
    return prune(archive, keep=KEEP, now=clock(), budget_s=budget_s)


def account_balances(archive: Archive) -> bool:
    """What doctor says of the ledger."""
    (found,) = [each for each in examine(archive.conn, archive.path.parent) if "account" in each.question]
    return found.well


def lines(archive: Archive) -> list[tuple[int, str, str]]:
    return [tuple(each) for each in archive.conn.execute("SELECT run_id, url, outcome FROM outcomes ORDER BY 1, 2")]


def test_superseded_lines_go_and_the_last_word_on_each_address_stays(archive: Archive, clock: Clock) -> None:
    """That nothing had changed years ago is told by no one; how an article came and was edited is."""
    visited(archive, clock, a=New(), b=HttpError("503"), c=NoText())
    clock.forward(days=1)
    visited(archive, clock, a=Unchanged(), b=New())
    clock.forward(days=1)
    visited(archive, clock, a=NotModified())
    clock.forward(days=1)
    visited(archive, clock, a=Revised("text"))
    clock.forward(days=396)
    assert pruned(archive, clock) == Pruned()
    clock.forward(days=10)
    assert pruned(archive, clock) == Pruned(lines=4, addresses=1)
    assert lines(archive) == [
        (1, "https://alpha.example/a", "New"),
        (2, "https://alpha.example/b", "New"),
        (4, "https://alpha.example/a", "Revised"),
    ]


def test_an_old_report_still_adds_up_and_says_that_lines_are_gone(archive: Archive, clock: Clock) -> None:
    """Totals come from `health`; the account balances, and doctor knows why lines are missing."""
    visited(archive, clock, a=New(), b=HttpError("503"), c=NoText())
    clock.forward(days=2)
    visited(archive, clock, a=Unchanged(), b=New())
    before = read_report(archive.path, run_id=1)
    clock.forward(days=500)
    pruned(archive, clock)
    after = read_report(archive.path, run_id=1)
    assert (after.outcomes, after.taken_up, after.ended) == (before.outcomes, before.taken_up, before.ended)
    assert (before.pruned, after.pruned) == (0, 2)
    assert after.sites[0].outcomes == {"New": 1, "HttpError": 1, "NoText": 1}
    assert account_balances(archive)
    archive.conn.execute("DELETE FROM outcomes WHERE outcome = 'New'")
    assert not account_balances(archive)


def test_runs_of_an_older_version_get_their_totals_first(archive: Archive, clock: Clock) -> None:
    """Archives from before `health`, and runs that were killed, keep their numbers too."""
    visited(archive, clock, closed=False, a=HttpError("503"), b=NoText())
    visited(archive, clock, a=New())
    clock.forward(days=500)
    pruned(archive, clock)
    assert json.loads(column(archive, "SELECT outcomes FROM health WHERE run_id = 1")[0]) == {
        "HttpError": 1,
        "NoText": 1,
    }
    assert read_report(archive.path, run_id=1).outcomes == {"HttpError": 1, "NoText": 1}


def test_what_an_absence_rests_on_stays(archive: Archive, clock: Clock) -> None:
    """The report of that run still says that an article was gone, and when it was back."""
    visited(archive, clock, a=New())
    clock.forward(days=1)
    with archive.transaction() as conn:
        withdraw(conn, 1, "not-found", detail="404", at=clock(), capture_id=None)
    visited(archive, clock, a=HttpError("404"))
    clock.forward(days=1)
    visited(archive, clock, a=Unchanged())
    clock.forward(days=1)
    visited(archive, clock, a=Unchanged())
    clock.forward(days=500)
    assert pruned(archive, clock).lines == 0
    assert read_report(archive.path, run_id=2).fates.withdrawn == 1


def test_a_forgotten_address_is_not_asked_for_again_though_it_is_listed(archive: Archive, clock: Clock) -> None:
    """A sitemap lists a gallery for ten years: its hash is enough to know it."""
    visited(archive, clock, gallery=NoText("no text"), article=New())
    ended = clock()
    clock.forward(days=401)
    assert pruned(archive, clock).addresses == 1
    gallery, article = canonical("https://alpha.example/gallery"), canonical("https://alpha.example/article")
    assert column(archive, "SELECT url FROM frontier") == [article]
    assert lines(archive) == [(1, article, "New")]
    links = [(url, Link(url)) for url in (gallery, article, canonical("https://alpha.example/new"))]
    with archive.transaction() as conn:
        assert frontier.discover(conn, links, site="alpha", source_id=1, now=clock()) == ["https://alpha.example/new"]
    found = recall(archive.conn, gallery)
    assert found is not None
    assert (found.outcome, found.ended_at) == ("NoText", ended)
    assert recall(archive.conn, article) is None


def test_who_asks_for_a_forgotten_address_by_name_gets_it(archive: Archive, clock: Clock) -> None:
    """No source listed it: a person did."""
    visited(archive, clock, gallery=NoText())
    clock.forward(days=401)
    pruned(archive, clock)
    url = canonical("https://alpha.example/gallery")
    with archive.transaction() as conn:
        assert frontier.discover(conn, [(url, Link(url))], site="alpha", source_id=None, now=clock()) == [url]
    assert recall(archive.conn, url) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE frontier SET due_at = '2031-01-01T00:00:00Z'",
        "UPDATE frontier SET ended_at = '2031-01-01T00:00:00Z'",
        "UPDATE frontier SET ended_at = NULL, outcome = NULL",
        "INSERT INTO takedowns (url, reason, at) VALUES ('https://alpha.example/x', 'r', '2026-01-01T00:00:00Z')",
        "INSERT INTO copies (url, article_id, site, title, seen_at)"
        " SELECT 'https://alpha.example/x', id, 'alpha', '', '' FROM articles",
    ],
)
def test_what_is_due_young_taken_down_or_a_copy_stays(archive: Archive, clock: Clock, change: str) -> None:
    """Only what is settled for good and gave nothing is forgotten."""
    visited(archive, clock, x=NoText(), a=New())
    archive.conn.execute(change)
    clock.forward(days=500)
    assert pruned(archive, clock).addresses == 0


def test_what_the_seed_left_out_may_come_again(archive: Archive, clock: Clock) -> None:
    """It was never asked for, and a wider seed may want it: no hash is kept."""
    visited(archive, clock, x=OutOfScope("on another host"))
    clock.forward(days=500)
    assert pruned(archive, clock).addresses == 1
    assert column(archive, "SELECT count(*) FROM forgotten") == [0]


def test_each_close_takes_a_batch_and_the_next_goes_on(archive: Archive, clock: Clock) -> None:
    """The time is bounded however much there is: a batch of 200 lines, then 100 addresses, and so on."""
    visited(archive, clock, **{f"p{number}": NoText() for number in range(1200)})
    clock.forward(days=500)
    ticks = itertools.count()
    taken = [prune(archive, keep=KEEP, now=clock(), budget_s=3, clock=lambda: next(ticks)).addresses for _ in range(20)]
    assert sum(taken) == 1200
    assert max(taken) <= 200
    assert pruned(archive, clock) == Pruned()


def test_years_of_crawling_leave_what_a_report_needs(archive: Archive) -> None:
    """Three years, a crawl a week: the ledger stops growing with time, the articles don't lose a line."""
    clock = Clock()
    for week in range(156):
        visits: dict[str, Outcome] = {f"new{week}": New(), f"bad{week}": NoText(), "front": Unreachable("timed out")}
        if week:
            visits[f"new{week - 1}"] = Unchanged()
        visited(archive, clock, **visits)
        pruned(archive, clock)
        clock.forward(days=7)
    weeks = 400 // 7
    outcomes = dict(archive.conn.execute("SELECT outcome, count(*) FROM outcomes GROUP BY 1").fetchall())
    assert outcomes["New"] == 156
    assert weeks <= outcomes["NoText"] <= weeks + 2
    assert weeks <= outcomes["Unreachable"] <= weeks + 2
    assert column(archive, "SELECT count(*) FROM articles") == [156]
    assert column(archive, "SELECT count(*) FROM forgotten")[0] >= 156 - weeks - 3
    assert row(archive, "SELECT sum(taken_up) AS a, sum(ended) AS b FROM runs") == {"a": 623, "b": 623}
    assert account_balances(archive)
    assert read_report(archive.path, run_id=2).outcomes == {"New": 1, "NoText": 1, "Unreachable": 1, "Unchanged": 1}


@pytest.mark.parametrize(("setting", "keep"), [("", None), ("0", None), ("400d", KEEP), ("60d", timedelta(days=60))])
def test_how_long_is_set_as_a_duration(setting: str, keep: timedelta | None) -> None:
    """Nothing, or 0, is for ever."""
    assert keep_of(setting) == keep


@pytest.mark.parametrize("setting", ["59d", "1d 400d", "a year", "-3d"])
def test_what_would_forget_too_soon_is_refused(setting: str) -> None:
    """Ladders and four weeks of health must fit in."""
    with pytest.raises(ValueError, match=r"60d|one duration|not a duration"):
        keep_of(setting)


def test_keys_have_63_bits() -> None:
    """SQLite's integers are signed; the same address has the same key for ever."""
    assert len({key_of(CanonicalUrl(f"{PAGE}{number}")) for number in range(1000)}) == 1000
