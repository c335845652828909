"""Who wrote it: people and desks, in the order of the byline; not outlets, addresses or developers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

from newscrawler.extract import rules
from newscrawler.extract.agencies import agency_named
from newscrawler.extract.blocks import Block, pieces
from newscrawler.extract.claims import Claim, Settled
from newscrawler.extract.document import Document, types_of
from newscrawler.extract.headline import names_of_site
from newscrawler.extract.jsonld import names_in
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.names import is_credit, is_machine, split_names, tidy_name
from newscrawler.extract.tree import hints, text_of
from newscrawler.text.normalise import clean, fold

LINE_MAX: Final = 80
"""Characters of a line that is a byline; a longer one is a sentence."""

_BYLINE_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?line\w*|authors?(?:-?(?:name|link|title))?|writer(?:-?name)?|reporter|"
    r"editor-?name|creator|"
    r"post-?meta-?author|entry-?author|article-?author|post-?author|name-?author|vcard)(?:$|[\s_-])"
)
_LABELLED: Final = re.compile(
    r"^\W*(?:author|by|written by|par|بقلم(?: الكاتب(?:ه)?)?|(?:مرسلة|نشر|نُشر|أضيف|كتب) (?:من قبل|بواسطة)|"
    r"بواسطة|الكاتب(?:ه)?|المؤلف|المحرر(?:ه)?|اسم الكاتب|كاتب المقال|كتب(?:ت|ها|ه)?|اعداد|أعد(?:ه|ها|ت)?|"
    r"اعد(?:ه|ها|ت)|إعداد|"
    r"تحرير|حوار|حاور(?:ه|ته|ها|تها)|اجري الحوار|أجرى الحوار|أجرت الحوار|تقرير|تحقيق|متابعة|متابعه|ترجمة|"
    r"ترجمه|تغطية|مراسل(?:ة|نا|تنا|ه)?|الصحفي(?:ة)?|عن)"
    r"(?:\s*[:،,/|\-–—]+\s*|\s+)(.{3,70})$",
    re.IGNORECASE,
)
_POSTED: Final = re.compile(r"(?:مرسله|نشر|كتب|اضيف|ادرج)\w* (?:من قبل|بواسطه)|^\W*بقلم")
_OWN_AUTHOR: Final = re.compile(r"(?:^|\s)(?:author|post-author|article-author|author-name|writer-name|byline)(?:\s|$)")
_PARTS: Final = re.compile(r"\s*[|•·]\s*")
_STRONG_LABEL: Final = re.compile(
    r"^\W*(?:author|by|written by|بقلم|الكاتب|كتب|كتبت|إعداد|اعداد|تحرير|حوار|حاور\S*|أعد\S*)\b", re.IGNORECASE
)


def read_authors(
    document: Document, *, above: Sequence[Block], paragraphs: Sequence[str], below: Sequence[Block]
) -> tuple[Settled[tuple[str, ...]], tuple[str, ...], str | None]:
    """The authors with provenance, the credits that name no person (agencies), and a seed selector's miss."""
    ruled, note = rules.several(document, "author")
    outlets = frozenset(fold(name) for name in names_of_site(document))
    found: list[tuple[str, tuple[str, ...]]] = []
    credits: list[str] = []
    for source, raws in _said(document, ruled, above, paragraphs, below):
        names: list[str] = []
        for raw in raws:
            for name in split_names(raw) if not is_machine(raw) else ():
                tidy = tidy_name(name)
                if agency_named(tidy):
                    credits.append(tidy)
                elif is_credit(tidy, outlets):
                    names.append(tidy)
        if names:
            found.append((source, tuple(dict.fromkeys(names))))
    if not found:
        return Settled(()), tuple(credits), note
    source, names_won = found[0]
    mine = {fold(name) for name in names_won}
    losers = {other: "، ".join(theirs) for other, theirs in found[1:] if {fold(n) for n in theirs} != mine}
    losers.pop(source, None)
    return Settled(names_won, source, losers), tuple(credits), note


def strip_byline(line: str) -> str | None:
    """The names of a line that is nothing but a byline («حوار: فلان»). None: it is something else."""
    if len(line) > LINE_MAX or line.rstrip().endswith((".", "؟", "?", "!")):
        return None
    match = _LABELLED.match(line)
    if not match or len(match[1].split()) > 8:
        return None
    labelled = bool(re.match(r"^\W*\S+(?:\s\S+)?\s*[:،,/|\-–—]", line)) or bool(_STRONG_LABEL.match(line))
    return match[1] if labelled else None


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
    yield "byline", list(_shown(above))
    yield "byline", [name for line in paragraphs[:2] if (name := strip_byline(line))]
    yield "rel=author", [text_of(link) for link in document.root.xpath("//a[@rel='author'][not(ancestor::aside)]")[:3]]
    for name in ("article:author", "author", "article:author_name", "dc.creator", "dcterms.creator", "twitter:data1"):
        yield f"meta:{name}", list(document.metas.get(name, ()))
    yield "byline", list(_shown(block for block in below[:12] if _is_credit_line(block)))
    yield "byline", [name for line in paragraphs[-2:] if (name := strip_byline(line)) and ":" in line]


def _told(value: Any) -> list[str]:  # noqa: ANN401 (whatever JSON holds)
    entries = value if isinstance(value, list) else [value]
    people = [e for e in entries if isinstance(e, str) or (isinstance(e, dict) and not _is_outlet(e))]
    return [clean(name) for name in names_in(people)]


def _is_outlet(entry: dict[str, Any]) -> bool:
    return any("Organization" in name for name in types_of(entry))


def _shown(above: Iterable[Block]) -> Iterator[str]:
    """Bylines between headline and text: a labelled line, or a line in an element named so."""
    for block in above:
        if len(block.text) > 2 * LINE_MAX or is_chrome(block.folded):
            continue
        for text, element in pieces(block):
            if len(text) > LINE_MAX or is_chrome(fold(text)):
                continue
            labelled = [name for part in _PARTS.split(text) if (name := strip_byline(part))]
            if labelled or _named_byline(element, text):
                yield from labelled or [text]
                break


def _is_credit_line(block: Block) -> bool:
    """Whether a line below the text belongs to the article's own foot: «مرسلة بواسطة»."""
    return bool(_POSTED.search(block.folded)) or any(_OWN_AUTHOR.search(hints(e)) for _, e in pieces(block))


def _named_byline(element: HtmlElement, text: str) -> bool:
    """Whether the element, or a box that holds nothing else, is named as a byline."""
    node: HtmlElement | None = element
    for _ in range(4):
        if node is None or node.tag in ("article", "main", "body", "section"):
            return False
        if _BYLINE_HINT.search(hints(node)):
            return len(text_of(node)) <= len(text) + 20
        node = node.getparent()
    return False
