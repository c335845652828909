"""Who wrote it: people and desks, in the order of the byline; not outlets, addresses or developers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from lxml.html import HtmlElement

from newscrawler.extract import rules
from newscrawler.extract.agencies import agency_named
from newscrawler.extract.assistance import is_assistance, without_assistance
from newscrawler.extract.author_links import leads_to_author, leads_to_mail
from newscrawler.extract.blocks import Block
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.claims import Settled
from newscrawler.extract.dateline_names import (
    dateline_writer,
    is_ours,
    lone_name,
    opening_byline,
    signing_name,
    sourced_writer,
)
from newscrawler.extract.document import Document, types_of
from newscrawler.extract.foot_bylines import own_foot
from newscrawler.extract.headline import names_of_site
from newscrawler.extract.jsonld import names_in
from newscrawler.extract.meta_names import below_headline, dated_writer, icon_writer, labelled_apart
from newscrawler.extract.names import is_credit, is_machine, split_names, tidy_name
from newscrawler.extract.places import has_articles
from newscrawler.extract.signatures import LINE_MAX, strip_byline
from newscrawler.extract.tree import hints, text_of
from newscrawler.text.normalise import clean, fold

_BYLINE_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?line\w*|(?:(?:posted|created|published)-)?by|auth|"
    r"authors?(?:-?(?:name|link|title))?|writer(?:-?name)?|writt?(?:en)?-?by|write-?by|reporter|"
    r"editor-?name|creator|"
    r"post-?meta-?author|entry-?author|article-?author|post-?author|name-?author|vcard)(?:$|[\s_-])"
)
_REMEMBERED: Final = 1024
"""Names of boxes, and bylines, whose verdict is kept: the same few stand on every page of a site."""

LINKED_SHARE: Final = 0.8
"""Share of a byline that several links must hold to be its names, 0 to 1."""

_SIDES: Final = re.compile(r"\s*[-–—/|،]\s*")
_PARTS: Final = re.compile(r"\s*[|•·]\s*")
_DATED: Final = re.compile(r"\d")
_UP_TO_LABEL: Final = re.compile(r"^[^:]{0,40}?\d\s+(?=(?:كتبت?|بقلم|إعداد|تحرير|حاوره|حاورته)\s*[:/])")
"""A date before a byline on one line: «13/03/2021 كتب: فلان الفلاني»."""

_DURATION: Final = re.compile(r"وقت|مده|قراءه|reading|time")
"""What WordPress calls its first fact about a page without a writer: «وقت القراءة المُقدّر»."""
_ACCOUNT: Final = re.compile(r"\S*@\S*")
"""An account or an address: «okaz_online@» with the sign where a right-to-left line puts it."""


def read_authors(
    document: Document, *, above: Sequence[Block], paragraphs: Sequence[str], below: Sequence[Block]
) -> tuple[Settled[tuple[str, ...]], tuple[str, ...], str | None]:
    """The authors with provenance, the credits that name no person (agencies), and a seed selector's miss."""
    ruled, note = rules.several(document, "author")
    outlets = frozenset(fold(name) for name in names_of_site(document))
    found: list[tuple[str, tuple[str, ...]]] = []
    credited: list[str] = []
    for source, raws in _said(document, ruled, above, paragraphs, below):
        names: list[str] = []
        for raw in raws:
            people, agencies = _credited(raw, outlets)
            names += people
            credited += agencies
        if names:
            found.append((source, tuple(dict.fromkeys(names))))
    if not found:
        return Settled(()), tuple(credited), note
    source, names_won = found[0]
    mine = {fold(name) for name in names_won}
    losers = {other: "، ".join(theirs) for other, theirs in found[1:] if {fold(n) for n in theirs} != mine}
    losers.pop(source, None)
    return Settled(names_won, source, losers), tuple(credited), note


