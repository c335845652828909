"""Every place of a page that names a date, in the order in which they are believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement

from newscrawler.extract import rules
from newscrawler.extract.blocks import Block
from newscrawler.extract.boilerplate import begins_related, is_chrome
from newscrawler.extract.claims import Saying
from newscrawler.extract.date_lines import is_date_line
from newscrawler.extract.date_paths import addressed
from newscrawler.extract.date_places import belongs, divided, inside, is_told
from newscrawler.extract.dates import find_dates
from newscrawler.extract.document import Document
from newscrawler.extract.tables import listed
from newscrawler.extract.tree import hints, text_of
from newscrawler.text.normalise import clean, fold

LINE_MAX: Final = 160
"""Characters of a line that shows a date; a longer one is a sentence that mentions one."""

_BIRTH_METAS: Final = listed(
    "article:published_time article:published og:published_time og:article:published_time datepublished "
    "pubdate "
    "publishdate publish-date publish_date publication_date published_time publishtime parsely-pub-date "
    "sailthru.date "
    "cxenseparse:recs:publishtime cxenseparse:publishtime dc.date.issued dcterms.issued dc.date dc:date "
    "dcterms.created "
    "dcterms.date dc.date.created datecreated article.published date originalpublicationdate news_date"
)
_CHANGE_METAS: Final = listed(
    "article:modified_time article:modified og:updated_time datemodified lastmod last-modified "
    "dcterms.modified "
    "dc.date.modified modified_time article:updated_time"
)
_PROPERTIES: Final = etree.XPath("descendant-or-self::*/@property")
_RDFA_DATES: Final = frozenset({"dc:date", "dc:created"})
_DIGIT: Final = re.compile(r"\d")
_CHANGE: Final = re.compile(
    r"(?:اخر|تاريخ|وقت) ?(?:ال)?(?:تحديث|تعديل)|(?:تم|جري) (?:ال)?(?:تحديث|تعديل)\w*|(?:^|\W)(?:حدث(?:ت)?|"
    r"محدث|محدثه|عدلت|تحديث|التحديث)(?:\W|$)|updated?|modified",
)
_BIRTH_LABEL: Final = re.compile(r"^\W*(?:تاريخ (?:ال)?(?:نشر|خبر|اضافه)|(?:تم )?(?:ال)?نشر\w*|اضيف\w*|ادرج\w*)")
_FACT: Final = re.compile(r"^\W*(?:ال)?تاريخ(?: (?:ال)?نشر)?\W")
_BORN: Final = frozenset({"entry-date", "published"})
LABEL_MAX: Final = 20
"""Characters of a label before a date."""

FOOT: Final = 3
"""Lines below the text in which a printed date is believed, where none stands above it."""

BELOW: Final = 12
"""Lines below the text in which an element marked as the date of publication is looked for."""

_TIME_ATTRIBUTES: Final = ("datetime", "content", "title")


def sayings(
    document: Document, *, above: Sequence[Block], headline: HtmlElement | None, below: Sequence[Block]
) -> list[Saying]:
    """All of them: the seed's rule, JSON-LD, meta, time elements, visible lines, the feed, the address."""
    ruled = rules.one(document, "date", prefer_attributes=True)
    found: list[Saying] = [Saying("rule", ruled.text)] if ruled.text else []
    found += _linked(document.article_data())
    found += _metas(document)
    places = (i for i, block in enumerate(above) if headline is not None and inside(block.owner, headline))
    place = next(places, 0)
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()
    before, near = (
        [block for block in lines if _may_date(block) and belongs(block, headline, around, is_above=is_above)]
        for lines, is_above in ((above[:place], True), (above[place:], False))
    )
    titled, after = divided(near, headline)
    foot = [block for block in _own_foot(below) if _may_date(block)]
    found += (
        _timed(near)
        or _timed(before)
        or _timed([block for block in below[:BELOW] if _may_date(block)], marked_only=True)
        or _timed([block for block in foot if belongs(block, headline, around, is_above=False)])
    )
    found += _visible(document, after)
    if not any(saying.is_shown for saying in found):
        found += _visible(document, [block for block in foot if _is_foot(block)])
    if not any(saying.is_shown for saying in found):
        facts = (block for block in below if _is_dated_fact(block))
        found += _if_one(document, [block for block in facts if belongs(block, headline, around, is_above=False)])
    if not any(saying.is_shown for saying in found):
        found += [saying for saying in _visible(document, titled) if saying.read and not saying.read.is_relative]
    found += _visible(document, before, doubtful=True)
    link = document.page.link
    if link and link.published:
        found.append(Saying("feed", clean(link.published)))
    if link and link.lastmod:
        found.append(Saying("sitemap", clean(link.lastmod), is_change=True))
    return [*found, *addressed(document)]


def date_rule_note(document: Document) -> str | None:
    """Why the seed's date selector couldn't be used. None: all is well."""
    return rules.one(document, "date", prefer_attributes=True).note


