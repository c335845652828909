"""Whether a site's pages are still read: a new layout shows as pages without an article, without fields, or short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from newscrawler.health.verdicts import Judgement, Reason

PAGES_MIN: Final = 8
"""Pages or articles in a sample before it says anything. Where a quarter of the pages usually have no article, five of
eight come by chance in one sample of 37 (binomial), and two runs in a row have to see it."""

PAGES_SURE: Final = 20
"""Pages in a sample from which one run is enough."""

PAST_MIN: Final = 20
"""Pages or articles of the past that a share needs before it is usual."""

UNREAD_SHARE: Final = 0.5
"""Share of pages without an article from which extraction may be broken, if it is also UNREAD_MORE than usual."""

UNREAD_MORE: Final = 0.35
"""See there."""

FLOOD_SHARE: Final = 0.2
"""Share of pages whose reading failed, from which extraction is broken whatever is usual."""

_FLOOD_MIN: Final = 5
_USUAL_FIELD: Final = 0.8
_LOST_FIELD: Final = 0.2
_SHORT: Final = 1 / 3
_FIELDS: Final = (("dated", "no-dates"), ("sectioned", "no-sections"), ("authored", "no-authors"))


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages that were got, and the articles among them that were new."""

    read: int = 0
    """Pages that were read as articles."""
    unread: int = 0
    """Pages in which no article was found."""
    crashed: int = 0
    """Those among them whose reading failed."""
    new: int = 0
    """New articles."""
    dated: int = 0
    """Those with a date."""
    sectioned: int = 0
    """Those with a section."""
    authored: int = 0
    """Those that name an author."""
    words: float | None = None
    """Their median length in words; of several runs the mean of medians. None: there are none."""

    @property
    def pages(self) -> int:
        """Pages that were got."""
        return self.read + self.unread


def together(samples: Iterable[Sample]) -> Sample:
    """Several as one."""
    total, letters = Sample(), 0.0
    for each in samples:
        letters += (each.words or 0) * each.new
        total = Sample(
            *(
                getattr(total, name) + getattr(each, name)
                for name in ("read", "unread", "crashed", "new", "dated", "sectioned", "authored")
            )
        )
    return replace(total, words=letters / total.new) if total.new else total


def judge_extraction(recent: Sample, past: Sample) -> Judgement | None:
    """The verdict if reading is broken. None: it isn't, or there are too few pages to tell.

    `recent`: the last pages; `past`: those of four weeks before them.
    """
    reason = _crashes(recent) or _unread(recent, past) or _fields(recent, past)
    if reason is None:
        return None
    return Judgement("broken-extraction", reason, sure=recent.pages >= PAGES_SURE)


def judge_cuts(cut: int, visited: int) -> Judgement:
    """The verdict where most of a site's archived articles were shown in part when they were visited again."""
    return Judgement("broken-extraction", Reason("cut", {"cut": cut, "pages": visited}))


def _crashes(recent: Sample) -> Reason | None:
    if recent.crashed >= max(_FLOOD_MIN, FLOOD_SHARE * recent.pages):
        return Reason("flood", {"failed": recent.crashed, "pages": recent.pages})
    return None


def _unread(recent: Sample, past: Sample) -> Reason | None:
    if recent.pages < PAGES_MIN:
        return None
    share = recent.unread / recent.pages
    if past.pages < PAST_MIN:
        nothing = not recent.read and not past.read
        return Reason("nothing-read", {"pages": recent.pages + past.pages}) if nothing else None
    usual = past.unread / past.pages
    if share >= UNREAD_SHARE and share >= usual + UNREAD_MORE:
        return Reason("unread", {"unread": recent.unread, "pages": recent.pages, "usual": round(100 * usual)})
    return None


def _fields(recent: Sample, past: Sample) -> Reason | None:
    if recent.new < PAGES_MIN or past.new < PAST_MIN:
        return None
    for name, code in _FIELDS:
        share, usual = getattr(recent, name) / recent.new, getattr(past, name) / past.new
        if usual >= _USUAL_FIELD and share <= _LOST_FIELD:
            return Reason(code, _shares(recent.new, share, usual))
    if recent.words is not None and past.words and recent.words < past.words * _SHORT:
        return Reason("short", {"articles": recent.new, "words": round(recent.words), "usual": round(past.words)})
    return None


def _shares(articles: int, share: float, usual: float) -> Mapping[str, int]:
    return {"articles": articles, "share": round(100 * share), "usual": round(100 * usual)}
