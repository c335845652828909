"""Cells of Datasette's own tables: headlines lead to the article's page, addresses are handled with care."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from newscrawler.browse.links import link_html
from newscrawler.browse.room import Room

_ADDRESS_COLUMNS: Final = frozenset({"url", "image_url", "requested_url", "home"})
"""Columns whose values are addresses that others gave us."""

_OURS: Final = _ADDRESS_COLUMNS | {"title"}


def render_cell(*, row: Any, value: Any, column: str, table: str | None, room: Room, database: str) -> Markup | None:
    """The cell as HTML; None leaves it to Datasette, which escapes it, as does that of a database that's no archive.

    Which database it is is asked last: a table of a thousand rows has thousands of cells that are none of ours.
    """
    if not isinstance(value, str) or not value or column not in _OURS or not room.is_archive(database):
        return None
    if column in _ADDRESS_COLUMNS:
        return link_html(value)
    if (article_id := _article_id(row, table)) is not None:
        return Markup('<a href="{}">{}</a>').format(room.article(database, article_id), value)
    return None


def _article_id(row: Any, table: str | None) -> int | None:
    """The article a row speaks of: its own id in `articles`, else its `article_id`, expanded or not."""
    column = "id" if table == "articles" else "article_id"
    if row is None or column not in row.keys():  # noqa: SIM118 (an sqlite3.Row is searched by value)
        return None
    found = row[column]
    found = found["value"] if isinstance(found, dict) else found
    return found if isinstance(found, int) else None
