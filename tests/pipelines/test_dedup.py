"""200: copies are filed, near copies name their original, relations are noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawler.archive.copies import clusters, signatures
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.takedowns import take_down
from newscrawler.article import Article, Related
from newscrawler.outcome import Copy, New, TakenDown
from newscrawler.run import Run
from newscrawler.text.fingerprint import content_hash
from newscrawler.text.normalise import fold
from newscrawler.urls import canonical
from pipelines.archive import ArchivePipeline
from pipelines.dedup import DedupPipeline
from support.archives import NOW, a_capture, an_article, column, row, taken_up
from support.crawlers import a_crawler
from support.newspaper import paragraphs

BODY = tuple(paragraphs(1, count=8))


@pytest.fixture
def door(run: Run) -> DedupPipeline:
    """As the settings make it."""
    return DedupPipeline.from_crawler(a_crawler(run))


def archive_it(run: Run, article: Article) -> int:
    """Through the frontier and into the archive, as the next door does it."""
    taken_up(run, article.requested_url)
    with run.archive.transaction() as conn:
        stored = articles.store(conn, article, search_text="")
        if article.signature:
            signatures.remember(conn, stored.article_id, article.signature)
        if article.alike is not None:
            clusters.settle(conn, stored.article_id, limits=DEFAULT_LIMITS, found=article.alike)
        run.end(article.requested_url, New(), article_id=stored.article_id)
    return stored.article_id


def edited(count: int, seed: int = 99) -> tuple[str, ...]:
    return (*BODY[count:], *paragraphs(seed, count=count))


def test_a_new_text_goes_on_with_hash_and_signature(door: DedupPipeline) -> None:
    """What the archive needs to recognise the next copy."""
    passed = door.process_item(an_article(1))
    assert passed.content_hash == content_hash(fold(passed.text))
    assert passed.signature is not None
    assert (passed.original_id, passed.alike) == (None, ())


def test_the_same_text_elsewhere_is_filed_under_the_first(run: Run, door: DedupPipeline) -> None:
    """However it is spelt; the copy is a row of `copies`, no article."""
    key = archive_it(run, door.process_item(an_article(1, paragraphs=("أعلنَ المجلسُ خطة إنقاذ الموسم.",))))
    copy = an_article(
        2,
        paragraphs=("اعلن المجلس خطه انقاذ الموسم",),
        site="beta",
        url="https://beta.example/2",
        title="إنقاذ الموسم",
        agency="سانا",
        published_at=NOW,
        capture_id=a_capture(run.archive, "https://beta.example/2"),
    )
    with pytest.raises(Copy, match="the same text") as filed:
        door.process_item(copy)
    assert filed.value.article_id == key
    assert row(run.archive, "SELECT * FROM copies") == {
        "url": "https://beta.example/2",
        "article_id": key,
        "site": "beta",
        "title": "إنقاذ الموسم",
        "published_at": "2026-11-22T09:30:00Z",
        "seen_at": "2026-11-22T09:30:00Z",
        "capture_id": copy.capture_id,
        "agency": "سانا",
    }


def test_a_copy_seen_again_says_what_its_page_says_now(run: Run, door: DedupPipeline) -> None:
    """Headline, date and credit may be corrected; when it was first seen stays."""
    archive_it(run, door.process_item(an_article(1)))
    for hours, (title, agency) in enumerate((("أول", None), ("ثان", "وفا"))):
        copy = an_article(
            1,
            url="https://beta.example/2",
            site="beta",
            title=title,
            agency=agency,
            fetched_at=NOW + timedelta(hours=hours),
        )
        with pytest.raises(Copy):
            door.process_item(copy)
    assert row(run.archive, "SELECT title, agency, seen_at FROM copies") == {
        "title": "ثان",
        "agency": "وفا",
        "seen_at": "2026-11-22T09:30:00Z",
    }


def test_a_copy_that_was_taken_down_is_not_filed_again(run: Run, door: DedupPipeline) -> None:
    """A replay reads its capture once more, and the takedown holds."""
    archive_it(run, door.process_item(an_article(1)))
    copy = an_article(1, url="https://beta.example/2", site="beta")
    with pytest.raises(Copy):
        door.process_item(copy)
    with run.archive.transaction() as conn:
        take_down(conn, canonical(copy.url), reason="طلب", now=NOW)
    with pytest.raises(TakenDown):
        door.process_item(copy)
    assert column(run.archive, "SELECT count(*) FROM copies") == [0]


def test_a_known_article_is_no_copy_of_its_twin(run: Run, door: DedupPipeline) -> None:
    """An article that was edited into another's very words keeps its row: it is Revised, not filed away."""
    archive_it(run, door.process_item(an_article(1)))
    archive_it(run, door.process_item(an_article(2)))
    edited_into_first = an_article(2, paragraphs=an_article(1).paragraphs)
    assert door.process_item(edited_into_first).content_hash == door.process_item(an_article(1)).content_hash
    assert column(run.archive, "SELECT count(*) FROM copies") == [0]


