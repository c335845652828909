"""What others read from the same real pages: trafilatura's defaults, newspaper4k and readability beside ours.

    pip install newspaper4k nltk readability-lxml        # each is optional, a missing one is named
    NEWS_CORPUS=/path/to/corpus python -m tests.benchmarks.peers

The corpus is a folder of pages with hand-made gold, see tests/quality. Nothing is asserted.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from newscrawler.extract import extract
from newscrawler.text.normalise import clean, fold
from tests.quality.scoring import Sample, body_scores, corpus_samples

REPEATS = 5


@dataclass(frozen=True)
class Reading:
    """What one of them read from a page."""

    title: str | None
    paragraphs: Sequence[str]
    published: datetime | None = None
    section: str | None = None
    authors: Sequence[str] = ()


def main() -> None:
    """Read, compare, print."""
    samples = [s for s in corpus_samples(Path(os.environ["NEWS_CORPUS"])) if "outcome" not in s.gold]
    marks: dict[str, dict[str, list[float]]] = {}
    for name, reader in (("ours", ours), ("trafilatura", traf), ("newspaper4k", paper), ("readability", readable)):
        try:
            marks[name] = _marks(reader, samples)
        except ModuleNotFoundError as why:
            print(f"{name}: skipped, {why.name} is not installed")
    columns = ("title", "body_p", "body_r", "traps", "day", "wrong_day", "minute", "section", "authors", "ms")
    print(f"{len(samples)} pages\n{'':12}" + "".join(f"{column:>10}" for column in columns))
    for name, row in marks.items():
        cells = (
            median(row[c]) if c == "ms" else mean(row[c]) if c.startswith("body") else sum(row[c]) for c in columns
        )
        print(f"{name:12}" + "".join(f"{cell:10.3f}" if isinstance(cell, float) else f"{cell:10}" for cell in cells))


def ours(sample: Sample) -> Reading:
    """This project."""
    article = extract(sample.page, sample.site)
    return Reading(article.title, article.paragraphs, article.published_at, article.section, article.authors)


def traf(sample: Sample) -> Reading:
    """Trafilatura with its defaults and metadata."""
    import trafilatura

    read = trafilatura.bare_extraction(sample.page.body, url=sample.page.url, with_metadata=True)
    day = datetime.fromisoformat(read.date).replace(tzinfo=UTC) if read.date else None
    section = read.categories[0] if read.categories else None
    return Reading(read.title, (read.text or "").split("\n"), day, section, (read.author or "").split("; "))


def paper(sample: Sample) -> Reading:
    """newspaper4k, told the language."""
    import newspaper

    article = newspaper.Article("https://example.org/news/1", language="ar")
    article.download(input_html=sample.page.body.decode("utf-8", "replace"))
    article.parse()
    at: datetime | None = article.publish_date
    section = article.meta_data.get("article", {})
    section = section.get("section") if isinstance(section, dict) else None
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return Reading(article.title, article.text.split("\n"), at, section, article.authors)


def readable(sample: Sample) -> Reading:
    """readability-lxml: title and body only."""
    import lxml.html
    from readability import Document

    document = Document(sample.page.body.decode("utf-8", "replace"))
    tree = lxml.html.fromstring(document.summary())
    return Reading(document.short_title(), [str(text) for text in tree.itertext()])


def _marks(reader: Callable[[Sample], Reading], samples: Sequence[Sample]) -> dict[str, list[float]]:
    marks: dict[str, list[float]] = defaultdict(list)
    for sample in samples:
        reading = reader(sample)
        times = []
        for _ in range(REPEATS):
            begun = time.process_time()
            reader(sample)
            times.append(1000 * (time.process_time() - begun))
        marks["ms"].append(min(times))
        for name, value in _compare(reading, sample.gold).items():
            marks[name].append(value)
    return marks


def _compare(got: Reading, gold: dict[str, Any]) -> dict[str, float]:
    precision, recall = body_scores([p for p in got.paragraphs if p.strip()], gold)
    body = fold(" ".join(got.paragraphs))
    wanted = [at and datetime.fromisoformat(at) for at in (gold["published_at"], *gold.get("published_accept", ()))]
    exact_day = any(_day(got.published, at) for at in wanted)
    return {
        "title": int(_is(got.title, gold, "title")),
        "body_p": precision,
        "body_r": recall,
        "traps": sum(fold(clean(trap)) in body for trap in gold["traps"]),
        "day": int(exact_day),
        "wrong_day": int(got.published is not None and not exact_day),
        "minute": int(any(got.published and at and abs(got.published - at).total_seconds() < 60 for at in wanted)),
        "section": int(_is(got.section, gold, "section")),
        "authors": int([a for a in got.authors if a] in [gold["authors"], *gold.get("authors_accept", ())]),
    }


def _is(got: str | None, gold: dict[str, Any], field: str) -> bool:
    return any(
        (got or "") == (wanted or "") or clean(got or "") == clean(wanted or "") for wanted in _accepted(gold, field)
    )


def _accepted(gold: dict[str, Any], field: str) -> list[str | None]:
    return [gold[field], *gold.get(f"{field}_accept", ())]


def _day(got: datetime | None, wanted: datetime | None) -> bool:
    """The same day in the newsroom's zone, or in the zone of who gives a bare day."""
    if got is None or wanted is None:
        return got is None and wanted is None
    return wanted.date() in (got.date(), got.astimezone(wanted.tzinfo).date())


if __name__ == "__main__":
    main()
