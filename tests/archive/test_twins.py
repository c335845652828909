"""Exact and near copies, found by hash and by bands."""

from __future__ import annotations

import pytest

from newscrawler.archive import Archive, articles, signatures, twins
from newscrawler.article import Article
from newscrawler.text.fingerprint import Signature, content_hash, pairs
from newscrawler.text.normalise import fold
from support.archives import an_article, column
from support.newspaper import paragraphs

BODY = paragraphs(1, count=8)


def store(archive: Archive, article: Article) -> int:
    with archive.transaction() as conn:
        key = articles.store(conn, article, search_text="").article_id
        signatures.remember(conn, key, Signature.of(pairs(fold(article.text))))
    return key


def edited(share: float) -> tuple[str, ...]:
    """BODY with this share of its paragraphs replaced."""
    cut = round(len(BODY) * share)
    return (*BODY[cut:], *paragraphs(99, count=cut))


def near(archive: Archive, body: tuple[str, ...], *, at_least: float = 0.35, not_url: str = "") -> list[twins.Twin]:
    text = "\n\n".join(body)
    signature = Signature.of(pairs(fold(text)))
    return twins.near(archive.conn, signature, text, not_url=not_url, similarity_min=at_least)


def test_the_same_words_are_the_same_text_however_they_are_spelt(archive: Archive) -> None:
    """Vowel marks, alef forms and punctuation do not make another text."""
    key = store(archive, an_article(1, paragraphs=("أعلن المجلسُ، أمس، خطة إنقاذ الموسم.",)))
    digest = content_hash(fold("اعلن المجلس أمس خطه انقاذ الموسم"))
    assert twins.same_text(archive.conn, digest, not_url="https://beta.example/1") == key
    assert twins.same_text(archive.conn, digest, not_url="https://alpha.example/news/1") is None
    assert twins.same_text(archive.conn, "0" * 32, not_url="") is None


def test_the_first_of_several_is_the_original(archive: Archive) -> None:
    """Who had it first keeps it."""
    first = store(archive, an_article(1, paragraphs=tuple(BODY)))
    store(archive, an_article(2, paragraphs=tuple(BODY)))
    assert twins.same_text(archive.conn, content_hash(fold("\n\n".join(BODY))), not_url="x") == first


@pytest.mark.parametrize(("share", "low", "high"), [(1 / 8, 0.6, 0.95), (3 / 8, 0.35, 0.6)])
def test_a_near_copy_is_found_with_its_exact_similarity(
    archive: Archive, share: float, low: float, high: float
) -> None:
    """Signatures only nominate; the number is the true overlap of word pairs."""
    key = store(archive, an_article(1, paragraphs=tuple(BODY)))
    (twin,) = near(archive, edited(share))
    mine, theirs = pairs(fold("\n\n".join(edited(share)))), pairs(fold("\n\n".join(BODY)))
    assert (twin.article_id, twin.root_id) == (key, key)
    assert twin.similarity == len(mine & theirs) / len(mine | theirs)
    assert low < twin.similarity < high


def test_another_article_is_not_near(archive: Archive) -> None:
    """Different texts of the same newspaper share no cluster."""
    for number in range(1, 6):
        store(archive, an_article(number))
    assert near(archive, tuple(paragraphs(77))) == []


def test_an_article_is_not_its_own_twin(archive: Archive) -> None:
    """A revisit looks past the row it came from."""
    store(archive, an_article(1, paragraphs=tuple(BODY)))
    assert near(archive, tuple(BODY), not_url="https://alpha.example/news/1") == []


def test_the_most_similar_comes_first_and_a_copy_names_its_root(archive: Archive) -> None:
    """Clusters have one original: the root, not the nearest copy."""
    root = store(archive, an_article(1, paragraphs=tuple(BODY)))
    copy = store(archive, an_article(2, paragraphs=edited(1 / 8), original_id=root))
    found = near(archive, edited(1 / 8))
    assert [(twin.article_id, twin.root_id) for twin in found] == [(copy, root), (root, root)]
    text = "\n\n".join(edited(1 / 8))
    assert twins.original_among(archive.conn, found, text, similarity_min=0.6, known=None) == root


def test_a_template_with_thousands_of_articles_costs_no_more(archive: Archive) -> None:
    """Of a crowded bucket only the newest are read, and of those only so many compared."""
    text = tuple(BODY)
    for number in range(twins.BUCKET_MAX + 5):
        store(archive, an_article(number, paragraphs=text))
    found = near(archive, text)
    assert len(found) == twins.CANDIDATES_MAX
    newest = column(archive, "SELECT max(id) FROM articles")[0]
    assert min(twin.article_id for twin in found) > newest - twins.BUCKET_MAX


def test_an_edit_replaces_the_signature(archive: Archive) -> None:
    """What the article was like before finds nothing any more."""
    key = store(archive, an_article(1, paragraphs=tuple(BODY)))
    with archive.transaction() as conn:
        signatures.remember(conn, key, Signature.of(pairs(fold(" ".join(paragraphs(50))))))
    assert near(archive, tuple(BODY)) == []
    assert column(archive, "SELECT count(*) FROM signatures") == [1]


def test_a_signature_of_another_algorithm_is_not_compared(archive: Archive) -> None:
    """Numbers of different makings mean nothing to each other."""
    store(archive, an_article(1, paragraphs=tuple(BODY)))
    archive.conn.execute("UPDATE signatures SET algorithm = 'another/1'")
    assert near(archive, tuple(BODY)) == []


def test_a_text_without_words_resembles_nothing(archive: Archive) -> None:
    """Two pages of digits and dashes are no copies of each other."""
    store(archive, an_article(1, paragraphs=("- - -",)))
    assert near(archive, ("* * *",)) == []
