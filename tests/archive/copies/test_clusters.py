"""Clusters: the first to appear is the original, whatever order articles come, change and go in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.copies import clusters, signatures
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.archive.copies.precedence import COLUMNS, Standing, standing_of
from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.takedowns import take_down
from newscrawler.article import Article
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold
from newscrawler.times import iso
from newscrawler.urls import canonical
from support.archives import NOW, an_article, column
from support.newspaper import paragraphs

BODY = tuple(paragraphs(1, count=10))
OTHER = tuple(paragraphs(500, count=10))


def hour(number: int) -> datetime:
    return NOW - timedelta(days=2) + timedelta(hours=number)


def between(share: int) -> tuple[str, ...]:
    """BODY with this many of its ten paragraphs replaced by OTHER's."""
    return (*OTHER[:share], *BODY[share:])


def archived(archive: Archive, number: int, body: Sequence[str], at: datetime | None, **fields: Any) -> int:
    """Through the decision and into the archive, as the pipelines do it."""
    article = an_article(number, paragraphs=tuple(body), published_at=at, **fields)
    return written(archive, article)


def written(archive: Archive, article: Article) -> int:
    known = articles.id_of(archive.conn, article.url)
    with archive.transaction() as conn:
        item = clusters.placed(conn, article, known=known, limits=DEFAULT_LIMITS)
        stored = articles.store(conn, item, search_text="")
        if stored.written:
            assert item.signature
            signatures.remember(conn, stored.article_id, item.signature)
            if item.alike is not None:
                clusters.settle(conn, stored.article_id, limits=DEFAULT_LIMITS, found=item.alike)
    return stored.article_id


def originals(archive: Archive) -> dict[int, int | None]:
    return {row["id"]: row["original_id"] for row in archive.conn.execute("SELECT id, original_id FROM articles")}


def related(archive: Archive) -> set[tuple[int, int]]:
    return {(row["article_id"], row["other_id"]) for row in archive.conn.execute("SELECT * FROM related")}


def test_the_earliest_published_is_the_original(archive: Archive) -> None:
    """The one that was archived first gives way when an earlier one turns up, and so do those that hung on it."""
    late = archived(archive, 1, BODY, hour(9))
    copy = archived(archive, 2, between(1), hour(10))
    assert originals(archive) == {late: None, copy: late}
    early = archived(archive, 3, between(1), hour(8))
    assert originals(archive) == {late: early, copy: early, early: None}


def test_members_that_are_unlike_the_new_original_form_their_own_cluster(archive: Archive) -> None:
    """Each near copy is one of its original, not of another near copy; who falls out remains related."""
    root = archived(archive, 1, between(2), hour(5))
    like_both = archived(archive, 2, between(1), hour(6))
    unlike = archived(archive, 3, between(4), hour(7))
    unlike_too = archived(archive, 4, between(4), hour(8))
    assert originals(archive) == {root: None, like_both: root, unlike: root, unlike_too: root}
    first = archived(archive, 5, BODY, hour(4))
    assert originals(archive) == {first: None, root: first, like_both: first, unlike: None, unlike_too: unlike}
    assert (unlike, root) in related(archive)
    assert (like_both, root) not in related(archive)


def test_small_changes_do_not_chain(archive: Archive) -> None:
    """Ten texts, each a near copy of the one before: the last has nothing of the first and isn't in its cluster."""
    keys = [archived(archive, number, between(number), hour(number)) for number in range(11)]
    found = originals(archive)
    assert found[keys[1]] == found[keys[2]] == keys[0]
    assert found[keys[-1]] not in (keys[0], None)
    by_text = {key: pairs(fold("\n\n".join(between(number)))) for number, key in enumerate(keys)}
    for key, original in found.items():
        if original is not None:
            assert found[original] is None
            assert jaccard(by_text[key], by_text[original]) >= 0.6


def test_a_near_copy_of_a_near_copy_alone_is_related(archive: Archive) -> None:
    """It isn't like the original, so it is an original itself; what they share is noted."""
    root = archived(archive, 1, BODY, hour(1))
    copy = archived(archive, 2, between(2), hour(2))
    third = archived(archive, 3, between(4), hour(3))
    assert originals(archive) == {root: None, copy: root, third: None}
    assert related(archive) == {(third, copy), (third, root)}


def test_of_two_originals_the_more_similar_one_is_taken(archive: Archive) -> None:
    """Not the earlier one: the text was taken from where most of it stands."""
    one = archived(archive, 1, BODY, hour(1))
    two = archived(archive, 2, between(4), hour(2))
    assert originals(archive) == {one: None, two: None}
    assert archived(archive, 3, between(3), hour(3))
    assert originals(archive)[3] == two


def test_an_edit_takes_an_article_out_of_its_cluster(archive: Archive) -> None:
    """The next visit finds another text: it hangs on nobody any more, and the relation of before is gone."""
    root = archived(archive, 1, BODY, hour(1))
    related_one = archived(archive, 3, between(4), hour(2))
    copy = archived(archive, 2, between(1), hour(3))
    assert originals(archive)[copy] == root
    assert (copy, related_one) in related(archive) or (related_one, copy) in related(archive)
    archived(archive, 2, paragraphs(77, count=8), hour(3), fetched_at=NOW + timedelta(hours=1))
    assert originals(archive)[copy] is None
    assert all(copy not in pair for pair in related(archive))


def test_an_edit_of_the_original_sets_its_copies_free(archive: Archive) -> None:
    """They keep each other: the next in line is their original. The edited one may join another cluster."""
    root = archived(archive, 1, BODY, hour(1))
    second = archived(archive, 2, between(1), hour(2))
    third = archived(archive, 3, between(1), hour(3))
    elsewhere = archived(archive, 4, OTHER, hour(0))
    assert originals(archive) == {root: None, second: root, third: root, elsewhere: None}
    archived(archive, 1, between(9), hour(1), fetched_at=NOW + timedelta(hours=1))
    assert originals(archive) == {root: elsewhere, second: None, third: second, elsewhere: None}


