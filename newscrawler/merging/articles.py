"""Articles: each of theirs is new here, or a copy of one, or one that both archives have.

Who is whose copy is decided by the rules of a crawl: the same content hash is a copy, `clusters.settle` does the rest.
A crawl takes the text that it meets first for the article and the others for copies. Here nobody was first, so the
one that was out first is it, and the result doesn't depend on which archive is merged into which.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from newscrawler.archive import Archive
from newscrawler.archive.copies import clusters, signatures
from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.copies.precedence import COLUMNS, standing_of
from newscrawler.archive.holdings import articles
from newscrawler.merging.attached import bring, columns_of
from newscrawler.merging.copies import file_as_copy, turn_into_copy
from newscrawler.merging.same_address import bring_together
from newscrawler.text.fingerprint import ALGORITHM, Signature, content_hash, pairs
from newscrawler.text.normalise import fold
from newscrawler.text.search import search_text, search_version
from newscrawler.text.tags import Tag

BATCH: Final = 100
"""Articles in a transaction: some tenths of a second, which is what a kill may cost."""

_NEXT: Final = """SELECT t.*, k.ours AS our_capture, s.timezone FROM theirs.articles AS t
JOIN main.sites AS s ON s.id = t.site LEFT JOIN temp.captures_of AS k ON k.theirs = t.capture_id
WHERE t.id > ? ORDER BY t.id LIMIT ?"""

_IS_REFUSED: Final = """SELECT EXISTS (SELECT 1 FROM main.takedowns WHERE url = :url
OR url IN (SELECT url FROM theirs.frontier WHERE article_id = :id))"""

_HAS_PAST: Final = """SELECT EXISTS (SELECT 1 FROM {schema}.revisions WHERE article_id = :id)
OR EXISTS (SELECT 1 FROM {schema}.withdrawals WHERE article_id = :id)"""

_TWINS: Final = f"""SELECT {COLUMNS}, a.url FROM main.articles AS a JOIN main.sites AS s ON s.id = a.site
WHERE a.content_hash = ? AND a.url <> ?"""  # noqa: S608 (a constant)

_TAGS: Final = """SELECT tags.kind, tags.name, given.source, given.confidence, given.mentions, tags.name_en,
tags.country FROM theirs.article_tags AS given
JOIN theirs.tags AS tags ON tags.id = given.tag_id WHERE given.article_id = ?"""

_COPIES: Final = """theirs.copies AS t JOIN temp.articles_of AS m ON m.theirs = t.article_id AND m.ours IS NOT NULL
LEFT JOIN temp.captures_of AS k ON k.theirs = t.capture_id
WHERE t.url NOT IN (SELECT url FROM main.takedowns) AND t.url NOT IN (SELECT url FROM main.articles)"""

_EARLIER: Final = f"""UPDATE main.copies SET seen_at = n.seen_at, capture_id = n.capture_id
FROM (SELECT t.url, t.seen_at, k.ours AS capture_id FROM {_COPIES}) AS n
WHERE n.url = copies.url AND n.seen_at < copies.seen_at"""  # noqa: S608 (a constant)


class ArticleMerger:
    """Brings articles, one after the other; `done` counts what came of them."""

    def __init__(self, archive: Archive, *, limits: Limits) -> None:
        """`theirs` is attached, and its captures are mapped."""
        self.archive = archive
        self.conn = archive.conn
        self.limits = limits
        self.done: Counter[str] = Counter()
        """`new`, `revised`, `known`, `copies`, `refused`."""
        self._columns = columns_of(self.conn, "articles", without=("id",))
        said = dict(self.conn.execute("SELECT key, value FROM theirs.meta").fetchall())
        self._searched_alike = said.get("search_version") == search_version() and "search_reindexing" not in said

    def bring_all(self) -> None:
        """All of theirs, in batches; each is a transaction."""
        last = 0
        while batch := self.conn.execute(_NEXT, (last, BATCH)).fetchall():
            with self.archive.transaction():
                for row in batch:
                    self._bring(row)
            last = batch[-1]["id"]

    def bring_copies(self) -> None:
        """Addresses that they have filed as copies. Call it when all articles are here."""
        selected = {"article_id": "m.ours", "capture_id": "k.ours"}
        with self.archive.transaction() as conn:
            theirs = [row["ours"] for row in conn.execute(f"SELECT DISTINCT m.ours FROM {_COPIES}")]  # noqa: S608
            with clusters.kept_in_order(conn, *theirs, limits=self.limits):
                self.done["copies"] += bring(conn, "copies", selected=selected, source=_COPIES)
                conn.execute(_EARLIER)

    def _bring(self, row: sqlite3.Row) -> None:
        if self.conn.execute(_IS_REFUSED, {"url": row["url"], "id": row["id"]}).fetchone()[0]:
            self.done["refused"] += 1
            return
        known = self.conn.execute("SELECT * FROM main.articles WHERE url = ?", [row["url"]]).fetchone()
        if known is None:
            self._bring_new(row)
            return
        change = bring_together(self.conn, known, row, self._values(row))
        if change.text_is_theirs:
            self._remember(known["id"], row)
        if change.settle:
            clusters.settle(self.conn, known["id"], limits=self.limits)
        self.done["revised" if change.revised else "known"] += 1
        self._map(row["id"], known["id"])

    def _bring_new(self, row: sqlite3.Row) -> None:
        values = self._values(row)
        twins = self.conn.execute(_TWINS, (values["content_hash"], row["url"])).fetchall()
        first = min([row, *twins], key=_order)
        if first is not row and not self._has_past("theirs", row["id"]):
            new = file_as_copy(self.conn, row, first["id"])
            self.done["copies" if new else "known"] += 1
            self._map(row["id"], first["id"], copy=True)
            return
        article_id = self._insert(values)
        self._map(row["id"], article_id)
        self._bring_past(row["id"], article_id)
        self._remember(article_id, row)
        left = [mate for twin in twins if first is row for mate in self._displace(twin["id"], article_id)]
        clusters.settle(self.conn, article_id, limits=self.limits)
        clusters.settle(self.conn, *left, limits=self.limits)
        self.done["new"] += 1

    def _displace(self, twin: int, by: int) -> Sequence[int]:
        """Ours was out later: it becomes a copy, unless it has a past of its own. Returns whom it leaves behind."""
        if self._has_past("main", twin):
            return ()
        self.conn.execute("UPDATE temp.articles_of SET ours = ?, copy = 1 WHERE ours = ?", (by, twin))
        return turn_into_copy(self.conn, twin, by)

    def _values(self, row: sqlite3.Row) -> dict[str, Any]:
        """The row as one of ours, but for its cluster."""
        values = {name: row[name] for name in self._columns}
        values |= {"original_id": None, "capture_id": row["our_capture"]}
        if not self._searched_alike:
            values["search_text"] = search_text(row["title"], row["standfirst"] or "", row["text"])
        if self._signature(row["id"]) is None:
            values["content_hash"] = content_hash(fold(row["text"]))
        return values

    def _insert(self, values: dict[str, Any]) -> int:
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        cursor = self.conn.execute(f"INSERT INTO main.articles ({names}) VALUES ({marks})", values)  # noqa: S608
        self.conn.execute("DELETE FROM main.copies WHERE url = ?", [values["url"]])  # it has a text of its own now
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _bring_past(self, theirs: int, ours: int) -> None:
        for table in ("revisions", "withdrawals"):
            source = f"theirs.{table} AS t LEFT JOIN temp.captures_of AS k ON k.theirs = t.capture_id"
            selected = {"article_id": str(ours), "capture_id": "k.ours"}
            bring(
                self.conn,
                table,
                selected=selected,
                source=f"{source} WHERE t.article_id = ? ORDER BY t.id",
                values=(theirs,),
            )

    def _remember(self, article_id: int, row: sqlite3.Row) -> None:
        """Signature and tags."""
        signature = self._signature(row["id"]) or Signature.of(pairs(fold(row["text"])))
        signatures.remember(self.conn, article_id, signature)
        articles.tag(self.conn, article_id, [Tag(*tag) for tag in self.conn.execute(_TAGS, [row["id"]])])

    def _signature(self, theirs: int) -> Signature | None:
        """None: they have none of today's algorithm."""
        found = self.conn.execute(
            "SELECT signature FROM theirs.signatures WHERE article_id = ? AND algorithm = ?", (theirs, ALGORITHM)
        ).fetchone()
        return Signature.from_bytes(found["signature"]) if found else None

    def _has_past(self, schema: str, article_id: int) -> bool:
        """Whether it was edited or gone: then it stays an article, as one does whose text becomes another's."""
        return bool(self.conn.execute(_HAS_PAST.format(schema=schema), {"id": article_id}).fetchone()[0])

    def _map(self, theirs: int, ours: int, *, copy: bool = False) -> None:
        self.conn.execute("INSERT OR REPLACE INTO temp.articles_of VALUES (?, ?, ?)", (theirs, ours, int(copy)))


def _order(row: sqlite3.Row) -> tuple[str, str, str]:
    """Who was out first; by address where that can't be told, which is the same in every archive."""
    standing = standing_of(row)
    return standing.out_at, standing.first_seen_at, row["url"]
