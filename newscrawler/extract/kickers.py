"""The label above a headline that names its section, and the one in the article's foot."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.date_lines import has_date, is_date_line
from newscrawler.extract.tables import folded_list
from newscrawler.extract.tree import hints, text_of
from newscrawler.text.normalise import Folded

LABEL_MAX: Final = 60
"""Characters of a line that is a section's label."""

LINE_MAX: Final = 160
"""Characters of a line that may hold such a label beside date and byline."""

_REMEMBERED: Final = 1024
"""Names of boxes whose verdict is kept: the same few stand around every line, and on every page of a site."""

_BESIDE: Final = 20
"""Characters that a box named as a section may hold beside its name."""

_POSTED_IN: Final = re.compile(r"^\W*(?:نشرت? في|في قسم|(?:ال)?(?:قسم|تصنيف(?:ات)?)\s*:)")
"""What stands before the section's link in the foot of an article."""

_SECTION_ADDRESS: Final = re.compile(r"[?&/](?:section|categor(?:y|ies)|cat|sec)(?:_?id)?[=/]", re.IGNORECASE)
_FOOT: Final = 12
"""Lines below the text in which it is looked for."""

_LABEL_HINT: Final = re.compile(
    r"(?:^|\s)section(?:\s|$)|(?:^|[\s_-])(?:categor(?:y|ies)|cat(?:-?(?:links?|name|title))?|"
    r"section-?(?:name|title|label|link)|art-?section|sec-?(?:ttl|title|name)|"
    r"kicker|(?:\w+-)?sec|rubric\w*|"
    r"channel|over-?line|article-?section|articlesection|post-?(?:cat\w*)|entry-?cat\w*|meta-?cat\w*|terms-list|"
    r"refs-rubric|news-?(?:cat\w*|section))(?:$|[\s_-])"
)
_COMMON: Final = folded_list(
    "سياسة|السياسة|شؤون سياسية|اقتصاد|الاقتصاد|مال وأعمال|اقتصاد وأعمال|أعمال|أسواق|محليات|المحلية|أخبار محلية|شؤون "
    "محلية|"
    "محلي|رياضة|الرياضة|الملاعب|كرة القدم|ثقافة|الثقافة|ثقافة وفن|ثقافة وفنون|فن|فنون|الفن|منوعات|المنوعات|علوم|صحة|"
    "الصحة|"
    "علوم وتكنولوجيا|تكنولوجيا|تقنية|مجتمع|المجتمع|حوادث|الحوادث|قضايا|تحقيقات|تقارير|حوارات|مقالات|آراء|رأي|الرأي|"
    "كتاب|"
    "كتاب وآراء|أعمدة|مقالات الرأي|العالم|دولي|دوليات|عربي|عربيات|عربي ودولي|عربية ودولية|الشرق الأوسط|أخبار العالم|"
    "العالم العربي|الوطن العربي|شؤون عربية|شؤون دولية|محافظات|برلمان|مدارات|بيئة|سياحة|سياحة وسفر|سيارات|تعليم|أسرة|"
    "المرأة|"
    "الأخيرة|الصفحة الأخيرة|وطنية|جهات|مغاربية",
    by="|",
)
"""Sections that newspapers have: such a line right above a headline names one, without a link or a class."""


def labels(above: Sequence[Block], headline: HtmlElement | None) -> Iterator[str]:
    """Short lines around the headline: named as a section, or a lone link right above it."""
    for block in above:
        if len(block.text) <= LINE_MAX:
            for text, element in _named_pieces(block):
                if len(text) <= LABEL_MAX and (_is_label(element, text) or _leads_to_section(element, block, headline)):
                    yield text
    place = next((i for i, block in enumerate(above) if headline is not None and _is_in(block, headline)), 0)
    for block in reversed(above[max(0, place - 2) : place]):
        links = list(block.owner.iter("a")) if block.linked and len(block.text) <= LABEL_MAX else []
        if len(links) == 1 and _near(block.owner, headline):
            yield text_of(links[0])
        elif _is_common(block.folded) and not block.linked and _near(block.owner, headline):
            yield block.text
        if not is_date_line(block.folded):
            break


def _named_pieces(block: Block) -> list[tuple[str, HtmlElement]]:
    """The line and what is in it; two sections side by side («لبنان محلي») are two, and the line is none."""
    pieces = block.pieces()
    two = block.is_link and len(list(block.owner.iter("a"))) > 1
    return pieces[1:] if two else pieces


def _leads_to_section(element: HtmlElement, block: Block, headline: HtmlElement | None) -> bool:
    """Whether it is the one link on the article's dated line, and leads to a section: «تحقيق [نُشر في …]»."""
    if element.tag != "a" or block.is_link or not _SECTION_ADDRESS.search(element.get("href") or ""):
        return False
    alone = len(list(block.owner.iter("a"))) == 1
    return alone and has_date(block.folded) and is_close(block.owner, headline)


def _is_common(line: Folded) -> bool:
    """Whether newspapers have a section of that name: «محليات», «أخبار البحرين»."""
    return line in _COMMON or (line.startswith("اخبار ال") and len(line.split()) == 2)


def _is_label(element: HtmlElement, text: str) -> bool:
    """Whether the element, or a box that holds little else, is named as a section."""
    if "category" in (element.get("rel") or "").split():
        return True
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None or node.tag in ("article", "main", "body"):
            return False
        if _names_section(hints(node)) and node.tag not in HEADINGS:
            return len(list(node.iter("a"))) <= 3 and len(text_of(node)) <= len(text) + _BESIDE
        node = node.getparent()
    return False


def _is_in(block: Block, element: HtmlElement) -> bool:
    return block.owner is element or any(node is element for node in block.owner.iterancestors())


def _near(label: HtmlElement, headline: HtmlElement | None) -> bool:
    """Whether the label stands alone in its box and that box shares a close ancestor with the headline."""
    if headline is None or not is_close(label, headline):
        return False
    close = set(headline.iterancestors())
    boxes = itertools.takewhile(lambda node: node not in close, (label, *label.iterancestors()))
    return all(len(list(box.iter("a"))) <= 1 for box in boxes)


def is_close(element: HtmlElement, headline: HtmlElement | None) -> bool:
    """Whether the element stands at most three levels below one of the headline's five nearest ancestors."""
    close = list(headline.iterancestors())[:5] if headline is not None else []
    shared = next((n for n in (element, *element.iterancestors()) if n in close), None)
    if shared is None or shared.tag in ("body", "html"):
        return False
    return any(node is shared for node in [element, *element.iterancestors()][:4])


def posted_in(below: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """The section that the article's foot names: «نشرت في محليات»."""
    for block in below[:_FOOT]:
        if block.linked and len(block.text) <= LABEL_MAX and _POSTED_IN.match(block.folded):
            yield from (("kicker", text_of(link)) for link in list(block.owner.iter("a"))[:1])


@lru_cache(maxsize=_REMEMBERED)
def _names_section(names: str) -> bool:
    return _LABEL_HINT.search(names) is not None
