"""The lines of a page, to ask whether a text stands on it anywhere: then that we read it or not is our choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newscrawler.extract.blocks import blocks_of
from newscrawler.extract.decoding import decode
from newscrawler.extract.tree import parse
from newscrawler.page import Page
from newscrawler.site import Site
from newscrawler.text.edits import State
from newscrawler.text.normalise import Folded, fold, words

_WORDS_MIN: Final = 6
"""Words from which a text is found inside longer lines too; fewer («عاجل») stand by chance in many."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """All that a page shows, whatever of it was read as the article."""

    lines: frozenset[Folded]
    """Its lines, folded."""
    text: Folded
    """The same, joined by spaces."""

    @classmethod
    def of(cls, page: Page, site: Site) -> PageLines:
        """Those of a page. Takes a few milliseconds."""
        root = parse(decode(page.body, content_type=page.content_type, fallback=site.encoding).utf8)
        lines = [block.folded for block in blocks_of(root)]
        return cls(frozenset(lines), Folded(" ".join(lines)))

    def show(self, text: str) -> bool:
        """Whether the text stands on the page."""
        folded = fold(text)
        return folded in self.lines or (len(words(folded)) >= _WORDS_MIN and folded in self.text)

    def share_of(self, text: str) -> float:
        """How much of a text with paragraphs stands on the page, by its words, 0 to 1."""
        sizes = [(paragraph, len(paragraph.split())) for paragraph in text.split("\n\n")]
        shown = sum(size for paragraph, size in sizes if self.show(paragraph))
        return shown / max(1, sum(size for _, size in sizes))


def without_our_choices(old: State, new: State, *, older: PageLines, newer: PageLines) -> tuple[State, State]:
    """Two states without what only we did: a paragraph that was read from one page and left out on the other,
    though it stands on both; a headline where both pages show both.
    """
    mine, theirs = old.text.split("\n\n"), new.text.split("\n\n")
    # What was read from both pages and is only spelt otherwise was spelt otherwise by an editor.
    both = {fold(text) for text in mine} & {fold(text) for text in theirs}
    left = [text for text in mine if fold(text) in both or not newer.show(text)]
    right = [text for text in theirs if fold(text) in both or not older.show(text)]
    flipped = not _same(old.title, new.title) and newer.show(old.title) and older.show(new.title)
    return (
        State(old.title, _unless_shown(old.standfirst, new.standfirst, newer), "\n\n".join(left)),
        State(
            old.title if flipped else new.title,
            _unless_shown(new.standfirst, old.standfirst, older),
            "\n\n".join(right),
        ),
    )


def _unless_shown(standfirst: str | None, other: str | None, there: PageLines) -> str | None:
    """The standfirst, unless the other page shows it too and we read another one, or none, from it."""
    if standfirst is None or (other is not None and _same(standfirst, other)):
        return standfirst
    return None if there.show(standfirst) else standfirst


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)
