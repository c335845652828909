"""The home page, read for what a seed file wants to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from newscrawler.asking.answers import Answer
from newscrawler.discovery.anchors import Anchor, anchors
from newscrawler.discovery.links import absolute, key_of
from newscrawler.discovery.looks import Looks, looks
from newscrawler.discovery.section import read_section
from newscrawler.extract.decoding import Decoded, decode
from newscrawler.extract.document import Document, read_document
from newscrawler.extract.tree import SILENT
from newscrawler.link import Link
from newscrawler.page import Page
from newscrawler.site import Site
from newscrawler.text.language import LanguageVerdict, judge
from newscrawler.text.normalise import clean, fold
from newscrawler.urls import canonical

_FEED_TYPES: Final = re.compile(r"application/(?:rss|atom|rdf)\+xml|application/feed\+json|text/xml", re.IGNORECASE)
_FEED_WORD: Final = re.compile(r"(?i)(?<![a-z])(?:rss\d?|feeds?|atom|rdf)(?![a-z])")
_COMMENTS: Final = re.compile(r"(?i)comments?(?![a-z])|تعليقات|التعليقات")
_SECTION_WORDS_MAX: Final = 4
_SEEN_MAX: Final = 60_000
"""Characters of a home page that its language is judged by."""


@dataclass(frozen=True, slots=True)
class Home:
    """What a home page says of its outlet."""

    answer: Answer
    """The page as sent."""
    document: Document
    """The page, parsed."""
    decoded: Decoded
    """As text, and who said in which encoding."""
    seen: str
    """What a reader sees."""
    language: LanguageVerdict
    """What that is written in."""
    feeds: tuple[str, ...]
    """Feeds it names, those of its head first; comments left out."""
    sections: tuple[tuple[str, str], ...]
    """(address, words) of what may be sections, as its menus have them."""
    articles: tuple[Link, ...]
    """What may be articles."""
    arabic_edition: str | None
    """Where an Arabic edition is. None: it names none, or is it."""


def read_home(answer: Answer, site: Site) -> Home:
    """Read a page that was fetched; it needn't be HTML, but then there is nothing in it."""
    decoded = decode(answer.body, content_type=answer.content_type)
    url = canonical(answer.url)
    page = Page(url=url, body=answer.body, fetched_at=answer.at, requested_url=url, content_type=answer.content_type)
    document = read_document(page, site, decoded.utf8)
    links = list(anchors(document.root, base=document.base))
    seen = visible(document.root)[:_SEEN_MAX]
    return Home(
        answer=answer,
        document=document,
        decoded=decoded,
        seen=seen,
        language=judge(seen),
        feeds=tuple(dict.fromkeys(feeds_in(document, links))),
        sections=tuple(_sections(links, site, url)),
        articles=read_section(answer.body, url=url, site=site, encoding=decoded.encoding).links,
        arabic_edition=_arabic_edition(document, links, url),
    )


def feeds_in(document: Document, links: list[Anchor]) -> Iterator[str]:
    """Addresses of feeds: what the head declares, then links that are called so; comments' feeds left out."""
    for element in document.root.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        if "alternate" in rel and _FEED_TYPES.match((element.get("type") or "").strip()):
            url = absolute(element.get("href") or "", base=document.base)
            if url and not _COMMENTS.search(f"{url} {element.get('title') or ''}"):
                yield url
    for link in links:
        path = link.url.partition("://")[2].partition("/")[2]
        if _FEED_WORD.search(path) and not _COMMENTS.search(f"{path} {link.words}"):
            yield link.url


def title_of(document: Document) -> str:
    """The page's `<title>`, cleaned; empty if it has none."""
    return next((clean(element.text or "") for element in document.root.iter("title")), "")


def visible(root: HtmlElement) -> str:
    """What a reader of the page sees, on one line."""
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, part in walk:
        if event == "start" and part.tag in (*SILENT, "head"):
            walk.skip_subtree()
        elif event == "start":
            parts.append(part.text or "")
        if event == "end":
            parts.append(part.tail or "")
    return clean(" ".join(part for part in parts if part))


def _sections(links: list[Anchor], site: Site, url: str) -> Iterator[tuple[str, str]]:
    done = {key_of(url), key_of(site.home)}
    for link in links:
        words = link.words or link.label
        if link.key in done or not site.in_scope(link.key) or not words:
            continue
        if not link.in_chrome or len(words.split()) > _SECTION_WORDS_MAX or not re.search("[\u0621-\u064a]", words):
            continue
        if looks(link.url) not in (Looks.NEVER, Looks.LIKELY):
            done.add(link.key)
            yield link.url, words


def _arabic_edition(document: Document, links: list[Anchor], url: str) -> str | None:
    for element in document.root.iter("link"):
        if (element.get("hreflang") or "").lower().split("-")[0] == "ar":
            found = absolute(element.get("href") or "", base=document.base)
            if found and key_of(found) != url:
                return found
    return next((link.url for link in links if fold(link.words) in ("عربي", "العربيه", "ar") and link.key != url), None)
