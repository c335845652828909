"""The addresses of a search: the page, and the same as JSON and CSV."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response

from newscrawler.browse.rendering import data, download, page
from newscrawler.browse.room import Room
from newscrawler.browse.search import run_search
from newscrawler.browse.search_data import search_record, search_rows
from newscrawler.browse.search_notes import complaint, period_label, quick_periods
from newscrawler.browse.search_query import SearchQuery
from newscrawler.browse.spreadsheet import as_csv

View = Callable[..., Awaitable[Any]]


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of each."""
    return [(r"^/-/search$", _search), (r"^/-/search\.json$", _json), (r"^/-/search\.csv$", _csv)]


async def _search(request: Any, datasette: Any) -> Response:
    """`/-/search?q=…&site=…&country=…&topic=…&from=…&to=…&order=new&page=2`; every FACET is a parameter."""
    database = await Room(datasette).choose(request)
    search = SearchQuery.read(request.args)
    context = {
        "search": search,
        "results": await run_search(database, search),
        "complaints": [complaint(ignored) for ignored in search.ignored],
        "period": period_label(search),
        "quick_periods": await quick_periods(database, search),
    }
    return await page(datasette, request, "search", database.name, context)


async def _json(request: Any, datasette: Any) -> Response:
    """`/-/search.json?…`: one page of results, and the counts beside them."""
    room = Room(datasette)
    database = await room.choose(request)
    search = SearchQuery.read(request.args)
    if search.ignored:
        error = " ".join(map(complaint, search.ignored))
        return data({"ok": False, "error": error, "status": 400}, status=400)
    results = await run_search(database, search)
    following = room.page("/-/search.json", database.name, *search.turned(search.page + 1).pairs())
    return data({"ok": True} | search_record(search, results, following if results.more else None))


async def _csv(request: Any, datasette: Any) -> Response:
    """`/-/search.csv?…`: its first thousand articles."""
    database = await Room(datasette).choose(request)
    search = SearchQuery.read(request.args)
    if search.ignored:
        return Response.text("\n".join(map(complaint, search.ignored)), status=400)
    return download(as_csv(await search_rows(database, search)), name="search.csv", kind="text/csv")
