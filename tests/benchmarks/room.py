"""The reading room on a large invented archive: milliseconds of each type of page, memory, size of the index.

    python -m tests.benchmarks.room [--articles 100000] [--visits 40] [--archive FILE] [--json FILE]

`datasette archive.db` in a process of its own is asked over HTTP by one reader after the other, types of pages mixed,
no address twice, so that nothing is measured from memory but what stays there for every reader. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from newscrawler.archive import read_archive
from tests.benchmarks.machine import machine
from tests.benchmarks.room_archive import NEWEST, OUTLETS, TAGS, build
from tests.benchmarks.search import Words
from tests.support.room_server import serving

GOAL_MS: Final = 200
"""p95 of a page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request."""

    waited_ms: float
    """Until the last byte."""
    worked_ms: float
    """That the server's threads computed; 0 where /proc isn't."""
    size: int
    """Bytes."""


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--visits", type=int, default=40, help="of each type of page; default: 40")
    parser.add_argument("--archive", type=Path, help="build it here and keep it, or use the one that is here")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.archive or Path(folder) / "archive.db"
        if not path.exists():
            begun = time.monotonic()
            build(path, options.articles)
            print(f"{options.articles:,} articles archived in {time.monotonic() - begun:.0f} s", flush=True)
        figures = {"machine": machine(), "size": _size(path)} | _ask(path, options.visits)
    for name, row in figures["pages"].items():
        missed = "" if row["p95 ms"] <= GOAL_MS else f"  more than {GOAL_MS}"
        waited = f"p50 {row['p50 ms']:7.1f}   p95 {row['p95 ms']:7.1f} ms"
        print(f"{name:22} {waited}   CPU {row['CPU ms']:6.1f} ms   {row['kB']:6.1f} kB{missed}")
    print(json.dumps({"size": figures["size"], "memory": figures["memory"]}, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False))


def _ask(path: Path, visits: int) -> dict[str, Any]:
    chance = random.Random(7)
    with read_archive(path) as archive:
        articles: int = archive.conn.execute("SELECT max(id) FROM articles").fetchone()[0]
    words = Words(chance)
    addresses = [*_addresses(articles, visits, words, chance), *_narrowed(visits, words, chance)]
    addresses += [(name, f"/{path.stem}{rest}") for name, rest in _of_datasette(articles, visits, chance)]
    chance.shuffle(addresses)
    visits_of: dict[str, list[Visit]] = {}
    with serving(path) as room:
        connection = HTTPConnection(room.home.removeprefix("http://"))
        for address in ("/", "/-/search?q=%D8%A7%D9%84", "/-/outlets", "/-/plot/outlets-days.svg"):
            _get(connection, address)  # what the first reader waits for: connections, templates, dictionary, process
        for name, address in addresses:
            begun, worked = time.perf_counter(), _worked_ms(room.process)
            size = _get(connection, address)
            waited = 1000 * (time.perf_counter() - begun)
            visits_of.setdefault(name, []).append(Visit(waited, _worked_ms(room.process) - worked, size))
        memory = _memory(room.process)
    return {"pages": {name: _spread(found) for name, found in sorted(visits_of.items())}, "memory": memory}


def _get(connection: HTTPConnection, address: str) -> int:
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{address}: {response.status}; a time would mean nothing")
    return len(body)


def _addresses(articles: int, visits: int, words: Words, chance: random.Random) -> Iterator[tuple[str, str]]:
    for number in range(visits):
        word, common = (quote(words.words[chance.randrange(*ranks)]) for ranks in ((300, 8000), (0, 100)))
        day = (NEWEST - timedelta(days=chance.randrange(articles // 100))).date().isoformat()
        outlet, tag = f"outlet{chance.randrange(OUTLETS)}", chance.randrange(1, TAGS // 8)
        yield "front", f"/?visit={number}"
        yield "article", f"/-/article/{chance.randrange(1, articles)}"
        yield "search", f"/-/search?q={word}"
        yield "search, common word", f"/-/search?q={common}"
        yield "search, outlet", f"/-/search?q={word}&site={outlet}"
        yield "search without words", f"/-/search?page={number + 1}"
        yield "outlets", f"/-/outlets?visit={number}"
        yield "outlet", f"/-/outlet/{outlet}?visit={number}"
        yield "tag", f"/-/tag/{tag}"
        yield "tag, frequent", f"/-/tag/{number + 1}?visit={number}"
        yield "tags", f"/-/tags?visit={number}"
        yield "day", f"/-/day/{day}"
        yield "calendar", f"/-/days/{day[:7]}?visit={number}"
        yield "cluster", f"/-/cluster/{25 * chance.randrange(1, articles // 25)}"
        yield "health", f"/-/health?visit={number}"
        yield "run", f"/-/health/run/{number % 60 + 1}"
        yield "why", f"/-/why?url=https%3A//outlet{number % OUTLETS}.example/{chance.randrange(1, articles)}"
        yield "feed", f"/-/feed/all.atom?visit={number}"
        yield "picture of an outlet", f"/-/plot/outlet-days/{outlet}.svg?size={chance.choice(['wide', 'narrow'])}"
        yield "picture of a tag", f"/-/plot/tag-coverage/{tag}.svg"
        yield "picture of health", f"/-/plot/health-days.svg?visit={number}"


def _narrowed(visits: int, words: Words, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Searches with the facets that are not columns of an article."""
    for number in range(visits):
        word = quote(words.words[chance.randrange(0, 3000)])
        tag, country = chance.randrange(1, TAGS // 8), ("EG", "LB", "TN")[number % 3]
        first = (NEWEST - timedelta(days=chance.randrange(30, 900))).date().isoformat()
        yield "search, tag", f"/-/search?q={word}&tag={tag}"
        yield "search, frequent tag", f"/-/search?tag={number % 5 + 1}&page={number + 1}"
        yield "search, country", f"/-/search?country={country}&page={number + 1}"
        yield "search, period", f"/-/search?from={first}&page={number % 20 + 1}"
        yield (
            "search, all facets",
            f"/-/search?q={word}&country={country}&originals=1&from={first}&tag={number % 9 + 1}",
        )
        yield "search as JSON", f"/-/search.json?q={word}&country={country}"
        yield "search as CSV", f"/-/search.csv?q={word}&from={first}"


def _of_datasette(articles: int, visits: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    for number in range(visits):
        yield "Datasette: table", f"/articles?_next={chance.randrange(articles)}"
        yield "Datasette: table, facets", f"/articles?_visit={number}"
        yield "Datasette: outcomes by day", f"/outcomes-by-day?since=&site=&_visit={number}"
        yield "Datasette: articles per day", f"/articles-per-day?since=&site=&_visit={number}"


def _spread(found: list[Visit]) -> dict[str, float]:
    ordered = sorted(each.waited_ms for each in found)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {
        "visits": len(ordered),
        "p50 ms": round(statistics.median(ordered), 1),
        "p95 ms": round(p95, 1),
        "largest ms": round(ordered[-1], 1),
        "CPU ms": round(statistics.median(each.worked_ms for each in found), 1),
        "kB": round(statistics.median(each.size for each in found) / 1000, 1),
    }


def _worked_ms(process: int) -> float:
    """Milliseconds its threads have computed so far: what a page costs on a machine that does other things, too."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e6


def _memory(process: int) -> dict[str, int]:
    """Megabytes of the server at its largest, and of the process that draws; {} where /proc isn't."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return {}
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    children = [child for task in tasks for child in task.read_text(encoding="ascii").split()]
    drawing = [_kilobytes(Path(f"/proc/{child}/status"), "VmRSS") for child in children]
    return {"server MB at its largest": _kilobytes(status, "VmHWM") // 1000, "drawing MB": sum(drawing) // 1000}


def _kilobytes(status: Path, name: str) -> int:
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


def _size(path: Path) -> dict[str, float]:
    with read_archive(path) as archive:
        count: int = archive.conn.execute("SELECT count(*) FROM articles").fetchone()[0]
        index: int = archive.conn.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_fts%' OR name = 'articles_facets'"
        ).fetchone()[0]
    return {"articles": count, "file MB": round(path.stat().st_size / 1e6), "search index MB": round(index / 1e6)}


if __name__ == "__main__":
    main()
