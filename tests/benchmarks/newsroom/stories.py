"""What the benchmark's newspaper prints: invented stories, every tenth a copy and every tenth a near copy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, Literal
from zoneinfo import ZoneInfo

from newscrawler import demo

Kind = Literal["own", "copy", "near"]

SECTIONS: Final = ("عربي ودولي", "اقتصاد", "ثقافة", "رياضة", "علوم وتكنولوجيا", "صحة")
_GIVEN: Final = ("سلمى", "كريم", "هدى", "مازن", "ليلى", "طارق", "رنا", "سامر", "نادين", "وليد")
_FAMILY: Final = (
    "الحوراني",
    "القاضي",
    "الخطيب",
    "العطار",
    "النجار",
    "الصباغ",
    "الحلبي",
    "المصري",
    "الشامي",
    "البغدادي",
)
_NEWEST: Final = datetime(2025, 6, 1, 18, 0, tzinfo=ZoneInfo("Asia/Beirut"))
_CLAUSES: Final = Path(demo.__file__).with_name("clauses.toml")
"""The demo's own clauses, whose pieces are shuffled: two stories share a few hundredths of their word pairs."""
_NAMED: Final = 0.15
"""Share of the places that get a name: with a name in each an article would have 35 tags. Real ones have 10."""
_PARAGRAPHS: Final = (5, 9)
_SENTENCES: Final = (2, 3)
_WORDS: Final = (14, 24)
_PIECE: Final = (1, 3)
TEMPLATES: Final = 6
"""How many ways of printing a page there are."""


@dataclass(frozen=True, slots=True)
class BenchStory:
    """One page, and what an archive should have of it."""

    number: int
    """From 1; part of the address."""
    template: int
    """Which template prints it, from 0."""
    title: str
    """Headline."""
    paragraphs: tuple[str, ...]
    """The body."""
    section: str
    """As printed."""
    author: str
    """As in the byline."""
    published: datetime
    """Aware, in the newsroom's zone."""
    kind: Kind = "own"
    """`copy`: the text of another one; `near`: nearly the text of another one."""
    original: int | None = None
    """Number of the story it copies. None: it is nobody's copy."""

    @property
    def path(self) -> str:
        """Its address on the server."""
        return f"/news/{self.number}.html"


def stories(number: int, *, seed: int = 1) -> list[BenchStory]:
    """The same for the same seed. A copy comes 20 to 200 numbers after its original, and an hour later than it."""
    chance = Random(f"{seed}/stories")
    texts = _texts(chance)
    made: list[BenchStory] = []
    for place in range(1, number + 1):
        kind: Kind = {3: "copy", 7: "near"}.get(place % 10, "own")  # type: ignore[assignment]
        earlier = [each for each in made[-200:-20] if each.kind == "own"] if kind != "own" else []
        story = _own(place, chance, texts)
        if earlier:
            original = chance.choice(earlier)
            story = replace(
                story,
                title=original.title if kind == "copy" else story.title,
                paragraphs=original.paragraphs if kind == "copy" else _edited(original, story, chance),
                published=max(original.published + timedelta(hours=1), story.published),
                kind=kind,
                original=original.number,
            )
        made.append(story)
    return made


def _texts(chance: Random) -> list[list[str]]:
    """The clauses as words, each four times with other fillings."""
    banks: dict[str, list[str]] = tomllib.loads(_CLAUSES.read_text(encoding="utf-8"))

    def filling(slot: re.Match[str]) -> str:
        if slot[1] == "n":
            return str(chance.randint(11, 989))
        return (
            chance.choice(banks["places"]) if chance.random() < _NAMED else chance.choice(("البلدة", "المنطقة", "الحي"))
        )

    clauses = [each for name in ("leads", "topics", "predicates", "details") for each in banks[name]] * 4
    texts = [re.sub(r"\{(place|quarter|n)\}", filling, clause).split() for clause in clauses]
    return [words for words in texts if len(words) > _PIECE[0]]


def _own(number: int, chance: Random, texts: Sequence[Sequence[str]]) -> BenchStory:
    return BenchStory(
        number=number,
        template=chance.randrange(TEMPLATES),
        title=" ".join(_words(chance, texts, chance.randint(6, 9))),
        paragraphs=tuple(_paragraph(chance, texts) for _ in range(chance.randint(*_PARAGRAPHS))),
        section=chance.choice(SECTIONS),
        author=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",
        published=_NEWEST - timedelta(minutes=37 * (10_000 - number)),
    )


def _edited(original: BenchStory, own: BenchStory, chance: Random) -> tuple[str, ...]:
    """The original's text with one paragraph of its own in the place of another: .6 similar and more."""
    place = chance.randrange(len(original.paragraphs))
    return (*original.paragraphs[:place], own.paragraphs[0], *original.paragraphs[place + 1 :])


def _paragraph(chance: Random, texts: Sequence[Sequence[str]]) -> str:
    sentences = (_words(chance, texts, chance.randint(*_WORDS)) for _ in range(chance.randint(*_SENTENCES)))
    return " ".join(" ".join(sentence) + "." for sentence in sentences)


def _words(chance: Random, texts: Sequence[Sequence[str]], number: int) -> Iterator[str]:
    """Pieces of one to three words, each from another clause."""
    left = number
    while left > 0:
        words = chance.choice(texts)
        size = min(left, chance.randint(*_PIECE), len(words) - 1)
        begin = chance.randrange(len(words) - size)
        yield from words[begin : begin + size]
        left -= size
