"""Articles per day by outlet: who published how much, and where a day is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from newscrawler.browse.counts import days_before, every_day
from newscrawler.browse.language import visit
from newscrawler.browse.plots import Plot, period_name
from newscrawler.browse.plots_bars import Lane, Lanes
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.browse.words import say
from newscrawler.times import parsed

_DAYS: Final = 30
_LANES: Final = 8
"""Outlets with a lane of their own; more are no longer looked at one by one, and the table has them all."""

_NEWEST_SQL: Final = "SELECT max(published_at) AS at FROM articles"

_SQL: Final = """
SELECT newsroom_day(a.published_at, s.timezone) AS day, s.id AS site, s.name, s.name_en, count(*) AS articles
FROM sites s CROSS JOIN articles a ON a.site = s.id AND a.published_at >= :since
GROUP BY s.id, day ORDER BY day, s.id
"""
"""Outlet by outlet, so that it is answered from the index on site and published_at without reading an article."""


async def outlets_days(database: Any) -> Plot | None:
    """The last 30 newsroom days up to the newest article. None: no article has a date, or counting took too long."""
    newest = parsed((await fetch_one(database, _NEWEST_SQL) or {}).get("at"))
    if newest is None:
        return None
    rows = (await fetch(database, _SQL, {"since": days_before(newest, days=_DAYS + 1)})).rows
    last = max((row["day"] for row in rows if row["day"]), default="")  # the last day of all is none in some zones
    keys = [count.key for count in every_day({}, last=last, days=_DAYS)]
    rows = [row for row in rows if row["day"] in set(keys)]
    if not rows:
        return None
    lanes = _lanes(rows, keys)
    total = sum(row["articles"] for row in rows)
    summary = say(
        "plot.outlets",
        first=period_name(keys[0]),
        last=period_name(keys[-1]),
        n=total,
        most=lanes[0].name,
        number=sum(number for (number,) in lanes[0].numbers),
    )
    return Plot("outlets-days", "", say("plot.outlets_title"), summary, Lanes(keys, lanes), rows)


def own_name(row: Mapping[str, Any]) -> str:
    """What an outlet is called in the reader's language."""
    return str((row["name_en"] if visit().language == "en" else None) or row["name"] or row["site"])


def _lanes(rows: Sequence[Row], keys: Sequence[str]) -> list[Lane]:
    """Those with most articles first; what is left, if it is more than one outlet, in a lane together at the end."""
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    names = {}
    for row in rows:
        numbers[row["site"]][row["day"]] += row["articles"]
        names[row["site"]] = own_name(row)
    order = sorted(numbers, key=lambda site: (-numbers[site].total(), site))
    own = order[: _LANES if len(order) > _LANES + 1 else _LANES + 1]
    lanes = [Lane(names[site], [(numbers[site][key],) for key in keys]) for site in own]
    others = order[len(own) :]
    if others:
        together = [(sum(numbers[site][key] for site in others),) for key in keys]
        lanes.append(Lane(say("plot.others", n=len(others)), together))
    return lanes
