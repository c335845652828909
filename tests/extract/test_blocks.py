"""A tree as lines: what each line holds, and which elements are pieces of it."""

from __future__ import annotations

import pytest

from newscrawler.extract.blocks import Block, blocks_of
from newscrawler.extract.tree import parse


def _line(html: str, text: str) -> Block:
    return next(block for block in blocks_of(parse(f"<html><body>{html}</body></html>")) if block.text == text)


@pytest.mark.parametrize(
    ("html", "text", "pieces"),
    [
        (
            "<p>كتبت <span>سلمى الراوي</span> <time>3 مايو</time></p>",
            "كتبت سلمى الراوي 3 مايو",
            ["سلمى الراوي", "3 مايو"],
        ),
        ("<p><span>  سلمى\n الراوي </span></p>", "سلمى الراوي", ["سلمى الراوي"]),
        ("<div>محليات<a><ul><li>أول أخبار القائمة</li><li>ثاني أخبارها</li></ul></a></div>", "محليات", []),
        ("<div>محليات<span></span></div>", "محليات", []),
    ],
    ids=["name and date", "spaces", "a link around a whole menu", "an empty element"],
)
def test_pieces_are_the_elements_on_the_line(html: str, text: str, pieces: list[str]) -> None:
    """Name, date and section are elements of their own on one line; what isn't on the line is no piece of it."""
    line = _line(html, text)
    assert [piece for piece, element in line.pieces() if element is not line.owner] == pieces
    assert line.pieces()[0] == (text, line.owner)


def test_a_line_knows_its_links() -> None:
    """Characters in links and outside them add up to the line."""
    line = _line("<p>اقرأ <a>خبراً آخر</a> هنا</p>", "اقرأ خبراً آخر هنا")
    assert (line.linked, line.plain) == (len("خبراً آخر"), len(line.raw) - len("خبراً آخر"))
    assert not line.is_link
