"""Spells: what is the matter with a site for a time, and which verdict a keeper would want to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Ailment = Literal[
    "refused", "silent", "errors", "forbidden", "limited", "metered", "captcha", "captcha-articles", "robots",
    "script-only", "teaser", "undated", "redesign", "moved", "moved-home", "quiet", "frozen", "feed-gone", "slow",
]  # fmt: skip
"""`refused`: no connection. `silent`: a connection and no answer. `errors`: 503. `forbidden`: 403. `limited`: 429 with
Retry-After. `metered`: 429 after ten answers in one tick. `captcha`: a page that asks for proof of humanity with 200,
everywhere or for articles only. `robots`: robots.txt forbids all. `script-only`: article pages without text. `teaser`:
two lines instead of the text. `undated`: a layout without date, section and author. `redesign`: a new layout that can
be read. `moved`: every path redirects to its like on another host; `moved-home`: to that host's front page. `quiet`:
nothing is published. `frozen`: the sources show for ever what they showed. `feed-gone`: the sources are 404."""

VERDICTS: Final[dict[Ailment, tuple[str, ...]]] = {
    "refused": ("unreachable",),
    "silent": ("unreachable",),
    "errors": ("unreachable",),
    "forbidden": ("blocked",),
    "limited": ("blocked",),
    "metered": ("healthy", "blocked"),
    "captcha": ("blocked",),
    "captcha-articles": ("blocked",),
    "robots": ("blocked",),
    "script-only": ("broken-extraction",),
    "teaser": ("broken-extraction",),
    "undated": ("broken-extraction",),
    "redesign": ("healthy",),
    "moved": ("moved",),
    "moved-home": ("moved",),
    "quiet": ("quiet",),
    "frozen": ("quiet",),
    "feed-gone": ("unreachable", "moved", "quiet"),
    "slow": ("healthy",),
}
"""Right verdicts; the first is the one in the tables. Where several would lead a keeper to the cause, all count."""

NO_SOURCES: Final[frozenset[Ailment]] = frozenset(
    {"refused", "silent", "errors", "forbidden", "limited", "captcha", "robots", "moved", "moved-home", "feed-gone"}
)
"""While one of these lasts nobody can read what the site lists."""
NO_PAGES: Final[frozenset[Ailment]] = frozenset({"captcha-articles", "script-only", "teaser"})
"""While one of these lasts there is a list, and no article behind it."""


@dataclass(frozen=True, slots=True)
class Spell:
    """An ailment with its time."""

    what: Ailment
    """Which."""
    begin: datetime
    """From when on."""
    end: datetime
    """Until when."""

    def covers(self, now: datetime) -> bool:
        """Whether it lasts at a time."""
        return self.begin <= now < self.end
