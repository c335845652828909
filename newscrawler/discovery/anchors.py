"""The links of an HTML page, each with its words and with the kind of place it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree, html

from newscrawler.discovery.links import absolute, key_of, plain
from newscrawler.urls import CanonicalUrl

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT: Final = frozenset({"script", "style", "time", "svg", "noscript", "template", "select"})
_INLINE: Final = frozenset({"b", "i", "em", "strong", "u", "mark", "bdi", "bdo", "font", "sub", "sup", "wbr"})
_CHROME_ROLES: Final = frozenset({"navigation", "contentinfo", "menu", "menubar", "search", "toolbar"})
_CHROME_NAMES: Final = re.compile(
    r"nav|navbar|navigation|(?:sub|mega|top|main)?menu|foot|footer|breadcrumbs?|crumbs|pagination|pager|paging"
    r"|social|share|sharing|login|topbar|copyright|tags|tagcloud"
)
_ITEM_NAMES: Final = re.compile(
    r"title|headline|heading|post|card|item|news|story|entry|teaser|article|media|latest|list|row"
)
_HEADLINE_NAMES: Final = re.compile(r"title|headline|heading")
_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LEVELS: Final = 4
"""How far above an anchor its card or list item may stand."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link of a page."""

    url: str
    """Absolute address, as printed."""
    key: CanonicalUrl
    """Its canonical form."""
    words: str
    """What a reader sees to click on, on one line; the headline alone where a whole card is the link."""
    label: str
    """What stands in for words: the `title` or `aria-label`, else the picture's description."""
    rel: frozenset[str]
    """The values of `rel`, lower case."""
    in_heading: bool
    """Whether it is, or holds, a headline."""
    in_item: bool
    """Whether it stands in an article, a list item or a card."""
    in_chrome: bool
    """Whether it belongs to the frame of the site: menus, header, footer, social links."""
    has_image: bool
    """Whether a picture can be clicked."""


def parse_html(text: bytes) -> etree._Element | None:
    """The tree of a page in UTF-8. None: there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # an empty document
        return None


def base_of(document: etree._Element, *, url: str) -> str:
    """What relative addresses of the page are relative to: `<base href>`, else the page itself."""
    for base in document.iter("base"):
        if href := base.get("href"):
            return absolute(href, base=url) or url
    return url


def anchors(document: etree._Element, *, base: str) -> Iterator[Anchor]:
    """The links that lead to another http(s) address, in the page's order; `#top` and `javascript:` don't."""
    bare: dict[etree._Element, bool] = {}
    for element in document.iter("a"):
        href = (element.get("href") or "").strip()
        if not href or href.startswith("#"):
            continue
        url = absolute(href, base=base)
        key = key_of(url) if url else None
        if url and key:
            yield _anchor(element, url, key, bare)


def next_links(document: etree._Element, *, base: str) -> Iterator[Anchor]:
    """The page's `<link rel="next">`, as anchors without words."""
    for element in document.iter("link"):
        rel = frozenset((element.get("rel") or "").lower().split())
        url = absolute(element.get("href") or "", base=base) if "next" in rel else None
        key = key_of(url) if url else None
        if url and key:
            yield Anchor(url, key, "", "", rel, in_heading=False, in_item=False, in_chrome=True, has_image=False)


def _anchor(element: etree._Element, url: str, key: CanonicalUrl, bare: dict[etree._Element, bool]) -> Anchor:
    above = list(element.iterancestors())
    inner = next((part for part in element.iter() if _is_headline(part) and part is not element), None)
    image = next(element.iter("img"), None)
    described = [element.get("title"), element.get("aria-label")]
    if image is not None:
        described += [image.get("alt"), image.get("title")]
    near = above[:_LEVELS]
    return Anchor(
        url=url,
        key=key,
        words=_words(element if inner is None else inner) or "",
        label=next((text for text in map(plain, described) if text), ""),
        rel=frozenset((element.get("rel") or "").lower().split()),
        in_heading=inner is not None or _is_headline(element) or any(map(_is_headline, above[:2])),
        in_item=any(part.tag in ("article", "li") or _named(part, _ITEM_NAMES) for part in near),
        in_chrome=_in_chrome([element, *above], bare),
        has_image=image is not None or next(element.iter("picture"), None) is not None,
    )


def _in_chrome(path: list[etree._Element], bare: dict[etree._Element, bool]) -> bool:
    tags = [part.tag for part in path]
    framed = "article" not in tags
    for part in path:
        if part.tag == "nav" or (part.get("role") or "").lower() in _CHROME_ROLES:
            return True
        # An article's own <header> holds its headline, its <footer> «read on».
        if framed and (part.tag == "footer" or (part.tag == "header" and "main" not in tags)):
            return True
        if part.tag in ("body", "html") or not _named(part, _CHROME_NAMES):
            continue
        # Class names alone lie: «page-with-menu» may wrap everything. A menu has no headlines to click.
        if part not in bare:
            bare[part] = not _holds_headlines(part)
        if bare[part]:
            return True
    return False


def _is_headline(element: etree._Element) -> bool:
    return element.tag in _HEADINGS or _named(element, _HEADLINE_NAMES)


def _named(element: etree._Element, pattern: re.Pattern[str]) -> bool:
    """Whether a word of `class` or `id` matches: «main-menu» and «mainMenu» both hold «menu»."""
    return _any_word(f"{element.get('class') or ''} {element.get('id') or ''}", pattern)


@lru_cache(maxsize=4096)
def _any_word(names: str, pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(word.lower()) for word in _NAME.findall(names))


def _holds_headlines(element: etree._Element) -> bool:
    for part in element.iter("article", *_HEADINGS):
        linked = next(part.iter("a"), None) is not None or next(part.iterancestors("a"), None) is not None
        if part.tag == "article" or linked:
            return True
    return False


def _words(element: etree._Element) -> str | None:
    """The visible text. «ال<b>قدس</b>» is one word, two blocks are never one."""
    strings: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        gap = "" if part.tag in _INLINE else " "
        if event == "start":
            if part.tag in _SILENT:
                walk.skip_subtree()
            else:
                strings += (gap, part.text or "")
        elif part is not element:
            strings += (gap, part.tail or "")
    return plain("".join(strings))
