"""Spider `replay`: WARC records instead of the web, through the same extract and the same pipelines."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from glob import glob
from pathlib import Path
from typing import Any, Final

from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records.captures import add_capture, capture_at, worth_reading_again
from newscrawler.archive.records.warc import Record
from newscrawler.archive.records.warc_places import Place, places
from newscrawler.archive.records.warc_reading import BODY_MAX, Captured, CaptureMissing, read
from newscrawler.article import Article
from newscrawler.link import Link
from newscrawler.outcome import TooLarge
from newscrawler.spiders.base import OF_SCRAPYD, ArchiveSpider
from newscrawler.spiders.revisits import page_of
from newscrawler.starting import CannotStart
from newscrawler.urls import CanonicalUrl, canonical

ARGUMENTS: Final = ("warc", "site", "since")

UNDER_WAY_MIN: Final = 16
"""Pages read ahead of the archive, or as many as there is room for at the readers: enough to keep the workers busy,
too few to fill memory."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One capture, ready to be read."""

    url: CanonicalUrl
    """The frontier's address."""
    site: str
    """Id of the site."""
    capture_id: int
    """Row of `captures`."""
    captured: Captured
    """The response."""


class ReplaySpider(ArchiveSpider):
    """`scrapy crawl replay -a warc=GLOB [-a site=ID]`; without `warc`, the archive's own captures. No network."""

    name = "replay"
    replays = True

    def __init__(self, *, warc: str = "", since: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.warc = warc
        self.since = date.fromisoformat(since).isoformat() if since else None

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """See ArchiveSpider.check_arguments."""
        if unknown := sorted(arguments.keys() - {*ARGUMENTS, *OF_SCRAPYD}):
            raise CannotStart(f"{unknown[0]}: no such argument; there are {', '.join(ARGUMENTS)}")
        if (pattern := arguments.get("warc")) and not glob(pattern, recursive=True):  # noqa: PTH207 (absolute globs)
            raise CannotStart(f"warc: no file matches {pattern}")
        if since := arguments.get("since"):
            try:
                date.fromisoformat(since)
            except ValueError as why:
                raise CannotStart(f"since: {since!r} is not a date such as 2026-11-01") from why

    async def start(self) -> AsyncIterator[Article]:
        """Articles in the order of their captures: of two copies the one fetched first is the original again."""
        self.readers.prepare()
        under_way: deque[asyncio.Task[Article | None]] = deque()
        most = max(UNDER_WAY_MIN, self.readers.room)
        try:
            for replayed in self._pages():
                under_way.append(asyncio.ensure_future(self._read(replayed)))
                if len(under_way) >= most and (article := await under_way.popleft()):
                    yield article
            while under_way:
                if article := await under_way.popleft():
                    yield article
        finally:
            for task in under_way:  # the run was stopped: what is not read yet is put back
                task.cancel()

    async def _read(self, replayed: Replayed) -> Article | None:
        row = self.run.under_way[replayed.url]
        if not replayed.captured.is_whole:
            why = TooLarge(f"more than {BODY_MAX:,} bytes once unpacked")
            self.run.end(replayed.url, why, capture_id=replayed.capture_id)
            return None
        page = page_of(
            replayed.captured,
            requested_url=replayed.url,
            capture_id=replayed.capture_id,
            link=None if row.link == Link(url=replayed.url) else row.link,
        )
        return await self.read(page, row)

    def _pages(self) -> Iterator[Replayed]:
        for replayed in self._of_files() if self.warc else self._of_archive():
            if replayed.url not in self.run.under_way:
                row = frontier.find(self.run.archive.conn, replayed.url)
                self.run.take_up(row or FrontierRow(replayed.url, replayed.site, Link(url=replayed.url)))
                yield replayed

    def _of_archive(self) -> Iterator[Replayed]:
        run = self.run
        for capture in worth_reading_again(run.archive.conn, sites=list(run.sites), since=self.since):
            try:
                captured = read(run.raw_dir, capture.file, capture.offset)
            except CaptureMissing as why:
                run.problem(str(why))
                continue
            yield Replayed(CanonicalUrl(capture.requested_url), capture.site, capture.id, captured)

    def _of_files(self) -> Iterator[Replayed]:
        for url, found in self._newest().items():
            try:
                captured = read(found.path.parent, found.path.name, found.place.offset)
            except CaptureMissing as why:
                self.run.problem(str(why))
                continue
            yield Replayed(url, found.site, self._known(url, found, captured), captured)

    def _newest(self) -> dict[CanonicalUrl, _Found]:
        """The newest capture of every address that is in a site's scope, over all files."""
        newest: dict[CanonicalUrl, _Found] = {}
        home = self.run.raw_dir.resolve()
        for path in sorted(Path(name) for name in glob(self.warc, recursive=True)):  # noqa: PTH207 (absolute globs)
            known_as = path.name if path.resolve().parent == home else str(path.resolve())
            try:
                for place in places(path):
                    site = self.run.site_of(place.url)
                    if site is None:
                        continue
                    url = canonical(place.url)
                    if url not in newest or newest[url].place.fetched_at < place.fetched_at:
                        newest[url] = _Found(path, known_as, place, site.id)
            except CaptureMissing as why:
                self.run.problem(str(why))
        return newest

    def _known(self, url: CanonicalUrl, found: _Found, captured: Captured) -> int:
        """The record's row in `captures` and the address's in the frontier, made if they are new."""
        run, place = self.run, found.place
        with run.archive.transaction() as conn:
            link = Link(url=url)
            frontier.discover(conn, [(url, link)], site=found.site, source_id=None, now=run.clock(), due=False)
            return capture_at(conn, found.known_as, place.offset) or add_capture(
                conn,
                Record(found.known_as, place.offset, place.length, captured.sha256),
                url=url,
                requested_url=url,
                site=found.site,
                run_id=run.id,
                fetched_at=captured.fetched_at,
                status=captured.status,
                content_type=captured.content_type,
            )


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    known_as: str
    """See Capture.file."""
    place: Place
    site: str
