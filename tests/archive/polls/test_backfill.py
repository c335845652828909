"""The queue of a backfill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from newscrawler.archive import Archive
from newscrawler.archive.polls import backfill
from newscrawler.archive.polls.backfill import Task
from newscrawler.archive.polls.backfill_progress import Progress, backlog, progress
from newscrawler.archive.queue import frontier
from newscrawler.urls import canonical
from support.archives import NOW, a_link

ROOT = "https://alpha.example/index.xml"


def task(name: str, day: date | None = None, **more: object) -> Task:
    return replace(Task("alpha", ROOT, "sitemap", canonical(f"https://alpha.example/{name}"), day=day), **more)  # type: ignore[arg-type]


def queue(archive: Archive, *tasks: Task) -> None:
    with archive.transaction() as conn:
        backfill.enqueue(conn, tasks)


def following(
    archive: Archive, *without: int, roots: tuple[str, ...] = (ROOT,), since: date | None = None
) -> Task | None:
    return backfill.next_task(archive.conn, "alpha", roots=roots, without=without, since=since)


def test_the_youngest_is_next_and_what_has_no_day_is_last(archive: Archive) -> None:
    """Also if it was queued first; what was tried in this run waits for the next one."""
    queue(archive, task("a"), task("b", date(2020, 1, 1)), task("c", date(2025, 1, 1), section="اقتصاد", depth=2))
    order: list[str] = []
    tried: list[int] = []
    while (each := following(archive, *tried)) is not None:
        order.append(each.url[-1])
        tried.append(each.id)
    assert order == ["c", "b", "a"]
    found = following(archive)
    assert found == replace(task("c", date(2025, 1, 1), section="اقتصاد", depth=2), id=3)


def test_a_listing_is_queued_once(archive: Archive) -> None:
    """An index that lists itself, or that lists again what was done, makes no circle."""
    queue(archive, task("a"), task("a", date(2025, 1, 1)))
    first = following(archive)
    assert first is not None
    assert first.day is None
    with archive.transaction() as conn:
        backfill.finish(conn, first, status="ok", now=NOW, links=3, new=2)
    queue(archive, task("a"))
    assert following(archive) is None


def test_a_source_that_left_the_seed_file_is_left_alone(archive: Archive) -> None:
    """It is neither read nor counted."""
    queue(archive, task("a"))
    assert following(archive, roots=()) is None
    assert progress(archive.conn, "alpha", roots=()) == Progress(0, 0, 0)


def test_what_is_earlier_than_asked_for_waits(archive: Archive) -> None:
    """`since` leaves it to another run; what has no day may be of any."""
    queue(archive, task("a", date(2020, 1, 1)), task("b"))
    found = following(archive, since=date(2024, 1, 1))
    assert found is not None
    assert found.url[-1] == "b"


def test_four_failures_are_the_end(archive: Archive) -> None:
    """Given up, and said to be so: it isn't waiting and wasn't read."""
    queue(archive, task("a"), task("b"))
    ends = []
    for _ in range(backfill.TRIES):
        with archive.transaction() as conn:
            ends.append(backfill.fail(conn, task("a", id=1), status="HttpError", detail="500", now=NOW))
    assert ends == [False, False, False, True]
    assert progress(archive.conn, "alpha", roots=[ROOT]) == Progress(read=0, waiting=1, given_up=1)


def test_the_backlog_is_what_a_backfill_found_and_nobody_visited(archive: Archive) -> None:
    """Counted as far as somebody wants to know."""
    with archive.transaction() as conn:
        links = [a_link(f"/news/{number}") for number in range(5)]
        frontier.discover(conn, links, site="alpha", source_id=None, now=NOW - timedelta(days=1))
        conn.execute("UPDATE frontier SET backfilled = 1 WHERE id < 5")
        conn.execute("UPDATE frontier SET visits = 1 WHERE id = 1")
    assert (backlog(archive.conn, "alpha", limit=9), backlog(archive.conn, "alpha", limit=2)) == (3, 2)
