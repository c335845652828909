"""Exact and near copies, found by hash and by bands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings

from newscrawler import settings
from newscrawler.archive import Archive
from newscrawler.archive.copies import signatures, twins
from newscrawler.archive.copies.limits import DEFAULT_LIMITS, Limits
from newscrawler.archive.copies.twins import Probe
from newscrawler.archive.holdings import articles
from newscrawler.article import Article, Related
from newscrawler.text.fingerprint import Signature, content_hash, pairs
from newscrawler.text.normalise import fold
from support.archives import an_article
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


def alike(
    archive: Archive, body: tuple[str, ...], *, day: str = "2024-03-06", known: int | None = None
) -> list[Related]:
    text = "\n\n".join(body)
    probe = Probe(text, Signature.of(pairs(fold(text))), day, known)
    return list(twins.alike(archive.conn, probe, limits=DEFAULT_LIMITS))


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
def test_what_is_alike_is_found_with_its_exact_similarity(
    archive: Archive, share: float, low: float, high: float
) -> None:
    """Signatures only nominate; the number is the true overlap of word pairs."""
    key = store(archive, an_article(1, paragraphs=tuple(BODY)))
    (found,) = alike(archive, edited(share))
    mine, theirs = pairs(fold("\n\n".join(edited(share)))), pairs(fold("\n\n".join(BODY)))
    assert found == Related(key, len(mine & theirs) / len(mine | theirs), near=low >= 0.6)
    assert low < found.similarity < high


def test_another_article_is_not_alike(archive: Archive) -> None:
    """Different texts of the same newspaper have nothing to do with each other."""
    for number in range(1, 6):
        store(archive, an_article(number))
    assert alike(archive, tuple(paragraphs(77))) == []


def test_an_article_is_not_its_own_twin(archive: Archive) -> None:
    """A revisit looks past the row it came from."""
    key = store(archive, an_article(1, paragraphs=tuple(BODY)))
    assert alike(archive, tuple(BODY), known=key) == []


def test_the_most_similar_comes_first(archive: Archive) -> None:
    """Then the one archived first."""
    root = store(archive, an_article(1, paragraphs=tuple(BODY)))
    copy = store(archive, an_article(2, paragraphs=edited(1 / 8)))
    again = store(archive, an_article(3, paragraphs=edited(1 / 8)))
    assert [each.article_id for each in alike(archive, edited(1 / 8))] == [copy, again, root]


def test_the_original_of_what_is_found_is_compared_too(archive: Archive) -> None:
    """It decides which cluster an article belongs to, though it may not be found itself."""
    root = store(archive, an_article(1, paragraphs=tuple(BODY)))
    copy = store(archive, an_article(2, paragraphs=edited(1 / 8), original_id=root))
    archive.conn.execute("DELETE FROM bands WHERE article_id = ?", [root])
    assert [each.article_id for each in alike(archive, edited(1 / 8))] == [copy, root]


@pytest.mark.parametrize(("day", "near"), [("2024-03-07", False), ("2024-03-06", True)])
def test_other_figures_on_another_day_make_it_another_instalment(archive: Archive, day: str, near: bool) -> None:
    """The same words with other figures: yesterday's table, or this morning's version of the same story."""
    table = ["بلغ سعر القمح {} قرشا والشعير {} قرشا والعدس {} قرشا في سوق المدينة", *BODY]
    yesterday, today = ("\n\n".join(table).format(*figures) for figures in ((11, 12, 13), (14, 15, 16)))
    at = datetime(2024, 3, 6, 9, tzinfo=UTC)
    key = store(archive, an_article(1, paragraphs=tuple(yesterday.split("\n\n")), published_at=at))
    (found,) = alike(archive, tuple(today.split("\n\n")), day=day)
    assert (found.article_id, found.near) == (key, near)
    assert found.similarity > 0.9


def test_a_text_without_words_resembles_nothing(archive: Archive) -> None:
    """Two pages of digits and dashes are no copies of each other."""
    store(archive, an_article(1, paragraphs=("- - -",)))
    assert alike(archive, ("* * *",)) == []


def test_the_limits_are_settings() -> None:
    """`NEWS_DUPLICATE_MIN`, `NEWS_RELATED_MIN`; what stands in for them is what the settings say."""
    every = Settings()
    every.setmodule(settings)
    assert Limits.of(every) == DEFAULT_LIMITS
    every.set("NEWS_DUPLICATE_MIN", "0.9")
    assert Limits.of(every) == Limits(duplicate_min=0.9)
