"""The addresses of plots: each as a picture in two sizes, and its numbers as CSV and JSON."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, Final

from datasette import Response
from datasette.utils import tilde_decode

from newscrawler.browse.cluster_page import read_spread
from newscrawler.browse.outlet_page import read_days
from newscrawler.browse.plots import Plot, outlet_days, tag_coverage
from newscrawler.browse.plots_drawing import NotDrawn, drawn
from newscrawler.browse.plots_health import health_days
from newscrawler.browse.plots_look import SIZES, STYLE, dressed
from newscrawler.browse.plots_outlets import outlets_days
from newscrawler.browse.plots_spread import spread_plot
from newscrawler.browse.rendering import data, download
from newscrawler.browse.room import Room
from newscrawler.browse.rows import fetch_one
from newscrawler.browse.spreadsheet import as_csv
from newscrawler.browse.tag_page import read_coverage

View = Callable[..., Awaitable[Any]]

_NUMBER_MAX: Final = 18
"""Digits that fit SQLite's integers."""


def routes() -> list[tuple[str, View]]:
    """Regular expression and view."""
    return [(r"^/-/plot/(?P<name>[a-z\-]+)(?:/(?P<key>[^/]+?))?\.(?P<form>svg|csv|json)$", _plot)]


async def _plot(request: Any, datasette: Any) -> Response:
    """`/-/plot/NAME/KEY.svg?size=narrow&lang=en`, `.csv`, `.json`."""
    database = await Room(datasette).choose(request)
    found = await _read(database, request.url_vars["name"], tilde_decode(request.url_vars["key"] or ""))
    form = request.url_vars["form"]
    if found is None or (form != "svg" and not found.rows):
        return Response.text("no such plot", status=404)
    name = f"newscrawler-{found.name}{'-' if found.key.isalnum() else ''}{found.key if found.key.isalnum() else ''}"
    if form == "csv":
        return download(as_csv(found.rows), name=f"{name}.csv", kind="text/csv")
    if form == "json":
        return data({"title": found.title, "summary": found.summary, "rows": found.rows})
    return await _picture(request, found)


async def _picture(request: Any, found: Plot) -> Response:
    """Drawn once for the same numbers; a browser that has it already is told so."""
    size = request.args.get("size")
    specification = found.specification(size if size in SIZES else "wide")
    tag = f'"{hashlib.sha256((_version() + specification).encode("utf-8")).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "content-security-policy": _policy()}
    if tag in (request.headers.get("if-none-match") or ""):
        return Response("", status=304, headers=headers)
    try:
        svg = dressed(await drawn(specification))
    except NotDrawn as why:
        return Response.text(f"no picture: {why}", status=503)
    return Response(svg, headers=headers, content_type="image/svg+xml; charset=utf-8")


async def _read(database: Any, name: str, key: str) -> Plot | None:
    """That plot of that archive. None: there is no such plot, or nothing to draw."""
    number = int(key) if key.isdecimal() and len(key) <= _NUMBER_MAX else None
    if name == "outlet-days":
        outlet = await fetch_one(database, "SELECT country FROM sites WHERE id = :site", {"site": key}) or {}
        return outlet_days(key, await read_days(database, key), country=outlet.get("country"))
    if name == "tag-coverage" and number is not None:
        return tag_coverage(number, await read_coverage(database, number))
    if name == "spread" and number is not None:
        spread = await read_spread(database, number)
        return spread_plot(number, *spread) if spread else None
    if name == "outlets-days" and not key:
        return await outlets_days(database)
    if name == "health-days" and not key:
        return await health_days(database)
    return None


@cache
def _version() -> str:
    """The same numbers may look otherwise with another version of the library."""
    try:
        return importlib.metadata.version("vl-convert-python")
    except importlib.metadata.PackageNotFoundError:
        return ""


@cache
def _policy() -> str:
    """A picture opened by itself runs nothing and loads nothing; its own style sheet is known by its hash."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; sandbox"
