"""Listed pages that are no articles, and what they make of a check."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from newscrawler.article import Article
from newscrawler.asking.asker import Asker
from newscrawler.checking.findings import SiteCheck
from newscrawler.checking.outlet import check_site
from newscrawler.checking.reading import Reading
from newscrawler.readers import InlineReaders
from newscrawler.site import Source
from support.archives import NOW, a_site
from support.newspaper import feed, headline, html, page, paragraphs
from support.server import Answer

SITE = a_site("sada", source=[Source(kind="feed", url="https://sada.example/feed")])
NUMBERS = (1, 2, 3, 4, 5)


def check(pages: dict[int, Answer], *, robots: str = "", arabic: bool = True) -> SiteCheck:
    """A feed of five, of which some answer."""
    listed = feed(f"https://sada.example/news/{n}" for n in NUMBERS)
    answers = {"https://sada.example/feed": listed} | {f"https://sada.example/news/{n}": a for n, a in pages.items()}

    async def fetch(request: Request) -> Response:
        answer = answers.get(request.url, Answer(b"", status=404))
        headers = {"Content-Type": answer.content_type or "", "X-Robots-Tag": robots}
        return HtmlResponse(request.url, status=answer.status, body=answer.body, headers=headers, request=request)

    def is_arabic(_: Article) -> bool:
        return arabic

    asker = Asker(fetch, {}, requests_max=40, seconds_max=60, clock=lambda: NOW)
    return asyncio.run(check_site(asker, SITE, Reading(InlineReaders(min_words=20), is_arabic)))


def test_two_good_articles_are_enough() -> None:
    """Nobody is asked for a third."""
    found = check({n: page(n) for n in NUMBERS})
    assert [one.outcome for one in found.articles] == ["Article", "Article"]
    assert found.verdict == "healthy"


def test_a_dead_link_is_passed_over_and_told() -> None:
    """The next ones are read instead, four pages at most."""
    found = check({2: page(2), 4: page(4)})
    assert [one.outcome for one in found.articles] == ["HttpError", "Article", "HttpError", "Article"]
    assert [trouble.where for trouble in found.troubles] == [
        "article https://sada.example/news/1",
        "article https://sada.example/news/3",
    ]


def test_pages_that_ask_not_to_be_archived_are_left_alone() -> None:
    """By their header as by their own meta element."""
    assert check({n: page(n) for n in NUMBERS}, robots="noarchive").verdict == "forbidden"
    meta = '<meta name="robots" content="noarchive">'
    found = check({n: page(n, head=meta) for n in NUMBERS})
    assert found.verdict == "forbidden"
    assert len(found.articles) == 4


def test_another_language_is_no_article_for_us() -> None:
    """The feed may be the outlet's Persian one."""
    found = check({n: page(n) for n in NUMBERS}, arabic=False)
    assert found.verdict == "broken extraction"
    assert "NotArabic the text is in another language (ar)" in found.troubles[0].text


def test_a_caption_among_articles_is_a_remark() -> None:
    """Feeds list such things."""
    short = Answer(html(headline(1), [" ".join(paragraphs(1)[0].split()[:9])]).encode())
    found = check({1: short, 2: page(2), 3: page(3)})
    assert found.verdict == "healthy"
    assert any(remark.startswith("listed, and no article: https://sada.example/news/1") for remark in found.remarks)
