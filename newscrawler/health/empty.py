"""Whether a site's sources have ever listed anything: those that answer and list nothing look well for ever."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

from newscrawler.health.verdicts import Judgement, Reason
from newscrawler.times import parsed

_DAYS: Final = 2
"""Days of polls. Whatever a newspaper lists, it lists some of its last articles all the time."""

_DAYS_OF_NEWS: Final = 8
"""The same where a news sitemap is among them: it holds what is two days old, and a weekly has nothing in it mostly."""

_ANYTHING: Final = """
SELECT EXISTS (SELECT 1 FROM outcomes WHERE site = :site AND outcome <> 'OutOfScope')
    OR EXISTS (SELECT 1 FROM frontier WHERE site = :site AND due_at IS NOT NULL)
"""

_FIRST_POLL: Final = "SELECT min(at) FROM health WHERE site = ? AND polled > 0"
_KINDS: Final = (
    "SELECT count(*), total(kind = 'news-sitemap') FROM sources WHERE site = ? AND parent_id IS NULL AND polls > 0"
)


def judge_emptiness(conn: sqlite3.Connection, site: str, *, now: datetime) -> Judgement | None:
    """The verdict if nothing that a site's sources listed since their first poll could be an article of its own. None:
    something could, or it is too early to tell.
    """
    if conn.execute(_ANYTHING, {"site": site}).fetchone()[0]:
        return None
    first = parsed(conn.execute(_FIRST_POLL, [site]).fetchone()[0])
    sources, news = conn.execute(_KINDS, [site]).fetchone()
    days = 0 if first is None else (now - first).days
    if days < (_DAYS_OF_NEWS if news else _DAYS):
        return None
    return Judgement("broken-extraction", Reason("sources-empty", {"sources": sources, "days": days}), sure=True)
