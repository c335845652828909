"""Who is measured, and by which command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.benchmarks.newsroom.serving import write_seeds

RIVALS: Final = Path(__file__).parent / "rivals"
OURS: Final = "ours"
"""The name of the contender that the others are compared with: all features, as many workers as cores."""
REPLAY: Final = "ours, replay from WARC"


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who reads the newspaper."""

    name: str
    """In the table."""
    script: str = ""
    """In `rivals/`. Empty: our own crawl."""
    arguments: tuple[str, ...] = ()
    """For the script, after sitemap, number and file."""
    packages: tuple[str, ...] = ()
    """What pip installs into an environment of its own. Empty: it runs in ours."""
    share: float = 1.0
    """Of the pages it reads: slow ones need not read all to show their speed."""
    rounds: int = 3
    """How often it is measured; the median counts."""
    extracts: bool = True
    """Whether it reads articles; False: it downloads only."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Of our crawl."""


CONTENDERS: Final[Sequence[Contender]] = (
    Contender("download only", "download_only.py", packages=("aiohttp",), extracts=False),
    Contender("bare Scrapy, defaults", "bare_scrapy.py", extracts=False),
    Contender("bare Scrapy, tuned", "bare_scrapy.py", ("tuned",), extracts=False),
    Contender("naive spider", "naive_spider.py", share=0.25),
    Contender("trafilatura, command line", "trafilatura_lines.py", share=0.25, rounds=1),
    Contender(
        "newspaper4k", "newspaper_4k.py", packages=("newspaper4k", "nltk", "lxml_html_clean"), share=0.1, rounds=1
    ),
    Contender("news-please", "news_please.py", packages=("news-please", "nltk"), share=0.1, rounds=1),
    # fundus 0.5.7 doesn't start with curl_cffi 0.14
    Contender("fundus, hand-written parser", "fundus_by_hand.py", packages=("fundus", "curl_cffi<0.14")),
    Contender(OURS),
    Contender("ours, raw store off", settings={"NEWS_RAW_ENABLED": "false"}),
    Contender("ours, 0 workers", settings={"NEWS_EXTRACT_WORKERS": "0"}, rounds=1),
    Contender("ours, 1 worker", settings={"NEWS_EXTRACT_WORKERS": "1"}, rounds=1),
    Contender("ours, 2 workers", settings={"NEWS_EXTRACT_WORKERS": "2"}, rounds=1),
    Contender("ours, 4 workers", settings={"NEWS_EXTRACT_WORKERS": "4"}, rounds=1),
    Contender(REPLAY),
)


@dataclass(frozen=True, slots=True)
class Job:
    """A command, and where its results will be."""

    commands: tuple[tuple[str, ...], ...]
    """One after the other; all of them are timed but the last of several, which only changes the form."""
    environment: dict[str, str]
    """For the commands."""
    result: Path
    """JSON lines, or our archive."""
    folder: Path
    """Where the commands run."""


class Skipped(Exception):
    """Why a contender isn't measured."""


def interpreter(contender: Contender, cache: Path) -> str:
    """The Python it runs in; its environment is made at the first time. Raises Skipped if pip can't."""
    if not contender.packages:
        return sys.executable
    home = cache / contender.script.removesuffix(".py")
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *contender.packages],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Skipped(f"pip can't install {', '.join(contender.packages)}: {done.stderr.strip()[-200:]}")
        ready.touch()
    return str(python)


def job(contender: Contender, *, base: str, www: Path, pages: int, folder: Path, cache: Path, warc: Path) -> Job:
    """What has to be run. `warc` holds the records that a replay reads. Raises Skipped."""
    if not contender.script:
        return _ours(contender, base=base, folder=folder, warc=warc)
    lines = folder / "lines.jsonl"
    python = interpreter(contender, cache)
    script = str(RIVALS / contender.script)
    if contender.script == "trafilatura_lines.py":
        return _command_line(www, pages=pages, folder=folder, lines=lines, reading=(python, script))
    command = (python, script, f"{base}/sitemap.xml", str(pages), str(lines), *contender.arguments)
    return Job((command,), dict(os.environ), lines, folder)


def _command_line(www: Path, *, pages: int, folder: Path, lines: Path, reading: tuple[str, ...]) -> Job:
    """From files: its own crawler waits five seconds between two pages of a host."""
    (folder / "in").mkdir()
    for number in range(1, pages + 1):
        (folder / "in" / f"{number}.html").symlink_to(www / "news" / f"{number}.html")
    program = str(Path(sys.executable).with_name("trafilatura"))
    options = ("--input-dir", "in", "--output-dir", "out", "--json", "--with-metadata")
    command = (program, *options, "--parallel", str(os.cpu_count() or 1))
    return Job((command, (*reading, "out", str(lines))), dict(os.environ), lines, folder)


def _ours(contender: Contender, *, base: str, folder: Path, warc: Path) -> Job:
    write_seeds(folder / "seeds", base=base)
    archive = folder / "archive.db"
    environment = {
        **os.environ,
        "NEWS_ARCHIVE": str(archive),
        "NEWS_RAW_DIR": str(folder / "warc"),
        "NEWS_SEEDS_DIR": str(folder / "seeds"),
        "NEWS_PROGRESS": "off",
        "SCRAPY_SETTINGS_MODULE": "newscrawler.settings",
        **contender.settings,
    }
    crawl = ("replay", "-a", f"warc={warc}/*.warc.gz") if contender.name == REPLAY else ("news",)
    return Job(((sys.executable, "-m", "scrapy", "crawl", *crawl),), environment, archive, folder)
