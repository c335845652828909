"""What one place in the page says about a field, and how the places are weighed against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from newscrawler.extract.dates import ReadDate
from newscrawler.text.normalise import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Claim:
    """One place's word on one field."""

    source: str
    """Where it stood: `h1`, `json-ld`, `og:title`, `breadcrumb` …"""
    value: str
    """What it said, cleaned."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One place that names a date."""

    source: str
    """As in `Article.published_from`: `rule`, `json-ld`, `meta:…`, `time`, `visible`, `feed`, `url`."""
    raw: str
    """What it says, cleaned."""
    is_change: bool = False
    """Whether it says when the page was changed."""
    is_doubtful: bool = False
    """Whether it stands where a clock might stand: above the headline."""
    read: ReadDate | None = None
    """What it means, where the line had to be read to find it. None: not read yet."""

    @property
    def kind(self) -> str:
        """The source without the name of the meta: `json-ld`, `meta`, `time` …"""
        return self.source.partition(":")[0]

    @property
    def is_shown(self) -> bool:
        """Whether a reader sees it as it stands; a time element's attribute is seen by nobody."""
        return self.source == "visible"

    @property
    def is_certain(self) -> bool:
        """Whether the place holds a date by its nature, so that an unreadable one is worth keeping."""
        return self.source != "visible"


@dataclass(frozen=True, slots=True)
class Dated:
    """A saying that could be read."""

    saying: Saying
    """Where it stood and what it said."""
    date: ReadDate
    """What it means."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """The word that won, and the losers that said something else."""

    value: T
    """What is believed."""
    source: str | None = None
    """Who said so. None: nobody said anything."""
    losers: Mapping[str, str] = field(default_factory=dict)
    """Source → what it said, only where it differs from the winner."""


def settle(claims: Iterable[Claim], *, same: Callable[[str, str], bool] | None = None) -> Settled[str | None]:
    """The first claim wins; those that differ from it once folded are kept as losers."""
    ranked = list(claims)
    if not ranked:
        return Settled(None)
    winner = ranked[0]
    alike = same or (lambda one, other: fold(one) == fold(other))
    losers: dict[str, str] = {}
    for claim in ranked[1:]:
        if claim.source != winner.source and not alike(winner.value, claim.value):
            losers.setdefault(claim.source, claim.value)
    return Settled(winner.value, winner.source, losers)
