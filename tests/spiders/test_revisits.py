"""Revisits: whether a page is still the article, and whose doing a difference is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings import articles
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records import raw
from newscrawler.archive.records.raw import Received
from newscrawler.archive.records.warc import WarcFolder
from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, NotAnArticle, Outcome, PutBack
from newscrawler.page import Page
from newscrawler.run import Run
from newscrawler.site import Site
from newscrawler.spiders.revisits import Revisits
from newscrawler.urls import canonical
from support.archives import NOW, an_article, column, taken_up
from support.newspaper import headline, html, paragraphs

URL = canonical("https://alpha.example/news/1")
BODY = tuple(paragraphs(1))
LATER = NOW + timedelta(hours=6)


@dataclass
class Readers:
    """Reads a page as a test says, and remembers which it was given."""

    gives: Callable[[Page], Article | Outcome]
    pages: list[Page] = field(default_factory=list)

    async def read(self, page: Page, site: Site) -> Article:  # noqa: ARG002 (as Readers.read)
        self.pages.append(page)
        read = self.gives(page)
        if isinstance(read, Outcome):
            raise read
        return read

    def close(self) -> None: ...


class Desk:
    """An article that was archived from a page, and a later look at it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.folder = WarcFolder(run.raw_dir, label="test", max_bytes=10**9)
        (row,) = taken_up(run, URL)
        page = html(headline(1), BODY).encode()
        with run.archive.transaction() as conn:
            received = Received(URL, 200, [("Content-Type", "text/html; charset=utf-8")], page, "text/html", NOW)
            self.capture = raw.keep(conn, self.folder, received, row=row, run_id=run.id)
            self.article = an_article(1, capture_id=self.capture)
            articles.store(conn, self.article, search_text="")
        self.row: FrontierRow = replace(row, article_id=1)
        self.readers = Readers(lambda page: self.article)

    def look(self, article: Article, *, body: tuple[str, ...] = BODY, redirected: bool = False) -> Article:
        """What goes on to the archive after a visit that read this article from a page with this body."""
        page = Page(canonical(article.url), html(article.title, body).encode(), LATER, URL, "text/html", 2)
        revisits = Revisits(self.run, self.readers, limits=Limits(0.6, 0.35))
        return asyncio.run(revisits.compared(article, page, self.row, redirected=redirected))


@pytest.fixture
def desk(run: Run) -> Iterator[Desk]:
    """With the WARC file open, as in a crawl."""
    made = Desk(run)
    yield made
    made.folder.close()


def seen(*body: str, **fields: object) -> Article:
    return an_article(1, fetched_at=LATER, capture_id=2, paragraphs=body or BODY, **fields)


def test_the_same_text_is_not_compared_any_further(desk: Desk) -> None:
    """Nearly every visit: no file is opened, nothing is read twice."""
    same = seen()
    assert desk.look(same) is same
    assert desk.readers.pages == []


def test_an_edited_text_goes_on_with_the_older_page_read_again(desk: Desk) -> None:
    """By today's extractor, from the bytes of then, with what the source had said."""
    edited = seen(*BODY[:3], "خاتمة جديدة كل الجدة.")
    assert desk.look(edited, body=edited.paragraphs) == replace(edited, earlier=desk.article)
    (older,) = desk.readers.pages
    assert (older.fetched_at, older.capture_id, older.requested_url) == (NOW, desk.capture, URL)
    assert headline(1).encode() in older.body


def test_what_todays_extractor_reads_otherwise_is_no_edit(desk: Desk) -> None:
    """It reads the older page in the same way: that page goes on, to be corrected in place."""
    better = BODY[1:]
    desk.article = replace(desk.article, paragraphs=better)
    assert desk.look(seen(*better)) == desk.article


def test_a_line_that_stands_on_both_pages_is_no_edit(desk: Desk) -> None:
    """Read from one, left out on the other: the reading of the older page stays."""
    assert desk.look(seen(*BODY[1:]), body=BODY) == desk.article


@pytest.mark.parametrize("lost", ["capture", "file", "reading"])
def test_without_the_older_page_the_stored_state_has_to_do(desk: Desk, lost: str) -> None:
    """No capture, no file, or a page that today's extractor refuses. A missing file is a problem of the run."""
    if lost == "capture":
        desk.run.archive.conn.execute("UPDATE articles SET capture_id = NULL")
    elif lost == "file":
        desk.folder.close()
        for path in desk.run.raw_dir.iterdir():
            path.unlink()
    else:
        desk.readers = Readers(lambda page: ExtractorFailed("x"))
    edited = seen(*BODY[:3], "خاتمة جديدة كل الجدة.")
    assert desk.look(edited, body=edited.paragraphs) is edited
    assert bool(desk.run.problems) == (lost == "file")


