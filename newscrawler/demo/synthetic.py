"""Any number of distinct Arabic stories, recombined from our own clauses: for load tests, not for reading."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.demo.story import Story, paragraphs_as_body

_NEWEST: Final = datetime(2025, 6, 1, 18, 0, tzinfo=ZoneInfo("Asia/Beirut"))
_SECTIONS: Final = ("عربي ودولي", "اقتصاد", "ثقافة", "رياضة", "علوم وتكنولوجيا", "صحة")
_SLOT: Final = re.compile(r"\{(place|quarter|n)\}")
_PER_PARAGRAPH: Final = (1, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class _Clauses:
    leads: list[str]
    topics: list[str]
    predicates: list[str]
    details: list[str]
    places: list[str]
    quarters: list[str]


def synthetic_site(n: int, *, seed: int = 1) -> Iterator[Story]:
    """`n` stories of 12 to 20 sentences, numbered from 1; the same seed gives the same stories.

    Two of them share clauses, never enough to be near copies of each other. The newest is of June 2025, each next one
    37 minutes older, so that they are in nobody's future.
    """
    clauses = _clauses()
    for number in range(1, n + 1):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311  # a test text, not a secret
        sentences = _sentences(chance, clauses)
        title = _fill(f"{chance.choice(clauses.topics)} {chance.choice(clauses.predicates)}", chance, clauses)
        yield Story(
            id=number,
            title=title,
            section=chance.choice(_SECTIONS),
            body=paragraphs_as_body(tuple(_paragraphs(sentences, chance))),
            published=_NEWEST - timedelta(minutes=37 * number),
        )


def _sentences(chance: random.Random, clauses: _Clauses) -> list[str]:
    """Each clause at most once a story."""
    count = chance.randint(12, 20)
    leads = chance.choices(clauses.leads, k=count)
    parts = (chance.sample(bank, count) for bank in (clauses.topics, clauses.predicates, clauses.details))
    return [_fill(" ".join(sentence), chance, clauses) + "." for sentence in zip(leads, *parts, strict=True)]


def _paragraphs(sentences: list[str], chance: random.Random) -> Iterator[str]:
    left = sentences
    while left:
        size = chance.choice(_PER_PARAGRAPH)
        yield " ".join(left[:size])
        left = left[size:]


def _fill(text: str, chance: random.Random, clauses: _Clauses) -> str:
    def value(slot: re.Match[str]) -> str:
        if slot[1] == "n":
            return str(chance.randint(11, 989))
        return chance.choice(clauses.places if slot[1] == "place" else clauses.quarters)

    return _SLOT.sub(value, text)


@cache
def _clauses() -> _Clauses:
    path = Path(__file__).with_name("clauses.toml")
    return _Clauses(**tomllib.loads(path.read_text(encoding="utf-8")))
