"""What a seed's [expect] promises, held against what the archive got."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from newscrawler.site import Site
from newscrawler.times import iso


def broken_expectations(conn: sqlite3.Connection, sites: Iterable[Site], *, run_id: int, now: datetime) -> list[str]:
    """One line for every expectation of a site that this run did not meet."""
    broken = []
    for site in sites:
        day = _new_since(conn, site.id, now - timedelta(days=1))
        if day < site.expect.articles_per_day_min:
            broken.append(
                f"{site.id}: {day} new articles in the last 24 hours, expected {site.expect.articles_per_day_min:g}"
            )
        new, dated = _dated(conn, site.id, run_id)
        if new and dated / new < site.expect.dated_share_min:
            broken.append(
                f"{site.id}: {dated} of {new} new articles have a date, expected {site.expect.dated_share_min:.0%}"
            )
    return broken


def _new_since(conn: sqlite3.Connection, site: str, since: datetime) -> int:
    count: int = conn.execute(
        "SELECT count(*) FROM articles WHERE site = ? AND first_seen_at >= ?", (site, iso(since))
    ).fetchone()[0]
    return count


def _dated(conn: sqlite3.Connection, site: str, run_id: int) -> tuple[int, int]:
    row = conn.execute(
        """SELECT count(*), count(articles.published_at) FROM outcomes
           JOIN articles ON articles.id = outcomes.article_id
           WHERE outcomes.run_id = ? AND outcomes.site = ? AND outcomes.outcome = 'New'""",
        (run_id, site),
    ).fetchone()
    return row[0], row[1]
