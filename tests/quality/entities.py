"""How well the tagger names people, organisations and places: `python -m tests.quality.entities` pins the floors.

The gold follows three rules. Titles are no part of a name. National institutions («الحكومة التركية») are
organisations, the bare «الحكومة» is not. A place inside an institution's name counts where it says where that sits
(«شرطة لندن»), not where it doesn't («فيلق القدس»). `name` or any of `aliases` finds an entity, `optional_entities`
are neither required nor wrong, `type_also` is a second right type.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from newscrawler.tagging import PROJECT_TAGS
from newscrawler.text.clitics import readings
from newscrawler.text.entities import entities_of
from newscrawler.text.lexicon import Lexicon, load_lexicon
from newscrawler.text.normalise import fold
from newscrawler.text.tags import CONFIDENCE_MIN

from .pin import repin
from .scoring import Miss, Score

FLOORS: Final = Path(__file__).with_name("entity_floors.json")
"""Set of articles → digest of articles and gold, and measure → the least it may be."""

KINDS: Final = ("person", "organisation", "place")
"""What is annotated."""

Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that the tagger found in an article."""

    kind: str
    """Person, organisation or place."""
    forms: frozenset[str]
    """The tag's name and how the article writes it, folded."""


@cache
def lexicon() -> Lexicon:
    """The project's lists."""
    return load_lexicon(PROJECT_TAGS)


def sets() -> dict[str, list[Gold]]:
    """The sets at hand: `own`, and `corpus` where NEWS_CORPUS names a folder of annotated articles."""
    found = {"own": list(_read(Path(__file__).with_name("entities.jsonl")))}
    corpus = os.environ.get("NEWS_CORPUS")
    if corpus:
        files = [Path(corpus) / name for name in ("entities_seed.jsonl", "entities_dev.jsonl")]
        found["corpus"] = [gold for file in files if file.exists() for gold in _read(file)]
    return found


def floors() -> dict[str, Any]:
    """The pinned floors; empty before the first pinning."""
    return dict(json.loads(FLOORS.read_text(encoding="utf-8"))) if FLOORS.exists() else {}


def digest(samples: Sequence[Gold]) -> str:
    """Tells one set of articles and gold from another."""
    return hashlib.sha256(json.dumps(samples, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def score(samples: Iterable[Gold]) -> Score:
    """Precision and recall by kind and over all, and everything that was wrong."""
    counts: Counter[tuple[str, str]] = Counter()
    misses: list[Miss] = []
    for gold in samples:
        found = list(_named(gold))
        wrong = [named for named in found if not any(_is(named, each) for each in _all(gold))]
        counts.update((named.kind, "found") for named in found if _counts(named, gold))
        counts.update((named.kind, "wrong") for named in wrong)
        missing = [each for each in gold["entities"] if not any(_is(named, each) for named in found)]
        counts.update((each["type"], "gold") for each in gold["entities"])
        counts.update((each["type"], "missing") for each in missing)
        misses += [Miss(gold["id"], named.kind, "nothing", max(named.forms)) for named in wrong]
        misses += [Miss(gold["id"], each["type"], each["name"], "nothing") for each in missing]
    return Score(_shares(counts), tuple(misses))


def main(arguments: list[str] | None = None) -> int:
    """Pins the floors of the sets of articles at hand; see `repin`."""
    return repin(arguments, sets=sets(), score=score, digest=digest, pinned=floors(), path=FLOORS, unit="articles")


def _read(path: Path) -> Iterator[Gold]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _named(gold: Gold) -> Iterator[Named]:
    """What becomes a tag, with the forms in which the article has it."""
    reading, spans = entities_of(gold["title"], gold["text"], lexicon())
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for span in spans:
        if span.confidence >= CONFIDENCE_MIN:
            first, *rest = reading.tokens.words[span.start : span.end]
            written = {" ".join([bare, *rest]) for _, bare in readings(first)}
            forms[span.kind, span.name] |= {fold(span.name), *written}
    return (Named(kind, frozenset(written)) for (kind, _), written in forms.items())


def _all(gold: Gold) -> list[Gold]:
    return [*gold["entities"], *(gold.get("optional_entities") or ())]


def _is(named: Named, entity: Gold) -> bool:
    names = {fold(name) for name in (entity["name"], *entity.get("aliases", ()))}
    return named.kind in (entity["type"], entity.get("type_also")) and not names.isdisjoint(named.forms)


def _counts(named: Named, gold: Gold) -> bool:
    return any(_is(named, each) for each in gold["entities"])


def _shares(counts: Counter[tuple[str, str]]) -> dict[str, float]:
    for what in ("found", "wrong", "gold", "missing"):
        counts["all", what] = sum(counts[kind, what] for kind in KINDS)
    shares = {}
    for kind in (*KINDS, "all"):
        found, wrong = counts[kind, "found"], counts[kind, "wrong"]
        gold, missing = counts[kind, "gold"], counts[kind, "missing"]
        shares[f"{kind} precision"] = found / max(1, found + wrong)
        shares[f"{kind} recall"] = (gold - missing) / max(1, gold)
    return shares


if __name__ == "__main__":
    sys.exit(main())
