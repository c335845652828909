"""Sites and sources as the archive remembers them."""

from __future__ import annotations

from newscrawler.archive import Archive
from newscrawler.archive.polls import sites
from newscrawler.archive.polls.sites import SourceState
from newscrawler.urls import canonical
from support.archives import NOW, Clock, a_site, column, row

FEED = canonical("https://alpha.example/feed")


def remember(archive: Archive, **more: object) -> SourceState:
    with archive.transaction() as conn:
        return sites.remember_source(conn, site="alpha", kind="feed", url=FEED, section=None, **more)  # type: ignore[arg-type]


def test_a_seed_that_changes_changes_the_row_and_not_its_first_day(archive: Archive, clock: Clock) -> None:
    """The archive explains itself without the seed files."""
    clock.forward(days=1)
    with archive.transaction() as conn:
        sites.remember_sites(conn, [a_site("alpha", name="اسم جديد", status="paused")], now=clock())
        sites.mark_crawled(conn, ["alpha"], now=clock())
    found = row(archive, "SELECT name, status, first_seen_at, last_crawled_at FROM sites WHERE id = 'alpha'")
    assert tuple(found.values()) == ("اسم جديد", "paused", "2026-11-22T09:30:00Z", "2026-11-23T09:30:00Z")
    assert column(archive, "SELECT last_crawled_at FROM sites WHERE id = 'beta'") == [None]


def test_a_source_keeps_its_row_when_the_seed_calls_it_something_else(archive: Archive) -> None:
    """The address is what identifies it."""
    first = remember(archive)
    with archive.transaction() as conn:
        again = sites.remember_source(conn, site="alpha", kind="sitemap", url=FEED, section="اقتصاد")
    assert again.id == first.id
    assert row(archive, "SELECT kind, section FROM sources") == {"kind": "sitemap", "section": "اقتصاد"}


def test_a_poll_is_noted_as_it_went(archive: Archive) -> None:
    """How many links, how many of them new; a poll that failed has neither."""
    key = remember(archive).id
    for status, links, new in (("ok", 5, 3), ("HttpError", None, None)):
        with archive.transaction() as conn:
            sites.note_poll(conn, key, status=status, detail="503", now=NOW, links=links, new=new)
        found = row(archive, "SELECT last_status, last_detail, last_links, last_new FROM sources")
        assert tuple(found.values()) == (status, "503", links, new)
    assert remember(archive).polls == 2
