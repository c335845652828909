"""What two pages say about an outlet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.asking.answers import RobotsWord
from newscrawler.checking.findings import ArticleCheck, SiteCheck, Trouble
from newscrawler.checking.judging import judge_articles

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def a_page(number: int = 1, **fields: object) -> ArticleCheck:
    """A good one."""
    given = {"published_at": AT, "published_from": "json-ld", "section": "محليات", "words": 90}
    return ArticleCheck(f"https://sada.example/{number}", "Article", **(given | fields))  # type: ignore[arg-type]


def test_good_pages_are_no_trouble() -> None:
    """And worth no remark."""
    assert judge_articles([a_page(), a_page(2, listed_at=AT + timedelta(hours=20))]) == ([], [])


def test_pages_that_were_never_got_say_nothing_about_extraction() -> None:
    """Why they weren't is a trouble of its own."""
    assert judge_articles([ArticleCheck("https://sada.example/1", "HttpError", "404")]) == ([], [])
    assert judge_articles([]) == ([], [])


def test_no_article_in_any_page_is_broken_extraction() -> None:
    """With every page's own reason; a single gallery among articles is only a remark."""
    gallery = ArticleCheck("https://sada.example/g", "NotAnArticle", "a gallery")
    troubles, _ = judge_articles([gallery, gallery])
    assert [trouble.kind for trouble in troubles] == ["broken extraction"]
    assert "https://sada.example/g: NotAnArticle a gallery" in troubles[0].text
    troubles, remarks = judge_articles([gallery, a_page()])
    assert troubles == []
    assert remarks == ["listed, and no article: https://sada.example/g: NotAnArticle a gallery"]


@pytest.mark.parametrize(
    ("hours", "trouble", "remark"), [(0, "", ""), (3, "", "3 h between"), (20, "", ""), (72, "wrong dates", "")]
)
def test_the_page_s_date_is_held_against_its_source_s(hours: float, trouble: str, remark: str) -> None:
    """Hours apart may be a zone; days apart are two different dates."""
    troubles, remarks = judge_articles([a_page(listed_at=AT + timedelta(hours=hours, minutes=1))])
    assert [one.kind for one in troubles] == ([trouble] if trouble else [])
    assert [line[: len(remark)] for line in remarks] == ([remark] if remark else [])


def test_a_date_that_is_only_the_feed_s_is_a_remark() -> None:
    """The archive has a date, and a keeper should know whose."""
    pages = [a_page(published_from="feed", listed_at=AT)]
    assert judge_articles(pages)[1] == [
        "the date of the article that was read is only the source's: the pages show none"
    ]


def test_pages_without_date_or_section() -> None:
    """No date anywhere is trouble; no section may be the outlet's way."""
    troubles, remarks = judge_articles([a_page(n, published_at=None, section=None) for n in (1, 2)])
    assert [trouble.kind for trouble in troubles] == ["wrong dates"]
    assert remarks == ["no section in the 2 articles that were read"]


def test_the_weightiest_trouble_is_the_verdict() -> None:
    """An outlet that blocks us and is stale besides is blocked."""
    check = SiteCheck(
        "sada", "صدى", "active", AT, RobotsWord(), troubles=(Trouble("stale", "", "x"), Trouble("blocked", "", "y"))
    )
    assert check.verdict == "blocked"
    assert SiteCheck("sada", "صدى", "active", AT, RobotsWord()).verdict == "healthy"
