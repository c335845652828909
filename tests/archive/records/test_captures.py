"""Captures: which are worth reading again."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles
from newscrawler.archive.records import captures
from newscrawler.outcome import New, NoText
from newscrawler.run import Run
from support.archives import NOW, a_capture, an_article, row, taken_up

ONE, TWO = "https://alpha.example/news/1", "https://alpha.example/news/2"


def worth(archive: Archive, *sites: str, since: str | None = None) -> list[int]:
    found = captures.worth_reading_again(archive.conn, sites=list(sites or ("alpha",)), since=since)
    return [capture.id for capture in found]


def archived(run: Run, url: str, capture: int) -> None:
    with run.archive.transaction() as conn:
        key = articles.store(conn, an_article(1, url=url, capture_id=capture), search_text="").article_id
    run.end(url, New(), article_id=key, capture_id=capture)


def test_a_capture_is_found_by_its_place(archive: Archive) -> None:
    """File and offset are its address."""
    key = a_capture(archive, offset=512)
    assert captures.capture_at(archive.conn, "a.warc.gz", 512) == key
    assert captures.capture_at(archive.conn, "a.warc.gz", 513) is None


def test_an_article_is_read_from_its_own_capture(run: Run) -> None:
    """Not from a later look at the same text: the article says which bytes it was read from."""
    taken_up(run, ONE)
    first = a_capture(run.archive, ONE)
    archived(run, ONE, first)
    a_capture(run.archive, ONE, offset=100)
    assert worth(run.archive) == [first]


def test_an_address_that_gave_no_article_is_read_from_its_newest_capture(run: Run) -> None:
    """A better extractor may find one."""
    taken_up(run, ONE)
    a_capture(run.archive, ONE)
    newest = a_capture(run.archive, ONE, offset=100)
    run.end(ONE, NoText())
    assert worth(run.archive) == [newest]


def test_an_address_is_read_once_though_two_articles_came_of_it(run: Run) -> None:
    """A redirect that led to one article and later to another: a run has one outcome for an address."""
    taken_up(run, ONE)
    first, second = a_capture(run.archive, ONE), a_capture(run.archive, ONE, offset=100)
    with run.archive.transaction() as conn:
        for number, capture in ((1, first), (2, second)):
            article = an_article(number, requested_url=ONE, capture_id=capture)
            key = articles.store(conn, article, search_text="").article_id
    run.end(ONE, New(), article_id=key)
    assert worth(run.archive) == [second]


def test_the_evidence_that_an_article_is_gone_is_no_page(run: Run) -> None:
    """Neither `reextract` nor `savepage` nor a comparison may read it as one."""
    taken_up(run, ONE, TWO)
    page = a_capture(run.archive, ONE)
    archived(run, ONE, page)
    run.end(TWO, NoText())
    for number, url in enumerate((ONE, TWO), 1):
        evidence = a_capture(run.archive, url, offset=number * 100)
        run.archive.conn.execute("UPDATE captures SET status = 404 WHERE id = ?", [evidence])
    assert worth(run.archive) == [page]
    newest = captures.newest_capture(run.archive.conn, ONE)
    assert newest is not None
    assert newest.id == page
    assert captures.newest_capture(run.archive.conn, TWO) is None
    assert captures.page_captured(run.archive.conn, page) == newest
    assert captures.page_captured(run.archive.conn, evidence) is None


def test_sites_and_days_can_be_chosen(run: Run) -> None:
    """`--site` and `--since`."""
    taken_up(run, ONE, TWO)
    a_capture(run.archive, ONE, at=NOW - timedelta(days=3))
    recent = a_capture(run.archive, TWO, offset=100)
    assert worth(run.archive, "beta") == []
    assert worth(run.archive, since="2026-11-20") == [recent]


def test_a_capture_row_says_what_was_asked_and_what_answered(archive: Archive) -> None:
    """Both addresses, the time, and where the record is."""
    a_capture(archive)
    found = row(archive, "SELECT url, requested_url, fetched_at, status, length FROM captures")
    assert tuple(found.values()) == (ONE, ONE, "2026-11-22T09:30:00Z", 200, 100)
