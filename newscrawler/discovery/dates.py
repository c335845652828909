"""The last day a printed date can mean: enough to leave out what is certainly too old, and nothing more."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from newscrawler.text.normalise import fold

_YEARS: Final = range(1990, 2101)
"""Outside lies no online newspaper: «1970-01-01» and «0001-01-01» are empty database fields."""

_EASTERNMOST: Final = timezone(timedelta(hours=4))
"""Muscat and Dubai. An evening in UTC is the next day of the newsroom, and the newsroom's day counts."""

_W3C: Final = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?!\d))?)?"
    r"(?:[t ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?.*)?"
)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4,6}.*)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d).*")

_NAMED: Final = re.compile(r"(?<!\d)(\d{4})(?:[-_/.]?(\d\d)(?:[-_/.]?(\d\d))?)?(?!\d)")
_YEAR_ALONE: Final = re.compile(r"(?i)(?:/|year[-_/=]?)$")
_QUERY_KEYS: Final = (("yyyy", "year", "y"), ("mm", "month", "m"), ("dd", "day", "d"))


def last_day(raw: str) -> date | None:
    """The last calendar day a printed date can mean, in the newsroom. None: it can't be read.

    Reads W3C dates as sloppily as sitemaps print them, and RFC 822. «2026-03» may mean its 31st; where
    03/05/2026 may be March or May, the later counts.
    """
    text = fold(raw)
    if match := _W3C.fullmatch(text):
        year, month, day, hour, minute, zone = match.groups()
        last = _last(int(year), int(month) if month else None, int(day) if day else None)
        return _in_newsroom(last, f"{hour}:{minute}", zone) if last and hour and zone else last
    if match := _COMPACT.fullmatch(text):
        return _last(*(int(part) for part in match.groups()))
    if match := _DAY_FIRST.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        readings = (_last(year, first, second), _last(year, second, first))
        return max((day for day in readings if day), default=None)
    return _rfc822(text)


def last_day_in_name(url: str) -> date | None:
    """The last day of the latest month or day that a sitemap's own address names.

    None: it names none for certain. «sitemap-2019-05.xml» does; «sitemap-2019.xml» may as well be the
    2019th file.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    found = [*_in_path(parts.path), *_in_path(parts.query), _in_query(parts.query)]
    return max((day for day in found if day), default=None)


def _in_path(text: str) -> list[date | None]:
    found = []
    for match in _NAMED.finditer(text):
        year, month, day = match.groups()
        if month is None:
            said = _YEAR_ALONE.search(text[: match.start()]) and text[match.end() :][:1] in ("/", "")
            found.append(_last(int(year)) if said else None)
        else:
            found.append(_last(int(year), int(month), int(day) if day else None))
    return found


def _in_query(query: str) -> date | None:
    values = {key.lower(): int(value) for key, value in parse_qsl(query) if re.fullmatch(r"[0-9]{1,4}", value)}
    year, month, day = (next((values[k] for k in keys if k in values), None) for keys in _QUERY_KEYS)
    return _last(year, month, day if month else None) if year else None


def _last(year: int, month: int | None = None, day: int | None = None) -> date | None:
    """The day itself, or the last of the month or year. None: no such day."""
    if year not in _YEARS:
        return None
    try:
        month = 12 if month is None else month
        return date(year, month, monthrange(year, month)[1] if day is None else day)
    except ValueError:  # monthrange: IllegalMonthError is one too
        return None


def _in_newsroom(day: date, clock: str, zone: str) -> date | None:
    offset = "+0000" if zone in ("z", "utc", "gmt") else zone
    try:
        at = datetime.strptime(f"{day:%Y-%m-%d} {clock} {offset}", "%Y-%m-%d %H:%M %z")
    except ValueError:  # «24:00», «+99:00»: the day is still right to within one
        return day + timedelta(days=1)
    return max(day, at.astimezone(_EASTERNMOST).date())


def _rfc822(text: str) -> date | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if at.year not in _YEARS:
        return None
    return at.date() if at.tzinfo is None else max(at.date(), at.astimezone(_EASTERNMOST).date())
