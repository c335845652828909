"""Articles: new, unchanged, revised, read again; copies, tags, relations."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from newscrawler.archive import Archive
from newscrawler.archive.holdings import addresses, articles
from newscrawler.archive.holdings.articles import Stored
from newscrawler.article import Article
from newscrawler.text.names import PageMention
from newscrawler.text.tags import Tag
from support.archives import NOW, a_capture, an_article, column, row
from support.newspaper import paragraphs

LATER = NOW + timedelta(hours=6)


def store(archive: Archive, article: Article) -> Stored:
    with archive.transaction() as conn:
        return articles.store(conn, article, search_text=f"searched {article.title}")


def everything(archive: Archive) -> dict[str, object]:
    return dict(row(archive, "SELECT * FROM articles"))


def test_a_new_article_is_stored_with_every_field(archive: Archive) -> None:
    """What the extractor found is what the row says; lists and provenance are JSON with visible Arabic."""
    article = an_article(
        section="اقتصاد",
        standfirst="موجز",
        authors=("كاتبة المقال",),
        agency="الأناضول",
        published_at=NOW - timedelta(days=1),
        published_raw="السبت 21 تشرين الثاني",
        published_from="visible",
        modified_at=NOW - timedelta(hours=2),
        image_url="https://alpha.example/1.jpg",
        keywords=("زيتون", "موسم"),
        provenance={"title": "h1"},
        disagreements={"title": {"og:title": "عنوان آخر"}},
        capture_id=a_capture(archive),
    )
    stored = store(archive, article)
    found = everything(archive)
    assert (stored.outcome.name, stored.written) == ("New", True)
    assert found["id"] == stored.article_id == articles.id_of(archive.conn, article.url)
    assert found["text"] == article.text
    assert found["words"] == len(article.text.split())
    assert found["authors"] == '["كاتبة المقال"]'
    assert found["keywords"] == '["زيتون", "موسم"]'
    assert json.loads(str(found["provenance"])) == {
        "title": "h1",
        "disagreements": {"title": {"og:title": "عنوان آخر"}},
    }
    assert (found["published_at"], found["modified_at"]) == ("2026-11-21T09:30:00Z", "2026-11-22T07:30:00Z")
    assert (found["first_seen_at"], found["last_seen_at"], found["changed_at"]) == ("2026-11-22T09:30:00Z",) * 2 + (
        None,
    )
    assert (found["state"], found["language"], found["original_id"]) == ("live", "ar", None)
    assert found["search_text"] == f"searched {article.title}"


def test_an_article_nobody_judged_is_of_undetermined_language(archive: Archive) -> None:
    """`und`, never a guess."""
    store(archive, an_article(language=None))
    assert everything(archive)["language"] == "und"


def test_an_unchanged_article_only_moves_its_last_seen(archive: Archive) -> None:
    """A second look at the same text writes one time stamp and nothing else."""
    store(archive, an_article(section="اقتصاد"))
    before = everything(archive)
    stored = store(archive, an_article(fetched_at=LATER, section="رياضة", authors=("اسم آخر",), capture_id=None))
    assert (stored.outcome.name, stored.written) == ("Unchanged", False)
    assert everything(archive) == before | {"last_seen_at": "2026-11-22T15:30:00Z"}


def test_an_article_seen_again_is_live_again(archive: Archive) -> None:
    """What was withdrawn and came back is not withdrawn."""
    store(archive, an_article())
    archive.conn.execute("UPDATE articles SET state = 'withdrawn'")
    store(archive, an_article(fetched_at=LATER))
    assert everything(archive)["state"] == "live"


def test_an_edit_keeps_the_older_state(archive: Archive) -> None:
    """Nothing that was archived is overwritten without its history, and each state names its capture."""
    first, second = a_capture(archive), a_capture(archive, offset=100)
    old = an_article(capture_id=first, standfirst="موجز أول")
    store(archive, old)
    new = an_article(paragraphs=tuple(paragraphs(2)), fetched_at=LATER, capture_id=second, standfirst="موجز ثان")
    stored = store(archive, new)
    assert (stored.outcome.name, stored.outcome.detail, stored.written) == ("Revised", "standfirst, text", True)
    kept = row(archive, "SELECT * FROM revisions")
    assert (kept["text"], kept["standfirst"], kept["capture_id"]) == (old.text, "موجز أول", first)
    assert kept["seen_at"] == "2026-11-22T09:30:00Z"
    now = everything(archive)
    assert (now["text"], now["capture_id"], now["changed_at"]) == (new.text, second, "2026-11-22T15:30:00Z")
    assert now["first_seen_at"] == "2026-11-22T09:30:00Z"


def test_a_second_edit_dates_the_state_before_it(archive: Archive) -> None:
    """A state was seen from the change that made it, not from the article's first day."""
    store(archive, an_article())
    store(archive, an_article(title="العنوان الثاني", fetched_at=LATER))
    store(archive, an_article(title="العنوان الثالث", fetched_at=LATER + timedelta(days=1)))
    assert column(archive, "SELECT seen_at FROM revisions ORDER BY id") == [
        "2026-11-22T09:30:00Z",
        "2026-11-22T15:30:00Z",
    ]


def test_a_date_once_read_survives_an_edit_that_shows_none(archive: Archive) -> None:
    """The newspaper did publish it on that day."""
    store(archive, an_article(published_at=NOW, published_raw="اليوم", published_from="visible"))
    store(archive, an_article(title="عنوان جديد", fetched_at=LATER))
    found = everything(archive)
    assert (found["published_at"], found["published_raw"], found["published_from"]) == (
        "2026-11-22T09:30:00Z",
        "اليوم",
        "visible",
    )


