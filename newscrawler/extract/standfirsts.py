"""The summary set apart between headline and text; not the first paragraph cut, nor a search engine's
description.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.claims import Claim, Settled, settle
from newscrawler.extract.date_lines import has_date, is_date_line
from newscrawler.extract.document import Document
from newscrawler.extract.headline import agreement
from newscrawler.extract.openings import goes_on
from newscrawler.extract.signatures import strip_byline
from newscrawler.extract.tree import hints
from newscrawler.text.normalise import clean, fold, words

LENGTH: Final = (25, 700)
"""Characters of a standfirst."""

BULLETS_MAX: Final = 8
"""Points of a summary."""

NEAR: Final = 3
"""Paragraphs in which what a summary says is told."""

RESTATED: Final = 0.4
"""Share of a summary's words that these paragraphs repeat, 0 to 1. A first paragraph isn't told again: .1 to .25."""

SUMMARY_MIN: Final = 60
"""Characters of a summary that has no name."""

LONG: Final = 4
"""Letters of a word that counts for it."""

_LESSER: Final = frozenset({"h2", "h3", "h4", "h5"})
_SURE: Final = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?title|deck|dek|summary|(?:art|news)[_-]?sum|abstract|intro|chapo|chapeau|excerpt)"
    r"(?:$|[\s_-])"
)
"""Names that aren't given to a first paragraph, as «lead» is."""

_POINTS: Final = frozenset({"li", "h2", "h3", "h4", "h5"})
_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?(?:title|head\w*|line)\w*|deck|dek|excerpt|summary|(?:art|news)[_-]?sum|lead|lede|"
    r"intro\w*|chapo|chapeau|brief|"
    r"(?:article|post|entry|news|story)-?(?:desc\w*|lead|summary|excerpt|intro|brief|sub-?title)|"
    r"description|abstract|field-op-subtitle|"
    r"field-name-field-\w*(?:subtitle|summary|intro|lead|chapo)[\w-]*)(?:$|[\s_-])"
)

_LABELLED_DATE: Final = re.compile(r"\W*(?:تاريخ|وقت|تم|اخر) ?(?:ال)?(?:نشر|تحديث|تعديل|خبر)\w*\W.{0,60}\d")
"""A line that says when: «تاريخ النشر: …»."""


def read_standfirst(
    document: Document,
    *,
    above: Sequence[Block],
    paragraphs: Sequence[str],
    title: str,
    headline: HtmlElement | None = None,
) -> Settled[str | None]:
    """A line above the text that is named so, or that the page's description repeats; None: there is none."""
    told = [
        clean(text)
        for name in ("og:description", "description", "twitter:description")
        for text in document.metas.get(name, ())[:1]
    ]
    body = ""
    under = _subheading(above, headline)
    claims: list[Claim] = []
    for place, block in enumerate(above):
        text = block.text
        if not LENGTH[0] <= len(text) <= LENGTH[1] or block.is_link or is_chrome(block.folded):
            continue
        if is_date_line(block.folded) or _LABELLED_DATE.match(block.folded) or strip_byline(text):
            continue
        body = body or fold("\n\n".join(paragraphs))  # as the whole text is folded again: `fold` remembers it
        if _repeats(text, body) or agreement(text, title) >= 0.9:
            continue
        if _is_named(block.owner) or block is under:
            claims.append(Claim("standfirst", "\n".join(_bullets(above, place))))
        elif any(_opens(text, description) for description in told):
            claims.append(Claim("description", text))
        elif _is_summary(above[place + 1 :], block, headline, paragraphs):
            claims.append(Claim("summary", text))
    return settle(claims)


def set_apart(lines: Sequence[Block], headline: HtmlElement | None) -> int:
    """How many of the text's first lines are a summary in a box of its own: «article__summary» above the story.

    A lead that the next line goes on with is the first paragraph, whatever its box is called.
    """
    if len(lines) > 2 and _is_under(lines[0], lines[1], headline):
        return 1
    count = 0
    while count < min(len(lines) - 2, BULLETS_MAX) and _is_named(lines[count].owner):
        count += 1
    rest = [line.text for line in lines[count : count + NEAR]]
    if not count or goes_on(lines[count].folded) or _is_named(lines[count].owner):
        return 0
    summary = " ".join(line.text for line in lines[:count])
    if not LENGTH[0] <= len(summary) <= LENGTH[1]:
        return 0
    return count if _is_sure(lines[0].owner, lines[count:]) or _restated(summary, rest) >= RESTATED else 0


