"""Probe: everything that was found out about a site, before it becomes a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newscrawler.asking.answers import RobotsWord
from newscrawler.probing.home import Home
from newscrawler.probing.patterns import Proposal
from newscrawler.probing.samples import Sample
from newscrawler.probing.sources import FoundSource
from newscrawler.probing.whereabouts import Guess
from newscrawler.site import Site


@dataclass(frozen=True, slots=True)
class Probe:
    """A site that was asked."""

    asked: str
    """The address as given."""
    day: date
    """When, UTC."""
    home: Home
    """Its home page."""
    site: Site
    """The outlet as far as it was known when articles were read: hosts, zone, months, encoding."""
    robots: RobotsWord
    """Its robots.txt."""
    cms: tuple[str, str] | None
    """What it is made with, and the evidence. None: unknown."""
    sources: tuple[FoundSource, ...]
    """Where it lists articles."""
    missed: tuple[str, ...]
    """What was tried in vain."""
    samples: tuple[Sample, ...]
    """Pages that were read."""
    country: Guess
    """Where it is edited."""
    zone: Guess
    """Its newsroom's clock."""
    months: Guess
    """Its month names."""
    encoding: tuple[str, str]
    """What its `encoding` has to be (empty: nothing), and why."""
    titles: tuple[str, ...]
    """The titles of the pages that were fetched, as their heads have them."""
    allow: Proposal | None
    """A pattern of its articles' addresses. None: no clear one."""
    requests: int
    """Addresses asked."""
    seconds: float
    """From first to last."""
    left_early: str | None = None
    """Why it stopped before everything was tried. None: it didn't."""
