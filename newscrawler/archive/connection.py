"""Archive: owns the connection. Opens, checks, migrates, and draws the borders of transactions."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from newscrawler.archive.schema import APPLICATION_ID, migrations
from newscrawler.exits import Refused
from newscrawler.text.search import search_version

_DISK: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES}

_NO_FILES_BESIDE: Final = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


class ArchiveError(Refused):
    """The archive can't be used; the message names the file and the reason. Nothing was changed."""


def cannot_write(error: BaseException | None) -> bool:
    """Whether an error means that the disk or the archive fails: no page is to blame, and going on is useless."""
    if isinstance(error, sqlite3.Error):
        return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError  # full, malformed
    return isinstance(error, OSError) and error.errno in _DISK


class Archive:
    """An open archive. `conn` is in autocommit mode; writing happens inside `transaction()`."""

    def __init__(self, conn: sqlite3.Connection, path: Path, *, immutable: bool = False) -> None:
        """`immutable`: it lies where nothing can be written, and SQLite was told that the file does not change."""
        self.conn = conn
        self.path = path
        self.immutable = immutable

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing. A transaction inside another joins it: there is one commit, the outermost."""
        if self.conn.in_transaction:
            yield self.conn
            return
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            yield self.conn
        except BaseException:
            if self.conn.in_transaction:  # a full disk makes SQLite roll back by itself
                self.conn.execute("ROLLBACK")
            raise
        self.conn.execute("COMMIT")

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in."""
        self.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(path: Path) -> Archive:
    """Open for writing; made if it isn't there, migrated if it is older.

    Raises ArchiveError, and leaves the file as it was, if it is not SQLite, not an archive of ours,
    written by a newer version, or can't be written.
    """
    if path.exists():
        _check(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        conn = _connect(f"{path.resolve().as_uri()}?mode=rwc")
    except (OSError, sqlite3.Error) as why:
        raise ArchiveError(f"{path}: can't be opened for writing: {why}") from why
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA secure_delete = ON")  # a takedown leaves no text in free pages
        conn.execute("PRAGMA synchronous = NORMAL")  # WAL: safe against a killed process, 3 x faster than FULL
        # SQLite's 1,000 pages are filled by 20 articles, whose bands lie all over the file. With 4,000, pages that are
        # written again and again go into the archive once: 2.1 ms for an article became 1.2, the log has 16 MB.
        conn.execute("PRAGMA wal_autocheckpoint = 4000")
        if migrations.missing(conn):
            from sqlite_utils import Database

            migrations.apply(Database(conn))
        conn.execute(
            "INSERT INTO meta (key, value) VALUES ('search_version', ?) ON CONFLICT DO NOTHING",
            [search_version()],
        )
        # Proves that writing works now, not at the first article.
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE meta SET value = value WHERE key = 'search_version'")
        conn.execute("COMMIT")
    except sqlite3.Error as why:
        conn.close()
        raise ArchiveError(f"{path}: can't be written: {why}") from why
    return Archive(conn, path)


def read_archive(path: Path) -> Archive:
    """Open for reading only. Raises ArchiveError if there is none, or it is not ours, newer or older."""
    if not path.exists():
        raise ArchiveError(f"{path}: there is no archive here; `scrapy crawl news` makes one")
    if missing := _check(path):
        whole = missing == migrations.names
        what = (
            "an empty file" if whole else f"written by an older version of newscrawler ({', '.join(missing)} missing)"
        )
        raise ArchiveError(f"{path}: {what}; `scrapy crawl news` makes an archive of it")
    return _open_to_read(path)


def copy_archive(path: Path, to: Path) -> None:
    """A consistent copy, even while a crawl is writing. Raises ArchiveError."""
    try:
        with read_archive(path) as archive, closing(sqlite3.connect(to)) as target:
            archive.conn.backup(target)
    except sqlite3.Error as why:
        raise ArchiveError(f"{path}: can't be copied to {to}: {why}") from why


def _connect(uri: str) -> sqlite3.Connection:
    conn = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
    conn.row_factory = sqlite3.Row
    conn.execute("PRAGMA foreign_keys = ON")
    return conn


def _open_to_read(path: Path) -> Archive:
    """SQLite wants to put files beside a write-ahead archive even to read it. Where it can't (a read-only disk, another
    user's folder) and no log holds newer pages, the file is all there is: it is read as one that does not change.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro"
    conn = _connect(uri)
    try:
        conn.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.Error as why:
        conn.close()
        if getattr(why, "sqlite_errorcode", 0) & 0xFF not in _NO_FILES_BESIDE or _has_log(path):
            raise
        return Archive(_connect(f"{uri}&immutable=1"), path, immutable=True)
    return Archive(conn, path)


def _has_log(path: Path) -> bool:
    log = path.resolve().with_name(path.resolve().name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _check(path: Path) -> list[str]:
    """The names of the migrations it still needs. Raises ArchiveError for a file that isn't ours."""
    if path.is_dir():
        raise ArchiveError(f"{path}: a folder, not a file")
    try:
        with _open_to_read(path) as archive:
            conn = archive.conn
            tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
            ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            if tables and not ours:
                raise ArchiveError(f"{path}: a SQLite file, but not an archive of newscrawler; left untouched")
            missing = migrations.missing(conn)
            newer = sorted(migrations.applied(conn).difference(migrations.names))
    except sqlite3.Error as why:
        raise ArchiveError(f"{path}: can't be read as an archive: {why}") from why
    if newer:
        raise ArchiveError(
            f"{path}: written by a newer version of newscrawler ({', '.join(newer)}); update the program"
        )
    return missing
