"""An archive that articles are put into the way the pipelines do it, timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import mean, median

from newscrawler.archive import Archive, open_archive
from newscrawler.archive.copies import clusters, signatures, twins
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.archive.holdings import articles
from newscrawler.archive.polls.sites import remember_sites
from newscrawler.article import Article, fingerprinted
from newscrawler.site import Site
from tests.support.rewrites import Story


@dataclass
class Press:
    """An archive of two outlets."""

    archive: Archive
    """Open for writing."""
    looked_up_s: list[float] = field(default_factory=list)
    """Seconds spent to decide what each article is."""
    wrote_s: list[float] = field(default_factory=list)
    """Seconds spent to write each, the commit included."""
    copies: int = 0
    """Articles that were the same text as another one."""

    def decide(self, article: Article) -> Article | None:
        """As the dedup pipeline does. None: the same text is archived already."""
        begun = time.perf_counter()
        conn = self.archive.conn
        known = articles.id_of(conn, article.url)
        same = twins.same_text(conn, article.content_hash, not_url=article.url) if known is None else None
        placed = None if same else clusters.placed(conn, article, known=known, limits=DEFAULT_LIMITS)
        self.looked_up_s.append(time.perf_counter() - begun)
        return placed

    def write(self, article: Article) -> int:
        """As the archive pipeline does, without tags, frontier and full-text index."""
        begun = time.perf_counter()
        with self.archive.transaction() as conn:
            stored = articles.store(conn, article, search_text="")
            assert article.signature is not None
            signatures.remember(conn, stored.article_id, article.signature)
            if article.alike is not None:
                clusters.settle(conn, stored.article_id, limits=DEFAULT_LIMITS, found=article.alike)
        self.wrote_s.append(time.perf_counter() - begun)
        return stored.article_id

    def forget_times(self) -> None:
        """Begin to measure anew."""
        self.looked_up_s, self.wrote_s = [], []

    def milliseconds(self) -> dict[str, float]:
        """For an article: medians, which a busy machine disturbs little, and the mean with every pause of the disk."""
        both = [sum(pair) for pair in zip(self.looked_up_s, self.wrote_s, strict=False)]
        medians = {"look_up": median(self.looked_up_s), "write": median(self.wrote_s), "both": median(both)}
        return {name: round(1000 * value, 3) for name, value in {**medians, "both_mean": mean(both)}.items()}

    def root_of(self, key: int) -> int:
        """The original of an article's cluster."""
        row = self.archive.conn.execute("SELECT coalesce(original_id, id) FROM articles WHERE id = ?", [key]).fetchone()
        return int(row[0])

    def put(self, article: Article) -> int | None:
        """Decide and write. None: a copy."""
        placed = self.decide(article)
        if placed is None:
            self.copies += 1
            return None
        return self.write(placed)


@contextmanager
def a_press(path: Path) -> Iterator[Press]:
    """A new archive with the outlets `one` and `two`."""
    with open_archive(path) as archive:
        outlets = [
            Site.model_validate({"id": key, "name": key, "home": f"https://{key}.example/", "timezone": "Africa/Tunis"})
            for key in ("one", "two")
        ]
        with archive.transaction() as conn:
            remember_sites(conn, outlets, now=datetime.fromisoformat("2024-01-01T00:00:00+00:00"))
        yield Press(archive)


def printed(story: Story, number: int, at: datetime, *, site: str = "one") -> Article:
    """The story as an outlet's article."""
    url = f"https://{site}.example/{number}"
    return fingerprinted(
        Article(
            url=url,
            site=site,
            title=story.title,
            paragraphs=story.paragraphs,
            fetched_at=at,
            requested_url=url,
            published_at=at,
        )
    )
