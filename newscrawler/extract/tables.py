"""Word lists as they are best read: one string, cut once."""

from __future__ import annotations

from newscrawler.text.normalise import Folded, fold


def listed(text: str, *, by: str | None = None) -> tuple[str, ...]:
    """The entries of a list written as one string, cut at spaces or at `by`."""
    return tuple(entry.strip() for entry in text.split(by))


def folded_list(text: str, *, by: str | None = None) -> frozenset[Folded]:
    """The same, folded, for looking up folded text."""
    return frozenset(fold(entry) for entry in listed(text, by=by))
