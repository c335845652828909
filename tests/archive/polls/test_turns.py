"""What a poll came to, in the row of its source."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.polls import children, listings, sites, turns, walks
from newscrawler.archive.polls.sites import SourceState
from newscrawler.archive.queue.validators import Validators
from newscrawler.polling import Pace
from newscrawler.times import iso
from support.archives import NOW, column, row

HOUR = timedelta(hours=1)


def source(archive: Archive, name: str = "feed", *, parent: int | None = None, kind: str = "feed") -> SourceState:
    with archive.transaction() as conn:
        url = f"https://alpha.example/{name}"
        return sites.remember_source(conn, site="alpha", kind=kind, url=url, section=None, parent_id=parent)


def read(archive: Archive, said: Validators, *, edited: bool = False) -> SourceState:
    with archive.transaction() as conn:
        listings.remember_listing(
            conn, source(archive), validators=said, listing_hash="x", listed=20, edited=edited, now=NOW
        )
    return source(archive)


def test_what_is_set_is_what_is_remembered(archive: Archive) -> None:
    """Pace, turn and the time of the reading come back as they went in; a failure before is forgotten."""
    pace = Pace(timedelta(minutes=22), 1.5, 4.25)
    with archive.transaction() as conn:
        turns.set_retry(conn, source(archive), site="alpha", due_at=NOW, now=NOW)
        assert turns.state_of(conn, 1).failures == 1
        turns.set_turn(conn, 1, pace=pace, due_at=NOW + HOUR, now=NOW)
    found = source(archive)
    assert (found.pace, found.due_at, found.read_at, found.failures) == (pace, NOW + HOUR, NOW, 0)


def test_a_header_that_stayed_while_the_listing_changed_is_not_believed_again(archive: Archive) -> None:
    """As with pages: what was wrong once stays so, and the other header goes on."""
    read(archive, Validators('"v1"', "Sun", "a"))
    assert read(archive, Validators('"v1"', "Mon", "b"), edited=True).validators == Validators("", "Mon", "b")
    assert read(archive, Validators('"v2"', "Tue", "c")).validators == Validators("", "Tue", "c")


def test_a_server_that_lied_is_not_asked_that_way_again(archive: Archive) -> None:
    """Even if it names other headers with what it had hidden."""
    read(archive, Validators('"v2"', "Mon", "b"))
    with archive.transaction() as conn:
        listings.note_lie(conn, source(archive).id, detail="lied")
    assert source(archive).validators == Validators("", "", "b")
    assert read(archive, Validators('"v3"', "Tue", "c")).validators.headers() == {}


def test_the_first_failure_of_a_listing_calls_the_others(archive: Archive) -> None:
    """The site's, those of the seed file, and only once: a listing that is broken for weeks isn't a reason to hurry."""
    feed, other, child = source(archive), source(archive, "other"), source(archive, "child", parent=1)
    with archive.transaction() as conn:
        for each in (feed, other, child):
            turns.set_turn(conn, each.id, pace=Pace(HOUR), due_at=NOW + HOUR, now=NOW)
        turns.set_retry(conn, feed, site="alpha", due_at=NOW + HOUR, now=NOW)
    assert column(archive, "SELECT due_at FROM sources ORDER BY id") == [iso(NOW + HOUR), iso(NOW), iso(NOW + HOUR)]
    with archive.transaction() as conn:
        turns.set_turn(conn, other.id, pace=Pace(HOUR), due_at=NOW + HOUR, now=NOW)
        turns.set_retry(conn, source(archive), site="alpha", due_at=NOW + HOUR, now=NOW)
    assert column(archive, "SELECT due_at FROM sources WHERE id = 2") == [iso(NOW + HOUR)]


def offered(archive: Archive, *, lastmod: str | None, wanted: bool = True, now: datetime = NOW) -> bool:
    with archive.transaction() as conn:
        return children.offer_child(conn, source(archive, "a.xml"), lastmod=lastmod, wanted=wanted, now=now)


def was_read(archive: Archive, *, due_at: datetime | None, at: datetime = NOW) -> None:
    with archive.transaction() as conn:
        sites.note_poll(conn, 1, status="ok", detail="", now=at)
        turns.set_turn(conn, 1, pace=Pace(6 * HOUR), due_at=due_at, now=at)


def test_a_child_that_was_named_and_not_read_stays_due(archive: Archive) -> None:
    """The run may have been killed between the index and the child, and the index may say 304 the next time."""
    assert offered(archive, lastmod="2026-11-20")
    assert column(archive, "SELECT due_at FROM sources") == [iso(NOW)]
    assert offered(archive, lastmod="2026-11-20", now=NOW + HOUR)


def test_a_child_that_is_dated_anew_waits_for_its_own_interval(archive: Archive) -> None:
    """The same date: nothing. Another one: six hours after the last reading, for it had nothing new then."""
    assert offered(archive, lastmod="2026-11-20")
    was_read(archive, due_at=None)
    assert not offered(archive, lastmod="2026-11-20", now=NOW + HOUR)
    assert not offered(archive, lastmod="2026-11-22", now=NOW + HOUR)
    assert column(archive, "SELECT due_at FROM sources") == [iso(NOW + 6 * HOUR)]
    assert offered(archive, lastmod="2026-11-22", now=NOW + 6 * HOUR)


@pytest.mark.parametrize(("lastmod", "due"), [("2026-11-22", True), ("2019-01-01", False)])
def test_an_old_child_is_left_to_a_backfill_until_it_changes(archive: Archive, lastmod: str, due: bool) -> None:
    """Whoever edits an archive says so by a new date."""
    assert not offered(archive, lastmod="2019-01-01", wanted=False)
    assert offered(archive, lastmod=lastmod, wanted=due) == due


def test_children_without_a_date_come_when_their_own_turn_has_come(archive: Archive) -> None:
    """The index needn't be read for that; pages of a section are no children."""
    root = source(archive, "index", kind="sitemap")
    child = source(archive, "a.xml", parent=root.id, kind="sitemap")
    source(archive, "page-2", parent=root.id, kind="section")
    with archive.transaction() as conn:
        turns.make_due(conn, child.id, now=NOW)
    found = [
        [each["id"] for each in children.due_children(archive.conn, root.id, now=now)]
        for now in (NOW - HOUR, NOW, None)
    ]
    assert found == [[], [child.id], [child.id]]


