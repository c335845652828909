"""The frontier: rows before requests, open until their outcome."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from newscrawler.archive import Archive, open_archive
from newscrawler.archive.holdings import articles
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import RETRY_AFTER
from newscrawler.archive.schema import migrations
from newscrawler.link import Link
from newscrawler.outcome import (
    Copy,
    ExtractorFailed,
    New,
    NoArchive,
    NotAnArticle,
    NotArabic,
    NoText,
    NotModified,
    Outcome,
    OutOfScope,
    PutBack,
    Revised,
    RobotsDenied,
    TakenDown,
    TooLarge,
    TransientHttpError,
    Unchanged,
    Unreachable,
    http_error,
)
from newscrawler.run import Run
from support.archives import NOW, Clock, a_link, an_article, column, row, taken_up

LADDER = (timedelta(hours=1), timedelta(hours=6))


def discover(archive: Archive, *paths: str, site: str = "alpha", due: bool = True) -> list[str]:
    with archive.transaction() as conn:
        links = [a_link(path) for path in paths]
        return list(frontier.discover(conn, links, site=site, source_id=None, now=NOW, due=due))


def take(
    archive: Archive, *, run: int, site: str = "alpha", limit: int = 100, now: object = NOW, **more: object
) -> list[str]:
    with archive.transaction() as conn:
        rows = frontier.take(conn, site=site, run_id=run, now=now, limit=limit, **more)  # type: ignore[arg-type]
    return [each.url.removeprefix("https://alpha.example") for each in rows]


def test_discovering_twice_adds_once(archive: Archive) -> None:
    """Two sources that list the same address make one row; what the first said about it stays."""
    with archive.transaction() as conn:
        url, _ = a_link()
        first = frontier.discover(conn, [(url, Link(url, title="عنوان"))], site="alpha", source_id=None, now=NOW)
        again = frontier.discover(conn, [(url, Link(url, title="آخر"))], site="alpha", source_id=None, now=NOW)
    assert (first, again) == ([url], [])
    found = frontier.find(archive.conn, url)
    assert found is not None
    assert found.link.title == "عنوان"


def test_a_row_remembers_all_that_the_source_said(archive: Archive) -> None:
    """Headline, section and dates wait with the address, as printed, until the page is read."""
    url, _ = a_link("/news/7")
    link = Link(url, title="عنوان", section="عربي ودولي", published="Sun, 01 Nov 2026", lastmod="2026-11-02")
    with archive.transaction() as conn:
        frontier.discover(conn, [(url, link)], site="alpha", source_id=None, now=NOW)
        (taken,) = frontier.take(conn, site="alpha", run_id=1, now=NOW, limit=1)
    assert taken.link == link
    assert (taken.site, taken.tries, taken.visits, taken.article_id) == ("alpha", 0, 0, None)


def test_an_address_nobody_discovered_has_no_row(archive: Archive) -> None:
    """Absent is None, not an empty row."""
    assert frontier.find(archive.conn, a_link("/news/404")[0]) is None


def test_rows_come_newest_first_then_as_the_source_listed_them(archive: Archive, clock: Clock) -> None:
    """News ages: what was found last goes first; inside one source the newspaper's own order counts."""
    discover(archive, "/old/1", "/old/2")
    clock.forward(minutes=5)
    with archive.transaction() as conn:
        links = [a_link("/new/1"), a_link("/new/2")]
        frontier.discover(conn, links, site="alpha", source_id=None, now=clock())
    assert take(archive, run=1, now=clock()) == ["/new/1", "/new/2", "/old/1", "/old/2"]


def test_a_row_is_taken_once_in_a_run_and_again_in_the_next(archive: Archive) -> None:
    """A crash between taking and ending loses nothing: the next run finds the row open."""
    discover(archive, "/news/1", "/news/2")
    assert take(archive, run=1, limit=1) == ["/news/1"]
    assert take(archive, run=1) == ["/news/2"]
    assert take(archive, run=1) == []
    assert take(archive, run=2) == ["/news/1", "/news/2"]


def test_a_released_row_can_be_taken_again_in_the_same_run(archive: Archive) -> None:
    """What was fetched from the table and never requested goes back."""
    discover(archive, "/news/1")
    take(archive, run=1)
    with archive.transaction() as conn:
        frontier.release(conn, [a_link()[0]])
    assert take(archive, run=1) == ["/news/1"]


