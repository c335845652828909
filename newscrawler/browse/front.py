"""The front page: the latest articles by day, the outlets, the sections, the days."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from newscrawler.browse.dates import day_name, moment
from newscrawler.browse.rows import Row, fetch
from newscrawler.times import newsroom_day

_LATEST: Final = 40
"""Articles on the front page: about a screen and a half of a desk, a minute of thumb on a phone."""

_LATEST_SQL: Final = """
SELECT a.id, a.title, a.section, coalesce(a.standfirst, substr(a.text, 1, 300)) AS lead, a.published_at,
       a.first_seen_at, a.state, a.site, s.name AS site_name, s.timezone, s.country,
       (SELECT count(*) FROM copies c WHERE c.article_id = a.id)
       + (SELECT count(*) FROM articles n WHERE n.original_id = a.id) AS copies
FROM (
    SELECT id FROM articles WHERE original_id IS NULL AND published_at IS NOT NULL
    ORDER BY published_at DESC LIMIT :limit
) AS latest JOIN articles a ON a.id = latest.id LEFT JOIN sites s ON s.id = a.site
ORDER BY a.published_at DESC
"""

_UNDATED_SQL: Final = """
SELECT a.id, a.title, a.section, coalesce(a.standfirst, substr(a.text, 1, 300)) AS lead, a.published_at,
       a.first_seen_at, a.state, a.site, s.name AS site_name, s.timezone, s.country, 0 AS copies
FROM (
    SELECT id FROM articles WHERE published_at IS NULL AND original_id IS NULL ORDER BY id DESC LIMIT :limit
) AS latest JOIN articles a ON a.id = latest.id LEFT JOIN sites s ON s.id = a.site
ORDER BY a.id DESC
"""

_OUTLETS_SQL: Final = """
SELECT s.id, s.name, s.country, s.last_crawled_at, count(a.id) AS articles, max(a.published_at) AS newest
FROM sites s JOIN articles a ON a.site = s.id GROUP BY s.id ORDER BY articles DESC, s.name
"""

_SECTIONS_SQL: Final = """
SELECT section, count(*) AS articles
FROM (SELECT section FROM articles ORDER BY published_at DESC LIMIT 2000)
WHERE section IS NOT NULL GROUP BY section ORDER BY articles DESC, section LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of one newsroom day."""

    day: str
    """YYYY-MM-DD; empty for articles whose date is not known."""
    title: str
    """«الأحد 22 نوفمبر 2026»."""
    articles: list[Row]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Front:
    """Everything the front page shows."""

    days: list[Day]
    """Newest first; the undated at the end."""
    outlets: list[Row]
    """id, name, country, articles, newest; those with most articles first. Empty if counting took too long."""
    sections: list[Row]
    """section and articles, of the newest 2,000 articles."""


async def read_front(database: Any) -> Front:
    """The front page of one archive: originals only, near copies are reached from their original."""
    dated = (await fetch(database, _LATEST_SQL, {"limit": _LATEST})).rows
    undated: list[Row] = []
    if len(dated) < _LATEST:
        undated = (await fetch(database, _UNDATED_SQL, {"limit": _LATEST - len(dated)})).rows
    return Front(
        days=[*_by_day(dated), *([Day("", "بلا تاريخ معروف", undated)] if undated else [])],
        outlets=(await fetch(database, _OUTLETS_SQL)).rows,
        sections=(await fetch(database, _SECTIONS_SQL)).rows,
    )


def _by_day(rows: list[Row]) -> list[Day]:
    """By each newsroom's own calendar day; within a day, the newest first across outlets."""
    for row in rows:
        row["published"] = moment(row["published_at"], zone=row["timezone"], country=row["country"])
        row["day"] = newsroom_day(row["published_at"], row["timezone"]) or ""
    rows = sorted(rows, key=lambda row: str(row["day"]), reverse=True)  # stable: within a day as they were
    return [
        Day(day, day_name(day, weekday=True) or "بلا تاريخ مقروء", list(group))
        for day, group in groupby(rows, key=lambda row: str(row["day"]))
    ]
