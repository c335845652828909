"""Clusters: an original and its near copies, kept right whatever arrives, changes or goes.

In order of appearance (`precedence`) each article joins the most similar original before it, if it is a near copy of
it; else it is an original itself. So every near copy was compared with its original and not with another near copy:
a chain of small changes can't tie distant texts together. An article appeared when its text did: at its own address, or
at that of an exact copy that is filed under it, whichever was first. `settle` restores this rule after one article
changed, by deciding again about those it can have an effect on, the earliest first. The result doesn't depend on the
order in which the articles were crawled.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import Final

from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.copies.precedence import COLUMNS, COPY_COLUMNS, Standing, standing_of
from newscrawler.archive.copies.twins import Probe, alike
from newscrawler.article import Article, Related
from newscrawler.text.fingerprint import ALGORITHM, Signature, pairs
from newscrawler.text.normalise import fold
from newscrawler.times import iso

_STANDINGS: Final = f"""
SELECT a.original_id, {COLUMNS}
FROM articles AS a JOIN sites AS s ON s.id = a.site WHERE a.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (a constant)

_COPIES: Final = f"""
SELECT {COPY_COLUMNS} FROM copies AS c JOIN sites AS s ON s.id = c.site
WHERE c.article_id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (a constant)

_PROBE: Final = f"""
SELECT a.text, signatures.signature, {COLUMNS}
FROM articles AS a JOIN sites AS s ON s.id = a.site
LEFT JOIN signatures ON signatures.article_id = a.id AND signatures.algorithm = :algorithm WHERE a.id = :id
"""  # noqa: S608 (a constant)

_KNOWN: Final = """
SELECT s.timezone, a.content_hash, a.published_at, a.published_raw, a.first_seen_at, a.original_id
FROM sites AS s LEFT JOIN articles AS a ON a.id = :id WHERE s.id = :site
"""

_LAST: Final = 2**63 - 1
"""Above every row: of two articles that were out and seen at the same moment, the archived one was first."""

_FORGET: Final = "DELETE FROM related WHERE article_id = :id OR other_id = :id"
_FORGET_MATES: Final = """
DELETE FROM related WHERE
    (article_id = :id AND other_id IN (SELECT id FROM articles WHERE id = :root OR original_id = :root))
    OR (other_id = :id AND article_id IN (SELECT id FROM articles WHERE id = :root OR original_id = :root))
