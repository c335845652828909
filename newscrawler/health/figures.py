"""Figures: what one run gave for one site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FAILURES: Final = (
    "HttpError",
    "Unreachable",
    "TooManyRedirects",
    "TooLarge",
    "RobotsDenied",
    "Walled",
    "ExtractorFailed",
    "ExtractorTimeout",
    "Broken",
)
"""Outcomes of an address from which a page was wanted and not got, or not read."""

READ: Final = ("New", "Revised", "Unchanged", "Copy", "Shortened")
"""Ends of a page that was read as an article."""

UNREAD: Final = ("NoText", "TooShort", "NotAnArticle", "NotArabic", "ExtractorFailed", "ExtractorTimeout")
"""Ends of a page that was got, and in which we found no article for this archive."""

CRASHED: Final = ("ExtractorFailed", "ExtractorTimeout")
"""Ends of a page that the extractor could not cope with."""


@dataclass(frozen=True, slots=True)
class Doors:
    """How often we were let in, and by what we weren't: of sources or of pages."""

    let_in: int = 0
    """Those that answered as they should."""
    kept_out: Mapping[str, int] = field(default_factory=dict)
    """How many were refused, down, moved, gone or unread."""
    details: Mapping[str, str] = field(default_factory=dict)
    """For each of these kinds, what one of them said."""

    @property
    def tried(self) -> int:
        """All of them."""
        return self.let_in + sum(self.kept_out.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """One site in one run."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    """How many addresses ended in each outcome."""
    discovered: int = 0
    """Addresses that its sources listed for the first time."""
    dated: int = 0
    """New articles that have a date."""
    sectioned: int = 0
    """New articles that have a section."""
    authored: int = 0
    """New articles that name an author."""
    words: int | None = None
    """Median length of new articles in words. None: there are none."""
    polled: int = 0
    """Sources that this run polled."""
    sources: Doors = Doors()
    """The seed's sources by their last poll of the last hours."""
    pages: Doors = Doors()
    """Pages asked for in this run."""
    gone: int = 0
    """Ends as in UNREAD of pages whose article, archived before, is known to be gone from its site."""

    def count(self, *outcomes: str) -> int:
        """Addresses that ended in one of these outcomes."""
        return sum(self.outcomes.get(name, 0) for name in outcomes)

    @property
    def new(self) -> int:
        """Articles archived for the first time."""
        return self.count("New")

    @property
    def unread(self) -> int:
        """Pages that were got, and in which we found no article though there should be one."""
        return self.count(*UNREAD) - self.gone

    @property
    def visited(self) -> bool:
        """Whether the run saw enough of the site to say anything about it."""
        return bool(self.polled or self.pages.tried)
