"""Document: what every reader asks of a page, found once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawler.extract.blocks import blocks_of
from newscrawler.extract.document import Document
from newscrawler.extract.evidence import described_lines
from newscrawler.extract.tree import hints, parse

Parse = Callable[..., Document]


def test_a_name_is_asked_about_once_and_its_bearers_come_in_page_order(document: Parse) -> None:
    """Whoever bears it: a menu's hundred entries have one class."""
    page = document(
        "<div class='tags' id='first'></div><p class='tags'></p><div aria-label='lblTags'></div><p class='tags'></p>"
    )
    asked: list[str] = []

    def is_wanted(name: str) -> bool:
        asked.append(name)
        return "tags" in name

    assert [element.tag for element in page.called(is_wanted)] == ["div", "p", "div", "p"]
    assert asked == ["tags first", "tags", "lbltags lbl-tags"]


def test_related_links_are_those_with_the_word_in_rel(document: Parse) -> None:
    """A word of several counts, a part of a word doesn't, and an aside's links are another article's."""
    page = document(
        "<a rel='tag' href='/1'></a><a rel='category tag' href='/2'></a><a rel='tagged' href='/3'></a><a href='/4'></a>"
        "<aside><p><a rel='tag' href='/5'></a></p></aside>"
    )
    assert [link.get("href") for link in page.related("tag")] == ["/1", "/2"]
    page.root.find(".//a").drop_tree()
    assert [link.get("href") for link in page.related("tag")] == ["/2"]


def test_each_element_keeps_its_own_names() -> None:
    """Asked twice, in whatever order, it says the same."""
    one, other = parse("<p class='lblDate'>1</p><p id='story' class='text'>2</p>").iter("p")
    assert [hints(one), hints(other), hints(one)] == ["lbldate lbl-date", "text story", "lbldate lbl-date"]


@pytest.mark.parametrize("mark", ["", "\u064f", "\u0640\u064f\u0651\u0654", "\u200f" * 5])
def test_a_long_paragraph_is_known_by_its_beginning(document: Parse, mark: str) -> None:
    """However many vowel marks and invisible signs stand between its letters."""
    story = "أعلنت بلدية المدينة أن الحديقة الكبرى ستفتح أبوابها أمام الزوار صباح الجمعة المقبل بعد أشهر من العمل. " * 6
    marked = "".join(letter + mark if letter.isalpha() else letter for letter in story)
    page = document(
        head=f"<meta name='description' content='{story[:150]}'>", body=f"<p>{marked}</p><p>{story[40:]}</p>"
    )
    blocks = list(blocks_of(page.root))
    place = next(i for i, block in enumerate(blocks) if len(block.raw) > 500)
    assert described_lines(page, blocks, 0) == {place}
