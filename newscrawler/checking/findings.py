"""What a check finds: a SiteCheck for each outlet, with its sources, its articles, and every trouble in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from newscrawler.asking.answers import RobotsWord

Kind = Literal[
    "unreachable",
    "blocked",
    "forbidden",
    "moved",
    "not finished",
    "broken source",
    "broken extraction",
    "wrong dates",
    "stale",
]
"""What may be wrong, the weightiest first: it names the outlet's verdict."""

HEALTHY: Final = "healthy"
"""The verdict of an outlet without trouble."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, and that a person should look at."""

    kind: Kind
    """What sort of thing."""
    where: str
    """A source or an article: its kind and address. Empty: the outlet as a whole."""
    text: str
    """What is wrong, with what was seen."""

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One `[[source]]`, asked."""

    kind: str
    """As in the seed file."""
    url: str
    """As in the seed file."""
    status: int | None = None
    """HTTP status. None: there was no answer."""
    links: int = 0
    """Addresses it lists; of an index those of the parts that were looked into."""
    admitted: int = 0
    """Those among them that are in scope and admitted by `[articles]`."""
    newest: datetime | None = None
    """The newest item's date, UTC. None: its items carry none."""
    moved_to: str | None = None
    """Where a permanent redirect led. None: it answers where the seed file says."""
    seconds: float = 0.0
    """How long all its requests took, polite waits included."""
    troubles: tuple[Trouble, ...] = ()
    """What is wrong with it. Empty: it can be crawled."""


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """One listed page, read as a crawl would read it."""

    url: str
    """As listed."""
    outcome: str
    """`Article`, or the outcome it ends in."""
    detail: str = ""
    """The outcome's reason."""
    title: str | None = None
    """Headline. None: no article."""
    words: int = 0
    """Of the body."""
    published_at: datetime | None = None
    """UTC. None: no date that can be believed."""
    published_from: str | None = None
    """Which place named it."""
    section: str | None = None
    """None: the page shows none."""
    authors: tuple[str, ...] = ()
    """As in the byline."""
    listed_at: datetime | None = None
    """When it was published according to its source, UTC. None: the source doesn't say."""
    seconds: float = 0.0
    """How long the request took, the polite wait included."""

    @property
    def is_article(self) -> bool:
        """Whether it would be archived."""
        return self.outcome == "Article"


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """One outlet, checked."""

    site: str
    """Its id."""
    name: str
    """Its name."""
    status: str
    """Its status in the seed file."""
    at: datetime
    """When the check ended, UTC."""
    robots: RobotsWord
    """What robots.txt says."""
    sources: tuple[SourceCheck, ...] = ()
    """In the seed file's order; those that were asked."""
    articles: tuple[ArticleCheck, ...] = ()
    """Pages that were tried."""
    troubles: tuple[Trouble, ...] = ()
    """Everything that is wrong, those of the sources included."""
    remarks: tuple[str, ...] = ()
    """What is worth knowing and no trouble."""
    requests: int = 0
    """How many addresses were asked, robots.txt and redirects apart."""
    seconds: float = 0.0
    """From first to last."""

    @property
    def verdict(self) -> str:
        """The weightiest kind of trouble; `healthy` where there is none."""
        kinds = {trouble.kind for trouble in self.troubles}
        return next((kind for kind in get_args(Kind) if kind in kinds), HEALTHY)

    @property
    def newest(self) -> datetime | None:
        """The newest item of all sources. None: no source dates its items."""
        return max((source.newest for source in self.sources if source.newest), default=None)
