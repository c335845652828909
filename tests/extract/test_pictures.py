"""The lead picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawler.article import Article

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("pieces", "url", "source"),
    [
        ({"head": "<meta property='og:image' content='/i/1.jpg'>"}, "https://jarida.example/i/1.jpg", "og:image"),
        (
            {"head": "<meta name='twitter:image' content='//cdn.example/1.jpg'>"},
            "https://cdn.example/1.jpg",
            "meta:twitter:image",
        ),
        ({"head": "<link rel='image_src' href='/i/2.jpg'>"}, "https://jarida.example/i/2.jpg", "image_src"),
        (
            {"above": "<img data-src='/i/3.jpg' src='data:image/gif;base64,AA' width='600'>"},
            "https://jarida.example/i/3.jpg",
            "img",
        ),
        (
            {"head": "<base href='https://static.example/a/'><meta property='og:image' content='4.jpg'>"},
            "https://static.example/a/4.jpg",
            "og:image",
        ),
        (
            {
                "head": (
                    '<script type="application/ld+json">'
                    '{"@type":"NewsArticle","image":[{"url":"https://x.example/5.jpg"}]}</script>'
                    ""
                )
            },
            "https://x.example/5.jpg",
            "json-ld",
        ),
    ],
)
def test_where_the_picture_is_found(read: Read, pieces: dict[str, str], url: str, source: str) -> None:
    """The address is absolute, whatever the page wrote."""
    article = read(**pieces)
    assert (article.image_url, article.provenance["image_url"]) == (url, source)


@pytest.mark.parametrize(
    "name", ["logo.png", "assets/default.jpg", "no-image.png", "placeholder.gif", "icon.svg", "default-share.png"]
)
def test_logos_and_placeholders_are_no_pictures(read: Read, name: str) -> None:
    """What every page of the site shows is left out; the next place is asked."""
    head = f"<meta property='og:image' content='https://jarida.example/{name}'>"
    assert read(head=head).image_url is None
    assert read(head=head + "<meta name='twitter:image' content='/a.jpg'>").image_url == "https://jarida.example/a.jpg"


def test_the_publishers_logo_is_no_picture(read: Read) -> None:
    """Even where it is called something else."""
    head = (
        "<meta property='og:image' content='https://jarida.example/u/front.jpg'><script type='application/ld+json'>"
        '{"@type":"NewsArticle","publisher":{"@type":"Organization",'
        '"logo":{"url":"https://jarida.example/u/front.jpg"}}}</script>'
    )
    assert read(head=head).image_url is None


def test_a_small_picture_is_a_button(read: Read) -> None:
    """The first picture after the headline counts only if it may be wide enough."""
    assert (
        read(above="<img src='/print.gif' width='16'><img src='/big.jpg' width='640px'>").image_url
        == "https://jarida.example/big.jpg"
    )
