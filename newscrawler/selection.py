"""Which articles a command is about: the filters of `export` as SQL conditions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters; all must hold. None: not filtered."""

    site: str | None = None
    """Id of a site."""
    section: str | None = None
    """Section, exactly as archived."""
    since: str | None = None
    """Published on or after this day, YYYY-MM-DD, UTC."""
    until: str | None = None
    """Published on or before this day, YYYY-MM-DD, UTC."""
    originals: bool = False
    """Only articles that are no near copies of others."""

    def rows(self, conn: sqlite3.Connection) -> Iterator[sqlite3.Row]:
        """The articles, in the order they were archived."""
        conditions = {
            "site = :site": self.site,
            "section = :section": self.section,
            "published_at >= :since": self.since,
            "published_at < date(:until, '+1 day')": self.until,
            "original_id IS NULL": self.originals or None,
        }
        wanted = [sql for sql, value in conditions.items() if value is not None] or ["1"]
        values = {"site": self.site, "section": self.section, "since": self.since, "until": self.until}
        yield from conn.execute(
            f"SELECT * FROM articles WHERE {' AND '.join(wanted)} ORDER BY id",  # noqa: S608 (own words)
            values,
        )
