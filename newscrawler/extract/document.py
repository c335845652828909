"""Document: one page parsed once, with what every reader of it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newscrawler.extract.jsonld import read_jsonld
from newscrawler.extract.tree import parse
from newscrawler.page import Page
from newscrawler.site import Rule, Site
from newscrawler.text.normalise import clean

_NAMES: Final = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True, slots=True)
class Document:
    """A page that has been decoded and parsed."""

    page: Page
    """The bytes and where they came from."""
    site: Site
    """The outlet."""
    root: HtmlElement
    """The whole tree. Readers of metadata don't change it; the body reader works on its own."""
    metas: Mapping[str, tuple[str, ...]]
    """Lower-case name, property or itemprop of a meta element → its contents in page order, cleaned, none
    empty."""
    linked: tuple[dict[str, Any], ...]
    """The JSON-LD objects, flattened: the article first if there is one."""
    rule: Rule | None
    """The seed's selectors that were in force when the page was fetched. None: there are none."""
    base: str
    """What relative addresses are resolved against."""

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these names that is there. None: none of them is."""
        return next((self.metas[name][0] for name in names if self.metas.get(name)), None)

    def article_data(self) -> dict[str, Any]:
        """The JSON-LD object that describes the article; empty if there is none."""
        first = self.linked[0] if self.linked else {}
        return first if is_article(first) else {}


def read_document(page: Page, site: Site, text: str) -> Document:
    """Parses the text and collects metas, JSON-LD, rule and base address."""
    root = parse(text)
    linked = sorted(read_jsonld(root), key=lambda data: not is_article(data))
    hrefs = root.xpath("//base/@href")
    return Document(
        page=page,
        site=site,
        root=root,
        metas=_metas(root),
        linked=tuple(linked),
        rule=site.rule_for(page.fetched_at.date()),
        base=_join(page.url, hrefs[0]) if hrefs else page.url,
    )


def is_article(data: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD object says it is an article, a report, an opinion piece or a blog post."""
    return any(name.endswith(("Article", "BlogPosting", "Report")) for name in types_of(data))


def types_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The object's `@type` as a tuple, without the vocabulary's address."""
    raw = data.get("@type")
    names = raw if isinstance(raw, list) else [raw]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def _metas(root: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = clean(element.get("content") or "")
        if not content:
            continue
        for attribute in _NAMES:
            for name in (element.get(attribute) or "").lower().split():
                found.setdefault(name, []).append(content)
    return {name: tuple(values) for name, values in found.items()}


def _join(base: str, href: str) -> str:
    try:
        joined = urljoin(base, href.strip())
        return joined if urlsplit(joined).hostname else base
    except ValueError:
        return base