def test_an_amp_page_is_the_same_page_at_another_address(run: Run, door: DedupPipeline) -> None:
    """The page names its canonical address, and that one is archived already."""
    key = archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    amp = an_article(1, requested_url="https://alpha.example/amp/1", paragraphs=edited(1))
    taken_up(run, amp.requested_url)
    with pytest.raises(Copy, match="the same page at another address") as filed:
        door.process_item(amp)
    assert filed.value.article_id == key
    assert column(run.archive, "SELECT url FROM copies") == ["https://alpha.example/amp/1"]


def test_a_canonical_address_that_many_articles_claim_is_nobody_s(run: Run, door: DedupPipeline) -> None:
    """Another text under the same canonical address is another article: it goes by the address it was asked under."""
    archive_it(run, door.process_item(an_article(1)))
    other = an_article(1, requested_url="https://alpha.example/a/2", paragraphs=tuple(paragraphs(5)))
    taken_up(run, other.requested_url)
    passed = door.process_item(other)
    assert passed.url == "https://alpha.example/a/2"
    assert "canonical" in passed.notes[-1]


def test_an_article_gives_a_wrongly_claimed_address_back(run: Run, door: DedupPipeline) -> None:
    """When the article that really lives there comes, the first one moves: it is no edit."""
    claimed = "https://alpha.example/news/1"
    asked = "https://alpha.example/a/2"
    key = archive_it(run, door.process_item(an_article(1, requested_url=asked, paragraphs=tuple(paragraphs(5)))))
    taken_up(run, claimed)
    passed = door.process_item(an_article(1))
    assert passed.url == claimed
    assert row(run.archive, "SELECT id, url FROM articles") == {"id": key, "url": asked}


def test_the_address_that_archived_the_article_may_look_again(run: Run, door: DedupPipeline) -> None:
    """Not every address that isn't the page's own is an alias: this one gave the article."""
    short = "https://alpha.example/s/1"
    archive_it(run, door.process_item(an_article(1, requested_url=short)))
    run.archive.conn.execute("UPDATE frontier SET due_at = discovered_at, taken_run = NULL")
    run.archive.conn.execute("DELETE FROM outcomes")
    taken_up(run, short)
    door.process_item(an_article(1, requested_url=short))


def test_the_own_address_of_an_article_that_came_by_another_is_no_copy(run: Run, door: DedupPipeline) -> None:
    """A short link gave the article first; asked under its own address it is that article, which keeps the address."""
    own = "https://alpha.example/news/1"
    key = archive_it(run, door.process_item(an_article(1, requested_url="https://alpha.example/s/1")))
    taken_up(run, own)
    assert door.process_item(an_article(1)).url == own
    assert row(run.archive, "SELECT id, url FROM articles") == {"id": key, "url": own}


@pytest.mark.parametrize("count", [1, 2])
def test_a_near_copy_goes_on_with_its_original_named(run: Run, door: DedupPipeline, count: int) -> None:
    """A wire story with a paragraph or two of the paper's own is a full article."""
    key = archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    passed = door.process_item(an_article(2, paragraphs=edited(count)))
    assert passed.original_id == key
    assert [(each.article_id, each.near) for each in passed.alike or ()] == [(key, True)]


def test_a_report_of_the_same_event_is_related(run: Run, door: DedupPipeline) -> None:
    """Less text in common: a relation with its figure, no original."""
    key = archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    passed = door.process_item(an_article(2, paragraphs=edited(3)))
    assert passed.original_id is None
    assert passed.alike == (Related(key, passed.alike[0].similarity, near=False),)
    assert 0.35 <= passed.alike[0].similarity < 0.6


def test_a_copy_of_a_copy_has_the_first_as_original(run: Run, door: DedupPipeline) -> None:
    """Clusters are one deep."""
    root = archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    archive_it(run, door.process_item(an_article(2, paragraphs=edited(1))))
    passed = door.process_item(an_article(3, paragraphs=edited(1, seed=98)))
    assert passed.original_id == root


def test_an_earlier_one_that_turns_up_later_goes_on_as_an_original(run: Run, door: DedupPipeline) -> None:
    """It isn't the near copy of what was archived first; the last door makes it the other way round."""
    key = archive_it(run, door.process_item(an_article(1, paragraphs=BODY, published_at=NOW - timedelta(hours=1))))
    passed = door.process_item(an_article(2, paragraphs=edited(1), published_at=NOW - timedelta(hours=2)))
    assert passed.original_id is None
    earlier = archive_it(run, passed)
    assert column(run.archive, "SELECT original_id FROM articles WHERE id = ?", key) == [earlier]


