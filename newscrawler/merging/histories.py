"""joined(): two histories of one article, as two machines saw it, as one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newscrawler.text.edits import Edit, State, edit_between


@dataclass(frozen=True, slots=True)
class Past:
    """A state in which an article was, or is."""

    seen_at: str
    """Since when it was seen so, UTC, as stored."""
    state: State
    """Headline, standfirst, text."""
    content_hash: str
    """Of its text."""
    capture_id: int | None
    """Row of `captures`, of ours. None: the bytes weren't kept."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """An older state, and what ended it."""

    past: Past
    """What it was."""
    at: str
    """When the next one was seen first, UTC, as stored."""
    edit: Edit
    """What was changed then."""


@dataclass(frozen=True, slots=True)
class History:
    """What an article was, and since when it is as it is."""

    replaced: tuple[Replaced, ...]
    """Older states, the oldest first."""
    since: str
    """When the state of today was seen first, UTC, as stored."""


def joined(older: Iterable[Past], now: Past) -> History:
    """All states in the order in which they were seen first, `now` being the last of them, however late.

    Equal states beside each other are one, seen since the first of them. What only looks different is equal, too.
    """
    states = _told_apart(sorted(older, key=lambda past: (past.seen_at, past.content_hash, past.state.title)))
    while states and edit_between(states[-1].state, now.state) is None:
        now = Past(min(states.pop().seen_at, now.seen_at), now.state, now.content_hash, now.capture_id)
    replaced = []
    for past, following in pairwise([*states, now]):
        edit = edit_between(past.state, following.state)
        assert edit is not None
        replaced.append(Replaced(past, max(past.seen_at, following.seen_at), edit))
    return History(tuple(replaced), now.seen_at)


def past_of(row: sqlite3.Row, *, seen_at: str, capture_id: int | None) -> Past:
    """A row of `articles` or `revisions` as a state."""
    state = State(row["title"], row["standfirst"], row["text"])
    return Past(seen_at, state, row["content_hash"], capture_id)


def _told_apart(states: Sequence[Past]) -> list[Past]:
    kept: list[Past] = []
    for past in states:
        if not kept or edit_between(kept[-1].state, past.state) is not None:
            kept.append(past)
    return kept
