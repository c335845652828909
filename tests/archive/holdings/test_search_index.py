"""Another version of the search: its index is made anew, once, wherever that is interrupted."""

from __future__ import annotations

import json

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles, search_index
from newscrawler.archive.holdings.search_index import outdated_index, reindex
from newscrawler.text.search import match_query, search_text, search_version
from support.archives import an_article, column


@pytest.fixture
def old(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Seven articles that were indexed as they are printed, in batches of two."""
    monkeypatch.setattr(search_index, "BATCH", 2)
    with archive.transaction() as conn:
        for number in range(1, 8):
            article = an_article(number, title=f"صواريخ على القرى {number}")
            articles.store(conn, article, search_text=article.title)
        conn.execute("UPDATE meta SET value = 'plain-1' WHERE key = 'search_version'")
    return archive


def found(archive: Archive, typed: str) -> int:
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    return int(archive.conn.execute(sql, [match_query(typed)]).fetchone()[0])


def sound(archive: Archive) -> bool:
    archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    expected = [
        search_text(title, "", text) for title, text in archive.conn.execute("SELECT title, text FROM articles")
    ]
    return column(archive, "SELECT search_text FROM articles") == expected


def test_the_index_is_brought_up_to_date(old: Archive) -> None:
    """Every article is found by its lemmas, and the archive remembers the version."""
    assert outdated_index(old.conn) == "plain-1"
    assert found(old, "صاروخ") == 0
    steps: list[tuple[int, int]] = []
    assert reindex(old, progress=lambda done, total: steps.append((done, total))) == 7
    assert found(old, "صاروخ") == 7
    assert outdated_index(old.conn) is None
    assert steps == [(2, 7), (4, 7), (6, 7), (7, 7)]
    assert column(old, "SELECT key FROM meta") == ["search_version"]
    assert sound(old)


def test_an_index_of_today_is_left_alone(old: Archive) -> None:
    """Unless every article is asked for: then what differs is mended."""
    reindex(old)
    old.conn.execute("UPDATE articles SET search_text = 'damaged' WHERE id = 3")
    assert reindex(old) == 0
    assert reindex(old, everything=True) == 1
    assert sound(old)


def test_it_goes_on_where_it_was_interrupted(old: Archive) -> None:
    """What was done stays done; the archive counts as outdated until the last article."""

    def killed(done: int, _: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(old, progress=killed)
    assert found(old, "صاروخ") == 4
    assert outdated_index(old.conn) == "plain-1"
    steps: list[tuple[int, int]] = []
    assert reindex(old, progress=lambda done, total: steps.append((done, total))) == 3
    assert steps == [(6, 7), (7, 7)]
    assert sound(old)


def test_what_was_begun_for_another_version_is_begun_again(old: Archive) -> None:
    """The program was updated twice: the first articles are of neither today's version nor the oldest."""
    noted = json.dumps({"version": "lemma-0", "done_to": 5})
    old.conn.execute("INSERT INTO meta (key, value) VALUES ('search_reindexing', ?)", [noted])
    assert reindex(old) == 7
    assert sound(old)


def test_articles_of_today_need_no_change(old: Archive) -> None:
    """A crawl stores by today's rules whatever the archive notes."""
    with old.transaction() as conn:
        article = an_article(8)
        articles.store(conn, article, search_text=search_text(article.title, "", article.text))
    assert reindex(old) == 7
    assert sound(old)


def test_an_archive_without_articles_is_of_today_at_once(archive: Archive) -> None:
    """Nothing is to be done, and that is noted."""
    archive.conn.execute("UPDATE meta SET value = 'plain-1'")
    assert reindex(archive) == 0
    assert column(archive, "SELECT value FROM meta") == [search_version()]
