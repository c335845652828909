"""Making the search text of all articles anew after its rules or the dictionary changed.

Works from the stored texts, in batches, each a transaction: it may be killed at any moment, and goes on where it was.
Articles that are stored meanwhile are indexed by today's rules as they come. The caller holds the archive's lock.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Final

from newscrawler.archive.connection import Archive
from newscrawler.text.search import search_text, search_version

BATCH: Final = 500
"""Articles in a transaction: about a second, which is what a kill may cost."""

_UNDER_WAY: Final = "search_reindexing"
"""Row of `meta` while the index is made anew: to which version, and the last article that has been done."""

_NEXT: Final = "SELECT id, title, standfirst, text, search_text FROM articles WHERE id > ? ORDER BY id LIMIT ?"

Progress = Callable[[int, int], None]
"""Called after each batch with the articles done and to do, those of an earlier attempt included."""


def outdated_index(conn: sqlite3.Connection) -> str | None:
    """The version by which the search text was made, if today's is another. None: it is today's."""
    row = conn.execute("SELECT value FROM meta WHERE key = 'search_version'").fetchone()
    return row["value"] if row and row["value"] != search_version() else None


def reindex(archive: Archive, *, progress: Progress | None = None, everything: bool = False) -> int:
    """Bring the search text of all articles up to today's version. Returns how many articles were changed.

    `everything`: look at every article, even where the archive says that it is up to date.
    """
    if not everything and outdated_index(archive.conn) is None:
        return 0
    changed, last = 0, _begun(archive.conn)
    (total,) = archive.conn.execute("SELECT count(*) FROM articles").fetchone()
    (done,) = archive.conn.execute("SELECT count(*) FROM articles WHERE id <= ?", [last]).fetchone()
    while batch := archive.conn.execute(_NEXT, (last, BATCH)).fetchall():
        last = batch[-1]["id"]
        with archive.transaction() as conn:
            changed += sum(_update(conn, row) for row in batch)
            _note(conn, _UNDER_WAY, json.dumps({"version": search_version(), "done_to": last}))
        done += len(batch)
        if progress is not None:
            progress(done, total)
    with archive.transaction() as conn:
        _note(conn, "search_version", search_version())
        conn.execute("DELETE FROM meta WHERE key = ?", [_UNDER_WAY])
    return changed


def _update(conn: sqlite3.Connection, row: sqlite3.Row) -> bool:
    searched = search_text(row["title"], row["standfirst"] or "", row["text"])
    if searched == row["search_text"]:
        return False
    conn.execute("UPDATE articles SET search_text = ? WHERE id = ?", (searched, row["id"]))
    return True


def _begun(conn: sqlite3.Connection) -> int:
    """The last article that an interrupted attempt has done; 0 if there was none, or to another version."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", [_UNDER_WAY]).fetchone()
    if row is None:
        return 0
    noted: dict[str, int | str] = json.loads(row["value"])
    return int(noted["done_to"]) if noted["version"] == search_version() else 0


def _note(conn: sqlite3.Connection, key: str, value: str) -> None:
    conn.execute("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = ?", (key, value, value))
