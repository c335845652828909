"""Counts beside a search: how many of its articles each outlet, section, language and day has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from babel import Locale

from newscrawler.browse.dates import day_name
from newscrawler.browse.rows import Row, fetch
from newscrawler.browse.search_query import Facet, SearchQuery

_LIMIT_MS: Final = 400
"""Milliseconds for one facet. Counting everything in a very large archive takes longer; the page then says
that this facet was not counted, and still shows the articles."""

_SHOWN: Final = 15
"""Values listed per facet. The chosen ones are listed in any case."""

_VALUE: Final[dict[Facet, str]] = {
    "site": "a.site",
    "section": "coalesce(a.section, '')",
    "language": "a.language",
    "day": "newsroom_day(a.published_at, s.timezone)",
}

_TITLES: Final[dict[Facet, str]] = {
    "site": "الصحيفة",
    "section": "القسم",
    "language": "اللغة",
    "day": "اليوم",
    "tag": "الوسم",
}


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

    title: str
    """Arabic name of the facet."""
    values: list[FacetValue]
    """At most _SHOWN, and those chosen."""
    late: bool
    """Whether counting took too long; then only the chosen values are listed."""


async def count_facets(database: Any, search: SearchQuery) -> list[FacetList]:
    """Every facet that has values for this search."""
    lists = [await _facet(database, search, facet) for facet in _VALUE]
    if tags := search.values("tag"):
        lists.append(await _tags(database, search, tags))
    return [found for found in lists if found.values or found.late]


async def _facet(database: Any, search: SearchQuery, facet: Facet) -> FacetList:
    where, params = search.conditions(without=facet)
    value = _VALUE[facet]
    order = "value DESC" if facet == "day" else "count DESC, value"
    found = await fetch(
        database,
        f"SELECT {value} AS value, count(*) AS count FROM articles a LEFT JOIN sites s ON s.id = a.site"  # noqa: S608 (constants above; values are bound)
        f" WHERE {where} GROUP BY value HAVING value IS NOT NULL ORDER BY {order} LIMIT 400",
        params,
        limit_ms=_LIMIT_MS,
    )
    counts = {row["value"]: row["count"] for row in found.rows}
    labels = await _labels(database, facet)
    chosen = search.values(facet)
    listed = list(dict.fromkeys([*chosen, *list(counts)[:_SHOWN]]))
    values = [
        FacetValue(
            label=labels.get(value) or _label(facet, value),
            count=None if found.late else counts.get(value, 0),
            chosen=value in chosen,
            search=search.toggled(facet, value),
        )
        for value in listed
    ]
    return FacetList(_TITLES[facet], values, late=found.late)


async def _tags(database: Any, search: SearchQuery, tags: list[str]) -> FacetList:
    """Tags are only listed when chosen (on an article's page): an archive has too many to offer."""
    rows = await fetch(
        database,
        "SELECT id, name FROM tags WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": f"[{','.join(tags)}]"},
    )
    names = {str(row["id"]): row["name"] for row in rows.rows}
    values = [
        FacetValue(names.get(tag, tag), count=None, chosen=True, search=search.toggled("tag", tag)) for tag in tags
    ]
    return FacetList(_TITLES["tag"], values, late=False)


async def _labels(database: Any, facet: Facet) -> dict[str, str]:
    if facet != "site":
        return {}
    found: list[Row] = (await fetch(database, "SELECT id, name FROM sites")).rows
    return {row["id"]: row["name"] for row in found}


def _label(facet: Facet, value: str) -> str:
    if facet == "day":
        return day_name(value)
    if facet == "language":
        return language_name(value)
    return value or "بلا قسم"


def language_name(code: str) -> str:
    """The language's Arabic name («العربية» for ar); the code itself if it has none."""
    return str(Locale("ar").languages.get(code, code))
