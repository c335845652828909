"""Which of a page's dates is the publication: every place is asked, the first that can be believed wins.

A date is right or absent. Never believed: what lies after the fetch, what was made while the page was
loading, a header's «today», and «آخر تحديث», which is a change and no publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.extract.claims import Dated, Saying
from newscrawler.extract.date_order import in_order
from newscrawler.extract.dates import UnreadableDate, parse
from newscrawler.extract.document import Document

AHEAD: Final = timedelta(days=1)
"""How far after the fetch a date may lie: a paper dated tomorrow is printed tonight."""

LOADING: Final = timedelta(minutes=3)
"""A time so close to the fetch was made by the server for this request, unless another place says the same
day."""

SAME: Final = timedelta(minutes=2)
"""Two times so close are one: a visible minute and a machine's second."""

EARLIEST: Final = datetime(1994, 1, 1, tzinfo=UTC)
"""No Arabic newspaper had a page before; earlier dates are empty fields («0001-01-01», «1970-01-01»)."""

FALSE_Z: Final = "; false Z"
"""Added to how a date was read, where its zone was put right."""


@dataclass(frozen=True, slots=True)
class Published:
    """The dates of an article."""

    at: datetime | None
    """First publication, UTC. None: no date that can be believed."""
    raw: str | None
    """What was read, as printed; where nothing could be read, the first thing that looked like a date."""
    source: str | None
    """Where it stood. None: no place names a date."""
    modified_at: datetime | None
    """Last change, UTC. None: not stated, or not after publication."""
    losers: Mapping[str, str]
    """Source → what it said, where it means another time."""


def choose(sayings: Sequence[Saying], document: Document) -> Published:
    """The publication and the last change, from all that the page says."""
    zone = ZoneInfo(document.site.timezone)
    fetched = document.page.fetched_at
    read, unread = _read(sayings, document, zone)
    read = [in_order(dated, read, zone=zone) for dated in read]
    births = [dated for dated in read if not dated.saying.is_change and _is_possible(dated, fetched)]
    births = [dated for dated in births if not _is_clock(dated, read)]
    births.sort(key=lambda dated: dated.saying.is_doubtful)
    births = [_true_zone(dated, births, zone, fetched) for dated in births]
    if any(dated.date.how.endswith(FALSE_Z) for dated in births):
        read = [_localised(dated, zone) if _claims_utc(dated) else dated for dated in read]
    births = [dated for dated in births if not _is_loading(dated, births, zone, fetched)]
    winner = _outvoted(births, zone) if births else None
    if winner is None:
        first = next((saying for saying in unread if not saying.is_change), None)
        changed = _changed(read, None, fetched, zone)
        return Published(None, first.raw if first else None, first.source if first else None, changed, {})
    finer = [d for d in births if not _is_day(d, zone) and _day(d, zone) == _day(winner, zone)]
    if _is_day(winner, zone) and finer:
        winner = finer[0]
    losers: dict[str, str] = {}
    for dated in read:
        if (
            not dated.saying.is_change
            and dated.saying.source != winner.saying.source
            and not _agree(dated, winner, zone)
        ):
            losers.setdefault(dated.saying.source, dated.saying.raw)
    return Published(
        at=winner.date.at,
        raw=winner.saying.raw,
        source=winner.saying.source,
        modified_at=_changed(read, winner, fetched, zone),
        losers=losers,
    )


def _read(sayings: Iterable[Saying], document: Document, zone: ZoneInfo) -> tuple[list[Dated], list[Saying]]:
    read: list[Dated] = []
    unread: list[Saying] = []
    for saying in sayings:
        try:
            date = saying.read or parse(
                saying.raw, zone=zone, months=document.site.months, now=document.page.fetched_at
            )
        except UnreadableDate:
            if saying.is_certain:
                unread.append(saying)
            continue
        read.append(Dated(saying, date))
    return read, unread


def _is_possible(dated: Dated, fetched: datetime) -> bool:
    return EARLIEST <= dated.date.at <= fetched + AHEAD


