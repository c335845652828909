"""The dictionary's file: saves time, and nothing ever depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.text import dictionary_file
from newscrawler.text.dictionary import Dictionary

KEPT = "كتب كتاب"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "newscrawler"


def test_what_was_kept_comes_back(cache: Path) -> None:
    """And nothing else lies beside it."""
    assert dictionary_file.read("one") is None
    dictionary_file.write("one", KEPT)
    assert dictionary_file.read("one") == KEPT
    assert len([*cache.iterdir()]) == 1


def test_what_another_version_made_is_not_used() -> None:
    """It has the place of the one before: there is one file, however often the rules change."""
    dictionary_file.write("one", "x")
    dictionary_file.write("two", KEPT)
    assert dictionary_file.read("one") is None
    assert dictionary_file.read("two") == KEPT


@pytest.mark.parametrize(("kept", "end"), [(-3, b""), (-1, b"\xff"), (0, b"")], ids=["short", "other", "empty"])
def test_a_damaged_file_is_no_file(cache: Path, kept: int, end: bytes) -> None:
    """Cut off, overwritten, or empty after a crash."""
    dictionary_file.write("one", KEPT)
    (path,) = cache.iterdir()
    path.write_bytes(path.read_bytes()[:kept] + end)
    assert dictionary_file.read("one") is None


def test_a_folder_that_cannot_be_written_is_no_error(cache: Path) -> None:
    """A container's user may have none: then the dictionary is made in every process, as it was."""
    cache.parent.write_text("a file where the folder would be", encoding="utf-8")
    dictionary_file.write("one", KEPT)
    assert dictionary_file.read("one") is None


def test_a_full_disk_leaves_nothing_behind(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor an error."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    dictionary_file.write("one", KEPT)
    assert not [*cache.iterdir()]


def test_a_user_without_a_home_has_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """As some that cron runs for."""

    def homeless(*_: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setattr(Path, "home", homeless)
    dictionary_file.write("one", KEPT)
    assert dictionary_file.read("one") is None


def test_a_dictionary_from_the_file_answers_as_the_one_that_was_made(cache: Path) -> None:
    """Every word, every verb, every beginning."""
    made = Dictionary.of_simplemma()
    (path,) = cache.iterdir()
    before = path.stat().st_mtime_ns
    kept = Dictionary.of_simplemma()
    assert path.stat().st_mtime_ns == before
    assert kept.__dict__ == made.__dict__
    assert kept.lemmas("كتابه") == made.lemmas("كتابه") != []
