"""What every test may ask for: a folder with commands, an archive, a run."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.archive import Archive
from newscrawler.run import Run
from support.archives import Clock, a_run, an_archive
from support.commands import ENVIRONMENT, Desk

_STATE = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Warnings are errors, but for one: warcio computes digests in a temporary file and leaves closing it to Python."""
    config.addinivalue_line("filterwarnings", "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
    # The locks on hosts are the user's own; these crawls get theirs, those of all pytest's processes the same.
    if not hasattr(config, "workerinput"):
        config.stash[_STATE] = state = tempfile.TemporaryDirectory(prefix="newscrawler-state-")
        os.environ["XDG_STATE_HOME"] = state.name
    ENVIRONMENT["XDG_STATE_HOME"] = os.environ["XDG_STATE_HOME"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first, at random among themselves: one that began last would be waited for by all."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What has been collected stays: nobody looks through it for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what `pytest_configure` made."""
    if _STATE in config.stash:
        config.stash[_STATE].cleanup()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk: seeds, archive and WARC files in a folder of the test's own."""
    return Desk(tmp_path)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A new archive that knows the sites alpha and beta."""
    with an_archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    """A clock that only the test moves."""
    return Clock()


@pytest.fixture
def run(archive: Archive, clock: Clock) -> Iterator[Run]:
    """A run of both sites in the archive, under way."""
    with a_run(archive, clock=clock) as started:
        yield started
