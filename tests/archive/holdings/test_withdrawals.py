"""Withdrawals: one row for each absence, from when it was noticed until when the article was back."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles, withdrawals
from newscrawler.archive.holdings.withdrawals import Reason
from support.archives import NOW, a_capture, an_article, column, row

LATER = NOW + timedelta(hours=6)


@pytest.fixture
def gone(archive: Archive) -> Archive:
    """An article, archived and then not found."""
    with archive.transaction() as conn:
        articles.store(conn, an_article(), search_text="")
    assert withdraw(archive)
    return archive


def withdraw(archive: Archive, reason: Reason = "not-found", **at: float) -> bool:
    when = NOW + timedelta(**at)
    return withdrawals.withdraw(archive.conn, 1, reason, detail="404", at=when, capture_id=None)


def state(archive: Archive) -> str:
    return str(column(archive, "SELECT state FROM articles")[0])


def test_an_absence_has_date_reason_and_evidence(archive: Archive) -> None:
    """And the article says that it is withdrawn, with all of its text."""
    with archive.transaction() as conn:
        articles.store(conn, an_article(), search_text="")
    capture = a_capture(archive)
    assert withdrawals.withdraw(archive.conn, 1, "gone", detail="410", at=LATER, capture_id=capture)
    assert row(
        archive, "SELECT article_id, withdrawn_at, reason, detail, capture_id, returned_at FROM withdrawals"
    ) == {
        "article_id": 1,
        "withdrawn_at": "2026-11-22T15:30:00Z",
        "reason": "gone",
        "detail": "410",
        "capture_id": capture,
        "returned_at": None,
    }
    assert row(archive, "SELECT state, text FROM articles") == {"state": "withdrawn", "text": an_article().text}


def test_an_absence_that_lasts_is_one_row(gone: Archive) -> None:
    """With the reason it was noticed for; the database wouldn't take a second one."""
    assert withdrawals.is_absent(gone.conn, 1)
    assert not withdraw(gone, "gone", days=1)
    assert column(gone, "SELECT reason FROM withdrawals") == ["not-found"]
    with pytest.raises(sqlite3.IntegrityError, match="withdrawals"):
        gone.conn.execute("INSERT INTO withdrawals (article_id, withdrawn_at, reason) VALUES (1, 'x', 'gone')")


def test_an_article_seen_since_is_not_gone(archive: Archive) -> None:
    """The decision is made when the run closes, and by then another of its addresses may have given it."""
    with archive.transaction() as conn:
        articles.store(conn, an_article(), search_text="")
        articles.see_again(conn, 1, at=LATER)
    assert not withdraw(archive, "emptied", hours=5)
    assert (column(archive, "SELECT count(*) FROM withdrawals"), state(archive)) == ([0], "live")
    assert withdraw(archive, "emptied", hours=6)


def test_coming_back_is_noted_once(gone: Archive) -> None:
    """The row is closed and the article live; nothing is left to be noted."""
    assert withdrawals.come_back(gone.conn, 1, at=LATER)
    assert (column(gone, "SELECT returned_at FROM withdrawals"), state(gone)) == (["2026-11-22T15:30:00Z"], "live")
    assert not withdrawals.come_back(gone.conn, 1, at=LATER + timedelta(days=1))
    assert column(gone, "SELECT returned_at FROM withdrawals") == ["2026-11-22T15:30:00Z"]
    assert not withdrawals.is_absent(gone.conn, 1)


def test_a_second_absence_is_a_second_row(gone: Archive) -> None:
    """Every absence is told."""
    withdrawals.come_back(gone.conn, 1, at=LATER)
    assert withdraw(gone, "legal", days=2)
    assert column(gone, "SELECT reason FROM withdrawals ORDER BY id") == ["not-found", "legal"]
    assert state(gone) == "withdrawn"


def test_a_page_from_before_brings_nothing_back(gone: Archive) -> None:
    """A WARC file of last week, replayed today, says nothing about now."""
    assert not withdrawals.come_back(gone.conn, 1, at=NOW - timedelta(days=7))
    assert state(gone) == "withdrawn"
    with gone.transaction() as conn:
        articles.store(conn, an_article(fetched_at=NOW - timedelta(days=7)), search_text="")
    assert state(gone) == "withdrawn"


def test_what_was_our_reading_can_be_taken_back(gone: Archive) -> None:
    """What a server said can't, nor what is over, nor what was noted before."""
    with gone.transaction() as conn:
        for number in (2, 3, 4, 5):
            articles.store(conn, an_article(number), search_text="")
        withdrawals.withdraw(conn, 2, "emptied", detail="", at=LATER, capture_id=None)
        withdrawals.withdraw(conn, 3, "redirected", detail="", at=NOW, capture_id=None)
        withdrawals.withdraw(conn, 4, "emptied", detail="", at=LATER, capture_id=None)
        withdrawals.come_back(conn, 4, at=LATER + timedelta(hours=1))
        withdrawals.take_back(conn, [1, 2, 3, 4, 5], since="2026-11-22T15:00:00Z")
    assert column(gone, "SELECT article_id FROM withdrawals ORDER BY article_id") == [1, 3, 4]
    assert column(gone, "SELECT state FROM articles ORDER BY id") == ["withdrawn", "live", "withdrawn", "live", "live"]
