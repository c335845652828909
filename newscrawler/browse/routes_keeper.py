"""The pages of whoever keeps the archive: how the crawls went, and why a page isn't here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from datasette import Response

from newscrawler.browse.health_page import read_health
from newscrawler.browse.plots_health import health_days
from newscrawler.browse.rendering import missing, page
from newscrawler.browse.room import Room
from newscrawler.browse.run_page import Wanted, read_run
from newscrawler.browse.why_page import read_why

View = Callable[..., Awaitable[Any]]

_URL_MAX: Final = 4000


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of each."""
    return [
        (r"^/-/health$", _health),
        (r"^/-/health/run/(?P<id>[0-9]{1,18})$", _run),
        (r"^/-/why$", _why),
    ]


async def _health(request: Any, datasette: Any) -> Response:
    """`/-/health`."""
    database = await Room(datasette).choose(request)
    context = {"page": await read_health(database), "plot": await health_days(database)}
    return await page(datasette, request, "health", database.name, context)


async def _run(request: Any, datasette: Any) -> Response:
    """`/-/health/run/ID?site=…&outcome=…&after=ADDRESS`."""
    database = await Room(datasette).choose(request)
    site, outcome, after = ((request.args.get(name) or "")[:_URL_MAX] for name in ("site", "outcome", "after"))
    wanted = Wanted(site=site, outcome=outcome, after=after)
    found = await read_run(database, int(request.url_vars["id"]), wanted)
    if found is None:
        return await missing(datasette, request, database.name, "run")
    return await page(datasette, request, "run", database.name, {"page": found, "wanted": wanted})


async def _why(request: Any, datasette: Any) -> Response:
    """`/-/why?url=…`."""
    database = await Room(datasette).choose(request)
    found = await read_why(database, request.args.get("url") or "")
    return await page(datasette, request, "why", database.name, {"page": found})