def test_a_run_that_ends_while_the_older_page_is_read_puts_the_address_back(desk: Desk) -> None:
    """An edit that couldn't be compared any more is the next run's."""
    desk.readers = Readers(lambda page: PutBack("the run ended"))
    with pytest.raises(PutBack):
        desk.look(seen(*BODY[:3]), body=BODY[:3])


def test_an_article_under_a_new_slug_is_the_same_article(desk: Desk) -> None:
    """Its address in the archive stays; an edit on the way is an edit."""
    moved = seen(url="https://alpha.example/news/1-new", requested_url=URL)
    assert desk.look(moved, redirected=True) == replace(moved, url=URL)
    edited = seen(*BODY[:3], paragraphs(2)[0], url="https://alpha.example/news/1-new", requested_url=URL)
    assert desk.look(edited, body=edited.paragraphs, redirected=True) == replace(edited, url=URL, earlier=desk.article)


def test_a_half_rewritten_article_under_a_new_slug_is_known_by_its_headline(desk: Desk) -> None:
    """Half of the text and the headline are enough, half of the text alone is not."""
    half = (*BODY[:2], *paragraphs(2)[:1])
    moved = {"url": "https://alpha.example/news/1-new", "requested_url": URL}
    assert desk.look(seen(*half, **moved), body=half, redirected=True).url == URL
    with pytest.raises(NotAnArticle, match="leads to another article"):
        desk.look(seen(*half, title="عنوان آخر تماماً", **moved), body=half, redirected=True)


def test_a_redirect_to_another_article_is_no_visit_of_this_one(desk: Desk) -> None:
    """What it leads to is taken up by itself: it may be in no feed."""
    told: list[str] = []
    desk.run.on_discovery.append(told.append)
    other = an_article(7, fetched_at=LATER, capture_id=2, requested_url=URL)
    with pytest.raises(NotAnArticle, match=r"leads to another article: https://alpha\.example/news/7"):
        desk.look(other, body=other.paragraphs, redirected=True)
    assert column(desk.run.archive, "SELECT url FROM frontier WHERE outcome IS NULL ORDER BY id DESC")[0] == other.url
    assert told == ["alpha"]


def test_an_address_that_always_shows_the_latest_article_has_many(desk: Desk) -> None:
    """No redirect, another canonical address, another text: an article of its own, as before."""
    other = an_article(7, fetched_at=LATER, capture_id=2, requested_url=URL)
    assert desk.look(other, body=other.paragraphs) is other


def test_an_article_whose_new_slug_was_visited_first_stays_at_its_own_address(desk: Desk) -> None:
    """Both are articles by then. The edit on the way is this one's, too: nobody can see its old words any more."""
    edited = seen(*BODY[:3], paragraphs(2)[0], url="https://alpha.example/news/1-new", requested_url=URL)
    with desk.run.archive.transaction() as conn:
        articles.store(conn, replace(edited, capture_id=None), search_text="")
    assert desk.look(edited, body=edited.paragraphs, redirected=True) == replace(edited, url=URL, earlier=desk.article)


def test_an_address_without_an_article_has_nothing_to_be_compared_with(desk: Desk) -> None:
    """A first visit."""
    desk.row = replace(desk.row, article_id=None)
    new = seen(*paragraphs(5))
    assert desk.look(new) is new


def test_reading_an_articles_own_capture_again_is_not_compared(desk: Desk) -> None:
    """`scrapy reextract` corrects in place."""
    again = an_article(1, capture_id=desk.capture, paragraphs=BODY[:2])
    assert desk.look(again) is again
    assert desk.readers.pages == []


def test_a_page_that_is_refused_may_show_the_text_all_the_same(desk: Desk) -> None:
    """Most of it, not one paragraph; of an address without an article nothing is known."""
    revisits = Revisits(desk.run, desk.readers, limits=Limits(0.6, 0.35))

    def there(*body: str, row: FrontierRow = desk.row) -> bool:
        page = Page(URL, html("قائمة", body).encode(), LATER, URL, "text/html", 2)
        return asyncio.run(revisits.text_there(page, row))

    assert there(*BODY[:3])
    assert not there(BODY[0])
    assert not there(*BODY, row=replace(desk.row, article_id=None))
