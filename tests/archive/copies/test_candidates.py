"""Who may share text: a band in common, the rarest bands first."""

from __future__ import annotations

from random import Random

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.copies import candidates, signatures
from newscrawler.archive.holdings import articles
from newscrawler.text.fingerprint import Signature, pairs
from newscrawler.text.normalise import fold
from support.archives import an_article, column
from support.newspaper import paragraphs

BODY = tuple(paragraphs(1, count=8))


def sign(body: tuple[str, ...]) -> Signature:
    return Signature.of(pairs(fold(" ".join(body))))


def store(archive: Archive, number: int, body: tuple[str, ...]) -> int:
    with archive.transaction() as conn:
        key = articles.store(conn, an_article(number, paragraphs=body), search_text="").article_id
        signatures.remember(conn, key, sign(body))
    return key


def found(archive: Archive, body: tuple[str, ...], *, besides: int | None = None) -> list[int]:
    return candidates.candidates(archive.conn, sign(body), similarity_min=0.35, besides=besides)


def test_a_text_in_common_is_found_and_another_is_not(archive: Archive) -> None:
    """The article itself is passed over."""
    key = store(archive, 1, BODY)
    store(archive, 2, tuple(paragraphs(2)))
    assert found(archive, BODY) == [key]
    assert found(archive, BODY, besides=key) == []
    assert found(archive, tuple(paragraphs(3))) == []


def test_a_series_of_thousands_costs_no_more(archive: Archive) -> None:
    """Of a crowded band only the newest are read, and of those only so many go on to be compared."""
    for number in range(candidates.BUCKET_MAX + 5):
        store(archive, number, BODY)
    likely = found(archive, BODY)
    assert len(likely) == candidates.COMPARED_MAX
    newest = column(archive, "SELECT max(id) FROM articles")[0]
    assert min(likely) > newest - candidates.BUCKET_MAX


def test_a_crowd_does_not_hide_the_one_that_shares_more(archive: Archive) -> None:
    """The copy of an early instalment is found after hundreds of others filled the bands they have in common."""
    chance, own = Random(5), tuple(paragraphs(7, count=2))
    first = store(archive, 0, (*BODY, *own))
    for number in range(1, 4 * candidates.BUCKET_MAX):
        store(archive, number, (*BODY, *paragraphs(100 + number, count=2)))
    words = " ".join((*BODY, *own)).split()
    rewritten = " ".join("كلمة" if chance.random() < 0.05 else word for word in words)
    assert found(archive, (rewritten,))[0] == first


def test_an_edit_replaces_the_signature(archive: Archive) -> None:
    """What the article was like before finds nothing any more."""
    key = store(archive, 1, BODY)
    with archive.transaction() as conn:
        signatures.remember(conn, key, sign(tuple(paragraphs(50))))
    assert found(archive, BODY) == []
    assert column(archive, "SELECT count(*) FROM signatures") == [1]


def test_a_signature_of_another_algorithm_is_not_compared(archive: Archive) -> None:
    """Numbers of different makings mean nothing to each other."""
    store(archive, 1, BODY)
    archive.conn.execute("UPDATE signatures SET algorithm = 'another/1'")
    assert found(archive, BODY) == []


@pytest.mark.parametrize("words", ["", "...", "- - -"])
def test_a_text_without_words_has_no_candidates(archive: Archive, words: str) -> None:
    """It resembles nothing."""
    store(archive, 1, (words,))
    assert found(archive, (words,)) == []
