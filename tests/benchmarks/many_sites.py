"""Many sites on one machine, each with a delay: how long, how much memory, how fair, and is the delay kept.

    python -m tests.benchmarks.many_sites [--sites 500] [--pages 20] [--delay 2] [--json FILE]

Each site is a loopback host of its own (127.16.0.1 and on) with robots.txt, a feed and `pages` small articles. The
crawl is `scrapy crawl news` with the settings as they are; the servers are one other process, which isn't counted.
Needs Linux: 127.0.0.0/8 and /proc. Nothing is asserted.
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
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.benchmarks.machine import machine
from tests.benchmarks.many_hosts import address

_SEED: Final = """\
name = "صحيفة {number}"
country = "LB"
home = "http://{host}/"
timezone = "Asia/Beirut"
delay_s = {delay}
private_network = true

[[source]]
kind = "feed"
url = "http://{host}/feed"

[articles]
allow = ['/news/\\d+$']
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--delay", type=float, default=2.0, help="seconds, of every seed")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        heard, crawl = _crawled(folder, options.sites, options.pages, options.delay)
        found = crawl | _kept(heard, options.pages, options.delay) | _archived(folder / "archive.db")
    for name, value in found.items():
        print(f"{name:44} {value}")
    if options.json:
        given = {"sites": options.sites, "pages": options.pages, "delay_s": options.delay}
        options.json.write_text(json.dumps({"machine": machine(), **given, **found}, indent=2))


Heard = dict[str, list[tuple[float, str]]]


def _crawled(folder: Path, sites: int, pages: int, delay: float) -> tuple[Heard, dict[str, float]]:
    """What the servers heard, and what the crawl cost."""
    report = folder / "heard.json"
    serving = [sys.executable, "-m", "tests.benchmarks.many_hosts", f"--pages={pages}", f"--report={report}"]
    with subprocess.Popen(serving, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        seeds = folder / "seeds" / "sites"
        seeds.mkdir(parents=True)
        for number in range(sites):
            toml = _SEED.format(number=number, host=f"{address(number)}:{port}", delay=delay)
            (seeds / f"site-{number:03}.toml").write_text(toml, encoding="utf-8")
        environment = os.environ | {
            "NEWS_ARCHIVE": str(folder / "archive.db"),
            "NEWS_RAW_DIR": str(folder / "warc"),
            "NEWS_SEEDS_DIR": str(folder / "seeds"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        crawl = _measured([sys.executable, "-m", "scrapy", "crawl", "news"], environment)
        assert server.stdin is not None
        server.stdin.close()
        server.wait(30)
    ideal = (pages + 1) * delay  # the feed and the pages, a delay between each two and after robots.txt
    heard: Heard = json.loads(report.read_text())
    requests = sum(len(asked) for asked in heard.values())
    return heard, {"wall s": crawl.pop("wall s"), "ideal wall s": ideal, "requests": requests} | crawl


def _measured(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    peak = own = processes = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as crawl:
        while crawl.poll() is None:
            tree = _tree(crawl.pid)
            peak = max(peak, sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in tree))
            own = max(own, _kilobytes(crawl.pid, "status", "VmHWM"))
            processes = max(processes, len(tree))
            time.sleep(0.5)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "exit code": crawl.returncode,
        "wall s": round(seconds, 1),
        "CPU s": round(cpu, 1),
        "CPU share of one core": round(cpu / seconds, 2),
        "peak memory of all processes MB (Pss)": peak // 1000,
        "peak memory of the crawl's own process MB": own // 1000,
        "processes": processes,
    }


def _tree(pid: int) -> list[int]:
    """A process and all below it; those that end meanwhile are left out."""
    found = [pid]
    for parent in found:
        try:
            found += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return found


def _kilobytes(pid: int, file: str, field: str) -> int:
    try:
        text = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii")
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(f"{field}:")), 0)


def _kept(heard: Heard, pages: int, delay: float) -> dict[str, float]:
    """How the servers were treated: gaps between requests of one host, and how even the hosts' shares were."""
    begun = min(asked[0][0] for asked in heard.values())
    gaps = sorted(after[0] - before[0] for asked in heard.values() for before, after in pairwise(_paced(asked)))
    ends = sorted(asked[-1][0] - begun for asked in heard.values())
    half = statistics.median(ends) / 2
    by_half = sorted(sum(at - begun < half for at, _ in asked) for asked in heard.values())
    complete = sum(len({path for _, path in asked if path.startswith("/news/")}) == pages for asked in heard.values())
    return {
        "sites asked for every page": complete,
        "requests per second": round(sum(map(len, heard.values())) / ends[-1], 1),
        "smallest gap s": round(gaps[0], 2),
        "gaps under the delay": round(sum(gap < delay * 0.98 for gap in gaps) / len(gaps), 3),
        "median gap s": round(statistics.median(gaps), 2),
        "99th percentile of gaps s": round(gaps[int(len(gaps) * 0.99)], 2),
        "largest gap s": round(gaps[-1], 2),
        "first site done s": round(ends[0], 1),
        "median site done s": round(statistics.median(ends), 1),
        "last site done s": round(ends[-1], 1),
        "requests of a site at half time, least": by_half[0],
        "requests of a site at half time, most": by_half[-1],
    }


def _paced(asked: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Without robots.txt, whose answer a first page may follow at once."""
    return [each for each in asked if each[1] != "/robots.txt"]


def _archived(database: Path) -> dict[str, float]:
    with closing(sqlite3.connect(database)) as conn:
        articles = conn.execute("SELECT count(*) FROM articles").fetchone()[0]
        taken, ended, stall = conn.execute("SELECT taken_up, ended, worst_stall_ms FROM runs").fetchone()
    return {"articles": articles, "taken up": taken, "outcomes": ended, "worst stall of the loop ms": stall}


if __name__ == "__main__":
    main()
