"""What comes of a page, on its way from whoever read it to whoever asked."""

from __future__ import annotations

import pickle
from collections.abc import Callable

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, Outcome
from newscrawler.page import Page
from newscrawler.site import Site


def packed_answer(read: Callable[[Page, Site], Article | Outcome], page: Page, site: Site) -> bytes:
    """In a worker: what `read` makes of a page, ready to travel; `article_in` is for whoever unpacks it."""
    try:
        answer: Article | Exception = read(page, site)
    except Exception as why:  # noqa: BLE001 (a defect of ours: it is raised where the page was asked for)
        answer = why
    try:
        return pickle.dumps(answer, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError) as why:
        return pickle.dumps(ExtractorFailed(f"what was read can't travel: {why}"))


def article_in(read: Article | Exception) -> Article:
    """What reading a page gave, if it is an article. Raises the Outcome if it is one, or what broke."""
    if isinstance(read, Exception):
        raise read
    return read
