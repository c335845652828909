"""Everybody reads the same 2,000 pages: articles a second, CPU, memory, and how right what they read is.

    python -m tests.benchmarks.newsroom [--quick] [--only NAME …] [--json FILE] [--plot FILE] [--write]

About 12 minutes on two cores; --quick about two. Contenders take turns, so that a machine whose speed drifts slows
all of them; medians are kept. Rivals are installed by pip into environments of their own (--cache); one that can't be
is named with the reason. --write puts the table into README.md. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.benchmarks.machine import machine
from tests.benchmarks.newsroom import report
from tests.benchmarks.newsroom.contenders import CONTENDERS, OURS, REPLAY, Contender, Skipped, job
from tests.benchmarks.newsroom.measuring import Cost, run
from tests.benchmarks.newsroom.scoring import of_archive, of_lines, score
from tests.benchmarks.newsroom.serving import serving
from tests.benchmarks.newsroom.stories import BenchStory, stories

_PAGES: Final = 2000
_QUICK_PAGES: Final = 400
_TIMEOUT_S: Final = 300.0
"""After which a contender is ended and not measured."""


def main() -> None:
    """Serve, measure, print."""
    options = _options()
    pages = options.pages or (_QUICK_PAGES if options.quick else _PAGES)
    wanted = [each for each in CONTENDERS if not options.only or any(part in each.name for part in options.only)]
    printed = stories(pages)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with serving(printed, folder / "server") as (base, server):
            print(f"{pages} pages, served by {server}", flush=True)
            bench = Bench(printed, base=base, folder=folder, cache=options.cache)
            for number in range(1 if options.quick else max(each.rounds for each in wanted)):
                for contender in wanted:
                    if number < contender.rounds:
                        bench.measure(contender)
    results = {"machine": machine(), "server": server, "pages": pages, "quick": options.quick, **bench.results()}
    print("\n" + report.table(results))
    for line in report.ratios(results):
        print(line)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2, ensure_ascii=False))
    if options.plot:
        report.plot(results, options.plot)
    if options.write:
        report.write_readme(results)


class Bench:
    """What was measured so far."""

    def __init__(self, printed: Sequence[BenchStory], *, base: str, folder: Path, cache: Path) -> None:
        self.printed = printed
        self.base = base
        self.folder = folder
        self.cache = cache
        self.runs: dict[str, list[dict[str, float]]] = {}
        self.correct: dict[str, dict[str, float]] = {}
        self.skipped: dict[str, str] = {}
        self.warc = folder / "warc"

    def measure(self, contender: Contender) -> None:
        """One round. Why it isn't possible is noted, and ends the contender's rounds."""
        if contender.name in self.skipped:
            return
        place = self.folder / "round"
        place.mkdir()
        try:
            read, cost = self._run(contender, place)
            row = {
                "per_second": read / cost.seconds,
                "cpu_ms": 1000 * cost.cpu_s / read,
                "peak_mb": cost.peak_mb,
                "seconds": cost.seconds,
            }
            self.runs.setdefault(contender.name, []).append(row)
            print(f"{contender.name:28} {report.figures(row)}", flush=True)
        except Skipped as why:
            self.skipped[contender.name] = str(why)
            print(f"{contender.name:28} skipped: {why}", flush=True)
        finally:
            shutil.rmtree(place)

    def results(self) -> dict[str, Any]:
        """Medians, with every single round beside them."""
        medians = {name: {key: median(row[key] for row in rows) for key in rows[0]} for name, rows in self.runs.items()}
        return {"medians": medians, "correct": self.correct, "skipped": self.skipped, "rounds": self.runs}

    def _run(self, contender: Contender, place: Path) -> tuple[int, Cost]:
        """How many pages it read, and what that took."""
        if contender.name == REPLAY and not self.warc.exists():
            raise Skipped("it reads what the live crawl stored, which was not measured")
        pages = int(len(self.printed) * contender.share)
        work = job(
            contender,
            base=self.base,
            www=self.folder / "server" / "www",
            pages=pages,
            folder=place,
            cache=self.cache,
            warc=self.warc,
        )
        first, *others = (
            run(command, environment=work.environment, timeout_s=_TIMEOUT_S, folder=work.folder)
            for command in work.commands
        )
        for cost in (first, *others):
            if cost.code != 0 or not work.result.exists():
                last = (cost.output.strip().splitlines() or ["no output"])[-1]
                raise Skipped(f"exit code {cost.code}: {last[:200]}")
        if contender.name == OURS and not self.warc.exists():
            shutil.copytree(place / "warc", self.warc)
        return self._read(contender, work.result, pages), first

    def _read(self, contender: Contender, result: Path, pages: int) -> int:
        """Score what was read; returns how many pages it was. Raises Skipped for less than 9 of 10."""
        zone = self.printed[0].published.tzinfo
        copies: dict[str, str] | None = None
        if contender.script:
            readings = of_lines(result, zone)
            read = len(readings)
        else:
            readings, copies = of_archive(result, zone)
            read = len({*readings, *copies})
        if read < 0.9 * pages:
            raise Skipped(f"it read only {read} of {pages} pages; a rate would mean nothing")
        if contender.extracts:
            asked = [story for story in self.printed if story.number <= pages]
            self.correct[contender.name] = score(asked, readings, copies)
        return read


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK_PAGES} pages, one round")
    parser.add_argument("--pages", type=int, help="how many pages the newspaper has")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="contenders whose name has one of these in it")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "newscrawler-bench")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--plot", type=Path, help="draw them here, .svg or .png")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
