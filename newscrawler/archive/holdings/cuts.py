"""Cuts of archived articles: who is cut at the same time, and whether a cut is the newspaper's edit of one article.

A page that shows a part of its article may stand behind a paywall, may have a layout that we misread, or may have been
shortened. The last is believed when a later visit finds it again and the site's other articles are as they were.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newscrawler.times import iso, parsed

WINDOW: Final = timedelta(days=3)
"""How far back visits of the site's other articles are looked at, before the first that was cut."""

MANY: Final = 5
"""Articles that are cut, from which they may be one event."""

FEW: Final = 2
"""Articles that may be edited so at one time, if no fewer are whole. Of a larger site 5 %: behind a wall that begins
after a week stand most older articles, behind one for some articles hardly fewer than a tenth."""

_FEW_SHARE: Final = 0.05
_VISITS_MAX: Final = 1000

_FIRST: Final = "SELECT min(at) FROM outcomes WHERE site = :site AND at >= :since AND outcome = 'Shortened'"

_STANDING: Final = """
WITH visits AS (
    SELECT article_id, outcome, max(at) FROM (
        SELECT article_id, outcome, at FROM outcomes JOIN articles ON articles.id = article_id
        WHERE outcomes.site = :site AND at >= :since AND first_seen_at < :first
            AND outcome IN ('Shortened', 'Unchanged', 'NotModified', 'Revised')
            AND (SELECT spider FROM runs WHERE id = run_id) = 'news'
        ORDER BY at DESC LIMIT :limit
    ) GROUP BY article_id
)
SELECT total(outcome = 'Shortened'), count(*) FROM visits
"""
"""An article that was archived after the wall was put up is as short as its page, so it says nothing."""

_SINCE: Final = """
SELECT min(at) FROM outcomes WHERE url = :url AND outcome = 'Shortened' AND at > coalesce(
    (SELECT max(at) FROM outcomes WHERE url = :url AND outcome IN ('New', 'Revised', 'Unchanged', 'NotModified')), '')
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A site's articles at their last visits of some days."""

    cut: int
    """Of which a part was shown."""
    visited: int
    """All that were visited again, and had been archived before the first was cut."""

    @property
    def is_event(self) -> bool:
        """Whether it is the site's doing: many, and more than half."""
        return self.cut >= MANY and 2 * self.cut > self.visited

    @property
    def are_edits(self) -> bool:
        """Whether so few are cut that each may have been edited. Where no other was seen, nobody can tell."""
        whole = self.visited - self.cut
        return whole > 0 and (self.cut <= _FEW_SHARE * self.visited or self.cut <= min(FEW, whole))

    def line(self, site: str) -> str | None:
        """What a run has to say of it. None: nothing, what is cut may be edits."""
        if self.are_edits or self.cut <= FEW:
            return None
        return (
            f"{site}: {self.cut} of {self.visited} archived pages showed only a part of their text: a paywall, or a new"
            " layout? The archived text stays"
        )


def standing(conn: sqlite3.Connection, site: str, *, since: datetime) -> Standing:
    """How the articles of a site stood at their last visits since then; of the last thousand, if there were more."""
    key = {"site": site, "since": iso(since), "limit": _VISITS_MAX}
    first = conn.execute(_FIRST, key).fetchone()[0]
    if first is None:
        return Standing(0, 0)
    cut, visited = conn.execute(_STANDING, key | {"first": first}).fetchone()
    return Standing(int(cut), visited)


def cut_since(conn: sqlite3.Connection, url: str) -> datetime | None:
    """Since when the article of an address has been cut at each visit. None: at the last one it was whole."""
    return parsed(conn.execute(_SINCE, {"url": url}).fetchone()[0])


def is_edit(conn: sqlite3.Connection, site: str, *, since: datetime, now: datetime, wait: timedelta) -> bool:
    """Whether what has been cut `since` then, and is still, is the newspaper's edit: seen twice, at least `wait` apart,
    while others of the site were whole.
    """
    return now - since >= wait and standing(conn, site, since=since - WINDOW).are_edits