def test_an_edit_that_makes_it_similar_joins_it(archive: Archive) -> None:
    """An original with copies of its own, edited into an earlier text, takes along those that are like that text."""
    first = archived(archive, 1, BODY, hour(1))
    second = archived(archive, 2, between(5), hour(2))
    follower = archived(archive, 3, between(4), hour(3))
    assert originals(archive) == {first: None, second: None, follower: second}
    archived(archive, 2, between(2), hour(2), fetched_at=NOW + timedelta(hours=1))
    assert originals(archive) == {first: None, second: first, follower: None}


@pytest.mark.parametrize("moved_to", [0, 9])
def test_a_corrected_date_changes_who_was_first(archive: Archive, moved_to: int) -> None:
    """A page read again gives another date: the cluster has another original, whichever way the date moved."""
    one = archived(archive, 1, BODY, hour(1))
    two = archived(archive, 2, between(1), hour(2))
    three = archived(archive, 3, between(1), hour(3))
    which = one if moved_to == 9 else three
    archive.conn.execute("UPDATE articles SET published_at = ? WHERE id = ?", (iso(hour(moved_to)), which))
    with archive.transaction() as conn:
        clusters.settle(conn, which, limits=DEFAULT_LIMITS)
    root = two if moved_to == 9 else three
    assert originals(archive) == {key: None if key == root else root for key in (one, two, three)}


def test_a_bare_date_does_not_take_the_lead(archive: Archive) -> None:
    """Midnight is no time of publication: who printed nine o'clock had it first."""
    bare = archived(archive, 1, BODY, datetime.fromisoformat("2026-11-20T00:00:00+02:00"))
    exact = archived(archive, 2, between(1), datetime.fromisoformat("2026-11-20T09:00:00+02:00"))
    assert originals(archive) == {bare: exact, exact: None}


def test_an_unchanged_article_keeps_its_place_without_a_look(archive: Archive) -> None:
    """Nothing is looked up on a revisit that finds the same words and the same date."""
    archived(archive, 1, BODY, hour(1))
    article = an_article(2, paragraphs=between(1), published_at=hour(2))
    key = written(archive, article)
    again = clusters.placed(archive.conn, article, known=key, limits=DEFAULT_LIMITS)
    assert (again.original_id, again.alike) == (1, None)
    undated = an_article(2, paragraphs=between(1), published_at=None)
    assert clusters.placed(archive.conn, undated, known=key, limits=DEFAULT_LIMITS).alike is None


def test_a_takedown_of_the_original_leaves_a_cluster_behind(archive: Archive) -> None:
    """The next in line is the original of those that are like it."""
    root = archived(archive, 1, between(2), hour(1))
    second = archived(archive, 2, BODY, hour(2))
    third = archived(archive, 3, between(1), hour(3))
    fourth = archived(archive, 4, between(4), hour(4))
    assert set(originals(archive).values()) == {None, root}
    with archive.transaction() as conn:
        take_down(conn, canonical("https://alpha.example/news/1"), reason="x", now=NOW)
    assert originals(archive) == {second: None, third: second, fourth: None}
    assert all(root not in pair for pair in related(archive))


def test_a_pair_is_related_once(archive: Archive) -> None:
    """Whichever of the two is looked at again: one row, the newer article first."""
    one = archived(archive, 1, BODY, hour(1))
    two = archived(archive, 2, between(4), hour(2))
    for key in (one, two):
        with archive.transaction() as conn:
            clusters.settle(conn, key, limits=DEFAULT_LIMITS)
    assert related(archive) == {(two, one)}
    (similarity,) = column(archive, "SELECT similarity FROM related")
    assert 0.35 <= similarity < 0.6


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_arrival_does_not_matter(archive: Archive, seed: int) -> None:
    """Whatever comes first, is edited or taken down: the clusters are those of the final texts and dates."""
    chance = Random(seed)
    numbers = [*range(12), *chance.sample(range(12), 6)]
    for visit, number in enumerate(chance.sample(numbers, len(numbers))):
        body = chance.choice((BODY, OTHER))
        mixed = [chance.choice((BODY, OTHER))[i] if chance.random() < 0.25 else body[i] for i in range(10)]
        at = hour(chance.randint(0, 20)) if chance.random() < 0.9 else None
        archived(archive, number, mixed, at, fetched_at=NOW + timedelta(minutes=visit))
    with archive.transaction() as conn:
        take_down(conn, canonical(f"https://alpha.example/news/{chance.randint(0, 11)}"), reason="x", now=NOW)
    assert originals(archive) == by_the_rule(archive)


def by_the_rule(archive: Archive) -> dict[int, int | None]:
    """In order of appearance each joins the most similar original before it; every pair compared."""
    rows = archive.conn.execute(f"SELECT a.text, {COLUMNS} FROM articles a JOIN sites s ON s.id = a.site").fetchall()
    texts = {row["id"]: pairs(fold(row["text"])) for row in rows}
    decided: dict[int, int | None] = {}
    order: list[Standing] = sorted(map(standing_of, rows))
    for place, standing in enumerate(order):
        key = standing.article_id
        like = [
            (-jaccard(texts[key], texts[earlier.article_id]), n, earlier.article_id)
            for n, earlier in enumerate(order[:place])
            if decided[earlier.article_id] is None and jaccard(texts[key], texts[earlier.article_id]) >= 0.6
        ]
        decided[key] = min(like)[2] if like else None
    return decided
