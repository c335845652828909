"""One browser and one served archive for all tests of a session; without Chromium they skip, and say why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.browsing import Browser, missing
from browser.served import Room, crawled_twice, served, trouble


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if reason := missing():
        pytest.skip(reason)
    started = Browser()
    yield started
    started.close()


@pytest.fixture(scope="session")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A reading room with everything in it; nothing is crawled where no browser would look."""
    archive = crawled_twice(tmp_path_factory.mktemp("room"))
    trouble(archive)
    with served(archive) as opened:
        assert None not in opened.facts.values(), opened.facts
        yield opened
