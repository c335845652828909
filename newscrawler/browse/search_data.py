"""A search as data: one page of it as JSON with its counts, its first thousand articles as CSV."""

from __future__ import annotations

from typing import Any, Final

from newscrawler.browse.matches import Index
from newscrawler.browse.rows import Row, json_list
from newscrawler.browse.search import Results, read_matches
from newscrawler.browse.search_query import SearchQuery

ROWS_MAX: Final = 1000
"""Articles in a CSV file: as many rows as Datasette returns of a table at once."""

_COLUMNS: Final = """
    a.id, a.url, a.title, a.site, s.name AS outlet, s.country, a.section, a.authors, a.agency, a.published_at,
    newsroom_day(a.published_at, s.timezone) AS day, a.language, a.words, a.original_id, a.state
"""

_OF_A_HIT: Final = ("id", "title", "site", "section", "published_at", "original_id", "state", "copies")


def search_record(search: SearchQuery, results: Results, following: str | None) -> Row:
    """What the search page shows, for programs. `following`: the address of the next page's record; None: no more."""
    return {
        "query": [{"name": name, "value": value} for name, value in search.pairs()],
        "total": results.total,
        "articles": [
            {name: hit.article[name] for name in _OF_A_HIT}
            | {"outlet": hit.article["site_name"], "passage": "".join(run.text for run in hit.passage)}
            for hit in results.hits
        ],
        "facets": {
            facet.facet: {
                "values": [
                    {"value": each.value, "label": each.label, "articles": each.count, "chosen": each.chosen}
                    for each in facet.values
                ],
                "counted": not facet.late,
                "sampled": facet.sampled,
            }
            for facet in results.facets
        },
        "next": following,
    }


async def search_rows(database: Any, search: SearchQuery) -> list[Row]:
    """The search's articles in its order, from the first page on, at most ROWS_MAX."""
    index = await Index.of(database)
    found = await read_matches(database, search.turned(1), index, columns=_COLUMNS, size=ROWS_MAX)
    return [row | {"authors": json_list(row["authors"])} for row in found.rows[:ROWS_MAX]]
