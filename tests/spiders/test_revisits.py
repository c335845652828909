"""Revisits: whether a page is still the article, and whose doing a difference is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from newscrawler.archive import ledger
from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings import articles, cuts
from newscrawler.archive.holdings.cuts import Standing
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records import raw
from newscrawler.archive.records.raw import Received
from newscrawler.archive.records.warc import WarcFolder
from newscrawler.article import Article
from newscrawler.extract.paywalls import NOT_FREE
from newscrawler.outcome import ExtractorFailed, NotAnArticle, NotModified, Outcome, PutBack, Shortened
from newscrawler.page import Page
from newscrawler.run import Run
from newscrawler.site import Site
from newscrawler.spiders.revisits import Revisits
from newscrawler.times import iso
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


TEASER = BODY[:1]
THREE = BODY[:3]
"""Of four paragraphs: most of the text."""
CLOSED = (f"{NOT_FREE} (isAccessibleForFree): the text may be cut",)


def cut_before(desk: Desk, *, hours: int) -> None:
    """So long ago a visit found a part only, while another article was whole."""
    conn, at = desk.run.archive.conn, iso(NOW - timedelta(hours=hours))
    articles.store(conn, an_article(2, fetched_at=NOW - timedelta(days=9)), search_text="")
    conn.execute("UPDATE articles SET first_seen_at = '2026-11-01T00:00:00Z'")
    run_id = ledger.start_run(conn, spider="news", arguments={}, now=NOW)
    for number, outcome in ((1, Shortened()), (2, NotModified())):
        url = f"https://alpha.example/news/{number}"
        ledger.record(
            conn, outcome, run_id=run_id, url=url, site="alpha", now=NOW - timedelta(hours=hours), article_id=number
        )
    assert column(desk.run.archive, "SELECT max(at) FROM outcomes") == [at]


def test_a_part_of_the_text_leaves_what_is_archived(desk: Desk) -> None:
    """Nobody can tell yet whether it is an edit. The detail says how much is left."""
    with pytest.raises(Shortened, match="30 of 120 words are left"):
        desk.look(seen(*TEASER), body=TEASER)
    assert desk.look(seen(*THREE), body=THREE).paragraphs == THREE, "a paragraph less is an edit at once"


def test_a_part_that_is_found_again_is_an_edit(desk: Desk) -> None:
    """After a step of the ladder, where others were whole; the state before is kept beside it."""
    cut_before(desk, hours=1)
    assert desk.look(seen(*TEASER), body=TEASER) == replace(seen(*TEASER), earlier=desk.article)
    desk.run.archive.conn.execute("DELETE FROM outcomes WHERE article_id = 2")
    with pytest.raises(Shortened):
        desk.look(seen(*TEASER), body=TEASER)


def test_a_part_that_is_found_again_at_once_proves_nothing(desk: Desk) -> None:
    """Somebody asked for the address by name, twice."""
    cut_before(desk, hours=0)
    with pytest.raises(Shortened):
        desk.look(seen(*TEASER), body=TEASER)


def test_a_page_that_has_become_paid_is_never_an_edit(desk: Desk) -> None:
    """It says so itself, and the archived one didn't; also where most of the text stays."""
    cut_before(desk, hours=1)
    for left in (TEASER, THREE):
        with pytest.raises(Shortened):
            desk.look(seen(*left, notes=CLOSED), body=left)
    desk.article = replace(desk.article, notes=CLOSED)
    assert desk.look(seen(*THREE, notes=CLOSED), body=THREE).paragraphs == THREE, "it was paid from the beginning"


def test_where_a_site_is_cut_a_larger_part_is_one_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first paragraph of a short item may be most of it."""
    monkeypatch.setattr(cuts, "standing", lambda *_, **__: Standing(5, 6))
    with pytest.raises(Shortened):
        desk.look(seen(*THREE), body=THREE)


def test_a_part_without_the_older_page_is_compared_with_the_stored_text(desk: Desk) -> None:
    """The raw store was off, or today's extractor refuses the page."""
    desk.readers = Readers(lambda page: ExtractorFailed("x"))
    with pytest.raises(Shortened):
        desk.look(seen(*TEASER), body=TEASER)


def test_what_todays_extractor_cuts_is_our_reading(desk: Desk) -> None:
    """It reads as little from the archived page: nobody has shortened anything, and nothing is held."""
    desk.article = replace(desk.article, paragraphs=TEASER)
    assert desk.look(seen(*TEASER), body=TEASER) == desk.article


def test_a_text_that_stands_on_the_page_is_not_cut(desk: Desk) -> None:
    """A layout of which we read one paragraph, and the others are there: the archived reading stays, and nothing is
    said of the page.
    """
    assert desk.look(seen(*TEASER), body=BODY) == desk.article


def test_an_older_page_is_never_held(desk: Desk) -> None:
    """A WARC file of before: the archive knows what came later."""
    older = replace(seen(*TEASER), fetched_at=NOW - timedelta(days=1))
    assert desk.look(older, body=TEASER).paragraphs == TEASER


def test_a_replay_makes_no_edit_of_a_part(desk: Desk) -> None:
    """It can't look again."""
    cut_before(desk, hours=1)
    desk.run.replaying = True
    with pytest.raises(Shortened):
        desk.look(seen(*TEASER), body=TEASER)
    assert desk.look(seen(*THREE), body=THREE).paragraphs == THREE


def test_a_redirect_to_a_part_is_no_other_article(desk: Desk) -> None:
    """`/premium/…` under the same headline: not another article, and this one isn't withdrawn."""
    moved = {"url": "https://alpha.example/premium/1", "requested_url": URL}
    with pytest.raises(Shortened):
        desk.look(seen(*TEASER, **moved), body=TEASER, redirected=True)
    with pytest.raises(NotAnArticle):
        desk.look(seen(*TEASER, title="عنوان آخر تماماً", **moved), body=TEASER, redirected=True)


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
