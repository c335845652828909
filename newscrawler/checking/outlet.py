"""check_site(): one outlet from robots.txt to an extracted article."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from newscrawler.asking.answers import RobotsWord
from newscrawler.asking.asker import Asker, NoMoreQuestions
from newscrawler.checking.findings import ArticleCheck, SiteCheck, SourceCheck, Trouble
from newscrawler.checking.judging import judge_articles
from newscrawler.checking.listings import Listed, check_source
from newscrawler.checking.reading import TRIES_MAX, WANTED, Reading, in_turn, read_listed
from newscrawler.checking.reasons import reason
from newscrawler.site import Site
from newscrawler.slots import CRAWL_DELAY_MAX_S
from newscrawler.times import utc_now
from newscrawler.urls import canonical

REQUESTS_MAX: Final = 40
"""Questions to one outlet. The seed file with the most sources has seven; most checks need four."""

SECONDS_MAX: Final = 300.0
"""Seconds for one outlet. After that nothing more is asked, and what was seen so far is told."""


class _Notes:
    """What a check has seen so far: it stays where the check ends early."""

    def __init__(self) -> None:
        self.sources: list[SourceCheck] = []
        self.lists: list[list[Listed]] = []
        self.articles: list[ArticleCheck] = []
        self.troubles: list[Trouble] = []
        self.remarks: list[str] = []


async def check_site(asker: Asker, site: Site, reading: Reading) -> SiteCheck:
    """Ask an outlet's robots.txt, every source, and one or two of the articles they list."""
    notes = _Notes()
    try:
        await _ask(asker, site, reading, notes)
    except NoMoreQuestions as why:
        notes.troubles.append(Trouble("not finished", "", str(why)))
    troubles, remarks = judge_articles(notes.articles)
    robots = asker.robots(site.source[0].url if site.source else site.home) or RobotsWord()
    return SiteCheck(
        site=site.id,
        name=site.name,
        status=site.status,
        at=utc_now(),
        robots=robots,
        sources=tuple(notes.sources),
        articles=tuple(notes.articles),
        troubles=tuple(dict.fromkeys([*notes.troubles, *troubles])),
        remarks=(*_about_robots(robots, site.delay_s), *notes.remarks, *remarks),
        requests=asker.asked,
        seconds=asker.seconds,
    )


async def _ask(asker: Asker, site: Site, reading: Reading, notes: _Notes) -> None:
    if not site.source:
        notes.troubles.append(Trouble("broken source", "", "its seed file has no [[source]], so nothing can be found"))
    for source in site.source:
        found, listing = await check_source(asker, site, source)
        notes.sources.append(found)
        notes.lists.append(listing)
        notes.troubles += found.troubles
        if found.moved_to:
            notes.remarks.append(f"{source.kind} {source.url} is now at {found.moved_to}: mend the address")
    if not any(notes.lists):
        await _ask_home(asker, site, notes)
    good = 0
    for listed in in_turn(notes.lists):
        if good == WANTED or len(notes.articles) == TRIES_MAX:
            break
        page, trouble = await read_listed(asker, site, listed, reading)
        notes.articles.append(page)
        good += page.is_article
        if trouble is not None:
            notes.troubles.append(trouble)


async def _ask_home(asker: Asker, site: Site, notes: _Notes) -> None:
    """Where no source works, the home page says whether it is the outlet or only its addresses."""
    answer = await asker.ask(canonical(site.home))
    trouble = reason(answer, "home page")
    if trouble is None:
        notes.remarks.append("the home page answers: look there for the sources, or run `scrapy sites probe`")
    elif all(replace(trouble, where="") != replace(other, where="") for other in notes.troubles):
        notes.troubles.append(trouble)


def _about_robots(robots: RobotsWord, delay_s: float) -> list[str]:
    asked = robots.crawl_delay_s
    if asked is None or asked <= delay_s:
        return []
    if asked > CRAWL_DELAY_MAX_S:
        return [
            f"robots.txt asks for {asked:g} s between two requests, and so for next to no visits; the check left "
            f'{CRAWL_DELAY_MAX_S:g} s. Ask the outlet, or set `status = "paused"`'
        ]
    return [f"robots.txt asks for {asked:g} s between two requests: set `delay_s`"]
