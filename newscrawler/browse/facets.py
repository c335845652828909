"""Counts beside a search: how many of its articles each outlet, section, language and day has."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from babel import Locale

from newscrawler.browse.dates import day_name
from newscrawler.browse.language import visit
from newscrawler.browse.matches import Index, Matches
from newscrawler.browse.rows import Row, fetch
from newscrawler.browse.search_query import Facet, SearchQuery
from newscrawler.browse.words import say

_LIMIT_MS: Final = 400
"""Milliseconds for counting. In a very large archive it takes longer; the page then says that this facet was not
counted, and still shows the articles."""

_COUNTED_MAX: Final = 20_000
"""Articles whose values are counted, the last archived ones: 20 ms. More of them tell a reader nothing new about
where a word is used, and the page says that it is so."""

_SHOWN: Final = 15
"""Values listed per facet. The chosen ones are listed in any case."""

_COUNTED: Final[tuple[Facet, ...]] = ("site", "section", "language", "day")
"""In the order of the page. Tags are only listed when chosen (on an article's page): there are too many to offer."""

_TOGETHER: Final[tuple[Facet, ...]] = ("site", "section", "language")
"""Facets that are counted in one pass where nothing is chosen of them."""


class Counts(NamedTuple):
    """The values of one facet."""

    values: dict[str, int]
    """Value → articles, in the order they are listed."""
    looked_at: int
    """Articles that were counted, those without a value too."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One clickable line of a facet."""

    label: str
    """What the reader sees."""
    count: int | None
    """Articles of the search, all other filters applied. None: not counted."""
    chosen: bool
    """Whether it is part of the search; a click then takes it away."""
    search: SearchQuery
    """The search a click leads to."""


@dataclass(frozen=True, slots=True)
class FacetList:
    """One facet with its values, most frequent first (days: newest first)."""

    facet: Facet
    """What is counted; the page has a word for it."""
    values: list[FacetValue]
    """At most _SHOWN, and those chosen."""
    late: bool
    """Whether counting took too long; then only the chosen values are listed."""
    sampled: int | None = None
    """How many articles were looked at, the last archived ones, where there are more. None: all."""


async def count_facets(database: Any, search: SearchQuery, index: Index) -> list[FacetList]:
    """Every facet that has values for this search, each counted under the other facets' filters."""
    free = [facet for facet in _TOGETHER if not search.values(facet)]
    passes = [free, *([facet] for facet in _COUNTED if facet not in free)]
    found = await asyncio.gather(*(_count(database, search, index, facets) for facets in passes))
    names = await _site_names(database)
    counted: dict[Facet, Counts | None] = {}
    for values in found:
        counted |= values
    lists = [_listed(search, facet, counted[facet], names) for facet in _COUNTED]
    if tags := search.values("tag"):
        lists.append(await _tags(database, search, tags))
    return [found for found in lists if found.values or found.late]


async def _count(database: Any, search: SearchQuery, index: Index, facets: list[Facet]) -> dict[Facet, Counts | None]:
    """Value → articles, for each of the facets, in one pass. None: it took too long.

    Several at once only where none of them is chosen: each is counted as if nothing were chosen of itself.
    """
    if not facets:
        return {}
    matches = Matches.of(search, index, without=facets[0] if len(facets) == 1 else None, counting=True)
    columns = (
        "newsroom_day(a.published_at, s.timezone) AS day"
        if facets == ["day"]
        else ", ".join(f"a.{name}" for name in facets)
    )
    names = ", ".join(facets)
    found = await fetch(
        database,
        f"SELECT {names}, count(*) AS articles FROM (SELECT {columns} FROM {matches.source}"  # noqa: S608 (names of ours; values are bound)
        f" ORDER BY {matches.last_archived} LIMIT {_COUNTED_MAX}) GROUP BY {names}",
        matches.params,
        limit_ms=_LIMIT_MS,
    )
    if found.late:
        return dict.fromkeys(facets)
    looked_at = sum(row["articles"] for row in found.rows)
    return {facet: Counts(dict(_ordered(facet, found.rows)), looked_at) for facet in facets}


def _ordered(facet: Facet, rows: list[Row]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for row in rows:
        if row[facet] is not None or facet == "section":
            counts[row[facet] or ""] += row["articles"]
    if facet == "day":
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _listed(search: SearchQuery, facet: Facet, counts: Counts | None, site_names: dict[str, str]) -> FacetList:
    chosen = search.values(facet)
    found = counts.values if counts else {}
    values = [
        FacetValue(
            label=(site_names.get(value) if facet == "site" else None) or _label(facet, value),
            count=found.get(value, 0) if counts else None,
            chosen=value in chosen,
            search=search.toggled(facet, value),
        )
        for value in dict.fromkeys([*chosen, *list(found)[:_SHOWN]])
    ]
    looked_at = counts.looked_at if counts and counts.looked_at >= _COUNTED_MAX else None
    return FacetList(facet, values, late=counts is None, sampled=looked_at)


async def _tags(database: Any, search: SearchQuery, tags: list[str]) -> FacetList:
    rows = await fetch(
        database,
        "SELECT id, name FROM tags WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": f"[{','.join(tags)}]"},
    )
    names = {str(row["id"]): row["name"] for row in rows.rows}
    values = [
        FacetValue(names.get(tag, tag), count=None, chosen=True, search=search.toggled("tag", tag)) for tag in tags
    ]
    return FacetList("tag", values, late=False)


async def _site_names(database: Any) -> dict[str, str]:
    name = "coalesce(name_en, name)" if visit().language == "en" else "name"
    found = await fetch(database, f"SELECT id, {name} AS name FROM sites")  # noqa: S608 (own words)
    return {row["id"]: row["name"] for row in found.rows}


def _label(facet: Facet, value: str) -> str:
    if facet == "day":
        return day_name(value)
    if facet == "language":
        return language_name(value)
    return value or say("search.no_section")


def language_name(code: str) -> str:
    """The language's name in the reader's language («العربية», Arabic); the code itself if it has none."""
    return str(Locale(visit().language).languages.get(code, code))
