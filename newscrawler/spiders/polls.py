"""Polls: which sources of a site are due, and what a poll's answer means for the frontier and for the next turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from newscrawler.archive.polls import listings, sites, turns, walks
from newscrawler.archive.polls.sites import SourceState
from newscrawler.archive.queue import frontier, rediscovery
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.queue.validators import Validators
from newscrawler.discovery.dates import last_day
from newscrawler.extract.dates import UnreadableDate, parse
from newscrawler.link import Link
from newscrawler.outcome import Outcome, OutOfScope, PutBack
from newscrawler.polling import BOUNDS, must_verify, paced, retry_wait
from newscrawler.run import Run
from newscrawler.site import Site
from newscrawler.spiders.following import Turn, bounds_of, follow, is_behind_the_end, next_turn
from newscrawler.spiders.sources import Listing, Visit, sort_links
from newscrawler.times import zone_of
from newscrawler.urls import CanonicalUrl

FULL_FETCH_EVERY: Final = 10
"""Polls. Every tenth at least is a full fetch, because feeds lie about their validators."""

_LIED: Final = "answers 304 to a conditional request whatever it has"

_OVERRUN: Final = 5
"""From so many entries on a listing whose every entry is new tells that it was polled too late."""


class Polls:
    """The polls of one run, from the answer on."""

    def __init__(self, run: Run, *, since: date | None, everything: bool) -> None:
        """`since`: links that are older are left out, and the poll isn't remembered as a reading. `everything`: each
        source is read in full, whatever is known of it.
        """
        self.run = run
        self.since = since
        self.everything = everything

    def may_ask(self, turn: Turn) -> bool:
        """Whether a poll may be conditional. Later pages may not: their content moves from one to the next."""
        return not (self.since or self.everything or turn.visit.is_page or turn.state.open_since)

    def must_verify(self, state: SourceState) -> bool:
        """Whether a source that could be asked conditionally is to be read in full, so that a lie shows."""
        since_full = None if state.full_at is None else self.run.clock() - state.full_at
        often = (state.polls + 1) % FULL_FETCH_EVERY == 0
        return often or must_verify(state.pace, listed=state.listed, since_full=since_full)

    def is_known(self, turn: Turn, *, body_hash: str | None = None, listing_hash: str | None = None) -> bool:
        """Whether a body or a listing is the one of the last full reading, and nothing is left over from that."""
        if not self.may_ask(turn):
            return False
        known = turn.state.validators.body_hash, turn.state.listing_hash
        return body_hash == known[0] is not None or listing_hash == known[1] is not None

    def unchanged(self, turn: Turn, detail: str, *, full: bool) -> None:
        """There is nothing new. `full`: we have seen that ourselves, the server didn't just say so."""
        visit, state, now = turn.visit, turn.state, self.run.clock()
        with self.run.archive.transaction() as conn:
            sites.note_poll(conn, state.id, status="unchanged", detail=detail, now=now, links=state.listed, new=0)
            self._set_turn(conn, visit, state, listed=state.listed, new=0, now=now)
            if full:
                listings.note_full(conn, state.id, now=now)

    def failed(self, turn: Turn, outcome: Outcome) -> None:
        """Nothing could be read. What is put back keeps its turn; behind its last page a listing is at its end."""
        if isinstance(outcome, PutBack):
            return
        said = f"{outcome.name} {outcome.detail}"
        self._fail(turn, outcome.name, outcome.detail, said=said, at_end=is_behind_the_end(turn.visit, outcome))

    def unreadable(self, turn: Turn, why: Exception) -> None:
        """An answer came and is no such source."""
        self._fail(turn, type(why).__name__, str(why), said=str(why))

    def read(self, turn: Turn, listing: Listing, said: Validators) -> tuple[list[Turn], bool]:
        """Addresses into the frontier, in one transaction with what is remembered of the poll. Returns what follows
        at once (children that are due, the next page), and whether the server may have hidden something: there is
        something new, and it had said "not modified" since the last reading in full.
        """
        visit, state, now = turn.visit, turn.state, self.run.clock()
        site = self.run.sites[visit.site]
        wanted, refused = sort_links(listing.links, site)
        with self.run.archive.transaction() as conn:
            new = rediscovery.discover_dated(conn, wanted, site=site.id, source_id=state.id, now=now, last_day=last_day)
            if not state.stamps:
                rediscovery.visit_changed(
                    conn,
                    wanted,
                    source_id=state.id,
                    last_day=last_day,
                    moment=lambda raw: _moment(raw, site, now),
                    now=now,
                )
            refuse(self.run, refused, site, source_id=state.id)
            count = len(wanted) + len(refused)
            flooded = len(new) == count >= _OVERRUN and state.read_at is not None and not visit.is_page
            if flooded:
                turns.call_others(conn, state.id, site=site.id, now=now)
            detail = self._detail(visit, listing, flooded=count if flooded else 0)
            sites.note_poll(conn, state.id, status="ok", detail=detail, now=now, links=count, new=len(new))
            if self.since is None:
                self._remember(conn, turn, listing, said, count=count, edited=bool(new))
                # One that is empty may be that of a month that begins.
                fresh = not listing.links or any(turn.visit.lists_news(link, now=now) for link in listing.links)
                stale = visit.depth > 0 and not fresh
                self._set_turn(conn, visit, state, listed=count, new=len(new), now=now, stale=stale)
                if visit.depth and visit.parent_id is not None and state.read_at is not None:
                    self._stir(conn, visit.parent_id, elapsed=now - state.read_at, new=len(new))
            following = follow(
                conn, turn, listing, [url for url, _ in wanted], run=self.run, every=self.everything or bool(self.since)
            )
        for listener in self.run.on_discovery:
            listener(site.id)
        told = state.read_at is not None and state.full_at is not None and state.read_at > state.full_at
        return following, told and bool(new)

    def lied(self, turn: Turn) -> None:
        """The server says "not modified" of what we have just seen modified."""
        with self.run.archive.transaction() as conn:
            listings.note_lie(conn, turn.state.id, detail=_LIED)
        self.run.remark(f"{turn.visit.site}: {turn.visit.kind} {turn.visit.url}: {_LIED}")

    def _fail(self, turn: Turn, status: str, detail: str, *, said: str, at_end: bool = False) -> None:
        visit, state, now = turn.visit, turn.state, self.run.clock()
        due_at = self.run.started_at + retry_wait(state.failures + 1, bounds_of(visit))
        with self.run.archive.transaction() as conn:
            sites.note_poll(conn, state.id, status=status, detail=detail, now=now)
            if at_end and visit.parent_id is None:  # an archive whose page of today isn't there yet
                turns.make_due(conn, state.id, now=self.run.started_at + bounds_of(visit).low)
            elif at_end:
                walks.settle_page(conn, state.id, visit.parent_id, base=self.run.started_at)
            elif visit.is_page and visit.kind == "section":
                walks.put_off(conn, state.id, visit.parent_id, due_at=due_at)
            else:
                turns.set_retry(conn, state, site=visit.site, due_at=due_at, now=now)
        if not at_end:
            self.run.problem(f"{visit.site}: {visit.kind} {visit.url}: {said}".rstrip())

    def _remember(
        self,
        conn: sqlite3.Connection,
        turn: Turn,
        listing: Listing,
        said: Validators,
        *,
        count: int,
        edited: bool,
    ) -> None:
        whole = not listing.cut_off
        listings.remember_listing(
            conn,
            turn.state,
            validators=said if whole else Validators(),
            listing_hash=listing.digest() if whole else None,
            listed=count,
            edited=edited and said.body_hash != turn.state.validators.body_hash,
            now=self.run.clock(),
        )

    def _set_turn(
        self,
        conn: sqlite3.Connection,
        visit: Visit,
        state: SourceState,
        *,
        listed: int,
        new: int,
        now: datetime,
        stale: bool = False,
    ) -> None:
        bounds = bounds_of(visit)
        elapsed = None if state.read_at is None else now - state.read_at
        pace = paced(state.pace, bounds, elapsed=elapsed, listed=listed, new=new)
        if stale:
            pace = replace(pace, interval=bounds.high)
        turns.set_turn(conn, state.id, pace=pace, due_at=next_turn(visit, pace, base=self.run.started_at), now=now)

    def _stir(self, conn: sqlite3.Connection, index_id: int, *, elapsed: timedelta, new: int) -> None:
        """An index is polled as fast as its children bring something."""
        index = turns.state_of(conn, index_id)
        pace = index.pace.stirred(BOUNDS["sitemap"], elapsed=elapsed, new=new)
        if pace != index.pace and pace.interval is not None:
            due_at = self.run.started_at + pace.interval
            turns.stir(conn, index_id, pace=pace, due_at=due_at)

    def _detail(self, visit: Visit, listing: Listing, *, flooded: int) -> str:
        notes = []
        if listing.cut_off:
            notes.append("cut off in the middle")
        if flooded:
            notes.append(f"all {flooded} entries were new: some may have come and gone since the last poll")
        for note in notes:
            self.run.remark(f"{visit.site}: {visit.kind} {visit.url}: {note}")
        return "; ".join(notes)


def fingerprint(body: bytes, site: Site) -> str:
    """Of a body and of what the seed admits: after a change of the seed the same body means something else."""
    return sha256(f"{site.articles!r}{sorted(site.scope)}".encode() + body).hexdigest()


def refuse(run: Run, links: Iterable[tuple[CanonicalUrl, Link]], site: Site, *, source_id: int | None) -> None:
    """Links that are no articles of the site end at once, each the first time it is seen."""
    links = list(links)
    with run.archive.transaction() as conn:
        seen = frontier.discover(conn, links, site=site.id, source_id=source_id, now=run.clock(), due=False)
        outside = set(seen)
        for url, link in links:
            if url in outside:
                run.take_up(FrontierRow(url, site.id, link))
                where = "not admitted by the seed's [articles]" if site.in_scope(url) else "on another host"
                run.end(url, OutOfScope(where))


def _moment(raw: str, site: Site, now: datetime) -> datetime | None:
    try:
        return parse(raw, zone=zone_of(site.timezone), months=site.months, now=now).at
    except UnreadableDate:
        return None
