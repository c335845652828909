"""read_section(): the articles a listing page links to, and its next page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Final
from urllib.parse import unquote

from newscrawler.discovery.anchors import Anchor, anchors, base_of, next_links, parse_html
from newscrawler.discovery.body import Unreadable, to_utf8, unpack
from newscrawler.discovery.links import key_of
from newscrawler.discovery.looks import Looks, in_listing, looks
from newscrawler.discovery.pager import next_page
from newscrawler.link import Link
from newscrawler.site import Site
from newscrawler.text.normalise import fold
from newscrawler.urls import CanonicalUrl

_HOME: Final = re.compile(r"(?:index|default|home|main)\.\w{2,5}|home|ar|arabic|index")
_ASIDE_RELS: Final = frozenset({"tag", "author", "license", "search", "help", "privacy-policy", "terms-of-service"})

_NO_HEADLINE: Final = re.compile(
    r"""(?:(?:ا?قرا|اقراي|شاهد|عرض|تابع|طالع|استمع|لل|ل)?\ ?(?:ال)?(?:مزيد|تفاصيل|قراءه|بقيه|تتمه)
        (?:\ (?:عن|حول|من)\ .{1,30})?
    |(?:تابع|اكمل|متابعه)\ ?(?:ال)?(?:قراءه|خبر|مقال)|(?:اقرا\ )?(?:ال)?(?:خبر|مقال)\ كاملا?
    |(?:read\ |learn\ |see\ )?(?:more|details|full\ story)|continue\ reading
    |(?:(?:منذ|قبل)\ )?(?:\d+\ )?
        (?:ثوان|ثواني|ثانيه|دقائق|ساعات|ايام|اسابيع|شهور|اشهر|سنوات|(?:دقيق|ساع|سن)(?:ه|تين)|(?:يوم|اسبوع|شهر)(?:ين)?)
    |(?:\d+\ |لا\ توجد\ |لا\ |اضف\ |اترك\ )?(?:ال)?(?:تعليقا?|تعليقات|مشاهده|مشاهدات)
    |.*(?:ال)?حقوق.{0,12}\ محفوظه.*
    |[\W\d_]*)[\W_]*""",
    re.VERBOSE,
)
"""Folded: «اقرأ المزيد», «التفاصيل», «منذ ساعتين», «3 تعليقات» stand where a headline would."""
_WORDS_NEEDED: Final = {
    Looks.NEVER: (inf, inf, inf),
    Looks.LISTING: (inf, 7, 5),
    Looks.UNSAID: (inf, 5, 4),
    Looks.MAYBE: (5, 4, 3),
    Looks.LIKELY: (3, 2, 1),
}
"""How many words make a link an article's: anywhere on the page, in a list item or card, in a heading.
Menus have one to three, headlines four to twelve."""
_HEADLINE_MAX: Final = 250
"""Characters. A longer anchor is a teaser."""


@dataclass(frozen=True, slots=True)
class SectionPage:
    """What one page of a section lists."""

    links: tuple[Link, ...] = ()
    """Articles in the page's order, each once; only address and headline are known."""

    next_url: str | None = None
    """The next page of the section, absolute, as printed. None: this is the last, or it scrolls for ever."""


def read_section(body: bytes, *, url: str, site: Site, encoding: str | None = None) -> SectionPage:
    """The article links of a listing page and the address of its next page.

    `url` is the page's own address; `encoding` counts where the page declares none. Where the seed has
    `articles.allow`, those patterns decide; otherwise address, words and place of each link do: menus,
    tags, writers, logins and the page itself are left out, at the risk of keeping a page that the
    extractor will then call no article. Nothing that leaves the site's hosts is returned.

    Never raises: a body that is no HTML lists nothing.
    """
    try:
        document = parse_html(to_utf8(unpack(body), encoding=encoding or site.encoding))
    except Unreadable:
        return SectionPage()
    if document is None:
        return SectionPage()
    base = base_of(document, url=url)
    links = [link for link in anchors(document, base=base) if site.in_scope(link.key)]
    turning = [link for link in next_links(document, base=base) if site.in_scope(link.key)]
    return SectionPage(_articles(links, url, site), next_page([*turning, *links], url=url))


def _articles(links: Iterable[Anchor], url: str, site: Site) -> tuple[Link, ...]:
    elsewhere = {key_of(url), key_of(site.home)}
    groups: dict[CanonicalUrl, list[Anchor]] = {}
    for link in links:
        if link.key not in elsewhere and not _is_home(link.key):
            groups.setdefault(link.key, []).append(link)
    wanted = _is_allowed if site.articles.allow else _is_likely
    return tuple(Link(group[0].url, _headline(group)) for group in groups.values() if wanted(group, site))


def _is_home(key: str) -> bool:
    path, _, query = key.partition("://")[2].partition("/")[2].partition("?")
    return not query and (not path.strip("/") or _HOME.fullmatch(path.strip("/").lower()) is not None)


def _is_allowed(group: list[Anchor], site: Site) -> bool:
    return any(_admits(site, link) for link in group)


def _admits(site: Site, link: Anchor) -> bool:
    """The seed's patterns on the canonical address, and on the spelling with visible Arabic letters."""
    forms = (link.key, unquote(link.key))
    denied = any(re.search(pattern, form) for pattern in site.articles.deny for form in forms)
    return not denied and any(site.articles.admits(form) for form in forms)


def _is_likely(group: list[Anchor], site: Site) -> bool:
    inside = [link for link in group if not link.in_chrome and not link.rel & _ASIDE_RELS]
    if not inside or not _admits(site, inside[0]):
        return False
    headline = _headline(inside)
    words = len(headline.split()) if headline else 0
    kind = looks(inside[0].url)
    if kind is Looks.LIKELY and in_listing(inside[0].url):
        kind = Looks.MAYBE  # a number behind «category» may be the category's
    anywhere, in_item, in_heading = _WORDS_NEEDED[kind]
    if any(link.in_heading for link in inside):
        needed = in_heading
    else:
        needed = in_item if any(link.in_item for link in inside) else anywhere
    # Where the address speaks for itself, a picture may be all there is to click.
    pictured = kind is Looks.LIKELY and not words and any(link.has_image for link in inside)
    return words >= needed or pictured


def _headline(group: list[Anchor]) -> str | None:
    """The best words for one address: a heading's, else the first that read like a headline, else any.

    A picture's description counts after what is printed, «اقرأ المزيد» and «منذ ساعة» never do.
    """
    offered = [(_rank(text, link, printed), text) for link in group for text, printed in _texts(link)]
    best = max(offered, key=lambda offer: offer[0], default=None)  # max: the first of equals
    return best[1] if best else None


def _texts(link: Anchor) -> list[tuple[str, bool]]:
    texts = ((link.words, True), (link.label, False))
    return [(text, printed) for text, printed in texts if text and not _NO_HEADLINE.fullmatch(fold(text))]


def _rank(text: str, link: Anchor, printed: bool) -> int:
    if len(text) > _HEADLINE_MAX:
        return 0
    reads_like_one = len(text.split()) >= 3
    return 4 * (printed and link.in_heading) + 2 * reads_like_one + printed
