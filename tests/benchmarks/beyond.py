"""What a Dask cluster and a merge cost on this machine.

    python -m tests.benchmarks.beyond [--pages 1000] [--rounds 3] [--articles 5000] [--json FILE]

Crawls with two local workers and with two workers of a Dask cluster on the same machine take turns, so that a machine
whose speed drifts slows both; medians are printed, with the CPU time of crawl, workers and scheduler. Then two archives
with half of the articles each, a tenth of them copies of the other's, are merged into a new one, and merged once more.
Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

import psutil
from distributed import Client

from newscrawler.archive import open_archive
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.demo.bulk import BulkNewsroom
from newscrawler.merging.merge import merge
from support.archives import NOW, an_article
from support.cluster import Cluster
from support.commands import Desk
from support.merging import crawl
from tests.benchmarks.machine import machine


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    crawls = crawled(options.pages, options.rounds)
    merges = merged(options.articles)
    for name, measured in crawls.items():
        per_second, cpu_ms = (statistics.median(one) for one in zip(*measured, strict=True))
        print(f"{name:14} {per_second:7.1f} articles/s {cpu_ms:7.1f} ms CPU an article, medians of {options.rounds}")
    for name, rate in merges.items():
        print(f"{name:14} {rate[0]:7.1f} articles/s {rate[1]:7.2f} ms CPU an article")
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "crawls": crawls, "merges": merges}, indent=2))


def crawled(pages: int, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Articles per second, and CPU milliseconds for each, of whole crawls, start and end included."""
    rates: dict[str, list[tuple[float, float]]] = {"local workers": [], "Dask workers": []}
    with tempfile.TemporaryDirectory() as name, BulkNewsroom(pages) as newsroom, Cluster(Path(name)) as cluster:
        with Client(cluster.address, set_as_default=False) as client:
            client.wait_for_workers(2)
        newsroom.write_seeds(Path(name) / "seeds")
        for _ in range(rounds):
            for kind, where in zip(rates, ("", cluster.address), strict=True):
                desk = Desk(Path(name) / "desk")
                given = {"NEWS_SEEDS_DIR": Path(name) / "seeds", "NEWS_EXTRACT_WORKERS": 2, "NEWS_CLUSTER": where}
                begun, before = time.monotonic(), _cpu(cluster)
                subprocess.run(desk.command("crawl", "news", **given), check=True, capture_output=True)
                seconds, cpu = time.monotonic() - begun, _cpu(cluster) - before
                archived = desk.rows("SELECT count(*) FROM articles")[0][0]
                if archived < pages * 0.98:
                    raise SystemExit(f"{kind}: only {archived} of {pages} pages archived; a rate would mean nothing")
                rates[kind].append((archived / seconds, 1000 * cpu / archived))
                print(f"{kind:14} {archived / seconds:7.1f} articles/s {1000 * cpu / archived:7.1f} ms CPU", flush=True)
                shutil.rmtree(desk.folder)
    return rates


def _cpu(cluster: Cluster) -> float:
    """Seconds that ended children and all processes of the cluster have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    live = [psutil.Process(process.pid) for process in cluster.processes]
    family = [*live, *(child for process in live for child in process.children(recursive=True))]
    return ended.ru_utime + ended.ru_stime + sum(sum(process.cpu_times()[:2]) for process in family)


def merged(articles: int) -> dict[str, tuple[float, float]]:
    """Articles per second, and CPU milliseconds for each, of a first merge and of one that finds everything known."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{site}.db" for site in ("alpha", "beta")]
        half = articles // 2
        for path, first in zip(paths, (0, half - articles // 10), strict=True):
            site = path.stem
            pages = (
                replace(
                    an_article(number, url=f"https://{site}.example/news/{number}", site=site),
                    published_at=NOW - timedelta(days=30) + timedelta(minutes=number, seconds=first),
                )
                for number in range(first, first + half)
            )
            crawl(path, pages)
        rates = {}
        for kind in ("first merge", "second merge"):
            begun, before = time.monotonic(), time.process_time()
            with open_archive(Path(name) / "merged.db") as archive:
                for path in paths:
                    merge(archive, path, limits=DEFAULT_LIMITS)
                archived = archive.conn.execute("SELECT count(*) FROM articles").fetchone()[0]
            cpu = time.process_time() - before
            rates[kind] = 2 * half / (time.monotonic() - begun), 1000 * cpu / (2 * half)
        print(f"{archived} articles of {2 * half} are left, the others are copies")
    return rates


if __name__ == "__main__":
    main()
