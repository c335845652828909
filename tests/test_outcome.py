"""Outcomes: the tree, its names, and what is tried again."""

from __future__ import annotations

import pytest
from scrapy.exceptions import DropItem

from newscrawler import outcome
from newscrawler.outcome import (
    Archived,
    Copy,
    Failed,
    HttpError,
    NotModified,
    Outcome,
    Rejected,
    Shortened,
    Unfetched,
    all_outcomes,
    http_error,
)

LEAVES = list(all_outcomes())


def test_every_leaf_stands_in_the_drawn_tree_and_nothing_else() -> None:
    """The docstring is the contract a reader of the archive looks things up in."""
    drawn = outcome.__doc__ or ""
    for leaf in LEAVES:
        assert f"─ {leaf.__name__} " in drawn
    assert drawn.count("─ ") == len(LEAVES) + len([Archived, Rejected, Unfetched, Failed])


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_an_outcome_is_named_like_its_class_and_explained(leaf: type[Outcome]) -> None:
    """Scrapy counts by class name, the archive stores it, a person looks it up."""
    made = leaf("the detail")
    assert isinstance(made, DropItem)
    assert (made.name, made.detail, str(made)) == (leaf.__name__, "the detail", "the detail")
    assert leaf.__doc__
    assert leaf.__doc__.strip().endswith(".")


def test_each_outcome_belongs_to_one_kind() -> None:
    """Archived, a copy, unchanged, shortened, rejected, unfetched or failed: never two."""
    kinds = (Archived, Copy, NotModified, Shortened, Rejected, Unfetched, Failed)
    for leaf in LEAVES:
        assert sum(issubclass(leaf, kind) for kind in kinds) == 1


def test_only_what_passes_is_tried_again() -> None:
    """A rejection is a verdict; no answer, or a failure of ours, is not."""
    again = {leaf.__name__ for leaf in LEAVES if leaf.again}
    assert again == {"Unreachable", "Walled", "ExtractorFailed", "ExtractorTimeout", "Broken", "PutBack"}


@pytest.mark.parametrize(
    ("status", "again"),
    [(301, False), (400, False), (403, False), (404, False), (408, True), (410, False), (425, True), (429, True)]
    + [(status, True) for status in (500, 502, 503, 504, 599)],
)
def test_a_status_that_passes_is_tried_again_under_the_same_name(status: int, again: bool) -> None:
    """The reader sees `HttpError 503`; the frontier knows to come back."""
    made = http_error(status)
    assert isinstance(made, HttpError)
    assert (made.name, made.detail, made.again) == ("HttpError", str(status), again)
