"""«Why isn't my page here?»: everything the archive knows of one pasted address, told as a story."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from newscrawler.archive.queue.forgotten import key_of
from newscrawler.browse.rows import Row, fetch
from newscrawler.browse.spellings import host_and_path, spellings
from newscrawler.browse.why_story import Event, story

_URL_MAX: Final = 4000
"""Characters of a pasted address: percent-encoded Arabic headlines need a thousand."""

_KNOWN_SQL: Final[dict[str, str]] = {
    "frontier": """
SELECT f.*, c.kind AS source_kind, c.url AS source_url, s.timezone, s.country
FROM json_each(:urls) u CROSS JOIN frontier f ON f.url = u.value
LEFT JOIN sources c ON c.id = f.source_id LEFT JOIN sites s ON s.id = f.site ORDER BY u.key LIMIT 20
""",
    "articles": """
SELECT a.id, a.url, a.title, a.site, a.state, a.first_seen_at, a.last_seen_at, a.changed_at, s.timezone, s.country
FROM json_each(:urls) u CROSS JOIN articles a ON a.url = u.value LEFT JOIN sites s ON s.id = a.site
ORDER BY u.key LIMIT 20
""",
    "reached": """
SELECT a.id, a.url, a.title, a.site, a.state, a.first_seen_at, a.last_seen_at, a.changed_at, s.timezone, s.country
FROM json_each(:urls) u CROSS JOIN frontier f ON f.url = u.value CROSS JOIN articles a ON a.id = f.article_id
LEFT JOIN sites s ON s.id = a.site ORDER BY u.key LIMIT 20
""",
    "copies": """
SELECT c.*, a.title AS article_title, a.url AS article_url, s.timezone, s.country
FROM json_each(:urls) u CROSS JOIN copies c ON c.url = u.value
JOIN articles a ON a.id = c.article_id LEFT JOIN sites s ON s.id = c.site ORDER BY u.key LIMIT 20
""",
    "takedowns": """
SELECT t.* FROM json_each(:urls) u CROSS JOIN takedowns t ON t.url = u.value ORDER BY u.key LIMIT 20
""",
    "outcomes": """
SELECT o.*, p.url AS answered, p.requested_url, s.timezone, s.country
FROM json_each(:urls) u CROSS JOIN outcomes o ON o.url = u.value
LEFT JOIN captures p ON p.id = o.capture_id LEFT JOIN sites s ON s.id = o.site
ORDER BY o.at DESC LIMIT 100
""",
    "withdrawals": """
SELECT w.*, s.timezone, s.country
FROM json_each(:articles) u CROSS JOIN withdrawals w ON w.article_id = u.value
JOIN articles a ON a.id = w.article_id LEFT JOIN sites s ON s.id = a.site ORDER BY w.withdrawn_at DESC LIMIT 20
""",
}

_FORGOTTEN_SQL: Final = """
SELECT f.key, f.outcome, strftime('%Y-%m-%dT%H:%M:%SZ', f.ended, 'unixepoch') AS at
FROM json_each(:keys) u CROSS JOIN forgotten f ON f.key = u.value ORDER BY u.key LIMIT 20
"""

_HAVE_URL: Final = ("articles", "copies", "frontier", "takedowns", "outcomes", "forgotten")
"""Of the above, those whose rows have the address that was asked for, in one of its spellings."""

_SITES_SQL: Final = "SELECT id, name, name_en, home, status FROM sites"

_HOST_SQL: Final = """
SELECT s.id, s.name, s.name_en, s.home, s.status FROM json_each(:roots) u
CROSS JOIN frontier f ON f.url >= u.value AND f.url < u.value || char(1114111) JOIN sites s ON s.id = f.site LIMIT 1
"""

_NEAR_SQL: Final = """
SELECT f.url, f.title, f.outcome, f.article_id FROM json_each(:prefixes) u
CROSS JOIN frontier f ON f.url >= u.value AND f.url < u.value || char(1114111) LIMIT 8
"""


@dataclass(frozen=True, slots=True)
class WhyPage:
    """What the archive knows of an address."""

    typed: str
    """What was pasted; empty: nothing yet."""
    url: str | None = None
    """The spelling under which the archive knows it, else its canonical one. None: nothing was pasted, or it is no
    address.
    """
    verdict: str = "nothing"
    """nothing, no-address, archived, withdrawn, copy, taken-down, waiting, ended, unknown or foreign: a key of words'
    [why_verdict]."""
    article: Row | None = None
    """The article it has become, or the one it is a copy of: id, title, url."""
    outcome: str = ""
    """How its last visit ended, for the verdict `ended`."""
    detail: str = ""
    """More of that."""
    given_up: int = 0
    """After how many tries in a row it was given up. 0: it wasn't, or one was enough."""
    events: list[Event] = field(default_factory=list)
    """What happened, the oldest first."""
    outlet: Row | None = None
    """The outlet whose host it is: id, name, name_en, home, status. None: of none in the archive."""
    near: list[Row] = field(default_factory=list)
    """Known addresses that begin alike: url, title, outcome, article_id; only where this one is unknown."""
    words: str = ""
    """Words of a readable address, to be searched for."""