def _linked(data: dict[str, Any]) -> Iterator[Saying]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            yield Saying("json-ld", clean(value))
            break
    changed = data.get("dateModified")
    if isinstance(changed, str) and changed.strip():
        yield Saying("json-ld", clean(changed), is_change=True)


def _metas(document: Document) -> Iterator[Saying]:
    for names, is_change in ((_BIRTH_METAS, False), (_CHANGE_METAS, True)):
        for name in names:
            for value in document.metas.get(name, ())[:1]:
                yield Saying(f"meta:{name}", value, is_change=is_change)
    for name in _PROPERTIES(document.root):  # attributes are found three times as fast as elements that have one
        element = name.getparent()
        if name in _RDFA_DATES and element.tag != "meta" and element.get("content") is not None:
            yield Saying("meta:dc:date", clean(element.get("content")))
            break


def _may_date(block: Block) -> bool:
    """Whether the line is short and has a digit, in sight or in a machine's attribute."""
    if len(block.raw) > LINE_MAX:
        return False
    return bool(_DIGIT.search(block.raw)) or next(block.owner.iter("time", "abbr"), None) is not None


def _spaced(block: Block) -> str:
    """The line with a space between its elements: two spans side by side are two words on the screen."""
    spaced = clean(" ".join(block.owner.itertext()))
    return spaced if spaced.replace(" ", "") == block.text.replace(" ", "") else block.text


def _own_foot(below: Sequence[Block]) -> Sequence[Block]:
    """The lines right below the text, as far as no other article is announced or linked."""
    foot = below[:FOOT]
    return foot[: next((place for place, block in enumerate(foot) if _announces(block)), FOOT)]


def _is_dated_fact(block: Block) -> bool:
    """Whether the line is a date with a label of its own: «تاريخ 29.08.2014» in a list of facts."""
    if len(block.raw) > LINE_MAX or not _DIGIT.search(block.raw):
        return False
    return bool(_FACT.match(block.folded)) and is_date_line(block.folded)


def _if_one(document: Document, facts: Sequence[Block]) -> list[Saying]:
    """The date of the page's foot that has a label, where there is only one."""
    return list(_visible(document, facts)) if len(facts) == 1 else []


def _announces(block: Block) -> bool:
    """Whether the line announces another article, or is a link to one."""
    return begins_related(block.folded) or (block.is_link and next(block.owner.iter("a"), None) is not None)


def _is_foot(block: Block) -> bool:
    """Whether a line below the text is the article's own date and not the site's foot."""
    in_foot = any(node.tag in ("footer", "aside", "nav") for node in (block.owner, *block.owner.iterancestors()))
    labelled = bool(_BIRTH_LABEL.match(block.folded)) and not is_chrome(block.folded)
    return (labelled or is_date_line(block.folded)) and not in_foot


def _timed(lines: Sequence[Block], *, marked_only: bool = False) -> list[Saying]:
    """The datetime of time elements, and of elements marked datePublished, in these lines."""
    found: list[Saying] = []
    done: set[HtmlElement] = set()
    for block in lines:
        scope = [block.owner, *block.owner.iter("time", "abbr", "span", "div", "p", "li")]
        for element in scope[:12]:
            if element in done:
                continue
            done.add(element)
            names = hints(element)
            marked = "datepublished" in names or "datecreated" in names or "published" in names.split()
            raw = next((element.get(name) for name in _TIME_ATTRIBUTES if element.get(name)), None)
            if raw and (marked or (element.tag == "time" and not marked_only)) and re.search(r"\d", raw):
                label = fold(f"{names} {_label_beside(element)} {text_of(element)}").replace("datemodified", "modified")
                if not _BORN.isdisjoint(names.split()):
                    label = fold(text_of(element))  # «entry-date updated» is what themes call the day of birth
                found.append(Saying("time", clean(raw), is_change=bool(_CHANGE.search(label))))
    return found


def _label_beside(time: HtmlElement) -> str:
    """What stands before the element in a box that holds nothing else: «تم التحديث:»."""
    box = time.getparent()
    alone = box is not None and box.tag in ("span", "div", "p", "li") and len(list(islice(box.iter("time"), 2))) == 1
    if box is None or not alone:
        return ""
    whole = text_of(box)
    return whole if len(whole) <= len(text_of(time)) + LABEL_MAX else ""


def _visible(document: Document, lines: Sequence[Block], *, doubtful: bool = False) -> Iterator[Saying]:
    for block in lines:
        if not _DIGIT.search(block.raw):
            continue
        text = _spaced(block)
        dates = find_dates(
            text,
            zone=ZoneInfo(document.site.timezone),
            months=document.site.months,
            now=document.page.fetched_at,
        )
        # «الأربعاء 28 آب 2013، آخر تحديث 14:00»: one date and a word of change are one change.
        change = len(dates) == 1 and bool(_CHANGE.search(block.folded)) and dates[0].role != "published"
        for date in dates:
            if date.read.is_relative and is_told(text, date.start, date.end):
                continue
            yield Saying(
                "visible",
                text[date.start : date.end],
                is_change=change or date.role == "updated",
                is_doubtful=doubtful and date.role != "published",
                read=date.read,
            )
