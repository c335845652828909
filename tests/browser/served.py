"""The reading room that the browser visits: the built-in newsroom crawled twice, and what a crawl of it can't show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from browse.sample_archive import HOSTILE, add_article, put
from newscrawler.archive import open_archive
from newscrawler.archive.holdings.withdrawals import withdraw
from newscrawler.demo.newsroom import Newsroom
from newscrawler.times import utc_now
from support.commands import Desk
from support.room_server import serving

_FACTS: Final = """
SELECT
    (SELECT original_id FROM articles WHERE original_id IS NOT NULL LIMIT 1) AS article,
    (SELECT id FROM articles WHERE original_id IS NOT NULL LIMIT 1) AS near,
    (SELECT article_id FROM revisions LIMIT 1) AS revised,
    (SELECT id FROM revisions LIMIT 1) AS revision,
    (SELECT id FROM articles WHERE state = 'withdrawn') AS withdrawn,
    (SELECT id FROM articles WHERE site = 'loud') AS loud,
    (SELECT tag_id FROM article_tags GROUP BY tag_id ORDER BY count(*) DESC LIMIT 1) AS tag,
    (SELECT name FROM tags WHERE kind = 'topic'
     ORDER BY (SELECT count(*) FROM article_tags WHERE tag_id = id) DESC LIMIT 1) AS topic,
    (SELECT date(max(published_at)) FROM articles WHERE site <> 'loud') AS day,
    (SELECT url FROM outcomes WHERE outcome = 'NotArabic' LIMIT 1) AS rejected
"""

PAGES: Final = {
    "front": "/",
    "article": "/-/article/{article}",
    "edited article": "/-/article/{revised}",
    "withdrawn article": "/-/article/{withdrawn}",
    "article of long words": "/-/article/{loud}",
    "what changed": "/-/article/{revised}/revisions/{revision}",
    "search": "/-/search?q=عبّارة",
    "search without words": "/-/search",
    "narrowed search": "/-/search?country=TN&topic={topic}&originals=1&from=2020-01-01&to={day}",
    "search that makes no sense": "/-/search?country=ZZ&from=2026-11-23&to=2026-11-22",
    "search without hits": "/-/search?q=كلمةلايعرفهاأحد",
    "cluster": "/-/cluster/{article}",
    "near copy beside original": "/-/cluster/{near}/changes",
    "outlets": "/-/outlets",
    "outlet": "/-/outlet/demo-marfa",
    "outlet of long words": "/-/outlet/loud",
    "tags": "/-/tags",
    "tags of a kind": "/-/tags/place",
    "tag": "/-/tag/{tag}",
    "days": "/-/days",
    "day": "/-/day/{day}",
    "health": "/-/health",
    "run": "/-/health/run/1",
    "why": "/-/why?url={rejected}",
    "missing": "/-/article/999999",
    "database": "/archive",
    "table": "/archive/articles",
    "row": "/archive/articles/{article}",
    "query": "/archive/articles-per-day?since=&site=",
    "broken query": "/archive?sql=select+no+such+thing",
}
"""Every type of page, with places for what the archive has."""

DATASETTES: Final = ("database", "table", "row", "query", "broken query")
"""Those that are Datasette's with our looks: they run its scripts, and their language is asked for by `_lang`."""


@dataclass(frozen=True, slots=True)
class Room:
    """A served archive."""

    home: str
    """Where it is served, without a slash at the end."""
    archive: Path
    """The file."""
    facts: dict[str, Any]
    """What the places in PAGES stand for."""

    def address(self, page: str, language: str = "ar") -> str:
        """The address of one of PAGES in that language."""
        path = PAGES[page].format(**self.facts)
        name = "_lang" if page in DATASETTES else "lang"
        return f"{self.home}{path}{'&' if '?' in path else '?'}{name}={language}"


def crawled_twice(folder: Path) -> Path:
    """An archive of the built-in newsroom after two crawls, between which a newspaper edited an article."""
    desk = Desk(folder)
    with Newsroom((0, 0, 0)) as newsroom:
        newsroom.write_seeds(folder / "seeds")
        for edition in (1, 2):
            newsroom.edition = edition
            ended = desk.crawl(NEWS_REVISIT="0s 0s")
            assert ended.code == 0, ended.err
    return desk.archive


def trouble(archive: Path) -> None:
    """A withdrawn article, and one of an outlet whose words are long and whose markup is hostile."""
    with open_archive(archive) as opened, opened.transaction() as conn:
        article: int = conn.execute("SELECT max(id) FROM articles WHERE original_id IS NULL").fetchone()[0]
        at = utc_now() + timedelta(minutes=1)  # after the last visit, which saw it
        assert withdraw(conn, article, "not-found", detail="404", at=at, capture_id=None)
    db = Database(archive)
    url = f"https://loud.example/{'very-long-address/' * 30}"
    put(db, "sites", {
            "id": "loud", "name": f"صحيفة {'ا' * 120} {HOSTILE}", "country": "LB", "kind": "newspaper",
            "home": url, "timezone": "Asia/Beirut", "status": "active", "first_seen_at": "2026-11-01T00:00:00Z",
        }
    )  # fmt: skip
    key: int = db.execute("SELECT max(id) + 1 FROM articles").fetchone()[0]
    add_article(
        db, key, site="loud", url=url, section="قسم" * 40, title="عنوان" + "طويل" * 60 + HOSTILE,
        standfirst="ت" * 400, text="\n\n".join(["كلمة" * 300, f"https://loud.example/{'x' * 500}", HOSTILE]),
        authors=f'["{"س" * 200}"]', published_at="2026-11-20T10:00:00Z",
    )  # fmt: skip
    put(db, "tags", {"id": 900_001, "kind": "place", "name": "مكان" * 50 + HOSTILE})
    put(db, "article_tags", {"article_id": key, "tag_id": 900_001, "source": "lexicon", "confidence": 0.9})
    db.close()


@contextmanager
def served(archive: Path) -> Iterator[Room]:
    """A reading room of that archive, as `datasette archive.db` gives it."""
    db = Database(archive)
    facts = next(iter(db.query(_FACTS)))
    db.close()
    with serving(archive) as server:
        yield Room(server.home, archive, facts)
