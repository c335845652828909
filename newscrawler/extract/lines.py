"""From the lines of the article's element to the lines of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.agencies import agency_named
from newscrawler.extract.asides import doubtful_lines
from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import begins_related, begins_tail, is_chrome
from newscrawler.extract.boxes import boxed_lines
from newscrawler.extract.date_lines import has_date, is_date_line
from newscrawler.extract.mainblock import Scene
from newscrawler.extract.signatures import strip_byline
from newscrawler.extract.site_talk import is_form_label, notices
from newscrawler.extract.strays import without_strays
from newscrawler.extract.tree import hints
from newscrawler.text.normalise import Folded, fold

LEAD_MIN: Final = 60
"""Characters. A shorter line between headline and text is a date, a byline or a label."""

_META_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|writer|dates?|time|meta|post-?info|article-?info|publish\w*|"
    r"author-?name|article-?date)(?:$|[\s_-])"
)
_PARTS: Final = re.compile(r"\s*[|•·]\s*")
_BUTTON: Final = 15
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d")
_DIGIT: Final = re.compile(r"\d")
CAPTION_MAX: Final = 160
"""Characters of a caption."""

META_MAX: Final = 100
"""Characters of a line above the text that holds a day, a time of day and perhaps a name."""

BEFORE_FORM: Final = 150
"""Characters of text above a login form that show it to stand below the article."""

BUTTON_MAX: Final = 40
"""Characters of a button or a counter."""

_TEXT_TAGS: Final = HEADINGS | {"p", "li", "blockquote", "td", "th", "dd", "pre"}
AGENCY_MAX: Final = 30
"""Characters of a last line that is an agency's credit."""

_CONTINUES: Final = re.compile(
    r"^و[ء-ي]{3,}|^(?:كما|ومن|من جه|من جانب|بدوره|بدورها|ولفت|ثم|فيما|الي ذلك|في حين|ف[ي]? المقابل)\b"
)


def article_lines(scene: Scene, container: HtmlElement, *, title: Folded, ruled: bool = False) -> list[int]:
    """Indexes of the article's lines, in order.

    `ruled`: a seed's selector chose the element, so every line in it counts but plain chrome.
    """
    own = set(container.iter())
    inside = [i for i, block in enumerate(scene.blocks) if block.owner in own]
    if not ruled and inside and inside[0] < scene.start <= inside[-1]:
        inside = [i for i in inside if i >= scene.start]
    kept = _without_chrome(scene, container, inside, ruled=ruled)
    return _once(scene, _without_foot(scene, _without_top(scene, kept, title)), title)


def _without_chrome(scene: Scene, container: HtmlElement, inside: list[int], *, ruled: bool) -> list[int]:
    blocks = scene.blocks
    dropped = set(doubtful_lines(blocks, inside, own=scene.names, below=container)) if not ruled else set()
    dropped |= boxed_lines(blocks, inside, container)
    loose = not ruled and bool(scene.seen)
    texts = {container, *(blocks[i].owner for i in inside if i in scene.seen)}
    kept: list[int] = []
    related = False
    for i in inside:
        block = blocks[i]
        if i in dropped and i not in scene.described:
            continue
        if block.is_short and begins_related(block.folded) and (block.plain <= 40 or block.tag in HEADINGS):
            related = True
            continue
        if block.is_short and is_form_label(block.folded) and sum(blocks[j].plain for j in kept) >= BEFORE_FORM:
            break
        if block.is_short and begins_tail(block.folded) and _little_left(blocks, inside, i, dropped):
            break
        if _leads_away(block) and (related or not ruled) and not _is_part(scene, i):
            continue
        related = related and block.is_link
        if (
            not (block.is_short and is_chrome(block.folded) and not _is_figure(block))
            and not _is_caption(block, container)
            and not (loose and _is_label(scene, i, texts))
        ):
            kept.append(i)
    if not ruled:
        talk = notices(blocks, kept)
        kept = without_strays(blocks, inside, [i for i in kept if i not in talk], container)
    while kept and blocks[kept[-1]].tag in HEADINGS:
        kept.pop()
    return kept


def _is_figure(block: Block) -> bool:
    """Whether the line is a number in a table whose row begins with words."""
    row = block.owner.getparent()
    if block.tag != "td" or row is None or len(block.raw) > _BUTTON or not _DIGIT.search(block.raw) or block.linked:
        return False
    return len(row) > 1 and row[0] is not block.owner and any(map(str.isalpha, "".join(row[0].itertext())))


def _is_caption(block: Block, container: HtmlElement | None = None) -> bool:
    """Whether the line shares a small box with a picture and nothing else, and is no sentence."""
    if len(block.raw) > CAPTION_MAX or block.folded.endswith((".", "!", "?", ":")) or block.tag in HEADINGS:
        return False
    node: HtmlElement | None = block.owner
    for _ in range(4):
        if node is None or node is container or len("".join(node.itertext()).strip()) > len(block.raw) + 10:
            return False
        if next(node.iter("img", "amp-img"), None) is not None:
            return True
        node = node.getparent()
    return False


