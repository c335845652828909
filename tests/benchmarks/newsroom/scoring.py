"""How right what was read is: page by page, field by field, against what the newspaper printed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Final
from urllib.parse import urlsplit

from newscrawler.text.normalise import clean
from tests.benchmarks.newsroom.stories import BenchStory

FIELDS: Final = ("title", "paragraphs", "date", "section", "author", "copies")
"""What is scored, each 0 to 1: exact headline, F1 of paragraphs, the very day, exact section and author, and F1 of the
pairs of a copy and its original. Only pages that were asked for count; copies only for who says that there are some."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody read from one page."""

    title: str
    """Headline; empty: none."""
    lines: tuple[str, ...]
    """Paragraphs."""
    day: str
    """YYYY-MM-DD as the newsroom counts days; empty: none."""
    section: str
    """Section; empty: none."""
    authors: tuple[str, ...]
    """Authors."""


def of_lines(path: Path, zone: object) -> dict[str, Reading]:
    """Readings by path, from a rival's JSON lines."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        lines = tuple(text for part in (row["text"] or "").split("\n") if (text := clean(part)))
        found[urlsplit(row["url"]).path] = Reading(
            clean(row["title"] or ""),
            lines,
            _day(row["date"], zone),
            clean(row["section"] or ""),
            tuple(row["authors"]),
        )
    return found


def of_archive(path: Path, zone: object) -> tuple[dict[str, Reading], dict[str, str]]:
    """Readings by path, and of each copy or near copy the path of its original."""
    with closing(sqlite3.connect(path)) as conn:
        rows = conn.execute("SELECT id, url, title, text, published_at, section, authors, original_id FROM articles")
        found, paths, near = {}, {}, {}
        for key, url, title, text, at, section, authors, original in rows:
            paths[key] = urlsplit(url).path
            found[paths[key]] = Reading(
                title, tuple(text.split("\n\n")), _day(at, zone), section or "", tuple(json.loads(authors))
            )
            if original is not None:
                near[paths[key]] = original
        copies = {path: paths[original] for path, original in near.items()}
        copies |= {urlsplit(url).path: paths[key] for url, key in conn.execute("SELECT url, article_id FROM copies")}
    return found, copies


def score(
    stories: Iterable[BenchStory], readings: Mapping[str, Reading], copies: Mapping[str, str] | None
) -> dict[str, float]:
    """Each field of FIELDS, 0 to 1. A page that wasn't read counts as wrong in all. Of a story and its copies one has
    to be read: the story's own page, or where that was filed as the copy of another, that other one.
    """
    asked = list(stories)
    of_story: dict[int, list[BenchStory]] = {}
    for story in asked:
        of_story.setdefault(story.original if story.kind == "copy" and story.original else story.number, []).append(
            story
        )
    wanted = [next((each for each in same if each.path in readings), same[0]) for same in of_story.values()]
    marks = [_marks(story, readings.get(story.path)) for story in wanted]
    result = {name: round(mean(mark[name] for mark in marks), 4) for name in FIELDS[:-1]}
    if copies is not None:
        result["copies"] = round(_pairs_right(asked, copies), 4)
    return result


def _marks(story: BenchStory, got: Reading | None) -> dict[str, float]:
    if got is None:
        return dict.fromkeys(FIELDS, 0.0)
    return {
        "title": got.title == clean(story.title),
        "paragraphs": _f1(story.paragraphs, got.lines),
        "date": got.day == story.published.date().isoformat(),
        "section": got.section == story.section,
        "author": got.authors == (story.author,),
    }


def _f1(wanted: Sequence[str], got: Sequence[str]) -> float:
    shared = len(set(wanted) & set(got))
    return 2 * shared / (len(wanted) + len(got)) if shared else 0.0


def _pairs_right(stories: Iterable[BenchStory], copies: Mapping[str, str]) -> float:
    """F1 of «these belong together»: which of them was first isn't asked."""
    paths = {story.number: story.path for story in stories}
    root: dict[str, str] = {}
    for story in stories:
        if story.original is not None:
            root[story.path] = paths[story.original]
    wanted = {frozenset((root.get(story.path, story.path), story.path)) for story in stories if story.path in root}
    groups: dict[str, set[str]] = {}
    for one, other in copies.items():
        groups.setdefault(other, {other}).add(one)
    found = 0
    declared = 0
    for members in groups.values():
        of_story = {root.get(path, path) for path in members}
        declared += len(members) - 1
        found += len(members) - len(of_story)
    return 2 * found / (len(wanted) + declared) if found else 0.0


def _day(at: str | None, zone: object) -> str:
    if not at:
        return ""
    read = datetime.fromisoformat(at)
    return (read.astimezone(zone) if read.tzinfo else read).date().isoformat()  # type: ignore[arg-type]
