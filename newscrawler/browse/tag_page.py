"""One tag or topic: its articles, what is named beside it, and when it was in the news."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.counts import Count, every_day, every_month
from newscrawler.browse.dates import day_of
from newscrawler.browse.listing import Listing, Place, Selection, read_listing
from newscrawler.browse.rows import Row, fetch, fetch_one

_NEWEST: Final = 2000
"""Articles of the tag by which its neighbours and months are counted: those archived last."""

_FREQUENT: Final = 1500
"""From here on a tag's articles are looked for along the dates; below, all of them are taken and put in order."""

_MONTHS: Final = 24

_DAYS: Final = 62
"""Days from a tag's first to its last article up to which it is counted by day: by month that would be two bars."""

_COUNT_SQL: Final = "SELECT count(*) AS articles FROM article_tags WHERE tag_id = :tag"

_NEIGHBOURS_SQL: Final = """
SELECT t.id, t.kind, t.name, t.name_en, shared.articles
FROM (
    SELECT other.tag_id, count(*) AS articles
    FROM (SELECT article_id FROM article_tags WHERE tag_id = :tag ORDER BY article_id DESC LIMIT :newest) AS mine
    CROSS JOIN article_tags other ON other.article_id = mine.article_id
    WHERE other.tag_id <> :tag GROUP BY other.tag_id HAVING articles > 1 ORDER BY articles DESC, other.tag_id LIMIT 40
) AS shared CROSS JOIN tags t ON t.id = shared.tag_id
ORDER BY shared.articles DESC, t.name
"""

_COVERAGE_SQL: Final = """
SELECT newsroom_day(a.published_at, s.timezone) AS day, count(*) AS articles
FROM (SELECT article_id FROM article_tags WHERE tag_id = :tag ORDER BY article_id DESC LIMIT :newest) AS mine
CROSS JOIN articles a ON a.id = mine.article_id JOIN sites s ON s.id = a.site
WHERE a.published_at IS NOT NULL GROUP BY day
"""

_OUTLETS_SQL: Final = """
SELECT s.id, s.name, s.name_en, counted.articles
FROM (
    SELECT a.site, count(*) AS articles
    FROM (SELECT article_id FROM article_tags WHERE tag_id = :tag ORDER BY article_id DESC LIMIT :newest) AS mine
    CROSS JOIN articles a ON a.id = mine.article_id GROUP BY a.site ORDER BY articles DESC LIMIT 12
) AS counted JOIN sites s ON s.id = counted.site ORDER BY counted.articles DESC, s.name
"""


@dataclass(frozen=True, slots=True)
class TagPage:
    """Everything the page of one tag shows."""

    tag: Row
    """The columns of `tags`."""
    articles: int
    """How many carry it."""
    sampled: bool
    """Whether neighbours, months and outlets are counted over the newest _NEWEST of them only."""
    neighbours: list[Row]
    """Tags on the same articles: id, kind, name, name_en, articles; the most frequent first."""
    coverage: list[Count]
    """Articles by newsroom day, or by month where they are spread over more than _DAYS; oldest first, none left out."""
    outlets: list[Row]
    """id, name, name_en, articles."""
    listing: Listing
    """Its articles."""


async def read_tag(database: Any, tag_id: int, place: Place | None) -> TagPage | None:
    """The page of that tag; None: there is none."""
    tag = await fetch_one(database, "SELECT * FROM tags WHERE id = :tag", {"tag": tag_id})
    if tag is None:
        return None
    key = {"tag": tag_id, "newest": _NEWEST}
    total = (await fetch_one(database, _COUNT_SQL, key) or {}).get("articles", 0)
    return TagPage(
        tag={"name_en": None} | tag,
        articles=total,
        sampled=total > _NEWEST,
        neighbours=(await fetch(database, _NEIGHBOURS_SQL, key)).rows,
        coverage=await read_coverage(database, tag_id),
        outlets=(await fetch(database, _OUTLETS_SQL, key)).rows,
        listing=await read_listing(database, _selection(tag_id, total), place),
    )


async def read_coverage(database: Any, tag_id: int) -> list[Count]:
    """Its articles by day or month; see TagPage.coverage. Empty if none has a date."""
    rows = (await fetch(database, _COVERAGE_SQL, {"tag": tag_id, "newest": _NEWEST})).rows
    days = {row["day"]: row["articles"] for row in rows if row["day"]}
    first, last = (day_of(end(days, default="")) for end in (min, max))
    if first is None or last is None:
        return []
    span = (last - first).days + 1
    if span <= _DAYS:
        return every_day(days, last=last.isoformat(), days=max(span, _DAYS // 2))
    months: Counter[str] = Counter()
    for day, articles in days.items():
        months[day[:7]] += articles
    return every_month(months)[-_MONTHS:]


def _selection(tag_id: int, total: int) -> Selection:
    key = {"tag": tag_id}
    if total >= _FREQUENT:
        return Selection("EXISTS (SELECT 1 FROM article_tags g WHERE g.article_id = a.id AND g.tag_id = :tag)", key)
    source = "article_tags g CROSS JOIN articles a ON a.id = g.article_id"
    return Selection("g.tag_id = :tag", key, source)
