"""Validators: what a server said of a page at one visit, by which to ask at the next whether it has changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Final, Self

WRONG: Final = ""
"""In place of a header that said "as before" of a page whose text had changed: it isn't asked with any more."""


@dataclass(frozen=True, slots=True)
class Validators:
    """Three ways to know a page again."""

    etag: str | None = None
    """The ETag header. None: not sent. Empty: it was wrong once."""
    last_modified: str | None = None
    """The Last-Modified header. None: not sent. Empty: it was wrong once."""
    body_hash: str | None = None
    """SHA-256 of the body as sent, hex. None: no body was kept in mind."""

    @classmethod
    def of_row(cls, row: sqlite3.Row) -> Self:
        """Those of a row of `frontier`."""
        return cls(row["etag"], row["last_modified"], row["body_hash"])

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; none if the server gave nothing to ask with."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}

    def after(self, before: Self, *, edited: bool) -> Self:
        """These, to be kept after a visit whose answer is `before` the archive's. `edited`: the text had changed,
        so a header that is the same as before was wrong. What was wrong once stays so.
        """

        def believed(new: str | None, old: str | None) -> str | None:
            return WRONG if old == WRONG or (edited and new and new == old) else new

        return replace(
            self,
            etag=believed(self.etag, before.etag),
            last_modified=believed(self.last_modified, before.last_modified),
        )


def keep_validators(conn: sqlite3.Connection, url: str, new: Validators) -> None:
    """Keep what a server said of an address. Call it in the transaction that ends the visit: validators of a page
    that was never read would hide it at the next visit.
    """
    conn.execute(
        "UPDATE frontier SET etag = ?, last_modified = ?, body_hash = ? WHERE url = ?",
        (new.etag, new.last_modified, new.body_hash, url),
    )


def distrust(conn: sqlite3.Connection, site: str, *, before: Validators, now: Validators) -> None:
    """A header that has just turned out wrong for one page of a site is not believed for its others either."""
    for column in ("etag", "last_modified"):
        if getattr(now, column) == WRONG != getattr(before, column):
            conn.execute(
                f"UPDATE frontier SET {column} = '' WHERE site = ? AND due_at IS NOT NULL AND {column} <> ''",  # noqa: S608
                [site],
            )
