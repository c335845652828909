"""`scrapy merge` as a user runs it: what it says, its exit codes, and a kill in the middle."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from newscrawler.archive.lock import Lock
from support.archives import NOW, an_article
from support.commands import Desk
from support.merging import crawl, dump

pytestmark = pytest.mark.slow

SEED = 'name = "صحيفة"\nhome = "https://{0}.example/"\ntimezone = "Asia/Beirut"\n'
TABLES = ("articles", "copies", "article_tags", "outcomes", "runs", "captures", "frontier")


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A desk with two seeds and without an archive."""
    desk.seeds(alpha=SEED.format("alpha"), beta=SEED.format("beta"))
    return desk


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    """The archive of another machine, with three articles."""
    crawl(tmp_path / "other.db", [an_article(number) for number in (1, 2, 3)])
    return tmp_path / "other.db"


def test_it_says_what_came_and_which_files_to_bring(ready: Desk, shard: Path) -> None:
    """Once with numbers, then with none; the archive is made, and whole."""
    first = ready.scrapy("merge", str(shard))
    assert first.code == 0, first
    label = f"{shard.parent.name}-other.warc.gz"
    assert first.out.splitlines() == [
        f"{shard}: 3 articles new, 0 changed, 0 copies, 3 addresses, 1 run with 3 outcomes, 3 captures",
        f"copy 1 WARC file to {ready.warc}:",
        f"  {label}",
    ]
    ready.warc.mkdir()
    (ready.warc / label).write_bytes(bytes(10_000))
    again = ready.scrapy("merge", str(shard), str(shard))
    none = f"{shard}: 0 articles new, 0 changed, 0 copies, 0 addresses, 0 runs with 0 outcomes, 0 captures"
    assert again.out.splitlines() == [none, none]
    assert ready.scrapy("doctor").code == 0
    assert ready.scrapy("report", "--last").code == 0


def test_what_is_no_archive_of_this_version_is_refused_before_anything_is_merged(ready: Desk, shard: Path) -> None:
    """Missing, somebody else's, older, newer: exit code 2, and the file is named."""
    folder = shard.parent
    for name, change in {
        "older": "DELETE FROM {} WHERE name LIKE 'm0014%'",
        "newer": "UPDATE {} SET name = 'm9999' WHERE name LIKE 'm0014%'",
    }.items():
        (folder / f"{name}.db").write_bytes(shard.read_bytes())
        with closing(sqlite3.connect(folder / f"{name}.db")) as conn, conn:
            conn.execute(change.format("_sqlite_migrations"))
    with closing(sqlite3.connect(folder / "foreign.db")) as conn, conn:
        conn.execute("CREATE TABLE articles (id)")
    says = {
        "missing": "there is no archive here",
        "foreign": "not an archive of newscrawler",
        "older": "written by an older version of newscrawler",
        "newer": "written by a newer version of newscrawler",
    }
    for name, words in says.items():
        ended = ready.scrapy("merge", str(shard), str(folder / f"{name}.db"))
        assert ended.code == 2, (name, ended)
        assert f"{name}.db: " in ended.err
        assert words in ended.err
    assert not ready.archive.exists()
    nothing = ready.scrapy("merge")
    assert (nothing.code, nothing.err) == (2, "newscrawler: name an archive: scrapy merge OTHER.db\n")


def test_a_crawl_on_either_side_comes_first(ready: Desk, shard: Path) -> None:
    """Exit code 3, as for any other command that writes."""
    for path in (shard, ready.archive):
        lock = Lock(path, started_at=NOW)
        ended = ready.scrapy("merge", str(shard))
        lock.release()
        assert ended.code == 3, ended
        assert f"{path.name}: " in ended.err
    assert ready.scrapy("merge", str(shard)).code == 0


def test_a_killed_merge_is_begun_again(ready: Desk, tmp_path: Path) -> None:
    """At two moments, with `kill -9`: what is committed is whole, the rest comes; nothing twice."""
    other = tmp_path / "big.db"
    crawl(other, [an_article(number) for number in range(300)])
    kills = 0
    for wanted in (50, 200):
        process = ready.start("merge", str(other))
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline and _articles(ready) < wanted:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        assert _articles(ready) > 0
    assert kills == 2, "it ended before it was killed"
    assert ready.scrapy("merge", str(other)).code == 0
    never = Desk(tmp_path / "never")
    assert never.scrapy("merge", str(other), NEWS_SEEDS_DIR=ready.folder / "seeds").code == 0
    assert dump(ready.archive, *TABLES) == dump(never.archive, *TABLES)
    assert len(dump(ready.archive, "articles")["articles"]) == 300


def _articles(desk: Desk) -> int:
    try:
        return int(desk.rows("SELECT count(*) FROM articles")[0][0])
    except sqlite3.Error:  # the tables are being made
        return 0
