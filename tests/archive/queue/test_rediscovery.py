"""What a listing's dates say about addresses, old and known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.polls.sites import remember_source
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.rediscovery import discover_dated, visit_changed
from newscrawler.discovery.dates import last_day
from newscrawler.link import Link
from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl, canonical
from support.archives import NOW, column, row

HOUR = timedelta(hours=1)


def link(number: int, *, lastmod: str | None = None, published: str | None = None) -> tuple[CanonicalUrl, Link]:
    url = canonical(f"https://alpha.example/news/{number}")
    return url, Link(url, lastmod=lastmod, published=published)


def discover(
    archive: Archive, *links: tuple[CanonicalUrl, Link], backfill: bool = False, day: date | None = None
) -> int:
    with archive.transaction() as conn:
        found = discover_dated(
            conn, links, site="alpha", source_id=None, now=NOW, last_day=last_day, backfill=backfill, listed_day=day
        )
    return len(found)


def turn(archive: Archive, number: int) -> tuple[str, int]:
    found = row(archive, "SELECT due_at, backfilled FROM frontier WHERE url = ?", link(number)[0])
    return found["due_at"], found["backfilled"]


@pytest.mark.parametrize(
    ("printed", "backfill", "day", "due_at"),
    [
        ("2026-11-22T09:00:00Z", False, None, iso(NOW)),
        ("2026-11-21", False, None, iso(NOW)),
        ("2019-03-05T10:00:00+02:00", False, None, "2019-03-05T00:00:00Z"),
        (None, False, None, iso(NOW)),
        ("2030-01-01", True, None, iso(NOW)),
        (None, True, date(2015, 6, 7), "2015-06-07T00:00:00Z"),
        (None, True, None, "1990-01-01T00:00:00Z"),
        ("nonsense", True, None, "1990-01-01T00:00:00Z"),
    ],
)
def test_what_is_old_waits_behind_what_is_younger(
    archive: Archive, printed: str | None, backfill: bool, day: date | None, due_at: str
) -> None:
    """The turn is the article's own day; a backfill's without any is the last of all."""
    discover(archive, link(1, published=printed), backfill=backfill, day=day)
    assert turn(archive, 1) == (due_at, int(backfill))


def test_an_update_doesnt_take_what_a_backfill_found(archive: Archive) -> None:
    """Until a source of today lists it."""
    discover(archive, link(1), link(2), backfill=True)
    discover(archive, link(2), link(3))
    with archive.transaction() as conn:
        found = frontier.take(conn, site="alpha", run_id=1, now=NOW, limit=9, backfilled=False)
    assert [each.url[-1] for each in found] == ["3", "2"]


def visited(archive: Archive, numbers: range, *, at: datetime, known_for: timedelta = HOUR) -> None:
    discover(archive, *(link(number) for number in numbers))
    with archive.transaction() as conn:
        conn.execute(
            "UPDATE frontier SET outcome = 'TooShort', ended_at = ?, discovered_at = ?, due_at = NULL",
            (iso(at), iso(at - known_for)),
        )


def changed(archive: Archive, *links: tuple[CanonicalUrl, Link]) -> int:
    with archive.transaction() as conn:
        source = remember_source(conn, site="alpha", kind="feed", url="https://alpha.example/feed", section=None)
        return visit_changed(
            conn, links, source_id=source.id, last_day=last_day, moment=datetime.fromisoformat, now=NOW
        )


@pytest.mark.parametrize(
    ("stamp", "ended", "known_for", "count"),
    [
        (NOW - HOUR, NOW - 2 * HOUR, HOUR, 1),
        (NOW - 3 * HOUR, NOW - 2 * HOUR, HOUR, 0),
        (NOW + HOUR, NOW - 2 * HOUR, HOUR, 0),
        (NOW - HOUR / 4, NOW - HOUR / 2, HOUR, 0),
        (NOW - HOUR, NOW - 2 * HOUR, 40 * HOUR, 0),
        (NOW - timedelta(days=9), NOW, HOUR, 0),
    ],
    ids=["changed", "before we came", "in the future", "just visited", "known for long", "days ago"],
)
def test_a_page_is_visited_again_if_it_changed_since(
    archive: Archive, stamp: datetime, ended: datetime, known_for: timedelta, count: int
) -> None:
    """Not within an hour of the last visit, and the longer we know it the more seldom."""
    visited(archive, range(1, 2), at=ended, known_for=known_for)
    assert changed(archive, link(1, lastmod=stamp.isoformat())) == count
    assert column(archive, "SELECT count(*) FROM frontier WHERE due_at IS NOT NULL") == [count]


def test_a_source_that_stamps_everything_is_found_out(archive: Archive) -> None:
    """Three of six say they have changed, and are believed; four of six are too many."""
    visited(archive, range(1, 7), at=NOW - 2 * HOUR)
    stamp, old = (NOW - HOUR).isoformat(), (NOW - 9 * HOUR).isoformat()
    links = [link(number, lastmod=stamp if number <= 3 else old) for number in range(1, 7)]
    assert changed(archive, *links) == 3
    links[3] = link(4, lastmod=stamp)
    assert changed(archive, *links) == 0
    assert column(archive, "SELECT stamps FROM sources") == [1]
