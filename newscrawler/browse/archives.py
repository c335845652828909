"""Which of the databases Datasette has opened are archives of ours. Everything else is left alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from newscrawler.archive.schema import APPLICATION_ID, migrations

_ARTICLE_COLUMNS: Final = frozenset(
    [
        "id",
        "url",
        "site",
        "section",
        "title",
        "standfirst",
        "text",
        "authors",
        "agency",
        "published_at",
        "language",
        "words",
        "original_id",
        "state",
        "capture_id",
        "provenance",
        "search_text",
    ]
)
"""What the reading room reads of `articles`: a foreign table of that name lacks some of them."""

_FOUND: Final[dict[str, bool]] = {}
"""Path with what its files looked like → whether it is an archive. An archive stays one, so the key of a
positive answer is the path and inode alone."""

_UP_TO_DATE: Final[dict[str, bool]] = {}
"""Likewise → whether every migration of this version was applied."""


def holds_archive(conn: sqlite3.Connection) -> bool:
    """Whether the connection's database is an archive.

    Its `application_id` is ours, or 0 where a dump was read back in, and `articles` has our columns.
    """
    try:
        (application_id,) = conn.execute("PRAGMA application_id").fetchone()
        columns = {row[1] for row in conn.execute("PRAGMA table_info(articles)")}
    except sqlite3.DatabaseError:  # not a database, locked, or damaged: whatever it is, it isn't readable
        return False
    return application_id in (APPLICATION_ID, 0) and columns >= _ARTICLE_COLUMNS


def is_archive(database: Any) -> bool:
    """Whether a `datasette.database.Database` is an archive; asks the file once, again only if it changed."""
    return _asked(database, _FOUND, holds_archive)


def is_behind(database: Any) -> bool:
    """Whether an archive lacks migrations of this version: parts of its pages are then missing."""
    return not _asked(database, _UP_TO_DATE, _is_up_to_date)


def archives(datasette: Any) -> list[str]:
    """The names of the opened archives, in the order of the command line."""
    return [name for name, database in datasette.databases.items() if is_archive(database)]


def _asked(database: Any, answers: dict[str, bool], question: Callable[[sqlite3.Connection], bool]) -> bool:
    """The answer of the database's file; what it once affirmed stays true."""
    if not database.path:
        return False
    try:
        here = os.stat(database.path)  # noqa: PTH116 (asked for each link of a page: a Path takes three times as long)
    except OSError:
        return False
    known = f"{database.path}:{here.st_ino}"
    if answers.get(known):
        return True
    path = Path(database.path)
    seen = f"{known}:{here.st_size}:{here.st_mtime_ns}:{_size(path.with_name(path.name + '-wal'))}"
    if seen not in answers:
        answers[seen] = _look(path, question, immutable=not database.is_mutable)
        if answers[seen]:
            answers[known] = True
    return answers[seen]


def _is_up_to_date(conn: sqlite3.Connection) -> bool:
    try:
        return not migrations.missing(conn)
    except sqlite3.DatabaseError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _look(path: Path, question: Callable[[sqlite3.Connection], bool], *, immutable: bool) -> bool:
    mode = "immutable=1" if immutable else "mode=ro"
    try:
        conn = sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True)
    except sqlite3.Error:
        return False
    try:
        return question(conn)
    finally:
        conn.close()
