from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import newscrawler.demo
from newscrawler.demo.cases import CASES
from newscrawler.demo.newsroom import Newsroom
from newscrawler.demo.story import Story
from newscrawler.outcome import all_outcomes
from newscrawler.text.fingerprint import content_hash, jaccard, pairs
from newscrawler.text.language import judge
from newscrawler.text.normalise import fold

Get = Callable[..., Any]
README = (Path(newscrawler.demo.__file__).parent / "README.md").read_text(encoding="utf-8")


def _story(newsroom: Newsroom, name: str) -> Story:
    case = CASES[name]
    site = next(site for site in newsroom.sites if site.id == case.site)
    return next(story for story in site.stories if story.id == case.story)


def _similarity(one: Story, other: Story) -> float:
    first, second = (pairs(fold("\n".join(story.paragraphs))) for story in (one, other))
    return jaccard(first, second)


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_explained(name: str) -> None:
    """The table in the README has a line for each case: page, and outcome."""
    case = CASES[name]
    line = re.search(rf"^\| `{name}` \| `{case.site}` ([^|]+) \|.*`{case.outcome}`", README, re.MULTILINE)
    assert line, f"README.md of the demo doesn't explain {name!r} as it is in CASES"
    assert (str(case.story) if case.story else str(case.path)) in line[1]


def test_every_case_is_a_page_and_every_special_page_a_case(newsroom: Newsroom) -> None:
    """The names in the stories' headers and the names in CASES are the same."""
    marked = {(story.case, site.id, story.id) for site in newsroom.sites for story in site.stories if story.case}
    assert marked == {(name, case.site, case.story) for name, case in CASES.items() if case.story}


def test_outcomes_are_outcomes() -> None:
    """A case names an outcome that exists, and a partner that is a case."""
    names = {cls.__name__ for cls in all_outcomes()} | {"HttpError"}
    assert {case.outcome for case in CASES.values()} <= names
    assert {case.partner for case in CASES.values() if case.partner} <= CASES.keys()


def test_the_copy_is_exact(newsroom: Newsroom) -> None:
    """Same headline, same words: the hash of the folded text is the same."""
    original, copy = _story(newsroom, "original"), _story(newsroom, "exact-copy")
    assert copy.title == original.title
    assert content_hash(fold("\n".join(copy.paragraphs))) == content_hash(fold("\n".join(original.paragraphs)))


def test_the_near_copy_is_near(newsroom: Newsroom) -> None:
    """Above the threshold for the same article by a safe margin, with or without the headlines."""
    original, copy = _story(newsroom, "original"), _story(newsroom, "near-copy")
    assert 0.62 < _similarity(original, copy) < 0.9


def test_the_related_report_is_between(newsroom: Newsroom) -> None:
    """Too far for a copy, too near for chance."""
    assert 0.4 < _similarity(_story(newsroom, "reported"), _story(newsroom, "related")) < 0.56


def test_all_other_stories_are_strangers(newsroom: Newsroom) -> None:
    """Nothing else in the newsroom is like anything else, so that only the cases can be found."""
    stories = [story for site in newsroom.sites for story in site.stories]
    kin = {"original", "exact-copy", "near-copy", "reported", "related"}
    near = [
        (one.id, other.id)
        for one, other in combinations(stories, 2)
        if not (one.case in kin and other.case in kin) and _similarity(one, other) > 0.1
    ]
    assert near == []


def test_one_story_is_persian_and_the_rest_arabic(newsroom: Newsroom) -> None:
    """The language pipeline has exactly one page to turn away."""
    foreign = [
        story.case
        for site in newsroom.sites
        for story in site.stories
        if not judge(f"{story.title}\n{' '.join(story.paragraphs)}").is_arabic
    ]
    assert foreign == ["persian"]


def test_articles_are_long_enough(newsroom: Newsroom) -> None:
    """Only the caption (and the page nobody may fetch, and the one that is gone) has fewer than 90 words."""
    short = {
        story.case: words
        for site in newsroom.sites
        for story in site.stories
        if (words := sum(len(text.split()) for text in story.paragraphs)) < 90
    }
    assert short.keys() == {"too-short", "forbidden", "not-found"}
    assert short["too-short"] < 25


def test_the_undeclared_page_declares_nothing(newsroom: Newsroom, get: Get) -> None:
    """Neither header nor page names the charset of the one, and both of the others do somewhere."""
    declared: dict[tuple[bool, bool], list[str | None]] = {}
    for story in newsroom.sites[1].stories:
        if story.served:
            answer = get(newsroom.url_of("demo-nakhla", story))
            where = ("1256" in answer.headers["Content-Type"], b"charset=windows-1256" in answer.body)
            declared.setdefault(where, []).append(story.case)
    assert declared.keys() == {(True, False), (False, True), (False, False)}
    assert declared[False, False] == ["undeclared-charset"]


def test_robots_forbid_the_forbidden_page_only(newsroom: Newsroom, get: Get) -> None:
    """robots.txt of the first site closes one path that its feed names."""
    from urllib.robotparser import RobotFileParser

    robots = RobotFileParser()
    robots.parse(get(f"{newsroom.sites[0].home}robots.txt").body.decode().splitlines())
    closed = [
        story.case
        for story in newsroom.sites[0].stories
        if not robots.can_fetch("newscrawler", newsroom.listed_url_of("demo-marfa", story))
    ]
    assert closed == ["forbidden"]


def test_numeric_entities_are_all_there_is(newsroom: Newsroom, get: Get) -> None:
    """The body of that page is plain ASCII between its tags."""
    page = get(newsroom.case_url("numeric-entities")).body.decode()
    body = page.partition('<div class="article-content">')[2].partition('<div class="small tags">')[0]
    assert "&#1591;" in body
    assert body.isascii()
