"""The article's two ends: headline, date and byline repeated above its first sentence, credits below its last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newscrawler.extract.agencies import agency_named
from newscrawler.extract.blocks import Block
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.date_lines import has_date, is_date_line
from newscrawler.extract.mainblock import Scene
from newscrawler.extract.signatures import ends_story, is_desk_mark, strip_byline
from newscrawler.extract.tree import hints
from newscrawler.text.normalise import Folded, fold

LEAD_MIN: Final = 60
"""Characters. A shorter line between headline and text is a date, a byline or a label."""

META_MAX: Final = 100
"""Characters of a line above the text that holds a day, a time of day and perhaps a name."""

AGENCY_MAX: Final = 30
"""Characters of a last line that is an agency's credit."""

CODES_MAX: Final = 3
"""Short lines behind an agency's word for the end: initials, the message's number."""

_META_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|writer|dates?|time|meta|post-?info|article-?info|publish\w*|"
    r"author-?name|article-?date)(?:$|[\s_-])"
)
_PARTS: Final = re.compile(r"\s*[|•·]\s*")
_BUTTON: Final = 15
_DATED_LABEL: Final = re.compile(
    r"^\W*(?:(?:اخر|تاريخ|وقت) (?:ال)?(?:تحديث|تعديل|نشر)|نشرت? (?:في|بتاريخ)|تم (?:ال)?نشر)"
)
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d")


def without_top(scene: Scene, kept: list[int], title: Folded) -> list[int]:
    """Without the headline, the date and the byline repeated above the first sentence."""
    top: list[int] = []
    for place, i in enumerate(kept):
        block = scene.blocks[i]
        repeated = len(block.raw) <= 2 * len(title) + 10 and (
            block.folded == title or (len(block.folded) > 10 and block.folded in title)
        )
        if repeated or is_meta_line(block.text):
            continue
        if len(block.text) > LEAD_MIN:
            return [*top, *kept[place:]]
        if not _is_called_meta(block):
            top.append(i)
    return top


def _is_called_meta(block: Block) -> bool:
    """Whether the line's element, or one that holds all of it, is called a byline or a date."""
    whole = (element for text, element in block.pieces() if text == block.text)
    return any(_META_HINT.search(hints(element)) for element in whole)


def without_foot(scene: Scene, kept: list[int]) -> list[int]:
    """Without the credit below the last sentence: «(رويترز)», «إعداد: فلان», «// انتهى //», «ع.ب/ م.ل»."""
    blocks = scene.blocks
    kept = _up_to_end(blocks, kept)
    while len(kept) > 1:
        text = blocks[kept[-1]].text
        signed = (":" in text or " من " in text) and strip_byline(text)
        agency = len(text) <= AGENCY_MAX and agency_named(text.strip(" -–—.()[]"))
        marked = len(text) <= AGENCY_MAX and is_desk_mark(text)
        dated = len(text) <= META_MAX and is_date_line(blocks[kept[-1]].folded)
        if not (signed or agency or marked or dated):
            break
        kept = kept[:-1]
    return kept


def _up_to_end(blocks: Sequence[Block], kept: list[int]) -> list[int]:
    """The lines up to «(النهاية)», where nothing but an agency's codes stands behind it."""
    for behind in range(1, min(CODES_MAX + 1, len(kept))):
        if len(blocks[kept[-behind]].raw) > AGENCY_MAX:
            break
        if ends_story(blocks[kept[-behind - 1]].text):
            return kept[:-behind]
    return kept


def is_dated_label(line: Folded) -> bool:
    """Whether the line says when the page was published or changed, and nothing else: «آخر تحديث: …»."""
    return len(line) <= META_MAX and bool(_DATED_LABEL.match(line)) and has_date(line) and is_date_line(line)


def is_meta_line(text: str) -> bool:
    """Whether the line holds nothing but date, byline and buttons: «12 أيار 2013 | كتب - فلان | طباعة»."""
    if len(text) <= META_MAX and _CLOCK.search(text) and has_date(fold(text)) and not text.endswith((".", "!", "؟")):
        return True
    parts = [part for part in _PARTS.split(text) if part]
    told = [bool(is_date_line(fold(part)) or strip_byline(part)) for part in parts]
    return any(told) and all(
        is_told or len(part) <= _BUTTON or is_chrome(fold(part)) for is_told, part in zip(told, parts, strict=True)
    )
