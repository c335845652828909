"""The canonical address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawler.article import Article

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("url", "stated", "believed"),
    [
        ("https://jarida.example/news/4711?x=1", "https://jarida.example/news/4711", True),
        ("https://jarida.example/news/4711/amp", "https://jarida.example/news/4711", True),
        ("https://jarida.example/news/4711?amp=1", "https://jarida.example/news/4711", True),
        ("https://jarida.example/news/4711", "/news/4711-open-library", True),
        ("https://jarida.example/news/4711", "https://www.jarida.example/news/4711", True),
        ("https://jarida.example/news/4711", "https://other.example/news/4711", False),
        ("https://jarida.example/news/4711", "https://52.16.95.170/news/4711", False),
        ("https://jarida.example/news/4711", "https://jarida.example/", False),
        ("https://jarida.example/news/4711", "https://jarida.example/index.php", False),
        ("https://jarida.example/news/4711", "https://jarida.example/news/", False),
        ("https://jarida.example/news/4711", "https://jarida.example/news/4712", False),
        ("https://jarida.example/show.php?id=4711", "https://jarida.example/show.php", False),
        ("https://jarida.example/news/4711", "javascript:void(0)", False),
        ("http://127.0.0.1:8000/news/4711", "https://jarida.example/news/4711", False),
        ("http://127.0.0.1:8000/news/4711?ref=x1", "http://127.0.0.1:8000/news/4711", True),
    ],
)
def test_the_pages_own_address_is_believed_if_it_is_sane(read: Read, url: str, stated: str, believed: bool) -> None:
    """In scope, no front or section page, no bare IP address, and the number that tells the page is kept."""
    article = read(head=f"<link rel='canonical' href='{stated}'>", url=url)
    if believed:
        assert article.url.endswith(stated.removeprefix("/"))
        assert article.provenance["url"] == "canonical"
    else:
        assert article.url == url
        assert article.provenance["url"] == "url"
        assert article.disagreements["url"]["canonical"]


def test_og_url_stands_in_for_an_insane_canonical(read: Read) -> None:
    """Each is judged by itself."""
    head = (
        "<link rel='canonical' href='https://jarida.example/'><meta "
        "property='og:url' content='https://jarida.example/news/4711-library'>"
    )
    article = read(head=head)
    assert (article.url, article.provenance["url"]) == ("https://jarida.example/news/4711-library", "og:url")


@pytest.mark.parametrize(("stated", "believed"), [("/en/news/4711", False), ("/ar/news/4711-maktaba", True)])
def test_the_same_story_in_another_language_is_another_page(read: Read, stated: str, believed: bool) -> None:
    """Some sites name their English page as canonical on the Arabic one."""
    url, other = "https://jarida.example/ar/news/4711", f"https://jarida.example{stated}"
    article = read(head=f"<link rel='canonical' href='{other}'>", url=url)
    assert article.url == (other if believed else url)
