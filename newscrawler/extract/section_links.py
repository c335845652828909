"""The section by the page's address: the menu's link that leads to the folder the article stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from newscrawler.extract.document import Document
from newscrawler.extract.tree import text_of

WORDS_MAX: Final = 4
"""Words of a menu's entry."""

_NO_FOLDER: Final = frozenset(
    {"ar", "arabic", "ara", "en", "fr", "web", "site", "index.php", "news", "article", "articles", "story", "stories"}
    | {"details", "content", "node", "post", "posts", "archives", "archive", "p", "s", "page", "pages", "view", "read"}
)
"""First folders that say how a site is built and not what an article is about."""


def sections_by_address(document: Document) -> Iterator[str]:
    """Texts of the links whose path is a folder of the page's own path, the deepest folder first."""
    own = _folders(document.page.url)
    if len(own) < 2:
        return
    wanted = {tuple(own[:depth]): depth for depth in range(1, len(own)) if own[depth - 1] not in _NO_FOLDER}
    found: dict[int, str] = {}
    for link in document.root.iter("a"):
        href = (link.get("href") or "").strip().lower()
        if not wanted or (own[0] not in href and own[0] not in unquote(href)):
            continue
        depth = _depth(href, document, wanted)
        if depth and depth not in found:
            text = text_of(link)
            if text and len(text.split()) <= WORDS_MAX:
                found[depth] = text
    yield from (found[depth] for depth in sorted(found, reverse=True))


def _depth(href: str, document: Document, wanted: dict[tuple[str, ...], int]) -> int:
    try:
        url = urljoin(document.base, href)
        parts = urlsplit(url)
    except ValueError:
        return 0
    if parts.query or not document.site.in_scope(url):
        return 0
    return wanted.get(tuple(_folders(url)), 0)


def _folders(url: str) -> list[str]:
    return [part.lower() for part in unquote(urlsplit(url).path).split("/") if part]
