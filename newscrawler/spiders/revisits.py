"""Revisits: is the page still the article that was archived, does it show all of it, and did the newspaper edit it or
did we read otherwise?
"""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Final

from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings import cuts
from newscrawler.archive.holdings.revisions import state_of, state_of_row
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records.captures import page_captured
from newscrawler.archive.records.warc_reading import Captured, CaptureMissing, read
from newscrawler.article import Article
from newscrawler.extract.page_lines import PageLines, without_our_choices
from newscrawler.extract.paywalls import NOT_FREE
from newscrawler.link import Link
from newscrawler.outcome import NotAnArticle, Outcome, PutBack, Shortened
from newscrawler.page import Page
from newscrawler.readers import Readers
from newscrawler.run import Run
from newscrawler.text.cuts import LEFT_MAX, Cut, cut_between
from newscrawler.text.edits import edit_between
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold
from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl, canonical

SHOWN_MIN: Final = 0.5
"""Share of the archived text's words. A page that shows so much of it is no page without it, whatever made us refuse
it: one of 123 golden and real pages turned into a listing when a box of links below it grew."""


class Revisits:
    """Looks at an article again beside what the archive has of it."""

    def __init__(self, run: Run, readers: Readers, *, limits: Limits) -> None:
        self.run = run
        self.readers = readers
        self.limits = limits

    async def compared(self, article: Article, page: Page, row: FrontierRow, *, redirected: bool) -> Article:
        """The article as it goes on to the archive: under the address it is archived at, with the archived page
        read again as `earlier` if the newspaper edited it, and as that page gave it if nobody did.

        Raises NotAnArticle if a redirect leads to an article, but to another one, and Shortened if the page shows a
        part of the archived text and nobody can tell yet that this is an edit.
        """
        known = _known(self.run.archive.conn, row)
        if known is None or known["capture_id"] == article.capture_id is not None:
            return article
        if article.url != known["url"]:
            if not self._is_same(article, known):
                if redirected:
                    self._discover(article, row)
                    raise NotAnArticle(f"leads to another article: {article.url}")
                return article
            # Also if its new address was visited first and is an article by now: it stays one, a near copy of this.
            article = replace(article, url=known["url"])
        if edit_between(state_of_row(known), state_of(article)) is None:
            return article
        article = await self._beside_the_older_page(article, page, row, known)
        cut = cut_between(state_of(article.earlier) if article.earlier else state_of_row(known), state_of(article))
        if cut is not None and self._is_held(cut, article, row, known):
            raise Shortened(str(cut))
        return article

    def _is_held(self, cut: Cut, article: Article, row: FrontierRow, known: sqlite3.Row) -> bool:
        """Whether a page that shows a part of the archived text leaves it as it is: until a later visit has found the
        same while the site's other articles were whole. A replay confirms nothing.
        """
        conn, now = self.run.archive.conn, self.run.clock()
        if iso(article.fetched_at) < known["last_seen_at"] or known["capture_id"] == article.capture_id is not None:
            return False  # an older page, or the archived one read again: that is no news from the newspaper
        closed = _says_not_free(article) and not (article.earlier and _says_not_free(article.earlier))
        if self.run.replaying:
            return closed or cut.left <= LEFT_MAX
        if cut.left > LEFT_MAX and not closed:
            return cuts.standing(conn, row.site, since=now - cuts.WINDOW).is_event
        since = cuts.cut_since(conn, row.url)
        wait = min(self.run.revisit, default=timedelta(0))
        return closed or since is None or not cuts.is_edit(conn, row.site, since=since, now=now, wait=wait)

    async def text_there(self, page: Page, row: FrontierRow) -> bool:
        """Whether most of the archived text stands on a page that couldn't be read as an article."""
        known = _known(self.run.archive.conn, row)
        if known is None:
            return False
        lines = await asyncio.to_thread(PageLines.of, page, self.run.sites[row.site])
        return lines.share_of(known["text"]) >= SHOWN_MIN

    def _is_same(self, article: Article, known: sqlite3.Row) -> bool:
        """Whether an article at another address is the archived one: a new slug, a new scheme."""
        similarity = jaccard(pairs(fold(article.text)), pairs(fold(known["text"])))
        same_headline = fold(article.title) == fold(known["title"])
        if same_headline and cut_between(state_of_row(known), state_of(article)):
            return True  # the first paragraph of a long article is not much like it
        return similarity >= (self.limits.related_min if same_headline else self.limits.duplicate_min)

    async def _beside_the_older_page(
        self, article: Article, page: Page, row: FrontierRow, known: sqlite3.Row
    ) -> Article:
        older = self._older_page(row, known)
        if older is None:
            return article
        site = self.run.sites[row.site]
        try:
            earlier = await self.readers.read(older, site)
        except PutBack:
            raise
        except Outcome:
            return article  # today's extractor can't read it: what is stored has to do
        if edit_between(state_of(earlier), state_of(article)) is not None:
            lines = await asyncio.to_thread(lambda: [PageLines.of(each, site) for each in (older, page)])
            states = without_our_choices(state_of(earlier), state_of(article), older=lines[0], newer=lines[1])
            if edit_between(*states) is not None:
                return replace(article, earlier=earlier)
        return replace(earlier, url=known["url"])

    def _older_page(self, row: FrontierRow, known: sqlite3.Row) -> Page | None:
        capture = None if known["capture_id"] is None else page_captured(self.run.archive.conn, known["capture_id"])
        if capture is None:
            return None
        try:
            captured = read(self.run.raw_dir, capture.file, capture.offset)
        except CaptureMissing as why:
            self.run.problem(str(why))
            return None
        if not captured.is_whole:
            return None
        return page_of(captured, requested_url=row.url, capture_id=capture.id, link=row.link)

    def _discover(self, article: Article, row: FrontierRow) -> None:
        """What the address leads to now may be in no feed."""
        url, site = canonical(article.url), self.run.sites[row.site]
        if site.in_scope(url) and site.articles.admits(url):
            with self.run.archive.transaction() as conn:
                frontier.discover(conn, [(url, Link(url))], site=site.id, source_id=None, now=self.run.clock())
            for listener in self.run.on_discovery:
                listener(site.id)


def page_of(captured: Captured, *, requested_url: CanonicalUrl, capture_id: int, link: Link | None) -> Page:
    """A response from a WARC file as the page it was."""
    return Page(
        url=canonical(captured.url),
        body=captured.body,
        fetched_at=captured.fetched_at,
        requested_url=requested_url,
        content_type=captured.content_type,
        capture_id=capture_id,
        link=link,
    )


def _says_not_free(article: Article) -> bool:
    return any(note.startswith(NOT_FREE) for note in article.notes)


def _known(conn: sqlite3.Connection, row: FrontierRow) -> sqlite3.Row | None:
    if row.article_id is None:
        return None
    found: sqlite3.Row | None = conn.execute("SELECT * FROM articles WHERE id = ?", [row.article_id]).fetchone()
    return found
