"""What a seed's [expect] promises, held against what the archive got."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newscrawler.health.verdicts import Judgement, Reason
from newscrawler.site import Site
from newscrawler.times import iso

_DATED_MIN: Final = 8
"""New articles from which too few dates change the verdict; below, only the run says so."""


@dataclass(frozen=True, slots=True)
class BrokenExpectation:
    """A promise of a seed file that a run didn't keep."""

    site: str
    """Id."""
    line: str
    """For the report."""
    judgement: Judgement | None
    """What it means for the site's verdict. None: too few articles to tell."""


def broken_expectations(
    conn: sqlite3.Connection, sites: Iterable[Site], *, run_id: int, now: datetime
) -> list[BrokenExpectation]:
    """Every expectation of a site that this run did not meet."""
    broken = []
    for site in sites:
        expected = site.expect.articles_per_day_min
        if expected and (day := _new_since(conn, site.id, now - timedelta(days=1))) < expected:
            reason = Reason("expected-new", {"new": day, "expected": f"{expected:g}"})
            broken.append(BrokenExpectation(site.id, f"{site.id}: {reason}", Judgement("quiet", reason, sure=True)))
        expected = site.expect.dated_share_min
        new, dated = _dated(conn, site.id, run_id) if expected else (0, 0)
        if new and dated / new < expected:
            reason = Reason("expected-dated", {"dated": dated, "new": new, "expected": f"{100 * expected:.0f}"})
            judgement = Judgement("broken-extraction", reason, sure=True) if new >= _DATED_MIN else None
            broken.append(BrokenExpectation(site.id, f"{site.id}: {reason}", judgement))
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
