"""`scrapy browse`: which Datasette it becomes."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawler.commands.browse import Command
from support.archives import an_archive, read_only


def becomes(path: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """The command line of the Datasette that is started for an archive."""
    started: list[Sequence[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, words: started.append(words))
    command = Command()
    command.settings = Settings({"NEWS_ARCHIVE": str(path)})
    assert command.carry_out([], Namespace(host="127.0.0.1", port=8001, open=False)) == 0
    (words,) = started
    return words[1:]


def test_an_archive_that_grows_is_served_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Datasette looks at the file anew for each page: a crawl may be writing."""
    path = tmp_path / "archive.db"
    with an_archive(path):
        words = becomes(path, monkeypatch)
    assert words == ["-m", "datasette", "serve", str(path), "--host", "127.0.0.1", "--port", "8001"]


def test_an_archive_on_a_read_only_disk_is_served_as_immutable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else Datasette would end with an error: it can't open the file."""
    with an_archive(tmp_path / "archive.db"):
        pass
    with read_only(tmp_path / "archive.db") as folder:
        path = folder / "archive.db"
        assert becomes(path, monkeypatch)[:5] == ["-m", "datasette", "serve", "--immutable", str(path)]
