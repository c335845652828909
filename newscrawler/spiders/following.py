"""What follows a listing: the children of a sitemap index, the next page of a section, the days an archive missed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from newscrawler.archive.polls import children, sites, turns, walks
from newscrawler.archive.polls.sites import SourceState
from newscrawler.discovery.dates import last_day, last_day_in_name
from newscrawler.outcome import Outcome
from newscrawler.polling import BOUNDS, Bounds, Pace
from newscrawler.run import Run
from newscrawler.spiders.sources import NEWS, Listing, Visit
from newscrawler.urls import CanonicalUrl

_GONE: Final = ("404", "410")

_CHILDREN_MIN: Final = 5
"""Children of an index that an update reads however old they are, the youngest: a small index is read as a whole."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A source whose turn it is."""

    visit: Visit
    """What is to be asked for."""
    state: SourceState
    """What is remembered of it."""


def bounds_of(visit: Visit) -> Bounds:
    """Between what the interval of a source may move."""
    return BOUNDS["child" if visit.depth else visit.kind]


def next_turn(visit: Visit, pace: Pace, *, base: datetime) -> datetime | None:
    """When a source that was read is due again. None: when its index dates it anew, or with its first page."""
    if visit.is_page or (visit.depth and visit.lastmod) or pace.interval is None:
        return None
    return base + pace.interval


def is_behind_the_end(visit: Visit, outcome: Outcome) -> bool:
    """Whether an outcome only says that there is no such page of a section, or no paper of that day."""
    return is_gone(outcome) and (visit.is_page or visit.kind == "archive")


def is_gone(outcome: Outcome) -> bool:
    """Whether the server said that there is no such page."""
    return outcome.name == "HttpError" and outcome.detail.startswith(_GONE)


def follow(
    conn: sqlite3.Connection,
    turn: Turn,
    listing: Listing,
    links: Sequence[CanonicalUrl],
    *,
    run: Run,
    every: bool,
) -> list[Turn]:
    """What is to be read next, remembered so that a run that is stopped here is taken up by the next one. `links`:
    what may be articles. `every`: also what isn't due.
    """
    if turn.visit.kind == "section":
        return _walk(conn, turn, listing, links, run=run)
    if turn.visit.kind == "archive":
        return _days_pages(conn, turn, listing, links, run=run)
    return _children(conn, turn, listing, run=run, every=every)


def _walk(
    conn: sqlite3.Connection, turn: Turn, listing: Listing, links: Sequence[CanonicalUrl], *, run: Run
) -> list[Turn]:
    """Pages are turned until nothing on one was found since the walk began, and a walk that was cut off goes on being
    the same one: what it found itself doesn't end it, however far that has moved in the meantime.
    """
    first = turn.visit.parent_id is None
    root = turn.state if first else turns.state_of(conn, turn.visit.parent_id or 0)
    since = root.open_since or run.clock()
    news = first or walks.found_since(conn, links, since=since)
    if news and listing.further:
        walks.open_walk(conn, root.id, since=since, now=run.clock())
        return [_page(conn, turn, listing)]
    cut_short = news and not first and turn.visit.pages_left == 0 and root.polls > 1
    detail = "stopped at max_pages, where links were still new: a backfill finds what lies behind" if cut_short else ""
    walks.close_walk(conn, root.id, base=run.started_at, detail=detail)
    return []


def _page(conn: sqlite3.Connection, turn: Turn, listing: Listing) -> Turn:
    visit = replace(listing.further[0], parent_id=turn.visit.parent_id or turn.state.id)
    return Turn(visit, _remembered(conn, visit))


def _days_pages(
    conn: sqlite3.Connection, turn: Turn, listing: Listing, links: Sequence[CanonicalUrl], *, run: Run
) -> list[Turn]:
    now = run.clock()
    turned = turn.visit.is_page and not walks.found_since(conn, links, since=run.started_at)
    if turned or not listing.further:
        return []
    page = _page(conn, turn, listing)
    turns.make_due(conn, page.state.id, now=now)
    return [page]


def _children(conn: sqlite3.Connection, turn: Turn, listing: Listing, *, run: Run, every: bool) -> list[Turn]:
    """The children that are due. Old ones are left to a backfill, but for the youngest few."""
    now, root = run.clock(), turn.visit.parent_id or turn.state.id
    since = (now - NEWS).date()
    youngest = sorted(listing.further, key=_day, reverse=True)[:_CHILDREN_MIN]
    found = []
    for named in listing.further:
        child = replace(named, parent_id=root)
        state = _remembered(conn, child)
        wanted = named in youngest or child.is_fresh(since=since)
        due = children.offer_child(conn, state, lastmod=child.lastmod, wanted=wanted, now=now)
        if due or (every and wanted):
            found.append(Turn(child, state))
    return found


def _day(child: Visit) -> date:
    return last_day(child.lastmod or "") or last_day_in_name(child.url) or date.min


def _remembered(conn: sqlite3.Connection, visit: Visit) -> SourceState:
    return sites.remember_source(
        conn,
        site=visit.site,
        kind=visit.kind,
        url=visit.url,
        section=visit.section,
        parent_id=visit.parent_id,
        depth=visit.depth,
    )
