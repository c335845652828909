"""Copies, near copies and related articles: how many are found, how many are right, how fast, how large.

    python -m tests.benchmarks.twins [--sizes 1000,10000,100000] [--edited 100] [--json FILE]

With NEWS_CORPUS the texts are real ones. Four parts, each printed as it ends; nothing is asserted.

- edits: seeded articles, rewritten in every way of tests/support/rewrites.py, against an archive of all articles
- corpus: all articles through the real doors; what clusters there are, and whether any is chained
- series: a thousand instalments of each, and copies of some of them
- speed: look-up and insert at several sizes, and what the tables weigh
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import twins_edits, twins_series, twins_speed
from tests.benchmarks.machine import machine
from tests.benchmarks.prose import stories


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000", help="articles in the archive, for the speed")
    parser.add_argument("--edited", type=int, default=100, help="articles that are rewritten")
    parser.add_argument("--instalments", type=int, default=1000, help="of each series")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    source, texts = stories()
    print(f"{len(texts)} articles: {source}", flush=True)
    results: dict[str, object] = {"machine": machine(), "source": source, "articles": len(texts)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results["corpus"], results["edits"] = twins_edits.measure(texts, folder, edited=options.edited)
        results["series"] = twins_series.measure(folder, instalments=options.instalments)
        sizes = [int(size) for size in options.sizes.split(",")]
        results["speed"] = twins_speed.measure([story for story, _ in texts], folder, sizes)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