async def read_why(database: Any, typed: str) -> WhyPage:
    """The story of an address, however it is spelt."""
    typed = typed.strip()[:_URL_MAX]
    if not typed:
        return WhyPage("")
    try:
        urls = spellings(typed)
    except ValueError:
        return WhyPage(typed, verdict="no-address")
    known = await _known(database, [str(url) for url in urls])
    outlet = await _outlet(database, urls[0])
    articles = known["articles"] or known["reached"]
    last = max(known["frontier"], key=lambda row: row["ended_at"] or "", default=None)
    ended = last or next(iter(known["forgotten"]), {})
    copied = known["copies"][0] if known["copies"] else None
    verdict = _verdict(known, outlet)
    return WhyPage(
        typed,
        url=next((row["url"] for name in _HAVE_URL for row in known[name]), urls[0]),
        verdict=verdict,
        article=articles[0] if articles else _original(copied),
        outcome=ended.get("outcome") or "",
        detail=ended.get("detail") or "",
        given_up=_given_up(last),
        events=story(known),
        outlet=outlet,
        near=await _near(database, urls[0]) if verdict in ("unknown", "foreign") else [],
        words=_words(urls[0]),
    )


async def _known(database: Any, urls: list[str]) -> dict[str, list[Row]]:
    known: dict[str, list[Row]] = {}
    for name, sql in _KNOWN_SQL.items():
        articles = [row["id"] for row in [*known.get("articles", []), *known.get("reached", [])]]
        params = {"urls": json.dumps(urls), "articles": json.dumps(articles)}
        known[name] = (await fetch(database, sql, params)).rows
    keys = {key_of(url): url for url in urls}
    forgotten = (await fetch(database, _FORGOTTEN_SQL, {"keys": json.dumps(list(keys))})).rows
    return known | {"forgotten": [row | {"url": keys[row["key"]]} for row in forgotten]}


def _verdict(known: dict[str, list[Row]], outlet: Row | None) -> str:
    articles = known["articles"] or known["reached"]
    if known["takedowns"]:
        return "taken-down"
    if known["copies"] and not known["articles"]:
        return "copy"
    if articles:
        return "withdrawn" if articles[0]["state"] == "withdrawn" else "archived"
    if known["frontier"]:
        return "ended" if any(row["outcome"] for row in known["frontier"]) else "waiting"
    if known["outcomes"] or known["forgotten"]:
        return "ended"
    return "unknown" if outlet else "foreign"


def _given_up(row: Row | None) -> int:
    """Only passing failures are counted as tries, and one that nobody will ask for again is given up."""
    tries: int = row["tries"] if row is not None and row["due_at"] is None and row["outcome"] else 0
    return tries if tries > 1 else 0


def _original(copied: Row | None) -> Row | None:
    if copied is None:
        return None
    return {"id": copied["article_id"], "title": copied["article_title"], "url": copied["article_url"]}


async def _outlet(database: Any, url: str) -> Row | None:
    """By the outlets' home pages; else by an address of the same host that was discovered for one."""
    host, _ = host_and_path(url)
    rows = (await fetch(database, _SITES_SQL)).rows
    for row in rows:
        if urlsplit(row["home"] or "").netloc.lower().removeprefix("www.") == host:
            return row
    roots = [f"{scheme}://{www}{host}/" for scheme in ("https", "http") for www in ("", "www.")]
    found = (await fetch(database, _HOST_SQL, {"roots": json.dumps(roots)})).rows
    return found[0] if found else None


async def _near(database: Any, url: str) -> list[Row]:
    """Those with the longest common beginning, cut at a slash."""
    host, folders = host_and_path(url)
    for folder in folders[:-1][:6]:
        prefixes = [f"{scheme}://{www}{host}{folder}" for scheme in ("https", "http") for www in ("", "www.")]
        found = (await fetch(database, _NEAR_SQL, {"prefixes": json.dumps(prefixes)})).rows
        if found:
            return found
    return []


def _words(url: str) -> str:
    """The Arabic words of an address that holds its headline."""
    words = unquote(urlsplit(url).path).replace("-", " ").replace("_", " ").replace("/", " ").split()
    arabic = [word for word in words if any("\u0621" <= letter <= "\u064a" for letter in word)]
    return " ".join(arabic[:12])
