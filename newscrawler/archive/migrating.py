"""Migrations: which steps an archive still needs, known without sqlite-utils, and carried out with it.

An archive of today needs none, and importing sqlite-utils takes 0.04 s, 0.13 where numpy is installed: a tenth of a
crawl that finds nothing new.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    Step = Callable[[Database], None]


class Migrations:
    """A named set of steps, in order, as sqlite-utils keeps it."""

    def __init__(self, name: str) -> None:
        """`name` tells this set from others in one file."""
        self.name = name
        self._steps: list[Step] = []

    def __call__(self) -> Callable[[Step], Step]:
        """Decorate the function of the next step; its name is the step's."""

        def added(step: Step) -> Step:
            self._steps.append(step)
            return step

        return added

    @property
    def names(self) -> list[str]:
        """Those of all steps, in order."""
        return [step.__name__ for step in self._steps]

    def applied(self, conn: sqlite3.Connection) -> set[str]:
        """Those of the steps that were carried out here, by this version or another."""
        if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
            return set()
        found = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [self.name])
        return {row[0] for row in found}

    def missing(self, conn: sqlite3.Connection) -> list[str]:
        """Those of the steps that are still to be carried out, in order."""
        applied = self.applied(conn)
        return [name for name in self.names if name not in applied]

    def apply(self, db: Database, *, stop_before: str | None = None) -> None:
        """Carry out what is missing, each step in a transaction of its own; `stop_before`: only those before it."""
        from sqlite_utils import Migrations as Registered

        registered = Registered(self.name)
        for step in self._steps:
            registered()(step)
        registered.apply(db, stop_before=stop_before)
