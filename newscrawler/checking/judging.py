"""What the pages that were read say about the outlet: troubles and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from newscrawler.checking.findings import ArticleCheck, Trouble
from newscrawler.outcome import Failed, NoArchive, Rejected, all_outcomes

APART: Final = timedelta(hours=36)
"""From here on the date of a page and the one its source gives are about different days, whatever the zones."""
_SHIFT: Final = (timedelta(minutes=50), timedelta(hours=14))
"""A difference between these, of whole hours, is a zone's doing."""
_HINTED: Final = ("feed", "sitemap")
_READ: Final = frozenset(kind.__name__ for kind in all_outcomes() if issubclass(kind, Rejected | Failed))
"""Outcomes of pages that were got; why the others weren't is a trouble of its own."""


def judge_articles(pages: Sequence[ArticleCheck]) -> tuple[list[Trouble], list[str]]:
    """Troubles and remarks from all the pages that were read."""
    good = [page for page in pages if page.is_article]
    read = [page for page in pages if page.is_article or page.outcome in _READ]
    if read and all(page.outcome == NoArchive.__name__ for page in read):
        return [
            Trouble("forbidden", "", "its pages ask not to be archived (robots meta or X-Robots-Tag `noarchive`)")
        ], []
    if read and not good:
        ends = "; ".join(f"{page.url}: {page.outcome} {page.detail}".rstrip() for page in read)
        return [Trouble("broken extraction", "", f"no article in {len(read)} listed pages: {ends}")], []
    troubles, remarks = [], []
    if good and not any(page.published_at for page in good):
        troubles.append(Trouble("wrong dates", "", f"no date in {_of(good)}; a [[rule]] with `date` may help"))
    elif good and all(page.published_from in _HINTED for page in good):
        remarks.append(f"the date of {_of(good)} is only the source's: the pages show none")
    for page in good:
        trouble, remark = _dates(page)
        troubles += [trouble] if trouble else []
        remarks += [remark] if remark else []
    if good and not any(page.section for page in good):
        remarks.append(f"no section in {_of(good)}")
    others = [page for page in read if not page.is_article]
    remarks += [f"listed, and no article: {page.url}: {page.outcome} {page.detail}".rstrip() for page in others]
    return troubles, remarks


def _of(good: Sequence[ArticleCheck]) -> str:
    return "the article that was read" if len(good) == 1 else f"the {len(good)} articles that were read"


def _dates(page: ArticleCheck) -> tuple[Trouble | None, str | None]:
    """The page's own date beside its source's."""
    if page.published_at is None or page.listed_at is None or page.published_from in _HINTED:
        return None, None
    apart = abs(page.published_at - page.listed_at)
    own, listed = (f"{at:%Y-%m-%d %H:%M}" for at in (page.published_at, page.listed_at))
    both = f"{own} by the page ({page.published_from}), {listed} by its source"
    if apart > APART:
        return Trouble("wrong dates", f"article {page.url}", f"{both} (UTC)"), None
    beside = min(apart % timedelta(hours=1), timedelta(hours=1) - apart % timedelta(hours=1))
    if _SHIFT[0] < apart < _SHIFT[1] and beside <= timedelta(minutes=2):
        return None, f"{round(apart / timedelta(hours=1))} h between {both} (UTC): is `timezone` right? {page.url}"
    return None, None
