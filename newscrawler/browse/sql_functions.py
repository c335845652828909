"""SQL functions on the connections to an archive: search folds as the index does, days are the newsroom's."""

from __future__ import annotations

import sqlite3
from typing import Final

from newscrawler.browse.archives import holds_archive
from newscrawler.browse.outcome_names import outcome_meaning
from newscrawler.text.search import match_query
from newscrawler.times import newsroom_day
from newscrawler.urls import BadUrl, canonical

_VALUE_MAX: Final = 64 << 20
"""Bytes of one value. SQLite would make one of a gigabyte for whoever asks for `randomblob(999999999)`, in less than
the time limit. A whole page may have 10 million (DOWNLOAD_MAXSIZE)."""


def register(conn: sqlite3.Connection) -> None:
    """Adds the functions and the limit if the connection's database is an archive; else leaves it alone."""
    if not holds_archive(conn):
        return
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VALUE_MAX)
    conn.create_function("escape_fts", 1, typed_match, deterministic=True)
    conn.create_function("newsroom_day", 2, newsroom_day, deterministic=True)
    conn.create_function("canonical_url", 1, canonical_or_same, deterministic=True)
    conn.create_function("outcome_meaning", 1, outcome_meaning, deterministic=True)


def typed_match(typed: object) -> str:
    """What Datasette's search box runs: the FTS5 expression for what somebody typed; valid for any value."""
    return match_query("" if typed is None else str(typed))


def canonical_or_same(url: str | None) -> str | None:
    """The archive's spelling of an address; what isn't an address comes back as it is."""
    try:
        return canonical(url) if url else url
    except BadUrl:
        return url
