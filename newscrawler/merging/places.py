"""Sites, sources and addresses. Of what both archives know, the one that asked last tells how it stands."""

from __future__ import annotations

import sqlite3
from typing import Final

from newscrawler.archive import Archive
from newscrawler.merging.attached import bring, columns_of
from newscrawler.merging.ledger import ranges

_SITES: Final = """UPDATE main.sites SET first_seen_at = min(sites.first_seen_at, t.first_seen_at),
last_crawled_at = nullif(max(coalesce(sites.last_crawled_at, ''), coalesce(t.last_crawled_at, '')), '')
FROM theirs.sites AS t WHERE t.id = sites.id
AND (t.first_seen_at < sites.first_seen_at OR t.last_crawled_at > coalesce(sites.last_crawled_at, ''))"""

_PARENTS: Final = """UPDATE main.sources SET parent_id = p.id FROM theirs.sources AS t
JOIN theirs.sources AS tp ON tp.id = t.parent_id JOIN main.sources AS p ON p.site = tp.site AND p.url = tp.url
WHERE t.site = sources.site AND t.url = sources.url AND sources.parent_id IS NULL"""

_ADDRESSES: Final = """theirs.frontier AS t LEFT JOIN temp.sources_of AS s ON s.theirs = t.source_id
LEFT JOIN temp.runs_of AS r ON r.theirs = t.taken_run LEFT JOIN temp.articles_of AS m ON m.theirs = t.article_id
LEFT JOIN main.copies AS c ON c.url = t.url AND (t.outcome = 'Copy' OR m.copy)
WHERE t.id BETWEEN ? AND ?"""

_SELECTED: Final = {
    "source_id": "s.ours",
    "taken_run": "r.ours",
    "article_id": "CASE WHEN NOT coalesce(m.copy, 0) THEN m.ours END",
    "outcome": "CASE WHEN m.copy THEN 'Copy' ELSE t.outcome END",
    "detail": """CASE WHEN m.copy THEN 'of article ' || m.ours || ': the same text'
WHEN c.url IS NOT NULL AND t.detail LIKE 'of article %:%'
THEN 'of article ' || c.article_id || substr(t.detail, instr(t.detail, ':')) ELSE t.detail END""",
}

_REFUSED: Final = """UPDATE main.frontier SET due_at = NULL, outcome = 'TakenDown', title = NULL,
detail = (SELECT reason FROM main.takedowns WHERE takedowns.url = frontier.url)
WHERE url IN (SELECT url FROM main.takedowns) AND outcome IS NOT 'TakenDown'"""


def bring_places(archive: Archive) -> None:
    """Sites, sources, what a backfill has still to read, hosts that asked to wait, and addresses to be forgotten."""
    with archive.transaction() as conn:
        bring(conn, "sites", selected={"id": "t.id"}, source="theirs.sites AS t WHERE true")
        conn.execute(_SITES)
        bring(conn, "sources", selected={"parent_id": "NULL"}, source="theirs.sources AS t ORDER BY t.id")
        conn.execute(_PARENTS)
        _newer(conn, "sources", key=("site", "url"), told_at="last_polled_at", without=("parent_id",))
        conn.execute(
            """INSERT INTO temp.sources_of (theirs, ours) SELECT t.id, o.id
               FROM theirs.sources AS t JOIN main.sources AS o ON o.site = t.site AND o.url = t.url"""
        )
        bring(conn, "backfill", selected={}, source="theirs.backfill AS t ORDER BY t.id")
        _newer(conn, "backfill", key=("site", "url"), told_at="done_at")
        bring(conn, "hosts", selected={}, source="theirs.hosts AS t WHERE true")
        _newer(conn, "hosts", key=("host",), told_at="refused_at")
        bring(conn, "forgotten", selected={}, source="theirs.forgotten AS t WHERE true")


def bring_addresses(archive: Archive) -> int:
    """The frontier; returns how many addresses are new. Call it when articles and copies are here."""
    new = 0
    for part in ranges(archive.conn, "frontier"):
        with archive.transaction() as conn:
            new += bring(conn, "frontier", selected=_SELECTED, source=f"{_ADDRESSES} ORDER BY t.id", values=part)
            _visited_later(conn, part)
    with archive.transaction() as conn:
        conn.execute(_REFUSED)
    return new


def _visited_later(conn: sqlite3.Connection, part: tuple[int, int]) -> None:
    """Addresses that both know, and theirs was visited last."""
    names = columns_of(conn, "frontier", without=("id", "url", "discovered_at", "article_id"))
    selected = ", ".join(f"{_SELECTED.get(name, f't.{name}')} AS {name}" for name in names)
    pairs = ", ".join(f"{name} = n.{name}" for name in names)
    conn.execute(
        f"""UPDATE main.frontier SET {pairs},
                article_id = CASE WHEN n.is_copy THEN NULL ELSE coalesce(n.article_id, frontier.article_id) END
            FROM (SELECT t.url, coalesce(m.copy, 0) AS is_copy,
                      {_SELECTED["article_id"]} AS article_id, {selected} FROM {_ADDRESSES}) AS n
            WHERE n.url = frontier.url AND coalesce(n.ended_at, '') > coalesce(frontier.ended_at, '')""",  # noqa: S608
        part,
    )
    conn.execute(
        """UPDATE main.frontier SET discovered_at = t.discovered_at FROM theirs.frontier AS t
           WHERE t.id BETWEEN ? AND ? AND t.url = frontier.url AND t.discovered_at < frontier.discovered_at""",
        part,
    )


def _newer(
    conn: sqlite3.Connection, table: str, *, key: tuple[str, ...], told_at: str, without: tuple[str, ...] = ()
) -> None:
    pairs = ", ".join(f"{name} = t.{name}" for name in columns_of(conn, table, without=("id", *key, *without)))
    same = " AND ".join(f"t.{name} = {table}.{name}" for name in key)
    conn.execute(
        f"""UPDATE main.{table} SET {pairs} FROM theirs.{table} AS t
            WHERE {same} AND coalesce(t.{told_at}, '') > coalesce({table}.{told_at}, '')"""  # noqa: S608 (own names)
    )
