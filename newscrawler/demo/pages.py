"""Everything one outlet serves: its articles, lists, feeds, sitemaps, robots.txt, as key → Reply."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Final

from newscrawler.demo import feeds
from newscrawler.demo.outlet import Outlet
from newscrawler.demo.render import Frame, Turn, render, render_list
from newscrawler.demo.server import Reply, key_of
from newscrawler.demo.story import Story

_CLASSIC_PER_PAGE: Final = 4
_CLASSIC_IN_FEED: Final = 5
_XML: Final = "application/xml; charset=utf-8"

Route = tuple[str, Reply]


def routes(outlet: Outlet, stories: Sequence[Story], *, base: str, today: date, changed: datetime) -> dict[str, Reply]:
    """All addresses of an outlet.

    `stories` newest first. `changed`: when the edition was made, the Last-Modified of feeds and lists.
    """
    discovery = {"modern": _modern, "classic": _classic, "app": _app}[outlet.template]
    frame = Frame(outlet=outlet, base=base, today=today)
    served = [story for story in stories if story.served]
    found = dict(_articles(frame, served, changed=changed))
    found |= dict(_lists(frame, served, stories))
    found |= dict(discovery(frame, stories))
    return {key_of(key): _finished(reply, outlet, changed) for key, reply in found.items()}


def _finished(reply: Reply, outlet: Outlet, changed: datetime) -> Reply:
    gzips = outlet.template == "modern" and not reply.content_type.startswith("application/gzip")
    return replace(reply, changed=reply.changed or changed, gzips=gzips)


def _articles(frame: Frame, served: Sequence[Story], *, changed: datetime) -> Iterator[Route]:
    outlet = frame.outlet
    for story in served:
        dressed = replace(frame, most_read=_most_read(served, story), related=_related(served, story))
        reply = Reply(render(outlet.template, story, frame=dressed), _html_type(outlet, story))
        yield outlet.path_of(story), replace(reply, changed=min(story.modified or story.published or changed, changed))
        if amp := outlet.amp_path_of(story):
            yield amp, Reply(render("amp", story, frame=dressed))
        if story.address and story.address != amp:
            yield story.address, Reply(status=301, location=frame.base + outlet.path_of(story))


def _lists(frame: Frame, served: Sequence[Story], stories: Sequence[Story]) -> Iterator[Route]:
    outlet = frame.outlet
    kind = _html_type(outlet, None)
    dressed = replace(frame, most_read=_most_read(served, None))
    yield "/", Reply(render_list("آخر الأخبار", served[:9], path="/", frame=dressed), kind)
    for section in outlet.sections:
        path = outlet.section_path_of(section)
        items = [story for story in stories if story.section == section]
        yield path, Reply(render_list(section, items, path=path, frame=dressed), kind)
    for tag in sorted({tag for story in served for tag in story.tags}) if outlet.tag_path else ():
        path = outlet.tag_path_of(tag)
        items = [story for story in served if tag in story.tags]
        yield path, Reply(render_list(tag, items, path=path, frame=dressed), kind)


def _modern(frame: Frame, stories: Sequence[Story]) -> Iterator[Route]:
    """RSS of everything, a news sitemap, and a path closed to robots."""
    outlet, base = frame.outlet, frame.base
    yield "/robots.txt", _robots("Disallow: /members/", f"Sitemap: {base}/news-sitemap.xml")
    body = feeds.rss(stories, outlet=outlet, base=base, extra=outlet.also_in_feed)
    yield outlet.feed_path, Reply(body, "application/rss+xml; charset=utf-8")
    yield "/news-sitemap.xml", Reply(feeds.sitemap(stories, outlet=outlet, base=base, news=True), _XML)


def _classic(frame: Frame, stories: Sequence[Story]) -> Iterator[Route]:
    """RSS in windows-1256 of the newest few, and an archive to be leafed through."""
    outlet, base = frame.outlet, frame.base
    yield "/robots.txt", _robots("Disallow: /admin/")
    newest = stories[:_CLASSIC_IN_FEED]
    yield outlet.feed_path, Reply(feeds.rss(newest, outlet=outlet, base=base, encoding="windows-1256"), "text/xml")
    pattern = "/archive.asp?page={}"
    leaves = list(_batches(stories, _CLASSIC_PER_PAGE))
    dressed = replace(frame, most_read=_most_read([story for story in stories if story.served], None))
    for number, items in enumerate(leaves, start=1):
        turn = Turn(number, len(leaves), pattern)
        path = pattern.format(number)
        yield (
            path,
            Reply(render_list("أرشيف الأعداد", items, path=path, frame=dressed, turn=turn), _html_type(outlet, None)),
        )


def _app(frame: Frame, stories: Sequence[Story]) -> Iterator[Route]:
    """A sitemap index with a plain and a gzipped child, and an Atom feed of the newest half."""
    outlet, base = frame.outlet, frame.base
    half = len(stories) // 2
    children = f"{base}/sitemap-1.xml", f"{base}/sitemap-2.xml.gz"
    yield "/robots.txt", _robots("Disallow: /search", f"Sitemap: {base}/sitemap.xml")
    yield "/sitemap.xml", Reply(feeds.sitemap_index(children), _XML)
    yield "/sitemap-1.xml", Reply(feeds.sitemap(stories[:half], outlet=outlet, base=base), _XML)
    packed = gzip.compress(feeds.sitemap(stories[half:], outlet=outlet, base=base), mtime=0)
    yield "/sitemap-2.xml.gz", Reply(packed, "application/gzip")
    yield (
        outlet.feed_path,
        Reply(feeds.atom(stories[:half], outlet=outlet, base=base), "application/atom+xml; charset=utf-8"),
    )


def _robots(*rules: str) -> Reply:
    lines = ["User-agent: *", *(rule for rule in rules if rule.startswith("Disallow")), ""]
    lines += [rule for rule in rules if not rule.startswith("Disallow")]
    return Reply("\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")


def _html_type(outlet: Outlet, story: Story | None) -> str:
    if outlet.template != "classic":
        return "text/html; charset=utf-8"
    return "text/html; charset=windows-1256" if story and story.charset == "header" else "text/html"


def _most_read(served: Sequence[Story], story: Story | None) -> tuple[Story, ...]:
    """Five headlines that stay the same from edition to edition, so that a correction changes one page only."""
    steady = [item for item in served if item != story and item.case is None]
    return tuple(sorted(steady, key=lambda item: (item.id * 7919) % 101)[:5])


def _related(served: Sequence[Story], story: Story) -> tuple[Story, ...]:
    near = (item for item in served if item != story and item.case is None and item.section == story.section)
    return tuple(islice(near, 2))


def _batches(stories: Sequence[Story], size: int) -> Iterator[Sequence[Story]]:
    for start in range(0, len(stories), size):
        yield stories[start : start + size]
