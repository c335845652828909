"""Listed pages, fetched and read as a crawl reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from newscrawler.article import Article
from newscrawler.asking.answers import Answer
from newscrawler.asking.asker import Asker
from newscrawler.checking.findings import ArticleCheck, Trouble
from newscrawler.checking.listings import Listed
from newscrawler.checking.reasons import reason
from newscrawler.middlewares.noarchive import forbids_archiving
from newscrawler.outcome import NoArchive, NotArabic, Outcome
from newscrawler.page import Page
from newscrawler.readers import Readers
from newscrawler.site import Site
from newscrawler.urls import canonical

WANTED: Final = 2
"""Articles that are enough to see whether extraction works."""
TRIES_MAX: Final = 4
"""Pages tried to get them: feeds also list galleries and videos."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages are read and what counts as Arabic."""

    readers: Readers
    """Who reads them."""
    is_arabic: Callable[[Article], bool]
    """The language pipeline's verdict."""


async def read_listed(
    asker: Asker, site: Site, listed: Listed, reading: Reading
) -> tuple[ArticleCheck, Trouble | None]:
    """Fetch and read one page. The trouble is the server's: that a page is no article is a finding, not a trouble.

    Raises NoMoreQuestions.
    """
    answer = await asker.ask(listed.url)
    said = listed.at if listed.link.published else None  # a sitemap's `lastmod` is about a change
    trouble = reason(answer, f"article {listed.url}")
    if trouble is not None:
        outcome = answer.failed.name if answer.failed else "blocked"
        return ArticleCheck(listed.url, outcome, trouble.text, listed_at=said, seconds=answer.seconds), trouble
    try:
        article = await read_answer(answer, site, listed, reading)
    except Outcome as why:
        return ArticleCheck(listed.url, why.name, why.detail, listed_at=said, seconds=answer.seconds), None
    return (
        ArticleCheck(
            listed.url,
            "Article",
            title=article.title,
            words=sum(len(paragraph.split()) for paragraph in article.paragraphs),
            published_at=article.published_at,
            published_from=article.published_from,
            section=article.section,
            authors=article.authors,
            listed_at=said,
            seconds=answer.seconds,
        ),
        None,
    )


async def read_answer(answer: Answer, site: Site, listed: Listed, reading: Reading) -> Article:
    """The article of an answer. Raises the outcome the page ends in."""
    if forbids_archiving([answer.headers.get("x-robots-tag", "")]):
        raise NoArchive("X-Robots-Tag says noarchive")
    page = Page(
        url=canonical(answer.url),
        body=answer.body,
        fetched_at=answer.at,
        requested_url=listed.url,
        content_type=answer.content_type,
        link=listed.link,
    )
    article = await reading.readers.read(page, site)
    if not reading.is_arabic(article):
        guess = article.language.guess if article.language else "und"
        raise NotArabic(f"the text is in another language ({guess})")
    return article


def in_turn(lists: Sequence[Sequence[Listed]]) -> Iterator[Listed]:
    """The first of each source, then the second of each …, each address once."""
    done: set[str] = set()
    for row in zip_longest(*lists):
        for listed in row:
            if listed is not None and listed.url not in done:
                done.add(listed.url)
                yield listed
