"""Searches on a large invented archive: time of the whole page, size of the index, cost of indexing, memory.

    python -m tests.benchmarks.search [--articles 100000] [--searches 200] [--archive FILE] [--json FILE]

Words are drawn from the dictionary with the frequencies that words have in newspapers (Zipf), so that one search in
ten asks for words that nearly every article has. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from datasette.app import Datasette

from newscrawler.archive import Archive, open_archive
from newscrawler.text.dictionary import arabic
from newscrawler.text.search import search_text

OUTLETS: Final = 24
SECTIONS: Final = ("سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "علوم", "منوعات", None)
VOCABULARY: Final = 40_000
HEADLINE_WORDS: Final = 9
BODY_WORDS: Final = (120, 480)
"""Shortest and longest body; Arabic news reports have 250 words on average."""
NEWEST: Final = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Words:
    """Words with the frequencies of a newspaper: the n-th word is n times rarer than the first."""

    def __init__(self, chance: random.Random) -> None:
        forms = sorted(form for form in arabic().beginning("") if len(form) > 2)
        self.words = chance.sample(forms, VOCABULARY)
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
        self._chance = chance

    def drawn(self, number: int) -> list[str]:
        """As they would follow each other in a text."""
        return self._chance.choices(self.words, cum_weights=self._weights, k=number)


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--archive", type=Path, help="build it here and keep it, or use the one that is here")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, Any] = {"machine": _machine(), "loading": _loading()}
    chance = random.Random(1)
    words = Words(chance)
    with tempfile.TemporaryDirectory() as folder:
        path = options.archive or Path(folder) / "archive.db"
        if not path.exists():
            figures["building"] = _build(path, options.articles, words, chance)
        figures["size"] = _sizes(path)
        figures["search pages"] = asyncio.run(_pages(path, list(_searches(words, options.searches, chance))))
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False))


def _loading() -> dict[str, float]:
    """Of the dictionary, in a process of its own: seconds, megabytes, and the first article."""
    code = (
        "import time, json\n"
        "from newscrawler.text.search import search_text\n"
        "def mb(): return int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6\n"
        "before, begun = mb(), time.perf_counter()\n"
        "search_text('صواريخ')\n"
        "print(json.dumps({'seconds': time.perf_counter() - begun, 'megabytes': mb() - before}))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return {key: round(value, 2) for key, value in json.loads(done.stdout).items()}


def _build(path: Path, articles: int, words: Words, chance: random.Random) -> dict[str, float]:
    indexing, begun = 0.0, time.perf_counter()
    with open_archive(path) as archive:
        _outlets(archive)
        for first in range(0, articles, 1000):
            with archive.transaction() as conn:
                for number in range(first + 1, min(first + 1000, articles) + 1):
                    title = " ".join(words.drawn(HEADLINE_WORDS))
                    body = " ".join(words.drawn(chance.randint(*BODY_WORDS)))
                    at = time.process_time()
                    searched = search_text(title, "", body)
                    indexing += time.process_time() - at
                    conn.execute(_INSERT, _row(number, title, body, searched, chance))
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = time.perf_counter() - begun
    return {"articles": articles, "search_text ms": round(1000 * indexing / articles, 3), "seconds": round(seconds, 1)}


_INSERT: Final = """INSERT INTO articles (url, site, section, title, text, published_at, language, words, first_seen_at,
    last_seen_at, extractor, content_hash, search_text) VALUES (?, ?, ?, ?, ?, ?, 'ar', ?, ?, ?, 'bench', ?, ?)"""


def _row(number: int, title: str, body: str, searched: str, chance: random.Random) -> tuple[object, ...]:
    site = f"outlet{int(chance.triangular(0, OUTLETS, 0))}"
    at = (NEWEST - timedelta(minutes=15 * number + chance.randint(0, 400))).strftime("%Y-%m-%dT%H:%M:%SZ")
    url = f"https://{site}.example/{number}"
    words = len(body.split())
    return url, site, chance.choice(SECTIONS), title, body, at, words, at, at, f"hash{number}", searched


def _outlets(archive: Archive) -> None:
    zones = ("Asia/Beirut", "Africa/Tunis", "Africa/Cairo", "Asia/Baghdad", "Africa/Casablanca", "Asia/Dubai")
    with archive.transaction() as conn:
        for number in range(OUTLETS):
            conn.execute(
                """INSERT INTO sites (id, name, country, kind, home, timezone, status, first_seen_at)
                   VALUES (?, ?, 'LB', 'newspaper', ?, ?, 'active', '2026-11-01T00:00:00Z')""",
                (f"outlet{number}", f"صحيفة {number}", f"https://outlet{number}.example/", zones[number % 6]),
            )


def _sizes(path: Path) -> dict[str, float]:
    with open_archive(path) as archive:
        count = archive.conn.execute("SELECT count(*) FROM articles").fetchone()[0]
        size = dict(
            archive.conn.execute(
                "SELECT CASE WHEN name LIKE 'articles_fts%' THEN 'index' ELSE name END, sum(pgsize) FROM dbstat"
                " GROUP BY 1"
            )
        )
    return {
        "articles": count,
        "file MB": round(path.stat().st_size / 1e6),
        "index bytes an article": round(size["index"] / count),
        "facet index bytes an article": round(size.get("articles_facets", 0) / count),
    }


def _searches(words: Words, number: int, chance: random.Random) -> Iterator[tuple[str, dict[str, str]]]:
    """Kind and parameters: what people type, from the commonest words to the rarest, with filters and without."""
    for _ in range(number):
        kind = chance.choices(
            ["everywhere", "common", "usual", "rare", "two words", "phrase", "filtered", "newest", "all articles"],
            weights=[5, 10, 25, 15, 20, 10, 10, 3, 2],
        )[0]
        ranks = {"everywhere": (0, 20), "common": (20, 300), "rare": (10_000, VOCABULARY)}.get(kind, (300, 5_000))
        word, other = (words.words[chance.randrange(*ranks)] for _ in range(2))
        parameters = {"q": word}
        if kind == "two words":
            parameters["q"] = f"{words.words[chance.randrange(0, 500)]} {word}"
        elif kind == "phrase":
            parameters["q"] = f"«{words.words[chance.randrange(0, 100)]} {words.words[chance.randrange(0, 300)]}»"
        elif kind == "filtered":
            parameters |= {"q": f"{word} OR {other}", "site": f"outlet{chance.randrange(OUTLETS)}"}
        elif kind == "newest":
            parameters |= {"order": "new"}
        elif kind == "all articles":
            parameters = {}
        yield kind, parameters


async def _pages(path: Path, searches: list[tuple[str, dict[str, str]]]) -> dict[str, Any]:
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    await datasette.client.get("/-/search?" + urlencode({"q": "كلمة"}))  # opens connections, loads the dictionary
    times: dict[str, list[float]] = {}
    computed: list[float] = []
    incomplete = 0
    for kind, parameters in searches:
        begun, computing = time.perf_counter(), time.process_time()
        response = await datasette.client.get("/-/search?" + urlencode(parameters))
        times.setdefault(kind, []).append(1000 * (time.perf_counter() - begun))
        computed.append(1000 * (time.process_time() - computing))
        assert response.status_code == 200, response.text
        incomplete += "في الوقت المتاح" in response.text
    every = [ms for group in times.values() for ms in group]
    datasette.executor.shutdown()
    return {
        "all": _spread(every),
        "all, CPU time of two cores": _spread(computed),
        **{kind: _spread(group) for kind, group in sorted(times.items())},
        "pages on which something was left out": incomplete,
        "process MB at its largest": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def _spread(milliseconds: list[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {
        "searches": len(ordered),
        "p50 ms": round(statistics.median(ordered), 1),
        "p95 ms": round(p95, 1),
        "largest ms": round(ordered[-1], 1),
    }


def _machine() -> dict[str, object]:
    return {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}


if __name__ == "__main__":
    main()
