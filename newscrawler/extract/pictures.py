"""The lead picture's address."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from lxml.html import HtmlElement

from newscrawler.extract.claims import Claim, Settled, settle
from newscrawler.extract.document import Document
from newscrawler.urls import BadUrl, canonical

_NO_PICTURE: Final = re.compile(
    r"logo|placeholder|no-?(?:image|img|photo|pic)|/(?:img-?)?default(?:[-_]\w+)?\.\w{3,4}|"
    r"default[-_](?:share|image|img|logo|thumb)|blank|spacer|favicon|sprite|avatar|gravatar|"
    r"pixel|1x1|transparent|loading|loader|icon[-_.s/]|\.svg(?:$|\?)|share[-_]?image|"
    r"(?:^|/)(?:fb|facebook|twitter|tw|whatsapp|telegram|share|print|email|rss)\.(?:png|gif|jpg)|"
    r"og[-_]?image[-_.]?default|dummy",
    re.IGNORECASE,
)
_IMAGE_FILE: Final = re.compile(r"^#|\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)|^javascript:", re.IGNORECASE)
_NEXT: Final = 4
"""Pictures after the headline that are looked at."""

_REMEMBERED: Final = 16
"""Addresses that are kept: og:image, JSON-LD and twitter:image are one picture on most pages."""

_ATTRIBUTES: Final = ("data-src", "data-original", "data-lazy-src", "src")


def read_picture(document: Document, headline: HtmlElement | None) -> Settled[str | None]:
    """og:image, JSON-LD, twitter:image, image_src, then the first picture after the headline; no logos."""
    logos = set(_logos(document))
    claims: list[Claim] = []
    for source, raw in _said(document, headline):
        url = _absolute(raw, document.base)
        if url and url not in logos and not _NO_PICTURE.search(url.rsplit("://", 1)[-1].partition("/")[2]):
            claims.append(Claim(source, url))
    told = [claim for claim in claims if claim.source != "img"]
    return settle(told or claims, same=str.__eq__)  # another picture of the page contradicts nobody


def _said(document: Document, headline: HtmlElement | None) -> Iterator[tuple[str, str]]:
    for name in ("og:image", "og:image:url", "og:image:secure_url"):
        yield from ((name, value) for value in document.metas.get(name, ())[:1])
    yield from (("json-ld", value) for value in _urls(document.article_data().get("image")))
    for name in ("twitter:image", "twitter:image:src", "thumbnailurl", "image"):
        yield from ((f"meta:{name}", value) for value in document.metas.get(name, ())[:1])
    for link in document.root.iter("link"):
        if (link.get("rel") or "").lower() == "image_src":
            yield "image_src", link.get("href") or ""
    if headline is not None:
        for image in itertools.islice(_pictures_after(headline), _NEXT):
            for name in _ATTRIBUTES:
                if image.get(name) and not image.get(name).startswith("data:") and _may_lead(image):
                    yield "img", image.get(name)
                    break


def _pictures_after(element: HtmlElement) -> Iterator[HtmlElement]:
    """Those behind the element, in page order, as far as somebody asks: XPath's `following::` finds them all first."""
    for node in (element, *element.iterancestors()):
        for sibling in node.itersiblings():
            yield from sibling.iter("img", "amp-img")


def _may_lead(image: HtmlElement) -> bool:
    """Whether the picture is wide enough and doesn't lead to another page, as a related article's does."""
    link = next(image.iterancestors("a"), None)
    if link is not None and not _IMAGE_FILE.search(link.get("href") or "#"):
        return False
    width = (image.get("width") or "").removesuffix("px")
    return not width.isdigit() or int(width) >= 200


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _urls(value.get("url") or value.get("contentUrl") or value.get("@id"))
    elif isinstance(value, list):
        for entry in value:
            yield from _urls(entry)


def _logos(document: Document) -> Iterator[str]:
    for data in document.linked:
        publisher = data.get("publisher")
        if isinstance(publisher, dict):
            for raw in _urls(publisher.get("logo")):
                url = _absolute(raw, document.base)
                if url:
                    yield url


@lru_cache(maxsize=_REMEMBERED)
def _absolute(raw: str, base: str) -> str | None:
    from urllib.parse import quote, urljoin

    raw = raw.strip()
    if not raw or raw.startswith("data:"):
        return None
    try:
        canonical(raw, base=base)
        return quote(urljoin(base, raw), safe="%/:=&?~#+!$,;'@()*[]")
    except (BadUrl, ValueError):
        return None
