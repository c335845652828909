"""Articles out of the archive: text files, JSON lines, CSV; and which ones."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles
from newscrawler.archive.polls.sites import remember_sites
from newscrawler.export import COLUMNS, write_csv, write_jsonl, write_parquet, write_texts
from newscrawler.selection import Selection
from support.archives import a_site, an_article


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Four articles: of two sites, two sections, three days, one without a date, one a near copy."""

    def at(day: int, hour: int = 12) -> datetime:
        return datetime(2026, 11, day, hour, tzinfo=UTC)

    stories = [
        an_article(1, section="اقتصاد", published_at=at(1), paragraphs=("فقرة أولى.", "فقرة ثانية.")),
        an_article(2, section="رياضة", published_at=at(2, 21), standfirst="موجز", authors=("كاتب",)),
        an_article(3, site="beta", section="اقتصاد", published_at=at(2, 22), original_id=1),
        an_article(4, site="beta", title="=1+1"),
    ]
    with archive.transaction() as conn:
        remember_sites(conn, [a_site("alpha"), a_site("beta")], now=at(1))
        for story in stories:
            articles.store(conn, story, search_text="")
    return archive


def ids(archive: Archive, **filters: object) -> list[int]:
    return [row["id"] for row in Selection(**filters).rows(archive.conn)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        ({}, [1, 2, 3, 4]),
        ({"site": "beta"}, [3, 4]),
        ({"section": "اقتصاد"}, [1, 3]),
        ({"site": "beta", "section": "اقتصاد"}, [3]),
        ({"since": "2026-11-02"}, [2, 3]),
        ({"until": "2026-11-02"}, [1, 2]),  # to the end of the day, in Beirut
        ({"since": "2026-11-02", "until": "2026-11-02"}, [2]),
        ({"originals": True}, [1, 2, 4]),
        ({"site": "nobody"}, []),
    ],
    ids=str,
)
def test_filters_choose_and_all_must_hold(filled: Archive, filters: dict[str, object], chosen: list[int]) -> None:
    """An article without a date is in no span of days."""
    assert ids(filled, **filters) == chosen


def test_days_are_the_newsrooms(archive: Archive) -> None:
    """As in the reading room: an hour before midnight UTC it is tomorrow in Beirut, and still today in Nouakchott."""
    at = datetime(2026, 11, 4, 22, tzinfo=UTC)
    zones = {"alpha": "Asia/Beirut", "beta": "Africa/Nouakchott"}
    sites = [a_site(key).model_copy(update={"timezone": zone}) for key, zone in zones.items()]
    with archive.transaction() as conn:
        remember_sites(conn, sites, now=at)
        for number, site in enumerate(zones, 1):
            articles.store(conn, an_article(number, site=site, published_at=at), search_text="")
    assert ids(archive, since="2026-11-05") == ids(archive, since="2026-11-05", until="2026-11-05") == [1]
    assert ids(archive, until="2026-11-04") == ids(archive, since="2026-11-04", until="2026-11-04") == [2]


def rows(archive: Archive) -> Iterable[sqlite3.Row]:
    return Selection().rows(archive.conn)


def test_a_text_file_has_the_shape_of_the_seed_document(filled: Archive, tmp_path: Path) -> None:
    """Section, headline, standfirst, paragraphs, an empty line between each, one newline at the end, UTF-8."""
    assert write_texts(rows(filled), tmp_path / "out") == 4
    first = an_article(1)
    document = (tmp_path / "out" / "alpha" / "1.txt").read_bytes().decode()
    assert document == f"اقتصاد\n\n{first.title}\n\nفقرة أولى.\n\nفقرة ثانية.\n"
    second = (tmp_path / "out" / "alpha" / "2.txt").read_text(encoding="utf-8").split("\n\n")
    assert second[:3] == ["رياضة", an_article(2).title, "موجز"]
    fourth = (tmp_path / "out" / "beta" / "4.txt").read_text(encoding="utf-8")
    assert fourth.startswith("=1+1\n\n")  # no section leaves no gap


def test_json_lines_hold_lists_as_lists_and_arabic_as_arabic(filled: Archive, tmp_path: Path) -> None:
    """One object a line, every public column, None where nothing is known."""
    path = tmp_path / "out.jsonl"
    assert write_jsonl(rows(filled), path) == 4
    lines = path.read_text(encoding="utf-8").splitlines()
    second = json.loads(lines[1])
    assert tuple(second) == COLUMNS
    assert (second["authors"], second["keywords"], second["provenance"]) == (["كاتب"], [], {})
    assert json.loads(lines[3])["published_at"] is None
    assert "رياضة" in lines[1]


def test_a_table_opens_in_a_spreadsheet_and_runs_nothing(filled: Archive, tmp_path: Path) -> None:
    """A byte order mark for the Arabic, an apostrophe before what would be a formula, line breaks inside cells."""
    path = tmp_path / "out.csv"
    assert write_csv(rows(filled), path) == 4
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert table[0]["text"] == "فقرة أولى.\n\nفقرة ثانية."
    assert table[3]["title"] == "'=1+1"


def test_without_pyarrow_parquet_says_so(filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra; nothing is written."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError):
        write_parquet(rows(filled), tmp_path / "out.parquet")
    assert list(tmp_path.glob("*.parquet")) == []


def test_with_pyarrow_a_table_comes_back(filled: Archive, tmp_path: Path) -> None:
    """Numbers as numbers, lists as lists."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    assert write_parquet(rows(filled), tmp_path / "out.parquet") == 4
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert (table[1]["id"], table[1]["authors"], table[2]["original_id"]) == (2, ["كاتب"], 1)


@pytest.mark.parametrize("write", [write_jsonl, write_csv])
def test_an_export_that_fails_leaves_the_one_before(filled: Archive, tmp_path: Path, write: Callable[..., int]) -> None:
    """The new file takes the old one's place only when it is whole, and no half of it is left behind."""
    path = tmp_path / "out"
    path.write_text("yesterday's", encoding="utf-8")

    def breaks() -> Iterator[sqlite3.Row]:
        yield from islice(rows(filled), 2)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write(breaks(), path)
    assert path.read_text(encoding="utf-8") == "yesterday's"
    assert list(tmp_path.glob("out*")) == [path]
    assert write(rows(filled), path) == 4
    assert "yesterday's" not in path.read_text(encoding="utf-8")


def test_an_export_may_go_into_a_pipe(filled: Archive, tmp_path: Path) -> None:
    """What is no file is written to and not replaced: /dev/stdout stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert write_jsonl(rows(filled), pipe) == 4
    reader.join(timeout=10)
    assert len(read[0].splitlines()) == 4
    assert pipe.is_fifo()


@pytest.mark.parametrize("write", [write_jsonl, write_csv])
def test_a_file_that_cannot_be_written_is_an_os_error(
    filled: Archive, tmp_path: Path, write: Callable[..., int]
) -> None:
    """The command makes a sentence of it."""
    with pytest.raises(OSError, match="Is a directory"):
        write(rows(filled), tmp_path)
