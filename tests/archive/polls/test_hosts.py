"""Hosts that asked us to wait."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.archive import Archive
from newscrawler.archive.polls.hosts import BackOff, back_offs, forgive, remember
from support.archives import NOW


def test_a_pause_is_remembered_until_it_is_forgiven(archive: Archive) -> None:
    """One row a host; a later pause takes the place of the earlier."""
    first = BackOff("alpha.example", NOW + timedelta(minutes=1), "HTTP 429", 1)
    second = BackOff("alpha.example", NOW + timedelta(hours=1), "HTTP 503, Retry-After: 3600 s", 2)
    with archive.transaction() as conn:
        remember(conn, first, now=NOW)
        assert back_offs(conn, ["alpha.example", "beta.example"]) == {"alpha.example": first}
        remember(conn, second, now=NOW)
    assert back_offs(archive.conn, ["alpha.example"]) == {"alpha.example": second}
    assert back_offs(archive.conn, ["beta.example"]) == {}
    with archive.transaction() as conn:
        forgive(conn, "alpha.example")
    assert back_offs(archive.conn, ["alpha.example"]) == {}
