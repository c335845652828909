"""What a page is, before and after its text was looked for: not HTML, a listing, a gallery, a video,
forbidden.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from newscrawler.extract.document import Document, types_of
from newscrawler.extract.tree import hints, text_of
from newscrawler.outcome import NoArchive, NotAnArticle
from newscrawler.page import Page

CAPTION_WORDS: Final = 80
"""Words. A gallery or a video page with more than this is a report with pictures."""

PICTURED_SHARE: Final = 0.8
"""From this share of the text in figures on, a page is a gallery, unless it calls itself an article."""

LISTED_MIN: Final = 5
"""Linked headlines in cards. With so many and no text of its own, a page lists articles."""

TEASERS_SHARE: Final = 0.7
"""From this share of sentences under linked headlines on, a page is a listing, whatever it calls itself."""

_HTML_TYPES: Final = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream", "")
_FOREIGN: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
    b"ID3",
    b"{",
    b"[",
)
_FEED: Final = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>/]", re.DOTALL
)
_FEED_NAMES: Final = (b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:RDF")
_LIST_TYPES: Final = frozenset(
    {"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage", "AboutPage", "ContactPage"}
)
_LIST_PATH: Final = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|writers?|search|topics?|archives?|sections?|keywords?|وسم|تصنيف|"
    r"كاتب)(?:/|$)|[?&](?:s|q|search|tag|cat)=",
    re.IGNORECASE,
)
_GALLERY: Final = re.compile(r"gallery|galleries|photos?|album|slideshow|carousel|صور|ألبوم|البوم", re.IGNORECASE)
_VIDEO: Final = re.compile(r"/(?:videos?|watch|tv|clips?|فيديو)(?:/|$)", re.IGNORECASE)
_INDEX: Final = re.compile(r"^/?(?:index|default|home|main)?(?:\.\w{2,5})?/?$", re.IGNORECASE)


def refuse_foreign(page: Page) -> None:
    """Raises NotAnArticle for what isn't HTML: by its header, by its first bytes, or because it is a feed."""
    kind = (page.content_type or "").partition(";")[0].strip().lower()
    if kind not in _HTML_TYPES:
        raise NotAnArticle(f"{kind}, not HTML")
    start = page.body[:512].lstrip()
    if start.startswith(_FOREIGN) and not start.lstrip(b"[{ \r\n\t").startswith(b"<"):
        raise NotAnArticle("the bytes are not HTML")
    if any(name in start for name in _FEED_NAMES) and _FEED.match(start):
        raise NotAnArticle("a feed or sitemap, not a page")


def refuse_forbidden(document: Document) -> None:
    """Raises NoArchive where robots or googlebot says `noarchive` (or `none`, which implies it)."""
    for name in ("robots", "googlebot", "newscrawler"):
        words = {word for value in document.metas.get(name, ()) for word in re.split(r"[\s,;]+", value.lower())}
        if words & {"noarchive"}:
            raise NoArchive(f"{name} says noarchive")


def refuse_front(document: Document) -> None:
    """Raises NotAnArticle for the front page, whatever stands on it."""
    parts = urlsplit(document.page.url)
    home = urlsplit(document.site.home)
    same = parts.path.rstrip("/") == home.path.rstrip("/") and document.site.in_scope(document.page.url)
    if not parts.query and (same or _INDEX.match(parts.path)):
        raise NotAnArticle("the front page")


def refuse_listing(
    document: Document, *, words: int, short: bool, teasers: float, passed: int = 0, pictured: float = 0.0
) -> None:
    """Raises NotAnArticle for a listing, a gallery or a video page.

    `words`: of the body that was found; `short`: whether it is too short for an article; `teasers`:
    the share of its sentences that stand under linked headlines of their own; `passed`: the linked
    headlines between the page's own and the first line of the body; `pictured`: the share of the text that
    stands in figures.
    """
    if teasers >= TEASERS_SHARE:
        raise NotAnArticle(f"a listing: {teasers:.0%} of the text stands under linked headlines")
    if passed >= LISTED_MIN and words <= CAPTION_WORDS:
        raise NotAnArticle(f"a listing: {passed} linked headlines before the first of {words} words")
    types = {name for data in document.linked for name in types_of(data)}
    kind = (document.meta("og:type") or "").lower()
    path = urlsplit(document.page.url).path
    says_article = bool(document.article_data()) or kind == "article" or bool(document.meta("article:published_time"))
    listing = types & _LIST_TYPES or _LIST_PATH.search(document.page.url) or short
    if (short or not says_article) and listing and (cards := _cards(document)) >= LISTED_MIN:
        raise NotAnArticle(f"a listing: {cards} linked headlines")
    if pictured >= PICTURED_SHARE and ("ImageGallery" in types or not says_article):
        raise NotAnArticle(f"a gallery: {words} words")
    if words <= CAPTION_WORDS:
        if "ImageGallery" in types or _GALLERY.search(kind) or _GALLERY.search(path):
            raise NotAnArticle(f"a gallery: {words} words")
        if kind.startswith("video") or ("VideoObject" in types and (short or not says_article)) or _VIDEO.search(path):
            raise NotAnArticle(f"a video: {words} words")


def _cards(document: Document) -> int:
    """Headings that are links, outside menus: what a listing is made of."""
    count = 0
    for heading in document.root.iter("h2", "h3", "h4", "h5"):
        links = [link for link in heading.iter("a") if link.get("href")]
        parent = heading.getparent()
        wrapped = parent is not None and parent.tag == "a"
        if (
            (links or wrapped)
            and len(text_of(heading)) >= 20
            and not any("footer" in hints(n) or n.tag in ("nav", "footer") for n in heading.iterancestors())
        ):
            count += 1
    return count
