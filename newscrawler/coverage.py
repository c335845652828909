"""Coverage: of what the sites' own feeds and sitemaps listed in a period, how much is archived, and why not all is."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from newscrawler.discovery.dates import last_day
from newscrawler.outcome import all_outcomes
from newscrawler.report import NoSuchRun

DatedBy = Literal["published", "lastmod", "discovered"]

DAYS: Final = 7
"""Days of a period whose beginning isn't given."""

_LISTS: Final = frozenset({"feed", "news-sitemap", "sitemap"})
"""Kinds of sources that say what a site published. What a section page links to may be anything."""

_AGAIN: Final = frozenset(outcome.__name__ for outcome in all_outcomes() if outcome.again) | {"HttpError"}

_SQL: Final = """
SELECT frontier.url, frontier.site, frontier.outcome, frontier.detail, frontier.due_at, frontier.tries,
       frontier.discovered_at, frontier.published, frontier.lastmod, sources.kind, frontier.taken_run,
       frontier.article_id IS NOT NULL OR EXISTS (SELECT 1 FROM copies WHERE copies.url = frontier.url) AS archived
FROM frontier JOIN sources ON sources.id = frontier.source_id
WHERE frontier.discovered_at >= :since AND (:sites IS NULL OR frontier.site IN (SELECT value FROM json_each(:sites)))
ORDER BY frontier.discovered_at, frontier.id
"""
"""What was published in a period was found after its beginning; its end says nothing of when it was found."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A listed address that isn't archived."""

    site: str
    """Id."""
    url: str
    """The address."""
    listed: str
    """The day it belongs to, YYYY-MM-DD."""
    dated_by: DatedBy
    """What says so: the source's date of publication or change, else the day we found it."""
    outcome: str | None
    """How its last visit ended. None: it was not visited yet."""
    why: str
    """In words."""


@dataclass(slots=True)
class SiteCoverage:
    """One site in the period."""

    site: str
    """Id."""
    listed: int = 0
    """Addresses that feeds and sitemaps listed."""
    archived: int = 0
    """Those that are articles, or copies of articles."""
    candidates: int = 0
    """Addresses that only section pages linked to; not among `listed`."""
    candidates_archived: int = 0
    """Those of them that are archived."""
    outside: int = 0
    """Listed addresses that the seed leaves out or that are on another host; not among `listed`."""
    why: dict[str, int] = field(default_factory=dict)
    """Outcome of the missing, or `waiting`, → how many."""

    @property
    def share(self) -> float | None:
        """Archived of listed, 0 to 1. None: nothing was listed."""
        return self.archived / self.listed if self.listed else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All of it."""

    since: str
    """First day, YYYY-MM-DD, of the newsroom as far as the printed dates say it."""
    until: str
    """Last day."""
    sites: tuple[SiteCoverage, ...]
    """By id."""
    missing: tuple[Missing, ...]
    """By site, oldest first."""

    @property
    def total(self) -> SiteCoverage:
        """All sites as one."""
        total = SiteCoverage("")
        for site in self.sites:
            for name in ("listed", "archived", "candidates", "candidates_archived", "outside"):
                setattr(total, name, getattr(total, name) + getattr(site, name))
        total.why = dict(sum((Counter(site.why) for site in self.sites), Counter()))
        return total

    def to_json(self) -> str:
        """All of it as one JSON object, each site with its share."""
        shares = [asdict(site) | {"share": site.share} for site in self.sites]
        total = asdict(self.total) | {"share": self.total.share}
        return json.dumps(asdict(self) | {"sites": shares, "total": total}, ensure_ascii=False, indent=2)


def read_coverage(
    conn: sqlite3.Connection, *, since: date | None = None, until: date | None = None, sites: Sequence[str] = ()
) -> Coverage:
    """The coverage from `since` (None: a week) to `until` (None: the last run's day), of these sites (none: all).

    Raises NoSuchRun if nothing was crawled yet.
    """
    last = until or _last_run(conn)
    first = since or last - timedelta(days=DAYS - 1)
    chosen = json.dumps(list(sites)) if sites else None
    rows = conn.execute(_SQL, {"since": (first - timedelta(days=1)).isoformat(), "sites": chosen})
    found: dict[str, SiteCoverage] = {}
    missing = [
        each
        for row, day, dated_by in _of_period(rows, first.isoformat(), last.isoformat())
        if (each := _counted(found.setdefault(row["site"], SiteCoverage(row["site"])), row, day, dated_by))
    ]
    by_site = sorted(missing, key=lambda each: (each.site, each.listed))
    return Coverage(first.isoformat(), last.isoformat(), tuple(found[site] for site in sorted(found)), tuple(by_site))


def _last_run(conn: sqlite3.Connection) -> date:
    at: str | None = conn.execute("SELECT max(coalesce(finished_at, started_at)) FROM runs").fetchone()[0]
    if at is None:
        raise NoSuchRun("no run yet")
    return date.fromisoformat(at[:10])


def _of_period(rows: Iterable[sqlite3.Row], first: str, last: str) -> Iterator[tuple[sqlite3.Row, str, DatedBy]]:
    for row in rows:
        day, dated_by = _day(row)
        if first <= day <= last:
            yield row, day, dated_by


def _day(row: sqlite3.Row) -> tuple[str, DatedBy]:
    """The day that an address belongs to; a date that lies after its discovery by more than a day is a mistake."""
    found = row["discovered_at"][:10]
    latest = (date.fromisoformat(found) + timedelta(days=1)).isoformat()
    names: tuple[DatedBy, ...] = ("published", "lastmod")
    for name in names:
        printed = last_day(row[name]) if row[name] else None
        if printed is not None and printed.isoformat() <= latest:
            return printed.isoformat(), name
    return found, "discovered"


def _counted(site: SiteCoverage, row: sqlite3.Row, day: str, dated_by: DatedBy) -> Missing | None:
    """Counts an address in; what is listed and not archived is returned."""
    if row["kind"] not in _LISTS:
        site.candidates += 1
        site.candidates_archived += row["archived"]
        return None
    if row["outcome"] == "OutOfScope" and row["taken_run"] is None:
        site.outside += 1
        return None
    site.listed += 1
    if row["archived"]:
        site.archived += 1
        return None
    kind = row["outcome"] or "waiting"
    site.why[kind] = site.why.get(kind, 0) + 1
    return Missing(row["site"], row["url"], day, dated_by, row["outcome"], _why(row))


def _why(row: sqlite3.Row) -> str:
    outcome, due = row["outcome"], row["due_at"]
    if outcome is None:
        return f"waiting since {row['discovered_at']}" if due else "waiting for a backfill"
    said = f"{outcome} {row['detail'] or ''}".strip()
    if due:
        return f"{said}; again {due}"
    return f"{said}; given up after {row['tries']} tries" if row["tries"] > 1 and outcome in _AGAIN else said
