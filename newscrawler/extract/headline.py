"""The headline as the reader sees it: not the name of the site, not what search engines are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract import rules
from newscrawler.extract.claims import Claim, Settled, settle
from newscrawler.extract.document import Document
from newscrawler.extract.jsonld import names_in
from newscrawler.extract.tables import folded_list
from newscrawler.extract.tree import hints, lines_of, text_of
from newscrawler.text.normalise import clean, fold, words

AGREES: Final = 0.5
"""Share of the shorter text's words that stand in the other. BBC-like pages have a search title that
shares 9 of 10 words with the h1; two headlines of one page share 3 of 10 at most."""

WORDS_MIN: Final = 3
"""Words of a <title> that can be a headline; of «وكالة الأنباء - بترا» one is left, and proves nothing."""

TEMPLATE_SHARE: Final = 0.6
"""Share of such words from which on a title names a template, 0 to 1."""

_TEMPLATE: Final = folded_list(
    "وكالة الأنباء تفاصيل التفاصيل الخبر خبر عرض صفحة الصفحة الأخبار أخبار المقال مقال المقالات مقالات موقع الموقع "
    "بوابة البوابة "
    "الرسمي "
    "الرسمية الرئيسية الإلكترونية الإلكتروني المركز الإعلامي news details article page view default home main"
)
_SEPARATORS: Final = re.compile(r"\s+[|\-–—•·»«/:]{1,2}\s+|\s*[|»]\s*|\s+::\s+|:\s+")
_HEADLINE_NAME: Final = re.compile(r"(?:^|[\s_-])head-?line(?:$|[\s_-])")
_CUT: Final = re.compile(r"\s*[,،|:–—-]\s*\S[^,،|]{0,40}$")
_CELLS: Final = frozenset({"div", "span", "p", "td", "font", "strong", "b"})
_DISPLAYED: Final = ("h1", "h2", "h3")
_KICKER_HINT: Final = re.compile(r"kicker|categor|section|label|badge|tag|date|time|author")
_NOT_DISPLAY: Final = frozenset({"nav", "footer", "aside"})


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline and where it stands."""

    words: Settled[str | None]
    """The words, with provenance. The value is None where the page names nothing."""
    element: HtmlElement | None
    """The element that shows it. None: the page doesn't show one."""
    note: str | None = None
    """A seed selector's miss."""


def read_headline(document: Document) -> Headline:
    """The displayed headline first; what the head of the page says stands in, or is kept as a loser."""
    ruled = rules.one(document, "title")
    told = list(_told(document))
    shown, element = _shown(document, told)
    if ruled.text:
        first = [Claim("rule", ruled.text)]
        element = ruled.element if ruled.element is not None else element
    else:
        first = []
    return Headline(settle([*first, *shown, *told]), element, ruled.note)


def names_of_site(document: Document) -> tuple[str, ...]:
    """What the outlet calls itself: in the seed, in og:site_name, as publisher, by its host."""
    return document.outlet_names


def agreement(one: str, other: str) -> float:
    """Share of the shorter text's words that stand in the other, 0 to 1."""
    first, second = set(words(fold(one))), set(words(fold(other)))
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def without_site(title: str, names: tuple[str, ...]) -> str:
    """The title without the outlet's name at either end: «خبر - صحيفة» → «خبر»."""
    folded = {str(fold(name)) for name in names}
    while parts := list(_SEPARATORS.finditer(title)):
        head, tail = title[: parts[0].start()], title[parts[-1].end() :]
        if _is_name(tail, folded):
            title = title[: parts[-1].start()].strip()
        elif _is_name(head, folded):
            title = title[parts[0].end() :].strip()
        else:
            break
    return title


