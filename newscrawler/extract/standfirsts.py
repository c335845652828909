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
from newscrawler.extract.date_lines import is_date_line
from newscrawler.extract.document import Document
from newscrawler.extract.headline import agreement
from newscrawler.extract.tree import hints
from newscrawler.text.normalise import clean, fold

LENGTH: Final = (25, 700)
"""Characters of a standfirst."""

_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?(?:title|head\w*|line)\w*|deck|dek|excerpt|summary|lead|lede|"
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
    for block in above:
        text = block.text
        if not LENGTH[0] <= len(text) <= LENGTH[1] or block.is_link or is_chrome(block.folded):
            continue
        if is_date_line(block.folded) or _LABELLED_DATE.match(block.folded):
            continue
        body = body or fold(" ".join(paragraphs))
        if _repeats(text, body) or agreement(text, title) >= 0.9:
            continue
        if _is_named(block.owner) or block is under:
            claims.append(Claim("standfirst", text))
        elif any(_opens(text, description) for description in told):
            claims.append(Claim("description", text))
    return settle(claims)


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
