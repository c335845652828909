"""A few articles of the site: what their data says, and what the extractor makes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.article import Article
from newscrawler.asking.answers import Answer
from newscrawler.asking.asker import Asker, NoMoreQuestions
from newscrawler.checking.listings import Listed
from newscrawler.checking.reading import Reading, in_turn, read_answer
from newscrawler.extract.dates import UnreadableDate, parse
from newscrawler.extract.decoding import decode
from newscrawler.extract.document import Document, read_document
from newscrawler.outcome import Outcome
from newscrawler.page import Page
from newscrawler.probing.tallies import FIELDS
from newscrawler.site import Site
from newscrawler.urls import canonical

SAMPLES: Final = 4
"""Articles that are read."""
_TRIES: Final = 7
"""Pages fetched to get them."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A listed page, fetched and parsed, not yet read as an article."""

    listed: Listed
    """Which."""
    answer: Answer
    """As sent."""
    document: Document
    """As parsed; without a zone."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as the extractor reads it."""

    url: str
    """As listed."""
    article: Article | None
    """None: it is none."""
    why: str
    """The outcome it ends in. Empty: it is an article."""
    data: tuple[str, ...]
    """Fields that its JSON-LD has, of `FIELDS`."""
    false_z: bool = False
    """Whether a `Z` of its date was found to mean the newsroom's clock."""

    @property
    def words(self) -> int:
        """Of the body."""
        return sum(len(paragraph.split()) for paragraph in self.article.paragraphs) if self.article else 0


async def fetch_samples(asker: Asker, lists: Sequence[Sequence[Listed]], site: Site) -> list[Fetched]:
    """Pages from all sources in turn, the newest of each first, as far as the budget goes."""
    found: list[Fetched] = []
    try:
        for listed in in_turn(lists):
            if len(found) == _TRIES:
                break
            answer = await asker.ask(listed.url)
            if answer.is_page:
                document = await asyncio.to_thread(_parsed, answer, site)
                found.append(Fetched(listed, answer, document))
    except NoMoreQuestions:
        pass
    return found


async def read_samples(pages: Iterable[Fetched], site: Site, reading: Reading) -> list[Sample]:
    """What the extractor makes of them, now that zone and months are known; ends when there are enough articles."""
    samples: list[Sample] = []
    for page in pages:
        if sum(sample.article is not None for sample in samples) == SAMPLES:
            break
        data = tuple(name for name in FIELDS if page.document.article_data().get(name))
        try:
            article = await read_answer(page.answer, site, page.listed, reading)
        except Outcome as why:
            samples.append(Sample(page.listed.url, None, f"{why.name} {why.detail}".strip(), data))
            continue
        samples.append(Sample(page.listed.url, article, "", data, _false_z(article, site)))
    return samples


def _parsed(answer: Answer, site: Site) -> Document:
    decoded = decode(answer.body, content_type=answer.content_type, fallback=site.encoding)
    url = canonical(answer.url)
    page = Page(url=url, body=answer.body, fetched_at=answer.at, requested_url=url, content_type=answer.content_type)
    return read_document(page, site, decoded.utf8)


def _false_z(article: Article, site: Site) -> bool:
    raw = (article.published_raw or "").strip()
    if article.published_at is None or not raw.upper().endswith(("Z", "+00:00", "GMT", "UTC")):
        return False
    try:
        literal: datetime = parse(raw, zone=ZoneInfo(site.timezone), months=site.months, now=article.fetched_at).at
    except UnreadableDate:
        return True  # it lies in the future as it stands
    return literal != article.published_at
