"""Copies at other addresses: when they may be no copies any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.addresses import file_copy, is_copy_of_older_text
from support.archives import NOW, an_article
from support.newspaper import paragraphs

COPY = "https://beta.example/1"


@pytest.mark.parametrize(
    ("hours", "edit", "older"),
    [
        (1, {"paragraphs": tuple(paragraphs(2))}, True),
        (1, {"title": "عنوان آخر"}, False),
        (-1, {"paragraphs": tuple(paragraphs(2))}, False),
    ],
    ids=["text", "headline", "before"],
)
def test_a_copy_of_a_text_that_was_edited_since_is_known(
    archive: Archive, hours: int, edit: dict[str, Any], older: bool
) -> None:
    """Another headline leaves the words; what was edited before the copy was seen is the text it has."""
    with archive.transaction() as conn:
        key = articles.store(conn, an_article(1, fetched_at=NOW - timedelta(hours=2)), search_text="").article_id
        edited = an_article(1, fetched_at=NOW + timedelta(hours=hours), **edit)
        articles.store(conn, edited, search_text="")
        file_copy(conn, an_article(1, site="beta"), key, url=COPY)
    assert is_copy_of_older_text(archive.conn, COPY) is older
    assert not is_copy_of_older_text(archive.conn, "https://beta.example/2")
