"""The questions on the database's page: documented, indexed, right."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlite_utils import Database

from browse.sample_archive import Get
from newscrawler.browse import canned, sql_functions
from newscrawler.browse.outcome_names import MEANINGS
from newscrawler.outcome import Archived, Copy, NotModified, Shortened, all_outcomes

_QUERIES = sorted(canned.canned_queries())
_SMALL = {"s", "revisions", "withdrawals", "runs"}
"""Outlets are few, and of edits and absences only the newest are read, in the order of their ids."""


def _rows(get: Get, name: str, **params: str) -> list[dict[str, Any]]:
    response = get(f"/archive/{name}.json?_shape=array&{urlencode(params)}")
    assert response.status_code == 200, response.text
    rows: list[dict[str, Any]] = response.json()
    return rows


@pytest.mark.parametrize("name", _QUERIES)
def test_every_query_is_introduced_and_runs(get: Get, name: str) -> None:
    """Title and description in both languages; the page opens with its parameters left empty."""
    query = canned.canned_queries()[name]
    assert not re.search("[\u0600-\u06ff]", query["title_en"] + query["description_en"])
    assert re.search("[\u0621-\u064a]{3}", query["title"])
    assert re.search("[\u0621-\u064a]{3}", query["description"])
    page = get(f"/archive/{name}")
    assert page.status_code == 200
    assert query["title"] in page.text
    assert query["title"] in get("/archive").text


@pytest.mark.parametrize("name", _QUERIES)
def test_every_parameter_is_explained(name: str) -> None:
    """What can be typed into the form is named in the description."""
    query = canned.canned_queries()[name]
    for parameter in re.findall(r":(\w+)", re.sub(r"'[^']*'", "", query["sql"])):
        assert parameter in query["description"]
        assert parameter in query["description_en"]


@pytest.mark.parametrize("name", _QUERIES)
def test_no_query_reads_a_large_table_whole(archive: Database, name: str) -> None:
    """Tables are searched by an index or counted in a covering one; whole scans are of results only."""
    sql_functions.register(archive.conn)
    sql = canned.canned_queries()[name]["sql"]
    params = dict.fromkeys(re.findall(r":(\w+)", sql), "x")
    plan = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
    results = {made[1] for step in plan if (made := re.match(r"(?:CO-ROUTINE|MATERIALIZE) (\w+)", step))}
    scanned = {scan[1] for step in plan if (scan := re.match(r"SCAN (\w+)(?: USING INDEX .*)?$", step))}
    assert scanned - results <= _SMALL, plan


def test_a_query_without_description_is_refused() -> None:
    """A file that nobody can understand on the page doesn't get there."""
    with pytest.raises(ValueError, match=r"x\.sql"):
        canned._read("x.sql", "-- title: عنوان\nSELECT 1")


def test_articles_per_day_counts_newsroom_days(get: Get) -> None:
    """Midnight is the newsroom's; `since` and `site` narrow."""
    rows = _rows(get, "articles-per-day")
    counts = {(row["day"], row["site"]): (row["articles"], row["near_copies"]) for row in rows}
    assert counts == {
        ("2026-11-23", "sahil"): (1, 0),
        ("2026-11-23", "waha"): (1, 1),
        ("2026-11-22", "sahil"): (1, 0),
        ("2026-11-21", "waha"): (1, 0),
    }
    assert {row["day"] for row in _rows(get, "articles-per-day", since="2026-11-23")} == {"2026-11-23"}
    assert {row["site"] for row in _rows(get, "articles-per-day", site="waha")} == {"waha"}


def test_most_copied_counts_exact_and_near_copies(get: Get) -> None:
    """One exact and one near copy, both in one other outlet."""
    (row,) = _rows(get, "most-copied")
    assert (row["article_id"], row["copies"], row["near_copies"], row["outlets"]) == (1, 1, 1, 1)


