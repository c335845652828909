"""Shards on several machines, by a real scrapyd: each crawls its part, and what is merged is what one would have."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

pytest.importorskip("scrapyd", reason="the extra `cluster` is not installed")

from newscrawler.seeds import load_sites
from newscrawler.shards import shard_of_each
from support.commands import ENVIRONMENT, ROOT, Desk
from support.merging import dump
from support.newspaper import feed, page, seed
from support.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with as many small newspapers as it takes for two parts to have one each; all print story 1."""
    made = Desk(tmp_path_factory.mktemp("shards"))
    made.tags()
    with ExitStack() as open_papers:
        number = 0
        while not number or len(set(shard_of_each(load_sites(made.folder / "seeds").values(), 2).values())) < 2:
            server = open_papers.enter_context(Server())
            own = range(10 * number + 2, 10 * number + 5)
            server.pages |= {"/news/1": page(1)} | {f"/news/{story}": page(story) for story in own}
            server.pages["/feed"] = feed([server.url(path) for path in [*server.pages]])
            made.seeds(**{f"paper{number}": seed(server, ("feed", "/feed"))})
            number += 1
        yield made


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scrapyd in a folder with our scrapy.cfg, as in a checkout."""
    folder = tmp_path_factory.mktemp("scrapyd")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.copy(ROOT / "scrapy.cfg", folder)
    (folder / "scrapyd.conf").write_text(f"[scrapyd]\nhttp_port = {port}\npoll_interval = 0.2\nmax_proc = 2\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapyd"],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield f"http://127.0.0.1:{port}"
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()


def ask(service: str, name: str, **given: Any) -> dict[str, Any]:
    """An answer of scrapyd's, as soon as it is there."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"{service}/{name}", urlencode(given, doseq=True).encode() if given else None) as answer:
                said: dict[str, Any] = json.load(answer)
                return said
        except OSError:
            assert time.monotonic() < deadline, "scrapyd never answered"
            time.sleep(0.1)


def test_shards_that_scrapyd_ran_are_merged_to_what_one_crawl_has(desk: Desk, service: str, tmp_path: Path) -> None:
    """Its argument `_job` is accepted, its settings are, and our own exit codes and ledger are there."""
    machines = [Desk(tmp_path / f"machine{number}") for number in (1, 2)]
    for number, machine in enumerate(machines, 1):
        settings = machine.settings(NEWS_SEEDS_DIR=desk.folder / "seeds")
        given = {"setting": [f"{name}={value}" for name, value in settings.items()], "shard": f"{number}/2"}
        started = ask(service, "schedule.json", project="newscrawler", spider="news", **given)
        assert started["status"] == "ok", started
    deadline = time.monotonic() + 120
    while len(ask(service, "listjobs.json?project=newscrawler")["finished"]) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    for number, machine in enumerate(machines, 1):
        (run,) = machine.rows("SELECT state, exit_code, arguments FROM runs")
        assert run[:2] == ("finished", 0)
        assert json.loads(run[2])["shard"] == f"{number}/2"
        assert json.loads(run[2])["_job"]
    assert desk.crawl().code == 0
    whole = Desk(tmp_path / "whole")
    ended = whole.scrapy("merge", *(str(machine.archive) for machine in machines), NEWS_SEEDS_DIR=desk.folder / "seeds")
    assert ended.code == 0, ended
    names = sorted(path.name for machine in machines for path in machine.warc.iterdir())
    assert len(set(names)) == 2
    assert all(f"  {name}\n" in ended.out for name in names)
    assert texts(whole) == texts(desk)
    tags, theirs = (dump(one.archive, "tags")["tags"] for one in (whole, desk))
    assert tags == theirs


def texts(desk: Desk) -> list[tuple[Any, ...]]:
    """Each text with its addresses, whichever of them is the article's: a crawl takes the one it meets first."""
    return sorted(
        desk.rows(
            """SELECT content_hash, text, (SELECT group_concat(url, ' ') FROM (
                   SELECT articles.url UNION SELECT copies.url FROM copies WHERE article_id = articles.id ORDER BY 1))
               FROM articles"""
        )
    )
