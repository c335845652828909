"""own_foot(): the lines below the text that name its writer, not the next article's, a columnist's or a reader's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from newscrawler.extract.author_links import leads_to_author
from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.tree import hints, text_of

_POSTED: Final = re.compile(r"(?:مرسله|نشر|كتب|اضيف|ادرج)\w* (?:من قبل|بواسطه)|^\W*بقلم")
_POSTED_WORDS: Final = ("من قبل", "بواسطه", "بقلم")
_OWN_AUTHOR: Final = re.compile(r"(?:^|\s)(?:author|post-author|article-author|author-name|writer-name|byline)(?:\s|$)")
_ABOUT: Final = re.compile(r"(?:ال|لل)(?:كاتب|مءلف|محرر|صحفي)(?:ه|\b)")
_OTHERS: Final = re.compile(
    r"^\W*(?:(?:ال)?تعليقات|(?:ال)?تعليق|علق|شارك برايك|اراء|كتاب|الكتاب|مقالات|المقالات|الاكثر|اخر|احدث|اقرا|شاهد|قد|"
    r"ذات صله|مواضيع|اخبار)\b"
)
_COMMENTS: Final = re.compile(r"(?:^|\s)(?:comments?|comment-(?:list|body|item|author)|comments-area|cmt)(?:\s|$)")
_HEADLINE_MIN: Final = 4
"""Words of a heading or a link below the text from which it is another article's; names have fewer."""


def own_foot(below: Iterable[Block]) -> Iterator[Block]:
    """The credit lines below the text, up to the heading or the link of another article, or the readers' comments."""
    for block in below:
        if _is_next(block):
            return
        if _is_credit_line(block) and not _is_others(block):
            yield block


def _is_next(block: Block) -> bool:
    """Whether others begin: a heading that leads somewhere or announces them, a text as long as a headline."""
    links = [text for text, element in block.pieces() if element.tag == "a" and not leads_to_author(element)]
    links += [text_of(link) for link in block.owner.iterancestors("a") if not leads_to_author(link)]
    if block.tag in HEADINGS:
        if _ABOUT.search(block.folded) or _OWN_AUTHOR.search(hints(block.owner)):
            return False
        return bool(links or len(block.folded.split()) >= _HEADLINE_MIN or _OTHERS.match(block.folded))
    return any(len(text.split()) >= _HEADLINE_MIN for text in links) and not _POSTED.search(block.folded)


def _is_others(block: Block) -> bool:
    """Whether the line stands in a column beside the article, or among the readers' comments."""
    boxes = (block.owner, *block.owner.iterancestors())
    return any(box.tag == "aside" or _COMMENTS.search(hints(box)) for box in boxes)


def _is_credit_line(block: Block) -> bool:
    """Whether a line below the text belongs to the article's own foot: «مرسلة بواسطة»."""
    posted = any(word in block.folded for word in _POSTED_WORDS) and _POSTED.search(block.folded)
    return bool(posted) or any(_OWN_AUTHOR.search(hints(e)) for _, e in block.pieces())
