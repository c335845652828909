"""Run: what the parts of one crawl share. The archive, the sites, and the account of every URL taken up."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from scrapy.crawler import Crawler

from newscrawler.archive import Archive, frontier, ledger
from newscrawler.archive.frontier import FrontierRow
from newscrawler.archive.lock import Lock
from newscrawler.outcome import Archived, Outcome
from newscrawler.site import Site
from newscrawler.urls import CanonicalUrl

logger = logging.getLogger(__name__)

FINISHED: Final = 0
BROKE: Final = 1
NOT_STARTED: Final = 2
LOCKED: Final = 3


@dataclass(slots=True)
class Run:
    """One crawl. Made before the spider, closed after it."""

    id: int
    """Row of `runs`."""
    archive: Archive
    """The open archive; this run is its only writer."""
    lock: Lock
    """Keeps other writers out while this run lasts."""
    sites: Mapping[str, Site]
    """The sites of this run, by id."""
    started_at: datetime
    """UTC, aware."""
    revisit: Sequence[timedelta]
    """The ladder on which archived articles are visited again."""
    raw_dir: Path
    """Folder of the WARC files."""
    only: Sequence[CanonicalUrl] | None = None
    """The addresses asked for by name. None: everything that is due."""
    replaying: bool = False
    """Whether pages come from WARC files: then no visit is counted and none is planned."""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Now, UTC, aware. A test may drive it."""
    taken_up: int = 0
    """URLs taken up so far."""
    under_way: dict[str, FrontierRow] = field(default_factory=dict)
    """URLs taken up and not ended, by URL."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Outcomes so far by (site, outcome)."""
    problems: list[str] = field(default_factory=list)
    """What broke, one line each, for the report. Not empty: the crawl exits 1."""
    unwritable: str | None = None
    """Why the archive can't be written any more. None: it can."""
    exit_code: int | None = None
    """Set when the run is closed."""
    busy: Counter[str] = field(default_factory=Counter)
    """How many URLs of each site are under way."""
    on_discovery: list[Callable[[str], None]] = field(default_factory=list)
    """Called with a site's id after new addresses of it were added to the frontier."""

    def take_up(self, row: FrontierRow) -> None:
        """Count a URL as this run's: from now on it must end in an outcome."""
        self.under_way[row.url] = row
        self.busy[row.site] += 1
        self.taken_up += 1

    def end(
        self,
        url: str,
        outcome: Outcome,
        *,
        article_id: int | None = None,
        capture_id: int | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        """Close a URL: frontier row and outcome in one transaction, which may be the article's own.

        A URL that has ended already is left as it is, and logged: two outcomes would be a defect.
        """
        row = self.under_way.get(url)
        if row is None:
            logger.error("%s ended a second time: %s %s", url, outcome.name, outcome.detail)
            return
        now = self.clock()
        with self.archive.transaction() as conn:
            archived = article_id if isinstance(outcome, Archived) else None
            if self.replaying:
                frontier.end_replayed(conn, row, outcome, now=now, article_id=archived)
            else:
                frontier.end(conn, row, outcome, now=now, revisit=self.revisit, article_id=archived)
            ledger.record(
                conn,
                outcome,
                run_id=self.id,
                url=url,
                site=row.site,
                now=now,
                notes=notes,
                article_id=article_id,
                capture_id=capture_id,
            )
        del self.under_way[url]
        self.busy[row.site] -= 1
        self.counts[row.site, outcome.name] += 1
        logger.info("%s %s: %s %s", row.site, url, outcome.name, outcome.detail)

    def problem(self, text: str) -> None:
        """Note something that broke; the report names it and the crawl exits 1."""
        if text not in self.problems:
            self.problems.append(text)
            logger.warning("%s", text)

    def site_of(self, url: str) -> Site | None:
        """The site whose scope an address is in. None: nobody's."""
        return next((site for site in self.sites.values() if site.in_scope(url)), None)


def run_of(crawler: Crawler) -> Run:
    """The run of the crawl a component is made for. Raises TypeError if the spider has none."""
    run = getattr(crawler.spider, "run", None)
    if not isinstance(run, Run):
        raise TypeError(f"spider {crawler.spider!r} has no run: it is not an ArchiveSpider")
    return run