def test_reading_the_same_bytes_again_corrects_in_place(archive: Archive) -> None:
    """A better extractor corrects our reading; that is no edit by the newspaper, so no older state is kept."""
    capture = a_capture(archive)
    store(archive, an_article(capture_id=capture, section=None))
    before = everything(archive)
    stored = store(archive, an_article(capture_id=capture, section="اقتصاد", title="العنوان الصحيح"))
    assert (stored.outcome.name, stored.written) == ("Unchanged", True)
    assert stored.outcome.detail == "read again: section, title, search_text"
    assert column(archive, "SELECT count(*) FROM revisions") == [0]
    changed = {"section": "اقتصاد", "title": "العنوان الصحيح", "search_text": "searched العنوان الصحيح"}
    assert everything(archive) == before | changed


def test_reading_the_same_bytes_to_the_same_effect_writes_nothing(archive: Archive) -> None:
    """A second reextract reports no corrections."""
    article = an_article(capture_id=a_capture(archive))
    store(archive, article)
    stored = store(archive, article)
    assert (stored.outcome.name, stored.outcome.detail, stored.written) == ("Unchanged", "", False)


def test_an_older_capture_does_not_undo_what_is_known(archive: Archive) -> None:
    """Replaying last year's files must not bring back last year's text."""
    store(archive, an_article())
    before = everything(archive)
    stored = store(archive, an_article(title="العنوان القديم", fetched_at=NOW - timedelta(days=365)))
    assert (stored.outcome.name, stored.outcome.detail) == ("Unchanged", "an older capture")
    assert everything(archive) == before
    assert column(archive, "SELECT count(*) FROM revisions") == [0]


def test_a_copy_is_filed_once_under_its_original(archive: Archive) -> None:
    """Filing the same address again corrects the row."""
    original = store(archive, an_article(1)).article_id
    other = store(archive, an_article(2)).article_id
    copy = an_article(3, site="beta", published_at=NOW)
    with archive.transaction() as conn:
        addresses.file_copy(conn, copy, original, url="https://beta.example/3")
        addresses.file_copy(
            conn, replace(copy, title="عنوان ثان", published_at=None), other, url="https://beta.example/3"
        )
    found = row(archive, "SELECT * FROM copies")
    assert (found["article_id"], found["title"], found["published_at"], found["site"]) == (
        other,
        "عنوان ثان",
        None,
        "beta",
    )


def test_a_copy_that_gets_its_own_text_is_an_article_and_no_copy(archive: Archive) -> None:
    """One address is either; also where the page names another address than the one that was asked for."""
    original = store(archive, an_article(1)).article_id
    article = an_article(2, requested_url="https://alpha.example/amp/2")
    with archive.transaction() as conn:
        addresses.file_copy(conn, article, original, url=article.url)
        addresses.file_copy(conn, article, original, url=article.requested_url)
        addresses.file_copy(conn, article, original, url="https://alpha.example/else")
    store(archive, article)
    assert column(archive, "SELECT url FROM copies") == ["https://alpha.example/else"]


def test_tags_are_set_not_added(archive: Archive) -> None:
    """What the article was tagged with before goes; the tag itself stays for others."""
    key = store(archive, an_article()).article_id
    place = Tag(kind="place", name="بيروت", source="text", confidence=0.9, mentions=3)
    topic = Tag(kind="topic", name="اقتصاد", source="section", confidence=1.0, mentions=1)
    with archive.transaction() as conn:
        articles.tag(conn, key, [place, topic])
        articles.tag(conn, key, [place])
    assert column(archive, "SELECT name FROM tags ORDER BY id") == ["بيروت", "اقتصاد"]
    found = row(archive, "SELECT source, confidence, mentions FROM article_tags")
    assert found == {"source": "text", "confidence": 0.9, "mentions": 3}


def test_a_tag_is_called_as_the_lists_call_it_now(archive: Archive) -> None:
    """English name and country follow the last article that has the tag."""
    key = store(archive, an_article()).article_id
    with archive.transaction() as conn:
        articles.tag(conn, key, [Tag("place", "بيروت", "lexicon", 0.8, 1)])
        articles.tag(conn, key, [Tag("place", "بيروت", "lexicon", 0.8, 1, "Beirut", "LB")])
    assert row(archive, "SELECT name_en, country FROM tags") == {"name_en": "Beirut", "country": "LB"}


def test_what_the_page_is_about_is_kept(archive: Archive) -> None:
    """As JSON, with the version of the tags; new lists alone are no news of the page."""
    article = an_article(mentions=(PageMention("مصر", "place"),), tagged_with="rules-1", capture_id=None)
    store(archive, article)
    found = row(archive, "SELECT mentions, tagged_with FROM articles")
    assert found == {"mentions": '[{"name": "مصر", "kind": "place"}]', "tagged_with": "rules-1"}


def test_full_text_search_follows_every_change(archive: Archive) -> None:
    """Triggers keep the index in step: a corrected article is found by its new words only."""

    def found(word: str) -> list[int]:
        return column(archive, "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", word)

    key = store(archive, an_article(title="قديم")).article_id
    assert found("قديم") == [key]
    store(archive, an_article(title="جديد", fetched_at=LATER))
    assert (found("قديم"), found("جديد")) == ([], [key])
    archive.conn.execute("DELETE FROM revisions")
    archive.conn.execute("DELETE FROM articles")
    assert found("جديد") == []


def test_no_article_at_an_address_is_none(archive: Archive) -> None:
    """Absent is None."""
    assert articles.id_of(archive.conn, "https://alpha.example/none") is None
