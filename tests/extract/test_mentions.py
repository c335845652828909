"""What a page's JSON-LD says the article is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from extract.conftest import article_html
from newscrawler.article import Article
from newscrawler.text.names import PageMention

Read = Callable[..., Article]


def _page(**data: Any) -> str:
    told = json.dumps({"@type": "NewsArticle", **data}, ensure_ascii=False)
    return article_html(head=f'<script type="application/ld+json">{told}</script>')


@pytest.mark.parametrize(
    ("data", "mentions"),
    [
        ({"about": "المكتبات"}, [PageMention("المكتبات")]),
        ({"about": {"@type": "Person", "name": "سليم الدباغي"}}, [PageMention("سليم الدباغي", "person")]),
        (
            {"mentions": [{"@type": "City", "name": "بيروت"}, {"@type": "Thing", "name": "#معرض_الكتاب"}]},
            [PageMention("بيروت", "place"), PageMention("معرض الكتاب")],
        ),
        (
            {"about": [{"@type": ["Thing", "https://schema.org/Organization"], "name": "اليونسكو"}], "mentions": "مصر"},
            [PageMention("اليونسكو", "organisation"), PageMention("مصر")],
        ),
        ({"about": "القاهرة", "mentions": ["القاهره", "", "…", {"@type": "Person"}, 7]}, [PageMention("القاهرة")]),
        ({"about": "س" * 61}, []),
        ({"mentions": [f"وسم {number}" for number in range(41)]}, []),
        ({}, []),
    ],
)
def test_about_and_mentions_are_read_in_order(read: Read, data: dict[str, Any], mentions: list[PageMention]) -> None:
    """With the kind where the type tells it, each name once; sentences and tag clouds are left out."""
    assert list(read(_page(**data)).mentions) == mentions
