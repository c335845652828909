"""Site, Source, Rule, Expect: what a seed file says, checked. `seeds.py` reads the files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Final, Literal, Self
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from newscrawler.countries import COUNTRY_CODES
from newscrawler.hours import Hours
from newscrawler.seed_values import AbsoluteUrl, Encoding, Host, Pattern, Selector, Zone
from newscrawler.times import zone_of
from newscrawler.urls import BadUrl, host_of

_DAY: Final = re.compile(r"\{date:([^{}]*%[^{}]*)\}")

Months = Literal["gulf", "levant", "iraq", "egypt", "maghreb", "morocco", "mauritania"]


def _country(code: str) -> str:
    if code != "pan" and code not in COUNTRY_CODES:
        raise ValueError(f'{code!r} is neither an ISO 3166-1 code in capitals, such as "EG", nor "pan"')
    return code


def _hours(value: Hours | str) -> Hours:
    return value if isinstance(value, Hours) else Hours.of(value)


class _Seed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Source(_Seed):
    """A place that lists articles."""

    kind: Literal["feed", "news-sitemap", "sitemap", "section", "archive"]
    """What the address serves, and so which reader of `discovery/` gets it. `archive`: a listing page for each day."""
    url: AbsoluteUrl
    """Absolute address. Of an archive with the day in it: `{date:%Y/%m/%d}`, in the letters of `strftime`."""
    section: str | None = None
    """The section of everything it lists. None: the source mixes sections."""
    max_pages: Annotated[int, Field(ge=1, le=500)] = 5
    """Pages to turn, section pages and those of one day of an archive only."""
    first_day: datetime.date | None = None
    """A backfill goes back to this day; an archive needs it. None: as far as there is anything."""
    evidence: str | None = None
    """Who saw this address, and when. None: what the outlet's own `evidence` says."""

    @model_validator(mode="after")
    def _day_where_it_belongs(self) -> Self:
        dated = _DAY.search(self.url) is not None
        if (self.kind == "archive") != dated:
            raise ValueError(
                f"an archive's url has the day in it, e.g. {{date:%Y/%m/%d}}: {self.url!r}"
                if self.kind == "archive"
                else f"only a source of kind archive has {{date:…}} in its url: {self.url!r}"
            )
        if dated and self.first_day is None:
            raise ValueError("an archive needs first_day, the first day that has a page")
        return self

    def url_on(self, day: datetime.date) -> str:
        """The address of an archive's page of that day; any other source's one address."""
        return _DAY.sub(lambda found: day.strftime(found[1]), self.url)


class Articles(_Seed):
    """Which addresses of the site are articles."""

    allow: tuple[Pattern, ...] = ()
    """Regular expressions searched in the address; one must match. Empty: ask the page itself."""
    deny: tuple[Pattern, ...] = ()
    """Regular expressions; an address that one of them matches is never requested."""
    examples: tuple[AbsoluteUrl, ...] = ()
    """Addresses of real articles: a file whose patterns turn one of them away is refused."""

    def admits(self, url: str) -> bool:
        """Whether the address may be an article. Patterns may be written with Arabic letters or with escapes."""
        spellings = (url, unquote(url))
        if any(re.search(pattern, spelling) for pattern in self.deny for spelling in spellings):
            return False
        return not self.allow or any(re.search(pattern, spelling) for pattern in self.allow for spelling in spellings)


class Rule(_Seed):
    """CSS selectors for pages where the general extractor is not enough."""

    since: datetime.date = datetime.date.min
    """First capture date this rule is for; the newest that is not later than the capture wins."""
    title: Selector | None = None
    """Exactly one element: the headline."""
    body: Selector | None = None
    """Exactly one element: everything of the article's body is inside."""
    section: Selector | None = None
    """Exactly one element: the section as the reader sees it."""
    author: Selector | None = None
    """One or more elements, one author each."""
    date: Selector | None = None
    """Exactly one element; its `datetime` or `content` attribute, else its text."""
    drop: tuple[Selector, ...] = ()
    """Elements removed before anything is read; any number."""


