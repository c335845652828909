"""The section as the reader sees it: breadcrumb, label above the headline, then what machines are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

from newscrawler.extract import rules
from newscrawler.extract.blocks import Block
from newscrawler.extract.boilerplate import begins_related, is_chrome
from newscrawler.extract.claims import Claim, Settled, settle
from newscrawler.extract.document import Document, types_of
from newscrawler.extract.headline import agreement, names_of_site
from newscrawler.extract.jsonld import names_in
from newscrawler.extract.kickers import is_close, labels, posted_in
from newscrawler.extract.section_links import sections_by_address
from newscrawler.extract.tables import folded_list
from newscrawler.extract.tree import text_of
from newscrawler.text.normalise import clean, fold

WORDS_MAX: Final = 6
"""Words of a section's name: «أخبار المجتمع المدني والجمعيات» has four."""

MENU_MIN: Final = 7
"""Links. A list with so many is a menu, not a path to this page; so is an `articleSection` with so many
names."""

_CRUMB_HINT: Final = re.compile(r"bread-?crumb|crumb|(?:^|\s)(?:path|you-?are-?here|article-section-info)(?:$|\s)")
_HOME: Final = folded_list(
    "الرئيسية الرئيسيه رئيسية الصفحة_الرئيسية الصفحة_الاولى الأولى الأولي الواجهة البداية البيت "
    "الاستقبال الرئيسة أنت_هنا "
    "home homepage accueil main".replace("_", "\u00a0"),
    by=" ",
)
_NO_SECTION: Final = folded_list(
    "featured|news|uncategorized|غير مصنف|غير مصنفة|عام|مميز|مميزة|slider|سلايدر|سلايد|الكل|المزيد|"
    "تفاصيل|التفاصيل|مقالات مميزة|"
    "أهم الأخبار|الأخبار|آخر الأخبار|عاجل|article|articles|post|default|خبر رئيسي|رئيسي|top news|main",
    by="|",
)
_PATH_SEPARATOR: Final = re.compile(r"\s*[>»›→\\]\s*|\s*/\s*|\s*\|\s*|\s*::\s*|\s*←\s*")
_SECTION_LABEL: Final = re.compile(r"^(?:ال)?(?:قسم|مجموعة|تصنيف(?:ات)?|باب|فئة)\s*[:|]\s*|^(?:نشر )?في قسم\s*:?\s*")
"""A label before the section's name: «القسم: اقتصاد»."""

_COMMA: Final = re.compile(r"\s*[,،]\s*")
_ARROW: Final = re.compile(r"[>»›→\\←/]")
_ARABIC: Final = re.compile(r"[\u0621-\u06d3]")


def read_section(
    document: Document,
    *,
    title: str,
    headline: HtmlElement | None,
    above: Sequence[Block],
    below: Sequence[Block] = (),
) -> tuple[Settled[str | None], str | None]:
    """The section with provenance, and a note if the seed's selector missed. None where the page shows none."""
    ruled = rules.one(document, "section")
    avoid: set[str] = {*map(fold, names_of_site(document)), *_HOME, fold(title)}
    claims = [Claim("rule", ruled.text)] if ruled.text else []
    for source, raw in (*_said(document, headline, above), *posted_in(below)):
        name = _tidy(raw, avoid, title)
        if name:
            claims.append(Claim(source, name))
    vague = [claim for claim in claims if fold(claim.value) in _NO_SECTION and claim.source != "rule"]
    clear = [claim for claim in claims if claim not in vague]
    if not clear:
        named = (_tidy(raw, avoid, title) for raw in sections_by_address(document))
        clear = [Claim("address", name) for name in named if name and fold(name) not in _NO_SECTION][:1]
    return settle([*clear, *[claim for claim in vague if claim.source in _SHOWN]]), ruled.note


_SHOWN: Final = frozenset({"breadcrumb", "kicker"})


