"""Spider `news`: polls the sources of the sites; the scheduler does the rest from the frontier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawler.archive.polls.backfill import Task
from newscrawler.archive.queue.validators import Validators
from newscrawler.spiders.backfill import Backfill
from newscrawler.spiders.base import OF_SCRAPYD, ArchiveSpider
from newscrawler.spiders.due import due_turns
from newscrawler.spiders.failures import outcome_of
from newscrawler.spiders.following import Turn
from newscrawler.spiders.polls import Polls, fingerprint
from newscrawler.spiders.sources import NOT_A_SOURCE, Listing, Visit, read_source
from newscrawler.starting import CannotStart
from newscrawler.times import iso

ARGUMENTS: Final = ("site", "country", "url", "since", "mode", "poll", "shard")
_CHOICES: Final = {"mode": ("update", "backfill"), "poll": ("due", "all")}


class NewsSpider(ArchiveSpider):
    """`scrapy crawl news [-a site=ID,…] [-a country=CC] [-a url=URL,…] [-a since=DATE] [-a mode=update|backfill]
    [-a poll=due|all] [-a shard=2/5]`.
    """

    name = "news"
    polls: Polls
    """What the answers of sources mean."""
    backfill: Backfill
    """The batch of a run with `mode=backfill`."""

    def __init__(
        self, *, since: str = "", mode: str = "update", poll: str = "due", site: str = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.since = date.fromisoformat(since) if since else None
        self.mode = mode
        self.everything = poll == "all"
        self.asked = bool(site) or self.since is not None
        self._polled: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """See ArchiveSpider.from_crawler."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.run.backfilling = spider.mode == "backfill"
        spider.polls = Polls(spider.run, since=spider.since, everything=spider.everything)
        spider.backfill = Backfill(
            spider.run, pages_max=crawler.settings.getint("NEWS_BACKFILL_PAGES"), since=spider.since
        )
        return spider

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """See ArchiveSpider.check_arguments."""
        if unknown := sorted(arguments.keys() - {*ARGUMENTS, *OF_SCRAPYD}):
            raise CannotStart(f"{unknown[0]}: no such argument; there are {', '.join(ARGUMENTS)}")
        for name, choices in _CHOICES.items():
            if arguments.get(name, choices[0]) not in choices:
                raise CannotStart(f"{name}: {arguments[name]!r}: use {' or '.join(choices)}")
        if since := arguments.get("since"):
            try:
                date.fromisoformat(since)
            except ValueError as why:
                raise CannotStart(f"since: {since!r} is not a date such as 2026-11-01") from why

    async def start(self) -> AsyncIterator[Request]:
        """What is due of every site of the run, or its batch of the backfill; nothing if addresses were asked for by
        name.
        """
        if self.run.only is not None:
            return
        if self.mode == "backfill":
            for task in self._first_tasks():
                yield task
            return
        # What is yielded here Scrapy takes one at a time, between the answers to those before; and the scheduler has
        # to know what a site's revisits wait for before it hands out the first row.
        assert self.crawler.engine is not None
        for request in list(self._first_polls()):
            self.crawler.engine.crawl(request)

    def _first_tasks(self) -> Iterator[Request]:
        for site in self.run.sites.values():
            if task := self.backfill.begin(site):
                yield self._task_request(task)

    def _first_polls(self) -> Iterator[Request]:
        later: list[datetime] = []
        for site in self.run.sites.values():
            if not site.source:
                self.run.problem(f"{site.id}: its seed file has no [[source]], so nothing can be found")
            due, waiting = due_turns(self.run, site, asked=self.asked, everything=self.everything)
            later += waiting
            for request in self._requests(sorted(due, key=lambda turn: turn.visit.parent_id is not None)):
                turn: Turn = request.cb_kwargs["turn"]
                if turn.visit.parent_id is None:
                    request.meta["awaited"] = turn.visit.url
                    self.run.awaited[site.id].add(turn.visit.url)
                yield request
        if later:
            self.run.remark(f"{_sources(len(later))} not due, the next at {iso(min(later))}; `-a poll=all` polls all")

    def _requests(self, turns: list[Turn]) -> Iterator[Request]:
        """The polls of sources that weren't polled in this run."""
        for turn in turns:
            if (turn.visit.site, turn.visit.url) not in self._polled:
                self._polled.add((turn.visit.site, turn.visit.url))
                yield self._poll(turn)

    def _poll(self, turn: Turn) -> Request:
        headers = turn.state.validators.headers() if self.polls.may_ask(turn) else {}
        verifies = bool(headers) and self.polls.must_verify(turn.state)
        return Request(
            turn.visit.url,
            callback=self.parse_source,
            errback=self.source_failed,
            headers={} if verifies else headers,
            cb_kwargs={"turn": turn, "verifies": verifies},
            meta={"site": turn.visit.site, "handle_httpstatus_list": [304]},
            dont_filter=True,
        )

    async def parse_source(self, response: Response, turn: Turn, verifies: bool) -> AsyncIterator[Request]:
        """Links into the frontier, further sources as requests."""
        try:
            async for request in self._read_source(response, turn, verifies=verifies):
                yield request
        finally:
            self._answered_poll(turn)

    async def _read_source(self, response: Response, turn: Turn, *, verifies: bool) -> AsyncIterator[Request]:
        polls, site = self.polls, self.run.sites[turn.visit.site]
        if response.status == 304:
            polls.unchanged(turn, "304", full=False)
            return
        said = _validators(response, body_hash=fingerprint(response.body, site))
        if polls.is_known(turn, body_hash=said.body_hash):
            polls.unchanged(turn, "the same bytes", full=True)
            return
        try:
            listing = await self._listing(response, turn.visit)
        except NOT_A_SOURCE as why:
            polls.unreadable(turn, why)
            return
        if polls.is_known(turn, listing_hash=listing.digest()) and not listing.cut_off:
            polls.unchanged(turn, "the same entries", full=True)
            return
        following, hidden = polls.read(turn, listing, said)
        for request in self._requests(following):
            yield request
        if verifies and hidden:
            yield self._proof(turn)

    def _proof(self, turn: Turn) -> Request:
        """Asks whether what has just been seen to be new is new since the last reading: 304 is a lie."""
        return Request(
            turn.visit.url,
            callback=self.parse_proof,
            errback=self.proof_failed,
            headers=turn.state.validators.headers(),
            cb_kwargs={"turn": turn},
            meta={"site": turn.visit.site, "handle_httpstatus_list": [304]},
            dont_filter=True,
        )

    def parse_proof(self, response: Response, turn: Turn) -> None:
        """Believe the server's validators from now on, or never again."""
        if response.status == 304:
            self.polls.lied(turn)

    def proof_failed(self, failure: Failure) -> None:
        """Nothing is proven; the next reading in full asks again."""

    def source_failed(self, failure: Failure) -> None:
        """A source that can't be read is a problem of the run; the page after a section's last is none."""
        request: Request = failure.request  # type: ignore[attr-defined]
        turn: Turn = request.cb_kwargs["turn"]
        self.polls.failed(turn, outcome_of(failure))
        self._answered_poll(turn)

    def _answered_poll(self, turn: Turn) -> None:
        self.run.awaited[turn.visit.site].discard(turn.visit.url)

    def _task_request(self, task: Task) -> Request:
        return Request(
            task.url,
            callback=self.parse_task,
            errback=self.task_failed,
            cb_kwargs={"task": task},
            meta={"site": task.site},
            dont_filter=True,
        )

    async def parse_task(self, response: Response, task: Task) -> AsyncIterator[Request]:
        """A listing of the past; then the next of the site's batch."""
        try:
            self.backfill.read(task, await self._listing(response, self.backfill.visit(task)))
        except NOT_A_SOURCE as why:
            self.backfill.unreadable(task, why)
        for request in self._next_task(task):
            yield request

    def task_failed(self, failure: Failure) -> Iterator[Request]:
        """A listing of the past that can't be read is tried again in the next run; this one goes on."""
        task: Task = failure.request.cb_kwargs["task"]  # type: ignore[attr-defined]
        self.backfill.failed(task, outcome_of(failure))
        yield from self._next_task(task)

    def _next_task(self, task: Task) -> Iterator[Request]:
        if following := self.backfill.next_task(self.run.sites[task.site]):
            yield self._task_request(following)

    async def _listing(self, response: Response, visit: Visit) -> Listing:
        """Read in a thread: a sitemap of 50,000 addresses takes a second, and the reactor must not wait for it."""
        return await asyncio.to_thread(
            read_source,
            response.body,
            visit,
            self.run.sites[visit.site],
            url=response.url,
            content_type=_text(response, "Content-Type"),
            since=None if self.mode == "backfill" else self.since,  # a listing that was done is done
        )


def _validators(response: Response, *, body_hash: str) -> Validators:
    """What the server said of a source. Of an address that leads elsewhere the headers say nothing."""
    if response.meta.get("redirect_times"):
        return Validators(body_hash=body_hash)
    return Validators(_text(response, "ETag"), _text(response, "Last-Modified"), body_hash)


def _sources(number: int) -> str:
    return "1 source is" if number == 1 else f"{number} sources are"


def _text(response: Response, header: str) -> str | None:
    value = response.headers.get(header)
    return value.decode("latin-1") if value else None
