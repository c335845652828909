"""The rows of `health`: what a run gave for each site, and the verdict after it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newscrawler.health.figures import CRASHED, FAILURES, READ, Figures
from newscrawler.health.judging import Decided
from newscrawler.health.traffic import Traffic
from newscrawler.times import iso

_REJECTED: Final = ("NotAnArticle", "NoText", "TooShort", "NotArabic", "NoArchive", "TakenDown")
"""Ends of a page that is not for this archive."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row to be."""

    site: str
    """Id."""
    figures: Figures
    """Of this run."""
    traffic: Traffic
    """Of this run."""
    decided: Decided
    """The verdict after it."""
    new_day: int
    """New articles of the last 24 hours."""
    usual_new: float | None
    """New articles that are usual in these 24 hours. None: too little past."""


def store(conn: sqlite3.Connection, entry: Entry, *, run_id: int, now: datetime) -> None:
    """Write the row of one site and run. A second one is an IntegrityError."""
    values = _values(entry) | {"run_id": run_id, "site": entry.site, "at": iso(now)}
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    conn.execute(f"INSERT INTO health ({names}) VALUES ({places})", values)  # noqa: S608 (names of columns)


def _values(entry: Entry) -> dict[str, object]:
    figures, traffic, decided = entry.figures, entry.traffic, entry.decided
    return {
        "verdict": decided.judgement.verdict,
        "reason": decided.judgement.reason.to_json(),
        "since": iso(decided.since),
        "seen": decided.seen,
        "polled": figures.polled,
        "discovered": figures.discovered,
        "archived": figures.new,
        "revised": figures.count("Revised"),
        "copies": figures.count("Copy"),
        "rejected": figures.count(*_REJECTED),
        "errors": figures.count(*FAILURES),
        "outcomes": json.dumps(figures.outcomes),
        "requests": traffic.requests,
        "answers": traffic.answers,
        "latency_ms": traffic.latency_ms(0.5),
        "latency_p90_ms": traffic.latency_ms(0.9),
        "read": figures.count(*READ),
        "unread": figures.unread,
        "crashed": figures.count(*CRASHED),
        "dated": figures.dated,
        "sectioned": figures.sectioned,
        "authored": figures.authored,
        "words": figures.words,
        "new_day": entry.new_day,
        "usual_new": entry.usual_new,
    }