def test_rows_of_another_site_and_rows_not_yet_due_are_left(archive: Archive) -> None:
    """Each site has its own queue, and each row its time."""
    discover(archive, "/b/1", site="beta")
    discover(archive, "/a/1")
    archive.conn.execute("UPDATE frontier SET due_at = '2026-11-22T09:30:01Z' WHERE url LIKE '%/a/1'")
    assert take(archive, run=1) == []
    assert take(archive, run=1, now=NOW + timedelta(seconds=1)) == ["/a/1"]


def test_only_the_addresses_asked_for_are_taken(archive: Archive) -> None:
    """`-a url=…` touches nothing else, even what is due."""
    discover(archive, "/news/1", "/news/2", "/news/3")
    wanted = [a_link("/news/2")[0]]
    assert take(archive, run=1, only=wanted) == ["/news/2"]
    assert take(archive, run=1, only=[]) == []


def test_a_row_that_is_not_due_waits_until_somebody_asks_for_it(archive: Archive) -> None:
    """Replayed captures make rows that no crawl takes up by itself."""
    discover(archive, "/news/1", due=False)
    assert take(archive, run=1) == []
    with archive.transaction() as conn:
        frontier.make_due(conn, [a_link()[0]], now=NOW)
    assert take(archive, run=1) == ["/news/1"]


def test_what_was_taken_down_is_not_made_due(archive: Archive) -> None:
    """A takedown holds against `-a url=…` too."""
    discover(archive, "/news/1", due=False)
    archive.conn.execute("INSERT INTO takedowns VALUES ('https://alpha.example/news/1', 'طلب', 'x')")
    with archive.transaction() as conn:
        frontier.make_due(conn, [a_link()[0]], now=NOW)
    assert take(archive, run=1) == []


@pytest.mark.parametrize("outcome", [New(), Revised(), Unchanged(), Copy(), NotModified()], ids=lambda o: o.name)
def test_a_good_end_plans_the_next_visit_on_the_ladder(outcome: Outcome) -> None:
    """First after an hour, then after six; after the last step never again."""
    due = [frontier.next_due(outcome, tries=0, visits=n, now=NOW, revisit=LADDER) for n in range(3)]
    assert due == [NOW + timedelta(hours=1), NOW + timedelta(hours=6), None]


@pytest.mark.parametrize("outcome", [Unreachable(), http_error(503), http_error(425), ExtractorFailed()])
def test_a_passing_failure_is_tried_on_a_ladder_and_then_given_up(outcome: Outcome) -> None:
    """A dead host isn't asked for ever."""
    due = [frontier.next_due(outcome, tries=n, visits=0, now=NOW, revisit=LADDER) for n in range(len(RETRY_AFTER) + 1)]
    assert due == [*(NOW + wait for wait in RETRY_AFTER), None]


@pytest.mark.parametrize("outcome", [NotArabic(), OutOfScope(), http_error(404), http_error(410)])
def test_a_settled_rejection_is_never_due_again(outcome: Outcome) -> None:
    """A gallery stays a gallery."""
    assert frontier.next_due(outcome, tries=0, visits=0, now=NOW, revisit=LADDER) is None


@pytest.mark.parametrize(
    "outcome", [http_error(404), http_error(403), NotAnArticle(), NoText(), NotArabic(), RobotsDenied(), TooLarge()]
)
def test_an_archived_article_is_looked_for_on_the_whole_ladder(outcome: Outcome) -> None:
    """What settles a new address doesn't settle one that has given an article: it may come back."""
    due = [frontier.next_due(outcome, tries=0, visits=n, now=NOW, revisit=LADDER, archived=True) for n in range(1, 3)]
    assert due == [NOW + timedelta(hours=6), None]


@pytest.mark.parametrize("outcome", [NoArchive(), TakenDown(), OutOfScope()])
def test_what_is_somebodys_wish_ends_the_looking(outcome: Outcome) -> None:
    """The newspaper forbids archiving, the keeper took it down, or the seed doesn't admit it any more."""
    assert frontier.next_due(outcome, tries=0, visits=1, now=NOW, revisit=LADDER, archived=True) is None


def test_an_archived_article_outlives_its_servers_outage() -> None:
    """When the tries are used up the ladder goes on; a new address is given up."""
    used = len(RETRY_AFTER)
    after = [
        frontier.next_due(Unreachable(), tries=used, visits=1, now=NOW, revisit=LADDER, archived=known)
        for known in (True, False)
    ]
    assert after == [NOW + timedelta(hours=6), None]


