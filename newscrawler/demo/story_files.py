"""Stories from text files: a small header, then paragraphs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.demo.story import Block, Kind, Story, newest_first

_MARKS: Final[dict[str, Kind]] = {"## ": "h2", "- ": "li", "> ": "quote"}
_EDITION: Final = ".edition2"


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
