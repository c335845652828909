"""bring_together(): an article that both archives have, because its outlet moved from one machine to the other.

Who saw it last tells how it is. What the other one saw is its past, if it was another text.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.merging.histories import History, Past, joined, past_of

_THEIR_PAST: Final = """SELECT t.*, k.ours AS our_capture FROM theirs.revisions AS t
LEFT JOIN temp.captures_of AS k ON k.theirs = t.capture_id WHERE t.article_id = ?"""

_KEPT: Final = ("url", "original_id", "state", "first_seen_at", "last_seen_at", "changed_at")
"""Columns that don't come with the newer text."""

_ABSENCES: Final = """INSERT INTO main.withdrawals (article_id, withdrawn_at, reason, detail, capture_id, returned_at)
SELECT :ours, t.withdrawn_at, t.reason, t.detail, k.ours, t.returned_at FROM theirs.withdrawals AS t
LEFT JOIN temp.captures_of AS k ON k.theirs = t.capture_id WHERE t.article_id = :theirs AND NOT EXISTS (
    SELECT 1 FROM main.withdrawals AS o WHERE o.article_id = :ours
    AND o.withdrawn_at <= coalesce(t.returned_at, '9') AND t.withdrawn_at <= coalesce(o.returned_at, '9'))"""

_BACK: Final = """UPDATE main.withdrawals SET returned_at = :seen WHERE article_id = :ours AND returned_at IS NULL
AND withdrawn_at < :seen"""

_STATE: Final = """UPDATE main.articles SET state = CASE WHEN EXISTS (
    SELECT 1 FROM main.withdrawals WHERE article_id = :ours AND returned_at IS NULL) THEN 'withdrawn' ELSE 'live' END
WHERE id = :ours"""


@dataclass(frozen=True, slots=True)
class Change:
    """What bringing two rows together did to ours."""

    text_is_theirs: bool
    """Whether its text, tags and signature are to be theirs now."""
    revised: bool
    """Whether anything of it changed but when it was seen."""
    settle: bool
    """Whether its place among near copies has to be decided again."""


def bring_together(conn: sqlite3.Connection, ours: sqlite3.Row, theirs: sqlite3.Row, values: dict[str, Any]) -> Change:
    """Make our row that of both; `values` are theirs as columns of ours."""
    same_bytes = ours["capture_id"] is not None and ours["capture_id"] == values["capture_id"]
    take = _is_newer(theirs, ours, same_bytes=same_bytes)
    mine = past_of(ours, seen_at=_since(ours), capture_id=ours["capture_id"])
    other = past_of(theirs, seen_at=_since(theirs), capture_id=values["capture_id"])
    older = _pasts(conn, ours["id"], theirs["id"])
    if not same_bytes:
        older.append(mine if take else other)
    history = joined(older, other if take else mine)
    new = {name: values[name] for name in values if name not in _KEPT} if take else {}
    if take and new["published_at"] is None:  # a date once read is not lost because the other machine found none
        new |= {name: ours[name] for name in ("published_at", "published_raw", "published_from")}
    new |= {
        "first_seen_at": min(ours["first_seen_at"], theirs["first_seen_at"]),
        "last_seen_at": max(ours["last_seen_at"], theirs["last_seen_at"]),
        "changed_at": history.since if history.replaced else None,
    }
    changed = {name: value for name, value in new.items() if ours[name] != value}
    if changed:
        pairs = ", ".join(f"{name} = :{name}" for name in changed)
        conn.execute(f"UPDATE main.articles SET {pairs} WHERE id = :id", changed | {"id": ours["id"]})  # noqa: S608
    rewritten = _keep(conn, ours["id"], history)
    _bring_absences(conn, ours["id"], theirs["id"], seen=new["last_seen_at"])
    moved = {"content_hash", "published_at", "published_raw", "first_seen_at"}.intersection(changed)
    text_is_theirs = bool(take and {"text", "title", "standfirst", "tagged_with"}.intersection(changed))
    return Change(text_is_theirs, rewritten or text_is_theirs, bool(moved))


def _is_newer(theirs: sqlite3.Row, ours: sqlite3.Row, *, same_bytes: bool) -> bool:
    """Whether theirs is how the article is. The same bytes read twice: the newer extractor's reading is."""
    if same_bytes:
        return bool(theirs["extractor"] > ours["extractor"])

    def order(row: sqlite3.Row) -> tuple[str, str, str]:
        return row["last_seen_at"], _since(row), row["content_hash"]

    return order(theirs) > order(ours)


def _since(row: sqlite3.Row) -> str:
    since: str = row["changed_at"] or row["first_seen_at"]
    return since


def _pasts(conn: sqlite3.Connection, ours: int, theirs: int) -> list[Past]:
    own = conn.execute("SELECT * FROM main.revisions WHERE article_id = ?", [ours])
    pasts = [past_of(row, seen_at=row["seen_at"], capture_id=row["capture_id"]) for row in own]
    foreign = conn.execute(_THEIR_PAST, [theirs])
    return pasts + [past_of(row, seen_at=row["seen_at"], capture_id=row["our_capture"]) for row in foreign]


def _keep(conn: sqlite3.Connection, article_id: int, history: History) -> bool:
    """Make the rows of `revisions` this history, those that are there keeping their ids. False: they were so."""
    there: dict[tuple[object, ...], sqlite3.Row] = {}
    stale = []
    for row in conn.execute("SELECT * FROM main.revisions WHERE article_id = ? ORDER BY id", [article_id]):
        key = (row["seen_at"], row["title"], row["standfirst"], row["text"])
        if key in there:
            stale.append(row["id"])
        there[key] = row
    changed = bool(stale)
    for each in history.replaced:
        past, edit = each.past, each.edit
        row = there.pop((past.seen_at, past.state.title, past.state.standfirst, past.state.text), None)
        if row is None:
            changed = True
            conn.execute(
                """INSERT INTO main.revisions (article_id, seen_at, title, standfirst, text, content_hash, capture_id,
                       replaced_at, kind, words_changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    article_id,
                    past.seen_at,
                    past.state.title,
                    past.state.standfirst,
                    past.state.text,
                    past.content_hash,
                    past.capture_id,
                    each.at,
                    edit.kind,
                    edit.words_changed,
                ),
            )
        elif row["replaced_at"] != each.at:
            changed = True
            conn.execute(
                "UPDATE main.revisions SET replaced_at = ?, kind = ?, words_changed = ? WHERE id = ?",
                (each.at, edit.kind, edit.words_changed, row["id"]),
            )
    stale += [row["id"] for row in there.values()]
    conn.executemany("DELETE FROM main.revisions WHERE id = ?", [(key,) for key in stale])
    return changed or bool(there)


def _bring_absences(conn: sqlite3.Connection, ours: int, theirs: int, *, seen: str) -> None:
    """Absences that overlap are one; whoever saw the article after one began saw it back."""
    conn.execute(_ABSENCES, {"ours": ours, "theirs": theirs})
    conn.execute(_BACK, {"ours": ours, "seen": seen})
    conn.execute(_STATE, {"ours": ours})