def _is_clock(dated: Dated, read: Sequence[Dated]) -> bool:
    """Whether a date above the headline is later than the article's last change: it is today's."""
    changes = [d.date.at for d in read if d.saying.is_change]
    return dated.saying.is_doubtful and bool(changes) and dated.date.at > max(changes) + AHEAD / 24


def _true_zone(dated: Dated, all_dated: Sequence[Dated], zone: ZoneInfo, fetched: datetime) -> Dated:
    """The date in the newsroom's zone where its «Z» is false.

    It is where a reader is shown the same clock time without a zone, or where it would lie after the fetch.
    """
    date = dated.date
    if not _claims_utc(dated):
        return dated
    local = _localised(dated, zone).date.at
    shown = [d for d in all_dated if d.saying.is_shown and d.date.precision != "day"]
    false = any(abs(d.date.at - local) < SAME for d in shown) and not any(
        abs(d.date.at - date.at) < SAME for d in shown
    )
    if false or (date.at > fetched + LOADING and local <= fetched):
        return _localised(dated, zone)
    return dated


def _localised(dated: Dated, zone: ZoneInfo) -> Dated:
    local = dated.date.at.replace(tzinfo=zone).astimezone(UTC)
    return replace(dated, date=replace(dated.date, at=local, explicit_zone=False, how=f"{dated.date.how}{FALSE_Z}"))


def _claims_utc(dated: Dated) -> bool:
    """Whether a machine's time says that it is UTC."""
    if not dated.date.explicit_zone or dated.date.precision == "day" or dated.saying.is_shown:
        return False
    return dated.saying.raw.strip().upper().endswith(("Z", "+00:00", "+0000", "-00:00", "GMT", "UTC"))


def _is_loading(dated: Dated, all_dated: Sequence[Dated], zone: ZoneInfo, fetched: datetime) -> bool:
    near = abs(dated.date.at - fetched) <= LOADING and dated.date.precision != "day"
    if not near and not (dated.saying.is_doubtful and abs(dated.date.at - fetched) <= AHEAD):
        return False
    others = [d for d in all_dated if d.saying.kind != dated.saying.kind and not d.saying.is_doubtful]
    return not any(_day(d, zone) == _day(dated, zone) for d in others)


def _outvoted(births: Sequence[Dated], zone: ZoneInfo) -> Dated:
    """The first; or, where two other kinds of place agree on a day more than one away from the first's, those.

    A neighbouring day is a zone's doing: 22:30Z is printed as the next day in Beirut.
    """
    first = births[0]
    if first.saying.source == "rule":
        return first
    days: dict[str, date] = {}
    for dated in births:
        days.setdefault(dated.saying.kind, _day(dated, zone))
    mine = _day(first, zone)
    others = [day for kind, day in days.items() if kind != first.saying.kind]
    if len(others) < 2 or len(set(others)) != 1 or abs(others[0] - mine) <= AHEAD:
        return first
    return next(dated for dated in births if _day(dated, zone) == others[0])


def _day(dated: Dated, zone: ZoneInfo) -> date:
    return dated.date.at.astimezone(zone).date()


def _is_day(dated: Dated, zone: ZoneInfo) -> bool:
    """Whether only the day is known; a machine's midnight is a day, too, wherever that midnight is."""
    if dated.date.precision == "day":
        return True
    local = dated.date.at.astimezone(zone)
    return not dated.saying.is_shown and time.min in (dated.date.at.time(), local.time())


def _agree(one: Dated, other: Dated, zone: ZoneInfo) -> bool:
    if _is_day(one, zone) or _is_day(other, zone):
        return _day(one, zone) == _day(other, zone)
    return abs(one.date.at - other.date.at) < SAME


def _changed(read: Sequence[Dated], winner: Dated | None, fetched: datetime, zone: ZoneInfo) -> datetime | None:
    for dated in read:
        at = dated.date.at
        if not dated.saying.is_change or not _is_possible(dated, fetched) or abs(at - fetched) <= LOADING:
            continue
        if winner is None or (
            at > winner.date.at + SAME and not (dated.date.precision == "day" and _agree(dated, winner, zone))
        ):
            return at
    return None
