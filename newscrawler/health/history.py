"""A site's own past, from the rows of `health`."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from newscrawler.health.days import PAST_DAYS
from newscrawler.health.extraction import PAGES_MIN, Sample, together
from newscrawler.health.judging import Past
from newscrawler.health.verdicts import Reason
from newscrawler.times import iso, parsed

RECENT: Final = timedelta(days=3)
"""How far back pages are added to a run that got few: at two pages a day eight would be four days old."""

RECENT_ARTICLES: Final = timedelta(days=10)
"""The same for new articles, which are fewer than pages: most visits are to articles known long since."""

_WAITING_MAX: Final = 1000

_SUMS: Final = """sum(read) AS read, sum(unread) AS unread, sum(crashed) AS crashed, sum(archived) AS new,
       sum(dated) AS dated, sum(sectioned) AS sectioned, sum(authored) AS authored, sum(words * archived) AS words"""

_DAYS_SQL: Final = f"""
SELECT site, CAST((strftime('%s', :now) - strftime('%s', at)) / 86400 AS INTEGER) AS day,
       seen IS 'broken-extraction' AS broken, max(polled) AS polled, {_SUMS}
FROM health WHERE run_id >= (SELECT coalesce(min(id), 0) FROM runs WHERE started_at >= :since) AND run_id < :run
    AND run_id IN (SELECT id FROM runs WHERE spider = 'news' AND started_at >= :since)
GROUP BY 1, 2, 3
"""  # noqa: S608 (constants only)

_RECENT_SQL: Final = """
SELECT read, unread, crashed, archived AS new, dated, sectioned, authored, words * archived AS words
FROM health WHERE site = :site AND run_id < :run AND at >= :since AND {kind} > 0
    AND (SELECT spider FROM runs WHERE id = run_id) = 'news'
ORDER BY run_id DESC LIMIT :limit
"""

_WAITING_SQL: Final = """
SELECT count(*) FROM (SELECT 1 FROM frontier WHERE site = :site AND (visits > 0) = 0 AND due_at <= :now
                      AND outcome IS NULL LIMIT :limit)
"""


@dataclass(slots=True)
class History:
    """Four weeks of one site."""

    days: dict[int, int] = field(default_factory=dict)
    """New articles by how many times 24 hours ago, of those days on which its sources were polled; 0 is today."""
    before: Sample = field(default_factory=Sample)
    """Pages older than a day, without those of runs that saw reading broken."""


def read_history(conn: sqlite3.Connection, run_id: int, *, now: datetime) -> dict[str, History]:
    """Site → the four weeks before a run."""
    found: dict[str, History] = defaultdict(History)
    since = iso(now - timedelta(days=PAST_DAYS + 1))
    for row in conn.execute(_DAYS_SQL, {"now": iso(now), "since": since, "run": run_id}):
        history, day = found[row["site"]], row["day"]
        if row["polled"] or day == 0:
            history.days[day] = history.days.get(day, 0) + row["new"]
        if day >= 1 and not row["broken"]:
            history.before = together([history.before, _sample(row)])
    return found


def with_earlier(conn: sqlite3.Connection, site: str, own: Sample, *, run_id: int, now: datetime) -> Sample:
    """A run's own pages, and where it got fewer than a sample needs, those of the runs before it. New articles
    likewise, by themselves: eight pages of an hourly run are mostly revisits, and would say nothing of fields.
    """
    key = {"site": site, "run": run_id, "limit": PAGES_MIN}
    pages, articles = [own], [own]
    if own.pages < PAGES_MIN:
        sql = _RECENT_SQL.format(kind="read + unread")
        for row in conn.execute(sql, key | {"since": iso(now - RECENT)}):
            if sum(sample.pages for sample in pages) < PAGES_MIN:
                pages.append(_sample(row))
    if own.new < PAGES_MIN:
        sql = _RECENT_SQL.format(kind="archived")
        for row in conn.execute(sql, key | {"since": iso(now - RECENT_ARTICLES)}):
            if sum(sample.new for sample in articles) < PAGES_MIN:
                articles.append(_sample(row))
    found, new = together(pages), together(articles)
    fields = {name: getattr(new, name) for name in ("new", "dated", "sectioned", "authored", "words")}
    return replace(found, **fields)


def read_past(conn: sqlite3.Connection, site: str, *, before: int) -> Past | None:
    """The verdict that holds when the run `before` begins. None: there is none yet."""
    row = conn.execute(
        "SELECT verdict, reason, since, seen FROM health WHERE site = ? AND run_id < ? ORDER BY run_id DESC LIMIT 1",
        (site, before),
    ).fetchone()
    if row is None:
        return None
    since = parsed(row["since"])
    assert since is not None  # written by `iso`
    return Past(row["verdict"], Reason.of_json(row["reason"]), since, row["seen"])


def waiting(conn: sqlite3.Connection, site: str, *, now: datetime) -> int:
    """Addresses never visited whose turn has come; a thousand at most are counted."""
    number: int = conn.execute(_WAITING_SQL, {"site": site, "now": iso(now), "limit": _WAITING_MAX}).fetchone()[0]
    return number


def _sample(row: sqlite3.Row) -> Sample:
    return Sample(
        read=row["read"],
        unread=row["unread"],
        crashed=row["crashed"],
        new=row["new"],
        dated=row["dated"],
        sectioned=row["sectioned"],
        authored=row["authored"],
        words=row["words"] / row["new"] if row["new"] and row["words"] is not None else None,
    )
