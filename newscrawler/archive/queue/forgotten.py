"""Addresses that were forgotten: their rows are gone, and a listing that still has them makes nobody ask for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TypeVar

from newscrawler.urls import CanonicalUrl

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is left of an address."""

    outcome: str
    """How its last visit ended."""
    ended_at: datetime
    """When, UTC, aware."""


def key_of(url: str) -> int:
    """63 bits of an address: among 100 million of them two share a key with a probability of 0.05 %."""
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest(), "big") >> 1


def remember(conn: sqlite3.Connection, url: str, *, outcome: str, ended_at: datetime) -> None:
    """Keep the least of an address whose row goes. Call it in a transaction."""
    conn.execute(
        "INSERT OR REPLACE INTO forgotten (key, ended, outcome) VALUES (?, ?, ?)",
        (key_of(url), int(ended_at.timestamp()), outcome),
    )


def recall(conn: sqlite3.Connection, url: str) -> Forgotten | None:
    """How a forgotten address ended. None: it was never forgotten."""
    row = conn.execute("SELECT outcome, ended FROM forgotten WHERE key = ?", [key_of(url)]).fetchone()
    return None if row is None else Forgotten(row[0], datetime.fromtimestamp(row[1], UTC))


def not_forgotten(
    conn: sqlite3.Connection, links: Iterable[tuple[CanonicalUrl, T]], *, asked: bool
) -> Iterator[tuple[CanonicalUrl, T]]:
    """Those that may get a row. `asked`: somebody asked for them by name, so they are known again."""
    if conn.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone() is None:
        yield from links
        return
    for url, link in links:
        if asked:
            conn.execute("DELETE FROM forgotten WHERE key = ?", [key_of(url)])
        elif conn.execute("SELECT 1 FROM forgotten WHERE key = ?", [key_of(url)]).fetchone():
            continue
        yield url, link
