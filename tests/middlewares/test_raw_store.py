"""Raw before parsed: the bytes of a page are kept before anything else looks at them."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawler.archive.warc import OPEN
from newscrawler.archive.warc_reading import read
from newscrawler.middlewares.raw_store import RawStoreMiddleware
from newscrawler.run import Run
from support.archives import NOW, column, row, taken_up
from support.crawlers import a_crawler

URL = "https://alpha.example/news/1"
BODY = "<p>نص</p>".encode()


@pytest.fixture
def store(run: Run) -> Iterator[RawStoreMiddleware]:
    """As the settings make it."""
    middleware = RawStoreMiddleware.from_crawler(a_crawler(run))
    yield middleware
    middleware.spider_closed()


def answered(run: Run, store: RawStoreMiddleware, *, status: int = 200, url: str = URL, coded: bool = False) -> Request:
    (taken,) = taken_up(run, URL)
    request = Request(url, cb_kwargs={"row": taken})
    packed = gzip.compress(BODY)
    sent = {"Content-Encoding": "gzip", "Content-Type": "text/html", "Content-Length": "9999"}
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
def test_only_pages_that_were_got_are_kept(run: Run, store: RawStoreMiddleware, status: int) -> None:
    """An error page is no evidence of anything the newspaper published."""
    answered(run, store, status=status)
    assert column(run.archive, "SELECT count(*) FROM captures") == [0]


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
