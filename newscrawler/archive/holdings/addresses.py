"""Which addresses an article goes by: copies filed under it, and an address it claimed and has to give back."""

from __future__ import annotations

import sqlite3

from newscrawler.archive.holdings.articles import id_of
from newscrawler.article import Article
from newscrawler.times import iso


def file_copy(conn: sqlite3.Connection, article: Article, original_id: int, *, url: str) -> None:
    """File the same text at another address under the article that has it."""
    conn.execute(
        """INSERT INTO copies (url, article_id, site, title, published_at, seen_at, capture_id, agency)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (url) DO UPDATE SET article_id = excluded.article_id, title = excluded.title,
               published_at = excluded.published_at, agency = excluded.agency""",
        (
            url,
            original_id,
            article.site,
            article.title,
            iso(article.published_at) if article.published_at else None,
            iso(article.fetched_at),
            article.capture_id,
            article.agency,
        ),
    )


def filed_under(conn: sqlite3.Connection, *urls: str) -> set[int]:
    """The articles as whose copies these addresses are filed."""
    found = (conn.execute("SELECT article_id FROM copies WHERE url = ?", [url]).fetchone() for url in set(urls))
    return {row["article_id"] for row in found if row is not None}


def is_copy_of_older_text(conn: sqlite3.Connection, url: str) -> bool:
    """Whether an address is filed as a copy of an article whose text was edited since. It may have the old words still:
    then it is a near copy now, and its page has to be read again, though it hasn't changed.
    """
    query = """SELECT 1 FROM copies JOIN articles ON articles.id = copies.article_id
               JOIN revisions ON revisions.article_id = articles.id
               WHERE copies.url = ? AND replaced_at >= copies.seen_at
                   AND revisions.content_hash <> articles.content_hash"""
    return conn.execute(query, [url]).fetchone() is not None


def give_back_address(conn: sqlite3.Connection, article_id: int) -> bool:
    """Move an article from the canonical address it claimed to the one it was asked under.

    For the day when another article turns out to live there. False: it has no other address.
    """
    row = conn.execute(
        """SELECT frontier.url FROM frontier JOIN articles ON articles.id = frontier.article_id
           WHERE articles.id = ? AND frontier.url <> articles.url ORDER BY frontier.id LIMIT 1""",
        [article_id],
    ).fetchone()
    if row is None or id_of(conn, row["url"]) is not None:
        return False
    conn.execute("UPDATE articles SET url = ? WHERE id = ?", (row["url"], article_id))
    return True
