"""The commands of these tests run in forks of a process that has imported the program: that must make no difference."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.commands import ENVIRONMENT, FORKS, ROOT, Desk, Ended, python
from support.newspaper import feed, page, seed
from support.server import Server

pytestmark = pytest.mark.slow

TELLS = "tests.support.surroundings"
_TIMES = re.compile(r"\d\d:\d\d:\d\dZ|The crawl stood still for .*\n")


def started(*command: str, asked: str = "") -> Ended:
    """The same as a process that starts from nothing."""
    ended = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, input=asked, capture_output=True, text=True, timeout=120, check=False
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_a_fork_finds_what_any_process_finds() -> None:
    """Arguments, folder, variables, signals, open files, input, output, exit code."""
    fresh = started(sys.executable, "-m", TELLS, "one", "--two", asked="سؤال")
    assert python(TELLS, "one", "--two", asked="سؤال") == fresh
    assert (fresh.code, fresh.err) == (7, "an error\n")
    assert fresh.out.startswith('{"arguments": ["')


def test_a_command_does_the_same_from_nothing(tmp_path: Path) -> None:
    """A crawl and its report: exit codes, every word, every article. Their sets are in different orders: forks have the
    hash seed of the process they come from.
    """
    told = []
    with Server({"/news/1": page(1), "/news/2": page(2)}) as paper:
        paper.pages["/feed"] = feed([paper.url("/news/1"), paper.url("/news/2")])
        for name, run in (("fork", python), ("fresh", started)):
            desk = Desk(tmp_path / name)
            desk.tags()
            desk.seeds(paper=seed(paper, ("feed", "/feed")))
            words = [desk.command(*words)[3:] for words in (("crawl", "news"), ("report",))]
            ended = [run("scrapy", *w) if run is python else run(sys.executable, "-m", "scrapy", *w) for w in words]
            said = [(one.code, _TIMES.sub("", one.out), one.err) for one in ended]
            articles = desk.rows("SELECT url, text, search_text, tagged_with, provenance FROM articles ORDER BY url")
            tags = desk.rows("SELECT url, name, kind FROM article_tags JOIN tags ON tags.id = tag_id JOIN articles"
                             " ON articles.id = article_id ORDER BY 1, 2, 3")  # fmt: skip
            told.append((said, articles, tags))
    assert told[0] == told[1]
    assert len(told[0][1]) == 2


def test_one_that_takes_too_long_is_killed_and_holds_up_no_other() -> None:
    """Like `subprocess.run` with a time limit."""
    with Path(os.devnull).open("r+b") as nothing:
        endless = FORKS.start("http.server", ["0", "--bind", "127.0.0.1"], files=(nothing.fileno(),) * 3)
        assert python(TELLS).code == 7
        with pytest.raises(TimeoutError):
            endless.wait(0.05)
        killed = FORKS.start("http.server", ["0", "--bind", "127.0.0.1"], files=(nothing.fileno(),) * 3)
        os.kill(killed.pid, 15)
        assert killed.wait(30) == -15
    deadline = time.monotonic() + 30
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:  # until the process that forks has taken note of its end
            os.kill(endless.pid, 0)
            time.sleep(0.01)


def test_nothing_but_imports_has_happened_before_a_fork() -> None:
    """No reactor was chosen and no thread runs: a command finds Python as it would find it itself."""
    ended = python("tests.support.surroundings")
    assert '"threads": 1' in ended.out
