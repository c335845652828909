"""Piece: one article of the world and everything that ever happens to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Final, Literal

from newscrawler.demo.story import Story
from newscrawler.demo.synthetic import synthetic_site

What = Literal["headline", "correction", "addition", "not-found", "gone", "redirected", "emptied"]
EDITS: Final[tuple[What, ...]] = ("headline", "correction", "addition")
"""Changes of the text; the others take the article away."""
REMOVALS: Final[tuple[What, ...]] = ("not-found", "gone", "redirected", "emptied")
"""404, 410, a redirect to the front page, and a page that says so with status 200."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something the newsroom does to an article after it was published."""

    at: datetime
    """When."""
    what: What
    """An edit of EDITS, or a removal of REMOVALS."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the article's page shows at a time."""

    title: str
    """The headline."""
    paragraphs: tuple[str, ...]
    """The body."""
    gone: What | None = None
    """How it is gone. None: it is there."""
    since: datetime | None = None
    """When it was changed last. None: never."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The truth about one article."""

    site: str
    """Id of its site."""
    number: int
    """Its number there, from 1 in the order of publication."""
    at: datetime
    """Publication."""
    title: str
    """The first headline."""
    paragraphs: tuple[str, ...]
    """The first body."""
    section: str
    """Where it stands."""
    author: str
    """The byline."""
    changes: tuple[Change, ...] = ()
    """What happens to it, in order of time."""
    agency: str | None = None
    """The agency credited at its end. None: its own."""

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/news/{self.number}"

    def shown(self, now: datetime) -> Shown:
        """Its page at a time."""
        return _shown(self, sum(change.at <= now for change in self.changes))

    def edits(self) -> Iterator[Change]:
        """The changes of its text."""
        return (change for change in self.changes if change.what in EDITS)

    def removal(self) -> Change | None:
        """What took it away. None: nothing did."""
        return next((change for change in self.changes if change.what in REMOVALS), None)


@lru_cache(maxsize=20_000)
def _shown(piece: Piece, changes: int) -> Shown:
    title, body, gone, since = piece.title, list(piece.paragraphs), None, None
    for place, change in enumerate(piece.changes[:changes]):
        fresh = prose(f"{piece.site}/{piece.number}/{place}", 1)[0]
        since = change.at
        match change.what:
            case "headline":
                title = fresh.title
            case "correction":
                line = Random(f"{piece.site}/{piece.number}").randrange(len(body))
                words = body[line].split()
                body[line] = " ".join([*words[:3], f"{place + 2}00", "مواطن", *words[4:]])
            case "addition":
                body.append(fresh.paragraphs[0])
            case removal:
                gone = removal
    return Shown(title, tuple(body), gone, since)


def prose(key: str, count: int) -> list[Story]:
    """Texts of our own generator; the same key gives the same ones."""
    return list(synthetic_site(count, seed=Random(key).getrandbits(31)))
