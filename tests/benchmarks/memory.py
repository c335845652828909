"""Memory over a long crawl: that of the crawl's own process and of each worker, every few seconds.

    python -m tests.benchmarks.memory [--quick] [--pages 50000] [--json FILE]

Every page is another text, printed as it is asked for by a server that takes a core of its own, so this says nothing
about speed. 50,000 pages take about 20 minutes on two cores, --quick (2,000) one. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.machine import machine
from tests.benchmarks.newsroom.measuring import pss_of_tree
from tests.benchmarks.newsroom.serving import wait_for, write_seeds

_EVERY_S: Final = 2.0


def main() -> None:
    """Crawl, look, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="2,000 pages")
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pages = 2000 if options.quick else options.pages
    with tempfile.TemporaryDirectory() as name, _served(pages) as base:
        folder = Path(name)
        write_seeds(folder / "seeds", base=base, path=r"/\d+/news/\d+\.html")
        samples = list(_crawl(folder, shown_every=max(200, pages // 20)))
    late = [row for row in samples if pages / 5 <= row["pages"] < 0.99 * pages]  # at the end it lets go
    print(f"most: {max(row['all_mb'] for row in samples):.0f} MB in all")
    for who in ("main_mb", "all_mb"):
        print(f"{who}: {_slope(late, who):+.1f} MB per 10,000 pages after the first fifth")
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "pages": pages, "samples": samples}, indent=2))


def _crawl(folder: Path, *, shown_every: int) -> Iterator[dict[str, Any]]:
    archive = folder / "archive.db"
    environment = os.environ | {
        "NEWS_ARCHIVE": str(archive),
        "NEWS_RAW_ENABLED": "false",
        "NEWS_SEEDS_DIR": str(folder / "seeds"),
        "NEWS_PROGRESS": "off",
        "SCRAPY_SETTINGS_MODULE": "newscrawler.settings",
    }
    shown = 0
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "news"], env=environment, stdout=subprocess.DEVNULL
    ) as crawl:
        while crawl.poll() is None:
            time.sleep(_EVERY_S)
            done = _ended(archive)
            sizes = pss_of_tree(crawl.pid)
            if not done or crawl.pid not in sizes:
                continue
            workers = [size for pid, size in sizes.items() if pid != crawl.pid]
            row = {"pages": done, "main_mb": sizes[crawl.pid], "others_mb": workers, "all_mb": sum(sizes.values())}
            if done >= shown:
                shown = done + shown_every
                others = ", ".join(f"{size:.0f}" for size in workers)
                print(f"{done:>7,} pages: own process {row['main_mb']:.0f} MB, others {others}", flush=True)
            yield row


def _ended(archive: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)) as conn:
        found: int = conn.execute("SELECT count(*) FROM articles").fetchone()[0]
        return found
    return 0


def _slope(rows: Sequence[dict[str, Any]], name: str) -> float:
    """MB per 10,000 pages, by least squares; 0 with fewer than two looks."""
    if len(rows) < 2:
        return 0.0
    xs, ys = [row["pages"] / 10_000 for row in rows], [row[name] for row in rows]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle_x) ** 2 for x in xs)
    return sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / spread if spread else 0.0


@contextmanager
def _served(pages: int) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.benchmarks.endless_server", str(port), str(pages)]
    with subprocess.Popen(command) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/robots.txt", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
