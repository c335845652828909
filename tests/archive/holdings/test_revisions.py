"""Revisions: the older state, until when it stood, and what ended it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles
from newscrawler.article import Article
from support.archives import NOW, a_capture, an_article, column, row
from support.newspaper import paragraphs

HOUR = timedelta(hours=1)
BODY = tuple(paragraphs(1))


def store(archive: Archive, article: Article) -> str:
    with archive.transaction() as conn:
        outcome = articles.store(conn, article, search_text="").outcome
    return f"{outcome.name} {outcome.detail}".strip()


@pytest.mark.parametrize(
    ("fields", "kind", "words"),
    [
        ({"title": "عنوان جديد تماماً"}, "headline", 9),
        ({"paragraphs": (*BODY[:3], f"{BODY[3]} أمس.")}, "correction", 1),
        ({"paragraphs": (*BODY, *paragraphs(2, count=1))}, "addition", 30),
        ({"paragraphs": tuple(paragraphs(2))}, "rewrite", None),
    ],
)
def test_an_edit_is_one_row_with_its_kind_and_size(
    archive: Archive, fields: dict[str, object], kind: str, words: int | None
) -> None:
    """Since when the older state stood, until when, and how many words went and came."""
    store(archive, an_article())
    store(archive, an_article(fetched_at=NOW + HOUR, **fields))
    found = row(archive, "SELECT * FROM revisions")
    assert (found["kind"], found["seen_at"], found["replaced_at"]) == (
        kind,
        "2026-11-22T09:30:00Z",
        "2026-11-22T10:30:00Z",
    )
    assert found["words_changed"] == words if words else found["words_changed"] > 100


def test_there_and_back_are_two_edits(archive: Archive) -> None:
    """Each is a change that somebody made, and each state stands with its own time."""
    for hour, title in enumerate(["الأول", "الثاني", "الأول", "الأول"]):
        store(archive, an_article(title=title, fetched_at=NOW + hour * HOUR))
    assert column(archive, "SELECT title FROM revisions ORDER BY id") == ["الأول", "الثاني"]
    assert column(archive, "SELECT replaced_at FROM revisions ORDER BY id") == [
        "2026-11-22T10:30:00Z",
        "2026-11-22T11:30:00Z",
    ]
    assert column(archive, "SELECT seen_at FROM revisions ORDER BY id") == [
        "2026-11-22T09:30:00Z",
        "2026-11-22T10:30:00Z",
    ]


def test_what_only_looks_different_writes_nothing(archive: Archive) -> None:
    """The archive keeps the text as it was read first; one time stamp moves."""
    store(archive, an_article(paragraphs=("قال: «نعم» ثم مضى.", *BODY)))
    before = row(archive, "SELECT * FROM articles")
    same = an_article(paragraphs=('قال : "نعم" ثم', "مضى.", *BODY), fetched_at=NOW + HOUR)
    assert store(archive, same) == "Unchanged"
    assert row(archive, "SELECT * FROM articles") == before | {"last_seen_at": "2026-11-22T10:30:00Z"}
    assert column(archive, "SELECT count(*) FROM revisions") == [0]


def test_an_edit_is_measured_against_the_older_page_read_again(archive: Archive) -> None:
    """The extractor of last month had read a paragraph less: that one is our correction, and only the headline is
    the newspaper's edit. The older state is kept as it should have been read.
    """
    first, second = (a_capture(archive, offset=offset) for offset in (0, 100))
    store(archive, an_article(capture_id=first, paragraphs=BODY[:3], extractor="old"))
    earlier = an_article(capture_id=first, extractor="new")
    edited = an_article(capture_id=second, title="عنوان آخر", fetched_at=NOW + HOUR, extractor="new", earlier=earlier)
    assert store(archive, edited) == "Revised title"
    found = row(archive, "SELECT * FROM revisions")
    assert (found["kind"], found["text"], found["capture_id"]) == ("headline", earlier.text, first)
    assert found["content_hash"] == earlier.content_hash
    assert row(archive, "SELECT title, text FROM articles") == {"title": "عنوان آخر", "text": edited.text}


def test_a_reading_of_another_page_is_not_compared_with(archive: Archive) -> None:
    """The article was revised meanwhile, at another address: what was read again is not what stands here."""
    captures = [a_capture(archive, offset=offset) for offset in (0, 100, 200)]
    store(archive, an_article(capture_id=captures[1]))
    stale = an_article(capture_id=captures[0], title="قديم")
    edited = an_article(capture_id=captures[2], title="جديد", fetched_at=NOW + HOUR, earlier=stale)
    store(archive, edited)
    assert column(archive, "SELECT title FROM revisions") == [an_article().title]


@pytest.mark.parametrize(
    ("before", "detail"),
    [
        ("test", "Revised title"),
        ("fast 1", "Revised title; the older page can't be read again, and fast 1 had read it"),
    ],
)
def test_an_edit_that_may_be_ours_says_so(archive: Archive, before: str, detail: str) -> None:
    """No capture to compare with, and another extractor then: whoever counts edits can leave it out."""
    store(archive, an_article(extractor=before))
    assert store(archive, an_article(title="عنوان آخر", fetched_at=NOW + HOUR)) == detail


def test_an_edited_article_is_back(archive: Archive) -> None:
    """It was gone, and it is there with another text."""
    store(archive, an_article())
    archive.conn.execute(
        "INSERT INTO withdrawals (article_id, withdrawn_at, reason) VALUES (1, '2026-11-22T10:00:00Z', 'gone')"
    )
    archive.conn.execute("UPDATE articles SET state = 'withdrawn'")
    store(archive, replace(an_article(title="عنوان آخر"), fetched_at=NOW + HOUR))
    assert column(archive, "SELECT state FROM articles") == ["live"]
    assert column(archive, "SELECT returned_at FROM withdrawals") == ["2026-11-22T10:30:00Z"]
