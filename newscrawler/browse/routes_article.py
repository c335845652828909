"""An article's page, what can be taken away of it, and how it changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from datasette import Response

from newscrawler.article import as_document
from newscrawler.browse import citation
from newscrawler.browse.article_json import article_record
from newscrawler.browse.article_page import ArticlePage, read_article
from newscrawler.browse.citation import Cited
from newscrawler.browse.cluster_page import read_spread
from newscrawler.browse.facets import language_name
from newscrawler.browse.rendering import data, download, missing, page
from newscrawler.browse.revision_page import read_revision
from newscrawler.browse.room import Room

View = Callable[..., Awaitable[Any]]

_ARTICLE: Final = r"^/-/article/(?:(?P<archive>[^/]+)/)?(?P<id>[0-9]{1,18})"


def routes() -> list[tuple[str, View]]:
    """Regular expression and view of each."""
    return [
        (_ARTICLE + r"$", _page),
        (_ARTICLE + r"\.txt$", _text),
        (_ARTICLE + r"\.json$", _data),
        (_ARTICLE + r"\.bib$", _bibtex),
        (_ARTICLE + r"\.ris$", _ris),
        (_ARTICLE + r"/revisions/(?P<revision>[0-9]{1,18})$", _revision),
    ]


async def _page(request: Any, datasette: Any) -> Response:
    """`/-/article/ID`."""
    database, found = await _read(request, datasette)
    if found is None:
        return await missing(datasette, request, database.name)
    work = _cited(request, datasette, database, found)
    kin = found.copies or found.near or found.original
    spread, names = (await read_spread(database, found.article["id"]) if kin else None) or (None, {})
    context = {
        "page": found,
        "article": found.article,
        "spread": spread,
        "names": names,
        "language_name": language_name,
        "citations": {"ar": citation.arabic(work), "en": citation.latin(work)},
    }
    return await page(datasette, request, "article", database.name, context)


async def _text(request: Any, datasette: Any) -> Response:
    """`/-/article/ID.txt`: section, headline, standfirst and paragraphs, as the export writes them."""
    database, found = await _read(request, datasette)
    if found is None:
        return await missing(datasette, request, database.name)
    row = found.article
    return Response.text(as_document(row["section"], row["title"], row["standfirst"], row["text"]))


async def _data(request: Any, datasette: Any) -> Response:
    """`/-/article/ID.json`: the whole record with copies, tags, related articles, states and capture."""
    _, found = await _read(request, datasette)
    return data(article_record(found)) if found else data({"ok": False, "error": "no such article"}, status=404)


async def _bibtex(request: Any, datasette: Any) -> Response:
    """`/-/article/ID.bib`: for biblatex."""
    database, found = await _read(request, datasette)
    if found is None:
        return await missing(datasette, request, database.name)
    entry = citation.bibtex(_cited(request, datasette, database, found))
    return download(entry, name=f"newscrawler-{found.article['id']}.bib", kind="application/x-bibtex")


async def _ris(request: Any, datasette: Any) -> Response:
    """`/-/article/ID.ris`: for Zotero and its kin."""
    database, found = await _read(request, datasette)
    if found is None:
        return await missing(datasette, request, database.name)
    record = citation.ris(_cited(request, datasette, database, found))
    return download(record, name=f"newscrawler-{found.article['id']}.ris", kind="application/x-research-info-systems")


async def _revision(request: Any, datasette: Any) -> Response:
    """`/-/article/ID/revisions/REVISION`: what changed from that state to the next."""
    database = await Room(datasette).choose(request)
    key = int(request.url_vars["id"]), int(request.url_vars["revision"])
    found = await read_revision(database, *key)
    if found is None:
        return await missing(datasette, request, database.name)
    return await page(datasette, request, "revision", database.name, {"page": found, "article": found.article})


def _cited(request: Any, datasette: Any, database: Any, found: ArticlePage) -> Cited:
    record = datasette.absolute_url(request, Room(datasette).article(database.name, found.article["id"]))
    captured_at = found.capture["fetched_at"] if found.capture else found.article["last_seen_at"]
    return citation.cited(found.article, found.authors, captured_at=captured_at, record=record)


async def _read(request: Any, datasette: Any) -> tuple[Any, ArticlePage | None]:
    database = await Room(datasette).choose(request)
    return database, await read_article(database, int(request.url_vars["id"]))
