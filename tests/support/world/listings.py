"""What a site lists at a time: feeds, news sitemaps, indices of sitemaps by month, sections with pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final, Literal

from newscrawler.times import iso
from support.world.pieces import Piece

Kind = Literal["feed", "news-sitemap", "sitemap", "section"]
Dates = Literal["right", "none", "now", "ahead"]
"""Of a feed's items: true, absent, the time of the request, or three hours ahead (local time called GMT)."""
Manner = Literal["honest", "bare", "restless", "stuck"]
"""`honest`: an ETag that changes with the listing, 304 to whoever has it. `bare`: no validators, and other bytes at
every request. `restless`: a new ETag at every request. `stuck`: an ETag that never changes, and 304 to whoever sends
it, whatever was published since."""

_NS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS: Final = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@dataclass(frozen=True, slots=True)
class Listed:
    """A source of a site, with its habits."""

    kind: Kind = "feed"
    """What a seed file calls it."""
    path: str = "/feed"
    """Where it is."""
    items: int = 20
    """Entries of a feed, or links on one page of a section."""
    pages: int = 1
    """Pages of a section."""
    dates: Dates = "right"
    """Of a feed's items. For an index of sitemaps: of its children; "none" leaves `lastmod` out."""
    manner: Manner = "honest"
    """How it uses validators."""
    lag: timedelta = timedelta(0)
    """How old what it shows is: a cache stands before it."""
    tracked: bool = False
    """Whether it adds what tells the newspaper where a reader came from to each address."""

    def seen(self, published: Sequence[Piece], now: datetime) -> Sequence[Piece]:
        """The pieces that all of its pages together list, newest first. `published`: newest first too."""
        match self.kind:
            case "feed":
                return published[: self.items]
            case "section":
                return published[: self.items * self.pages]
            case "news-sitemap":
                return [piece for piece in published if now - piece.at < timedelta(hours=48)]
            case _:
                return published

    def paths(self, published: Sequence[Piece]) -> list[str]:
        """Every address it has: its own, further pages, children."""
        if self.kind == "section":
            return [self.path, *(f"{self.path}?page={n}" for n in range(2, self.pages + 1))]
        if self.kind == "sitemap":
            return [self.path, *sorted({child_path(piece.at) for piece in published})]
        return [self.path]


def body_of(listed: Listed, path: str, published: Sequence[Piece], url: Callable[[str], str], now: datetime) -> str:
    """The listing at one of its addresses; `url` makes a path absolute."""
    track = "?utm_source=rss&utm_medium=feed" if listed.tracked else ""
    shown = listed.seen(published, now)
    match listed.kind:
        case "feed":
            return _rss(listed, shown, url, track, now)
        case "section":
            return _section(listed, path, shown, track)
        case "news-sitemap":
            return _news_sitemap(shown, url)
        case _ if path == listed.path:
            return _index(listed, published, url, now)
        case _:
            of_month = [piece for piece in published if child_path(piece.at) == path]
            return _urlset(
                f"<url><loc>{url(p.path)}</loc><lastmod>{iso(_changed(p, now))}</lastmod></url>" for p in of_month
            )


def child_path(at: datetime) -> str:
    """The child sitemap of ten days: so a fortnight has unchanged ones too."""
    return f"/sitemap-{at:%Y-%m}-{at.day // 10}.xml"


def _rss(listed: Listed, pieces: Sequence[Piece], url: Callable[[str], str], track: str, now: datetime) -> str:
    items = "".join(
        f"<item><title>{escape(p.shown(now).title)}</title><link>{escape(url(p.path) + track)}</link>"
        + ("" if listed.dates == "none" else f"<pubDate>{_said(listed, p.at, now):%a, %d %b %Y %H:%M:%S} GMT</pubDate>")
        + "</item>"
        for p in pieces
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'


def _section(listed: Listed, path: str, pieces: Sequence[Piece], track: str) -> str:
    number = int(path.partition("?page=")[2] or 1)
    here = pieces[(number - 1) * listed.items : number * listed.items]
    cards = "".join(f'<li><h2><a href="{p.path}{track}">{escape(p.title)}</a></h2></li>' for p in here)
    more = len(pieces) > number * listed.items
    turn = f'<a rel="next" href="{listed.path}?page={number + 1}">التالي</a>' if more else ""
    return (
        '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>قسم</title></head>'
        f"<body><main><ul>{cards}</ul>{turn}</main></body></html>"
    )


def _news_sitemap(pieces: Sequence[Piece], url: Callable[[str], str]) -> str:
    return _urlset(
        f"<url><loc>{url(p.path)}</loc><news:news><news:publication_date>{iso(p.at)}</news:publication_date>"
        f"<news:title>{escape(p.title)}</news:title></news:news></url>"
        for p in pieces
    )


def _changed(piece: Piece, now: datetime) -> datetime:
    """What `lastmod` means: its last edit, or its publication."""
    return piece.shown(now).since or piece.at


def _said(listed: Listed, at: datetime, now: datetime) -> datetime:
    """The time that the source gives for one that was at `at`."""
    if listed.dates == "now":
        return now
    return at + timedelta(hours=3) if listed.dates == "ahead" else at


def _urlset(entries: Iterable[str]) -> str:
    return f"<urlset {_NS} {_NEWS}>{''.join(entries)}</urlset>"


def _index(listed: Listed, published: Sequence[Piece], url: Callable[[str], str], now: datetime) -> str:
    newest: dict[str, datetime] = {}
    for piece in published:
        child = child_path(piece.at)
        newest[child] = max(newest.get(child, piece.at), _changed(piece, now))
    children = "".join(
        f"<sitemap><loc>{url(path)}</loc>"
        + ("" if listed.dates == "none" else f"<lastmod>{iso(_said(listed, at, now))}</lastmod>")
        + "</sitemap>"
        for path, at in newest.items()
    )
    return f"<sitemapindex {_NS}>{children}</sitemapindex>"
