"""Is the archive whole? Questions a keeper asks once a month, as values."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from newscrawler.archive.holdings.search_index import outdated_index
from newscrawler.archive.records.warc import OPEN
from newscrawler.text.fingerprint import ALGORITHM


@dataclass(frozen=True, slots=True)
class Finding:
    """One question and its answer."""

    question: str
    """What was looked at."""
    well: bool
    """Whether it is as it should be."""
    detail: str
    """A figure, or what is wrong."""


def examine(conn: sqlite3.Connection, raw_dir: Path) -> list[Finding]:
    """All questions, in order; only the first if the file itself is damaged. Reads only."""
    sound = _integrity(conn)
    if not sound.well:
        return [sound]
    return [
        sound,
        _none(conn, "rows whose parent is missing", "SELECT count(*) FROM pragma_foreign_key_check"),
        _none(conn, "runs whose account does not balance", _ACCOUNTS),
        _none(conn, "near copies of near copies", _CHAINS),
        _none(conn, "articles whose state and absences disagree", _STATES),
        _search(conn),
        _signatures(conn),
        _search_version(conn),
        _files(conn, raw_dir),
        _open_rows(conn),
    ]


_ACCOUNTS = """SELECT count(*) FROM runs WHERE state IN ('finished', 'stopped') AND (taken_up <> ended OR (
                   pruned > 0 AND ended <> pruned + (SELECT count(*) FROM outcomes WHERE run_id = runs.id)))"""

_CHAINS = """SELECT count(*) FROM articles AS copy JOIN articles AS original ON original.id = copy.original_id
             WHERE original.original_id IS NOT NULL"""

_OUTDATED = """SELECT coalesce(signatures.algorithm, 'none at all') AS algorithm, count(*)
               FROM articles LEFT JOIN signatures ON signatures.article_id = articles.id
               WHERE signatures.algorithm IS NOT ? GROUP BY 1 ORDER BY 1"""


_STATES = """SELECT count(*) FROM articles WHERE (state = 'withdrawn') <> EXISTS (
                 SELECT 1 FROM withdrawals WHERE article_id = articles.id AND returned_at IS NULL)"""


def _integrity(conn: sqlite3.Connection) -> Finding:
    try:
        answer: str = conn.execute("PRAGMA integrity_check(3)").fetchone()[0]
    except sqlite3.DatabaseError as why:
        answer = str(why)
    return Finding("SQLite's own integrity check", answer == "ok", answer)


def _none(conn: sqlite3.Connection, question: str, sql: str) -> Finding:
    number: int = conn.execute(sql).fetchone()[0]
    return Finding(question, number == 0, str(number))


def _search(conn: sqlite3.Connection) -> Finding:
    articles: int = conn.execute("SELECT count(*) FROM articles").fetchone()[0]
    indexed: int = conn.execute("SELECT count(*) FROM articles_fts_docsize").fetchone()[0]
    return Finding("articles in the search index", articles == indexed, f"{indexed} of {articles}")


def _signatures(conn: sqlite3.Connection) -> Finding:
    found = conn.execute(_OUTDATED, [ALGORITHM]).fetchall()
    detail = ", ".join(f"{count} {algorithm}" for algorithm, count in found)
    advice = "; `scrapy reextract` makes them anew" if found else "none"
    return Finding("signatures of another algorithm", not found, detail + advice)


def _search_version(conn: sqlite3.Connection) -> Finding:
    older = outdated_index(conn)
    detail = f"{older}; `scrapy reindex` makes it anew" if older else "none"
    return Finding("search text of another version", older is None, detail)


def _files(conn: sqlite3.Connection, raw_dir: Path) -> Finding:
    known = {row[0]: row[1] for row in conn.execute("SELECT file, max(offset + length) FROM captures GROUP BY 1")}
    missing = [name for name, size in known.items() if not _holds(raw_dir, name, size)]
    detail = f"{len(known) - len(missing)} of {len(known)}" + (
        f", missing: {', '.join(missing[:3])}" if missing else ""
    )
    return Finding("WARC files there and long enough", not missing, detail)


def _holds(raw_dir: Path, name: str, size: int) -> bool:
    paths = (raw_dir / name, raw_dir / (name + OPEN))
    return any(path.exists() and path.stat().st_size >= size for path in paths)


def _open_rows(conn: sqlite3.Connection) -> Finding:
    number: int = conn.execute("SELECT count(*) FROM frontier WHERE outcome IS NULL").fetchone()[0]
    return Finding("addresses never visited so far", True, str(number))
