"""Which sources of a site are polled in this run: those whose turn has come, and those that one of them named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from newscrawler.archive.polls import sites, turns
from newscrawler.archive.polls.children import due_children
from newscrawler.archive.polls.sites import SourceState
from newscrawler.archive.queue.validators import Validators
from newscrawler.run import Run
from newscrawler.site import Site, Source
from newscrawler.spiders.following import Turn
from newscrawler.spiders.sources import Visit
from newscrawler.times import zone_of
from newscrawler.urls import canonical

_TRYING_OUT: Final = timedelta(hours=1)
"""How long every run polls what a new outlet has: its pace isn't known yet, and somebody is trying its seed file."""

_CATCH_UP: Final = 7
"""Days of an archive that an update reads again at most; what lies further back is a backfill's."""


def due_turns(run: Run, site: Site, *, asked: bool, everything: bool) -> tuple[list[Turn], list[datetime]]:
    """The turns of a site's sources, and when those that aren't due are.

    `asked`: somebody wants the sources of the seed file polled now. `everything`: and whatever else is ever polled.
    """
    found: list[Turn] = []
    later: list[datetime] = []
    now = run.clock()
    known_for = now - sites.known_since(run.archive.conn, site.id)
    tried_out = known_for < _TRYING_OUT and not run.gates.limited  # few requests are better spent on articles
    asked, everything = asked or tried_out, everything or tried_out
    for source in site.source:
        with run.archive.transaction() as conn:
            state = sites.remember_source(
                conn, site=site.id, kind=source.kind, url=_key(source), section=source.section
            )
            if source.kind == "archive":
                state = _of_today(conn, site, source, state, now)
            named = due_children(conn, state.id, now=None if everything else now)
        if asked or everything or _is_due(state, now):
            url = canonical(source.url_on(_today(site, now)))
            found.append(Turn(Visit(site.id, source.kind, url, source.section, pages_left=source.max_pages - 1), state))
        elif state.due_at is not None:
            later.append(state.due_at)
        found += [_child(site, source, state, row) for row in named]
    return found, later


def _key(source: Source) -> str:
    """What a source is remembered under: an archive by its address with `{date:…}`."""
    return source.url if source.kind == "archive" else canonical(source.url)


def _is_due(state: SourceState, now: datetime) -> bool:
    return state.due_at is None or state.pace.is_due(late=now - state.due_at)


def _today(site: Site, at: datetime) -> date:
    return at.astimezone(zone_of(site.timezone)).date()


def _of_today(conn: sqlite3.Connection, site: Site, source: Source, state: SourceState, now: datetime) -> SourceState:
    """An archive's state on this day. If its last reading was of an earlier one, that day's page and those since are
    read once more, and what the server said of it doesn't count for today's.
    """
    today = _today(site, now)
    last = _today(site, state.read_at) if state.read_at else today - timedelta(days=1)
    if last == today:
        return state
    for day in _days(max(last, today - timedelta(days=_CATCH_UP), source.first_day or today), today):
        child = sites.remember_source(
            conn,
            site=site.id,
            kind=source.kind,
            url=canonical(source.url_on(day)),
            section=source.section,
            parent_id=state.id,
        )
        if child.read_at is None or child.read_at < now - timedelta(days=1):
            turns.make_due(conn, child.id, now=now)
    return replace(state, validators=Validators(), listing_hash=None)


def _days(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += timedelta(days=1)


def _child(site: Site, source: Source, parent: SourceState, row: sqlite3.Row) -> Turn:
    state = SourceState.of_row(row)
    visit = Visit(
        site=site.id,
        kind=row["kind"],
        url=row["url"],
        section=row["section"],
        parent_id=parent.id,
        pages_left=source.max_pages - 1,
        depth=row["depth"],
        lastmod=row["lastmod"],
    )
    return Turn(visit, state)
