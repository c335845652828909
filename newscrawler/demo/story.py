"""Story: one piece of the newsroom's prose, read from a text file with a small header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

Kind = Literal["p", "h2", "li", "quote"]

_MARKS: Final[dict[str, Kind]] = {"## ": "h2", "- ": "li", "> ": "quote"}
_EDITION: Final = ".edition2"


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


def load_stories(folder: Path, *, today: date, zone: str, edition: int = 1) -> tuple[Story, ...]:
    """All stories of a folder in the given edition, newest first.

    A file `x.edition2.txt` replaces `x.txt` from edition 2 on. Raises ValueError naming a file that can't be read.
    """
    chosen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.txt"), key=lambda path: path.stem):
        if path.stem.endswith(_EDITION) and edition < 2:
            continue
        chosen[path.stem.removesuffix(_EDITION)] = path
    stories = []
    for path in chosen.values():
        try:
            stories.append(read_story(path.read_text(encoding="utf-8"), today=today, zone=zone))
        except (KeyError, ValueError) as why:
            raise ValueError(f"{path}: {why!r}") from why
    return newest_first(stories)


def newest_first(stories: Sequence[Story]) -> tuple[Story, ...]:
    """By publication, undated ones last; equal times by number."""

    def age(story: Story) -> tuple[float, int]:
        return (-story.published.timestamp() if story.published else 0.0, -story.id)

    return tuple(sorted(stories, key=age))


def read_story(text: str, *, today: date, zone: str) -> Story:
    """A story from its file: `key: value` lines, an empty line, paragraphs separated by empty lines.

    `## ` marks a subheading, `- ` a list item, `> ` a quotation. Times are «days from today, clock»:
    `-2 09:30`. Raises ValueError or KeyError for a header it doesn't know.
    """
    head, _, body = text.strip().partition("\n\n")
    fields = dict(_field(line) for line in head.splitlines())
    story = Story(
        id=int(fields.pop("id")),
        title=fields.pop("title"),
        body=tuple(_block(part) for part in body.split("\n\n") if part.strip()),
        published=_moment(fields.pop("published", ""), today=today, zone=zone),
        modified=_moment(fields.pop("modified", ""), today=today, zone=zone),
        authors=_list(fields.pop("authors", "")),
        tags=_list(fields.pop("tags", "")),
        entities=fields.pop("entities", "") == "yes",
        noarchive=fields.pop("noarchive", "") == "yes",
        served=fields.pop("served", "yes") == "yes",
    )
    allowed = {"slug", "section", "standfirst", "case", "language", "charset", "address", "path"}
    if unknown := fields.keys() - allowed:
        raise ValueError(f"unknown header {', '.join(sorted(unknown))}")
    return replace(story, **fields)  # type: ignore[arg-type]  # strings, the names are checked above


def _field(line: str) -> tuple[str, str]:
    key, separator, value = line.partition(": ")
    if not separator:
        raise ValueError(f"not a header line: {line!r}")
    return key.strip(), value.strip()


def _block(part: str) -> Block:
    text = " ".join(part.split())
    for mark, kind in _MARKS.items():
        if text.startswith(mark):
            return Block(kind, text.removeprefix(mark))
    return Block("p", text)


def _list(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split("|") if item.strip())


def _moment(value: str, *, today: date, zone: str) -> datetime | None:
    if not value:
        return None
    days, clock = value.split()
    return datetime.combine(today + timedelta(days=int(days)), time.fromisoformat(clock), ZoneInfo(zone))
