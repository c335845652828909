"""Measures anew and pins the floors: `python -m tests.quality.pin [--lower]`, with NEWS_CORPUS for the real pages too.

Without `--lower` a floor only ever rises; a lower one is refused, and says what fell.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from .scoring import Sample, Score, corpus_samples, digest, own_samples, score

FLOORS: Final = Path(__file__).with_name("floors.json")
"""Set of pages → digest of pages and gold, and measure → the least it may be."""

OWN_PAGES: Final = Path(__file__).parent.parent / "pages"
"""The golden folders of the project."""


def sets() -> dict[str, list[Sample]]:
    """The sets of pages at hand: `own`, and `corpus` where NEWS_CORPUS names a folder."""
    found = {"own": list(own_samples(OWN_PAGES))}
    corpus = os.environ.get("NEWS_CORPUS")
    if corpus:
        found["corpus"] = list(corpus_samples(Path(corpus)))
    return found


def floors() -> dict[str, Any]:
    """The pinned floors; empty before the first pinning."""
    return dict(json.loads(FLOORS.read_text(encoding="utf-8"))) if FLOORS.exists() else {}


def fallen(shares: Mapping[str, float], pinned: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Measure → floor and value, for every measure below its floor or no longer measured."""
    return {name: (floor, shares.get(name, 0.0)) for name, floor in pinned.items() if shares.get(name, 0.0) < floor}


def complaint(name: str, result: Score, below: Mapping[str, tuple[float, float]]) -> str:
    """What fell, and every page and field that was wrong."""
    lines = [f"{name}: {measure} is {got:.4f}, its floor is {floor:.4f}" for measure, (floor, got) in below.items()]
    return "\n".join([*lines, *map(str, result.misses)])


def repin(
    arguments: list[str] | None,
    *,
    sets: Mapping[str, Sequence[Any]],
    score: Callable[[Any], Score],
    digest: Callable[[Any], str],
    pinned: dict[str, Any],
    path: Path,
    unit: str,
) -> int:
    """Scores every set and writes its floors to the path; `unit` says what a set holds («pages»).

    Exit code 1: a floor would fall and `--lower` was not given; then nothing is written.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lower", action="store_true", help="accept lower floors; the commit must say why")
    options = parser.parse_args(arguments)
    for name, samples in sets.items():
        result = score(samples)
        below = fallen(result.shares, pinned.get(name, {}).get("floors", {}))
        if below and not options.lower:
            sys.stderr.write(f"{complaint(name, result, below)}\nnot pinned: --lower would accept this\n")
            return 1
        kept = {measure: int(share * 10_000) / 10_000 for measure, share in result.shares.items()}
        pinned[name] = {"digest": digest(samples), unit: len(samples), "floors": kept}
        sys.stdout.write(f"{name}: {len(samples)} {unit}, {len(result.misses)} misses, {kept}\n")
    path.write_text(json.dumps(pinned, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Pins the floors of the sets of pages at hand; see `repin`."""
    return repin(arguments, sets=sets(), score=score, digest=digest, pinned=floors(), path=FLOORS, unit="pages")


if __name__ == "__main__":
    sys.exit(main())
