"""Answer: what came of one question to a live server. RobotsWord: what its robots.txt says to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newscrawler.outcome import Outcome


@dataclass(frozen=True, slots=True)
class RobotsWord:
    """One host's robots.txt."""

    status: int | None = None
    """HTTP status. None: no answer."""
    crawl_delay_s: float | None = None
    """Seconds it asks us to leave between two requests. None: it doesn't say."""
    sitemaps: tuple[str, ...] = ()
    """Its `Sitemap:` lines, absolute, each once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what came of it."""

    asked: str
    """The address that was asked for."""
    url: str
    """The address that answered, after redirects; the one asked for where nothing did."""
    at: datetime
    """When the answer was complete, or when it failed; UTC, aware."""
    seconds: float
    """How long it took, the polite wait before it included."""
    status: int | None = None
    """HTTP status. None: there was no answer, or none that could be used."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case; of several with one name the first."""
    body: bytes = b""
    """After content decoding (gzip, br …)."""
    failed: Outcome | None = None
    """Why there is no page, in the words of a crawl's outcome. None: there is one."""
    blocked: str | None = None
    """By what the server keeps us out: a status or a captcha page. None: it doesn't."""
    certificate: str | None = None
    """What is wrong with the server's certificate. None: nothing, or it wasn't shown."""
    moved_for_good: bool = False
    """Whether a redirect on the way said that the new address is permanent (301, 308)."""

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as sent. None: there was none."""
        return self.headers.get("content-type")

    @property
    def is_page(self) -> bool:
        """Whether there is a body to read: it was fetched, and it isn't a wall."""
        return self.failed is None and self.blocked is None

    @property
    def problem(self) -> str:
        """Why there is no page, for a person. Empty: there is one."""
        if self.certificate:
            return f"its certificate is refused: {self.certificate}"
        if self.blocked:
            return f"blocked: {self.blocked}"
        return f"{self.failed.name} {self.failed.detail}".strip() if self.failed else ""
