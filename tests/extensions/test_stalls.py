"""Stalls: the longest time the loop stood still, and where."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from newscrawler.archive.ledger import Stall
from newscrawler.extensions.stalls import Stalls
from newscrawler.run import Run
from support.crawlers import a_crawler


@pytest.fixture
def stalls(run: Run) -> Iterator[Stalls]:
    """Watching the thread of the test."""
    watching = Stalls.from_crawler(a_crawler(run))
    watching.spider_opened()
    yield watching
    watching.engine_stopped()


def stand_still(seconds: float) -> None:
    time.sleep(seconds)


def test_a_long_step_is_measured_and_named(run: Run, stalls: Stalls) -> None:
    """Milliseconds and line, so that the step can be moved out of the loop."""
    stand_still(0.3)
    stalls.beat()
    assert 250 <= run.stall.ms < 2_000
    assert run.stall.where.startswith("tests/extensions/test_stalls.py:")
    assert run.stall.where.endswith(" stand_still")


def test_the_worst_is_kept(run: Run, stalls: Stalls) -> None:
    """A later, shorter one says nothing new."""
    stand_still(0.2)
    stalls.beat()
    worst = run.stall
    stand_still(0.05)
    stalls.beat()
    assert run.stall is worst


def test_a_loop_that_runs_has_not_stood_still(run: Run, stalls: Stalls) -> None:
    """Beats that come when they are due count as nothing."""
    stalls.beat()
    stalls.beat()
    assert run.stall == Stall()
