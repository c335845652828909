"""The day in a page's address: /2024/03/09/, /2013/middle_east/8/3/, /2024-03-09-, /20240309/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newscrawler.extract.addresses import stated_addresses
from newscrawler.extract.claims import Saying
from newscrawler.extract.dates import UnreadableDate, parse
from newscrawler.extract.document import Document

_URL_DATES: Final = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|-|$)"),
    re.compile(r"/((?:19|20)\d\d)/[A-Za-z][\w.-]*/(\d{1,2})/(\d{1,2})(?:/|$)"),
    re.compile(r"/((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?:/|-|_|\.|$)"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?:/|-|_|\.|$)"),
)


def addressed(document: Document) -> Iterator[Saying]:
    """The day in the address that answered, else in the one the page calls its own."""
    for url in (document.page.url, *stated_addresses(document)):
        path = urlsplit(url).path
        for pattern in _URL_DATES:
            if match := pattern.search(path):
                yield from _day_in_path(document, match)
                return


def _day_in_path(document: Document, match: re.Match[str]) -> Iterator[Saying]:
    day = f"{match[1]}-{match[2].zfill(2)}-{match[3].zfill(2)}"
    zone = ZoneInfo(document.site.timezone)
    try:
        read = parse(day, zone=zone, months=document.site.months, now=document.page.fetched_at)
    except UnreadableDate:
        return  # /2024/31/12/ is no date
    yield Saying("url", match[0].strip("/-_."), read=read)
