"""Migrations: what an archive still needs is known without the library that carries it out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from newscrawler.archive.migrating import Migrations


@pytest.fixture
def db() -> Iterator[Database]:
    """An empty file."""
    db = Database(sqlite3.connect(":memory:"))
    yield db
    db.close()


@pytest.fixture
def steps() -> Migrations:
    """Two of them."""
    steps = Migrations("ours")

    @steps()
    def m0001_papers(db: Database) -> None:
        db.execute("CREATE TABLE papers (name TEXT)")

    @steps()
    def m0002_editors(db: Database) -> None:
        db.execute("CREATE TABLE editors (name TEXT)")

    return steps


def test_an_empty_file_needs_every_step(db: Database, steps: Migrations) -> None:
    """In order."""
    assert steps.missing(db.conn) == steps.names == ["m0001_papers", "m0002_editors"]
    assert steps.applied(db.conn) == set()


def test_what_was_carried_out_is_not_missing(db: Database, steps: Migrations) -> None:
    """A file that stopped half-way goes on from there, and does nothing twice."""
    steps.apply(db, stop_before="m0002_editors")
    assert steps.missing(db.conn) == ["m0002_editors"]
    steps.apply(db)
    assert steps.missing(db.conn) == []
    assert {"papers", "editors"} <= set(db.table_names())


def test_a_step_of_a_newer_version_is_seen(db: Database, steps: Migrations) -> None:
    """It isn't missing here, but it was applied: the archive is another version's."""
    steps.apply(db)
    db["_sqlite_migrations"].insert({"migration_set": "ours", "name": "m0003_readers", "applied_at": "later"})
    assert steps.missing(db.conn) == []
    assert steps.applied(db.conn) - set(steps.names) == {"m0003_readers"}


def test_the_steps_of_another_program_are_not_ours(db: Database, steps: Migrations) -> None:
    """Several may keep their tables in one file."""
    Migrations("theirs").apply(db)
    db["_sqlite_migrations"].insert({"migration_set": "theirs", "name": "m0001_papers", "applied_at": "before"})
    assert steps.missing(db.conn) == steps.names