def test_headline_changes_pair_each_headline_with_the_next(get: Get, archive: Database) -> None:
    """Of an article with three headlines both changes are told, and an edit of the text alone is none."""
    archive.execute(
        """INSERT INTO revisions (article_id, seen_at, title, text, content_hash, replaced_at, kind)
           SELECT 1, '2026-11-22T23:00:00Z', title, text, 'x', '2026-11-22T23:30:00Z', 'correction'
           FROM articles WHERE id = 1"""
    )
    archive.execute("UPDATE articles SET title = 'عنوان ثالث' WHERE id = 1")
    archive.execute(
        """INSERT INTO revisions (article_id, seen_at, title, text, content_hash, replaced_at, kind)
           SELECT 2, 'x', title, 'x', 'x', 'x', 'rewrite' FROM articles WHERE id = 2"""
    )
    archive.conn.commit()
    rows = [(row["title_before"], row["title"]) for row in _rows(get, "headline-changes")]
    assert rows == [
        ("افتتاح الرصيف الجديد في المرفأ", "عنوان ثالث"),
        ("قرب افتتاح الرصيف في المرفأ", "افتتاح الرصيف الجديد في المرفأ"),
    ]


def test_withdrawn_articles_are_told_with_their_reason(get: Get) -> None:
    """And whether they are back."""
    (row,) = _rows(get, "withdrawn-articles")
    assert (row["article_id"], row["reason"], row["detail"], row["returned_at"]) == (
        3,
        "not-found",
        "404",
        "2026-11-22T20:00:00Z",
    )


def test_outcomes_of_the_last_run(get: Get) -> None:
    """Every address of the run is counted once, with the outcome's meaning."""
    rows = _rows(get, "last-run-outcomes")
    assert sum(row["addresses"] for row in rows) == 4
    assert {row["meaning"] for row in rows if row["outcome"] == "HttpError"} == {MEANINGS["HttpError"]}
    assert _rows(get, "last-run-outcomes", run="7") == []


def test_rejected_addresses_leave_out_what_was_kept(get: Get) -> None:
    """Whatever ended well or as a copy is not rejected; the filters narrow."""
    assert {row["outcome"] for row in _rows(get, "rejected-addresses")} == {"NotAnArticle", "NotArabic", "HttpError"}
    assert {row["url"] for row in _rows(get, "rejected-addresses", site="waha")} == {"https://waha.example/gone"}
    assert {row["detail"] for row in _rows(get, "rejected-addresses", outcome="NotAnArticle")} == {"gallery"}


def test_the_outcomes_that_are_not_rejections_are_named_in_the_query() -> None:
    """A new good end must be added to the query's list."""
    kept = {c.__name__ for c in all_outcomes() if issubclass(c, Archived | Copy | NotModified | Shortened)}
    listed = re.search(r"NOT IN \(([^)]*)\)", canned.canned_queries()["rejected-addresses"]["sql"])
    assert listed
    assert set(re.findall(r"'(\w+)'", listed[1])) == kept


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://sahil.example/a/1", "مقال محفوظ"),
        ("  https://SAHIL.example/a/1?utm_source=x#top ", "مقال محفوظ"),
        ("https://waha.example/رياضة/3", "مقال محفوظ"),
        ("https://waha.example/copy", "نسخة من مقال محفوظ"),
        ("https://sahil.example/removed", "حُذف بطلب"),
        ("https://sahil.example/fa", "آخر زيارة: " + MEANINGS["NotArabic"]),
        ("https://sahil.example/fa", "الجولة 1: " + MEANINGS["NotArabic"]),
    ],
)
def test_why_not_here_finds_an_address_however_it_is_typed(get: Get, url: str, what: str) -> None:
    """Tracking parameters, capitals, blanks and unescaped Arabic don't hide an address."""
    assert what in {row["what"] for row in _rows(get, "why-not-here", url=url)}


def test_why_not_here_of_an_unknown_address_is_empty(get: Get) -> None:
    """No row means: never discovered. Nonsense is no error."""
    assert _rows(get, "why-not-here", url="https://sahil.example/never") == []
    assert _rows(get, "why-not-here", url="no address") == []


def test_revised_articles_show_the_former_headline(get: Get) -> None:
    """Only a headline that changed is listed beside the present one."""
    (row,) = _rows(get, "revised-articles")
    assert (row["article_id"], row["title_before"]) == (1, "قرب افتتاح الرصيف في المرفأ")


def test_every_outcome_has_an_arabic_meaning() -> None:
    """A reader can look up why a page isn't there."""
    assert {outcome.__name__ for outcome in all_outcomes()} == MEANINGS.keys()


def test_a_foreign_connection_gets_no_functions(tmp_path: Path) -> None:
    """Functions are added to archives only."""
    conn = sqlite3.connect(tmp_path / "x.db")
    sql_functions.register(conn)
    with pytest.raises(sqlite3.OperationalError):
        conn.execute("select newsroom_day('2026-01-01T00:00:00Z', 'UTC')")
    conn.close()
