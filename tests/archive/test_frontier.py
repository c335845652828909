"""The frontier: rows before requests, open until their outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newscrawler.archive import Archive, frontier
from newscrawler.archive.frontier import RETRY_AFTER
from newscrawler.link import Link
from newscrawler.outcome import (
    Copy,
    ExtractorFailed,
    New,
    NotArabic,
    NotModified,
    Outcome,
    OutOfScope,
    PutBack,
    Revised,
    TransientHttpError,
    Unchanged,
    Unreachable,
    http_error,
)
from newscrawler.run import Run
from support.archives import NOW, Clock, a_link, column, row, taken_up

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


@pytest.mark.parametrize("outcome", [Unreachable(), http_error(503), http_error(429), ExtractorFailed()])
def test_a_passing_failure_is_tried_on_a_ladder_and_then_given_up(outcome: Outcome) -> None:
    """A dead host isn't asked for ever."""
    due = [frontier.next_due(outcome, tries=n, visits=0, now=NOW, revisit=LADDER) for n in range(len(RETRY_AFTER) + 1)]
    assert due == [*(NOW + wait for wait in RETRY_AFTER), None]


@pytest.mark.parametrize("outcome", [NotArabic(), OutOfScope(), http_error(404), http_error(410)])
def test_a_settled_rejection_is_never_due_again(outcome: Outcome) -> None:
    """A gallery stays a gallery."""
    assert frontier.next_due(outcome, tries=0, visits=0, now=NOW, revisit=LADDER) is None


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
