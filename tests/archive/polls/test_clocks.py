"""A clock that was ahead: what it set for later is due when it is put right."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from newscrawler.archive import Archive, ledger
from newscrawler.archive.polls import turns
from newscrawler.archive.polls.clocks import set_back
from newscrawler.archive.polls.hosts import BackOff, back_offs, remember
from newscrawler.archive.polls.sites import remember_source
from newscrawler.archive.queue import frontier
from newscrawler.outcome import New, Unreachable
from newscrawler.polling import Pace
from newscrawler.times import iso
from newscrawler.urls import canonical
from support.archives import NOW, a_link, column, row

HOUR = timedelta(hours=1)
AHEAD = NOW + timedelta(days=400)


def crawled(archive: Archive, path: str, *, at: datetime) -> None:
    """A run at that time: a source was read, an article archived, one page failed, one was found and not visited."""
    with archive.transaction() as conn:
        run = ledger.start_run(conn, spider="news", arguments={}, now=at)
        source = remember_source(conn, site="alpha", kind="feed", url=canonical(a_link(path)[0]), section=None)
        pace = Pace(HOUR)
        turns.set_turn(conn, source.id, pace=pace, due_at=at + HOUR, now=at)
        links = [a_link(f"{path}/{name}") for name in ("new", "down", "waiting")]
        frontier.discover(conn, links, site="alpha", source_id=source.id, now=at)
        for (url, _), outcome in zip(links, (New(), Unreachable("timed out")), strict=False):
            known = frontier.find(conn, url)
            assert known is not None
            frontier.end(conn, known, outcome, now=at, revisit=(6 * HOUR,))
        ledger.finish_run(conn, run, state="finished", taken_up=0, exit_code=0, problems=(), now=at + HOUR / 12)


def put_right(archive: Archive, *, now: datetime) -> str | None:
    with archive.transaction() as conn:
        return set_back(conn, now=now)


def test_what_a_clock_ahead_has_set_is_due_when_it_is_put_right(archive: Archive) -> None:
    """Sources at once, addresses after the wait that they would have had; what was set before stays as it is."""
    crawled(archive, "/before", at=NOW - HOUR)
    before = column(archive, "SELECT due_at FROM frontier ORDER BY id")
    crawled(archive, "/ahead", at=AHEAD)
    with archive.transaction() as conn:
        remember(conn, BackOff("alpha.example", AHEAD + HOUR, "HTTP 429", 1), now=AHEAD)
    said = put_right(archive, now=NOW)
    assert said is not None
    assert iso(AHEAD + HOUR / 12) in said
    assert column(archive, "SELECT due_at FROM sources ORDER BY id") == [iso(NOW), iso(NOW)]
    assert column(archive, "SELECT read_at FROM sources ORDER BY id") == [iso(NOW - HOUR), None]
    due = column(archive, "SELECT due_at FROM frontier ORDER BY id")
    assert due == [*before, iso(NOW + 6 * HOUR), iso(NOW + HOUR), iso(NOW)]
    assert not back_offs(archive.conn, ["alpha.example"])


def test_a_clock_that_goes_on_changes_nothing(archive: Archive) -> None:
    """Nor does one that is put back by seconds, as all of them are now and then."""
    crawled(archive, "/x", at=NOW)
    before = column(archive, "SELECT due_at FROM frontier ORDER BY id")
    assert put_right(archive, now=NOW - timedelta(seconds=3)) is None
    assert put_right(archive, now=NOW + HOUR) is None
    assert column(archive, "SELECT due_at FROM frontier ORDER BY id") == before
    assert row(archive, "SELECT due_at, read_at FROM sources") == {"due_at": iso(NOW + HOUR), "read_at": iso(NOW)}


@pytest.mark.parametrize("runs", [0, 1])
def test_a_clock_from_before_the_archive_is_wrong_itself(archive: Archive, runs: int) -> None:
    """A machine that wakes up in 1970 doesn't ask everybody for everything; it says so. A new archive says nothing."""
    for _ in range(runs):
        crawled(archive, "/x", at=NOW)
    said = put_right(archive, now=datetime.fromisoformat("1970-01-01T00:00:20Z"))
    assert (said is not None and "the clock is wrong: it says 1970-01-01T00:00:20Z" in said) == bool(runs)
    assert column(archive, "SELECT due_at FROM sources") == [iso(NOW + HOUR)] * runs
