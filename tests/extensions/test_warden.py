"""Who shuts the gates, and what is said of it."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newscrawler.archive import Archive
from newscrawler.archive.queue import frontier
from newscrawler.extensions import warden as module
from newscrawler.extensions.farewell import farewell
from newscrawler.extensions.warden import Warden
from newscrawler.outcome import Outcome
from newscrawler.run import Run
from support.archives import Clock, a_link, a_run, a_site
from support.crawlers import a_crawler


@pytest.fixture
def run(archive: Archive, clock: Clock) -> Iterator[Run]:
    """Alpha has quiet hours from one to two o'clock in Beirut; now is half past eleven there."""
    sites = [a_site("alpha", quiet_hours=["13:00-14:00"]), a_site("beta")]
    with a_run(archive, sites, clock=clock) as started:
        yield started


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the warden asked to be given back: functions of a request."""
    calls: list[Any] = []
    monkeypatch.setattr(module, "give_back", lambda _, why: calls.append(why))
    return calls


def made(run: Run, **settings: object) -> Warden:
    crawler = a_crawler(run, **settings)
    crawler.engine.downloader = SimpleNamespace(slots={})
    return Warden.from_crawler(crawler)


def opened(run: Run, *, look: bool = True, **settings: object) -> Warden:
    """A warden that has looked at the clock once."""
    warden = made(run, **settings)

    async def live() -> None:
        warden.spider_opened()
        if look:
            warden.look()
        warden.spider_closed()

    asyncio.run(live())
    return warden


def to(site: str) -> Request:
    return Request(f"https://{site}.example/", meta={"site": site})


def test_quiet_hours_shut_a_site_at_the_start_and_in_mid_run(run: Run, clock: Clock, asked: list[Any]) -> None:
    """By the run's clock."""
    opened(run)
    assert not run.gates.shut
    clock.forward(hours=2)
    made(run).spider_closed()
    assert {key: shut.why for key, shut in run.gates.shut.items()} == {"alpha": "quiet-hours"}


def test_what_waits_for_a_shut_site_comes_back_uncounted(run: Run, clock: Clock, asked: list[Any]) -> None:
    """It wasn't sent. What waits for other sites goes on waiting."""
    warden = made(run)
    run.gates.count("alpha")

    async def live() -> None:
        warden.spider_opened()
        clock.forward(hours=2)
        warden.look()
        warden.spider_closed()

    asyncio.run(live())
    (why,) = asked
    assert why(to("beta")) is None
    outcome: Outcome = why(to("alpha"))
    assert (outcome.name, outcome.detail) == ("PutBack", "quiet hours 13:00-14:00")
    assert run.gates.asked["alpha"] == 0


def test_a_budget_lets_go_out_what_it_has_counted(run: Run, asked: list[Any]) -> None:
    """The last request that is allowed is allowed."""
    warden = made(run, NEWS_RUN_REQUESTS_MAX=2)

    async def live() -> None:
        warden.spider_opened()
        run.gates.count("alpha")
        run.gates.count("beta")
        warden.spider_closed()

    asyncio.run(live())
    assert {shut.why for shut in run.gates.shut.values()} == {"budget"}
    assert [why(to("alpha")) for why in asked] == [None, None]


def test_the_limit_shuts_every_site(run: Run, asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """By the seconds of this machine: the hour in which the next run begins doesn't wait for a clock that was set."""
    warden = made(run, NEWS_RUN_LIMIT_S="100")
    warden.look()
    assert not run.gates.shut
    warden._begun -= 101
    warden.look()
    warden.spider_closed()
    assert {shut.detail for shut in run.gates.shut.values()} == {"NEWS_RUN_LIMIT_S: 100 s are over"}


def test_a_crawl_that_is_told_to_stop_waits_for_nothing(run: Run, asked: list[Any]) -> None:
    """Whatever delay its requests were waiting for."""
    warden = made(run)
    warden.crawler.engine.running = False  # type: ignore[union-attr]
    warden.look()
    warden.spider_closed()
    (why,) = asked
    assert why(to("alpha")).detail == "the run was stopped (shutdown)"


def test_a_replay_has_no_warden(run: Run) -> None:
    """It asks nobody."""
    run.replaying = True
    with pytest.raises(NotConfigured):
        made(run)


def test_a_host_that_another_crawl_is_asking_is_left_to_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its site, and nobody else's."""

    class Locks:
        def __init__(self, _: object) -> None: ...

        def take(self, hosts: list[str]) -> str | None:
            return next((host for host in hosts if host == "www.beta.example"), None)

        def release(self) -> None: ...

    monkeypatch.setattr(module, "HostLocks", Locks)
    opened(run, look=False)
    assert {key: shut.why for key, shut in run.gates.shut.items()} == {"beta": "locked"}


@pytest.mark.parametrize(
    "why",
    [PermissionError("/nonexistent"), RuntimeError("no home"), OSError(errno.ENOLCK, "no locks available")],
    ids=repr,
)
def test_a_user_without_a_home_has_no_locks(run: Run, monkeypatch: pytest.MonkeyPatch, why: Exception) -> None:
    """Then nobody is kept out, and nothing is said: it would be said every half hour."""

    def refuse(_: object) -> None:
        raise why

    monkeypatch.setattr(module, "HostLocks", refuse)
    opened(run, look=False)
    assert not run.gates.shut


def test_the_farewell_says_what_waits(run: Run) -> None:
    """A line for each reason; one outlet is named, all are the run, some are counted."""
    with run.archive.transaction() as conn:
        frontier.discover(conn, [a_link("/1")], site="alpha", source_id=None, now=run.clock())
    assert list(farewell(run, run.archive.conn)) == []
    run.gates.close("alpha", "quiet-hours", "quiet hours 11:00-12:00")
    assert list(farewell(run, run.archive.conn)) == ["alpha: quiet hours 11:00-12:00; 1 address waits for a later run"]
    run.gates.shut.clear()
    run.gates.close_all("limit", "time is over")
    assert list(farewell(run, run.archive.conn)) == ["time is over; 1 address waits for a later run"]


def test_outlets_shut_for_one_reason_are_counted(archive: Archive) -> None:
    """Two of three."""
    with a_run(archive, [a_site(key) for key in ("alpha", "beta", "gamma")]) as run:
        for site in ("gamma", "alpha"):
            run.gates.close(site, "budget", "used up")
        assert list(farewell(run, archive.conn)) == ["used up (2 outlets); 0 addresses wait for a later run"]
