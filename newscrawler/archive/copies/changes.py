"""What an outlet changed in a text it printed, against the original of its cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newscrawler.text.edits import Kind, State, edit_between
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between an original and another print of it."""

    similarity: float
    """Jaccard similarity of the folded word pairs of the two bodies, 0 to 1."""
    headline: bool
    """Whether the headline is another one; spelling and marks don't count."""
    kind: Kind | None
    """As for an edit: `headline`, `correction`, `addition`, `rewrite`. None: word for word the same."""
    words: int
    """Words left out plus words put in, headline and standfirst included."""


def change_between(original: Mapping[str, Any], other: Mapping[str, Any]) -> Change:
    """From two rows with `title`, `standfirst` and `text`. A copy's `text` is None: it has the original's words."""
    same = other["text"] is None
    text = original["text"] if same else other["text"]
    standfirst = original["standfirst"] if same else other["standfirst"]
    edit = edit_between(
        State(original["title"], original["standfirst"], original["text"]), State(other["title"], standfirst, text)
    )
    return Change(
        similarity=1.0 if same else jaccard(pairs(fold(original["text"])), pairs(fold(text))),
        headline=fold(original["title"]) != fold(other["title"]),
        kind=edit.kind if edit else None,
        words=edit.words_changed if edit else 0,
    )
