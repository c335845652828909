"""Validators: what is asked with, what is kept, and what isn't believed any more."""

from __future__ import annotations

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.validators import WRONG, Validators, distrust, keep_validators
from support.archives import NOW, a_link, row

URL = a_link()[0]
SAID = Validators('"v1"', "Sun, 01 Nov 2026 00:00:00 GMT", "ab")


@pytest.fixture
def known(archive: Archive) -> Archive:
    """Two addresses of alpha, one of beta."""
    with archive.transaction() as conn:
        for site, paths in (("alpha", ("/news/1", "/news/2")), ("beta", ("/b/1",))):
            links = [a_link(path, f"{site}.example") for path in paths]
            frontier.discover(conn, links, site=site, source_id=None, now=NOW)
    return archive


def stored(archive: Archive, url: str = URL) -> Validators:
    return Validators.of_row(archive.conn.execute("SELECT * FROM frontier WHERE url = ?", [url]).fetchone())


def test_what_a_server_said_comes_back_with_the_row(known: Archive) -> None:
    """As sent, quotation marks and all."""
    keep_validators(known.conn, URL, SAID)
    found = frontier.find(known.conn, URL)
    assert found is not None
    assert found.validators == SAID
    assert row(known, "SELECT etag, body_hash FROM frontier WHERE url = ?", URL) == {"etag": '"v1"', "body_hash": "ab"}


@pytest.mark.parametrize(
    ("said", "headers"),
    [
        (SAID, {"If-None-Match": '"v1"', "If-Modified-Since": "Sun, 01 Nov 2026 00:00:00 GMT"}),
        (Validators(last_modified="x"), {"If-Modified-Since": "x"}),
        (Validators(body_hash="ab"), {}),
        (Validators(WRONG, WRONG, "ab"), {}),
    ],
)
def test_only_what_was_sent_and_is_believed_is_asked_with(said: Validators, headers: dict[str, str]) -> None:
    """The body's hash is ours: no server knows it."""
    assert said.headers() == headers


def test_a_header_that_stayed_while_the_text_changed_is_wrong() -> None:
    """Each for itself; the body's hash can't lie."""
    again = Validators('"v1"', "Mon, 02 Nov 2026 00:00:00 GMT", "cd")
    assert again.after(SAID, edited=True) == Validators(WRONG, again.last_modified, "cd")
    assert again.after(SAID, edited=False) == again
    assert Validators(body_hash="cd").after(Validators(body_hash="ab"), edited=True) == Validators(body_hash="cd")


def test_what_was_wrong_once_stays_so() -> None:
    """Also when the header changes for once."""
    assert Validators('"v9"').after(Validators(WRONG), edited=False).etag == WRONG


def test_a_site_that_was_wrong_for_one_page_is_not_believed_for_others(known: Archive) -> None:
    """Those that wait for a visit; only the header that was wrong, only that site."""
    other, theirs = a_link("/news/2")[0], a_link("/b/1", "beta.example")[0]
    for url in (URL, other, theirs):
        keep_validators(known.conn, url, SAID)
    distrust(known.conn, "alpha", before=SAID, now=Validators(WRONG, "x", "cd"))
    assert stored(known, other) == Validators(WRONG, SAID.last_modified, "ab")
    assert stored(known, theirs) == SAID


def test_what_is_known_to_be_wrong_is_not_spread_again(known: Archive) -> None:
    """It would touch all rows of a site at every visit."""
    keep_validators(known.conn, URL, SAID)
    distrust(known.conn, "alpha", before=Validators(WRONG), now=Validators(WRONG))
    assert stored(known) == SAID
