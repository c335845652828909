"""A large invented archive with everything the reading room shows: clusters, tags, edits, absences, crawls."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from newscrawler.archive import Archive, open_archive
from newscrawler.text.search import search_text
from newscrawler.times import iso
from tests.benchmarks.search import Words

OUTLETS: Final = 60
TAGS: Final = 4000
RUNS: Final = 60
NEWEST: Final = datetime(2026, 11, 22, 9, tzinfo=UTC)

_SECTIONS: Final = ("سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "علوم", "منوعات", None)
_KINDS: Final = ("person", "organisation", "place", "topic", "keyword")
_COUNTRIES: Final = ("LB", "EG", "TN", "IQ", "MA", "SA", "JO", "DZ")
_ZONES: Final = ("Asia/Beirut", "Africa/Cairo", "Africa/Tunis", "Asia/Baghdad", "Africa/Casablanca", "Asia/Riyadh")
_ENDS: Final = ("Unchanged",) * 40 + ("New",) * 5 + ("Copy", "NotAnArticle", "HttpError", "Unreachable", "TooShort")
_OUTCOMES_A_RUN: Final = 5000
_CLUSTER_EVERY: Final = 25
"""Every so many articles one is an agency's: three near copies and two copies of it follow."""

_ARTICLE: Final = """INSERT INTO articles (id, url, site, section, title, text, agency, published_at, language, words,
    original_id, first_seen_at, last_seen_at, extractor, content_hash, search_text)
    VALUES (:id, :url, :site, :section, :title, :text, :agency, :at, 'ar', :words, :original, :at, :at, 'bench',
    'hash' || :id, :searched)"""


def build(path: Path, articles: int) -> None:
    """An archive of that many articles, made by the project's schema with its triggers."""
    chance = random.Random(6)
    words = Words(chance)
    with open_archive(path) as archive:
        _surroundings(archive, chance)
        rows = _articles(articles, words, chance)
        for first in range(0, articles, 2000):
            with archive.transaction() as conn:
                for row in (row for _, row in zip(range(first, min(first + 2000, articles)), rows, strict=False)):
                    conn.execute(_ARTICLE, row)
                    _belongings(conn, row, chance)
        with archive.transaction() as conn:
            conn.executemany(
                "INSERT INTO outcomes (run_id, url, site, outcome, detail, at) VALUES (?, ?, ?, ?, '', ?)",
                _outcomes(articles, chance),
            )
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _articles(number: int, words: Words, chance: random.Random) -> Iterator[dict[str, Any]]:
    original: dict[str, Any] = {}
    for key in range(1, number + 1):
        site = f"outlet{int(chance.triangular(0, OUTLETS, 0))}"
        at = NEWEST - timedelta(minutes=15 * (number - key) + chance.randint(0, 300))
        title = " ".join(words.drawn(9))
        place = key % _CLUSTER_EVERY
        if original and place in (1, 2, 3):  # the agency's text in another paper, some words changed
            body = original["text"].split(" ")
            for _ in range(15):
                body[chance.randrange(len(body))] = words.drawn(1)[0]
            text = " ".join(body)
        else:
            text = "\n\n".join(" ".join(words.drawn(chance.randint(30, 80))) for _ in range(chance.randint(3, 7)))
        row = {
            "id": key,
            "url": f"https://{site}.example/{key}",
            "site": site,
            "section": chance.choice(_SECTIONS),
            "title": title,
            "text": text,
            "agency": "أ ف ب" if place <= 3 else None,
            "at": iso(at),
            "words": len(text.split()),
            "original": original.get("id") if place in (1, 2, 3) else None,
            "searched": search_text(title, "", text),
        }
        if place == 0:
            original = row
        yield row


def _belongings(conn: Any, row: dict[str, Any], chance: random.Random) -> None:
    """Five tags each; now and then an edit, an absence, a copy, a relation."""
    for tag in {_tag(chance) for _ in range(5)}:
        conn.execute(
            "INSERT INTO article_tags (article_id, tag_id, source, confidence) VALUES (?, ?, 'lexicon', 0.9)",
            (row["id"], tag),
        )
    conn.execute(
        "INSERT INTO frontier (url, site, discovered_at, visits, outcome, article_id) VALUES (?, ?, ?, 3, 'New', ?)",
        (row["url"], row["site"], row["at"], row["id"]),
    )
    if row["id"] % 30 == 0:
        conn.execute(
            "INSERT INTO revisions (article_id, seen_at, title, text, content_hash, replaced_at, kind, words_changed)"
            " VALUES (:id, :at, :title, :text, 'older', :at, 'correction', 4)",
            row,
        )
    if row["id"] % 200 == 0:
        conn.execute("UPDATE articles SET state = 'withdrawn' WHERE id = :id", row)
        conn.execute("INSERT INTO withdrawals (article_id, withdrawn_at, reason) VALUES (:id, :at, 'not-found')", row)
    if row["id"] % _CLUSTER_EVERY == 0:
        for number in range(2):
            site = f"outlet{chance.randrange(OUTLETS)}"
            conn.execute(
                "INSERT INTO copies (url, article_id, site, title, published_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    f"https://{site}.example/copy/{row['id']}/{number}",
                    row["id"],
                    site,
                    row["title"],
                    row["at"],
                    row["at"],
                ),
            )


_WEIGHTS: Final = list(accumulate(1 / (rank + 2) for rank in range(TAGS)))


def _tag(chance: random.Random) -> int:
    """The n-th tag is n times rarer than the first."""
    return chance.choices(range(1, TAGS + 1), cum_weights=_WEIGHTS)[0]


def _surroundings(archive: Archive, chance: random.Random) -> None:
    with archive.transaction() as conn:
        for number in range(OUTLETS):
            conn.execute(
                "INSERT INTO sites (id, name, country, kind, home, timezone, status, first_seen_at, last_crawled_at)"
                " VALUES (?, ?, ?, 'newspaper', ?, ?, 'active', '2024-01-01T00:00:00Z', ?)",
                (
                    f"outlet{number}", f"صحيفة {number}", _COUNTRIES[number % 8], f"https://outlet{number}.example/",
                    _ZONES[number % 6], iso(NEWEST),
                ),
            )  # fmt: skip
        conn.executemany(
            "INSERT INTO tags (id, kind, name) VALUES (?, ?, ?)",
            [(key, chance.choice(_KINDS), f"وسم {key}") for key in range(1, TAGS + 1)],
        )
        conn.executemany(
            "INSERT INTO runs (id, started_at, finished_at, state, spider, pid, version, taken_up, ended, exit_code)"
            " VALUES (?, ?, ?, 'finished', 'news', 1, 'bench', ?, ?, 0)",
            [
                (run, iso(_began(run)), iso(_began(run) + timedelta(hours=1)), _OUTCOMES_A_RUN, _OUTCOMES_A_RUN)
                for run in range(1, RUNS + 1)
            ],
        )


def _began(run: int) -> datetime:
    return NEWEST - timedelta(days=RUNS - run, hours=1)


def _outcomes(articles: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    for run in range(1, RUNS + 1):
        for number in range(_OUTCOMES_A_RUN):
            site = f"outlet{int(chance.triangular(0, OUTLETS, 0))}"
            at = _began(run) + timedelta(seconds=0.7 * number)
            url = f"https://{site}.example/{chance.randrange(articles)}?{number}"
            yield run, url, site, chance.choice(_ENDS), iso(at)
