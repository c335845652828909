"""The words of a judgement: a verdict, and the reason as a code with its figures, worded where it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Verdict = Literal["healthy", "quiet", "broken-extraction", "blocked", "unreachable", "moved"]

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""All of them; the first is the good one."""

UNKNOWN_AFTER: Final = 3
"""Days without a visit from which the last verdict says nothing of today: the slowest source is polled once a day."""

REASONS: Final[Mapping[str, str]] = {
    "fine": "as usual",
    "unjudged": "not visited enough to tell",
    "few-new": "{new} new articles in 24 hours, {usual} are usual on this weekday",
    "few-new-days": "{new} new articles in {days} days, {usual} are usual",
    "expected-new": "{new} new articles in the last 24 hours, expected {expected}",
    "expected-dated": "{dated} of {new} new articles have a date, expected {expected}%",
    "unread": "{unread} of the last {pages} pages gave no article, {usual}% are usual: a new layout?",
    "nothing-read": "none of the first {pages} pages gave an article",
    "cut": "{cut} of the last {pages} pages visited again showed only a part of their text: a paywall, a new layout?",
    "flood": "reading {failed} of the last {pages} pages failed",
    "no-dates": "{share}% of the last {articles} articles have a date, {usual}% are usual",
    "no-sections": "{share}% of the last {articles} articles have a section, {usual}% are usual",
    "no-authors": "{share}% of the last {articles} articles name an author, {usual}% are usual",
    "short": "the last {articles} articles have {words} words, {usual} are usual",
    "sources-empty": "none of {sources} sources has listed an article of the outlet's in {days} days",
    "sources-unread": "none of {sources} sources could be read ({detail})",
    "sources-refuse": "none of {sources} sources lets us in ({detail})",
    "sources-down": "none of {sources} sources answers ({detail})",
    "sources-moved": "all of {sources} sources lead elsewhere ({detail})",
    "sources-gone": "none of {sources} sources is where it was ({detail})",
    "pages-refuse": "{failed} of {pages} pages refused us ({detail})",
    "pages-down": "{failed} of {pages} pages did not answer ({detail})",
    "pages-moved": "{failed} of {pages} pages lead elsewhere ({detail})",
}
"""Code → what it says in plain English. The reading room has its own words for each, in both languages."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is."""

    code: str
    """A key of REASONS."""
    figures: Mapping[str, int | float | str] = field(default_factory=dict)
    """What the words of that code name."""

    def __str__(self) -> str:
        """In plain English."""
        return REASONS[self.code].format(**self.figures) if self.code in REASONS else self.code

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps({"code": self.code, **self.figures}, ensure_ascii=False)

    @classmethod
    def of_json(cls, stored: str) -> Reason:
        """What was stored. Raises ValueError or KeyError for what `to_json` didn't write."""
        figures = json.loads(stored)
        return cls(figures.pop("code"), figures)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason."""

    verdict: Verdict
    """One of VERDICTS."""
    reason: Reason
    """Why."""
    sure: bool = False
    """Whether one run is enough to say so. False: the next one has to see the same."""


FINE: Final = Judgement("healthy", Reason("fine"))
"""Nothing to complain of."""
