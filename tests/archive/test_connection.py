"""Opening, refusing, migrating, and the borders of transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from newscrawler.archive import Archive, ArchiveError, cannot_write, open_archive, read_archive
from newscrawler.archive.connection import copy_archive
from newscrawler.archive.schema import APPLICATION_ID, migrations
from support.archives import an_archive, column, read_only


class Stop(Exception):
    """Raised in mid-transaction."""


def tables(archive: Archive) -> set[str]:
    return set(column(archive, "SELECT name FROM sqlite_master WHERE type = 'table'"))


def test_opening_makes_the_archive_and_the_folders_above_it(tmp_path: Path) -> None:
    """A user names a path; everything else is made."""
    with open_archive(tmp_path / "deep" / "folder" / "archive.db") as archive:
        assert {"articles", "frontier", "outcomes", "captures", "articles_fts"} <= tables(archive)
        assert archive.conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert archive.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert archive.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """An archive that is up to date is not migrated twice."""
    path = tmp_path / "archive.db"
    open_archive(path).close()
    before = path.read_bytes()
    open_archive(path).close()
    assert path.read_bytes() == before


def test_an_older_archive_is_brought_up_to_date(tmp_path: Path) -> None:
    """What was archived with an older version stays readable, and gets the newer tables."""
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as conn:
        migrations.apply(Database(conn), stop_before="m0003_signatures_for_near_copies")
        conn.execute("INSERT INTO tags (kind, name) VALUES ('topic', 'اقتصاد')")
        conn.commit()
    with pytest.raises(ArchiveError, match="older version"):
        read_archive(path)
    with open_archive(path) as archive:
        assert "signatures" in tables(archive)
        assert column(archive, "SELECT name FROM tags") == ["اقتصاد"]
    read_archive(path).close()


def not_sqlite(path: Path) -> None:
    path.write_bytes("هذا ملف نصي وليس أرشيفا\n".encode() * 100)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE accounts (owner TEXT)")
        conn.commit()


def newer(path: Path) -> None:
    open_archive(path).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(
            """INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
               VALUES ('newscrawler', 'm9999_later', 'x')"""
        )
        conn.commit()


def cut_off(path: Path) -> None:
    open_archive(path).close()
    os.truncate(path, 5000)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (not_sqlite, "not a database"),
        (foreign, "not an archive"),
        (newer, "newer version.*m9999"),
        (cut_off, "malformed"),
    ],
)
@pytest.mark.parametrize("open_it", [open_archive, read_archive])
def test_what_is_not_our_archive_is_refused_and_left_alone(
    make: object, says: str, open_it: object, tmp_path: Path
) -> None:
    """A wrong path must never destroy somebody's file: not a byte of it changes."""
    path = tmp_path / "file.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=says) as refused:
        open_it(path)  # type: ignore[operator]
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_an_archive_but_is_none_yet(tmp_path: Path) -> None:
    """`touch archive.db` does no harm; but there is nothing to read in it."""
    path = tmp_path / "archive.db"
    path.touch()
    with pytest.raises(ArchiveError, match="an empty file"):
        read_archive(path)
    open_archive(path).close()
    read_archive(path).close()


@pytest.mark.parametrize("open_it", [open_archive, read_archive])
def test_a_folder_is_no_archive(open_it: object, tmp_path: Path) -> None:
    """The message says what stands at the path."""
    with pytest.raises(ArchiveError, match="a folder"):
        open_it(tmp_path)  # type: ignore[operator]


def test_reading_where_there_is_nothing_makes_nothing(tmp_path: Path) -> None:
    """A report on a mistyped path must not make an empty archive there."""
    with pytest.raises(ArchiveError, match="no archive here"):
        read_archive(tmp_path / "mistyped.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Here a file stands where a folder should be: that binds even root."""
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="can't be opened for writing"):
        open_archive(tmp_path / "file" / "archive.db")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which even root can't make files")
def test_a_folder_in_which_no_file_can_be_made_is_named() -> None:
    """The operating system's refusal becomes a sentence."""
    with pytest.raises(ArchiveError, match="can't be opened for writing"):
        open_archive(Path("/proc/archive.db"))


@pytest.mark.skipif(os.geteuid() == 0, reason="file permissions do not bind root")
def test_a_read_only_file_is_refused_before_the_first_page(tmp_path: Path) -> None:
    """Writing is tried when the archive is opened, not at the first article."""
    path = tmp_path / "archive.db"
    open_archive(path).close()
    path.chmod(0o400)
    with pytest.raises(ArchiveError, match="can't be"):
        open_archive(path)


