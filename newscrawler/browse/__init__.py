"""The reading room: a Datasette plugin that turns an opened archive into pages for readers of Arabic.

Hooks only; each calls one of the modules beside it. Databases that aren't archives are left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

import datasette as _datasette
from datasette import handle_exception

from newscrawler.browse import canned, cells, dates, descriptions_en, language, metadata, security, sql_functions, words
from newscrawler.browse.room import Room
from newscrawler.browse.routes import View, routes
from newscrawler.text.lemmas import warm_up

_Hook = TypeVar("_Hook", bound=Callable[..., Any])


def _hook(function: _Hook) -> _Hook:
    """`datasette.hookimpl` is untyped; this keeps the types of what it marks."""
    marked: _Hook = _datasette.hookimpl(function)
    return marked


def _last(function: _Hook) -> _Hook:
    """Called after Datasette's own implementation, to replace what that one set up."""
    marked: _Hook = _datasette.hookimpl(trylast=True)(function)
    return marked


@_last
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Search folds as the index does; SQL knows the newsroom's days."""
    sql_functions.register(conn)


@_hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Templates, error pages included, can ask for the archives, and speak the reader's language."""
    env.globals |= {
        "reading_room": Room(datasette),
        "visit": language.visit,
        "say": words.say,
        "named": words.named,
        "day_name": dates.day_name,
        "month_name": dates.month_name,
        "hijri_day": dates.hijri_day,
        "described": descriptions_en.described,
    }


@_hook
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Descriptions, facets and order for each archive; a metadata file of the user's wins."""
    names = Room(datasette).names
    return {"databases": {name: metadata.archive_metadata() for name in names}} if names else {}


@_hook
def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, Any]]:
    """The questions in queries/, for each archive."""
    if not Room(datasette).is_archive(database):
        return {}
    return {name: dict(query) for name, query in canned.canned_queries().items()}


@_hook
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:  # noqa: PLR0917 (Datasette's names)
    """Headlines as links to the article's page; outlets' addresses as careful links."""
    return cells.render_cell(row=row, value=value, column=column, table=table, room=Room(datasette), database=database)


@_hook
def register_routes() -> list[tuple[str, View]]:
    """The pages of the reading room."""
    return routes()


@_hook
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Security headers on every response, and the language of each page."""
    return lambda app: security.harden(language.listen(app, datasette), datasette)


@_hook
def startup(datasette: Any) -> None:
    """Two habits of Datasette that cost a reader seconds, and for which it has no metadata key.

    Suggested facets try out each column three times: 1.7 of the 1.85 s the table page took with 40,000 articles;
    ours are chosen already. And where rich is installed, as it is with us, every 404 prints a traceback with all
    local variables: 0.6 s during which nobody else is answered.
    """
    if Room(datasette).open:
        datasette._settings["suggest_facets"] = False
        handle_exception.rich = None
        warm_up()  # the first search would wait for the dictionary
