"""The cost of one more article as the archive grows, through the real pipelines, with the real tables.

    python -m tests.benchmarks.growth [--quick] [--sizes 10000 100000 1000000] [--json FILE]
                                      [--cache MB …] [--mmap MB …] [--batch N …]

Fills an archive in bulk to each size, then archives 1,000 articles one by one: dedup and archive pipeline, frontier,
ledger, capture; tags and search text come ready from the workers. A million takes about 10 minutes and 8 GB.
--quick: 10,000 and 50,000. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # `support` stands in tests/, as pytest has it

from newscrawler.archive import open_archive
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records.captures import add_capture
from newscrawler.archive.records.warc import Record
from newscrawler.article import Article, fingerprinted
from newscrawler.link import Link
from newscrawler.outcome import Outcome
from newscrawler.run import Run
from newscrawler.text.language import judge
from newscrawler.text.search import search_text
from newscrawler.text.tags import Tag
from newscrawler.urls import CanonicalUrl
from pipelines.archive import ArchivePipeline
from pipelines.dedup import DedupPipeline
from support.archives import Clock, a_run, a_site
from support.crawlers import a_crawler
from tests.benchmarks.growth.filling import TAGS, fill, size_of
from tests.benchmarks.machine import machine
from tests.benchmarks.newsroom.stories import BenchStory, stories

_MEASURED: Final = 1000
"""Articles put in at each size."""
_ROOM: Final = 12_000
"""Bytes that an article needs at most while the archive is filled, its journal included."""


def main() -> None:
    """Fill, measure, print."""
    options = _options()
    sizes = [10_000, 50_000] if options.quick else sorted(options.sizes)
    printed = stories(_MEASURED, seed=7)
    words = sorted({word for story in printed for paragraph in story.paragraphs for word in paragraph.split()})
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        if shutil.disk_usage(name).free < sizes[-1] * _ROOM:
            raise SystemExit(f"{sizes[-1] * _ROOM / 1e9:.0f} GB are needed in {name}")
        path, filled = Path(name) / "archive.db", 0
        for size in sizes:
            begun = time.monotonic()
            filling = get_context("fork").Process(target=_fill, args=(path, filled + 1, size, words))
            filling.start()  # a process of its own: the memory of this one is measured
            filling.join()
            if filling.exitcode:
                raise SystemExit(f"filling ended with {filling.exitcode}")
            print(f"\r{size:,} articles in {time.monotonic() - begun:.0f} s{'':20}", flush=True)
            for number, (cache, mmap, batch) in enumerate(product(options.cache, options.mmap, options.batch)):
                rows.append(_measure(path, printed, size=size, turn=number, cache_mb=cache, mmap_mb=mmap, batch=batch))
                print(_line(rows[-1]), flush=True)
            filled = _last_id(path)
    for kind in dict.fromkeys(_kind(row) for row in rows):
        same = [row for row in rows if _kind(row) == kind]
        ratios = (f"{same[-1][name] / same[0][name]:.2f} x in {name}" for name in ("cpu_ms", "median_ms", "mean_ms"))
        print(f"{kind}: {same[-1]['size']:,} against {same[0]['size']:,} articles: {', '.join(ratios)} (goal: 2)")
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=2))


def _fill(path: Path, first: int, last: int, words: Sequence[str]) -> None:
    with _press(path) as (run, _):
        fill(run.archive, first=first, last=last, words=words, progress=lambda what: _say(last, what))


def _measure(
    path: Path,
    printed: Sequence[BenchStory],
    *,
    size: int,
    turn: int,
    cache_mb: int | None,
    mmap_mb: int | None,
    batch: int,
) -> dict[str, Any]:
    """Put the stories in, one by one. None for a cache: as the archive sets it."""
    with _press(path) as (run, doors):
        conn = run.archive.conn
        if cache_mb is not None:
            conn.execute(f"PRAGMA cache_size = -{cache_mb * 1000}")
        if mmap_mb is not None:
            conn.execute(f"PRAGMA mmap_size = {mmap_mb * 1_000_000}")
        articles = [_article(story, f"{size}-{turn}") for story in printed]
        links = [(_url(article), Link(_url(article))) for article in articles]
        frontier.discover(conn, links, site="alpha", source_id=None, now=run.clock())
        before, times = resource.getrusage(resource.RUSAGE_SELF), []
        for first in range(0, len(articles), batch):
            with nullcontext() if batch == 1 else run.archive.transaction():
                for article in articles[first : first + batch]:
                    begun = time.perf_counter()
                    _archive(run, doors, article)
                    times.append(1000 * (time.perf_counter() - begun))
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {
            "size": size,
            "cache_mb": cache_mb,
            "mmap_mb": mmap_mb,
            "batch": batch,
            "cpu_ms": 1000 * cpu / len(articles),
            "median_ms": median(times),
            "mean_ms": mean(times),
            "p99_ms": sorted(times)[len(times) * 99 // 100],
            "worst_ms": max(times),
            "file_gb": size_of(conn) / 1e9,
            "memory_mb": after.ru_maxrss / 1000,
        }


def _archive(run: Run, doors: Sequence[Any], article: Article) -> None:
    """What the crawl's own process does with an article once it has been read."""
    row = FrontierRow(_url(article), "alpha", Link(_url(article)))
    run.take_up(row)
    with run.archive.transaction() as conn:
        record = Record("new.warc.gz", 25_000 * run.taken_up, 25_000, "0" * 64)
        capture = add_capture(
            conn, record, url=article.url, requested_url=article.url, site="alpha", run_id=run.id,
            fetched_at=article.fetched_at, status=200, content_type="text/html",
        )  # fmt: skip
    item = replace(article, capture_id=capture)
    try:
        for door in doors:
            item = door.process_item(item)
    except Outcome as why:
        run.end(row.url, why, capture_id=capture)


