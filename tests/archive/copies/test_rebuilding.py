"""Signatures of an older algorithm are made anew from the stored texts, and clusters decided again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.copies import clusters, rebuilding, signatures
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.archive.copies.rebuilding import rebuild
from newscrawler.text.fingerprint import ALGORITHM
from support.archives import NOW, an_archive, an_article, column
from support.newspaper import paragraphs

BODY = paragraphs(1, count=8)


@pytest.fixture
def outdated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Nine articles, three of them near copies of the first, as an older version left them; batches are of two."""
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    with an_archive(tmp_path / "old.db") as archive:
        with archive.transaction() as conn:
            for number in range(9):
                body = (*BODY[1:], *paragraphs(number, count=1)) if number % 3 == 1 else paragraphs(50 + number)
                article = an_article(number, paragraphs=tuple(body), published_at=NOW + timedelta(hours=number))
                cursor = conn.execute(
                    """INSERT INTO articles (url, site, title, text, language, words, published_at, first_seen_at,
                           last_seen_at, extractor, content_hash, search_text)
                       VALUES (?, 'alpha', 't', ?, 'ar', 9, ?, '2026-11-22T09:30:00Z', '2026-11-22T09:30:00Z', 'x',
                           'older', '')""",
                    (article.url, article.text, f"2026-11-2{number}T09:30:00Z"),
                )
                assert article.signature is not None
                assert cursor.lastrowid is not None
                signatures.remember(conn, cursor.lastrowid, article.signature)
            conn.execute("UPDATE signatures SET algorithm = 'minhash/0', signature = zeroblob(512)")
            conn.execute("UPDATE bands SET key = key / 3")
        yield archive


def state(archive: Archive) -> tuple[int, list[str], list[int | None]]:
    return (
        column(archive, "SELECT count(*) FROM bands")[0],
        column(archive, "SELECT DISTINCT algorithm FROM signatures"),
        column(archive, "SELECT original_id FROM articles ORDER BY id"),
    )


WHOLE = (9 * 42, [ALGORITHM], [None, None, None, None, 2, None, None, 2, None])


def test_everything_is_made_anew_and_the_clusters_are_found(outdated: Archive) -> None:
    """No capture is needed; the hashes of copies go by the same words and are made, too."""
    assert rebuild(outdated, limits=DEFAULT_LIMITS) == 9
    assert state(outdated) == WHOLE
    assert "older" not in column(outdated, "SELECT content_hash FROM articles")
    assert column(outdated, "SELECT count(*) FROM meta WHERE key = 'settled_to'") == [0]


def test_where_nothing_is_outdated_nothing_is_done(outdated: Archive) -> None:
    """The second time costs a look."""
    rebuild(outdated, limits=DEFAULT_LIMITS)
    before = outdated.conn.total_changes
    assert rebuild(outdated, limits=DEFAULT_LIMITS) == 0
    assert outdated.conn.total_changes == before


def test_what_is_missing_is_made_and_the_rest_left_alone(outdated: Archive) -> None:
    """Signatures of today's algorithm keep their bands."""
    rebuild(outdated, limits=DEFAULT_LIMITS)
    signatures.forget(outdated.conn, 5)
    outdated.conn.execute("UPDATE signatures SET algorithm = 'minhash/0' WHERE article_id = 8")
    assert rebuild(outdated, limits=DEFAULT_LIMITS) == 2
    assert state(outdated) == WHOLE


@pytest.mark.parametrize("stop", range(1, 15, 2))
def test_killed_at_any_moment_it_goes_on_where_it_was(
    outdated: Archive, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """Each batch is a transaction. What is finished isn't done again."""
    steps: list[str] = []

    def counted(name: str, step: object) -> object:
        def taken(*args: object, **kwargs: object) -> object:
            steps.append(name)
            if len(steps) == stop:
                raise KeyboardInterrupt
            return step(*args, **kwargs)  # type: ignore[operator]

        return taken

    monkeypatch.setattr(signatures, "remember", counted("made", signatures.remember))
    monkeypatch.setattr(clusters, "settle", counted("settled", clusters.settle))
    with pytest.raises(KeyboardInterrupt):
        rebuild(outdated, limits=DEFAULT_LIMITS)
    whole = (stop - 1) // 2 * 2
    rebuild(outdated, limits=DEFAULT_LIMITS)
    assert state(outdated) == WHOLE
    assert len(steps) <= stop + 18 - whole + 1
