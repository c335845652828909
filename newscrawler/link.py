"""Link: an address together with what the place that listed it said about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a feed, a sitemap or a section page.

    Everything but the address is a hint: the page itself is asked first.
    """

    url: str
    """Absolute address as the source printed it, not yet canonical."""

    title: str | None = None
    """Headline or anchor text. None: the source gave none."""

    section: str | None = None
    """The feed's category, or the section the seed gives this source. None: not said."""

    published: str | None = None
    """The date as the source printed it (RSS `pubDate`, Atom `published`, `news:publication_date`).
    Raw, because feeds lie about zones. None: not said."""

    lastmod: str | None = None
    """A sitemap's `lastmod` or Atom's `updated`, as printed. None: not said."""