def test_a_text_appeared_when_the_first_of_its_exact_copies_did(run: Run, door: DedupPipeline) -> None:
    """A wire story that is read first in an evening paper is older than the version of noon, as the morning paper's
    page shows; both versions are its near copies, though they are too far from each other.
    """
    at = {
        name: NOW - timedelta(hours=hours) for name, hours in (("morning", 9), ("noon", 5), ("one", 4), ("evening", 1))
    }
    noon, one = (*paragraphs(97, count=2), *BODY[2:]), (*BODY[:-2], *paragraphs(98, count=2))
    evening = archive_it(run, door.process_item(an_article(1, paragraphs=BODY, published_at=at["evening"])))
    first = archive_it(run, door.process_item(an_article(2, paragraphs=noon, published_at=at["noon"])))
    second = archive_it(run, door.process_item(an_article(3, paragraphs=one, published_at=at["one"])))
    assert originals(run) == {evening: first, first: None, second: None}
    taken_up(run, an_article(4).requested_url)
    with pytest.raises(Copy):
        door.process_item(an_article(4, paragraphs=BODY, published_at=at["morning"]))
    assert originals(run) == {evening: None, first: evening, second: evening}
    with run.archive.transaction() as conn:
        take_down(conn, canonical(an_article(4).url), reason="asked for", now=NOW)
    assert originals(run) == {evening: first, first: None, second: None}


def test_a_copy_that_becomes_another_ones_or_nobodys_dates_the_first_no_more(run: Run, door: DedupPipeline) -> None:
    """Its page shows another text now: who was first among the versions of the old one is settled without it."""
    last = ArchivePipeline.from_crawler(a_crawler(run))
    noon = (*paragraphs(97, count=2), *BODY[2:])
    evening = archive_it(run, door.process_item(an_article(1, paragraphs=BODY, published_at=NOW - timedelta(hours=1))))
    first = archive_it(run, door.process_item(an_article(2, paragraphs=noon, published_at=NOW - timedelta(hours=5))))
    other = archive_it(run, door.process_item(an_article(3, paragraphs=tuple(paragraphs(77, count=8)))))
    early = NOW - timedelta(hours=9)
    taken_up(run, an_article(4).requested_url)
    for page, expected in ((BODY, {evening: None, first: evening}), (tuple(paragraphs(77, count=8)), {evening: first})):
        with pytest.raises(Copy):
            door.process_item(an_article(4, paragraphs=page, published_at=early))
        assert originals(run).items() >= expected.items()
    with pytest.raises(Copy):
        door.process_item(an_article(4, paragraphs=BODY, published_at=early))
    own = an_article(4, paragraphs=tuple(paragraphs(55, count=8)), published_at=early)
    last.process_item(door.process_item(own))
    assert originals(run).items() >= {evening: first, first: None, other: None}.items()


def originals(run: Run) -> dict[int, int | None]:
    return {
        each["id"]: each["original_id"] for each in run.archive.conn.execute("SELECT id, original_id FROM articles")
    }


def test_a_known_article_with_the_same_words_is_not_looked_up(run: Run, door: DedupPipeline) -> None:
    """Revisits find no change as a rule; the place among its copies stays what it is."""
    key = archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    archive_it(run, door.process_item(an_article(2, paragraphs=edited(1))))
    again = door.process_item(an_article(2, paragraphs=edited(1), title="عنوان آخر"))
    assert (again.original_id, again.alike) == (key, None)


def test_an_article_that_is_edited_into_a_copy_is_one(run: Run, door: DedupPipeline) -> None:
    """What hung on it is decided again: no near copies of near copies, whatever the newspapers do."""
    first = archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    second = tuple(paragraphs(40, count=8))
    key = archive_it(run, door.process_item(an_article(2, paragraphs=second)))
    third = archive_it(run, door.process_item(an_article(3, paragraphs=(*second[1:], *paragraphs(41, count=1)))))
    assert column(run.archive, "SELECT original_id FROM articles WHERE id = ?", third) == [key]
    assert door.process_item(an_article(2, paragraphs=edited(1))).original_id == first


def test_the_thresholds_are_settings(run: Run) -> None:
    """`NEWS_DUPLICATE_MIN`, `NEWS_RELATED_MIN`."""
    door = DedupPipeline.from_crawler(a_crawler(run, NEWS_DUPLICATE_MIN="0.95", NEWS_RELATED_MIN="0.9"))
    archive_it(run, door.process_item(an_article(1, paragraphs=BODY)))
    passed = door.process_item(an_article(2, paragraphs=edited(2)))
    assert (passed.original_id, passed.alike) == (None, ())


def test_the_item_itself_is_not_changed(door: DedupPipeline) -> None:
    """Values are frozen; a stage returns a new one."""
    article = an_article(1)
    before = replace(article)
    door.process_item(article)
    assert article == before
