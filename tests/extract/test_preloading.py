"""What the workers' parent loads for all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.extract import finishing
from newscrawler.tagging import PROJECT_TAGS
from newscrawler.text.tagger_files import TaggerFiles


@pytest.fixture(autouse=True)
def nothing_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever another test has said."""
    monkeypatch.setenv("NEWSCRAWLER_TAGGER_FILES", "")
    finishing._loaded.cache_clear()


def files(folder: Path) -> TaggerFiles:
    """Lists in this folder, without a model."""
    return TaggerFiles(folder=folder, confidence_min=0.5, model=folder / "none.json")


def test_a_parent_loads_what_was_announced(tmp_path: Path) -> None:
    """The very files: a worker that is forked from it finds them under the same key."""
    announced = files(tmp_path)
    finishing.announce(announced)
    finishing.preload()
    before = finishing._loaded.cache_info()
    finishing._loaded(files(tmp_path))
    assert finishing._loaded.cache_info().hits == before.hits + 1


def test_a_parent_of_workers_that_tag_nothing_loads_no_lists() -> None:
    """Or one that was begun by something else."""
    finishing.preload()
    assert finishing._loaded.cache_info().currsize == 0


def test_lists_that_cannot_be_read_leave_the_parent_whole(tmp_path: Path) -> None:
    """The crawl tags then, or refuses to start."""
    (tmp_path / "places.toml").write_text("no TOML = = ", encoding="utf-8")
    finishing.announce(files(tmp_path))
    finishing.preload()
    assert finishing._loaded(files(tmp_path)) is None


def test_a_process_begun_later_has_them(tmp_path: Path) -> None:
    """As the workers' parent is: by the environment."""
    finishing.announce(files(PROJECT_TAGS))
    asked = "import newscrawler.extract.preloaded, newscrawler.extract.finishing as f; print(f._loaded.cache_info())"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "currsize=1" in done.stdout
