"""The article's canonical address: the page's own word if it is sane, else the address that answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawler.extract.claims import Claim, Settled, settle
from newscrawler.extract.document import Document
from newscrawler.urls import BadUrl, CanonicalUrl, canonical

_INDEX: Final = re.compile(r"/(?:index|default|home)\.\w{2,5}$")
_AMP: Final = re.compile(r"(?:^|/)amp(?:/|$)|\.amp(?:\.html)?$|[?&](?:amp|outputtype)=|^amp\.", re.IGNORECASE)
_LANGUAGES: Final = frozenset(
    {"ar", "en", "fr", "es", "de", "tr", "fa", "ku", "he", "ru", "zh", "ur", "id", "it", "pt"}
)
_ADDRESS_HOST: Final = re.compile(r"^[\d.]+$|:")
_NUMBER: Final = re.compile(r"\d{3,}")


def read_address(document: Document) -> Settled[CanonicalUrl]:
    """rel=canonical, then og:url; each must be in scope, be no front or section page, and keep what tells
    the page.
    """
    own = canonical(document.page.url)
    refused: dict[str, str] = {}
    for claim in _said(document):
        try:
            url = own if claim.value == document.page.url else canonical(claim.value, base=document.base)
        except BadUrl:
            refused.setdefault(claim.source, claim.value)
            continue
        if url == own or is_sane(url, document):
            settled = settle([Claim(claim.source, url)])
            return Settled(url, settled.source, refused)
        refused.setdefault(claim.source, url)
    return Settled(own, "url", refused)


def is_sane(url: str, document: Document) -> bool:
    """Whether a page's word about its own address can be believed."""
    own, said = urlsplit(document.page.url), urlsplit(url)
    if not document.site.in_scope(url):
        return False
    if _ADDRESS_HOST.search(said.hostname or "") and said.hostname != own.hostname:
        return False
    if _languages(own.path) != _languages(said.path):
        return False  # the same story in another language
    path = _INDEX.sub("/", said.path).rstrip("/")
    if not path or (_trim(own.path).startswith(f"{unquote(path)}/") and not _is_amp(document.page.url)):
        return False  # the front page, or the section the page stands in
    if _trim(own.path) == _trim(said.path) and not _keeps_query(own.query, said.query):
        return False
    mine, theirs = _numbers(document.page.url), _numbers(url)
    return not (mine and theirs) or bool(mine & theirs)


def stated_addresses(document: Document) -> tuple[str, ...]:
    """What the page says its address is, believable or not; absolute ones only."""
    return tuple(claim.value for claim in _said(document) if claim.value.startswith(("http://", "https://")))


def _said(document: Document) -> Iterator[Claim]:
    for link in document.root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").strip():
            yield Claim("canonical", link.get("href").strip())
    for value in document.metas.get("og:url", ()):
        yield Claim("og:url", value)


def _languages(path: str) -> list[str]:
    """The language in the path's first folder, if one is named there: «/ar/…»."""
    return [folder for folder in path.lower().split("/")[1:2] if folder in _LANGUAGES]


def _keeps_query(own: str, said: str) -> bool:
    """Whether the parameters that tell pages apart (an id) are still there."""
    kept = dict(parse_qsl(said))
    return all(kept.get(key) == value for key, value in parse_qsl(own) if _NUMBER.search(value) or key in ("id", "p"))


def _is_amp(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_AMP.search(parts.path) or _AMP.search(parts.netloc) or _AMP.search(f"?{parts.query}"))


def _numbers(url: str) -> set[str]:
    parts = urlsplit(url)
    return set(_NUMBER.findall(unquote(f"{parts.path}?{parts.query}")))


def _trim(path: str) -> str:
    return unquote(path).rstrip("/")
