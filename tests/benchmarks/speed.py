"""Articles per second on a local site, ours beside the naive spider, in the same run.

    python -m tests.benchmarks.speed [--pages 1000] [--rounds 3] [--json FILE]

The two take turns, so that a machine whose speed drifts slows both; medians are printed. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from newscrawler.demo.bulk import BulkNewsroom
from tests.benchmarks.machine import machine

HERE = Path(__file__).parent
NAMES = ("ours", "ours, raw store off", "ours, no workers", "naive")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in NAMES}
    with BulkNewsroom(options.pages) as newsroom:
        for _ in range(options.rounds):
            for name in NAMES:
                runs[name].append(_measure(name, newsroom, options.pages))
                last = runs[name][-1]
                print(f"{name:22} {last['per_second']:7.1f} articles/s  {last['cpu_ms']:6.1f} ms CPU", flush=True)
    medians = {name: _medians(rows) for name, rows in runs.items()}
    print(f"\nMedians of {options.rounds} rounds, {options.pages} pages:")
    for name, row in medians.items():
        ratio = row["per_second"] / medians["naive"]["per_second"]
        print(f"{name:22} {row['per_second']:7.1f} articles/s  {row['cpu_ms']:6.1f} ms CPU  {ratio:5.2f} x naive")
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "pages": options.pages, "runs": runs}, indent=2))


def _measure(name: str, newsroom: BulkNewsroom, pages: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "archive.db"
        command, environment = _command(name, newsroom, Path(folder), database)
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        with closing(sqlite3.connect(database)) as conn:
            archived = conn.execute("SELECT count(*) FROM articles").fetchone()[0]
        if archived < pages * 0.98:
            raise SystemExit(f"{name}: only {archived} of {pages} pages archived; a rate would mean nothing")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"per_second": archived / seconds, "cpu_ms": 1000 * cpu / archived, "seconds": seconds}


def _command(name: str, newsroom: BulkNewsroom, folder: Path, database: Path) -> tuple[list[str], dict[str, str]]:
    environment = dict(os.environ)
    if name == "naive":
        command = [sys.executable, str(HERE / "naive_spider.py"), f"{newsroom.home}sitemap.xml", str(database)]
        return command, environment
    newsroom.write_seeds(folder / "seeds")
    environment |= {
        "NEWS_ARCHIVE": str(database),
        "NEWS_RAW_DIR": str(folder / "warc"),
        "NEWS_SEEDS_DIR": str(folder / "seeds"),
    }
    if "raw store off" in name:
        environment["NEWS_RAW_ENABLED"] = "false"
    if "no workers" in name:
        environment["NEWS_EXTRACT_WORKERS"] = "0"
    return [sys.executable, "-m", "scrapy", "crawl", "news"], environment


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


if __name__ == "__main__":
    main()
