"""What a run leaves to the next one: addresses that are due, and sites that it didn't come to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from newscrawler.site import Site
from newscrawler.times import iso


def longest_unvisited_first(conn: sqlite3.Connection, sites: Mapping[str, Site]) -> dict[str, Site]:
    """The sites in the order in which they were crawled last, those never crawled first: a run that ends at its limit
    begins the next time with those it didn't come to.
    """
    last = dict(conn.execute("SELECT id, last_crawled_at FROM sites").fetchall())
    return {key: sites[key] for key in sorted(sites, key=lambda key: (last.get(key) or "", key))}


def waiting(conn: sqlite3.Connection, sites: Iterable[str], *, now: datetime) -> dict[str, int]:
    """Addresses of these sites that are due, by site; a site without any isn't in it."""
    rows = conn.execute(
        """SELECT site, count(*) FROM frontier
           WHERE site IN (SELECT value FROM json_each(?)) AND due_at <= ? GROUP BY site""",
        (json.dumps(list(sites)), iso(now)),
    )
    return {row[0]: row[1] for row in rows}
