"""Changes of verdicts: what kind of message they make."""

from __future__ import annotations

import pytest

from newscrawler.health.changes import Change, kind_of
from newscrawler.health.verdicts import VERDICTS, Reason


@pytest.mark.parametrize(
    ("verdicts", "kind"),
    [
        (["healthy", "healthy"], "success"),
        (["quiet", "healthy"], "warning"),
        *(([verdict, "quiet", "healthy"], "failure") for verdict in VERDICTS if verdict not in ("healthy", "quiet")),
    ],
)
def test_a_message_is_as_urgent_as_the_worst_it_tells(verdicts: list[str], kind: str) -> None:
    """A phone rings for a site that shuts us out, not for one that is back or has a holiday."""
    changes = [
        Change("alpha", "صحيفة", "healthy", verdict, Reason("fine"), "2026-11-22T09:30:00Z") for verdict in verdicts
    ]
    assert kind_of(changes) == kind
