"""What a run says of a site, and when a verdict changes: two runs in a row have to see the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newscrawler.health.days import Stretch, judge_days
from newscrawler.health.doors import judge_doors
from newscrawler.health.extraction import Sample, judge_extraction
from newscrawler.health.figures import Figures
from newscrawler.health.verdicts import FINE, Judgement, Reason, Verdict

_OF_PAGES: Final = frozenset({"pages-refuse", "pages-down", "pages-moved", "unread", "nothing-read", "flood", "cut"})
"""Reasons that only another page can take back: a feed that answers says nothing of them."""

_OF_ARTICLES: Final = frozenset({"no-dates", "no-sections", "no-authors", "short", "expected-dated"})
"""Reasons that only another article can take back."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a site before this run."""

    verdict: Verdict
    """The verdict that holds."""
    reason: Reason
    """Why."""
    since: datetime
    """When it began to hold, UTC, aware."""
    seen: Verdict | None
    """What the last run that could tell saw. None: none could so far."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a judgement of one site rests on."""

    figures: Figures
    """Of this run."""
    recent: Sample
    """The last pages, of this run and, where it has few, of those before."""
    before: Sample
    """The pages of four weeks before them."""
    lately: Stretch
    """New articles of the last days beside what is usual."""
    waiting: int
    """Addresses never visited whose turn has come."""
    finished: bool
    """Whether the run did all it had to do. False: it was stopped, or addresses were asked for by name."""
    cut: Judgement | None = None
    """What it means that archived articles were shown in part. None: they weren't, or not many."""
    expected: Judgement | None = None
    """What a broken `[expect]` of the seed means. None: none is broken."""
    empty: Judgement | None = None
    """What it means that the site's sources never listed anything. None: they did."""
    past: Past | None = None
    """None: the site is new."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What is kept."""

    judgement: Judgement
    """The verdict that holds from now on."""
    seen: Verdict | None
    """What this run saw by itself, or, if it could not tell, the last that could."""
    since: datetime
    """When the verdict began to hold, UTC, aware."""


def decide(seen: Seen, *, now: datetime) -> Decided:
    """The verdict after this run. A run that could not tell leaves it as it was."""
    past, sight = seen.past, look(seen)
    if sight is None:
        return as_it_was(past, now=now)
    if past is None or past.seen is None:
        since = past.since if past is not None and past.verdict == sight.verdict else now
        return Decided(sight, sight.verdict, since)
    if sight.verdict == past.verdict:
        return Decided(sight, sight.verdict, past.since)
    if sight.sure or past.seen == sight.verdict or (past.verdict == "quiet" and sight.verdict == "healthy"):
        return Decided(sight, sight.verdict, now)
    return Decided(Judgement(past.verdict, past.reason), sight.verdict, past.since)


def as_it_was(past: Past | None, *, now: datetime) -> Decided:
    """The verdict where nothing new is known; `healthy` until something is."""
    if past is None:
        return Decided(Judgement("healthy", Reason("unjudged")), None, now)
    return Decided(Judgement(past.verdict, past.reason), past.seen, past.since)


def look(seen: Seen) -> Judgement | None:
    """What this run by itself says. None: it saw too little."""
    figures, past = seen.figures, seen.past
    quiet_before = past is not None and past.verdict == "quiet"
    if figures.visited and (trouble := _trouble(seen)):
        return trouble
    if seen.expected is not None:
        return seen.expected
    if not figures.visited or (past is not None and _untouched(past.reason.code, figures)):
        return None
    if not seen.finished or not figures.sources.let_in:
        return None if quiet_before else FINE
    return judge_days(seen.lately, waiting=seen.waiting, quiet_before=quiet_before) or seen.empty or FINE


def _trouble(seen: Seen) -> Judgement | None:
    """Kept out, or unable to read; pages of earlier runs alone are no news."""
    got_pages = seen.figures.pages.let_in > 0
    return judge_doors(seen.figures) or (judge_extraction(seen.recent, seen.before) or seen.cut if got_pages else None)


def _untouched(code: str, figures: Figures) -> bool:
    """Whether the reason of the verdict that holds is about something that this run didn't see."""
    return (
        (code in _OF_PAGES and not figures.pages.let_in)
        or (code in _OF_ARTICLES and not figures.new)
        or (code.startswith("sources-") and not figures.sources.let_in)
    )
