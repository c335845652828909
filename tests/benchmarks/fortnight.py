"""A simulated fortnight: forty sites, a crawl every half hour, and what the archive made of it against the truth.

    python -m tests.benchmarks.fortnight [--sites 40] [--days 14] [--every 30m] [--parts 2] [--seed 1] [--json FILE]

The world (tests/support/world) is served on loopback addresses by this process and goes by its own clock; the crawls
are real ones, many in one process. With `--parts` the sites are dealt out to several archives that are filled side by
side. Nothing is asserted: tests/e2e/test_fortnight.py holds the floors, in a smaller world.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawler.times import durations
from tests.benchmarks.machine import machine

if TYPE_CHECKING:
    from support.world.play import Played
    from support.world.roles import Role

BEGIN = datetime(2026, 10, 5, tzinfo=UTC)
"""A Monday."""


def main() -> None:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=40)
    parser.add_argument("--days", type=float, default=14)
    parser.add_argument("--every", default="30m", help="of the cron line; units s, m, h, d")
    parser.add_argument("--parts", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the archives, to look into afterwards")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does: tests/support is `support`
    from support.world.findings import findings, lines
    from support.world.roles import ROLES

    roles = ROLES[: options.sites]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(options.parts) as pool:
        folder = options.keep or Path(scratch)
        hands = _dealt(roles, options.parts)
        worlds = list(pool.map(lambda hand: _play(hand[1], folder / f"part-{hand[0]}", options), enumerate(hands)))
        found = findings(worlds)
    seconds = time.monotonic() - begun
    print(f"\n{len(roles)} sites, {options.days:g} days, a crawl every {options.every}; {seconds:.0f} s\n")
    print("\n".join(lines(found)))
    if options.json:
        given = {"sites": len(roles), "days": options.days, "every": options.every, "seed": options.seed}
        report = {"machine": machine(), **given, "seconds": round(seconds), **found.to_json()}
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=2))


def _dealt(roles: Sequence[Role], parts: int) -> list[list[Role]]:
    """Sites that copy each other stay in one archive."""
    hands: list[list[Role]] = [[] for _ in range(max(1, min(parts, len(roles))))]
    for role in sorted(roles, key=lambda role: role.id in {other.copies for other in roles} or bool(role.copies)):
        together = role.copies or role.id
        hand = next((hand for hand in hands if any(together in (r.id, r.copies) for r in hand)), None)
        (min(hands, key=len) if hand is None else hand).append(role)
    return hands


def _play(roles: Sequence[Role], folder: Path, options: Any) -> Played:
    from support.world.cast import Span, newspapers
    from support.world.play import play

    folder.mkdir(parents=True)
    span = Span(BEGIN, options.days)
    begun = time.monotonic()

    def watch(at: datetime, code: int) -> None:
        if at.hour == at.minute == 0:
            day, seconds = (at - BEGIN).days, time.monotonic() - begun
            print(f"{folder.name}: day {day}, exit code {code}, {seconds:.0f} s", file=sys.stderr, flush=True)

    sites = newspapers(roles, span, seed=options.seed)
    return play(sites, span, every=durations(options.every)[0], folder=folder, watch=watch)


if __name__ == "__main__":
    main()
