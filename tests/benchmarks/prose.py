"""Articles to measure with: real ones where NEWS_CORPUS has them, else the built-in newsroom's invented ones."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from newscrawler.demo.synthetic import synthetic_site
from newscrawler.text.normalise import clean
from tests.support.rewrites import Story

REAL = "ant-half.jsonl.gz"
"""5,060 articles of one broadcaster, in the corpus's folder."""


def stories(*, invented: int = 2000) -> tuple[str, list[tuple[Story, datetime]]]:
    """Where they come from, and the articles of 20 words and more with their dates, in order of appearance."""
    file = Path(os.environ.get("NEWS_CORPUS", "")) / REAL
    real = file.is_file()
    found = [each for each in (_real(file) if real else _invented(invented)) if len(each[0].text.split()) >= 20]
    return (REAL if real else "synthetic"), sorted(found, key=lambda each: each[1])


def perturbed(sources: Sequence[Story], number: int) -> Iterator[Story]:
    """Any number of different articles: pieces of two to six words of two articles, shuffled, as long as the first."""
    chance = Random(20)
    texts = [story.text.split() for story in sources]
    for _ in range(number):
        one, other = chance.choice(texts), chance.choice(texts)
        words, pieces = one + other, []
        while words:
            size = chance.randint(2, 6)
            pieces.append(words[:size])
            words = words[size:]
        chance.shuffle(pieces)
        mixed = [word for piece in pieces for word in piece][: len(one)]
        yield Story(" ".join(mixed[:8]), (" ".join(mixed),))


def _real(file: Path) -> Iterator[tuple[Story, datetime]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            paragraphs = tuple(text for part in row["text"].split("\n") if (text := clean(part)))
            yield Story(clean(row["title"]), paragraphs), _date(row["date"])


def _date(printed: str) -> datetime:
    if "/" in printed:  # a bare date, kept as the newsroom's midnight
        return datetime.strptime(f"{printed} +0100", "%d/%m/%Y %z").astimezone(UTC)
    return datetime.fromisoformat(printed).astimezone(UTC)


def _invented(number: int) -> Iterator[tuple[Story, datetime]]:
    for story in synthetic_site(number):
        yield Story(story.title, tuple(block.text for block in story.body)), story.published.astimezone(UTC)
