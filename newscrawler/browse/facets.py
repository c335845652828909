"""What a reader narrows a search by: each value with its number, and the search a click leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from babel import Locale

from newscrawler.browse.dates import day_name
from newscrawler.browse.facet_counts import SHOWN_MAX, Counts, count_values
from newscrawler.browse.language import visit
from newscrawler.browse.matches import Index
from newscrawler.browse.outlets import country_name
from newscrawler.browse.rows import Row, fetch
from newscrawler.browse.search_conditions import FACETS, Facet
from newscrawler.browse.search_query import SearchQuery
from newscrawler.browse.words import say

_OPEN: Final = 5
"""Values of a facet on the page at once, besides the chosen ones: ten facets in full are four screens of a desk."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One clickable line of a facet."""

    value: str
    """As stored, and as the address of a search names it."""
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
    """One facet with its values, the chosen ones first, then the most frequent (days: the newest)."""

    facet: Facet
    """What is counted; the page has a word for it."""
    values: list[FacetValue]
    """At most SHOWN_MAX, and those chosen."""
    late: bool
    """Whether counting took too long; then only the chosen values are listed."""
    sampled: int | None = None
    """How many articles were looked at, the last archived ones, where there are more. None: all."""

    @property
    def front(self) -> list[FacetValue]:
        """Those that stand on the page at once: the chosen ones and some more."""
        return self.values[: self._opened]

    @property
    def rest(self) -> list[FacetValue]:
        """Those that a click unfolds; never a single one, whose line the click would take."""
        return self.values[self._opened :]

    @property
    def _opened(self) -> int:
        opened = sum(value.chosen for value in self.values) + _OPEN
        return opened if len(self.values) > opened + 1 else len(self.values)


Names = dict[str, str]
"""Stored value → what a reader calls it."""


async def list_facets(database: Any, search: SearchQuery, index: Index) -> list[FacetList]:
    """Every facet that has values for this search, each counted under the other facets' filters."""
    sites = (await fetch(database, "SELECT id, name, name_en, country FROM sites")).rows
    countries = {row["id"]: row["country"] for row in sites}
    counted = await count_values(database, search, index, countries=countries)
    counted |= {"tag": Counts({})} if search.values("tag") else {}
    names: dict[Facet, Names] = {
        "site": {row["id"]: _own_name(row) for row in sites},
        "tag": await _tag_names(database, search.values("tag")),
    }
    lists = [_listed(search, facet, counted[facet], names.get(facet, {})) for facet in FACETS if facet in counted]
    return [found for found in lists if found.values or found.late]


def _listed(search: SearchQuery, facet: Facet, counts: Counts | None, names: Names) -> FacetList:
    chosen = search.values(facet)
    found = counts.values if counts else {}
    if counts and visit().language == "en":
        names = names | counts.english
    values = [
        FacetValue(
            value,
            label=names.get(value) or _label(facet, value),
            count=found.get(value, 0) if counts and facet != "tag" else None,
            chosen=value in chosen,
            search=search.toggled(facet, value),
        )
        for value in dict.fromkeys([*chosen, *list(found)[:SHOWN_MAX]])
    ]
    return FacetList(facet, values, late=counts is None, sampled=counts.sampled if counts else None)


async def _tag_names(database: Any, tags: list[str]) -> Names:
    """Of tags by their number, which are only listed when chosen (on a tag's page)."""
    sql = "SELECT id, name, name_en FROM tags WHERE id IN (SELECT value FROM json_each(:ids))"
    rows = (await fetch(database, sql, {"ids": f"[{','.join(tags)}]"})).rows if tags else []
    return {str(row["id"]): _own_name(row) for row in rows}


def _own_name(row: Row) -> str:
    return str((row["name_en"] if visit().language == "en" else None) or row["name"])


def language_name(code: str) -> str:
    """The language's name in the reader's language («العربية», Arabic); the code itself if it has none."""
    return str(Locale(visit().language).languages.get(code, code))


_LABELS: Final[dict[Facet, Callable[[str], str]]] = {
    "originals": lambda _: say("search.originals"),
    "country": country_name,
    "section": lambda value: value or say("search.no_section"),
    "language": language_name,
    "day": day_name,
}
"""Facets whose values are called otherwise than they are stored."""


def _label(facet: Facet, value: str) -> str:
    return _LABELS[facet](value) if facet in _LABELS else value
