"""How long the crawl's own loop stands still, at full load: distribution of the lateness of its beats.

    python -m tests.benchmarks.latency [--quick] [--pages 2000] [--json FILE]

«late» is by the clock, so it includes what other programs do to the machine; «worked» is what the loop's thread
computed meanwhile. A step of ours that is too long shows in both. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.machine import machine
from tests.benchmarks.newsroom.serving import serving, write_seeds
from tests.benchmarks.newsroom.stories import stories

_GOAL_MS: Final = 50
_SHARES: Final = (0.5, 0.9, 0.99, 0.999, 1.0)


def main() -> None:
    """Crawl, read what was written down, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="400 pages")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(stories(400 if options.quick else options.pages), folder / "server") as (base, _):
            gaps = _crawl(folder, base)
        with closing(sqlite3.connect(folder / "archive.db")) as conn:
            worst = conn.execute("SELECT worst_stall_ms, worst_stall_in FROM runs").fetchone()
    late, worked = ([gap[place] for gap in gaps] for place in (0, 1))
    result: dict[str, Any] = {
        "machine": machine(),
        "beats": len(gaps),
        "late_ms": _shares(late),
        "worked_ms": _shares(worked),
        "late_over_goal": sum(each > _GOAL_MS for each in late),
        "worked_over_goal": sum(each > _GOAL_MS for each in worked),
        "worst_stall": worst,
    }
    for kind in ("late_ms", "worked_ms"):
        print(f"{kind:10}", "  ".join(f"p{100 * float(share):g} {value:.1f}" for share, value in result[kind].items()))
    over = f"{result['late_over_goal']} of {len(gaps)} beats late, {result['worked_over_goal']} by our own work"
    print(f"over {_GOAL_MS} ms: {over}")
    print(f"as the run's own watchdog saw it: {worst[0]} ms in {worst[1] or 'nothing of ours'}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2))


def _crawl(folder: Path, base: str) -> list[list[float]]:
    write_seeds(folder / "seeds", base=base)
    environment = os.environ | {
        "NEWS_ARCHIVE": str(folder / "archive.db"),
        "NEWS_RAW_DIR": str(folder / "warc"),
        "NEWS_SEEDS_DIR": str(folder / "seeds"),
        "NEWS_PROGRESS": "off",
        "SCRAPY_SETTINGS_MODULE": "tests.benchmarks.latency_settings",
        "LATENCY_FILE": str(folder / "gaps.json"),
    }
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "news"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    found: list[list[float]] = json.loads((folder / "gaps.json").read_text())
    return found


def _shares(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {str(share): round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) for share in _SHARES}


if __name__ == "__main__":
    main()
