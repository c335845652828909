"""The pages that lead to articles: outlets, tags, days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from datasette import Response
from datasette.utils import tilde_decode

from newscrawler.browse.calendar_page import read_calendar
from newscrawler.browse.dates import day_of
from newscrawler.browse.day_page import read_day
from newscrawler.browse.listing import Place
from newscrawler.browse.outlet_page import read_outlet
from newscrawler.browse.outlets import read_outlets
from newscrawler.browse.plots import outlet_days, tag_coverage
from newscrawler.browse.plots_outlets import outlets_days
from newscrawler.browse.rendering import missing, page
from newscrawler.browse.room import Room
from newscrawler.browse.tag_page import read_tag
from newscrawler.browse.tags_overview import read_kind, read_tags

View = Callable[..., Awaitable[Any]]

_NAME_MAX: Final = 300
"""Characters of a typed name: longer ones are no names."""


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of each."""
    return [
        (r"^/-/outlets$", _outlets),
        (r"^/-/outlet/(?P<site>[^/]+)$", _outlet),
        (r"^/-/tags$", _tags),
        (r"^/-/tags/(?P<kind>[a-z]+)$", _kind),
        (r"^/-/tag/(?P<id>[0-9]{1,18})$", _tag),
        (r"^/-/days$", _calendar),
        (r"^/-/days/(?P<month>[^/]+)$", _calendar),
        (r"^/-/day/(?P<day>[^/]+)$", _day),
    ]


async def _outlets(request: Any, datasette: Any) -> Response:
    """`/-/outlets`: by country."""
    database = await Room(datasette).choose(request)
    context = {"page": await read_outlets(database), "plot": await outlets_days(database)}
    return await page(datasette, request, "outlets", database.name, context)


async def _outlet(request: Any, datasette: Any) -> Response:
    """`/-/outlet/ID?after=PLACE`."""
    database = await Room(datasette).choose(request)
    site = tilde_decode(request.url_vars["site"])
    found = await read_outlet(database, site, Place.read(request.args.get("after")))
    if found is None:
        return await missing(datasette, request, database.name, "outlet")
    context = {
        "page": found,
        "outlet": found.outlet,
        "plot": outlet_days(site, found.days, country=found.outlet["country"]),
    }
    return await page(datasette, request, "outlet", database.name, context)


async def _tags(request: Any, datasette: Any) -> Response:
    """`/-/tags`: what the newest articles are about, by kind."""
    database = await Room(datasette).choose(request)
    return await page(datasette, request, "tags", database.name, {"kinds": await read_tags(database)})


async def _kind(request: Any, datasette: Any) -> Response:
    """`/-/tags/KIND?begins=…&after=NAME`: every tag of a kind by its name."""
    database = await Room(datasette).choose(request)
    begins, after = ((request.args.get(name) or "").strip()[:_NAME_MAX] for name in ("begins", "after"))
    found = await read_kind(database, request.url_vars["kind"], begins=begins, after=after)
    if found is None:
        return await missing(datasette, request, database.name, "tag")
    return await page(datasette, request, "kind", database.name, {"page": found})


async def _tag(request: Any, datasette: Any) -> Response:
    """`/-/tag/ID?after=PLACE`."""
    database = await Room(datasette).choose(request)
    found = await read_tag(database, int(request.url_vars["id"]), Place.read(request.args.get("after")))
    if found is None:
        return await missing(datasette, request, database.name, "tag")
    context = {"page": found, "tag": found.tag, "plot": tag_coverage(found.tag["id"], found.coverage)}
    return await page(datasette, request, "tag", database.name, context)


async def _calendar(request: Any, datasette: Any) -> Response:
    """`/-/days` and `/-/days/YYYY-MM`."""
    database = await Room(datasette).choose(request)
    found = await read_calendar(database, request.url_vars.get("month"))
    if found is None:
        return await missing(datasette, request, database.name, "day")
    return await page(datasette, request, "calendar", database.name, {"page": found})


async def _day(request: Any, datasette: Any) -> Response:
    """`/-/day/YYYY-MM-DD?site=ID&after=PLACE`."""
    database = await Room(datasette).choose(request)
    day = day_of(request.url_vars["day"])
    if day is None:
        return await missing(datasette, request, database.name, "day")
    site = request.args.get("site") or None
    found = await read_day(database, day, Place.read(request.args.get("after")), site=site)
    return await page(datasette, request, "day", database.name, {"page": found, "site": site})
