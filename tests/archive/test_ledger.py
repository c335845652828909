"""Runs, and exactly one outcome for every URL."""

from __future__ import annotations

import json
import sqlite3

import pytest

from newscrawler.archive import Archive, ledger
from newscrawler.outcome import New, NotArabic, TransientHttpError
from support.archives import NOW, column, row

URL = "https://alpha.example/news/1"


def record(archive: Archive, outcome: object, run_id: int = 1, url: str = URL) -> None:
    with archive.transaction() as conn:
        ledger.record(conn, outcome, run_id=run_id, url=url, site="alpha", now=NOW, notes=["ملاحظة"])  # type: ignore[arg-type]


def start(archive: Archive) -> int:
    with archive.transaction() as conn:
        return ledger.start_run(conn, spider="news", arguments={"site": "alpha"}, now=NOW)


def test_a_run_notes_what_was_asked_and_by_whom(archive: Archive) -> None:
    """Enough to repeat it, and to find its process."""
    number = start(archive)
    found = row(archive, "SELECT * FROM runs")
    assert (found["id"], found["state"], found["spider"]) == (number, "running", "news")
    assert json.loads(found["arguments"]) == {"site": "alpha"}
    assert found["pid"] > 0


def test_a_run_that_never_ended_was_interrupted(archive: Archive) -> None:
    """The next run holds the lock, so the earlier one is dead, whatever its row says."""
    start(archive)
    start(archive)
    assert column(archive, "SELECT state FROM runs ORDER BY id") == ["interrupted", "running"]


def test_a_second_outcome_for_a_url_in_one_run_is_refused_by_the_database(archive: Archive) -> None:
    """The rule doesn't depend on our being careful."""
    start(archive)
    record(archive, New())
    with pytest.raises(sqlite3.IntegrityError):
        record(archive, NotArabic())
    assert column(archive, "SELECT outcome FROM outcomes") == ["New"]


def test_the_next_run_has_its_own_outcome_for_the_url(archive: Archive) -> None:
    """The ledger is a history."""
    first, second = start(archive), start(archive)
    record(archive, New(), first)
    record(archive, NotArabic("fa"), second)
    assert column(archive, "SELECT outcome FROM outcomes ORDER BY run_id") == ["New", "NotArabic"]


def test_an_outcome_is_stored_by_its_name_with_detail_and_notes(archive: Archive) -> None:
    """Whether a status passes is the frontier's business: the reader sees `HttpError`."""
    start(archive)
    record(archive, TransientHttpError("503"))
    found = row(archive, "SELECT outcome, detail, notes FROM outcomes")
    assert found == {"outcome": "HttpError", "detail": "503", "notes": '["ملاحظة"]'}


def test_closing_a_run_writes_the_verdict(archive: Archive) -> None:
    """How many were taken up, how many ended, what broke."""
    number = start(archive)
    record(archive, New())
    assert ledger.recorded(archive.conn, number) == 1
    with archive.transaction() as conn:
        ledger.finish_run(conn, number, state="finished", taken_up=1, exit_code=1, problems=["خلل"], now=NOW)
    found = row(archive, "SELECT state, taken_up, ended, exit_code, problems, finished_at FROM runs")
    assert tuple(found.values()) == ("finished", 1, 1, 1, '["خلل"]', "2026-11-22T09:30:00Z")


def test_a_run_cannot_be_in_a_state_nobody_knows(archive: Archive) -> None:
    """The schema holds the list."""
    number = start(archive)
    with pytest.raises(sqlite3.IntegrityError), archive.transaction() as conn:
        ledger.finish_run(conn, number, state="gone", taken_up=0, exit_code=0, problems=[], now=NOW)
