"""Reading rows for a page: a part of the page whose table is missing or whose query is slow stays empty."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette.database import QueryInterrupted

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query gave."""

    rows: list[Row]
    """In the query's order; empty if nothing was found, or if `late`."""
    late: bool = False
    """Whether the query was cut off because it took too long."""


async def fetch(
    database: Any, sql: str, params: Mapping[str, Any] | None = None, *, limit_ms: int | None = None
) -> Found:
    """Rows of one part of a page; none where the archive is older than that part and lacks its table.

    `limit_ms` is the time the query may take; None: Datasette's `sql_time_limit_ms`.
    Raises sqlite3.OperationalError for anything but a missing table or column.
    """
    try:
        results = await database.execute(sql, params, custom_time_limit=limit_ms, log_sql_errors=False)
    except QueryInterrupted:
        return Found([], late=True)
    except sqlite3.OperationalError as why:
        if str(why).startswith(("no such table", "no such column")):
            return Found([])
        raise
    return Found([dict(row) for row in results.rows])


async def fetch_one(database: Any, sql: str, params: Mapping[str, Any] | None = None) -> Row | None:
    """The first row, or None."""
    found = await fetch(database, sql, params)
    return found.rows[0] if found.rows else None


def json_list(stored: str | None) -> list[str]:
    """The strings of a stored JSON array; empty if it isn't one."""
    value = _json(stored)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def json_object(stored: str | None) -> Row:
    """A stored JSON object; empty if it isn't one."""
    value = _json(stored)
    return value if isinstance(value, dict) else {}


def _json(stored: str | None) -> Any:
    try:
        return json.loads(stored or "null")
    except (ValueError, RecursionError):
        return None
