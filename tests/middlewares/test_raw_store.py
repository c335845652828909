"""Raw before parsed: the bytes of a page are kept before anything else looks at them."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.withdrawals import withdraw
from newscrawler.archive.records.raw import Received
from newscrawler.archive.records.warc import OPEN
from newscrawler.archive.records.warc_reading import read
from newscrawler.middlewares.raw_store import RawStoreMiddleware
from newscrawler.run import Run
from support.archives import NOW, an_article, column, row, taken_up
from support.crawlers import a_crawler

URL = "https://alpha.example/news/1"
BODY = "<p>نص</p>".encode()


@pytest.fixture
def store(run: Run) -> Iterator[RawStoreMiddleware]:
    """As the settings make it."""
    middleware = RawStoreMiddleware.from_crawler(a_crawler(run))
    yield middleware
    middleware.spider_closed()


def archive_one(run: Run) -> None:
    with run.archive.transaction() as conn:
        articles.store(conn, an_article(), search_text="")


def answered(
    run: Run,
    store: RawStoreMiddleware,
    *,
    status: int = 200,
    url: str = URL,
    coded: bool = False,
    archived: bool = False,
    headers: dict[str, str] | None = None,
) -> Request:
    (taken,) = taken_up(run, URL)
    request = Request(url, cb_kwargs={"row": replace(taken, article_id=1 if archived else None)})
    packed = gzip.compress(BODY)
    sent = {"Content-Encoding": "gzip", "Content-Type": "text/html", "Content-Length": "9999", **(headers or {})}
    if coded:
        sent["Transfer-Encoding"] = "chunked"
    response = Response(url, status=status, headers=sent, body=packed)
    assert asyncio.run(store.process_response(request, response)) is response
    return request


def test_a_page_is_a_record_and_a_row_before_it_is_read(run: Run, store: RawStoreMiddleware) -> None:
    """The request carries where, so that the article can name its evidence."""
    request = answered(run, store)
    capture = row(run.archive, "SELECT * FROM captures")
    assert request.meta["capture_id"] == capture["id"]
    assert request.meta["fetched_at"] == NOW
    assert (capture["requested_url"], capture["run_id"], capture["content_type"]) == (URL, run.id, "text/html")
    captured = read(run.raw_dir, capture["file"], capture["offset"])
    assert captured.body == BODY
    assert captured.sha256 == capture["sha256"]


def test_a_redirected_page_is_stored_under_the_address_that_answered(run: Run, store: RawStoreMiddleware) -> None:
    """And the row knows which address was asked for."""
    answered(run, store, url="https://www.alpha.example/elsewhere")
    capture = row(run.archive, "SELECT url, requested_url FROM captures")
    assert tuple(capture.values()) == ("https://www.alpha.example/elsewhere", URL)


@pytest.mark.parametrize("status", [301, 404, 500])
def test_of_a_new_address_only_a_page_is_kept(run: Run, store: RawStoreMiddleware, status: int) -> None:
    """An error page is no evidence of anything the newspaper published."""
    answered(run, store, status=status)
    assert column(run.archive, "SELECT count(*) FROM captures") == [0]


@pytest.mark.parametrize("status", [404, 410, 451])
def test_the_answer_that_an_archived_article_is_gone_is_kept(run: Run, store: RawStoreMiddleware, status: int) -> None:
    """It is the evidence; the status stands in the record and in the row."""
    request = answered(run, store, status=status, archived=True)
    capture = row(run.archive, "SELECT id, status, file, offset FROM captures")
    assert (request.meta["capture_id"], capture["status"]) == (capture["id"], status)
    assert read(run.raw_dir, capture["file"], capture["offset"]).status == status


def test_of_an_article_known_to_be_gone_no_further_evidence_is_kept(run: Run, store: RawStoreMiddleware) -> None:
    """The next visits only look whether it is back."""
    archive_one(run)
    withdraw(run.archive.conn, 1, "not-found", detail="404", at=NOW, capture_id=None)
    answered(run, store, status=404, archived=True)
    assert column(run.archive, "SELECT count(*) FROM captures") == [0]


@pytest.mark.parametrize("status", [403, 500])
def test_other_errors_of_an_archived_article_are_not_kept(run: Run, store: RawStoreMiddleware, status: int) -> None:
    """They pass, or say something about us."""
    answered(run, store, status=status, archived=True)
    assert column(run.archive, "SELECT count(*) FROM captures") == [0]


def test_an_error_page_that_forbids_archiving_is_not_kept(run: Run, store: RawStoreMiddleware) -> None:
    """The absence is noted without it."""
    answered(run, store, status=404, archived=True, headers={"X-Robots-Tag": "noarchive"})
    assert column(run.archive, "SELECT count(*) FROM captures") == [0]


def test_an_archived_articles_redirect_is_carried_along(run: Run, store: RawStoreMiddleware) -> None:
    """What it leads to decides whether it is evidence. Of several the first counts: it is the article's own."""
    request = answered(run, store, status=302, archived=True, headers={"Location": "/"})
    assert column(run.archive, "SELECT count(*) FROM captures") == [0]
    first = request.meta["redirect"]
    assert (first.url, first.status, ("Location", "/") in first.headers) == (URL, 302, True)
    second = Response("https://alpha.example/b", status=301, headers={"Location": "/"})
    asyncio.run(store.process_response(request, second))
    assert request.meta["redirect"] is first
    assert run.keep is not None
    capture = run.keep(first, request.cb_kwargs["row"])
    kept = row(run.archive, "SELECT * FROM captures WHERE id = ?", capture)
    assert (kept["url"], kept["status"], kept["requested_url"]) == (URL, 302, URL)
    assert read(run.raw_dir, kept["file"], kept["offset"]).status == 302


