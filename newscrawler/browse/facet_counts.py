"""How many articles of a search each outlet, country, section, topic, person and day has, counted by the database."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from newscrawler.browse.matches import Index, Matches
from newscrawler.browse.rows import fetch
from newscrawler.browse.search_conditions import FACETS, Facet
from newscrawler.browse.search_query import SearchQuery

SHOWN_MAX: Final = 15
"""Values of one facet that a page lists. The chosen ones are listed in any case."""

_LIMIT_MS: Final = 400
"""Milliseconds for counting. In a very large archive it takes longer; the page then says that this facet was not
counted, and still shows the articles."""

_COUNTED_MAX: Final = 10_000
"""Articles whose values are counted, the last archived ones: 10 ms for the columns, 9 for the days. More of them tell a
reader nothing new about where a word is used, and the page says that it is so."""

_TAGGED_MAX: Final = 4_000
"""Articles whose tags are counted, of which each has several: 10 ms where they have five."""

_TAGS: Final[tuple[Facet, ...]] = ("topic", "person", "organisation", "place")
"""Facets that are kinds of tags."""

_COLUMNS: Final[dict[Facet, str]] = {
    "originals": "CASE WHEN a.original_id IS NULL THEN '1' END",
    "site": "a.site",
    "country": "a.site",  # each outlet has one; joined with the outlets, 20,000 articles took 27 ms, not 19
    "section": "coalesce(a.section, '')",
    "language": "a.language",
    "day": "newsroom_day(a.published_at, s.timezone)",
}
"""Facets that are columns, as the SQL of their value. NULL: the article has none."""

_TAGS_SQL: Final = """
WITH m AS MATERIALIZED (SELECT a.id FROM {source} ORDER BY {order} LIMIT :counted),
counted AS MATERIALIZED (
    SELECT t.kind, t.name, t.name_en, n.articles,
           row_number() OVER (PARTITION BY t.kind ORDER BY n.articles DESC, t.name) AS place
    FROM (
        SELECT g.tag_id, count(*) AS articles FROM m CROSS JOIN article_tags g ON g.article_id = m.id GROUP BY g.tag_id
    ) AS n CROSS JOIN tags t ON t.id = n.tag_id
    WHERE t.kind IN (SELECT value FROM json_each(:kinds))
)
SELECT kind, name, name_en, articles, (SELECT count(*) FROM m) AS looked_at FROM counted
WHERE place <= :shown OR name IN (SELECT value FROM json_each(:chosen))
ORDER BY kind, place
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """The values of one facet."""

    values: dict[str, int]
    """Value → articles, in the order they are listed: most frequent first, days newest first."""
    sampled: int | None = None
    """How many articles were looked at, the last archived ones, where there are more. None: all."""
    english: dict[str, str] = field(default_factory=dict)
    """Value → English name, of tags that have one."""


Counted = dict[Facet, Counts | None]
"""None: counting took too long."""


async def count_values(database: Any, search: SearchQuery, index: Index, *, countries: dict[str, str]) -> Counted:
    """Each facet under the other facets' filters: what is free of choice in one pass, the chosen ones in one each.

    `countries`: of each outlet.
    """
    chosen = [facet for facet in FACETS if search.values(facet)]
    columns: list[Facet] = [facet for facet in _COLUMNS if facet not in chosen and facet != "day"]
    tags = [facet for facet in _TAGS if facet not in chosen]
    passes: list[tuple[list[Facet], Facet | None]] = [(columns, None), (tags, None)]
    passes += [(["day"], None)] if "day" not in chosen else []
    passes += [([facet], facet) for facet in chosen if facet != "tag"]

    async def count(facets: list[Facet], without: Facet | None) -> Counted:
        matches = Matches.of(search, index, without=without, counting=True)
        if facets[0] in _TAGS:
            return await _count_tags(database, search, matches, facets)
        return await _count_columns(database, matches, facets, countries)

    found = await asyncio.gather(*(count(facets, without) for facets, without in passes if facets))
    return {facet: counts for counted in found for facet, counts in counted.items()}


async def _count_columns(database: Any, matches: Matches, facets: list[Facet], countries: dict[str, str]) -> Counted:
    values = list(dict.fromkeys(_COLUMNS[facet] for facet in facets))
    columns = ", ".join(f"{value} AS v{number}" for number, value in enumerate(values))
    names = ", ".join(f"v{number}" for number in range(len(values)))
    found = await fetch(
        database,
        f"SELECT {names}, count(*) AS articles FROM (SELECT {columns} FROM {matches.source}"  # noqa: S608 (names of ours; values are bound)
        f" ORDER BY {matches.last_archived} LIMIT :counted) GROUP BY {names}",
        matches.params | {"counted": _COUNTED_MAX},
        limit_ms=_LIMIT_MS,
    )
    if found.late:
        return dict.fromkeys(facets)
    looked_at = sum(row["articles"] for row in found.rows)
    sampled = looked_at if looked_at >= _COUNTED_MAX else None
    counted: Counted = {}
    for facet in facets:
        pairs = [(row[f"v{values.index(_COLUMNS[facet])}"], row["articles"]) for row in found.rows]
        if facet == "country":
            pairs = [(countries.get(site), articles) for site, articles in pairs]
        counted[facet] = Counts(_ordered(facet, pairs), sampled)
    return counted


def _ordered(facet: Facet, pairs: list[tuple[str | None, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for value, articles in pairs:
        if value is not None:
            counts[value] += articles
    if facet == "day":
        return dict(sorted(counts.items(), reverse=True))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


async def _count_tags(database: Any, search: SearchQuery, matches: Matches, facets: list[Facet]) -> Counted:
    chosen = [value for facet in facets for value in search.values(facet)]
    limits = {"counted": _TAGGED_MAX, "shown": SHOWN_MAX}
    found = await fetch(
        database,
        _TAGS_SQL.format(source=matches.source, order=matches.last_archived),
        matches.params | limits | {"kinds": json.dumps(facets), "chosen": json.dumps(chosen, ensure_ascii=False)},
        limit_ms=_LIMIT_MS,
    )
    if found.late:
        return dict.fromkeys(facets)
    counted: Counted = {}
    for facet in facets:
        rows = [row for row in found.rows if row["kind"] == facet]
        sampled = _TAGGED_MAX if rows and rows[0]["looked_at"] >= _TAGGED_MAX else None
        english = {row["name"]: row["name_en"] for row in rows if row["name_en"]}
        counted[facet] = Counts({row["name"]: row["articles"] for row in rows}, sampled, english)
    return counted
