"""The end of a visit: what is kept of the answer, what it says of the article, what it proves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.visits import Answer
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.queue.validators import WRONG, Validators
from newscrawler.archive.records.raw import Received
from newscrawler.outcome import (
    Copy,
    ExtractorFailed,
    New,
    NotAnArticle,
    NoText,
    NotModified,
    Outcome,
    OutOfScope,
    PutBack,
    Revised,
    Unchanged,
    Unreachable,
    http_error,
)
from newscrawler.run import Run
from support.archives import NOW, Clock, a_capture, an_article, column, row, taken_up

URL = "https://alpha.example/news/1"
SAID = Validators('"v1"', "Sun, 01 Nov 2026 00:00:00 GMT", "ab")
NEWER = Validators('"v2"', "Mon, 02 Nov 2026 00:00:00 GMT", "cd")


class Address:
    """One address whose first visit archived an article, and its later visits."""

    def __init__(self, run: Run, clock: Clock, url: str = URL) -> None:
        self.run, self.clock, self.url = run, clock, url

    def visit(self, outcome: Outcome, article_id: int | None = None, **answer: Any) -> FrontierRow:
        """Take it up and end it, an hour after the visit before; returns the row as the next visit finds it."""
        conn = self.run.archive.conn
        conn.execute("DELETE FROM outcomes WHERE url = ?", [self.url])
        conn.execute("UPDATE frontier SET due_at = discovered_at, taken_run = NULL WHERE url = ?", [self.url])
        self.clock.forward(hours=1)
        taken_up(self.run, self.url)
        self.run.answers[self.url] = Answer(at=self.clock() - timedelta(seconds=5), **answer)
        self.run.end(self.url, outcome, article_id=article_id)
        found = frontier.find(conn, self.url)  # type: ignore[arg-type]
        assert found is not None
        return found


@pytest.fixture
def address(run: Run, clock: Clock) -> Address:
    """Archived, with validators."""
    with run.archive.transaction() as conn:
        capture = a_capture(run.archive)
        articles.store(conn, an_article(capture_id=capture), search_text="")
    made = Address(run, clock)
    assert made.visit(New(), 1, validators=SAID).validators == SAID
    return made


def article(run: Run, *columns: str) -> tuple[Any, ...]:
    return tuple(row(run.archive, f"SELECT {', '.join(columns)} FROM articles WHERE id = 1").values())


@pytest.mark.parametrize("outcome", [Unchanged(), Copy("of 1", article_id=1), NotModified("the same bytes")])
def test_what_a_server_said_is_kept_with_a_good_end(address: Address, outcome: Outcome) -> None:
    """For the next visit to ask with."""
    assert address.visit(outcome, validators=NEWER).validators == NEWER


def test_a_304_leaves_what_was_known(address: Address) -> None:
    """It comes without a page."""
    assert address.visit(NotModified("304")).validators == SAID


@pytest.mark.parametrize("outcome", [ExtractorFailed(), PutBack(), Unreachable(), http_error(503)])
def test_a_page_that_was_not_read_leaves_no_validators(address: Address, outcome: Outcome) -> None:
    """Its ETag would hide it at the next visit: that one asks whether the page is as it was when it was read."""
    assert address.visit(outcome, validators=NEWER).validators == SAID


def test_nothing_is_kept_of_a_first_visit_that_failed(run: Run, clock: Clock) -> None:
    """A crawl that is killed, or an extractor that fails, must find the whole page next time."""
    found = Address(run, clock).visit(ExtractorFailed(), validators=SAID)
    assert found.validators == Validators()


def test_a_header_that_hid_an_edit_is_not_asked_with_again(address: Address) -> None:
    """The text changed, the ETag didn't: this page's and the site's other pages' go."""
    other = Address(address.run, address.clock, "https://alpha.example/news/2")
    other.visit(Copy("of 1", article_id=1), validators=SAID)
    edited = address.visit(Revised("text"), 1, validators=Validators(SAID.etag, NEWER.last_modified, "cd"))
    assert edited.validators == Validators(WRONG, NEWER.last_modified, "cd")
    found = frontier.find(address.run.archive.conn, other.url)  # type: ignore[arg-type]
    assert found is not None
    assert found.validators == Validators(WRONG, SAID.last_modified, "ab")


@pytest.mark.parametrize("outcome", [NotModified("304"), NotModified("the same bytes"), Unchanged()])
def test_an_article_seen_again_moves_one_time_stamp(address: Address, outcome: Outcome) -> None:
    """To when the answer came; and the outcome names the article."""
    before = row(address.run.archive, "SELECT * FROM articles")
    address.visit(outcome, 1 if isinstance(outcome, Unchanged) else None)
    assert row(address.run.archive, "SELECT * FROM articles") == before | {"last_seen_at": "2026-11-22T11:29:55Z"}
    assert column(address.run.archive, "SELECT article_id FROM outcomes") == [1]


@pytest.mark.parametrize("back", [NotModified("304"), Unchanged()])
def test_an_article_that_is_there_again_has_come_back(address: Address, back: Outcome) -> None:
    """The absence has an end, and the article is live."""
    gone = address.visit(http_error(404))
    assert (article(address.run, "state"), gone.validators) == (("withdrawn",), Validators())
    address.visit(back, 1 if isinstance(back, Unchanged) else None)
    assert article(address.run, "state") == ("live",)
    assert column(address.run.archive, "SELECT returned_at FROM withdrawals") == ["2026-11-22T12:29:55Z"]


def test_a_certain_absence_is_noted_at_once(address: Address) -> None:
    """With the answer as evidence, in the transaction of the outcome; the ladder goes on."""
    capture = a_capture(address.run.archive, offset=100)
    found = address.visit(http_error(410), capture_id=capture)
    assert row(address.run.archive, "SELECT reason, detail, capture_id, withdrawn_at FROM withdrawals") == {
        "reason": "gone",
        "detail": "410",
        "capture_id": capture,
        "withdrawn_at": "2026-11-22T11:30:00Z",
    }
    assert row(address.run.archive, "SELECT outcome, article_id, capture_id, at FROM outcomes") == {
        "outcome": "HttpError",
        "article_id": 1,
        "capture_id": capture,
        "at": "2026-11-22T11:30:00Z",
    }
    assert found.visits == 2
    assert column(address.run.archive, "SELECT due_at FROM frontier") == ["2026-11-22T17:30:00Z"]


def test_an_absence_is_looked_after_even_at_the_ladders_end(address: Address) -> None:
    """The last visit finds it gone: one more look, and not for ever."""
    for _ in range(2):
        address.visit(Unchanged(), 1)
    assert column(address.run.archive, "SELECT due_at FROM frontier") == [None]
    address.visit(http_error(404))
    assert column(address.run.archive, "SELECT due_at FROM frontier") == ["2026-11-22T19:30:00Z"]
    address.visit(http_error(404))
    assert column(address.run.archive, "SELECT due_at FROM frontier") == [None]
    assert column(address.run.archive, "SELECT count(*) FROM withdrawals") == [1]


def test_an_address_without_an_article_has_nothing_to_lose(run: Run, clock: Clock) -> None:
    """A page that was never an article ends as it always did."""
    address = Address(run, clock)
    address.visit(http_error(404))
    address.visit(NoText())
    assert column(run.archive, "SELECT count(*) FROM withdrawals") == [0]
    assert run.suspects == []
    assert column(run.archive, "SELECT due_at FROM frontier") == [None]


@pytest.fixture
def kept(run: Run) -> list[Received]:
    """What is stored as evidence."""
    stored: list[Received] = []

    def keep(received: Received, row: FrontierRow) -> int:
        stored.append(received)
        return a_capture(run.archive, row.url, offset=1000 + len(stored))

    run.keep = keep
    return stored


def led_to(to: str) -> dict[str, Any]:
    hop = Received(URL, 302, [("Location", to)], b"", None, NOW)
    return {"landed": to, "redirect": hop}


@pytest.mark.parametrize("outcome", [NotAnArticle("the front page"), OutOfScope("https://else.example/")])
def test_the_redirect_is_the_evidence(address: Address, kept: list[Received], outcome: Outcome) -> None:
    """Not the page it leads to, of which there are many visits."""
    address.visit(outcome, **led_to("https://else.example/"))
    (suspect,) = address.run.suspects
    assert suspect.absence.reason == "redirected"
    assert [received.status for received in kept] == [302]
    assert suspect.capture_id == column(address.run.archive, "SELECT max(id) FROM captures")[0]


def test_evidence_of_a_known_absence_is_not_stored_again(address: Address, kept: list[Received]) -> None:
    """One row and one record for each absence, however often we look."""
    address.visit(NotAnArticle("the front page"), **led_to("https://alpha.example/"))
    address.run.settle(address.run.archive.conn)
    address.visit(NotAnArticle("the front page"), **led_to("https://alpha.example/"))
    assert (len(kept), address.run.suspects) == (1, [])
    assert column(address.run.archive, "SELECT count(*) FROM withdrawals") == [1]


def test_without_a_raw_store_there_is_an_absence_without_evidence(address: Address) -> None:
    """`NEWS_RAW_ENABLED=false`."""
    address.visit(NotAnArticle("the front page"), **led_to("https://alpha.example/"))
    assert address.run.suspects[0].capture_id is None


def test_a_redirect_that_always_led_there_is_none(address: Address) -> None:
    """The page that used to have the text has lost it."""
    address.run.archive.conn.execute("UPDATE captures SET url = 'https://alpha.example/1/slug'")
    address.visit(NoText(), **led_to("https://alpha.example/1/slug"))
    assert address.run.suspects[0].absence.reason == "emptied"


def test_a_page_that_shows_the_text_is_not_without_it(address: Address) -> None:
    """We refuse it for other reasons; that is no news about the article, and we go on looking."""
    found = address.visit(NotAnArticle("a listing"), text_there=True)
    assert address.run.suspects == []
    assert found.visits == 2


@pytest.mark.parametrize(("outcome", "gone"), [("Unchanged", False), ("Shortened", False), ("HttpError", True)])
def test_an_article_seen_at_another_of_its_addresses_is_not_gone(address: Address, outcome: str, gone: bool) -> None:
    """A short link that dies takes nothing with it, as long as the article's own address gives it."""
    address.run.archive.conn.execute(
        """INSERT INTO frontier (url, site, discovered_at, due_at, outcome, article_id)
           VALUES ('https://alpha.example/s/1', 'alpha', 'x', 'x', ?, 1)""",
        [outcome],
    )
    address.visit(http_error(404))
    assert article(address.run, "state") == ("withdrawn" if gone else "live",)


@pytest.mark.parametrize("table", ["withdrawals", "outcomes"])
def test_an_absence_and_its_outcome_are_written_together_or_not_at_all(
    address: Address, table: str, clock: Callable[[], datetime]
) -> None:
    """After a crash the address is open and the article live, or both are told."""
    conn = address.run.archive.conn
    conn.execute(f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        address.visit(http_error(404))
    assert article(address.run, "state") == ("live",)
    assert column(address.run.archive, "SELECT outcome FROM frontier") == ["New"]
    assert list(address.run.under_way) == [URL]
