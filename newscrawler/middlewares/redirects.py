"""Redirects, with the outcome they deserve when they go round in circles."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from newscrawler.outcome import OutOfScope, TooManyRedirects


class PageRedirectMiddleware(RedirectMiddleware):
    """Scrapy's, except that running out of redirects is an outcome, not an anonymous IgnoreRequest."""

    def process_response(  # type: ignore[override]  # Scrapy is dropping the third argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Scrapy's. An address nobody can go to (`mailto:`, a broken host) raises OutOfScope."""
        try:
            answer: Request | Response = super().process_response(request, response)
        except ValueError as why:
            raise OutOfScope(f"redirected to what is no address: {why}"[:200]) from why
        return answer

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise TooManyRedirects(f"{self.max_redirect_times} redirects, the last to {redirected.url}")
        return super()._redirect(redirected, request, reason)

    def _engine_started(self) -> None:
        """Scrapy's looks for the Referer middleware here and warns that it is off. It is off on purpose."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 (Scrapy's signature)
        """We send no Referer, and so keep none."""
        request.headers.pop("Referer", None)
