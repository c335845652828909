"""Fates: what became, in one run, of articles that were archived before it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

_EDITS: Final = """
SELECT kind, count(DISTINCT revisions.id) FROM outcomes
JOIN runs ON runs.id = run_id
JOIN revisions ON revisions.article_id = outcomes.article_id AND replaced_at BETWEEN runs.started_at AND outcomes.at
WHERE run_id = ? GROUP BY kind
"""

_ABSENCES: Final = """
SELECT count(DISTINCT CASE WHEN withdrawn_at BETWEEN runs.started_at AND outcomes.at THEN withdrawals.id END),
       count(DISTINCT CASE WHEN returned_at BETWEEN runs.started_at AND outcomes.at THEN withdrawals.id END)
FROM outcomes JOIN runs ON runs.id = run_id JOIN withdrawals ON withdrawals.article_id = outcomes.article_id
WHERE run_id = ?
"""

_SHORTENED: Final = "SELECT count(*) FROM outcomes WHERE run_id = ? AND outcome = 'Shortened'"

_WITHDRAWN: Final = """
SELECT DISTINCT articles.url, articles.site, withdrawals.reason, withdrawals.withdrawn_at
FROM outcomes JOIN runs ON runs.id = run_id JOIN withdrawals ON withdrawals.article_id = outcomes.article_id
    AND withdrawn_at BETWEEN runs.started_at AND outcomes.at
JOIN articles ON articles.id = withdrawals.article_id
WHERE run_id = ? ORDER BY articles.site, withdrawn_at, articles.url LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that a run found to be gone from its site."""

    url: str
    """Its address."""
    site: str
    """Id of the site."""
    reason: str
    """not-found, gone, legal, redirected or emptied."""
    at: str
    """When that was noted, UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Fates:
    """Edits by their weight, absences, and pages that showed less than the archive has."""

    headline: int
    """Edits of the headline and hardly anything else."""
    correction: int
    """Small edits of the text."""
    addition: int
    """Edits that added a sentence or more and took hardly anything away."""
    rewrite: int
    """Edits after which the text would not even be a near copy of what it was."""
    withdrawn: int
    """Articles that were found to be gone from their sites."""
    returned: int
    """Articles that had been gone and were back."""
    shortened: int
    """Articles whose pages showed a part of the archived text, which stays."""


def read_fates(conn: sqlite3.Connection, run_id: int) -> Fates:
    """Those of a run. An edit or an absence is a run's if it was noted between its start and that visit's end."""
    edits = {row[0]: row[1] for row in conn.execute(_EDITS, [run_id])}
    withdrawn, returned = conn.execute(_ABSENCES, [run_id]).fetchone()
    return Fates(
        headline=edits.get("headline", 0),
        correction=edits.get("correction", 0),
        addition=edits.get("addition", 0),
        rewrite=edits.get("rewrite", 0),
        withdrawn=withdrawn,
        returned=returned,
        shortened=conn.execute(_SHORTENED, [run_id]).fetchone()[0],
    )


def read_gone(conn: sqlite3.Connection, run_id: int, *, limit: int) -> tuple[Gone, ...]:
    """The articles that a run found to be gone, by site, at most `limit`."""
    return tuple(Gone(*row) for row in conn.execute(_WITHDRAWN, (run_id, limit)))
