"""Steady: what would make the loop wait is done by a thread."""

from __future__ import annotations

import asyncio
import gc
import sqlite3

import pytest

from newscrawler.extensions import steady as module
from newscrawler.extensions.steady import Steady
from newscrawler.run import Run
from support.crawlers import a_crawler


def crawl(run: Run, *, looks: int = 2) -> list[int]:
    """As much of a crawl as it notices; the frozen values at each look."""
    frozen = []

    async def go() -> None:
        steady = Steady.from_crawler(a_crawler(run))
        steady.spider_opened()
        try:
            for _ in range(looks):
                frozen.append(gc.get_freeze_count())
                steady.look()
                await asyncio.sleep(0)
        finally:
            await steady.spider_closed()

    asyncio.run(go())
    return frozen


@pytest.fixture(autouse=True)
def no_reactor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks are ours to make."""

    class Still:
        running = True

        def __init__(self, look: object) -> None:
            self.look = look

        def start(self, every_s: float, *, now: bool) -> None:
            assert every_s > 0
            assert not now

        def stop(self) -> None:
            self.running = False

    monkeypatch.setattr(module, "LoopingCall", Still)


def test_a_large_log_is_folded_in_once_at_a_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another thread; the loop only finishes it."""
    done: list[str] = []
    monkeypatch.setattr(module, "is_due", lambda _: True)
    monkeypatch.setattr(module, "fold_in", lambda _: done.append("in the thread"))
    monkeypatch.setattr(module, "finish", lambda _: done.append("in the loop"))
    crawl(run)
    assert done == ["in the thread", "in the loop"]


def test_a_small_log_is_left_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done for it."""
    monkeypatch.setattr(module, "is_due", lambda _: False)
    monkeypatch.setattr(module, "fold_in", lambda _: pytest.fail("nothing was due"))
    crawl(run)


def test_a_busy_archive_is_no_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look tries again, and a commit says what is wrong with the disk."""

    def busy(_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(module, "is_due", lambda _: True)
    monkeypatch.setattr(module, "fold_in", busy)
    crawl(run)


def test_what_is_there_at_the_start_is_never_searched_for_garbage(run: Run) -> None:
    """While the crawl lasts: half a million values take a tenth of a second each time."""
    assert min(crawl(run)) > 10_000
    assert gc.get_freeze_count() == 0
