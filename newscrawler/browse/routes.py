"""The addresses of the reading room and what answers them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from datasette import Response
from datasette.utils.asgi import NotFound
from datasette.views.index import IndexView

from newscrawler.article import as_document
from newscrawler.browse.article_json import article_record
from newscrawler.browse.article_page import ArticlePage, read_article
from newscrawler.browse.facets import language_name
from newscrawler.browse.front import read_front
from newscrawler.browse.links import readable, safe_link
from newscrawler.browse.revision_page import read_revision
from newscrawler.browse.room import Room
from newscrawler.browse.search import run_search
from newscrawler.browse.search_query import SearchQuery
from newscrawler.browse.security import ROBOTS, policy

View = Callable[..., Awaitable[Any]]

_ARTICLE: Final = r"^/-/article/(?:(?P<archive>[^/]+)/)?(?P<id>[0-9]{1,18})"


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of every page; without an open archive they answer as Datasette would."""
    return [
        (r"^/(?P<format>)$", _front),
        (r"^/-/search$", _search),
        (_ARTICLE + r"$", _article_page),
        (_ARTICLE + r"\.txt$", _article_text),
        (_ARTICLE + r"\.json$", _article_data),
        (_ARTICLE + r"/revisions/(?P<revision>[0-9]{1,18})$", _revision),
        (r"^/robots\.txt$", _robots),
    ]


async def _front(request: Any, datasette: Any, send: Any) -> Any:
    """`/`: the latest articles; Datasette's own index, which reads the route's `format`, if no archive is open."""
    room = Room(datasette)
    if not room.open:
        return await IndexView.as_view(datasette)(request, send)
    database = await room.choose(request)
    return await _page(datasette, request, "front", database.name, {"front": await read_front(database)})


async def _search(request: Any, datasette: Any) -> Response:
    """`/-/search?q=…&site=…&section=…&language=…&day=…&tag=…&order=new&page=2`."""
    database = await Room(datasette).choose(request)
    asked = SearchQuery.read(request.args)
    context = {"search": asked, "results": await run_search(database, asked)}
    return await _page(datasette, request, "search", database.name, context)


async def _article_page(request: Any, datasette: Any) -> Response:
    """`/-/article/ID`."""
    database, page = await _read(request, datasette)
    if page is None:
        return await _missing(datasette, request, database.name)
    context = {"page": page, "article": page.article, "language_name": language_name}
    return await _page(datasette, request, "article", database.name, context)


async def _article_text(request: Any, datasette: Any) -> Response:
    """`/-/article/ID.txt`: section, headline, standfirst and paragraphs, as the export writes them."""
    database, page = await _read(request, datasette)
    if page is None:
        return await _missing(datasette, request, database.name)
    row = page.article
    return Response.text(as_document(row["section"], row["title"], row["standfirst"], row["text"]))


async def _article_data(request: Any, datasette: Any) -> Response:
    """`/-/article/ID.json`: the whole record with copies, tags, related articles, states and capture."""
    _, page = await _read(request, datasette)
    record = article_record(page) if page else {"ok": False, "error": "no such article"}
    body = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    return Response(body, status=200 if page else 404, content_type="application/json; charset=utf-8")


async def _revision(request: Any, datasette: Any) -> Response:
    """`/-/article/ID/revisions/REVISION`: what changed from that state to the next."""
    database = await Room(datasette).choose(request)
    key = int(request.url_vars["id"]), int(request.url_vars["revision"])
    page = await read_revision(database, *key)
    if page is None:
        return await _missing(datasette, request, database.name)
    return await _page(datasette, request, "revision", database.name, {"page": page, "article": page.article})


async def _robots(datasette: Any) -> Response:
    """`/robots.txt`: nothing here is for search engines."""
    if not Room(datasette).open:
        raise NotFound("404")
    return Response.text(ROBOTS)


async def _read(request: Any, datasette: Any) -> tuple[Any, ArticlePage | None]:
    database = await Room(datasette).choose(request)
    return database, await read_article(database, int(request.url_vars["id"]))


async def _missing(datasette: Any, request: Any, database: str) -> Response:
    """A page of our own, because Datasette prints a traceback for every NotFound."""
    response = await _page(datasette, request, "missing", database, {})
    response.status = 404
    return response


async def _page(datasette: Any, request: Any, name: str, database: str, context: dict[str, Any]) -> Response:
    """One of our pages, under the stricter of the two policies."""
    own = {"database": database, "own_page": name, "safe_link": safe_link, "readable": readable}
    html = await datasette.render_template(
        f"reading/{name}.html", own | context, request=request, view_name=f"newscrawler-{name}"
    )
    return Response.html(html, headers={"content-security-policy": policy(own_page=True)})