def test_what_was_put_back_is_due_at_once(archive: Archive) -> None:
    """The next run goes on where this one was stopped."""
    assert frontier.next_due(PutBack(), tries=9, visits=9, now=NOW, revisit=()) == NOW


def test_ending_counts_tries_and_visits(run: Run, clock: Clock) -> None:
    """Failures in a row count up, a success sets them back and counts the visit; a stopped run changes neither."""
    url = "https://alpha.example/news/1"

    def after(outcome: Outcome) -> tuple[int, int, str]:
        (each,) = taken_up(run, url)
        run.end(url, outcome)
        run.archive.conn.execute("DELETE FROM outcomes")  # as if every end were another run's
        run.archive.conn.execute("UPDATE frontier SET due_at = ?, taken_run = NULL", ["2026-11-22T00:00:00Z"])
        found = row(run.archive, "SELECT tries, visits, outcome FROM frontier")
        assert each.url == url
        return found["tries"], found["visits"], found["outcome"]

    assert after(TransientHttpError("503")) == (1, 0, "HttpError")
    assert after(Unreachable()) == (2, 0, "Unreachable")
    assert after(PutBack()) == (2, 0, "PutBack")
    assert after(New()) == (0, 1, "New")
    assert after(Unreachable()) == (1, 1, "Unreachable")
    assert after(Unchanged()) == (0, 2, "Unchanged")


def test_an_outage_is_one_step_of_an_archived_articles_ladder(run: Run) -> None:
    """Each try waits longer than the one before; the last one counts as a visit, and tries begin anew."""
    url = "https://alpha.example/news/1"
    seen = []
    with run.archive.transaction() as conn:
        articles.store(conn, an_article(), search_text="")
    for outcome in [New(), *(Unreachable() for _ in range(len(RETRY_AFTER) + 1))]:
        taken_up(run, url)
        run.end(url, outcome, article_id=1 if isinstance(outcome, New) else None)
        seen.append(tuple(row(run.archive, "SELECT tries, visits FROM frontier").values()))
        run.archive.conn.execute("DELETE FROM outcomes")
        run.archive.conn.execute("UPDATE frontier SET due_at = ?, taken_run = NULL", ["2026-11-22T00:00:00Z"])
    assert seen == [(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (0, 2)]


def test_news_and_revisits_can_be_taken_apart(run: Run) -> None:
    """A row is a revisit once a visit of it ended well; a failed first visit is still news."""
    urls = [f"https://alpha.example/news/{n}" for n in (1, 2, 3)]
    taken_up(run, *urls)
    for url, outcome in zip(urls, (New(), Unreachable(), PutBack()), strict=True):
        run.end(url, outcome)
    later = NOW + timedelta(days=1)
    assert take(run.archive, run=run.id + 1, now=later, visited=True) == ["/news/1"]
    assert sorted(take(run.archive, run=run.id + 2, now=later, visited=False)) == ["/news/2", "/news/3"]


def test_rows_of_before_are_found_by_the_index_of_now(tmp_path: Path) -> None:
    """An archive that a version without revisits' shares has written goes on where it was."""
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path)) as conn:
        migrations.apply(Database(conn), stop_before="m0008_indices_for_revisits")
        conn.execute(
            """INSERT INTO sites (id, name, country, kind, home, timezone, status, first_seen_at)
               VALUES ('alpha', 'صحيفة', 'LB', 'newspaper', 'https://alpha.example/', 'UTC', 'active', 'x')"""
        )
        conn.executemany(
            "INSERT INTO frontier (url, site, discovered_at, due_at, visits) VALUES (?, 'alpha', 'x', '2026', ?)",
            [("https://alpha.example/new", 0), ("https://alpha.example/again", 3)],
        )
        conn.commit()
    with open_archive(path) as archive:
        plan = archive.conn.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM frontier WHERE site = 'alpha' AND due_at <= 'x' AND (visits > 0) = 0"
        ).fetchall()
        assert "frontier_turn" in plan[0]["detail"]
        assert take(archive, run=1, visited=False) == ["/new"]
        assert take(archive, run=1, visited=True) == ["/again"]


def test_a_held_row_stays_due_until_it_is_let_go(run: Run) -> None:
    """Its outcome is noted; the next run would find it open."""
    (taken,) = taken_up(run, "https://alpha.example/news/1")
    frontier.hold(run.archive.conn, taken, NoText("nothing"), now=NOW)
    found = row(run.archive, "SELECT outcome, detail, due_at, visits FROM frontier")
    assert tuple(found.values()) == ("NoText", "nothing", "2026-11-22T09:30:00Z", 0)
    frontier.let_go(run.archive.conn, taken, now=NOW, revisit=LADDER)
    found = row(run.archive, "SELECT outcome, due_at, visits FROM frontier")
    assert tuple(found.values()) == ("NoText", "2026-11-22T10:30:00Z", 1)


