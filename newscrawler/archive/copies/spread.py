"""How a text went round: who had it first, who credited whom, how fast it spread. Pure functions over rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any, Final, Literal

from newscrawler.archive.copies.precedence import Standing, days_between, standing_of
from newscrawler.text.agency_names import agencies_in, agencies_named

Kind = Literal["original", "near", "copy"]

_HOUR_S: Final = 3600


@dataclass(frozen=True, slots=True)
class Appearance:
    """The text at one address."""

    kind: Kind
    """`original` of its cluster, `near` copy of it, or `copy`: the same words as one of these at another address."""
    article_id: int
    """Row of `articles`; for a copy, of the article that has its words."""
    url: str
    """Its address."""
    site: str
    """Id of the outlet."""
    site_name: str
    """The outlet's name."""
    is_agency: str | None
    """The agency that the outlet itself is, canonical name. None: it is none, or one we don't know."""
    title: str
    """Its headline there."""
    agencies: tuple[str, ...]
    """The agencies credited there; empty: none is."""
    standing: Standing
    """When it was out at the latest, and how exactly that is known."""
    dated: bool
    """Whether the page gives a date. If not, the standing goes by our first visit, which may be late."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency, and who said that the text is its."""

    agency: str
    """Its canonical name («أ ف ب»)."""
    sites: tuple[str, ...]
    """Ids of the outlets that credit it, in order of appearance; an agency's own page is no credit."""
    own: Appearance | None
    """The text at the agency itself. None: the archive doesn't have it from there."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The way of a text through the press."""

    appearances: tuple[Appearance, ...]
    """In order of appearance."""
    credits: tuple[Credit, ...]
    """The most credited first."""
    uncredited: tuple[Appearance, ...]
    """Those that name no agency, at other outlets than the first."""
    outlets: int
    """How many different outlets."""
    hours: float | None
    """From the first to the last outlet, of those that print the time. None: fewer than two do."""
    outlets_per_hour: float | None
    """How many outlets followed the first in an hour, on average over `hours`. None: not known, or all at once."""
    median_delay_s: float | None
    """Seconds after which half of the following outlets had it, of those that print the time. None: none does."""

    @property
    def first(self) -> Appearance:
        """Who had it first, as far as dates prove it."""
        return self.appearances[0]


def spread_of(rows: Iterable[Mapping[str, Any]]) -> Spread:
    """The spread of one cluster: one row at least.

    Rows of members and copies with `kind`, `url`, `site`, `site_name`, `site_kind`, `title`, `agency`, and what
    `standing_of` reads; a copy's `id` is the article's.
    """
    appearances = tuple(sorted(map(_appearance, rows), key=lambda each: (each.standing, each.kind == "copy", each.url)))
    first = appearances[0]
    delays = sorted(_delays(appearances).values())
    hours = delays[-1] / _HOUR_S if delays else None
    return Spread(
        appearances=appearances,
        credits=_credits(appearances),
        uncredited=tuple(each for each in appearances if not each.agencies and each.site != first.site),
        outlets=len({each.site for each in appearances}),
        hours=hours,
        outlets_per_hour=len(delays) / hours if hours else None,
        median_delay_s=median(delays) if delays else None,
    )


def delay_s(first: Appearance, later: Appearance) -> float | None:
    """Seconds from one appearance to a later one. None: one of them doesn't print the time of day."""
    if not (first.standing.to_the_minute and later.standing.to_the_minute):
        return None
    return (_at(later) - _at(first)).total_seconds()


def delay_days(first: Appearance, later: Appearance) -> int | None:
    """Calendar days from one appearance to a later one. None: one of them is not dated."""
    if not (first.dated and later.dated):
        return None
    return days_between(first.standing.day, later.standing.day)


def _appearance(row: Mapping[str, Any]) -> Appearance:
    return Appearance(
        kind=row["kind"],
        article_id=row["id"],
        url=row["url"],
        site=row["site"],
        site_name=row["site_name"] or row["site"],
        is_agency=_agency(row["site_name"] or "") if row["site_kind"] == "agency" else None,
        title=row["title"],
        agencies=agencies_in(row["agency"]),
        standing=standing_of(row),
        dated=row["published_at"] is not None,
    )


def _agency(name: str) -> str | None:
    return next(iter(agencies_named(name, sure=True)), None)


def _credits(appearances: Sequence[Appearance]) -> tuple[Credit, ...]:
    sites: dict[str, dict[str, None]] = {}
    own: dict[str, Appearance] = {}
    for each in appearances:
        if each.is_agency:
            own.setdefault(each.is_agency, each)
            sites.setdefault(each.is_agency, {})
        for agency in each.agencies:
            if agency != each.is_agency:
                sites.setdefault(agency, {})[each.site] = None
    found = [Credit(agency, tuple(who), own.get(agency)) for agency, who in sites.items()]
    return tuple(sorted(found, key=lambda credit: -len(credit.sites)))


def _delays(appearances: Sequence[Appearance]) -> dict[str, float]:
    """Outlet → seconds after the first that prints the time; only an outlet's first appearance counts."""
    first = next((each for each in appearances if each.standing.to_the_minute), None)
    delays: dict[str, float] = {}
    for each in appearances:
        if first is not None and each.site != first.site and (delay := delay_s(first, each)) is not None:
            delays.setdefault(each.site, delay)
    return delays


def _at(appearance: Appearance) -> datetime:
    return datetime.fromisoformat(appearance.standing.out_at)
