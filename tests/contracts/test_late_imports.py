"""Commands start at once: what they don't use isn't imported. Half of the work of a short crawl was importing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from contracts.source import ROOT

_ASK: Final = """
import sys
from scrapy.cmdline import execute
try:
    execute(["scrapy", *sys.argv[1:]])
except SystemExit as end:
    sys.stderr.write("\\n".join(["", f"exit {end.code}", *sys.modules]))
"""

_SEED: Final = """
name = "ألفا"
country = "LB"
home = "https://alpha.example/"
timezone = "Asia/Beirut"
"""

DOORS: Final = tuple(f"newscrawler.{name}" for name in ("cli", "commands", "exits", "settings", "urls"))
"""What the modules of commands may import at their top."""

FOR_PAGES: Final = frozenset(
    {
        "aiohttp",
        "apprise",
        "babel",
        "courlan",
        "datasette",
        "distributed",
        "feedparser",
        "jinja2",
        "langdetect",
        "numpy",
    }
    | {"pebble", "requests", "simplemma", "sklearn", "sqlite_utils", "tldextract", "trafilatura", "vl_convert"}
)
"""Libraries that a crawl needs only when there is a page, a feed or an archive to make."""

FOR_WORK: Final = FOR_PAGES | {"dateparser", "hijridate", "pyarrow", "rensa", "rich", "warcio"}
"""Libraries that no command needs to be found, explained or refused."""


def imported(*words: str, **environment: str) -> set[str]:
    """The modules that are there when `scrapy WORDS` has ended, in a process that had none."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK, *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    _, ended, modules = done.stderr.rpartition("\nexit ")
    assert ended, done.stderr
    return set(modules.splitlines()[1:])


def ours(modules: set[str]) -> set[str]:
    """Those of this project that are no doors."""
    return {name for name in modules if name.startswith(("newscrawler.", "pipelines"))} - {
        name for name in modules if name.startswith(DOORS)
    }


@pytest.mark.parametrize("words", [("version",), ("list",), ("crawl", "-h"), ("report", "-h"), ("sites", "nonsense")])
def test_a_command_imports_what_it_uses_and_no_other_command_does(words: tuple[str, ...]) -> None:
    """Scrapy imports the modules of all commands to find one. So those import nothing at their top that works: put the
    import into the function that needs it, and what annotations need under `if TYPE_CHECKING:`.
    """
    modules = imported(*words)
    rooms = ours(modules) - {"newscrawler.spiders", "newscrawler.spiders.loader"}
    assert not rooms, f"import these later: {', '.join(sorted(rooms))}"
    libraries = FOR_WORK & modules
    assert not libraries, f"somebody imports these: {', '.join(sorted(libraries))}"


def test_a_list_of_outlets_needs_no_archive() -> None:
    """It reads seed files, and prints."""
    assert not {"newscrawler.archive", "newscrawler.run", "newscrawler.extract", "sqlite_utils"} & imported(
        "sites", "list"
    )


def test_a_crawl_with_nothing_to_read_imports_no_parser(tmp_path: Path) -> None:
    """It runs every half hour. Pages are read by workers; feeds, new archives and shards are rarer than crawls."""
    (tmp_path / "seeds" / "sites").mkdir(parents=True)
    (tmp_path / "seeds" / "sites" / "alpha.toml").write_text(_SEED, encoding="utf-8")
    environment = {
        "NEWS_ARCHIVE": str(tmp_path / "archive.db"),
        "NEWS_RAW_DIR": str(tmp_path / "warc"),
        "NEWS_SEEDS_DIR": str(tmp_path / "seeds"),
        "NEWS_EXTRACT_WORKERS": "2",
        "NEWS_PROGRESS": "off",
    }
    imported("crawl", "news", **environment)  # makes the archive
    modules = imported("crawl", "news", **environment)
    assert "newscrawler.spiders.news" in modules
    assert not FOR_PAGES & modules
    assert not {"newscrawler.extract.article", "newscrawler.spiders.replay", "twisted.conch"} & modules
