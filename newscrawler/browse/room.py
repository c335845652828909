"""Room: the opened archives as the pages and templates see them, with the addresses of the pages."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import Forbidden, NotFound

from newscrawler.browse.archives import archives, is_archive, is_behind

STATIC: Final = "newscrawler"
"""The name under which Datasette serves our static files: the distribution's."""

_LONG_COLUMNS: Final[dict[str, frozenset[str]]] = {
    "articles": frozenset(
        [
            "url",
            "standfirst",
            "text",
            "authors",
            "published_raw",
            "published_from",
            "modified_at",
            "image_url",
            "keywords",
            "mentions",
            "tagged_with",
            "words",
            "first_seen_at",
            "last_seen_at",
            "changed_at",
            "capture_id",
            "extractor",
            "provenance",
            "content_hash",
            "search_text",
        ]
    ),
    "revisions": frozenset({"standfirst", "text", "content_hash"}),
}
"""Columns that a table's page leaves out until they are asked for: what remains fits a screen."""


class Room:
    """One Datasette instance with the archives it has open."""

    def __init__(self, datasette: Any) -> None:
        self._datasette = datasette

    @property
    def names(self) -> list[str]:
        """The names of the opened archives."""
        return archives(self._datasette)

    @property
    def route_names(self) -> frozenset[str]:
        """What the addresses of Datasette's own pages of the archives begin with."""
        databases = self._datasette.databases
        return frozenset(tilde_encode(databases[name].route or name) for name in self.names)

    @property
    def open(self) -> bool:
        """Whether there is an archive at all. If not, Datasette looks and behaves as without the plugin."""
        return bool(self.names)

    @property
    def behind(self) -> list[str]:
        """The names of the opened archives that an older version wrote: parts of their pages are missing."""
        return [name for name in self.names if is_behind(self._datasette.databases[name])]

    def is_archive(self, name: str | None) -> bool:
        """Whether the database of that name is an archive."""
        database = self._datasette.databases.get(name)
        return database is not None and is_archive(database)

    async def choose(self, request: Any) -> Any:
        """The database a request is about: the one it names (`archive` in path or query), else the first.

        Raises NotFound if there is no such archive, Forbidden if the reader may not see it.
        """
        wanted = tilde_decode(request.url_vars.get("archive") or "") or request.args.get("archive")
        names = [name for name in self.names if wanted in (None, "", name)]
        for name in names:
            visible, _ = await self._datasette.check_visibility(
                request.actor,
                permissions=[("view-table", (name, "articles")), ("view-database", name), "view-instance"],
            )
            if visible:
                return self._datasette.get_database(name)
        if names:
            raise Forbidden("view-table")
        raise NotFound("لا يوجد أرشيف بهذا الاسم.")

    @staticmethod
    def long_columns(table: str) -> frozenset[str]:
        """Columns the page of that table shows only on request."""
        return _LONG_COLUMNS.get(table, frozenset())

    def page(self, path: str, database: str | None, *query: tuple[str, str]) -> str:
        """The address of one of our pages; names the archive only where several are open."""
        pairs = [pair for pair in query if pair[1] != ""]
        if database and len(self.names) > 1:
            pairs.append(("archive", database))
        return str(self._datasette.urls.path(path)) + (f"?{urlencode(pairs)}" if pairs else "")

    def article(self, database: str, article_id: int | str, suffix: str = "") -> str:
        """The address of an article's page; `suffix` is "", ".txt", ".json" or "/revisions/ID"."""
        middle = f"{tilde_encode(database)}/" if len(self.names) > 1 else ""
        return str(self._datasette.urls.path(f"/-/article/{middle}{article_id}{suffix}"))

    def outlet(self, database: str | None, site: str, *query: tuple[str, str]) -> str:
        """The address of an outlet's page, whatever stands in its id."""
        return self.page(f"/-/outlet/{tilde_encode(site)}", database, *query)

    def feed(self, kind: str, database: str | None, name: str = "", *query: tuple[str, str]) -> str:
        """The address of a feed; `kind` is "all", "outlet", "tag" or "search", `name` the id of outlet or tag."""
        return self.page(f"/-/feed/{kind}{'/' if name else ''}{tilde_encode(name)}.atom", database, *query)

    def static(self, name: str) -> str:
        """The address of one of our static files."""
        return str(self._datasette.urls.static_plugins(STATIC, name))