"""


def placed(conn: sqlite3.Connection, item: Article, *, known: int | None, limits: Limits) -> Article:
    """An article with what it resembles and the original it belongs to, before it is written.

    `known` is its row of `articles`, if it has one: while its words and its date stay, so does its place.
    """
    row = conn.execute(_KNOWN, {"id": known, "site": item.site}).fetchone()
    published = {"published_at": row["published_at"], "published_raw": row["published_raw"]}
    if item.published_at is not None:
        published = {"published_at": iso(item.published_at), "published_raw": item.published_raw}
    if item.content_hash == row["content_hash"] and published["published_at"] == row["published_at"]:
        return replace(item, original_id=row["original_id"])
    first_seen_at = row["first_seen_at"] or iso(item.fetched_at)
    standing = standing_of(
        {"id": known or _LAST, "timezone": row["timezone"], "first_seen_at": first_seen_at, **published}
    )
    if known is not None:
        standing = min([standing, *_of_copies(conn, [known]).get(known, ())])
    assert item.signature is not None, "the extractor fingerprints every article"
    found = alike(conn, Probe(item.text, item.signature, standing.day, known), limits=limits)
    return replace(item, original_id=original_among(conn, found, standing), alike=found)


def original_among(conn: sqlite3.Connection, found: Sequence[Related], standing: Standing) -> int | None:
    """The original an article with this standing belongs to: the most similar one before it. None: it is one itself."""
    near = {each.article_id: each.similarity for each in found if each.near}
    earlier = [
        (-near[at.article_id], at)
        for at, original_id in _standings(conn, near)
        if original_id is None and at < standing
    ]
    return min(earlier)[1].article_id if earlier else None


def members_of(conn: sqlite3.Connection, article_id: int) -> list[int]:
    """The near copies of an original, without itself."""
    return [row["id"] for row in conn.execute("SELECT id FROM articles WHERE original_id = ?", [article_id])]


def settle(conn: sqlite3.Connection, *articles: int, limits: Limits, found: Sequence[Related] | None = None) -> None:
    """Bring clusters and relations in order after these articles came, or their texts or dates changed.

    `found` is what the only one of them resembles, if that was looked up already. Call it in the transaction that
    wrote them. After a removal, call it with those that were near copies of what is gone.
    """
    members = {member for each in articles for member in members_of(conn, each)}
    if found is not None and not found and not members:  # nineteen of twenty
        _stand_alone(conn, *articles)
        return
    turns = _Turns(conn, {*articles, *members})
    while (standing := turns.next()) is not None:
        article_id = standing.article_id
        given = article_id in articles
        resembles = found if given and found is not None else _look_up(conn, article_id, limits)
        before: int | None = conn.execute("SELECT original_id FROM articles WHERE id = ?", [article_id]).fetchone()[0]
        original_id = original_among(conn, resembles, standing)
        if original_id != before:
            conn.execute("UPDATE articles SET original_id = ? WHERE id = ?", (original_id, article_id))
        if original_id is not None:
            turns.add(members_of(conn, article_id))
        elif given or before is not None:
            turns.add(each.article_id for each in resembles if each.near)
        if given or original_id != before:
            _relate(conn, article_id, original_id or article_id, resembles, afresh=given)


@contextmanager
def kept_in_order(conn: sqlite3.Connection, *articles: int, limits: Limits) -> Iterator[None]:
    """Around what files or removes exact copies of these articles: who was out first by that is settled after it."""
    before = _first_out(conn, articles)
    yield
    moved = [article_id for article_id, at in _first_out(conn, articles).items() if at != before[article_id]]
    if moved:
        settle(conn, *moved, limits=limits)


def _first_out(conn: sqlite3.Connection, articles: Iterable[int]) -> dict[int, str]:
    return {standing.article_id: standing.out_at for standing, _ in _standings(conn, articles)}


def _stand_alone(conn: sqlite3.Connection, article_id: int) -> None:
    conn.execute("UPDATE articles SET original_id = NULL WHERE id = ? AND original_id IS NOT NULL", [article_id])
    conn.execute(_FORGET, {"id": article_id})


class _Turns:
    """Whose turn it is, in order of appearance. Nobody has two, and nobody before the one whose turn it was."""

    def __init__(self, conn: sqlite3.Connection, articles: Iterable[int]) -> None:
        self._conn = conn
        self._waiting = [standing for standing, _ in _standings(conn, articles)]
        heapify(self._waiting)
        self._known = {standing.article_id for standing in self._waiting}
        self._last: Standing | None = None

    def next(self) -> Standing | None:
        """The earliest of those that wait. None: nobody does."""
        self._last = heappop(self._waiting) if self._waiting else None
        return self._last

    def add(self, articles: Iterable[int]) -> None:
        """Let them wait, too, if they come after the one whose turn it is."""
        assert self._last is not None
        for standing, _ in _standings(self._conn, set(articles) - self._known):
            if standing > self._last:
                heappush(self._waiting, standing)
                self._known.add(standing.article_id)


def _standings(conn: sqlite3.Connection, articles: Iterable[int]) -> list[tuple[Standing, int | None]]:
    ids = sorted(articles)
    if not ids:
        return []
    copied = _of_copies(conn, ids)
    own = [(standing_of(row), row["original_id"]) for row in conn.execute(_STANDINGS, [json.dumps(ids)])]
    return [(min([at, *copied.get(at.article_id, ())]), original_id) for at, original_id in own]


def _of_copies(conn: sqlite3.Connection, articles: Sequence[int]) -> dict[int, list[Standing]]:
    """When the texts of these articles were out at the addresses of their exact copies."""
    copied: dict[int, list[Standing]] = {}
    for row in conn.execute(_COPIES, [json.dumps(articles)]):
        copied.setdefault(row["id"], []).append(standing_of(row))
    return copied


def _look_up(conn: sqlite3.Connection, article_id: int, limits: Limits) -> tuple[Related, ...]:
    row = conn.execute(_PROBE, {"id": article_id, "algorithm": ALGORITHM}).fetchone()
    stored = row["signature"]
    signature = Signature.from_bytes(stored) if stored else Signature.of(pairs(fold(row["text"])))
    return alike(conn, Probe(row["text"], signature, standing_of(row).day, article_id), limits=limits)


def _relate(conn: sqlite3.Connection, article_id: int, root_id: int, found: Sequence[Related], *, afresh: bool) -> None:
    """Note those that share text and are of another cluster: one row for a pair, the newer article first."""
    if afresh:
        conn.execute(_FORGET, {"id": article_id})
    standings = _standings(conn, {each.article_id for each in found})
    others = {at.article_id: original_id or at.article_id for at, original_id in standings}
    pairs_found = [
        (max(article_id, each.article_id), min(article_id, each.article_id), round(each.similarity, 4))
        for each in found
        if others[each.article_id] != root_id
    ]
    conn.executemany("INSERT OR REPLACE INTO related (article_id, other_id, similarity) VALUES (?, ?, ?)", pairs_found)
    if not afresh:
        conn.execute(_FORGET_MATES, {"id": article_id, "root": root_id})
