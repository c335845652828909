"""Verdicts that changed since the keeper was last told of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from newscrawler.health.alerts import Kind
from newscrawler.health.verdicts import Reason

_SQL: Final = """
SELECT sites.id, sites.name, coalesce(sites.verdict_told, 'healthy') AS old, health.verdict AS new, health.reason,
       health.since
FROM sites JOIN health ON health.site = sites.id
    AND health.run_id = (SELECT max(run_id) FROM health WHERE health.site = sites.id)
WHERE new <> old ORDER BY new = 'healthy', new, sites.id
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One site whose verdict is another than the one that was told."""

    site: str
    """Id."""
    name: str
    """The outlet's Arabic name."""
    old: str
    """The verdict last told; `healthy` if none ever was."""
    new: str
    """The verdict that holds."""
    reason: Reason
    """Why."""
    since: str
    """Since when it holds, UTC, ISO 8601."""

    def __str__(self) -> str:
        """One line of a message."""
        why = "" if self.new == "healthy" else f"\n  {self.reason}, since {self.since}"
        return f"{self.name} ({self.site}): {self.old} → {self.new}{why}"


def untold(conn: sqlite3.Connection) -> list[Change]:
    """What is to be told, troubles first. A verdict that came and went meanwhile is none."""
    return [
        Change(row["id"], row["name"], row["old"], row["new"], Reason.of_json(row["reason"]), row["since"])
        for row in conn.execute(_SQL)
    ]


def kind_of(changes: Iterable[Change]) -> Kind:
    """What a message of these is: `failure` if nothing can be got from one of the sites, or not read; `warning` if one
    is merely quiet; `success` if all are well again.
    """
    verdicts = {change.new for change in changes}
    if verdicts <= {"healthy"}:
        return "success"
    return "warning" if verdicts <= {"healthy", "quiet"} else "failure"


def mark_told(conn: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Note that these were told. Call it in a transaction."""
    conn.executemany("UPDATE sites SET verdict_told = ? WHERE id = ?", [(each.new, each.site) for each in changes])