class Expect(_Seed):
    """What a healthy crawl yields. Broken expectations make the crawl exit 1."""

    articles_per_day_min: Annotated[float, Field(ge=0)] = 0.0
    """New articles in the 24 hours before the run's end. 0: not checked."""
    dated_share_min: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Share of this run's new articles that have a date, 0 to 1. 0: not checked."""


class Site(_Seed):
    """One outlet: one seed file."""

    id: str
    """The file's name without `.toml`."""
    name: str = Field(min_length=1)
    """The outlet's name, Arabic."""
    name_en: str | None = None
    """The outlet's name in English. None: not known."""
    country: Annotated[str, AfterValidator(_country)] = "pan"
    """ISO 3166-1 alpha-2 in capitals, or "pan"."""
    kind: Literal["newspaper", "agency", "tv", "portal", "gov"] = "newspaper"
    """What sort of outlet it is."""
    home: AbsoluteUrl
    """Home page; its host and `hosts` are the scope."""
    hosts: tuple[Host, ...] = ()
    """Further hosts in scope, with the port where it isn't the scheme's own."""
    shared_hosts: bool = False
    """Whether other outlets may have the same hosts, each its part of them: then `allow` says which."""
    timezone: Zone
    """IANA zone of the newsroom: dates without a zone are read in it."""
    months: Months | None = None
    """Which month names and date formats the site uses. None: all are tried."""
    encoding: Encoding = ""
    """Character encoding, only where the site does not declare it."""
    status: Literal["active", "candidate", "paused", "broken", "gone"] = "active"
    """Only active sites are crawled unless a site is named on the command line."""
    status_note: str | None = None
    """Why it isn't active."""
    delay_s: Annotated[float, Field(ge=0, le=3600)] = 2.0
    """Seconds between two requests to the site."""
    concurrency: Annotated[int, Field(ge=1, le=32)] = 1
    """Requests under way at once."""
    quiet_hours: tuple[Annotated[Hours, BeforeValidator(_hours)], ...] = ()
    """Parts of the day, on the newsroom's clock, in which nothing is requested."""
    requests_per_run_max: Annotated[int, Field(ge=0)] = 0
    """Requests in one run, whatever they are for. 0: no limit."""
    private_network: bool = False
    """Whether the site may be on loopback or a private address (demo, tests, intranets)."""
    checked: datetime.date | None = None
    """When a person last looked at robots.txt and terms."""
    evidence: str | None = None
    """Where the facts come from."""
    source: tuple[Source, ...] = ()
    """Where articles are listed."""
    articles: Articles = Articles()
    """Which addresses are articles."""
    rule: tuple[Rule, ...] = ()
    """Selectors, versioned by date."""
    expect: Expect = Expect()
    """What a healthy crawl yields."""

    @cached_property
    def scope(self) -> frozenset[str]:
        """Hosts (with port where needed) whose pages are this site's; with and without `www.`."""
        hosts = {host_of(self.home), *self.hosts}
        return frozenset(hosts | {twin for host in hosts for twin in _www_twin(host)})

    def in_scope(self, url: str) -> bool:
        """Whether the address is on one of the site's hosts. False for what is no http(s) address."""
        try:
            return host_of(url) in self.scope
        except BadUrl:
            return False

    def quiet_at(self, at: datetime.datetime) -> Hours | None:
        """The quiet hours that hold at an instant (aware). None: none do."""
        if not self.quiet_hours:
            return None
        there = at.astimezone(zone_of(self.timezone)).time()
        return next((hours for hours in self.quiet_hours if there in hours), None)

    def rule_for(self, day: datetime.date) -> Rule | None:
        """The newest rule that was in force on the day of the capture. None: there is none."""
        valid = [rule for rule in self.rule if rule.since <= day]
        return max(valid, key=lambda rule: rule.since, default=None)


def _www_twin(host: str) -> Iterable[str]:
    if host.startswith("www."):
        return (host.removeprefix("www."),)
    is_name = "." in host and not re.fullmatch(r"[\d.]+(:\d+)?|\[.*", host)
    return (f"www.{host}",) if is_name else ()