@pytest.mark.parametrize(("ladder", "due", "visits"), [(LADDER, "2026-11-22T15:30:00Z", 2), ((), None, 2)])
def test_a_row_let_go_at_the_ladders_end_gets_one_more_look(
    run: Run, ladder: tuple[timedelta, ...], due: str | None, visits: int
) -> None:
    """Somebody has to see whether it comes back, unless nothing is visited again at all."""
    (taken,) = taken_up(run, "https://alpha.example/news/1")
    frontier.let_go(run.archive.conn, replace(taken, visits=2), now=NOW, revisit=ladder)
    assert row(run.archive, "SELECT due_at, visits FROM frontier") == {"due_at": due, "visits": visits}


def test_a_replayed_outcome_plans_no_visit(run: Run) -> None:
    """Reading old captures must neither hurry nor delay the next look at the newspaper."""
    (taken,) = taken_up(run, "https://alpha.example/news/1")
    before = row(run.archive, "SELECT due_at, tries, visits FROM frontier")
    with run.archive.transaction() as conn:
        frontier.end_replayed(conn, taken, NotArabic("fa"), now=NOW)
    assert row(run.archive, "SELECT due_at, tries, visits FROM frontier") == before
    assert column(run.archive, "SELECT outcome FROM frontier") == ["NotArabic"]


def test_an_address_refused_unvisited_is_taken_when_its_own_site_lists_it(archive: Archive) -> None:
    """A paper that links to another paper's article must not keep it out of the archive."""
    discover(archive, "/news/1", site="beta", due=False)
    archive.conn.execute("UPDATE frontier SET outcome = 'OutOfScope', detail = 'on another host'")
    assert discover(archive, "/news/1") == ["https://alpha.example/news/1"]
    assert row(archive, "SELECT site, outcome, detail FROM frontier") == {
        "site": "alpha",
        "outcome": None,
        "detail": None,
    }
    assert take(archive, run=1) == ["/news/1"]


def test_a_page_does_not_pay_for_its_hosts_429(run: Run, clock: Clock) -> None:
    """The host gets the pause; the page comes back after an hour, however often that happens."""
    for hour in range(10, 10 + 2 * len(RETRY_AFTER)):
        (waiting,) = taken_up(run, "https://alpha.example/a")
        run.end(waiting.url, TransientHttpError("429"))
        found = row(run.archive, "SELECT tries, visits, due_at FROM frontier")
        assert (found["tries"], found["visits"], found["due_at"]) == (0, 0, f"2026-11-22T{hour}:30:00Z")
        run.archive.conn.execute("DELETE FROM outcomes")  # as if every end were another run's
        run.archive.conn.execute("UPDATE frontier SET taken_run = NULL")
        clock.forward(hours=1)


def test_being_refused_again_opens_nothing(archive: Archive) -> None:
    """Two papers that both link to a third are not asked about it at every poll."""
    discover(archive, "/news/1", site="beta", due=False)
    archive.conn.execute("UPDATE frontier SET outcome = 'OutOfScope'")
    assert discover(archive, "/news/1", due=False) == []
    assert column(archive, "SELECT site FROM frontier") == ["beta"]


def test_an_address_that_led_elsewhere_when_visited_stays_closed(archive: Archive) -> None:
    """Its source lists it at every poll; the redirect out of scope is settled."""
    discover(archive, "/news/1")
    take(archive, run=1)
    archive.conn.execute("UPDATE frontier SET outcome = 'OutOfScope', due_at = NULL")
    assert discover(archive, "/news/1") == []
    assert take(archive, run=2) == []


def test_an_address_that_has_ended_in_a_run_is_not_taken_by_it_again(run: Run) -> None:
    """Refused for one site and wanted by another in the same run: one outcome now, the visit in the next run."""
    run.archive.conn.execute(
        "INSERT INTO outcomes (run_id, url, site, outcome, at) VALUES (?, ?, 'beta', 'OutOfScope', 'x')",
        (run.id, a_link()[0]),
    )
    discover(run.archive, "/news/1")
    assert take(run.archive, run=run.id) == []
    assert take(run.archive, run=run.id + 1) == ["/news/1"]
