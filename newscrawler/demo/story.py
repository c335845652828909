"""Story: one piece of the newsroom's prose, and what an archive should find of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["p", "h2", "li", "quote"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a body, in the archive's sense: a subheading or a list item is one too."""

    kind: Kind
    """How the templates set it: paragraph, subheading, list item or quotation."""

    text: str
    """Plain text without markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a page prints, and what an archive should find in it."""

    id: int
    """Number in the outlet's addresses."""

    title: str
    """Headline."""

    body: tuple[Block, ...]
    """The text, in order."""

    slug: str = ""
    """Words of the headline for outlets that print them in the address."""

    section: str | None = None
    """Section as the page shows it. None: it shows none."""

    standfirst: str | None = None
    """Summary between headline and body. None: there is none."""

    authors: tuple[str, ...] = ()
    """Names of the byline."""

    published: datetime | None = None
    """Aware, in the newsroom's zone. None: the page carries no date."""

    modified: datetime | None = None
    """Aware, later than `published`. None: never changed."""

    tags: tuple[str, ...] = ()
    """The page's own tags."""

    case: str | None = None
    """Which special case of `cases.py` the page is. None: an ordinary page."""

    language: str = "ar"
    """ISO 639-1 of the text."""

    charset: Literal["header", "meta", "none"] = "header"
    """Where template "classic" declares windows-1256."""

    entities: bool = False
    """Whether template "app" writes every letter of the body as a numeric entity."""

    noarchive: bool = False
    """Whether the page carries a robots meta `noarchive`."""

    served: bool = True
    """False: lists name the page, and the server answers 404."""

    address: str | None = None
    """Path under which lists name the page, when it isn't the page's own. None: its own."""

    path: str | None = None
    """The page's own path, when it isn't made by the outlet's pattern. None: made by the pattern."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body as an archive should have it."""
        return tuple(block.text for block in self.body)


def paragraphs_as_body(paragraphs: Sequence[str]) -> tuple[Block, ...]:
    """A body of plain paragraphs; nothing in the text is read as a mark."""
    return tuple(Block("p", text) for text in paragraphs)


def newest_first(stories: Sequence[Story]) -> tuple[Story, ...]:
    """By publication, undated ones last; equal times by number."""

    def age(story: Story) -> tuple[float, int]:
        return (-story.published.timestamp() if story.published else 0.0, -story.id)

    return tuple(sorted(stories, key=age))