def _is_label(scene: Scene, index: int, texts: Set[HtmlElement]) -> bool:
    """Whether a short line that no witness saw stands alone in a box: a button, a counter, a section's name."""
    block = scene.blocks[index]
    if index in scene.seen or len(block.raw) > BUTTON_MAX or block.tag in _TEXT_TAGS or block.owner in texts:
        return False
    return not block.folded.endswith((".", "!", "?", ":", '"', "»"))


def _leads_away(block: Block) -> bool:
    """Whether the line is a link, or a label with links: «وسوم السوق، الترميم»."""
    labelled = block.linked >= 0.5 * len(block.raw) and len(block.raw) <= CAPTION_MAX
    return block.is_link or (labelled and not block.folded.endswith((".", "!", "?", ":", '"')))


def _is_part(scene: Scene, index: int) -> bool:
    """Whether a line that is all link still belongs to the text: a sentence that the witness saw."""
    block = scene.blocks[index]
    return index in scene.seen and block.tag in ("p", "blockquote") and len(block.text) > 2 * LEAD_MIN


def _little_left(blocks: Sequence[Block], inside: list[int], at: int, dropped: Set[int]) -> bool:
    """Whether what follows in the element is less than a fifth of its text."""
    sizes = {i: blocks[i].plain for i in inside if i not in dropped}
    return sum(size for i, size in sizes.items() if i > at) <= 0.2 * max(1, sum(sizes.values()))


def _without_top(scene: Scene, kept: list[int], title: Folded) -> list[int]:
    """Without the headline, the date and the byline repeated above the first sentence."""
    top: list[int] = []
    for place, i in enumerate(kept):
        block = scene.blocks[i]
        repeated = len(block.raw) <= 2 * len(title) + 10 and (
            block.folded == title or (len(block.folded) > 10 and block.folded in title)
        )
        if repeated or _is_meta_line(block.text):
            continue
        if len(block.text) > LEAD_MIN:
            return [*top, *kept[place:]]
        if not _META_HINT.search(hints(block.owner)):
            top.append(i)
    return top


def _without_foot(scene: Scene, kept: list[int]) -> list[int]:
    """Without the credit below the last sentence: «(رويترز)», «إعداد: فلان»."""
    blocks = scene.blocks
    while len(kept) > 1:
        text = blocks[kept[-1]].text
        signed = ":" in text and strip_byline(text)
        agency = len(text) <= AGENCY_MAX and agency_named(text.strip(" -–—.()[]"))
        if not (signed or agency):
            break
        kept = kept[:-1]
    return kept


def _once(scene: Scene, kept: list[int], title: Folded) -> list[int]:
    """Without the second copy of a long line or the headline: some templates print all for two widths of screen."""
    seen: set[str] = set()
    out: list[int] = []
    again = False
    for i in kept:
        line = scene.blocks[i].raw
        again = again or (len(line) >= LEAD_MIN and line in seen)
        if line not in seen or (len(line) < LEAD_MIN and not again):
            if len(kept) > 1 and len(line) <= 2 * len(title) and scene.blocks[i].folded == title:
                continue
            out.append(i)
        seen.add(line)
    return out


def _is_meta_line(text: str) -> bool:
    """Whether the line holds nothing but date, byline and buttons: «12 أيار 2013 | كتب - فلان | طباعة»."""
    if len(text) <= META_MAX and _CLOCK.search(text) and has_date(fold(text)) and not text.endswith((".", "!", "؟")):
        return True
    parts = [part for part in _PARTS.split(text) if part]
    told = [bool(is_date_line(fold(part)) or strip_byline(part)) for part in parts]
    return any(told) and all(
        is_told or len(part) <= _BUTTON or is_chrome(fold(part)) for is_told, part in zip(told, parts, strict=True)
    )


def goes_on(line: Folded) -> bool:
    """Whether the line goes on with a story that has begun: «وأوضح …», «من جانبه …»."""
    return bool(_CONTINUES.match(line))


def leads(scene: Scene, kept: Sequence[int]) -> list[int]:
    """Indexes of the lines between the headline and the article's first line that are sentences of the
    story.
    """
    if not kept:
        return []
    blocks = scene.blocks
    between = range(scene.start, kept[0])
    doubtful = doubtful_lines(blocks, between, own=scene.names)
    return [
        i
        for i in between
        if blocks[i].plain >= LEAD_MIN
        and not blocks[i].is_link
        and i not in doubtful
        and not is_chrome(blocks[i].folded)
        and not is_date_line(blocks[i].folded)
        and not _is_caption(blocks[i])
    ]
