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


@dataclass(frozen=True, slots=True)
class Fates:
    """Edits by their weight, and absences."""

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
    )
