"""A page whose server forbids archiving is not kept, not even raw."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from scrapy import Request
from scrapy.http import Response

from newscrawler.outcome import NoArchive

_FOR_US: Final = frozenset({"robots", "googlebot", "newscrawler"})
"""The same names as in the page's meta elements."""
_AGENT: Final = re.compile(r"\s*(?!unavailable_after)([\w-]+)\s*:(.*)", re.IGNORECASE | re.DOTALL)


class NoArchiveMiddleware:
    """Reads `X-Robots-Tag`. It stands nearer to the downloader than the raw store."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises NoArchive for a page of an article. An error page is none: its status is the outcome."""
        if (
            "row" in request.cb_kwargs
            and response.status < 400
            and forbids_archiving(value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag"))
        ):
            raise NoArchive("X-Robots-Tag says noarchive")
        return response


def forbids_archiving(values: Iterable[str]) -> bool:
    """Whether a value says `noarchive` to everybody (`noindex, noarchive`) or to us (`googlebot: noarchive`)."""
    for value in values:
        named = _AGENT.match(value)
        if named and named[1].lower() not in _FOR_US:
            continue
        if "noarchive" in re.split(r"[\s,;]+", (named[2] if named else value).lower()):
            return True
    return False
