"""The addresses of the feeds; an unchanged feed is answered with 304."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from datasette import Response
from datasette.utils import tilde_decode

from newscrawler.browse.atom import Feed, as_atom
from newscrawler.browse.feed_page import ALL, of_outlet, of_search, of_tag, read_entries, updated
from newscrawler.browse.listing import Selection
from newscrawler.browse.rendering import missing
from newscrawler.browse.room import Room
from newscrawler.browse.rows import Row, fetch_one
from newscrawler.browse.search_notes import complaint
from newscrawler.browse.search_query import SearchQuery

View = Callable[..., Awaitable[Any]]

_TITLE = "أرشيف الصحافة العربية"


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of each."""
    return [
        (r"^/-/feed/all\.atom$", _all),
        (r"^/-/feed/outlet/(?P<site>[^/]+)\.atom$", _outlet),
        (r"^/-/feed/tag/(?P<id>[0-9]{1,18})\.atom$", _tag),
        (r"^/-/feed/search\.atom$", _search),
    ]


async def _all(request: Any, datasette: Any) -> Response:
    """`/-/feed/all.atom`."""
    room = Room(datasette)
    database = await room.choose(request)
    link = room.page("/", database.name)
    return await _feed(request, datasette, database, ALL, name="all", title=_TITLE, link=link)


async def _outlet(request: Any, datasette: Any) -> Response:
    """`/-/feed/outlet/ID.atom`."""
    room = Room(datasette)
    database = await room.choose(request)
    site = tilde_decode(request.url_vars["site"])
    row = await fetch_one(database, "SELECT name FROM sites WHERE id = :site", {"site": site})
    if row is None:
        return await missing(datasette, request, database.name, "outlet")
    link, title = room.outlet(database.name, site), f"{row['name']} · {_TITLE}"
    return await _feed(request, datasette, database, of_outlet(site), name=f"outlet/{site}", title=title, link=link)


async def _tag(request: Any, datasette: Any) -> Response:
    """`/-/feed/tag/ID.atom`; its id is made of the tag's name, which stays when an archive is built anew."""
    room = Room(datasette)
    database = await room.choose(request)
    tag_id = int(request.url_vars["id"])
    row = await fetch_one(database, "SELECT kind, name FROM tags WHERE id = :tag", {"tag": tag_id})
    if row is None:
        return await missing(datasette, request, database.name, "tag")
    link, title = room.page(f"/-/tag/{tag_id}", database.name), f"{row['name']} · {_TITLE}"
    name = f"tag/{row['kind']}/{row['name']}"
    return await _feed(request, datasette, database, of_tag(tag_id), name=name, title=title, link=link)


async def _search(request: Any, datasette: Any) -> Response:
    """`/-/feed/search.atom?q=…` with the same filters as the search page. 400 for one that makes no sense: who follows
    a search should not be sent the news of another.
    """
    room = Room(datasette)
    database = await room.choose(request)
    search = SearchQuery.read(request.args).turned(1)
    if search.ignored:
        return Response.text("\n".join(map(complaint, search.ignored)), status=400)
    pairs = search.pairs()
    title = f"«{search.typed}» · {_TITLE}" if search.typed else _TITLE
    link, name = room.page("/-/search", database.name, *pairs), f"search?{urlencode(pairs)}"
    return await _feed(request, datasette, database, of_search(search), name=name, title=title, link=link)


async def _feed(
    request: Any, datasette: Any, database: Any, selection: Selection, *, name: str, title: str, link: str
) -> Response:
    room = Room(datasette)

    def address(row: Row) -> str:
        return str(datasette.absolute_url(request, room.article(database.name, row["id"])))

    entries = await read_entries(database, selection, address)
    body = as_atom(
        Feed(
            name=name,
            title=title,
            link=datasette.absolute_url(request, link),
            itself=datasette.absolute_url(request, request.full_path),
            updated=updated(entries),
            entries=entries,
        )
    )
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "no-cache"}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if etag in known or "*" in known:
        return Response("", status=304, headers=headers, content_type="application/atom+xml; charset=utf-8")
    return Response(body, headers=headers, content_type="application/atom+xml; charset=utf-8")