def _is_under(line: Block, following: Block, headline: HtmlElement | None) -> bool:
    """Whether the line is a lesser heading in the headline's own box, and the text has another one."""
    if headline is None or line.tag not in _LESSER or following.tag in HEADINGS or line.is_link:
        return False
    box = line.owner.getparent()
    return box is headline.getparent() and following.owner.getparent() is not box and len(line.text) >= LENGTH[0]


def _is_sure(summary: HtmlElement, text: Sequence[Block]) -> bool:
    """Whether the summary's own element is called so, and stands in no box together with the text's."""
    if not _SURE.search(hints(summary)) and summary.tag not in _LESSER:
        return False
    first, second = text[0].owner, text[1].owner if len(text) > 1 else None
    return first is second or summary.getparent() is not first.getparent()


def _bullets(above: Sequence[Block], place: int) -> list[str]:
    """The line with those of its kind right before and after it: a summary in several points."""
    block = above[place]
    first = last = place
    while first > 0 and _is_alike(above[first - 1], block):
        first -= 1
    while last + 1 < len(above) and _is_alike(above[last + 1], block):
        last += 1
    return [line.text for line in above[first : last + 1]]


def _is_alike(line: Block, block: Block) -> bool:
    """Whether two lines are points of one list, or lesser headings side by side."""
    one, other = line.owner, block.owner
    if one.tag != other.tag or one.tag not in _POINTS or one.getparent() is not other.getparent():
        return False
    return one.get("class") == other.get("class") and not (line.is_link or is_chrome(line.folded))


def _is_summary(after: Sequence[Block], block: Block, headline: HtmlElement | None, paragraphs: Sequence[str]) -> bool:
    """Whether a sentence between headline and byline says what the text then tells: a summary without a name."""
    if headline is None or block.plain < SUMMARY_MIN or any(line.plain >= SUMMARY_MIN for line in after):
        return False
    dated = any(len(line.raw) <= SUMMARY_MIN and has_date(line.folded) for line in after)
    going_on = bool(paragraphs) and goes_on(fold(paragraphs[0]))
    return dated and not going_on and _restated(block.text, paragraphs[:NEAR]) >= RESTATED


def _restated(summary: str, paragraphs: Sequence[str]) -> float:
    """Share of the summary's longer words that stand in the paragraphs, 0 to 1."""
    said = {word for word in words(fold(summary)) if len(word) >= LONG}
    told = set(words(fold(" ".join(paragraphs))))
    return len(said & told) / len(said) if said else 0.0


def _subheading(above: Sequence[Block], headline: HtmlElement | None) -> Block | None:
    """The lesser heading right below the headline, in the same box or the next. None: there is none."""
    if headline is None or headline.tag not in HEADINGS:
        return None
    own = set(headline.iter())
    last = max((place for place, block in enumerate(above) if block.owner in own), default=len(above))
    if last + 1 >= len(above) or above[last + 1].tag <= headline.tag or above[last + 1].tag not in HEADINGS:
        return None
    close = list(headline.iterancestors())[:2]
    under = above[last + 1]
    return under if any(node in close for node in list(under.owner.iterancestors())[:2]) else None


def _repeats(text: str, body: str) -> bool:
    bare = fold(text).rstrip(" .…")
    return bare in body or (len(bare) > 80 and bare[:80] in body)


def _opens(text: str, description: str) -> bool:
    one, other = fold(text).rstrip(" .…"), fold(description).rstrip(" .…")
    short = min(len(one), len(other))
    return short >= LENGTH[0] and one[:short] == other[:short]


def _is_named(element: HtmlElement) -> bool:
    node: HtmlElement | None = element
    for _ in range(4):
        if node is None or node.tag in ("article", "main", "body"):
            return False
        if _HINT.search(hints(node)) and node.tag not in HEADINGS - {"h2", "h3", "h4"}:
            return True
        node = node.getparent()
    return False