def _is_name(text: str, folded: set[str]) -> bool:
    short = fold(text)
    if not short or short in folded:
        return True
    mine = set(words(short))
    return any(len(set(words(fold(name))) & mine) >= max(2, len(mine) * 2 // 3) for name in folded if name)


def _told(document: Document) -> Iterator[Claim]:
    """What the page tells machines, without the outlet's name."""
    names = names_of_site(document)
    folded = {fold(name) for name in names}
    data = document.article_data()
    title = document.root.find(".//head/title")
    raw = [
        ("json-ld", next(iter(names_in(data.get("headline") or data.get("name"))), "")),
        ("og:title", document.meta("og:title") or ""),
        ("twitter:title", document.meta("twitter:title") or ""),
        ("meta:headline", document.meta("headline", "dc.title") or ""),
        ("title", clean(" ".join(title.itertext())) if title is not None else ""),
    ]
    for source, text in raw:
        bare = without_site(clean(text), names)
        if bare and fold(bare) not in folded:
            yield Claim(source, bare)
    if document.page.link and document.page.link.title:
        yield Claim("link", clean(document.page.link.title))


def _shown(document: Document, told: list[Claim]) -> tuple[list[Claim], HtmlElement | None]:
    """The element that displays the headline: an h1 that agrees with the head, else whatever does."""
    told = [claim for claim in told if claim.source != "title" or _may_be_headline(claim.value)]
    names = {fold(name) for name in names_of_site(document)}
    best: tuple[float, str, HtmlElement] | None = None
    for rank, tag in enumerate(_DISPLAYED):
        for element in document.root.iter(tag):
            text = _display_text(element)
            if not text or fold(text) in names or _is_outside(element):
                continue
            score = max((agreement(text, claim.value) for claim in told), default=0.0)
            if rank and not _stands_in(element, text, score, told):
                continue
            if best is None or score > best[0] + 0.01:
                best = (score, text, element)
        if best and (best[0] >= AGREES or not told):
            break
    if best is None or (told and best[0] < AGREES):
        hinted = _hinted(document, told)
        if hinted is not None:
            return [Claim("headline-class", text_of(hinted))], hinted
        if best is None or _head_agrees(told):
            return [], best[2] if best else None
    return [Claim(str(best[2].tag), best[1])], best[2]


def _may_be_headline(title: str) -> bool:
    """Whether a <title> says what this page is about, and not which template made it: «تفاصيل الخبر»."""
    said = words(fold(title))
    return len(said) >= WORDS_MIN and sum(word in _TEMPLATE for word in said) < TEMPLATE_SHARE * len(said)


def _hinted(document: Document, told: list[Claim]) -> HtmlElement | None:
    """An element called «title» that shows exactly what the head says: table layouts have no h1."""
    exact = {fold(claim.value) for claim in told}
    for element in document.root.iter("div", "span", "p", "td", "font", "strong", "b", "h4", "h5", "a"):
        if len(element) <= 3 and fold("".join(element.itertext())) in exact and not _is_outside(element):
            return element
    return next((element for element in document.called(_names_headline) if _begins_told(element, told)), None)


def _names_headline(name: str) -> bool:
    return "head" in name and _HEADLINE_NAME.search(name) is not None


def _begins_told(element: HtmlElement, told: list[Claim]) -> bool:
    """Whether an element that is called «headline» shows what the head begins with, before a comma or a dash."""
    if element.tag not in _CELLS or _is_outside(element):
        return False
    text = text_of(element)
    rests = [claim.value.removeprefix(text) for claim in told if text and claim.value.startswith(text)]
    return len(text.split()) >= WORDS_MIN and any(_CUT.match(rest) for rest in rests)


def _head_agrees(told: list[Claim]) -> bool:
    return len({fold(claim.value) for claim in told if claim.source != "link"}) == 1 and len(told) >= 2


def _stands_in(element: HtmlElement, text: str, score: float, told: list[Claim]) -> bool:
    """Whether an h2 or h3 can be the headline: it says what the head says, or the head says nothing."""
    if told:
        return score >= 0.8 and _same_length(text, told)
    return len(text.split()) >= 3 and next(element.iter("a"), None) is None and element.getparent().tag != "a"


def _same_length(text: str, told: list[Claim]) -> bool:
    return any(0.6 <= len(text) / max(1, len(claim.value)) <= 1.6 for claim in told)


def _is_outside(element: HtmlElement) -> bool:
    return any(node.tag in _NOT_DISPLAY for node in element.iterancestors())


def _display_text(element: HtmlElement) -> str:
    """The headline's own words: a section label or a date set inside the h1 isn't one of them."""
    whole = text_of(element)
    for child in element:
        if isinstance(child.tag, str) and _KICKER_HINT.search(hints(child)) and len(text_of(child)) < len(whole) / 2:
            label = text_of(child)
            if whole.startswith(label):
                whole = whole[len(label) :].strip(" :|-–")
            elif whole.endswith(label):
                whole = whole[: -len(label)].strip(" :|-–")
    return whole or clean(" ".join(lines_of(element)))
