from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newscrawler.demo.story import Block
from newscrawler.demo.story_files import load_stories, read_story

TODAY = date(2026, 3, 2)
FILE = """\
id: 5
title: عنوان: فيه نقطتان
authors: أول | ثانٍ
published: -2 09:30
served: no

فقرة أولى
تتمتها في سطر آخر

## عنوان فرعي

- بند

> قول
"""


def test_a_story_is_header_and_paragraphs() -> None:
    """Marks at the start of a paragraph say what it is; a line break inside one is a space."""
    story = read_story(FILE, today=TODAY, zone="Africa/Cairo")
    assert (story.id, story.title, story.authors, story.served) == (5, "عنوان: فيه نقطتان", ("أول", "ثانٍ"), False)
    assert story.published == datetime(2026, 2, 28, 9, 30, tzinfo=ZoneInfo("Africa/Cairo"))
    assert story.body == (
        Block("p", "فقرة أولى تتمتها في سطر آخر"),
        Block("h2", "عنوان فرعي"),
        Block("li", "بند"),
        Block("quote", "قول"),
    )


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ("id: 1\ntitle: ع\ncolour: red\n\nنص", "unknown header colour"),
        ("id: 1\ntitle without colon\n\nنص", "not a header line"),
        ("id: 1\n\nنص", "title"),
        ("id: one\ntitle: ع\n\nنص", "invalid literal"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, file: str, complaint: str) -> None:
    """Whoever adds a story learns which file is wrong, and why."""
    (tmp_path / "bad.txt").write_text(file, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"bad\.txt.*{complaint}"):
        load_stories(tmp_path, today=TODAY, zone="UTC")


def test_a_second_edition_replaces_the_first(tmp_path: Path) -> None:
    """One story, two files: the edition chooses, and never prints both. Undated stories come last."""
    for name, header in (
        ("a", "id: 1\ntitle: قديم"),
        ("a.edition2", "id: 1\ntitle: جديد"),
        ("b", "id: 2\ntitle: آخر\npublished: -9 10:00"),
    ):
        (tmp_path / f"{name}.txt").write_text(f"{header}\n\nنص", encoding="utf-8")
    first = load_stories(tmp_path, today=TODAY, zone="UTC")
    second = load_stories(tmp_path, today=TODAY, zone="UTC", edition=2)
    assert [story.title for story in first] == ["آخر", "قديم"]
    assert [story.title for story in second] == ["آخر", "جديد"]
