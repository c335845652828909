"""Backfill: the listings of the past, youngest first, a batch in each run, until there is none left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from newscrawler.archive.polls import backfill
from newscrawler.archive.polls.backfill import Task
from newscrawler.archive.polls.backfill_progress import backlog, progress
from newscrawler.archive.queue import rediscovery
from newscrawler.discovery.dates import last_day, last_day_in_name
from newscrawler.discovery.sitemap import is_fresh
from newscrawler.outcome import Outcome, PutBack
from newscrawler.run import Run
from newscrawler.site import Site, Source
from newscrawler.spiders.following import is_gone
from newscrawler.spiders.polls import refuse
from newscrawler.spiders.sources import Listing, Visit, sort_links
from newscrawler.times import zone_of
from newscrawler.urls import canonical

BACKLOG_MAX: Final = 1000
"""Addresses found by a backfill and not visited yet. While a site has so many, none of its listings is read: with the
usual two seconds between requests they are work for half an hour."""


class Backfill:
    """The batch of one run."""

    def __init__(self, run: Run, *, pages_max: int, since: date | None = None) -> None:
        """`pages_max` is `NEWS_BACKFILL_PAGES`. `since`: listings of earlier days are left to another run."""
        self.run = run
        self.since = since
        self.pages_max = pages_max
        self.pages: Counter[str] = Counter()
        self._tried: defaultdict[str, set[int]] = defaultdict(set)

    def begin(self, site: Site) -> Task | None:
        """The first listing of a site's batch; see `next_task`. Sources that were never queued are."""
        if not self._can_go_on(site):
            return None
        today = self.run.clock().astimezone(zone_of(site.timezone)).date()
        with self.run.archive.transaction() as conn:
            backfill.enqueue(conn, (_first(site, source, today) for source in site.source))
        return self.next_task(site)

    def next_task(self, site: Site) -> Task | None:
        """The next listing. None: the batch is done, or all is; the report then says which."""
        conn, roots = self.run.archive.conn, [source.url for source in site.source]
        full = backlog(conn, site.id, limit=BACKLOG_MAX) >= BACKLOG_MAX
        if not full and self.pages[site.id] < self.pages_max:
            task = backfill.next_task(conn, site.id, roots=roots, without=self._tried[site.id], since=self.since)
            if task is not None:
                self.pages[site.id] += 1
                self._tried[site.id].add(task.id)
                return task
        self.run.remark(self._words(site))
        return None

    def visit(self, task: Task) -> Visit:
        """How a listing is asked for."""
        return Visit(task.site, task.kind, task.url, task.section, pages_left=1, depth=task.depth)

    def read(self, task: Task, listing: Listing) -> None:
        """Addresses into the frontier and what the listing leads to into the queue, in one transaction with its end."""
        run, now = self.run, self.run.clock()
        site, source = run.sites[task.site], self._source(task)
        if source is not None and source.first_day is not None:
            listing = _not_before(listing, source.first_day)
        wanted, refused = sort_links(listing.links, site)
        forgets = task.kind in ("feed", "news-sitemap")
        with run.archive.transaction() as conn:
            new = rediscovery.discover_dated(
                conn,
                wanted,
                site=site.id,
                source_id=None,
                now=now,
                last_day=last_day,
                backfill=not forgets,
                listed_day=task.day,
            )
            refuse(run, refused, site, source_id=None)
            links = len(wanted) + len(refused)
            backfill.enqueue(conn, _following(task, listing, listing.digest()))
            if listing.cut_off:
                backfill.fail(conn, task, status="ok", detail="cut off in the middle", now=now)
            else:
                backfill.finish(conn, task, status="ok", now=now, links=links, new=len(new))
            self._go_back_a_day(task)
        for listener in run.on_discovery:
            listener(site.id)

    def failed(self, task: Task, outcome: Outcome) -> None:
        """A listing couldn't be read: behind the last page there is none, and on some days there was no paper."""
        if isinstance(outcome, PutBack):
            return
        if not (is_gone(outcome) and (task.after_hash is not None or task.kind == "archive")):
            self._fail(task, outcome.name, outcome.detail)
            return
        with self.run.archive.transaction() as conn:
            self._go_back_a_day(task)
            backfill.finish(conn, task, status=outcome.name, detail=outcome.detail, now=self.run.clock())

    def unreadable(self, task: Task, why: Exception) -> None:
        """An answer came and is no such listing."""
        self._fail(task, type(why).__name__, str(why))

    def _fail(self, task: Task, status: str, detail: str) -> None:
        with self.run.archive.transaction() as conn:
            self._go_back_a_day(task)
            given_up = backfill.fail(conn, task, status=status, detail=detail, now=self.run.clock())
        ending = "; given up" if given_up else ""
        self.run.problem(f"{task.site}: backfill: {task.kind} {task.url}: {status} {detail}{ending}")

    def _go_back_a_day(self, task: Task) -> None:
        source = self._source(task)
        if task.kind != "archive" or task.after_hash is not None or task.day is None or source is None:
            return
        day = task.day - timedelta(days=1)
        if source.first_day is not None and day >= source.first_day:
            with self.run.archive.transaction() as conn:
                backfill.enqueue(conn, [replace(task, url=canonical(source.url_on(day)), day=day)])

    def _source(self, task: Task) -> Source | None:
        return next((source for source in self.run.sites[task.site].source if source.url == task.root), None)

    def _can_go_on(self, site: Site) -> bool:
        if not site.source:
            self.run.problem(f"{site.id}: its seed file has no [[source]], so nothing can be found")
        return bool(site.source)

    def _words(self, site: Site) -> str:
        done = progress(self.run.archive.conn, site.id, roots=[source.url for source in site.source])
        lost = f", {done.given_up} given up" if done.given_up else ""
        if not done.waiting:
            return f"{site.id}: backfill complete: {done.read} listings read{lost}"
        return (
            f"{site.id}: backfill goes on in the next run: {self.pages[site.id]} listings in this one, "
            f"{done.read} so far{lost}, at least {done.waiting} to go"
        )


def _first(site: Site, source: Source, today: date) -> Task:
    """A source's own listing. What forgets soonest is first; today's page of an archive is the update's."""
    day = {"feed": today, "news-sitemap": today, "sitemap": today, "archive": today - timedelta(days=1)}
    first = day.get(source.kind)
    return Task(
        site=site.id,
        root=source.url,
        kind=source.kind,
        url=canonical(source.url_on(first or today)),
        section=source.section,
        day=first,
    )


def _not_before(listing: Listing, first: date) -> Listing:
    """Without what is certainly older than the seed wants."""
    return replace(
        listing,
        links=tuple(link for link in listing.links if is_fresh(link, since=first)),
        further=tuple(visit for visit in listing.further if visit.is_fresh(since=first)),
    )


def _following(task: Task, listing: Listing, digest: str) -> Iterator[Task]:
    """Children with the last day they can be of; the next page, unless this one lists nothing, or what the one before
    it did: then the list has come to its end and its pager hasn't.
    """
    for visit in listing.further:
        if task.kind in ("section", "archive"):
            if listing.links and digest != task.after_hash:
                yield replace(task, url=visit.url, after_hash=digest)
        else:
            day = last_day_in_name(visit.url) or last_day(visit.lastmod or "")
            yield replace(task, url=visit.url, depth=visit.depth, day=day)
