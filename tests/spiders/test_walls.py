"""A captcha page in an article's place is no page without an article: it passes."""

from __future__ import annotations

import pytest

from newscrawler.outcome import NotAnArticle, NotArabic, NoText, Outcome, TooShort, Walled
from newscrawler.page import Page
from newscrawler.spiders.base import _wall
from newscrawler.urls import canonical
from support.archives import NOW

URL = canonical("https://alpha.example/news/1")
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
CAPTION = "<html><head><title>صورة اليوم</title></head><body><p>شروق الشمس على المرفأ</p></body></html>"


def a_page(html: str, content_type: str | None = "text/html; charset=utf-8") -> Page:
    return Page(url=URL, body=html.encode(), fetched_at=NOW, requested_url=URL, content_type=content_type)


@pytest.mark.parametrize("why", [NoText(), TooShort("3 words"), NotAnArticle("no headline")])
def test_a_challenge_ends_as_a_wall_and_comes_back(why: Outcome) -> None:
    """Whatever the reader made of it; the detail names what stood there."""
    found = _wall(a_page(CHALLENGE), why)
    assert isinstance(found, Walled)
    assert found.again
    assert "captcha page «Just a moment...»" in found.detail


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (a_page(CAPTION), TooShort("4 words")),
        (a_page(CHALLENGE), NotArabic("en")),
        (a_page(CHALLENGE + "<!--" + "x" * 200_000 + "-->"), NoText()),
        (a_page("%PDF Just a moment", "application/pdf"), NotAnArticle("application/pdf")),
    ],
)
def test_what_is_no_wall_ends_as_it_did(page: Page, why: Outcome) -> None:
    """A caption, a page in another language, a large page, a file."""
    assert _wall(page, why) is why
