"""run_check(): all outlets at once, one connection to each host."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from scrapy.settings import BaseSettings

from newscrawler.article import Article
from newscrawler.asking.session import MakeAsker, run_session
from newscrawler.checking.findings import SiteCheck
from newscrawler.checking.outlet import REQUESTS_MAX, SECONDS_MAX, check_site
from newscrawler.checking.reading import Reading
from newscrawler.site import Site
from newscrawler.starting import readers_of

AT_ONCE: Final = 32
"""Outlets asked at the same time. Nearly all of their time is waiting: politeness, and slow servers."""


def run_check(
    settings: BaseSettings, sites: Mapping[str, Site], *, tell: Callable[[SiteCheck], None]
) -> list[SiteCheck]:
    """Check the sites, in their order. `tell` gets each as soon as it is done. See `run_session` for what is raised."""

    async def job(make: MakeAsker) -> list[SiteCheck]:
        places = asyncio.Semaphore(AT_ONCE)
        readers = readers_of(settings)
        reading = Reading(readers, arabic_by(settings))

        async def one(site: Site) -> SiteCheck:
            async with places:
                asker = make(site=site.id, requests_max=REQUESTS_MAX, seconds_max=SECONDS_MAX)
                found = await check_site(asker, site, reading)
            tell(found)
            return found

        try:
            return list(await asyncio.gather(*(one(site) for site in sites.values())))
        finally:
            readers.close()

    return run_session(settings, job, sites=sites)


def arabic_by(settings: BaseSettings) -> Callable[[Article], bool]:
    """The language pipeline's question, by the same settings."""
    share_min = settings.getfloat("NEWS_ARABIC_SHARE_MIN")
    foreign_max = settings.getfloat("NEWS_FOREIGN_SHARE_MAX")

    def is_arabic(article: Article) -> bool:
        told = article.language
        return (
            told is not None
            and told.guess == "ar"
            and told.arabic_share >= share_min
            and told.foreign_share <= foreign_max
        )

    return is_arabic