def _said(document: Document, headline: HtmlElement | None, above: Sequence[Block]) -> Iterator[tuple[str, str]]:
    for path in _crumbs(document, headline, above):
        yield from (("breadcrumb", name) for name in reversed(path))
    yield from (("kicker", name) for name in labels(above, headline))
    data = document.article_data()
    told = _listed(names_in(data.get("articleSection")))
    yield from (("json-ld", name) for name in told)
    for meta in ("article:section", "articlesection", "section", "dc.subject"):
        values = _listed(document.metas.get(meta, ()))
        yield from ((f"meta:{meta}", name) for name in values)
    if document.page.link and document.page.link.section:
        yield "link", document.page.link.section


def _listed(names: Iterable[str]) -> list[str]:
    """The names, or nothing where so many are given that they are the site's menu."""
    each = [part for name in names for part in _COMMA.split(clean(name)) if part]
    return each if len(each) < MENU_MIN else []


def _crumbs(document: Document, headline: HtmlElement | None, above: Sequence[Block]) -> Iterator[list[str]]:
    for data in document.linked:
        if "BreadcrumbList" in types_of(data):
            yield _ordered(data.get("itemListElement"))
        elif isinstance(data.get("breadcrumb"), dict):
            yield _ordered(data["breadcrumb"].get("itemListElement"))
    for element in document.called(_is_crumb):
        if not _in_footer(element):
            yield _steps(element, named=True)
    for block in above:
        for link in block.owner.iter("a") if block.linked else ():
            if len(link) > 2 or fold(text_of(link)) not in _HOME:
                continue
            around = _around(link)
            if around is not None and headline is not None and around in headline.iterancestors():
                yield _PATH_SEPARATOR.split(block.text)  # the path has no box of its own
            elif around is not None and is_close(around, headline):
                yield _steps(around, named=False)


def _is_crumb(name: str) -> bool:
    # Every name that fits contains one of these words: to look for them costs a fifth of the pattern's search.
    stem = "crumb" in name or "path" in name or "here" in name or "section-info" in name
    return stem and _CRUMB_HINT.search(name) is not None


def _in_footer(element: HtmlElement) -> bool:
    return any(node.tag == "footer" for node in element.iterancestors())


def _ordered(items: Any) -> list[str]:
    entries = [entry for entry in items if isinstance(entry, dict)] if isinstance(items, list) else []
    entries.sort(key=lambda entry: entry["position"] if isinstance(entry.get("position"), int) else 0)
    return [name for entry in entries for name in names_in(entry.get("name") or entry.get("item"))[:1]]


def _steps(element: HtmlElement, *, named: bool) -> list[str]:
    links = list(element.iter("a"))
    if len(links) >= MENU_MIN:
        return []
    items = list(element.iter("li")) or links
    names = [text_of(item) for item in items]
    if not named and len(links) > 2 and not _ARROW.search(text_of(element)):
        return []  # «الرئيسية | محليات | رياضة» is a menu
    if len(names) <= 1:
        names = _PATH_SEPARATOR.split(text_of(element))
    return [name.strip(" /»>›|\\-") for name in names]


def _around(link: HtmlElement) -> HtmlElement | None:
    """The small element around a «home» link if it is a path: two to six links, home first, little else."""
    node = link.getparent()
    for _ in range(3):
        if node is None:
            return None
        links = list(node.iter("a"))
        if len(links) >= MENU_MIN:
            return None
        if len(links) >= 2:
            return node if links[0] is link else None
        node = node.getparent()
    return None


def _tidy(raw: str, avoid: set[str], title: str) -> str | None:
    first = _COMMA.split(clean(raw).strip(" :/|-»>›،,"))[0]  # «محافظات، صحة»: an article in two sections
    parts = [part for part in _PATH_SEPARATOR.split(first) if part]
    for part in reversed(parts):
        name = _SECTION_LABEL.sub("", part.strip(" :-–|"))
        short = fold(name)
        if not name or short in avoid or not _ARABIC.search(name) or len(name.split()) > WORDS_MAX:
            continue
        if agreement(name, title) >= 1 and len(name) > 0.5 * len(title):
            continue
        if re.search(r"\d{4}|\d:\d", short) or begins_related(short) or is_chrome(short):
            continue
        return name
    return None
