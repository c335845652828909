"""The roles of the world's sites: the habits of real ones, written down for a fortnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from support.world.listings import Listed
from support.world.pages import Layout
from support.world.rhythm import Burst, Rhythm
from support.world.spells import Ailment

_REGULAR: Final = Rhythm()


@dataclass(frozen=True, slots=True)
class Role:
    """What is special about a site."""

    id: str
    """Also the site's id."""
    rhythm: Rhythm = _REGULAR
    """When it publishes."""
    sources: tuple[Listed, ...] = (Listed(),)
    """Where it lists that."""
    spells: tuple[tuple[Ailment, float, float], ...] = ()
    """What is the matter from which day to which."""
    layout: Layout | None = None
    """Of its pages. None: by its place."""
    edited: float = 0.05
    """Share of its articles that it edits."""
    removed: float = 0.0
    """Share of its articles that it takes away."""
    copies: str = ""
    """The agency whose texts it prints. Empty: none."""
    exact: bool = False
    """Whether it prints them without a change."""
    delay_s: float = 0.0
    """Real seconds before each answer."""


_INDEX: Final = Listed("sitemap", "/sitemap.xml")
_NEWS: Final = Listed("news-sitemap", "/news-sitemap.xml")
_LATEST: Final = Listed("section", "/latest", items=10, pages=5)
_BUSY: Final = Rhythm(per_day=24, hours=(0, 24))

ROLES: Final[tuple[Role, ...]] = (
    Role("plain"),
    Role("etag-stuck", sources=(Listed(manner="stuck", items=12),)),
    Role("closed-for-days", spells=(("refused", 5.4, 7.4),)),
    Role("script-only", spells=(("script-only", 6.4, 14),)),
    Role("forbidden", spells=(("forbidden", 6.4, 14),)),
    Role("moved", spells=(("moved", 7.4, 14),)),
    Role("bursts", Rhythm(bursts=(Burst(3.4, 60), Burst(9.6, 60))), (Listed(items=10), _LATEST)),
    Role("falls-quiet", spells=(("quiet", 6.4, 11.4),)),
    Role("edits-much", edited=0.6),
    Role("takes-away", removed=0.25),
    Role("restless-undated-feed", sources=(Listed(manner="restless", dates="none"),)),
    Role("feed-of-now", sources=(Listed(manner="bare", dates="now"),)),
    Role("feed-ahead", sources=(Listed(dates="ahead"),)),
    Role("short-burst", Rhythm(bursts=(Burst(4.5, 24),)), (Listed(items=10),)),
    Role("nights-off", Rhythm(per_day=8, hours=(4, 20)), (_NEWS,)),
    Role("weekends-off", Rhythm(per_day=7, rest=(4, 5)), (_LATEST,)),
    Role("weekly", Rhythm(per_day=1, hours=(8, 12), rest=(0, 2, 3, 4, 6))),
    Role("index", sources=(_INDEX,)),
    Role("index-of-now", sources=(Listed("sitemap", "/sitemap.xml", dates="now", manner="bare"),)),
    Role("sections", Rhythm(per_day=12), (_LATEST,)),
    Role("tracked", sources=(Listed("section", "/", items=15, tracked=True), Listed(tracked=True))),
    Role("agency", Rhythm(per_day=10, hours=(0, 24))),
    Role("copier", copies="agency"),
    Role("exact-copier", Rhythm(per_day=4), copies="agency", exact=True),
    Role("slow", delay_s=0.1),
    Role("cached", sources=(Listed(lag=timedelta(minutes=20)),)),
    Role("redesign", spells=(("redesign", 6.4, 14),), layout="plain"),
    Role("round-the-clock", _BUSY, (Listed(items=8),)),
    Role("silent-then-errors", spells=(("silent", 3.4, 3.65), ("errors", 9.3, 10.8))),
    Role("limited", spells=(("limited", 4.3, 5.6),)),
    Role("captcha", spells=(("captcha", 7.3, 9.3),)),
    Role("captcha-articles", spells=(("captcha-articles", 5.3, 8.3),)),
    Role("teaser", spells=(("teaser", 5.4, 14),)),
    Role("undated", spells=(("undated", 8.4, 14),)),
    Role("moved-home", spells=(("moved-home", 9.4, 14),)),
    Role("frozen", spells=(("frozen", 6.3, 14),)),
    Role("robots", spells=(("robots", 8.3, 14),)),
    Role("feed-gone", spells=(("feed-gone", 5.3, 14),)),
    Role("metered", Rhythm(per_day=8, bursts=(Burst(6.5, 40),)), (Listed(items=40),), (("metered", 0, 14),)),
    Role("slow-days", spells=(("slow", 4, 6),)),
)
"""Forty, so ordered that the first ten are the small world of the tests."""
