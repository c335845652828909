"""One source asked as a crawl asks it: fetched, read by the project's readers, its links counted and dated."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.asking.answers import Answer
from newscrawler.asking.asker import Asker
from newscrawler.checking.findings import SourceCheck, Trouble
from newscrawler.checking.reasons import reason
from newscrawler.discovery.dates import last_day
from newscrawler.extract.dates import UnreadableDate, parse
from newscrawler.link import Link
from newscrawler.site import Site, Source
from newscrawler.spiders.sources import NOT_A_SOURCE, Listing, Visit, read_source, sort_links
from newscrawler.times import utc_now
from newscrawler.urls import CanonicalUrl, canonical

STALE: Final = timedelta(days=14)
"""A newspaper that printed nothing for two weeks has stopped, or its feed has. Set by judgement, not measured."""

AHEAD: Final = timedelta(days=1)
"""How far ahead of us a date may lie, as for articles."""

_PARTS_MAX: Final = 3
"""Parts of a sitemap index that are looked into at each level."""
_FRESH: Final = timedelta(days=31)
_DEPTH_MAX: Final = 2
_READ_MAX: Final = 200
"""Dates of the newest day that are read to the minute."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A link that may be an article, with its date."""

    url: CanonicalUrl
    """Where it is."""
    link: Link
    """What the source says of it."""
    at: datetime | None
    """The source's date, UTC. None: none that can be read."""


async def check_source(asker: Asker, site: Site, source: Source) -> tuple[SourceCheck, list[Listed]]:
    """Ask one source. Returns what was found and what may be articles, the newest first.

    Raises NoMoreQuestions.
    """
    where = f"{source.kind} {source.url}"
    began = asker.seconds
    yesterday = (utc_now() - timedelta(days=1)).astimezone(ZoneInfo(site.timezone)).date()  # today's may be empty yet
    first = Visit(site.id, source.kind, canonical(source.url_on(yesterday)), source.section)
    answer = await asker.ask(first.url)
    found = SourceCheck(source.kind, source.url, answer.status)
    listing, trouble = await _read(answer, first, site, where)
    if trouble is not None or listing is None:
        return replace(found, seconds=asker.seconds - began, troubles=(trouble,) if trouble else ()), []
    links, troubles = await _with_parts(asker, site, listing, answer, first)
    wanted, _ = await asyncio.to_thread(sort_links, links, site)
    now = answer.at
    listed = await asyncio.to_thread(newest_first, wanted, site, now=now)
    dates = [one.at for one in listed if one.at]
    newest = max((at for at in dates if at <= now + AHEAD), default=None)
    found = replace(
        found,
        links=len(links),
        admitted=len(wanted),
        newest=newest,
        moved_to=answer.url if answer.moved_for_good else None,
        seconds=asker.seconds - began,
    )
    ahead = max((at for at in dates if at > now + AHEAD), default=None)
    judged = _judge(found, where, now=now, ahead=ahead)
    return replace(found, troubles=(*troubles, *judged)), listed


def newest_first(wanted: Iterable[tuple[CanonicalUrl, Link]], site: Site, *, now: datetime) -> list[Listed]:
    """The links by their dates; those without one behind, in their order.

    A sitemap may date 50,000 addresses: all are sorted by day, and only those of the newest day are read to the
    minute, which takes ten times as long.
    """
    days = [(last_day(link.published or link.lastmod or ""), url, link) for url, link in wanted]
    ranked = sorted(days, key=lambda entry: entry[0] or date.min, reverse=True)
    read = [Listed(url, link, _at(link, site, now)) for _, url, link in ranked[:_READ_MAX]]
    read.sort(key=lambda one: one.at or datetime.min.replace(tzinfo=UTC), reverse=True)
    return read + [Listed(url, link, None) for _, url, link in ranked[_READ_MAX:]]


def _at(link: Link, site: Site, now: datetime) -> datetime | None:
    for raw in (link.published, link.lastmod):
        if raw:
            try:
                # A year ahead of the clock: a date in the future is to be seen, not left out.
                return parse(raw, zone=ZoneInfo(site.timezone), months=site.months, now=now + timedelta(days=366)).at
            except UnreadableDate:
                continue
    return None


async def _read(
    answer: Answer, visit: Visit, site: Site, where: str, since: date | None = None
) -> tuple[Listing | None, Trouble | None]:
    trouble = reason(answer, where)
    if trouble is not None:
        return None, trouble
    try:
        listing = await asyncio.to_thread(
            read_source, answer.body, visit, site, url=answer.url, content_type=answer.content_type, since=since
        )
    except NOT_A_SOURCE as why:
        return None, Trouble("broken source", where, str(why))
    return listing, None


async def _with_parts(
    asker: Asker, site: Site, listing: Listing, answer: Answer, visit: Visit
) -> tuple[list[Link], list[Trouble]]:
    """The links of a source and, where it is an index, of its most promising parts."""
    if visit.kind not in ("sitemap", "news-sitemap"):
        return list(listing.links), []
    links, troubles = list(listing.links), []
    waiting = await _promising(listing, answer, visit, site)
    for _ in range(_DEPTH_MAX):
        deeper: list[Visit] = []
        for part in waiting:
            given = await asker.ask(part.url)
            read, trouble = await _read(given, part, site, f"{part.kind} {part.url}")
            if trouble is not None or read is None:
                troubles += [trouble] if trouble else []
                continue
            links += read.links
            deeper += await _promising(read, given, part, site)
        waiting = deeper[:_PARTS_MAX]
    return links, troubles


async def _promising(listing: Listing, answer: Answer, visit: Visit, site: Site) -> list[Visit]:
    """The parts that probably hold what is new: by their dates; of those without any the last and the first."""
    if len(listing.further) <= 1:
        return list(listing.further)
    since = (answer.at - _FRESH).date()
    read, _ = await _read(answer, visit, site, "", since)
    fresh = list(read.further if read and read.further else listing.further)
    fresh.sort(key=lambda part: "news" in part.url or "post" in part.url or "article" in part.url, reverse=True)
    return _ends(fresh)


def _ends(parts: Sequence[Visit]) -> list[Visit]:
    return list(parts) if len(parts) <= _PARTS_MAX else [parts[0], parts[-1], parts[1]]


def _judge(found: SourceCheck, where: str, *, now: datetime, ahead: datetime | None) -> list[Trouble]:
    troubles = []
    if not found.links:
        troubles.append(Trouble("broken source", where, "lists nothing"))
    elif not found.admitted:
        troubles.append(
            Trouble("broken source", where, f"lists {found.links} addresses, none in scope and admitted by [articles]")
        )
    if found.newest and now - found.newest > STALE:
        days = (now - found.newest).days
        troubles.append(Trouble("stale", where, f"its newest item is {days} days old ({found.newest:%Y-%m-%d})"))
    if ahead:
        troubles.append(Trouble("wrong dates", where, f"dates an item in the future ({ahead:%Y-%m-%d %H:%M} UTC)"))
    return troubles
