"""At a run's close: every site it visited is judged, and the verdicts are stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from newscrawler.health.days import stretch, usual_new
from newscrawler.health.empty import judge_emptiness
from newscrawler.health.extraction import Sample
from newscrawler.health.figures import CRASHED, READ, Figures
from newscrawler.health.history import History, read_history, read_past, waiting, with_earlier
from newscrawler.health.judging import Decided, Past, Seen, as_it_was, decide
from newscrawler.health.reading import pages_lately, read_figures
from newscrawler.health.storing import Entry, store
from newscrawler.health.traffic import Traffic
from newscrawler.health.verdicts import Judgement


@dataclass(frozen=True, slots=True)
class Closing:
    """What the close of a run knows."""

    run_id: int
    """Row of `runs`."""
    started: datetime
    """When it began, UTC, aware."""
    now: datetime
    """When it ends."""
    sites: Iterable[str]
    """Ids of its sites."""
    traffic: Mapping[str, Traffic]
    """Site → what was counted."""
    expected: Mapping[str, Judgement]
    """Site → what its broken `[expect]` means."""
    cut: Mapping[str, Judgement] = field(default_factory=dict)
    """Site → what it means that most of its archived articles were shown in part."""
    judged: bool = True
    """Whether the run may change verdicts. False: a replay, or addresses asked for by name."""
    finished: bool = True
    """Whether it did all it had to do."""


def judge_run(conn: sqlite3.Connection, closing: Closing) -> dict[str, Decided]:
    """Judge and store; returns the verdicts of the run's sites that have one. Call it in a transaction."""
    walls = [site for site, traffic in closing.traffic.items() if traffic.walls]
    figures = read_figures(conn, closing.run_id, started=closing.started, walls=walls)
    histories = read_history(conn, closing.run_id, now=closing.now)
    decided = {}
    for site in closing.sites:
        past = read_past(conn, site, before=closing.run_id)
        history = histories.get(site, History())
        entry = _entry(conn, closing, site, figures=figures.get(site, Figures()), history=history, past=past)
        if entry is not None:
            store(conn, entry, run_id=closing.run_id, now=closing.now)
            decided[site] = entry.decided
        elif past is not None:
            decided[site] = as_it_was(past, now=closing.now)
    return decided


def _entry(
    conn: sqlite3.Connection, closing: Closing, site: str, *, figures: Figures, history: History, past: Past | None
) -> Entry | None:
    """None: the run had nothing to do with the site."""
    traffic, expected = closing.traffic.get(site, Traffic()), closing.expected.get(site)
    if not (figures.visited or figures.outcomes or traffic.requests or expected):
        return None
    new_day, usual = history.days.get(0, 0) + figures.new, usual_new(history.days)
    seen = Seen(
        figures=replace(figures, pages=pages_lately(conn, site, figures.pages, now=closing.now)),
        recent=with_earlier(conn, site, _sample(figures), run_id=closing.run_id, now=closing.now),
        before=history.before,
        lately=stretch(history.days, new=new_day),
        waiting=waiting(conn, site, now=closing.now),
        finished=closing.finished,
        cut=closing.cut.get(site),
        expected=expected,
        empty=judge_emptiness(conn, site, now=closing.now),
        past=past,
    )
    decided = decide(seen, now=closing.now) if closing.judged else as_it_was(past, now=closing.now)
    return Entry(site, figures, traffic, decided, new_day, usual)


def _sample(figures: Figures) -> Sample:
    return Sample(
        read=figures.count(*READ),
        unread=figures.unread,
        crashed=figures.count(*CRASHED),
        new=figures.new,
        dated=figures.dated,
        sectioned=figures.sectioned,
        authored=figures.authored,
        words=figures.words,
    )
