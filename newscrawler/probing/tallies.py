"""Counting what the pages of a site offer: fields of their JSON-LD, minutes, dates for machines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from newscrawler.extract.document import Document
from newscrawler.link import Link

FIELDS: Final = (
    "headline",
    "datePublished",
    "dateModified",
    "author",
    "articleSection",
    "keywords",
    "articleBody",
    "image",
)
"""What JSON-LD may say of an article that the archive wants."""


def quality(data: Iterable[Sequence[str]]) -> Counter[str]:
    """On how many of the pages JSON-LD has each field."""
    return Counter(name for names in data for name in names)


def to_the_minute(dates: Iterable[datetime | None], zone: ZoneInfo) -> int:
    """How many dates have a time of day: midnight, in the newsroom or in UTC, is a day without one."""
    count = 0
    for at in dates:
        if at is not None:
            clocks = [at.astimezone(place) for place in (UTC, zone)]
            count += all((clock.hour, clock.minute) != (0, 0) for clock in clocks)
    return count


def dates_said(pages: Iterable[tuple[Document, Link]]) -> Iterator[tuple[str, str]]:
    """(place, raw string) of the dates that are there for machines: in pages, feeds and sitemaps."""
    for document, link in pages:
        data: dict[str, Any] = document.article_data()
        for key in ("datePublished", "dateModified"):
            if isinstance(data.get(key), str):
                yield "JSON-LD", data[key]
        for name in ("article:published_time", "article:modified_time", "og:updated_time"):
            yield from (("meta", value) for value in document.metas.get(name, ())[:1])
        times = [element.get("datetime") or "" for element in document.root.iter("time")]
        yield from (("time elements", raw) for raw in times[:2] if re.search(r"\d", raw))
        for raw in (link.published, link.lastmod):
            if raw:
                yield "lists", raw
