"""What a slot of the downloader can be told while it works."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler
from twisted.internet.defer import Deferred

from newscrawler.outcome import Outcome, PutBack
from newscrawler.slots import CRAWL_DELAY_MAX_S, KeptConnections, give_back, hold, site_of, slow_down


class FakeDownloader:
    """As much of a downloader as holds slots."""

    def __init__(self, **slots: dict[str, float]) -> None:
        self.settings = Settings({"DOWNLOAD_DELAY": 0})
        self.per_slot_settings: dict[str, Any] = dict(slots)
        self.slots: dict[str, Any] = {}

    def open(self, key: str) -> Any:
        given = self.per_slot_settings[key]
        self.slots[key] = Slot(int(given["concurrency"]), given["delay"], given["jitter"])
        return self.slots[key]

    _latercall = Downloader._latercall

    def _process_queue(self, slot: Any) -> None:
        self.processed = slot


@pytest.fixture
def downloader() -> Any:
    return FakeDownloader(alpha={"concurrency": 4, "delay": 2.0, "jitter": 0.5})


def told(slot: Any) -> tuple[int, float, float]:
    return slot.concurrency, slot.delay, slot.jitter


def test_a_slower_pace_holds_now_and_when_the_slot_is_made_anew(downloader: Any) -> None:
    """One at a time and without jitter, which would leave half of what was asked for."""
    slot = downloader.open("alpha")
    slow_down(downloader, "alpha", 10)
    assert told(slot) == (1, 10, 0)
    assert told(downloader.open("alpha")) == (1, 10, 0)


def test_what_is_slower_already_stays(downloader: Any) -> None:
    """The seed's delay is a wish too."""
    slot = downloader.open("alpha")
    slow_down(downloader, "alpha", 1)
    assert told(slot) == told(downloader.open("alpha")) == (4, 2, 0.5)


def test_a_slot_nobody_described_is_slowed_down_too(downloader: Any) -> None:
    """As that of a host which no seed names."""
    slow_down(downloader, "other", 3)
    assert told(downloader.open("other")) == (1, 3, 0)


def test_the_cap_is_half_a_minute() -> None:
    """A Crawl-delay of an hour means a day for a newspaper's feed and its news."""
    assert CRAWL_DELAY_MAX_S == 30


def waiting(slot: Any, url: str, **meta: object) -> list[BaseException]:
    """A request in the slot's queue; what becomes of it is in the list."""
    ended: list[BaseException] = []
    deferred: Deferred[Any] = Deferred()
    deferred.addErrback(lambda failure: ended.append(failure.value))
    slot.queue.append((Request(url, meta=meta), deferred))
    return ended


def test_only_what_is_named_is_given_back(downloader: Any) -> None:
    """In the order it waited; the rest goes on waiting."""
    slot = downloader.open("alpha")
    first = waiting(slot, "https://a.example/1", site="alpha")
    robots = waiting(slot, "https://a.example/robots.txt", for_site="alpha")
    other = waiting(slot, "https://a.example/2", site="beta")

    def why(request: Request) -> Outcome | None:
        return PutBack("not now") if site_of(request) == "alpha" else None

    give_back(downloader, why)
    assert [str(ended[0]) for ended in (first, robots)] == ["not now", "not now"]
    assert other == []
    assert [request.url for request, _ in slot.queue] == ["https://a.example/2"]


def test_a_request_of_no_site_has_none() -> None:
    """Nobody's."""
    assert site_of(Request("https://a.example/")) == ""


def test_a_held_slot_lets_nothing_out_until_its_time(downloader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever delay it was waiting for is replaced; a slot that isn't there has nothing to hold."""
    calls: list[tuple[float, Any]] = []

    class Call:
        cancelled = False

        def cancel(self) -> None:
            self.cancelled = True

    def later(seconds: float, function: Any, slot: Any) -> Call:
        calls.append((seconds, lambda: function(slot)))
        return Call()

    monkeypatch.setattr("newscrawler.slots.call_later", later)
    hold(downloader, "nobody", 5)
    assert calls == []
    slot = downloader.open("alpha")
    before = slot.latercall = Call()
    hold(downloader, "alpha", 5)
    assert before.cancelled
    assert slot.latercall is not None
    (seconds, fire) = calls[0]
    assert seconds == 5
    fire()
    assert slot.latercall is None
    assert downloader.processed is slot


def test_these_are_the_attributes_that_scrapy_has() -> None:
    """What is handled here is half public: a new Scrapy may have other names."""
    crawler = get_crawler(settings_dict={"TELNETCONSOLE_ENABLED": False})
    downloader = Downloader(crawler)
    assert downloader.slots == {}
    assert downloader.per_slot_settings == {}
    assert callable(downloader._latercall)


@pytest.mark.parametrize(
    ("slots", "kept"),
    [
        ({}, 1),
        ({"alpha": {"concurrency": 1, "delay": 2.0}, "beta": {"delay": 1.0}}, 1),
        ({"alpha": {"concurrency": 4, "delay": 0.0}, "beta": {"concurrency": 16}}, 16),
    ],
)
def test_a_connection_is_kept_for_each_request_that_a_slot_allows(
    monkeypatch: pytest.MonkeyPatch, slots: dict[str, Any], kept: int
) -> None:
    """Scrapy keeps as many as slots have by default, and closes the others after each page."""

    def scrapys(handler: Any, crawler: Any) -> None:  # its own needs a running reactor
        handler._pool = SimpleNamespace(maxPersistentPerHost=crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    monkeypatch.setattr(HTTP11DownloadHandler, "__init__", scrapys)
    settings = {"DOWNLOAD_SLOTS": slots, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    assert KeptConnections(get_crawler(settings_dict=settings))._pool.maxPersistentPerHost == kept
