"""Run: what the parts of one crawl share. The archive, the sites, and the account of every URL taken up."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scrapy.crawler import Crawler

from newscrawler.archive import Archive, ledger
from newscrawler.archive.holdings import absences, cuts
from newscrawler.archive.holdings.absences import Suspect
from newscrawler.archive.holdings.visits import Answer, Ended, end_visit
from newscrawler.archive.ledger import Stall
from newscrawler.archive.lock import Lock
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records.raw import Received
from newscrawler.gates import Gates
from newscrawler.health.traffic import Traffic
from newscrawler.outcome import Archived, Outcome, Shortened
from newscrawler.readers import Readers
from newscrawler.seeds import owner_of
from newscrawler.site import Site
from newscrawler.text.tagger import Tagger
from newscrawler.times import utc_now
from newscrawler.urls import CanonicalUrl

logger = logging.getLogger(__name__)


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
    tagger: Tagger | None = None
    """Lists and rules, read when the run was opened. None: nobody read them yet."""
    readers: Readers | None = None
    """Readers that had to be there before the run was opened: a cluster's. None: the spider makes its own."""
    only: Sequence[CanonicalUrl] | None = None
    """The addresses asked for by name. None: everything that is due."""
    backfilling: bool = False
    """Whether addresses that a backfill found have their turn; in an update they wait."""
    replaying: bool = False
    """Whether pages come from WARC files: then no visit is counted and none is planned."""
    clock: Callable[[], datetime] = utc_now
    """Now, UTC, aware. A test may drive it."""
    taken_up: int = 0
    """URLs taken up so far."""
    under_way: dict[str, FrontierRow] = field(default_factory=dict)
    """URLs taken up and not ended, by URL."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Outcomes so far by (site, outcome)."""
    problems: list[str] = field(default_factory=list)
    """What broke, one line each, for the report. Not empty: the crawl exits 1."""
    remarks: list[str] = field(default_factory=list)
    """What the keeper may want to know and need not mend, one line each, for the report."""
    traffic: defaultdict[str, Traffic] = field(default_factory=lambda: defaultdict(Traffic))
    """Requests, answers and latencies so far by site."""
    stall: Stall = field(default_factory=Stall)
    """The longest time the loop stood still so far."""
    unwritable: str | None = None
    """Why the archive can't be written any more. None: it can."""
    exit_code: int | None = None
    """Set when the run is closed."""
    busy: Counter[str] = field(default_factory=Counter)
    """How many URLs of each site are under way."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """What came of the requests for the URLs under way, by URL."""
    suspects: list[Suspect] = field(default_factory=list)
    """Archived articles that may be gone; decided on when the run closes."""
    keep: Callable[[Received, FrontierRow], int] | None = None
    """Stores an answer as evidence and returns its capture. None: the raw store is off."""
    awaited: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By site, the addresses of the seed's sources whose polls, due when the run began, have no answer yet."""
    on_discovery: list[Callable[[str], None]] = field(default_factory=list)
    """Called with a site's id after new addresses of it were added to the frontier."""
    gates: Gates = field(init=False)
    """Which sites may be asked now, and how much was asked."""

    def __post_init__(self) -> None:
        self.gates = Gates(self.sites)

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
        answer = self.answers.get(url) or Answer(at=now, capture_id=capture_id)
        with self.archive.transaction() as conn:
            if self.replaying:
                archived = article_id if isinstance(outcome, Archived) else None
                frontier.end_replayed(conn, row, outcome, now=now, article_id=archived)
                ended = Ended(article_id, capture_id)
            else:
                ended = end_visit(
                    conn, row, outcome, answer, article_id=article_id, now=now, revisit=self.revisit, keep=self.keep
                )
            ledger.record(
                conn,
                outcome,
                run_id=self.id,
                url=url,
                site=row.site,
                now=now,
                notes=notes,
                article_id=ended.article_id,
                capture_id=ended.capture_id,
            )
        del self.under_way[url]
        self.answers.pop(url, None)
        self.busy[row.site] -= 1
        self.counts[row.site, outcome.name] += 1
        if ended.suspect is not None:
            self.suspects.append(ended.suspect)
        logger.info("%s %s: %s %s", row.site, url, outcome.name, outcome.detail)

    def settle(self, conn: sqlite3.Connection) -> None:
        """Decide which of the suspects are gone, and say where many articles were cut. Call it in the transaction that
        closes the run.
        """
        for line in absences.settle(conn, self.suspects, run_id=self.id, now=self.clock(), revisit=self.revisit):
            self.problem(line)
        self.suspects.clear()
        told = {line.partition(":")[0] for line in self.problems}
        cut = {site for site, outcome in self.counts if outcome == Shortened.__name__} - told
        for site in sorted(cut) if not self.replaying else ():
            found = cuts.standing(conn, site, since=self.clock() - cuts.WINDOW)
            if said := found.line(site):
                (self.problem if found.is_event else self.remark)(said)

    def problem(self, text: str) -> None:
        """Note something that broke; the report names it and the crawl exits 1."""
        if text not in self.problems:
            self.problems.append(text)
            logger.warning("%s", text)

    def remark(self, text: str) -> None:
        """Note something that is no problem and good to know; the exit code doesn't follow it."""
        if text not in self.remarks:
            self.remarks.append(text)
            logger.info("%s", text)

    def site_of(self, url: str) -> Site | None:
        """The site whose scope an address is in. None: nobody's."""
        return owner_of(url, self.sites.values())


def run_of(crawler: Crawler) -> Run:
    """The run of the crawl a component is made for. Raises TypeError if the spider has none."""
    run = getattr(crawler.spider, "run", None)
    if not isinstance(run, Run):
        raise TypeError(f"spider {crawler.spider!r} has no run: it is not an ArchiveSpider")
    return run
