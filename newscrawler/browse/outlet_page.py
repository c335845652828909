"""One outlet: its latest articles, how it is covered, and how its crawls went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.counts import Count, days_before, every_day
from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.health_sites import SiteHealth, read_sites
from newscrawler.browse.listing import Listing, Place, Selection, read_listing
from newscrawler.browse.outlets import country_name
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.times import newsroom_day, parsed

_DAYS: Final = 60
"""Days of the coverage: two months show the week's rhythm and a gap of some days."""

_NEWEST: Final = 500
"""Articles by which fields and sections are judged: what an outlet's pages give today, not years ago."""

_SPAN_SQL: Final = """
SELECT count(*) AS articles, min(published_at) AS oldest, max(published_at) AS newest,
       count(*) - count(published_at) AS undated
FROM articles WHERE site = :site
"""

_NEWEST_SQL: Final = """
SELECT timezone, (SELECT max(published_at) FROM articles WHERE site = :site) AS newest FROM sites WHERE id = :site
"""

_DAYS_SQL: Final = """
SELECT newsroom_day(published_at, :zone) AS day, count(*) AS articles
FROM articles WHERE site = :site AND published_at >= :since GROUP BY day
"""

_FIELDS_SQL: Final = """
SELECT count(*) AS articles, count(published_at) AS published_at, count(section) AS section,
       coalesce(sum(authors <> '[]'), 0) AS authors, count(agency) AS agency, count(standfirst) AS standfirst,
       count(image_url) AS image_url, coalesce(sum(keywords <> '[]'), 0) AS keywords
FROM (SELECT * FROM articles WHERE site = :site ORDER BY published_at DESC LIMIT :newest)
"""

_SECTIONS_SQL: Final = """
SELECT section, count(*) AS articles
FROM (SELECT section FROM articles WHERE site = :site ORDER BY published_at DESC LIMIT :newest)
WHERE section IS NOT NULL GROUP BY section ORDER BY articles DESC, section LIMIT 20
"""

_SOURCES_SQL: Final = "SELECT * FROM sources WHERE site = :site ORDER BY parent_id IS NOT NULL, id LIMIT 60"

_VISITS_SQL: Final = """
SELECT substr(at, 1, 10) AS day, outcome, count(*) AS addresses FROM outcomes
WHERE site = :site AND at >= :since GROUP BY day, outcome ORDER BY day DESC, addresses DESC, outcome
"""


@dataclass(frozen=True, slots=True)
class Field:
    """How often an outlet's pages give one field."""

    name: str
    """Column of `articles`."""
    share: float
    """Of its newest articles, 0 to 1."""


@dataclass(frozen=True, slots=True)
class OutletPage:
    """Everything the page of one outlet shows."""

    outlet: Row
    """The columns of `sites`, and `country_name`."""
    articles: int
    """Kept in all, near copies included."""
    undated: int
    """Those without a date."""
    oldest: Moment | None
    """Time of the oldest article."""
    newest: Moment | None
    """Time of the newest article."""
    crawled: Moment | None
    """The end of its last crawl."""
    days: list[Count]
    """Articles per newsroom day, the last _DAYS up to the newest article, oldest first."""
    fields: list[Field]
    """By the newest _NEWEST articles; empty if there are none."""
    sections: list[Row]
    """section and articles, of the newest _NEWEST."""
    sources: list[Row]
    """The columns of `sources`, and `polled`: a Moment or None."""
    visits: list[Row]
    """day (UTC), outcome and addresses, of the last 14 days that were crawled."""
    health: SiteHealth | None
    """How it stands. None: it isn't crawled."""
    listing: Listing
    """Its articles."""


async def read_outlet(database: Any, site: str, place: Place | None) -> OutletPage | None:
    """The page of that outlet; None: there is none."""
    outlet = await fetch_one(database, "SELECT * FROM sites WHERE id = :site", {"site": site})
    if outlet is None:
        return None

    def when(at: str | None) -> Moment | None:
        return moment(at, zone=outlet["timezone"], country=outlet["country"])

    span = await fetch_one(database, _SPAN_SQL, {"site": site}) or {}
    sources = (await fetch(database, _SOURCES_SQL, {"site": site})).rows
    return OutletPage(
        outlet=outlet | {"country_name": country_name(outlet["country"])},
        articles=span.get("articles", 0),
        undated=span.get("undated", 0),
        oldest=when(span.get("oldest")),
        newest=when(span.get("newest")),
        crawled=when(outlet["last_crawled_at"]),
        days=await read_days(database, site),
        fields=await _fields(database, site),
        sections=(await fetch(database, _SECTIONS_SQL, {"site": site, "newest": _NEWEST})).rows,
        sources=[row | {"polled": when(row["last_polled_at"])} for row in sources],
        visits=await _visits(database, outlet),
        health=next(iter(await read_sites(database, site=site)), None),
        listing=await read_listing(database, Selection("a.site = :site", {"site": site}), place),
    )


async def read_days(database: Any, site: str) -> list[Count]:
    """Articles per newsroom day, the last _DAYS up to the newest article, oldest first; empty if there are none."""
    row = await fetch_one(database, _NEWEST_SQL, {"site": site}) or {"timezone": None, "newest": None}
    last = parsed(row["newest"])
    if last is None:
        return []
    key = {"site": site, "zone": row["timezone"], "since": days_before(last, days=_DAYS + 1)}
    found = {row["day"]: row["articles"] for row in (await fetch(database, _DAYS_SQL, key)).rows}
    return every_day(found, last=newsroom_day(row["newest"], row["timezone"]) or "", days=_DAYS)


async def _fields(database: Any, site: str) -> list[Field]:
    row = await fetch_one(database, _FIELDS_SQL, {"site": site, "newest": _NEWEST})
    if not row or not row["articles"]:
        return []
    return [Field(name, number / row["articles"]) for name, number in row.items() if name != "articles"]


async def _visits(database: Any, outlet: Row) -> list[Row]:
    last = parsed(outlet["last_crawled_at"])
    if last is None:
        return []
    return (await fetch(database, _VISITS_SQL, {"site": outlet["id"], "since": days_before(last, days=14)})).rows
