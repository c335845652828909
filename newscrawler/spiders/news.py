"""Spider `news`: polls the sources of the sites; the scheduler does the rest from the frontier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawler.archive import frontier, sites
from newscrawler.archive.frontier import FrontierRow
from newscrawler.archive.sites import SourceState
from newscrawler.outcome import OutOfScope
from newscrawler.site import Site
from newscrawler.spiders.base import ArchiveSpider
from newscrawler.spiders.failures import outcome_of
from newscrawler.spiders.sources import NOT_A_SOURCE, Listing, Visit, read_source, sort_links
from newscrawler.starting import CannotStart
from newscrawler.urls import CanonicalUrl, canonical

ARGUMENTS: Final = ("site", "country", "url", "since", "mode")

FULL_FETCH_EVERY: Final = 10
"""Polls. Every tenth is unconditional, because feeds lie about ETag and Last-Modified."""


class NewsSpider(ArchiveSpider):
    """`scrapy crawl news [-a site=ID,…] [-a country=CC] [-a url=URL,…] [-a since=DATE] [-a mode=update|backfill]`."""

    name = "news"

    def __init__(self, *, since: str = "", mode: str = "update", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.since = date.fromisoformat(since) if since else None
        self.mode = mode
        self._polled: set[tuple[str, CanonicalUrl]] = set()

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """See ArchiveSpider.check_arguments."""
        if unknown := sorted(arguments.keys() - ARGUMENTS):
            raise CannotStart(f"{unknown[0]}: no such argument; there are {', '.join(ARGUMENTS)}")
        if arguments.get("mode", "update") not in ("update", "backfill"):
            raise CannotStart(f"mode: {arguments['mode']!r}: use update or backfill")
        if since := arguments.get("since"):
            try:
                date.fromisoformat(since)
            except ValueError as why:
                raise CannotStart(f"since: {since!r} is not a date such as 2026-11-01") from why

    async def start(self) -> AsyncIterator[Request]:
        """Every source of every site of the run; none if addresses were asked for by name."""
        if self.run.only is not None:
            return
        for site in self.run.sites.values():
            if not site.source:
                self.run.problem(f"{site.id}: its seed file has no [[source]], so nothing can be found")
            for source in site.source:
                pages = 0 if source.kind != "section" else source.max_pages - 1
                if self.mode == "backfill" and source.kind == "section":
                    pages = 500
                visit = Visit(site.id, source.kind, canonical(source.url), source.section, pages_left=pages)
                if request := self.source_request(visit):
                    yield request

    def source_request(self, visit: Visit) -> Request | None:
        """The poll of a source, conditional where an earlier answer allows it. None: polled in this run."""
        if (visit.site, visit.url) in self._polled:
            return None
        self._polled.add((visit.site, visit.url))
        with self.run.archive.transaction() as conn:
            state = sites.remember_source(
                conn,
                site=visit.site,
                kind=visit.kind,
                url=visit.url,
                section=visit.section,
                parent_id=visit.parent_id,
            )
        conditional = self.mode == "update" and self.since is None and state.polls % FULL_FETCH_EVERY
        return Request(
            visit.url,
            callback=self.parse_source,
            errback=self.source_failed,
            headers=_validators(state) if conditional else {},
            cb_kwargs={"visit": visit, "state": state},
            meta={"site": visit.site, "download_slot": visit.site, "handle_httpstatus_list": [304]},
            dont_filter=True,
        )

    async def parse_source(self, response: Response, visit: Visit, state: SourceState) -> AsyncIterator[Request]:
        """Links into the frontier, further sources as requests."""
        if response.status == 304:
            self._note(state, "unchanged", "304")
            return
        content_type = _text(response, "Content-Type")
        site = self.run.sites[visit.site]
        try:
            # In a thread: a sitemap of 50,000 addresses takes a second, and the reactor must not wait for it.
            listing = await asyncio.to_thread(
                read_source,
                response.body,
                visit,
                site,
                url=response.url,
                content_type=content_type,
                since=self.since,
            )
        except NOT_A_SOURCE as why:
            self._note(state, type(why).__name__, str(why))
            self.run.problem(f"{visit.site}: {visit.kind} {visit.url}: {why}")
            return
        new = self._discover(listing, visit, state, response)
        turned = visit.kind == "section" and visit.parent_id is not None
        if turned and not new and self.mode == "update":
            return  # everything on this page is known, so is everything behind it
        for further in listing.further:
            if request := self.source_request(replace(further, parent_id=visit.parent_id or state.id)):
                yield request

    def source_failed(self, failure: Failure) -> None:
        """A source that can't be read is a problem of the run; the page after a section's last is none."""
        request: Request = failure.request  # type: ignore[attr-defined]
        visit: Visit = request.cb_kwargs["visit"]
        outcome = outcome_of(failure)
        self._note(request.cb_kwargs["state"], outcome.name, outcome.detail)
        if not (visit.kind == "section" and visit.parent_id is not None and outcome.name == "HttpError"):
            self.run.problem(f"{visit.site}: {visit.kind} {visit.url}: {outcome.name} {outcome.detail}".rstrip())

    def _discover(self, listing: Listing, visit: Visit, state: SourceState, response: Response) -> int:
        run, site = self.run, self.run.sites[visit.site]
        wanted, refused = sort_links(listing.links, site)
        now = run.clock()
        with run.archive.transaction() as conn:
            new = frontier.discover(conn, wanted, site=site.id, source_id=state.id, now=now)
            outside = set(frontier.discover(conn, refused, site=site.id, source_id=state.id, now=now, due=False))
            sites.note_poll(
                conn,
                state.id,
                status="ok",
                detail="",
                now=now,
                links=len(wanted) + len(refused),
                new=len(new),
                etag=_text(response, "ETag"),
                last_modified=_text(response, "Last-Modified"),
                body_hash=sha256(response.body).hexdigest(),
            )
            for url, link in refused:
                if url in outside:
                    run.take_up(FrontierRow(url, site.id, link))
                    run.end(url, _why_refused(url, site))
        for listener in run.on_discovery:
            listener(site.id)
        return len(new)

    def _note(self, state: SourceState, status: str, detail: str) -> None:
        with self.run.archive.transaction() as conn:
            sites.note_poll(conn, state.id, status=status, detail=detail, now=self.run.clock())


def _why_refused(url: CanonicalUrl, site: Site) -> OutOfScope:
    return OutOfScope("not admitted by the seed's [articles]" if site.in_scope(url) else "on another host")


def _validators(state: SourceState) -> dict[str, str]:
    sent = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in sent.items() if value}


def _text(response: Response, header: str) -> str | None:
    value = response.headers.get(header)
    return value.decode("latin-1") if value else None