def test_an_archive_on_a_read_only_disk_can_be_read(tmp_path: Path) -> None:
    """SQLite would put files beside it; where it can't, the archive is read as one that doesn't change."""
    with an_archive(tmp_path / "archive.db"):
        pass
    with read_only(tmp_path / "archive.db") as folder:
        path = folder / "archive.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn, pytest.raises(sqlite3.Error):
            conn.execute("SELECT id FROM sites")  # else this test proves nothing
        with read_archive(path) as archive:
            assert archive.immutable
            assert column(archive, "SELECT id FROM sites ORDER BY id") == ["alpha", "beta"]
        assert [file.name for file in folder.iterdir()] == ["archive.db"]


def test_a_log_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    """What a killed crawl left in the write-ahead log belongs to the archive: without it the pages would be old."""
    path, log = tmp_path / "archive.db", tmp_path / "archive.db-wal"
    open_archive(path).close()
    with an_archive(path):
        assert log.stat().st_size
        with read_only(path, log) as folder, pytest.raises(ArchiveError, match="can't be read"):
            read_archive(folder / "archive.db")
        log_without_pages = tmp_path / "empty" / "archive.db-wal"
        log_without_pages.parent.mkdir()
        log_without_pages.touch()
    with read_only(path, log_without_pages) as folder, read_archive(folder / "archive.db") as archive:
        assert column(archive, "SELECT id FROM sites ORDER BY id") == ["alpha", "beta"]


def test_a_reader_cannot_write(archive: Archive) -> None:
    """Reports and the reading room never change what they show."""
    with read_archive(archive.path) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.conn.execute("DELETE FROM sites")


def test_a_transaction_is_all_or_nothing(archive: Archive) -> None:
    """Whatever is raised inside, nothing of it is kept; the error goes on."""
    with pytest.raises(Stop), archive.transaction() as conn:
        conn.execute("INSERT INTO tags (kind, name) VALUES ('topic', 'ضائع')")
        raise Stop
    assert column(archive, "SELECT name FROM tags") == []
    with archive.transaction() as conn:
        conn.execute("INSERT INTO tags (kind, name) VALUES ('topic', 'باق')")
    assert column(archive, "SELECT name FROM tags") == ["باق"]


def test_a_transaction_inside_another_joins_it(archive: Archive) -> None:
    """There is one commit, the outermost: an inner block that went well is undone with the outer one."""
    with pytest.raises(Stop), archive.transaction() as conn:
        with archive.transaction() as inner:
            inner.execute("INSERT INTO tags (kind, name) VALUES ('topic', 'ضائع')")
        assert archive.conn.in_transaction
        conn.execute("INSERT INTO tags (kind, name) VALUES ('topic', 'ضائع أيضا')")
        raise Stop
    assert column(archive, "SELECT name FROM tags") == []


def test_an_error_after_sqlite_rolled_back_by_itself_is_the_one_that_is_seen(archive: Archive) -> None:
    """On a full disk SQLite ends the transaction; our own rollback must not hide why."""
    with pytest.raises(Stop), archive.transaction() as conn:
        conn.execute("ROLLBACK")
        raise Stop
    assert not archive.conn.in_transaction


def test_a_copy_is_whole_while_the_original_is_open(archive: Archive, tmp_path: Path) -> None:
    """A dry run works on a copy that nobody's writing disturbs."""
    copy_archive(archive.path, tmp_path / "copy.db")
    with read_archive(tmp_path / "copy.db") as copy:
        assert column(copy, "SELECT id FROM sites ORDER BY id") == ["alpha", "beta"]


def test_a_copy_that_cannot_be_written_is_an_archive_error(archive: Archive, tmp_path: Path) -> None:
    """The message names both places."""
    with pytest.raises(ArchiveError, match="can't be copied"):
        copy_archive(archive.path, tmp_path)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (OSError(28, "No space left on device"), True),
        (OSError(27, "File too large"), True),
        (sqlite3.OperationalError("database or disk is full"), True),
        (sqlite3.DatabaseError("database disk image is malformed"), True),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), False),
        (FileNotFoundError(2, "No such file"), False),
        (ConnectionResetError(104, "reset"), False),
        (ValueError("a page's fault"), False),
        (None, False),
    ],
)
def test_only_a_failing_disk_stops_the_crawl(error: BaseException | None, verdict: bool) -> None:
    """An error of one page costs that page; an error of the disk costs every page."""
    assert cannot_write(error) is verdict
