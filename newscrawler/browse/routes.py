"""The addresses of the reading room and what answers them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.utils.asgi import NotFound
from datasette.views.index import IndexView

from newscrawler.browse import (
    routes_article,
    routes_clusters,
    routes_feeds,
    routes_keeper,
    routes_lists,
    routes_plots,
    routes_search,
)
from newscrawler.browse.front import read_front
from newscrawler.browse.rendering import page
from newscrawler.browse.room import Room
from newscrawler.browse.security import ROBOTS

View = Callable[..., Awaitable[Any]]


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of every page; without an open archive they answer as Datasette would."""
    return [
        (r"^/(?P<format>)$", _front),
        *routes_search.routes(),
        *routes_article.routes(),
        *routes_clusters.routes(),
        *routes_lists.routes(),
        *routes_keeper.routes(),
        *routes_feeds.routes(),
        *routes_plots.routes(),
        (r"^/robots\.txt$", _robots),
    ]


async def _front(request: Any, datasette: Any, send: Any) -> Any:
    """`/`: the latest articles; Datasette's own index, which reads the route's `format`, if no archive is open."""
    room = Room(datasette)
    if not room.open:
        return await IndexView.as_view(datasette)(request, send)
    try:
        database = await room.choose(request)
    except NotFound as why:  # Datasette would redirect `/` to itself
        context = {"status": 404, "error": str(why), "title": None}
        return Response.html(await datasette.render_template("error.html", context, request=request), status=404)
    return await page(datasette, request, "front", database.name, {"front": await read_front(database)})


async def _robots(datasette: Any) -> Response:
    """`/robots.txt`: nothing here is for search engines."""
    if not Room(datasette).open:
        raise NotFound("404")
    return Response.text(ROBOTS)
