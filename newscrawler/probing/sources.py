"""Where a site lists its articles: everything it names itself, then the usual places, within the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from newscrawler.asking.answers import Answer, RobotsWord
from newscrawler.asking.asker import Asker, NoMoreQuestions
from newscrawler.checking.findings import SourceCheck
from newscrawler.checking.listings import Listed, check_source
from newscrawler.discovery.anchors import anchors
from newscrawler.discovery.feed import NotAFeed, read_feed
from newscrawler.discovery.sitemap import NotASitemap, Sitemap, TooBig, read_sitemap
from newscrawler.link import Link
from newscrawler.probing.cms import FEEDS
from newscrawler.probing.home import Home, feeds_in, read_home
from newscrawler.site import Site, Source
from newscrawler.urls import canonical, host_of

_USUAL_FEEDS: Final = ("feed", "rss", "rss.xml", "feeds", "feed.xml", "atom.xml", "index.xml")
_USUAL_SITEMAPS: Final = ("sitemap.xml", "sitemap_index.xml", "news-sitemap.xml", "sitemap-news.xml")

_NAMED_FEEDS_MAX: Final = 8
"""Feeds that are tried of those a page names; some name one for each of fifty sections."""
_FEEDS_KEPT: Final = 5
_SITEMAPS_MAX: Final = 4
_SECTIONS_MAX: Final = 3
_LINKS_MIN: Final = 5
"""Links that make a page a list of articles."""
_SAME: Final = 0.8
"""Share of one feed's addresses in another from which the two are one."""
_FOREIGN_MIN: Final = 0.2
"""Share of a feed's addresses on another host of the same outlet from which that host belongs into `hosts`."""
_GUESSED: Final = "tried, because sites have it there"
_FOR_ARTICLES: Final = 8
"""Requests that are kept for articles."""


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A place that lists articles, as it answered."""

    source: Source
    """What the seed file would say."""
    check: SourceCheck
    """What was counted."""
    listed: tuple[Listed, ...]
    """What may be articles, the newest first."""
    how: str
    """Who named its address."""


@dataclass(slots=True)
class Search:
    """What was found so far."""

    site: Site
    """The outlet, as far as it is known; its hosts grow."""
    found: list[FoundSource] = field(default_factory=list)
    """Sources that list articles, in the order in which they were found."""
    missed: list[str] = field(default_factory=list)
    """What was tried and is no source, one line each."""


async def find_sources(asker: Asker, home: Home, search: Search, *, cms: str | None) -> None:
    """Feeds and sitemaps; sections where neither has anything new: into `search`.

    Raises NoMoreQuestions when the rest of the budget is needed for articles; what was found by then is there.
    """
    for url, how in _named(home.feeds[:_NAMED_FEEDS_MAX], "named by the home page"):
        await _try_feed(asker, search, url, how)
    robots = asker.robots(home.answer.url) or RobotsWord()
    named = sorted(robots.sitemaps, key=lambda url: "news" not in url.lower())[:_SITEMAPS_MAX]
    for url in named:
        await _try_sitemap(asker, search, url, "a Sitemap line of robots.txt")
    if not any(found.source.kind == "feed" for found in search.found):
        for url, how in _named(_guesses(home, cms), _GUESSED):
            if await _try_feed(asker, search, url, how):
                break
    for name in _USUAL_SITEMAPS if not named else ():
        await _try_sitemap(asker, search, urljoin(home.answer.url, f"/{name}"), _GUESSED)
    if not any(_is_lively(found) for found in search.found):
        await _try_sections(asker, search, home)


def _keep_some(asker: Asker) -> None:
    """Raises NoMoreQuestions where only what articles need is left: eight requests, of a small budget a third."""
    if asker.left <= min(_FOR_ARTICLES, (asker.asked + asker.left) // 3):
        raise NoMoreQuestions(f"after {asker.asked} requests the rest was kept for articles")


def _named(urls: Iterable[str], how: str) -> Iterator[tuple[str, str]]:
    return ((url, how) for url in urls)


def _guesses(home: Home, cms: str | None) -> list[str]:
    base = home.answer.url if home.answer.url.endswith("/") else f"{home.answer.url.rsplit('/', 1)[0]}/"
    root = urljoin(base, "/")
    paths = (*FEEDS.get(cms or "", ()), *_USUAL_FEEDS)
    bases = dict.fromkeys((base, root))  # an Arabic edition at /ar/ has its own feed
    return list(dict.fromkeys(urljoin(start, path) for path in paths for start in bases))


async def _try_feed(asker: Asker, search: Search, url: str, how: str, *, follow: bool = True) -> bool:
    """Whether the address is a feed of this outlet. A page that only lists feeds is followed once."""
    if sum(one.source.kind == "feed" for one in search.found) >= _FEEDS_KEPT:
        return False
    _keep_some(asker)
    answer = await asker.ask(canonical(url))
    if not answer.is_page:
        search.missed.append(f"{url}: {answer.problem}")
        return False
    try:
        links = read_feed(answer.body, base=answer.url, content_type=answer.content_type)
    except NotAFeed as why:
        search.missed.append(f"{url}: {why}")
        if follow and how.startswith("named"):
            for named in _feeds_of_page(answer, search.site)[:_FEEDS_KEPT]:
                await _try_feed(asker, search, named, f"named by {url}", follow=False)
        return False
    return await _keep(asker, search, Source(kind="feed", url=_final(answer)), links, how)


def _feeds_of_page(answer: Answer, site: Site) -> list[str]:
    document = read_home(answer, site).document
    return list(dict.fromkeys(feeds_in(document, list(anchors(document.root, base=document.base)))))


async def _try_sitemap(asker: Asker, search: Search, url: str, how: str) -> None:
    read = await _sitemap(asker, search, url)
    if read is None:
        return
    news = [child.url for child in read.children if "news" in child.url.lower()]
    for child in news[:2]:
        part = await _sitemap(asker, search, child)
        if part is not None and any(link.published for link in part.links):
            await _keep(asker, search, Source(kind="news-sitemap", url=child), part.links, f"listed in {url}")
    kind = "news-sitemap" if any(link.published for link in read.links) else "sitemap"
    await _keep(asker, search, Source(kind=kind, url=url), read.links, how)


async def _sitemap(asker: Asker, search: Search, url: str) -> Sitemap | None:
    _keep_some(asker)
    answer = await asker.ask(canonical(url))
    if not answer.is_page:
        search.missed.append(f"{url}: {answer.problem}")
        return None
    try:
        return read_sitemap(answer.body, base=answer.url)
    except (NotASitemap, TooBig) as why:
        search.missed.append(f"{url}: {why}")
        return None


async def _try_sections(asker: Asker, search: Search, home: Home) -> None:
    for url, words in home.sections:
        tried = sum(one.source.kind == "section" for one in search.found)
        if tried >= _SECTIONS_MAX:
            break
        _keep_some(asker)
        await _keep(asker, search, Source(kind="section", url=url, section=words), (), "the home page's menu")
    if not any(one.source.kind == "section" for one in search.found) and len(home.articles) >= _LINKS_MIN:
        await _keep(asker, search, Source(kind="section", url=home.answer.url, max_pages=1), (), "the home page")


async def _keep(asker: Asker, search: Search, source: Source, links: Iterable[Link], how: str) -> bool:
    """Count what a source lists and keep it, if it lists articles that no other lists."""
    search.site = _with_hosts(search.site, source, list(links))
    check, listed = await check_source(asker, search.site, source)
    broken = [trouble.text for trouble in check.troubles if trouble.kind != "stale"]
    least = _LINKS_MIN if source.kind == "section" else 1
    if len(listed) < least:
        search.missed.append(f"{source.url}: {'; '.join(broken) or f'only {len(listed)} articles'}")
        return False
    own = {one.url for one in listed}
    for other in search.found:
        if other.source.kind == source.kind and _share(own, {one.url for one in other.listed}) >= _SAME:
            search.missed.append(f"{source.url}: lists the same as {other.source.url}")
            return False
    search.found.append(FoundSource(source, check, tuple(listed), how))
    return True


def _with_hosts(site: Site, source: Source, links: list[Link]) -> Site:
    """The site with the hosts that it needs: the source's, and those of its own domain that the source links to."""
    hosts = Counter(host_of(link.url) for link in links)
    family = _domain(host_of(site.home))
    own = [host for host, n in hosts.items() if _domain(host) == family and n >= _FOREIGN_MIN * len(links)]
    needed = [host for host in (host_of(source.url), *own) if host not in site.scope]
    return site.model_copy(update={"hosts": (*site.hosts, *dict.fromkeys(needed))}) if needed else site


def _domain(host: str) -> str:
    """What the hosts of one outlet have in common: `m.sada.com.eg` and `www.sada.com.eg` are of `sada.com.eg`."""
    name = host.partition(":")[0]
    labels = name.split(".")
    if not labels[-1].isalpha():
        return host  # an address in numbers
    second = {"com", "net", "org", "gov", "co", "edu", "info", "press"}
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in second else -2 :])


def _share(one: Collection[str], other: Collection[str]) -> float:
    return len(set(one) & set(other)) / max(1, min(len(one), len(other)))


def _is_lively(found: FoundSource) -> bool:
    """Whether a source shows what is new: dated lately, or undated and a feed."""
    stale = any(trouble.kind == "stale" for trouble in found.check.troubles)
    return not stale and (found.check.newest is not None or found.source.kind == "feed")


def _final(answer: Answer) -> str:
    """The address to write down: the new one where the old one says that it has moved for good."""
    return answer.url if answer.moved_for_good else answer.asked
