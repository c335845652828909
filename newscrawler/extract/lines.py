"""From the lines of the article's element to the lines of the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from lxml.html import HtmlElement

from newscrawler.extract.asides import doubtful_lines
from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import begins_comments, begins_related, begins_tail, is_chrome
from newscrawler.extract.boxes import boxed_lines
from newscrawler.extract.captions import CAPTION_MAX, TEXT_TAGS, in_picture_box, is_caption, sentence_captions
from newscrawler.extract.date_lines import has_date
from newscrawler.extract.line_ends import LEAD_MIN, is_dated_label, is_meta_line, without_foot, without_top
from newscrawler.extract.mainblock import Scene
from newscrawler.extract.openings import without_teaser
from newscrawler.extract.site_talk import is_form_label, notices
from newscrawler.extract.strays import without_strays
from newscrawler.text.normalise import Folded

_BUTTON: Final = 15
_TELEPHONE: Final = re.compile(r"^\+?(?:\d[ .-]?){7,12}$")
_DIGIT: Final = re.compile(r"\d")
TEASERS_MIN: Final = 2
"""Sentences under links of their own; one may be the text that goes on behind a list of links."""

BEFORE_FORM: Final = 150
"""Characters of text above a login form that show it to stand below the article."""

STORY_MIN: Final = 400
"""Characters of text above a comments' label that show it to stand below the article."""

KIND_MIN: Final = 2
"""Elements of one tag and class, side by side, that show how the article's paragraphs are made."""

BUTTON_MAX: Final = 40
"""Characters of a button or a counter."""


_Kind = tuple[HtmlElement | None, str, str | None]


class _Texts(NamedTuple):
    """The elements that hold the article's text, as far as a witness saw it."""

    owners: frozenset[HtmlElement]
    kinds: frozenset[_Kind]

    @classmethod
    def of(cls, container: HtmlElement, owners: Sequence[HtmlElement]) -> _Texts:
        kinds = Counter(_kind(owner) for owner in dict.fromkeys(owners))
        return cls(frozenset({container, *owners}), frozenset(kind for kind, n in kinds.items() if n >= KIND_MIN))

    def hold(self, element: HtmlElement) -> bool:
        """Whether it is one of them, or one of a row of paragraphs that are all `div`s of one class."""
        return element in self.owners or _kind(element) in self.kinds


def _kind(element: HtmlElement) -> _Kind:
    return element.getparent(), element.tag, element.get("class")


class _Area(NamedTuple):
    """The element that holds the article, and what holds for its lines whoever has seen them."""

    container: HtmlElement
    inside: list[int]
    dropped: frozenset[int]
    captions: Set[int]
    ruled: bool

    @classmethod
    def of(cls, scene: Scene, container: HtmlElement, *, ruled: bool) -> _Area:
        own = set(container.iter())
        inside = [i for i, block in enumerate(scene.blocks) if block.owner in own]
        if not ruled and inside and inside[0] < scene.start <= inside[-1]:
            inside = [i for i in inside if i >= scene.start]
        boxed = boxed_lines(scene.blocks, inside, container)
        named = doubtful_lines(scene.blocks, inside, own=scene.names, below=container) if not ruled else frozenset()
        return cls(container, inside, named | boxed, sentence_captions(scene.blocks, inside, container), ruled)


def article_lines(scene: Scene, container: HtmlElement, *, title: Folded, ruled: bool = False) -> list[int]:
    """Indexes of the article's lines, in order.

    `ruled`: a seed's selector chose the element, so every line in it counts but plain chrome.
    """
    area = _Area.of(scene, container, ruled=ruled)
    return _with_clean_ends(scene, area, _without_chrome(scene, area), title)


def agreed_lines(scenes: Sequence[Scene], container: HtmlElement, *, title: Folded) -> list[int] | None:
    """As `article_lines`, for scenes of one page that differ in who has seen what. None: then the lines differ, too."""
    area = _Area.of(scenes[0], container, ruled=False)
    kept = {tuple(_without_chrome(scene, area)) for scene in scenes}
    ended = {tuple(_with_clean_ends(scenes[0], area, list(lines), title)) for lines in kept}
    return list(ended.pop()) if len(ended) == 1 else None


