"""Whether a site lets us in: refused, down, moved. Judged by its sources, else by its pages."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from newscrawler.health.figures import Doors, Figures
from newscrawler.health.verdicts import Judgement, Reason, Verdict
from newscrawler.health.walls import REFUSALS

PAGES_MIN: Final = 5
"""Pages of a run that must be kept out before that is the site's condition and not theirs."""

PAGES_SHARE: Final = 0.5
"""The share of a run's pages likewise."""

MOVED_SHARE: Final = 0.8
"""The share that must lead elsewhere: some outlets hand a section over to another host."""

_OF_SOURCES: Final[dict[str, tuple[Verdict, str]]] = {
    "moved": ("moved", "sources-moved"),
    "refused": ("blocked", "sources-refuse"),
    "down": ("unreachable", "sources-down"),
    "gone": ("moved", "sources-gone"),
    "unread": ("broken-extraction", "sources-unread"),
}
_OF_PAGES: Final[dict[str, tuple[Verdict, str, float]]] = {
    "moved": ("moved", "pages-moved", MOVED_SHARE),
    "refused": ("blocked", "pages-refuse", PAGES_SHARE),
    "down": ("unreachable", "pages-down", PAGES_SHARE),
}

_BY_OUTCOME: Final = {"Walled": "refused", "RobotsDenied": "refused", "Unreachable": "down", "PrivateAddress": "down"}
_LATER: Final = frozenset({"408", "425"})
_GONE: Final = frozenset({"404", "410"})


def kept_out_by(outcome: str, detail: str) -> str | None:
    """By what an end kept us out: moved, refused, down, gone. None: it didn't, or says nothing of the site."""
    if outcome == "OutOfScope":
        return "moved" if urlsplit(detail).netloc else None
    if outcome == "HttpError":
        return _by_status(detail[:3])
    if outcome == "Unreachable" and "HTTP 429" in detail:  # of robots.txt, which says nothing about rules then
        return "refused"
    return _BY_OUTCOME.get(outcome)


def _by_status(status: str) -> str | None:
    if status.isdecimal() and int(status) in REFUSALS:
        return "refused"
    if status in _LATER or status.startswith("5"):
        return "down"
    return "gone" if status in _GONE else None


def judge_doors(figures: Figures) -> Judgement | None:
    """The verdict if we are kept out. None: we aren't, or too few pages were asked for to tell."""
    return (_of_sources(figures.sources) if figures.polled else None) or _of_pages(figures.pages)


def _of_sources(doors: Doors) -> Judgement | None:
    if doors.let_in or not doors.kept_out:
        return None
    kind = max(_OF_SOURCES, key=lambda kind: doors.kept_out.get(kind, 0))
    verdict, code = _OF_SOURCES[kind]
    return Judgement(verdict, Reason(code, {"sources": doors.tried, "detail": doors.details.get(kind, "")}))


def _of_pages(doors: Doors) -> Judgement | None:
    for kind, (verdict, code, share) in _OF_PAGES.items():
        failed = doors.kept_out.get(kind, 0)
        if failed >= PAGES_MIN and failed >= share * doors.tried:
            detail = doors.details.get(kind, "")
            return Judgement(verdict, Reason(code, {"failed": failed, "pages": doors.tried, "detail": detail}))
    return None
