"""Pages that a blocked site refused: they come back, though a refused page by itself is settled."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from newscrawler.times import iso

ASK_FOR: Final = timedelta(days=10)
"""How long a page that a blocked site refuses is asked for."""


def ask_again(conn: sqlite3.Connection, site: str, *, run_id: int, now: datetime) -> None:
    """Open again what a blocked site refused in this run and what isn't due by itself: a block passes, and a page can't
    be told from its site then.

    Each waits as long as it has been known, an hour at least, so that it is asked for about eight times in ASK_FOR.
    """
    conn.execute(
        """UPDATE frontier SET due_at = strftime('%Y-%m-%dT%H:%M:%SZ', :now, '+' ||
               max(3600, CAST(strftime('%s', :now) AS INTEGER) - CAST(strftime('%s', discovered_at) AS INTEGER))
               || ' seconds')
           WHERE discovered_at > :known AND due_at IS NULL AND url IN (
               SELECT url FROM outcomes WHERE run_id = :run AND site = :site
                   AND (outcome = 'Walled' OR outcome = 'HttpError' AND detail IN ('401', '403', '406')))""",
        {"now": iso(now), "known": iso(now - ASK_FOR), "run": run_id, "site": site},
    )
