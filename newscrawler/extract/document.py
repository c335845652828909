"""Document: one page parsed once, with what every reader of it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from newscrawler.extract.box_names import spelt_apart
from newscrawler.extract.jsonld import names_in, read_jsonld
from newscrawler.extract.tree import parse
from newscrawler.page import Page
from newscrawler.site import Rule, Site
from newscrawler.text.normalise import clean, fold

_TITLES: Final = etree.XPath("descendant::title/text()", smart_strings=False)
_H1_TEXTS: Final = etree.XPath("descendant::h1/descendant::text()", smart_strings=False)
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
    elements: tuple[HtmlElement, ...]
    """Every element of the page as it was served. As long as they are held here, lxml needn't make them anew for each
    reader that walks the tree: a walk takes a fifth."""
    names: tuple[tuple[str, tuple[int, ...]], ...]
    """Class, id and aria-label of an element in lower case → the places in `elements` of those that are called so."""
    rule: Rule | None
    """The seed's selectors that were in force when the page was fetched. None: there are none."""
    base: str
    """What relative addresses are resolved against."""
    outlet_names: tuple[str, ...]
    """What the outlet calls itself: in the seed, in og:site_name, as publisher, by its host. Cleaned."""

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these names that is there. None: none of them is."""
        return next((self.metas[name][0] for name in names if self.metas.get(name)), None)

    def called(self, is_wanted: Callable[[str], bool]) -> list[HtmlElement]:
        """The elements whose names are wanted, in page order. Each name is asked about once, whoever bears it."""
        places = [place for name, bearers in self.names if is_wanted(name) for place in bearers]
        return [self.elements[place] for place in sorted(places)]

    def related(self, word: str) -> list[HtmlElement]:
        """The links of the page as it is now whose `rel` has this word; none that stands in an aside."""
        wanted = f" {word} "
        links = [link for link in self.root.iter("a") if (rel := link.get("rel")) and wanted in f" {rel} "]
        return [link for link in links if next(link.iterancestors("aside"), None) is None]

    def article_data(self) -> dict[str, Any]:
        """The JSON-LD object that describes the article; empty if there is none."""
        first = self.linked[0] if self.linked else {}
        return first if is_article(first) else {}


def read_document(page: Page, site: Site, text: str | bytes) -> Document:
    """Parses the text (bytes are UTF-8) and collects metas, JSON-LD, rule and base address."""
    root = parse(text)
    elements = tuple(root.iter())
    metas = _metas(root)
    linked = _article_first(read_jsonld(root), root, metas, page.url)
    hrefs = [base.get("href") for base in root.iter("base") if base.get("href") is not None]
    return Document(
        page=page,
        site=site,
        root=root,
        metas=metas,
        linked=linked,
        elements=elements,
        names=tuple(_names(elements)),
        rule=site.rule_for(page.fetched_at.date()),
        base=_join(page.url, hrefs[0]) if hrefs else page.url,
        outlet_names=_outlet_names(page, site, metas, linked),
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
    """The metas of the head, and those of the body that aren't one of many: cards of other articles have them too."""
    head: dict[str, list[str]] = {}
    body: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = clean(element.get("content") or "")
        if not content:
            continue
        found = head if next(element.iterancestors("head"), None) is not None else body
        for names in filter(None, map(element.get, _NAMES)):
            for name in names.lower().split():
                found.setdefault(name, []).append(content)
    for name, values in body.items():
        if name not in head and len(set(values)) == 1:
            head[name] = values
    return {name: tuple(values) for name, values in head.items()}


def _outlet_names(
    page: Page, site: Site, metas: Mapping[str, tuple[str, ...]], linked: Sequence[dict[str, Any]]
) -> tuple[str, ...]:
    publisher = names_in([data.get("publisher") for data in linked])
    sites = [name for data in linked if data.get("@type") == "WebSite" for name in names_in(data)]
    told = [site.name, site.name_en or ""]
    told += next((metas[name][:1] for name in ("og:site_name", "application-name") if name in metas), ())
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    stem = host.split(".")[0]
    hosts = [host, stem] if stem.isalpha() else []  # an address in numbers is nobody's name
    return tuple(dict.fromkeys(name for raw in [*told, *publisher, *sites, *hosts] if (name := clean(raw))))


def _names(elements: Sequence[HtmlElement]) -> Iterator[tuple[str, tuple[int, ...]]]:
    bearers: dict[str, list[int]] = {}
    for place, element in enumerate(elements):
        name, ident, label = element.get("class"), element.get("id"), element.get("aria-label")
        if ident or label:
            name = " ".join([value for value in (name, ident, label) if value])
        if name:
            bearers.setdefault(name, []).append(place)
    return ((spelt_apart(name), tuple(places)) for name, places in bearers.items())


def _article_first(
    linked: list[dict[str, Any]], root: HtmlElement, metas: Mapping[str, tuple[str, ...]], url: str
) -> tuple[dict[str, Any], ...]:
    """The objects, with the article that this page is about before those it merely lists."""
    if len(linked) < 2:
        return tuple(linked)
    title = fold(" ".join([*metas.get("og:title", ()), *_TITLES(root), *_H1_TEXTS(root)]))

    def rank(data: dict[str, Any]) -> tuple[bool, bool, bool]:
        headline = next(iter(names_in(data.get("headline") or data.get("name"))), "")
        about = bool(headline) and fold(clean(headline)) in title
        here = unquote(url) in unquote(f"{data.get('url')} {data.get('mainEntityOfPage')} {data.get('@id')}")
        return (not is_article(data), not about, not here)

    return tuple(sorted(linked, key=rank))


def _join(base: str, href: str) -> str:
    try:
        joined = urljoin(base, href.strip())
        return joined if urlsplit(joined).hostname else base
    except ValueError:
        return base
