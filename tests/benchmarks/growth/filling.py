"""An archive filled with any number of invented articles within minutes: rows made by SQLite itself, in bulk.

Texts have 60 words, a fifth of a real article's; everything else is as many rows as a crawl writes: 42 bands, a
signature, five tags, a frontier row, an outcome and a capture for each article, and the full-text index.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

from newscrawler.archive import Archive
from newscrawler.text.fingerprint import ALGORITHM

WORDS: Final = 60
"""Words of a text."""
TAGS: Final = 20_000
"""Different tags."""
BANDS: Final = 42
_RANGE: Final = "WITH RECURSIVE new(id) AS (SELECT :first UNION ALL SELECT id + 1 FROM new WHERE id < :last)"
_AT: Final = "strftime('%Y-%m-%dT%H:%M:%SZ', 1577836800 + id * 60, 'unixepoch')"
_FILLED: Final = (
    f"""INSERT INTO captures (id, url, requested_url, site, run_id, fetched_at, status, content_type, file, offset,
            length, sha256)
        SELECT id, 'https://alpha.example/old/' || id, 'https://alpha.example/old/' || id, 'alpha', 1, {_AT}, 200,
            'text/html; charset=utf-8', 'old-' || (id / 40000) || '.warc.gz', (id % 40000) * 25000, 25000,
            hex(randomblob(32)) FROM new""",
    f"""INSERT INTO articles (id, url, site, section, title, text, published_at, published_from, language, words,
            first_seen_at, last_seen_at, capture_id, extractor, provenance, content_hash, search_text)
        SELECT id, 'https://alpha.example/old/' || id, CASE id % 5 WHEN 0 THEN 'beta' ELSE 'alpha' END,
            'قسم ' || (id % 12), prose(id, 8), prose(id, {WORDS}), {_AT}, 'json-ld', 'ar', {WORDS}, {_AT}, {_AT}, id,
            'filled', '{{"title": "h1"}}', hex(randomblob(16)), prose(id, {WORDS + 8}) FROM new""",
    f"""INSERT INTO frontier (url, site, title, discovered_at, due_at, taken_run, visits, outcome, ended_at, article_id)
        SELECT 'https://alpha.example/old/' || id, 'alpha', prose(id, 8), {_AT},
            CASE WHEN id % 10 = 0 THEN '2030-01-01T00:00:00Z' END, 1, 5, 'New', {_AT}, id FROM new""",
    f"""INSERT INTO outcomes (run_id, url, site, outcome, article_id, capture_id, at)
        SELECT 1, 'https://alpha.example/old/' || id, 'alpha', 'New', id, id, {_AT} FROM new""",
    f"INSERT INTO signatures (article_id, algorithm, signature) SELECT id, '{ALGORITHM}', randomblob(512) FROM new",
    f"""INSERT OR IGNORE INTO article_tags (article_id, tag_id, source, confidence)
        SELECT id, 1 + abs(random() % {TAGS}), 'lexicon', 0.8
        FROM new, (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5)""",
)
_INDEXED: Final = ("articles_fts_insert", "articles_fts_delete", "articles_fts_update")


def fill(archive: Archive, *, first: int, last: int, words: Sequence[str], progress: Callable[[str], None]) -> None:
    """Add the articles `first` to `last`. Run 1, the sites alpha and beta must be there."""
    conn = archive.conn
    conn.create_function("prose", 2, _prose(words), deterministic=True)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA cache_size = -400000")
    numbers = {"first": first, "last": last}
    if first == 1:
        with archive.transaction():
            conn.executemany(
                "INSERT INTO tags (id, kind, name) VALUES (?, 'topic', ?)",
                ((n, f"وسم {n}") for n in range(1, TAGS + 1)),
            )
    named = "SELECT sql FROM sqlite_master WHERE name = ?"
    triggers = [conn.execute(named, [name]).fetchone()[0] for name in _INDEXED]
    for statement in _FILLED:
        progress(statement.split()[2] if "IGNORE" not in statement else "article_tags")
        with archive.transaction():
            for name in _INDEXED if " articles " in statement else ():
                conn.execute(f"DROP TRIGGER {name}")
            head, _, rest = statement.partition("SELECT")
            conn.execute(f"{head} {_RANGE} SELECT{rest}", numbers)
            for sql in triggers if " articles " in statement else ():
                conn.execute(sql)
    progress("bands")
    _bands(archive, numbers)
    progress("articles_fts")
    with archive.transaction():
        conn.execute(
            """INSERT INTO articles_fts (rowid, search_text)
               SELECT id, search_text FROM articles WHERE id BETWEEN :first AND :last""",
            numbers,
        )
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.execute("PRAGMA synchronous = NORMAL")


def _bands(archive: Archive, numbers: dict[str, int]) -> None:
    """In the order of their keys: at random places 42 million rows would take an hour."""
    conn = archive.conn
    conn.execute("CREATE TEMP TABLE band (number INTEGER PRIMARY KEY)")
    conn.executemany("INSERT INTO band VALUES (?)", ((number,) for number in range(BANDS)))
    with archive.transaction():
        conn.execute(
            f"""INSERT OR IGNORE INTO bands (key, article_id)
                {_RANGE} SELECT random() AS key, id FROM new, band ORDER BY key""",
            numbers,
        )
    conn.execute("DROP TABLE band")


def _prose(words: Sequence[str]) -> Callable[[int, int], str]:
    """Words by their frequency: one in a thousand words makes half of a text."""
    weights = [1 / (place + 3) for place in range(len(words))]
    drawn = random.Random(5).choices(words, weights, k=200_000)

    def prose(number: int, length: int) -> str:
        begin = (number * 7919 + length) % (len(drawn) - length)
        return " ".join(drawn[begin : begin + length])

    return prose


def size_of(conn: sqlite3.Connection) -> int:
    """Bytes of the file."""
    pages: int = conn.execute("PRAGMA page_count").fetchone()[0]
    size: int = conn.execute("PRAGMA page_size").fetchone()[0]
    return pages * size
