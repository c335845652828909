"""A takedown removes every trace of the text, and the address stays out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from newscrawler.archive import Archive, open_archive
from newscrawler.archive.copies import signatures
from newscrawler.archive.holdings import addresses, articles
from newscrawler.archive.holdings.takedowns import Removed, is_taken_down, take_down
from newscrawler.archive.holdings.withdrawals import withdraw
from newscrawler.outcome import New
from newscrawler.run import Run
from newscrawler.text.fingerprint import Signature, pairs
from newscrawler.text.normalise import fold
from newscrawler.text.tags import Tag
from support.archives import NOW, a_capture, a_link, an_archive, an_article, column, row, taken_up
from support.newspaper import paragraphs

URL = a_link("/news/1")[0]


def store(archive: Archive, number: int = 1, **fields: object) -> int:
    article = an_article(number, **fields)
    with archive.transaction() as conn:
        key = articles.store(conn, article, search_text=article.title).article_id
        articles.tag(conn, key, [Tag(kind="topic", name="موضوع", source="text", confidence=1, mentions=1)])
        signatures.remember(conn, key, Signature.of(pairs(fold(article.text))))
    return key


def down(archive: Archive, url: object = URL) -> Removed:
    with archive.transaction() as conn:
        return take_down(conn, url, reason="طلب المحكمة", now=NOW)  # type: ignore[arg-type]


def test_everything_that_hangs_on_the_article_goes(run: Run) -> None:
    """Older states, copies, tags, signatures, relations: no table keeps a row of it."""
    archive = run.archive
    taken_up(run, URL)
    key, other = store(archive), store(archive, 2, original_id=1)
    store(archive, 1, paragraphs=tuple(paragraphs(9)), fetched_at=NOW + timedelta(hours=1))
    with archive.transaction() as conn:
        conn.execute("INSERT INTO related VALUES (?, ?, 0.5)", (other, key))
        addresses.file_copy(conn, an_article(1), key, url="https://beta.example/1")
        withdraw(conn, key, "gone", detail="410", at=NOW, capture_id=None)
    run.end(URL, New(), article_id=key)
    removed = down(archive)
    assert (removed.articles, removed.revisions, removed.copies) == (1, 1, 1)
    for table in ("revisions", "copies", "related", "withdrawals"):
        assert column(archive, f"SELECT count(*) FROM {table}") == [0]
    assert column(archive, "SELECT id FROM articles") == [other]
    assert column(archive, "SELECT DISTINCT article_id FROM bands") == [other]
    assert column(archive, "SELECT article_id FROM article_tags") == [other]
    assert column(archive, "SELECT original_id FROM articles") == [None]
    assert row(archive, "SELECT outcome, title, due_at, article_id FROM frontier") == {
        "outcome": "TakenDown",
        "title": None,
        "due_at": None,
        "article_id": None,
    }
    assert column(archive, "SELECT count(*) FROM pragma_foreign_key_check") == [0]


def test_the_address_and_its_copies_are_refused_from_now_on(archive: Archive) -> None:
    """The text must not come back by another door."""
    key = store(archive)
    with archive.transaction() as conn:
        addresses.file_copy(conn, an_article(1), key, url="https://beta.example/1")
    down(archive)
    assert is_taken_down(archive.conn, "https://beta.example/1")
    assert is_taken_down(archive.conn, "https://nowhere.example/", URL)
    assert not is_taken_down(archive.conn, "https://alpha.example/news/2")
    assert column(archive, "SELECT DISTINCT reason FROM takedowns") == ["طلب المحكمة"]


def test_an_article_is_found_by_the_address_that_led_to_it(run: Run) -> None:
    """Who asks for a takedown gives the address in their browser, which may redirect to the archived one."""
    asked = a_link("/short/1")[0]
    taken_up(run, asked)
    key = store(run.archive, 1, requested_url=asked)
    run.end(asked, New(), article_id=key)
    assert down(run.archive, asked).articles == 1
    assert column(run.archive, "SELECT count(*) FROM articles") == [0]
    assert is_taken_down(run.archive.conn, URL)
    assert is_taken_down(run.archive.conn, asked)


def test_a_copy_can_be_taken_down_alone(archive: Archive) -> None:
    """The original is another newspaper's affair."""
    key = store(archive)
    copy = a_link("/1", host="beta.example")[0]
    with archive.transaction() as conn:
        addresses.file_copy(conn, an_article(1), key, url=copy)
    removed = down(archive, copy)
    assert (removed.articles, removed.copies) == (0, 1)
    assert column(archive, "SELECT count(*) FROM articles") == [1]


def test_what_is_left_in_the_warc_files_is_named(archive: Archive) -> None:
    """The files are evidence and are not rewritten; the keeper is told where the bytes are."""
    store(archive, capture_id=a_capture(archive, offset=700))
    assert down(archive).captures == ("a.warc.gz:700",)


def test_taking_down_what_was_never_archived_refuses_it_in_advance(archive: Archive) -> None:
    """Nothing is removed, and nothing will come; a second time changes nothing."""
    assert down(archive) == Removed(0, 0, 0, ())
    down(archive)
    assert is_taken_down(archive.conn, URL)


def test_the_removed_text_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    """SQLite leaves deleted rows in free pages unless it is told not to."""
    path = tmp_path / "archive.db"
    secret = "عبارة فريدة لا تتكرر في أي مكان"
    with an_archive(path) as archive:
        store(archive, paragraphs=(*paragraphs(1), secret))
        store(archive, 2)
    assert secret.encode() in path.read_bytes()
    with open_archive(path) as archive:
        down(archive)
    assert secret.encode() not in path.read_bytes()
