"""Revisions: what an article was before a newspaper edited it, since when, until when, and what kind of edit it was."""

from __future__ import annotations

import sqlite3

from newscrawler.article import Article
from newscrawler.text.edits import Edit, State, edit_between


def state_of_row(row: sqlite3.Row) -> State:
    """The state that a row of `articles` holds."""
    return State(row["title"], row["standfirst"], row["text"])


def state_of(article: Article) -> State:
    """The state that a page showed."""
    return State(article.title, article.standfirst, article.text)


def edit_of(known: sqlite3.Row, article: Article) -> Edit | None:
    """What the newspaper did since the row of `articles` was read. None: nothing.

    Where the older page was read again beside the newer one (`Article.earlier`), that reading counts and not the
    stored one: what today's extractor reads differently from the one of last month is no edit.
    """
    earlier = _earlier(known, article)
    return edit_between(state_of(earlier) if earlier else state_of_row(known), state_of(article))


def keep_older_state(conn: sqlite3.Connection, known: sqlite3.Row, article: Article, edit: Edit, *, at: str) -> None:
    """Keep the state of a row of `articles` that is about to be overwritten; `at` is when the newer one was seen."""
    earlier = _earlier(known, article)
    state = state_of(earlier) if earlier else state_of_row(known)
    conn.execute(
        """INSERT INTO revisions (article_id, seen_at, title, standfirst, text, content_hash, capture_id,
               replaced_at, kind, words_changed)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            known["id"],
            known["changed_at"] or known["first_seen_at"],
            state.title,
            state.standfirst,
            state.text,
            earlier.content_hash if earlier else known["content_hash"],
            known["capture_id"],
            at,
            edit.kind,
            edit.words_changed,
        ),
    )


def what_changed(known: sqlite3.Row, article: Article, edit: Edit) -> str:
    """An outcome's detail: the fields, and a warning where the change may be our extractor's."""
    fields = ", ".join(edit.fields)
    if _earlier(known, article) is None and known["extractor"] != article.extractor:
        return f"{fields}; the older page can't be read again, and {known['extractor']} had read it"
    return fields


def _earlier(known: sqlite3.Row, article: Article) -> Article | None:
    earlier = article.earlier
    return earlier if earlier is not None and earlier.capture_id == known["capture_id"] else None