def test_a_redirect_of_a_new_address_is_not_carried(run: Run, store: RawStoreMiddleware) -> None:
    """There is nothing it could be evidence of."""
    assert "redirect" not in answered(run, store, status=302).meta


def test_a_status_that_has_no_name_is_a_status_all_the_same(run: Run, store: RawStoreMiddleware) -> None:
    """Servers invent some."""
    received = Received(URL, 599, [], b"", None, NOW)
    with run.archive.transaction():
        capture = store.keep(received, taken_up(run, URL)[0])
    found = row(run.archive, "SELECT file, offset FROM captures WHERE id = ?", capture)
    assert read(run.raw_dir, file=found["file"], offset=found["offset"]).status == 599


def test_sources_and_robots_are_not_kept(run: Run, store: RawStoreMiddleware) -> None:
    """They are lists of addresses; the frontier has those."""
    asyncio.run(store.process_response(Request(URL), Response(URL, body=BODY)))
    assert list(run.raw_dir.iterdir()) == []


def test_the_stored_length_is_the_true_one(run: Run, store: RawStoreMiddleware) -> None:
    """The server's may have counted a coding that is undone by now."""
    answered(run, store, coded=True)
    (path,) = run.raw_dir.iterdir()
    text = b"".join(gzip.decompress(path.read_bytes()).splitlines(keepends=True))
    assert f"Content-Length: {len(gzip.compress(BODY))}".encode() in text
    assert b"9999" not in text
    assert b"chunked" not in text


def test_a_file_left_open_by_a_killed_run_is_mended_first(run: Run, tmp_path: Path) -> None:
    """Nothing of it is known here: it holds no page, and goes."""
    run.raw_dir.mkdir()
    (run.raw_dir / f"old.warc.gz{OPEN}").touch()
    RawStoreMiddleware(run, max_bytes=10**9)
    assert list(run.raw_dir.iterdir()) == []


def test_keeping_pages_can_be_turned_off(run: Run) -> None:
    """`NEWS_RAW_ENABLED=false`."""
    with pytest.raises(NotConfigured, match="NEWS_RAW_ENABLED"):
        RawStoreMiddleware.from_crawler(a_crawler(run, NEWS_RAW_ENABLED="false"))
