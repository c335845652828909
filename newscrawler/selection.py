"""Which articles a command is about: the filters of `export` as SQL conditions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawler.times import newsroom_day


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters; all must hold. None: not filtered."""

    site: str | None = None
    """Id of a site."""
    section: str | None = None
    """Section, exactly as archived."""
    since: str | None = None
    """Published on or after this day of the newsroom's calendar, YYYY-MM-DD."""
    until: str | None = None
    """Published on or before this day of the newsroom's calendar, YYYY-MM-DD."""
    originals: bool = False
    """Only articles that are no near copies of others."""

    def rows(self, conn: sqlite3.Connection) -> Iterator[sqlite3.Row]:
        """The articles, in the order they were archived."""
        conditions = {
            "a.site = :site": self.site,
            "a.section = :section": self.section,
            "newsroom_day(a.published_at, s.timezone) >= :since": self.since,
            "newsroom_day(a.published_at, s.timezone) <= :until": self.until,
            "a.original_id IS NULL": self.originals or None,
        }
        wanted = [sql for sql, value in conditions.items() if value is not None] or ["1"]
        values = {"site": self.site, "section": self.section, "since": self.since, "until": self.until}
        conn.create_function("newsroom_day", 2, newsroom_day, deterministic=True)
        yield from conn.execute(
            f"""SELECT a.* FROM articles AS a JOIN sites AS s ON s.id = a.site
                WHERE {" AND ".join(wanted)} ORDER BY a.id""",  # noqa: S608 (own words)
            values,
        )
