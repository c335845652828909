"""The log is folded in by a thread, while the crawl goes on writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.archive import Archive, checkpoints
from newscrawler.archive.checkpoints import finish, fold_in, is_due, leave_log_to_us
from support.archives import an_archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Whose log is left to us."""
    with an_archive(tmp_path / "archive.db") as opened:
        leave_log_to_us(opened)
        yield opened


def log_of(archive: Archive) -> Path:
    return archive.path.with_name("archive.db-wal")


def write(archive: Archive, megabytes: int) -> None:
    for _ in range(megabytes):
        with archive.transaction() as conn:
            conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('ballast', hex(randomblob(500000)))")


def test_the_log_is_due_once_it_is_large(archive: Archive) -> None:
    """And not before; an archive without a log has none to fold in."""
    write(archive, 1)
    assert not is_due(archive)
    write(archive, 20)
    assert is_due(archive)
    assert not is_due(Archive(archive.conn, archive.path.with_name("other.db")))


def test_folded_in_the_log_begins_anew(archive: Archive) -> None:
    """However long the crawl goes on, it has the size of what was written between two looks."""
    write(archive, 20)
    size = log_of(archive).stat().st_size
    for _ in range(3):
        fold_in(archive.path)
        finish(archive)
        write(archive, 15)
    assert log_of(archive).stat().st_size <= size


def test_no_commit_folds_in_sixteen_megabytes_by_itself(archive: Archive) -> None:
    """That is what made the loop wait for the disk; only a log ten times as large is taken care of there."""
    before = archive.path.stat().st_size
    write(archive, 20)
    assert archive.path.stat().st_size == before
    assert archive.conn.execute("PRAGMA wal_autocheckpoint").fetchone()[0] * 4096 > 5 * checkpoints.LOG_MAX


def test_a_writer_in_the_middle_of_its_work_is_not_disturbed(archive: Archive) -> None:
    """What isn't committed stays uncommitted; what was committed is there."""
    write(archive, 17)
    with archive.transaction() as conn:
        conn.execute("INSERT INTO meta (key, value) VALUES ('open', '1')")
        fold_in(archive.path)
    assert archive.conn.execute("SELECT count(*) FROM meta WHERE key IN ('open', 'ballast')").fetchone()[0] == 2