@lru_cache(maxsize=_REMEMBERED)
def _credited(raw: str, outlets: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people and the agencies of a byline. A page names its writer in three places, and an outlet has few."""
    named = _ACCOUNT.sub("", without_assistance(raw))
    people: list[str] = []
    agencies: list[str] = []
    for name in split_names(named) if not is_machine(named) else ():
        tidy = tidy_name(name)
        if agency_named(tidy):
            agencies.append(tidy)
        elif is_credit(tidy, outlets) and not _is_place_of(tidy, named, outlets):
            people.append(tidy)
    return tuple(people), tuple(agencies)


def _said(
    document: Document,
    ruled: Sequence[str],
    above: Sequence[Block],
    paragraphs: Sequence[str],
    below: Sequence[Block],
) -> Iterator[tuple[str, list[str]]]:
    if ruled:
        yield "rule", list(ruled)
    yield "json-ld", _told(document.article_data().get("author"))
    under = below_headline(above)
    names_in = cache(_names_in)  # asked about most lines twice
    yield "byline", list(_shown(under, names_in))  # above the headline stand other articles' writers as well
    yield "byline", list(_shown(above, names_in))
    outlets = frozenset(fold(name) for name in names_of_site(document))
    short = [block for block in above if len(block.raw) <= 2 * LINE_MAX and not is_chrome(block.folded)]
    lines = dict.fromkeys(text for block in short for text, _ in block.pieces())
    yield "byline", [name for line in lines for name in opening_byline(line, outlets)]
    yield "byline", [name for block in above if block.is_short for name in sourced_writer(block.text, outlets)]
    meta = [block for block in under if block.is_short]
    yield "byline", labelled_apart(meta, outlets)
    yield "byline", [name for block in meta for name in icon_writer(block, outlets)]
    yield "byline", [name for block in meta for name in dated_writer(block.text, outlets)]
    linked = [link for link in document.related("author") if link.get("rel") == "author"]
    yield "rel=author", [text_of(link) for link in linked[:3]]
    for name in ("article:author", "author", "article:author_name", "dc.creator", "dcterms.creator"):
        yield f"meta:{name}", list(document.metas.get(name, ()))
    if not any(_DURATION.search(fold(label)) for label in document.metas.get("twitter:label1", ())):
        yield "meta:twitter:data1", list(document.metas.get("twitter:data1", ()))
    yield "byline", list(_shown(own_foot(below[:12]), names_in))
    yield (
        "byline",
        [name for place, line in enumerate(paragraphs[:2]) for name in opening_byline(line, outlets, city=not place)],
    )
    yield "byline", [signed for line in paragraphs[-2:] if (signed := strip_byline(line))]
    yield "byline", [name for line in paragraphs[-1:] for name in opening_byline(line, outlets)]
    yield "byline", lone_name(paragraphs, outlets)
    yield "byline", signing_name(paragraphs, outlets)
    yield "byline", [name for line in paragraphs[:1] for name in dateline_writer(line, outlets)]


def _is_place_of(name: str, byline: str, outlets: frozenset[str]) -> bool:
    """Whether the name is where the outlet or the agency beside it reports from: «السهل الغربي - الجريدة»."""
    if not has_articles(name):
        return False
    others = [part.strip(" ()") for part in _SIDES.split(byline)]
    return any(is_ours(fold(part), outlets) or agency_named(part) for part in others)


def _told(value: Any) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    people = [e for e in entries if isinstance(e, str) or (isinstance(e, dict) and not _is_outlet(e))]
    return [clean(name) for name in names_in(people)]


def _is_outlet(entry: dict[str, Any]) -> bool:
    return any("Organization" in name for name in types_of(entry))


def _shown(above: Iterable[Block], names_in: Callable[[Block], list[str]]) -> Iterator[str]:
    """Bylines between headline and text: a labelled line, or a line in an element named so. Who edited or filmed it
    counts where nobody else is named.
    """
    assisting: list[str] = []
    written = False
    for block in above:
        if len(block.text) > 2 * LINE_MAX or is_chrome(block.folded):
            continue
        names = names_in(block)
        if is_assistance(block.text):
            assisting += names
            continue
        written = written or bool(names)
        yield from names
    if not written:
        yield from assisting


def _names_in(block: Block) -> list[str]:
    """The bylines of a line: all of it, or the elements in it that hold one each."""
    names: list[str] = []
    for text, element in block.pieces():
        if len(text) > LINE_MAX or is_chrome(fold(text)):
            continue
        labelled = [signed for part in _PARTS.split(text) if (signed := strip_byline(part))]
        if not labelled and _DATED.search(text) and (signed := strip_byline(_UP_TO_LABEL.sub("", text))):
            labelled = [signed]
        if not labelled and element is block.owner and _DATED.search(text):
            continue  # a box called `author` with name and date in it: the name has an element of its own
        if labelled and any(leads_to_author(link) for link in element.iter("a") if link is not element):
            continue  # «نص: فلانة الفلانية» with a button behind it: the link is the name
        signed_so = labelled or _named_byline(element, text) or leads_to_author(element)
        if signed_so and not leads_to_mail(element):
            whole = _without_mail(text, element)
            names += labelled or (_apart(text, element) if whole == text else [whole])
            if element is block.owner:
                break
    return names


def _without_mail(text: str, element: HtmlElement) -> str:
    """The byline without the words of a link that writes to its writer: «راسل الكاتب»."""
    for link in element.iter("a"):
        if link is not element and leads_to_mail(link):
            text = text.replace(text_of(link), " ").strip()
    return text


def _apart(text: str, element: HtmlElement) -> list[str]:
    """The byline, or, where it is one of several elements without a space between them, the parts that are names:
    «فلان الفلاني» and «كاتب فلسطيني» in two spans.
    """
    parts = [part for part in element if isinstance(part.tag, str) and text_of(part)]
    links = [text_of(part) for part in parts if part.tag == "a"]
    writers = [text_of(part) for part in parts if leads_to_author(part) and text_of(part)]
    if writers and len(links) > len(writers) and sum(map(len, links)) >= LINKED_SHARE * len(text):
        return writers  # «فلان الفلاني» and beside it «راسله»
    if len(links) > 1 and sum(map(len, links)) >= LINKED_SHARE * len(text):
        return links
    spaced = clean(" ".join(element.itertext())).replace(" و ", " و").replace(" ،", "،").replace(" ,", ",")
    if not parts or spaced == text.replace(" و ", " و"):
        return [text]
    named = [part for part in parts if leads_to_author(part) or _names_author(hints(part))]
    return [text_of(part) for part in named or parts[:1]]


@lru_cache(maxsize=_REMEMBERED)
def _names_author(names: str) -> bool:
    return _BYLINE_HINT.search(names) is not None


def _named_byline(element: HtmlElement, text: str) -> bool:
    """Whether the element, or a box that holds nothing else, is named as a byline."""
    node: HtmlElement | None = element
    for _ in range(4):
        if node is None or node.tag in ("article", "main", "body", "section"):
            return False
        if _names_author(hints(node)):
            return len(text_of(node)) <= len(text) + 20
        node = node.getparent()
    return False
