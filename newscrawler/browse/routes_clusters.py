"""The pages of a cluster: how a text spread, as a page and as data, and what one outlet changed in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from datasette import Response

from newscrawler.browse.cluster_data import cluster_csv, cluster_record
from newscrawler.browse.cluster_page import ClusterPage, read_changes, read_cluster
from newscrawler.browse.delays import delay_words
from newscrawler.browse.plots_spread import spread_plot
from newscrawler.browse.rendering import data, download, missing, page
from newscrawler.browse.room import Room

View = Callable[..., Awaitable[Any]]

_CLUSTER: Final = r"^/-/cluster/(?P<id>[0-9]{1,18})"


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of each."""
    return [
        (_CLUSTER + r"$", _page),
        (_CLUSTER + r"\.json$", _data),
        (_CLUSTER + r"\.csv$", _table),
        (_CLUSTER + r"/changes$", _changes),
    ]


async def _page(request: Any, datasette: Any) -> Response:
    """`/-/cluster/ID`: ID is any article of the cluster."""
    database, found = await _read(request, datasette)
    if found is None:
        return await missing(datasette, request, database.name, "cluster")
    context = {"page": found, "spread": found.spread, "names": found.names, "delay_words": delay_words}
    context["plot"] = spread_plot(found.original["id"], found.spread, found.names)
    return await page(datasette, request, "cluster", database.name, context)


async def _data(request: Any, datasette: Any) -> Response:
    """`/-/cluster/ID.json`."""
    _, found = await _read(request, datasette)
    return data(cluster_record(found)) if found else data({"ok": False, "error": "no such article"}, status=404)


async def _table(request: Any, datasette: Any) -> Response:
    """`/-/cluster/ID.csv`: a line for each appearance."""
    database, found = await _read(request, datasette)
    if found is None:
        return await missing(datasette, request, database.name, "cluster")
    return download(cluster_csv(found), name=f"newscrawler-cluster-{found.original['id']}.csv", kind="text/csv")


async def _changes(request: Any, datasette: Any) -> Response:
    """`/-/cluster/ID/changes`: near copy ID beside its original, word by word."""
    database = await Room(datasette).choose(request)
    found = await read_changes(database, int(request.url_vars["id"]))
    if found is None:
        return await missing(datasette, request, database.name, "cluster")
    return await page(datasette, request, "changes", database.name, {"page": found})


async def _read(request: Any, datasette: Any) -> tuple[Any, ClusterPage | None]:
    database = await Room(datasette).choose(request)
    return database, await read_cluster(database, int(request.url_vars["id"]))
