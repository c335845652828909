"""What a run leaves to the next one."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.archive import Archive
from newscrawler.archive.polls.sites import mark_crawled
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.backlog import longest_unvisited_first, waiting
from support.archives import NOW, a_link, a_site


def test_due_addresses_are_counted_by_site(archive: Archive) -> None:
    """Only those whose time has come, of the sites that are asked about."""
    with archive.transaction() as conn:
        frontier.discover(conn, [a_link("/1"), a_link("/2")], site="alpha", source_id=None, now=NOW)
        frontier.discover(conn, [a_link("/3")], site="alpha", source_id=None, now=NOW + timedelta(hours=1))
        frontier.discover(conn, [a_link("/4", "beta.example")], site="beta", source_id=None, now=NOW)
    assert waiting(archive.conn, ["alpha"], now=NOW) == {"alpha": 2}
    assert waiting(archive.conn, ["alpha", "beta"], now=NOW + timedelta(hours=2)) == {"alpha": 3, "beta": 1}


def test_sites_that_were_left_out_come_first(archive: Archive) -> None:
    """Never crawled, then the longest ago; among equals by name."""
    with archive.transaction() as conn:
        mark_crawled(conn, ["alpha"], now=NOW)
    sites = {key: a_site(key) for key in ("alpha", "gamma", "beta")}
    assert list(longest_unvisited_first(archive.conn, sites)) == ["beta", "gamma", "alpha"]