def test_a_walk_that_ends_gives_the_section_its_turn_back(archive: Archive) -> None:
    """Until then it is due at once; what happened stands in its row. A walk that never began ends nothing."""
    root = source(archive, "politics", kind="section")
    with archive.transaction() as conn:
        turns.set_turn(conn, root.id, pace=Pace(HOUR), due_at=NOW + HOUR, now=NOW)
        walks.close_walk(conn, root.id, base=NOW + 9 * HOUR)
        assert turns.state_of(conn, root.id).due_at == NOW + HOUR
        walks.open_walk(conn, root.id, since=NOW - HOUR, now=NOW)
        assert turns.state_of(conn, root.id).due_at == NOW
        walks.close_walk(conn, root.id, base=NOW, detail="stopped at max_pages")
    found = row(archive, "SELECT open_since, due_at, last_detail FROM sources")
    assert tuple(found.values()) == (None, iso(NOW + HOUR), "stopped at max_pages")


def test_an_index_is_stirred_by_its_children_and_never_put_off(archive: Archive) -> None:
    """Its turn comes no later; one whose turn isn't set keeps waiting for what names it."""
    with archive.transaction() as conn:
        index, other = source(archive), source(archive, "other")
        turns.set_turn(conn, index.id, pace=Pace(6 * HOUR), due_at=NOW + 6 * HOUR, now=NOW)
        turns.stir(conn, index.id, pace=Pace(2 * HOUR, 0.5), due_at=NOW + 2 * HOUR)
        turns.stir(conn, index.id, pace=Pace(2 * HOUR, 0.5), due_at=NOW + 9 * HOUR)
        turns.stir(conn, other.id, pace=Pace(2 * HOUR, 0.5), due_at=NOW)
    found = source(archive)
    assert (found.pace, found.due_at) == (Pace(2 * HOUR, 0.5), NOW + 2 * HOUR)
    assert source(archive, "other").due_at is None
