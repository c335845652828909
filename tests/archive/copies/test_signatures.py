"""Signatures and bands follow the articles."""

from __future__ import annotations

from newscrawler.archive import Archive
from newscrawler.archive.copies import signatures
from newscrawler.archive.holdings import articles
from newscrawler.text.fingerprint import ALGORITHM, Signature
from support.archives import an_article, column, row


def stored(archive: Archive, number: int, words: set[str]) -> int:
    with archive.transaction() as conn:
        key = articles.store(conn, an_article(number), search_text="").article_id
        signatures.remember(conn, key, Signature.of(words))
    return key


def test_a_signature_says_how_it_was_made(archive: Archive) -> None:
    """Algorithm and version stand beside it; it has 42 bands."""
    key = stored(archive, 1, {"كلمة أخرى"})
    assert row(archive, "SELECT article_id, algorithm FROM signatures") == {"article_id": key, "algorithm": ALGORITHM}
    assert column(archive, "SELECT count(*) FROM bands WHERE article_id = ?", key) == [42]


def test_remembering_again_replaces(archive: Archive) -> None:
    """No band of the older text is left."""
    key = stored(archive, 1, {"كلمة أخرى"})
    before = set(column(archive, "SELECT key FROM bands"))
    signatures.remember(archive.conn, key, Signature.of({"نص جديد"}))
    after = set(column(archive, "SELECT key FROM bands"))
    assert len(after) == 42
    assert not before & after


def test_what_an_older_algorithm_made_is_forgotten_too(archive: Archive) -> None:
    """Its bands can't be computed any more; they are found by the article, and those of others stay."""
    key, other = stored(archive, 1, {"كلمة أخرى"}), stored(archive, 2, {"كلمة أخرى"})
    archive.conn.execute("UPDATE signatures SET algorithm = 'minhash/0', signature = x'00' WHERE article_id = ?", [key])
    signatures.forget(archive.conn, key)
    assert column(archive, "SELECT DISTINCT article_id FROM bands") == [other]
    assert column(archive, "SELECT article_id FROM signatures") == [other]
    signatures.forget(archive.conn, key)  # nothing left to forget
