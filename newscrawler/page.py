"""Page: the bytes we were given, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newscrawler.link import Link


@dataclass(frozen=True, slots=True)
class Page:
    """One successful response to a request for an article."""

    url: str
    """The address that answered, after redirects; canonical form."""

    body: bytes
    """The response body after content decoding (gzip, br …), before character decoding."""

    fetched_at: datetime
    """When the response arrived, UTC, aware. Dates later than this are not believed."""

    requested_url: str
    """The frontier's address, before redirects; canonical form. Equals `url` if there were none."""

    content_type: str | None = None
    """The Content-Type header as sent. None: there was none."""

    capture_id: int | None = None
    """Row of `captures` that holds these bytes. None: the raw store is off."""

    link: Link | None = None
    """What the source that listed this page said about it. None: asked for by hand or from a WARC file."""
