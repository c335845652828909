"""The lines of a page: what stands on it, and what of a difference is only our choice of lines."""

from __future__ import annotations

import pytest

from newscrawler.extract.page_lines import PageLines, without_our_choices
from newscrawler.page import Page
from newscrawler.text.edits import State, edit_between
from newscrawler.urls import canonical
from support.archives import NOW, a_site
from support.newspaper import headline, html, paragraphs

BODY = paragraphs(1)
URL = canonical("https://alpha.example/news/1")


def lines(*body: str, title: str = headline(1), encoding: str = "utf-8", more: str = "") -> PageLines:
    text = html(title, body).replace("</main>", f"{more}</main>").replace("utf-8", encoding)
    return PageLines.of(Page(URL, text.encode(encoding), NOW, URL, content_type="text/html"), a_site())


def state(*body: str, title: str = headline(1), standfirst: str | None = None) -> State:
    return State(title, standfirst, "\n\n".join(body))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_a_line_stands_on_a_page_however_it_is_spelt(encoding: str) -> None:
    """Folded, in any encoding, and as part of a longer line if it is no mere label."""
    page = lines(*BODY, "عاجل: أمطار", encoding=encoding)
    assert page.show(BODY[0])
    assert page.show(BODY[1].replace("أ", "ا"))
    assert page.show(" ".join(BODY[2].split()[4:20]))
    assert page.show(headline(1))
    assert not page.show(paragraphs(2)[0])
    assert not page.show("عاجل"), "a word by chance in a longer line"
    assert page.show("عاجل: أمطار")


def test_how_much_of_a_text_stands_on_a_page() -> None:
    """By words, so that short lines count for little."""
    page = lines(*BODY[:3])
    assert page.share_of("\n\n".join(BODY[:3])) == 1
    assert page.share_of("\n\n".join(BODY)) == 0.75
    assert page.share_of("") == 0


def test_a_paragraph_that_both_pages_show_was_not_edited() -> None:
    """It was read from one and left out on the other: the same page in another mood of ours."""
    older, newer = lines(*BODY), lines(*BODY)
    for old, new in ((state(*BODY), state(*BODY[:3])), (state(*BODY[1:]), state(*BODY))):
        assert edit_between(old, new) is not None
        assert edit_between(*without_our_choices(old, new, older=older, newer=newer)) is None


def test_a_paragraph_that_only_one_page_shows_was_edited() -> None:
    """It came, or it went, or it reads otherwise."""
    for after in (BODY[:3], [*BODY, *paragraphs(2, count=1)], [*BODY[:3], BODY[3].replace("قال", "أعلن") + " أمس"]):
        old, new = state(*BODY), state(*after)
        kept = without_our_choices(old, new, older=lines(*BODY), newer=lines(*after))
        assert edit_between(*kept) is not None


def test_a_headline_that_both_pages_show_beside_another_was_not_edited() -> None:
    """The short one and the long one; a headline of which the older page knew nothing is new."""
    other = "مكتبة الميناء تفتح أبوابها للقراء"
    both = lines(*BODY, more=f"<h2>{other}</h2>")
    old, new = state(*BODY), state(*BODY, title=other)
    assert edit_between(*without_our_choices(old, new, older=both, newer=both)) is None
    edited = lines(*BODY, title=other)
    assert edit_between(*without_our_choices(old, new, older=lines(*BODY), newer=edited)) is not None


def test_a_standfirst_read_once_and_once_not_was_not_edited() -> None:
    """It stands on both pages; one that came is new."""
    first = "تضم المكتبة عشرين ألف كتاب وقاعة للأطفال"
    old, new = state(*BODY), state(*BODY, standfirst=first)
    shown, bare = lines(first, *BODY), lines(*BODY)
    assert edit_between(*without_our_choices(old, new, older=shown, newer=shown)) is None
    assert edit_between(*without_our_choices(new, old, older=shown, newer=shown)) is None
    assert edit_between(*without_our_choices(old, new, older=bare, newer=shown)) is not None


def test_what_is_spelt_otherwise_on_the_newer_page_was_edited() -> None:
    """«علي» and «على», a hamza, a vowel mark: both pages have been read there, so it is no choice of ours."""
    first, other = "أكد علي أن الدراسة تبدأ غدا في المدرسة", "اكد على أن الدراسة تبدأ غداً في المدرسه"
    older, newer = lines(first, *BODY), lines(other, *BODY)
    for old, new in (
        (state(first, *BODY), state(other, *BODY)),
        (state(*BODY, title=first), state(*BODY, title=other)),
        (state(*BODY, standfirst=first), state(*BODY, standfirst=other)),
    ):
        assert without_our_choices(old, new, older=older, newer=newer) == (old, new)