def _with_clean_ends(scene: Scene, area: _Area, kept: list[int], title: Folded) -> list[int]:
    """Without what only the lines around it give away: notices, strays, the headline once more, credits."""
    blocks = scene.blocks
    if not area.ruled:
        talk = notices(blocks, kept)
        kept = without_strays(blocks, area.inside, [i for i in kept if i not in talk], area.container)
    while kept and blocks[kept[-1]].tag in HEADINGS:
        kept.pop()
    kept = without_teaser(blocks, kept)
    return _once(scene, without_foot(scene, without_top(scene, kept, title)), title)


def _without_chrome(scene: Scene, area: _Area) -> list[int]:
    blocks = scene.blocks
    container, inside, dropped, captions, ruled = area
    loose = not ruled and bool(scene.seen)
    texts = _Texts.of(container, [blocks[i].owner for i in inside if i in scene.seen])
    kept: list[int] = []
    related = False
    for place, i in enumerate(inside):
        block = blocks[i]
        label = block.tag in HEADINGS and begins_related(block.folded)
        if label and _only_teasers(blocks, [j for j in inside if j > i]):
            break
        if i in dropped and i not in scene.described:
            alone = not dropped.issuperset(inside[place + 1 : place + 2])
            if alone and block.is_short and _opens_comments(blocks, block, kept):
                break  # the label has a box of its own, the comments have none
            continue
        if block.is_short and begins_related(block.folded) and (block.plain <= 40 or block.tag in HEADINGS):
            related = True
            continue
        if block.is_short and is_form_label(block.folded) and sum(blocks[j].plain for j in kept) >= BEFORE_FORM:
            break
        if (
            block.is_short
            and begins_tail(block.folded)
            and (_little_left(blocks, inside, i, dropped) or _opens_comments(blocks, block, kept))
        ):
            break
        if _leads_away(block) and (related or not ruled) and not _is_part(scene, i):
            continue
        related = related and block.is_link
        if (
            not (block.is_short and is_chrome(block.folded) and not _is_figure(block))
            and not (block.is_short and is_dated_label(block.folded))
            and i not in captions
            and not is_caption(block, container)
            and not (loose and _is_label(scene, i, texts))
        ):
            kept.append(i)
    return kept


def _only_teasers(blocks: Sequence[Block], rest: Sequence[int]) -> bool:
    """Whether each sentence of these lines stands under a link of its own: what follows «اقرأ أيضًا» to the end."""
    long = [place for place, i in enumerate(rest) if blocks[i].plain >= LEAD_MIN]
    return len(long) >= TEASERS_MIN and all(place and blocks[rest[place - 1]].is_link for place in long)


def _is_figure(block: Block) -> bool:
    """Whether the line is a subheading that is a year or a sum, a telephone number in a line of its own, or a number
    in a table whose row begins with words.
    """
    row = block.owner.getparent()
    if block.tag in HEADINGS and block.raw.isdecimal():
        return not block.linked
    if block.tag != "td" and _TELEPHONE.match(block.raw):
        return not block.linked and not has_date(block.folded)
    if block.tag != "td" or row is None or len(block.raw) > _BUTTON or not _DIGIT.search(block.raw) or block.linked:
        return False
    return len(row) > 1 and row[0] is not block.owner and any(map(str.isalpha, "".join(row[0].itertext())))


def _is_label(scene: Scene, index: int, texts: _Texts) -> bool:
    """Whether a short line that no witness saw stands alone in a box: a button, a counter, a section's name."""
    block = scene.blocks[index]
    if index in scene.seen or len(block.raw) > BUTTON_MAX or block.tag in TEXT_TAGS or texts.hold(block.owner):
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


def _opens_comments(blocks: Sequence[Block], block: Block, kept: Sequence[int]) -> bool:
    """Whether the line is the comments' label below a whole story: all that follows are readers."""
    return begins_comments(block.folded) and sum(blocks[j].plain for j in kept) >= STORY_MIN


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
        and not is_meta_line(blocks[i].text)
        and not is_caption(blocks[i])
        and not in_picture_box(blocks[i])
        and next(blocks[i].owner.iterancestors("figure"), None) is None
    ]
