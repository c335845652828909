"""fundus with a parser written by hand for the newspaper's templates; JSON lines, nothing else.

A publisher for each template, with a sitemap of its own: fundus reads each publisher's pages one by one, several
publishers side by side.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from common import Read, write
from fundus import Crawler, Sitemap
from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_date_parsing,
    generic_nodes_to_text,
    transform_breaks_to_tag,
)
from fundus.publishers.base_objects import Publisher, PublisherGroup
from lxml.etree import XPath

_NAMES = "كانون الثاني/شباط/آذار/نيسان/أيار/حزيران/تموز/آب/أيلول/تشرين الأول/تشرين الثاني/كانون الأول"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split("/"), 1)}
_PRINTED = re.compile(r"(\d+) (\D+) (\d{4}) - (\d+):(\d+)")


class BenchParser(ParserProxy):
    """All six templates: each has selectors of its own."""

    class V1(BaseParser):
        """The only version."""

        _paragraphs = XPath(
            "//div[@class='content']/p | //p[@class='br-wrap'] | //div[@class='par'] | //div[@class='article-body']/p"
            " | //div[@itemprop='articleBody']/p | //div[contains(@class,'article-content')]/p"
        )
        _lines = XPath("//div[@class='story-text']")
        _title = XPath("//h1")
        _section = XPath("//a[starts-with(@href,'/section/')][not(ancestor::header)]")
        _author = XPath(
            "//div[@class='byline'] | //span[@class='author'] | //a[@rel='author'] | //p[@class='author-name']"
            " | //span[@itemprop='author'] | //span[@class='writer']"
        )
        _times = XPath(
            "//time/@datetime | //meta[@itemprop='datePublished']/@content | //meta[@name='date']/@content"
            " | //meta[@property='article:published_time']/@content"
        )
        _date = XPath("//p[@class='date']")

        @attribute
        def body(self) -> ArticleBody | None:
            for node in self._lines(self.precomputed.doc):
                transform_breaks_to_tag(node, __class__="br-wrap")
            return extract_article_body_with_selector(self.precomputed.doc, paragraph_selector=self._paragraphs)

        @attribute
        def title(self) -> str | None:
            return _first(self._title(self.precomputed.doc))

        @attribute
        def publishing_date(self) -> datetime.datetime | None:
            if linked := self.precomputed.ld.bf_search("datePublished"):
                return generic_date_parsing(linked)
            if times := self._times(self.precomputed.doc):
                return generic_date_parsing(times[0])
            if found := _PRINTED.search(_first(self._date(self.precomputed.doc)) or ""):
                day, month, year, hour, minute = found.groups()
                beirut = datetime.timezone(datetime.timedelta(hours=3))
                return datetime.datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), tzinfo=beirut)
            return None

        @attribute
        def authors(self) -> list[str]:
            name = _first(self._author(self.precomputed.doc))
            return [name.removeprefix("كتب: ")] if name else []

        @attribute
        def topics(self) -> list[str]:
            name = _first(self._section(self.precomputed.doc))
            return [name] if name else []


def _first(nodes: list) -> str | None:
    texts = generic_nodes_to_text(nodes[:1], normalize=True)
    return texts[0] if texts else None


def main() -> Iterator[Read]:
    """No delay; its own threads."""
    parts = urlsplit(sys.argv[1])

    publishers = {
        f"Bench{number}": Publisher(
            name=f"Bench {number}",
            domain=f"{parts.scheme}://{parts.netloc}/",
            parser=BenchParser,
            sources=[Sitemap(sys.argv[1].replace("sitemap.xml", f"sitemap-{number}.xml"))],
        )
        for number in range(6)
    }
    group = PublisherGroup("Group", (), {"default_language": "ar", **publishers})
    crawler = Crawler(group, delay=0.0, ignore_robots=True)
    for article in crawler.crawl(max_articles=int(sys.argv[2]), only_complete=False):
        lines = [str(text) for section in article.body.sections for text in section.paragraphs] if article.body else []
        at = article.publishing_date
        topics = list(article.topics)
        yield Read(
            article.html.requested_url,
            article.title,
            "\n".join(lines),
            at.isoformat() if at else None,
            topics[0] if topics else None,
            tuple(article.authors),
        )


if __name__ == "__main__":
    write(main())
