"""Conditional GET of articles: ask whether a page has changed, and know it again if the server doesn't say."""

from __future__ import annotations

from hashlib import sha256
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.archive.holdings.addresses import is_copy_of_older_text
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.queue.validators import Validators
from newscrawler.outcome import NotModified
from newscrawler.run import Run, run_of

FULL_VISIT_EVERY: Final = 3
"""Visits. Every third asks for the whole page, because servers lie about ETag and Last-Modified; so does the last
one, after which nobody looks any more."""


class ConditionalMiddleware:
    """Ends a visit that finds the page of the visit before. It stands before the raw store, which has that page."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    def process_request(self, request: Request) -> None:
        """Adds the headers. A redirect carries its first request's, which are about another address: they go."""
        row = _row(request)
        if row is None:
            return
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if self._may_ask(row) and not request.meta.get("redirect_times"):
            for name, value in row.validators.headers().items():
                request.headers[name] = value

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises NotModified for a 304, and for the very bytes of the last visit."""
        row = _row(request)
        if row is None:
            return response
        asked = request.headers.get("If-None-Match") or request.headers.get("If-Modified-Since")
        if response.status == 304 and asked:
            raise NotModified("304")
        if response.status == 200:
            said = Validators(body_hash=sha256(response.body).hexdigest())
            if not request.meta.get("redirect_times"):  # of an address that leads elsewhere the headers say nothing
                said = Validators(_text(response, "ETag"), _text(response, "Last-Modified"), said.body_hash)
            request.meta["validators"] = said
            if said.body_hash == row.validators.body_hash and not self._must_read(row):
                raise NotModified("the same bytes")
        return response

    def _may_ask(self, row: FrontierRow) -> bool:
        last = row.visits >= len(self.run.revisit)
        return row.visits % FULL_VISIT_EVERY != 0 and not last and not self._must_read(row)

    def _must_read(self, row: FrontierRow) -> bool:
        """Whether a page is read even if it hasn't changed: somebody asked for it by name, or what it was filed as a
        copy of has changed.
        """
        return self.run.only is not None or is_copy_of_older_text(self.run.archive.conn, row.url)


def _row(request: Request) -> FrontierRow | None:
    row = request.cb_kwargs.get("row")
    return row if isinstance(row, FrontierRow) else None


def _text(response: Response, header: str) -> str | None:
    value = response.headers.get(header)
    return value.decode("latin-1") if value else None