def _url(article: Article) -> CanonicalUrl:
    return CanonicalUrl(article.url)


def _article(story: BenchStory, prefix: str) -> Article:
    """As a worker returns it. The texts are another's with every turn, so that no turn finds the one before."""
    url = f"https://alpha.example/new/{prefix}/{story.number}"
    mark = "".join(chr(ord("ا") + int(digit)) for digit in prefix if digit.isdigit())
    paragraphs = tuple(" ".join(f"{word}{mark}" for word in text.split()) for text in story.paragraphs)
    return fingerprinted(
        Article(
            url=url,
            site="alpha",
            title=story.title,
            paragraphs=paragraphs,
            fetched_at=datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=story.number),
            requested_url=url,
            published_at=story.published.astimezone(UTC),
            section=story.section,
            authors=(story.author,),
            language=judge(" ".join(story.paragraphs)),
            extractor="growth",
            tags=tuple(Tag("topic", f"وسم {1 + (story.number * 13 + n) % TAGS}", "lexicon", 0.8, 1) for n in range(5)),
            search_text=search_text(story.title, "\n\n".join(paragraphs)),
        )
    )


@contextmanager
def _press(path: Path) -> Iterator[tuple[Run, Sequence[Any]]]:
    with open_archive(path) as archive, a_run(archive, [a_site("alpha"), a_site("beta")], clock=Clock()) as run:
        crawler = a_crawler(run)
        yield run, (DedupPipeline.from_crawler(crawler), ArchivePipeline.from_crawler(crawler))


def _last_id(path: Path) -> int:
    with open_archive(path) as archive:
        ids = "SELECT max(id) FROM (SELECT max(id) AS id FROM articles UNION ALL SELECT max(id) FROM captures)"
        found: int = archive.conn.execute(ids).fetchone()[0]
        return found


def _say(size: int, what: str) -> None:
    print(f"\r{size:,}: {what}{'':20}", end="", flush=True)


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['size']:>9,} {_kind(row):42} {row['cpu_ms']:6.2f} ms CPU, median {row['median_ms']:6.2f}, p99 "
        f"{row['p99_ms']:6.1f}, worst {row['worst_ms']:6.1f} ms; {row['file_gb']:.2f} GB, {row['memory_mb']:.0f} MB"
    )


def _kind(row: dict[str, Any]) -> str:
    cache, mmap = ("as set" if row[name] is None else f"{row[name]} MB" for name in ("cache_mb", "mmap_mb"))
    return f"cache {cache}, mmap {mmap}, {row['batch']} a commit"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--cache", type=int, nargs="+", default=[None], help="MB of page cache; default: as set")
    parser.add_argument("--mmap", type=int, nargs="+", default=[None], help="MB mapped into memory; default: as set")
    parser.add_argument("--batch", type=int, nargs="+", default=[1], help="articles in a transaction; default: 1")
    parser.add_argument(
        "--folder", type=Path, help="where the archive is built; default: the system's temporary folder"
    )
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
