"""Pages that say that their article isn't free to read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from newscrawler.article import Article
from newscrawler.extract.paywalls import NOT_FREE

Read = Callable[..., Article]
LOCKED = "<meta property='article:content_tier' content='locked'>"
PAID = "<div class='box paid-part'><p>{}</p></div>"


def linked(**fields: object) -> str:
    data = json.dumps({"@type": "NewsArticle", **fields})
    return f'<script type="application/ld+json">{data}</script>'


def noted(article: Article) -> bool:
    return any(note.startswith(NOT_FREE) for note in article.notes)


def part(*, free: object = False, css: str = ".paid-part") -> dict[str, object]:
    return {"@type": "WebPageElement", "isAccessibleForFree": free, "cssSelector": css}


@pytest.mark.parametrize(
    "head",
    [
        linked(isAccessibleForFree=False),
        linked(isAccessibleForFree="False"),
        linked(isAccessibleForFree="https://schema.org/False"),
        linked(isAccessibleForFree=False, hasPart=part()),
        linked(hasPart=[part(free=True, css=".lead"), part(free="false")]),
        linked(isAccessibleForFree=False, hasPart=part(css="#paid > p")),
        LOCKED,
    ],
)
def test_a_page_that_says_so_is_noted(read: Read, head: str) -> None:
    """As the vocabularies of search engines have it, in the forms in which papers print it."""
    article = read(head=head)
    assert noted(article)
    assert article.notes[-1].endswith("the text may be cut")


@pytest.mark.parametrize(
    "head",
    [
        "",
        linked(),
        linked(isAccessibleForFree=True),
        linked(isAccessibleForFree="True", hasPart=part(free=True)),
        linked(isAccessibleForFree=None, hasPart="…"),
        "<meta property='article:content_tier' content='free'>",
        "<meta property='article:content_tier' content='metered'>",
    ],
)
def test_a_page_that_is_free_or_says_nothing_is_not(read: Read, head: str) -> None:
    """Most. «metered» pages are whole until the meter has run."""
    assert not noted(read(head=head))


def test_a_page_that_shows_what_it_sells_is_not_cut(read: Read) -> None:
    """Many do for search engines; a prompt in the place of the paid part is less."""
    head = linked(isAccessibleForFree=False, hasPart=part())
    assert not noted(read(head=head, below=PAID.format("كلمة " * 60)))
    assert noted(read(head=head, below=PAID.format("اشترك الآن لمواصلة القراءة")))
