from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawler.article import Article
from newscrawler.demo.cases import CASES
from newscrawler.demo.newsroom import Newsroom
from newscrawler.demo.story import Story
from newscrawler.extract import extract
from newscrawler.outcome import Outcome
from newscrawler.page import Page
from newscrawler.seeds import load_sites
from newscrawler.urls import canonical

Get = Callable[..., Any]
Read = Callable[[str, str], Article]


@pytest.fixture
def read(newsroom: Newsroom, get: Get, tmp_path: Path) -> Read:
    """Fetches an address of a site, following one redirect, and extracts its article."""
    newsroom.write_seeds(tmp_path)
    sites = load_sites(tmp_path)

    def read_page(site: str, url: str) -> Article:
        answer = get(url)
        final = answer.headers.get("Location", url)
        if final != url:
            answer = get(final)
        page = Page(canonical(final), answer.body, datetime.now(UTC), canonical(url), answer.headers["Content-Type"])
        return extract(page, sites[site])

    return read_page


def _ordinary(newsroom: Newsroom) -> list[tuple[str, Story]]:
    """Every story an archive should hold as an article."""
    good = {name for name, case in CASES.items() if case.outcome in ("New", "Copy")} | {None}
    return [(site.id, story) for site in newsroom.sites for story in site.stories if story.case in good]


def _facts(story: Story) -> dict[str, object]:
    return {
        "title": story.title,
        "section": story.section,
        "standfirst": story.standfirst,
        "paragraphs": story.paragraphs,
        "authors": story.authors,
        "published_at": story.published.astimezone(UTC) if story.published else None,
        "modified_at": story.modified.astimezone(UTC) if story.modified else None,
        "keywords": story.tags,
    }


@pytest.mark.parametrize("edition", [1, 2])
def test_every_story_is_read_as_it_was_written(newsroom: Newsroom, read: Read, edition: int) -> None:
    """Headline, section, text, byline, dates and tags come back from every page as the story file has them."""
    newsroom.edition = edition
    wrong = {}
    for site, story in _ordinary(newsroom):
        article = read(site, newsroom.listed_url_of(site, story))
        wanted = _facts(story) | {"url": canonical(newsroom.url_of(site, story))}
        got = {name: getattr(article, name) for name in wanted}
        if got != wanted:
            wrong[site, story.id] = {name: (got[name], wanted[name]) for name in wanted if got[name] != wanted[name]}
    assert wrong == {}


def test_amp_twins_say_the_same(newsroom: Newsroom, read: Read) -> None:
    """The AMP page of a story gives the same article, under the same address."""
    site = newsroom.sites[2]
    for story in (story for _, story in _ordinary(newsroom) if story in site.stories):
        article = read(site.id, f"{site.home}article/{story.id}/amp")
        assert article.paragraphs == story.paragraphs
        assert article.url == canonical(newsroom.url_of(site.id, story))


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.outcome in ("NotAnArticle", "NoArchive")]
)
def test_pages_that_are_no_articles_say_so(newsroom: Newsroom, read: Read, name: str) -> None:
    """The extractor ends these visits itself, with the outcome the table promises."""
    with pytest.raises(Outcome) as ended:
        read(CASES[name].site, newsroom.case_url(name))
    assert ended.value.name == CASES[name].outcome
