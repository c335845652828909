"""A host that asks for a pause gets it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from newscrawler.archive import Archive
from newscrawler.archive.polls.hosts import back_offs
from newscrawler.middlewares import back_off
from newscrawler.middlewares.back_off import FAILURES_IN_A_ROW, GOOD_IN_A_ROW, BackOffMiddleware
from newscrawler.outcome import PutBack
from newscrawler.run import Run
from support.archives import NOW, Clock, a_run, a_site
from support.crawlers import a_crawler

HOST = "alpha.example"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Slots that were held, and for how long."""
    calls: list[tuple[str, float]] = []
    monkeypatch.setattr(back_off, "hold", lambda _, slot, seconds: calls.append((slot, seconds)))
    return calls


@pytest.fixture
def run(archive: Archive, clock: Clock) -> Iterator[Run]:
    """Two sites, the first with quiet hours later in the day (11:30 is now)."""
    with a_run(archive, [a_site("alpha", quiet_hours=["13:00-14:00"]), a_site("beta")], clock=clock) as started:
        yield started


def made(run: Run) -> BackOffMiddleware:
    crawler = a_crawler(run)
    crawler.engine.downloader = None
    return BackOffMiddleware.from_crawler(crawler)


def request(site: str = "alpha", **meta: Any) -> Request:
    return Request(f"https://{site}.example/1", meta={"site": site, "download_slot": site, **meta})


def answered(middleware: BackOffMiddleware, status: int, said: str | None = None, **meta: Any) -> None:
    asked = request(**meta)
    headers = {"Retry-After": said} if said else {}
    middleware.process_response(asked, Response(asked.url, status=status, headers=headers))


def free(run: Run) -> None:
    """The rest of the slot is over."""
    run.gates._rests.clear()


def test_pauses_grow_from_a_rest_to_the_end_of_the_run(run: Run, clock: Clock, held: list[tuple[str, float]]) -> None:
    """Ten seconds, a minute, six minutes: the third is for a later run."""
    middleware = made(run)
    for seconds in (10, 60):
        answered(middleware, 429)
        assert held[-1] == ("alpha", seconds)
        assert 0 < run.gates.rests("alpha") <= seconds
        assert not run.gates.shut
        free(run)
        clock.forward(seconds=seconds)
    answered(middleware, 429)
    assert run.gates.shut["alpha"].why == "back-off"
    assert "beta" not in run.gates.shut
    wait = back_offs(run.archive.conn, [HOST])[HOST]
    assert (wait.refusals, wait.until) == (3, clock.now + timedelta(minutes=6))


def test_requests_that_were_under_way_together_are_one_refusal(run: Run, held: list[tuple[str, float]]) -> None:
    """Four answers of 429 at once don't make hours of ten seconds; the longest pause of them holds."""
    middleware = made(run)
    for said in ("5", "5", "20", "5"):
        answered(middleware, 503, said)
    wait = back_offs(run.archive.conn, [HOST])[HOST]
    assert (wait.refusals, wait.until, wait.reason) == (
        1,
        NOW + timedelta(seconds=20),
        "HTTP 503, Retry-After: 20 s",
    )


def test_the_next_run_does_not_ask_before_the_time(archive: Archive, run: Run, clock: Clock) -> None:
    """And goes on counting where the last one stopped; a day later it begins anew."""
    answered(made(run), 429, "3600")
    run.lock.release()
    clock.forward(minutes=59)
    with a_run(archive, clock=clock) as second:
        middleware = made(second)
        assert "not before 2026-11-22T10:30:00Z" in second.gates.shut["alpha"].detail
        with pytest.raises(PutBack, match="asked us to wait"):
            middleware.process_request(request())
        middleware.process_request(request("beta"))
        assert second.gates.asked == {"beta": 1}
    clock.forward(minutes=1)
    with a_run(archive, clock=clock) as third:
        middleware = made(third)
        middleware.process_request(request())
        answered(middleware, 429, "120")
        assert back_offs(archive.conn, [HOST])[HOST].refusals == 2
    clock.forward(days=2)
    with a_run(archive, clock=clock) as fourth:
        answered(made(fourth), 429, "120")
        assert back_offs(archive.conn, [HOST])[HOST].refusals == 1


def test_good_answers_are_forgiveness_one_is_not(run: Run, held: list[tuple[str, float]]) -> None:
    """A host that answers every other request well is still asked too often."""
    middleware = made(run)
    answered(middleware, 429)
    for _ in range(GOOD_IN_A_ROW - 1):
        answered(middleware, 200)
    assert HOST in back_offs(run.archive.conn, [HOST])
    answered(middleware, 404)
    assert back_offs(run.archive.conn, [HOST]) == {}


def test_a_broken_page_among_good_ones_is_not_a_growing_pause(run: Run, clock: Clock, held: list[object]) -> None:
    """503 on one address again and again says something about that page; 429 says something about us."""
    middleware = made(run)
    for status, refusals in ((503, 1), (503, 1), (429, 2), (429, 3)):
        answered(middleware, status)
        assert back_offs(run.archive.conn, [HOST])[HOST].refusals == refusals
        free(run)
        clock.forward(seconds=600)
        answered(middleware, 200)


@pytest.mark.parametrize("status", [500, 502, 401, 403, 406])
def test_nothing_but_failures_leaves_a_site_for_a_later_run(run: Run, status: int) -> None:
    """Twenty in a row; an answer of another kind begins the count anew."""
    middleware = made(run)
    for _ in range(FAILURES_IN_A_ROW - 1):
        answered(middleware, status)
    answered(middleware, 404)
    for _ in range(FAILURES_IN_A_ROW - 1):
        answered(middleware, status)
    assert not run.gates.shut
    answered(middleware, status)
    assert run.gates.shut["alpha"].why == "failing"
    assert run.gates.shut["alpha"].detail == f"20 requests in a row failed (HTTP {status})"


def test_silence_counts_and_broken_pages_do_not(run: Run) -> None:
    """A page that breaks off says something about that page."""
    middleware = made(run)
    for _ in range(9):
        middleware.process_exception(request(), ValueError("half a page"))
    assert not run.gates.shut
    for _ in range(FAILURES_IN_A_ROW):
        middleware.process_exception(request(), DownloadTimeoutError())
    assert "no answer" in run.gates.shut["alpha"].detail


def test_rules_that_cant_be_read_shut_the_site_after_the_second_try(run: Run) -> None:
    """RFC 9309: nothing is allowed. Each due address would end as Unreachable, and be given up after five runs."""
    middleware = made(run)
    answered(middleware, 500, site="", for_site="alpha", download_slot="alpha")
    assert not run.gates.shut
    answered(middleware, 500, site="", for_site="alpha", download_slot="alpha", retry_times=1)
    assert run.gates.shut["alpha"].detail == "robots.txt answers with HTTP 500: nothing is allowed"


def test_quiet_hours_are_looked_at_for_every_request(run: Run, clock: Clock) -> None:
    """Also between two looks of the warden at the clock."""
    middleware = made(run)
    middleware.process_request(request())
    clock.forward(hours=2)
    with pytest.raises(PutBack, match="quiet hours 13:00-14:00"):
        middleware.process_request(request())
    assert run.gates.asked == {"alpha": 1}
