"""What isn't an article, and which outcome says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD, TITLE, article_html
from newscrawler.article import Article
from newscrawler.extract import extract
from newscrawler.outcome import NoArchive, NotAnArticle, NoText, TooShort

Read = Callable[..., Article]


@pytest.mark.parametrize(
    "content_type", ["application/pdf", "image/jpeg", "application/json", "application/rss+xml", "video/mp4"]
)
def test_a_header_that_names_another_format_ends_it(read: Read, content_type: str) -> None:
    """Whatever the bytes are."""
    with pytest.raises(NotAnArticle):
        read(content_type=content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"PK\x03\x04",
        b'{"a": 1}',
        b"<?xml version='1.0'?><rss></rss>",
        b"<urlset/>",
    ],
)
def test_bytes_of_another_format_end_it(read: Read, body: bytes) -> None:
    """Servers call PDF files text/html."""
    with pytest.raises(NotAnArticle):
        read(body, content_type="text/html")


@pytest.mark.parametrize("name", ["robots", "googlebot", "ROBOTS"])
def test_noarchive_is_obeyed(read: Read, name: str) -> None:
    """Said to all robots or to the best known; noindex alone forbids nothing to an archive."""
    with pytest.raises(NoArchive):
        read(head=f"<meta name='{name}' content='index,follow, NOARCHIVE'>")
    assert read(head=f"<meta name='{name}' content='noindex,noimageindex'>").title == TITLE


@pytest.mark.parametrize(
    "url", ["https://jarida.example/", "https://jarida.example/index.php", "https://jarida.example/Default.aspx"]
)
def test_the_front_page_is_no_article(read: Read, url: str) -> None:
    """Even if a story fills it."""
    with pytest.raises(NotAnArticle, match="front page"):
        read(url=url)


def test_an_id_in_the_query_makes_the_front_address_an_article(read: Read) -> None:
    """/index.php?id=4711 is how old systems address articles."""
    assert read(url="https://jarida.example/index.php?id=4711").title == TITLE


def test_teasers_under_linked_headlines_are_a_listing(read: Read) -> None:
    """Whatever the address looks like; an article with related links at its end is none."""
    cards = "".join(
        f"<div><h3><a href='/n/{i}'>عنوان الخبر رقم {i} في القائمة الطويلة</a></h3><p>{FIRST} {i}</p></div>"
        for i in range(6)
    )
    with pytest.raises(NotAnArticle, match="listing"):
        read(f"<html><body><h1>أخبار المدينة</h1>{cards}</body></html>")
    assert read(below=f"<section><h2>اقرأ أيضا</h2>{cards}</section>").paragraphs == (FIRST, SECOND, THIRD)


def test_a_list_of_headlines_is_a_listing_and_an_empty_page_has_no_text(read: Read) -> None:
    """Both hold no article; which of the two it is helps the keeper of the seed."""
    cards = "".join(f"<h3><a href='/n/{i}'>عنوان الخبر رقم {i} في القائمة الطويلة</a></h3>" for i in range(8))
    with pytest.raises(NotAnArticle):
        read(f"<html><body><h1>أخبار المدينة</h1>{cards}</body></html>")
    with pytest.raises(NoText):
        read("<html><body><h1>عنوان بلا نص</h1></body></html>")
    with pytest.raises(NoText):
        read(b"")


def test_a_gallery_or_video_with_a_caption_is_no_article(read: Read) -> None:
    """With a report beside the pictures it is one."""
    gallery = '<script type="application/ld+json">{"@type":"ImageGallery"}</script>'
    video = "<meta property='og:type' content='video.other'>"
    for head in (gallery, video):
        with pytest.raises(NotAnArticle):
            read(head=head, body=f"<p>{FIRST}</p><p>{SECOND}</p>")
    long = "".join(f"<p>{FIRST} وهذه الفقرة رقم {i} من التقرير.</p>" for i in range(8))
    assert len(read(head=gallery, body=long).paragraphs) == 8


def test_a_caption_is_too_short(read: Read) -> None:
    """The limit is the caller's."""
    with pytest.raises(TooShort, match="15 words"):
        read(body=f"<p>{FIRST}</p>")
    from extract.conftest import make_page, make_site

    page = make_page(article_html(body=f"<p>{FIRST}</p>"))
    assert extract(page, make_site(), min_words=10).paragraphs == (FIRST,)


def test_a_page_without_headline_is_no_article(read: Read) -> None:
    """Nothing could be shown for it in a list."""
    with pytest.raises(NotAnArticle, match="headline"):
        read(f"<html><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></body></html>")


def test_another_language_is_an_article_all_the_same(read: Read) -> None:
    """The language pipeline judges it; the verdict is attached."""
    text = (
        "شهرداری تهران امروز کتابخانه\u200cای تازه در شرق شهر گشود که بیست هزار جلد "
        "کتاب و سالنی برای مطالعه دارد و چهار روز در هفته باز است."
    )
    article = read(
        f"<html><body><h1>گشایش کتابخانه\u200cای تازه در شرق تهران</h1><p>{text}</p><p>{text[20:]}</p></body></html>"
    )
    assert article.language is not None
    assert not article.language.is_arabic


def test_headlines_as_bold_links_in_a_table_are_a_listing(read: Read) -> None:
    """Old archives have no headings: linked headlines between the page's own and a little text give them away."""
    rows = "".join(
        f"<tr><td><a href='/{n}'><b>عنوان طويل لخبر من أخبار اليوم رقم {n}</b></a></td></tr>" for n in range(6)
    )
    poll = "<p>هل تتابع أخبار مدينتك من الجريدة الورقية التي تصلك كل صباح أم من الموقع على الشبكة؟ شاركنا رأيك هنا.</p>"
    with pytest.raises(NotAnArticle, match="listing"):
        read(above=f"<table>{rows}</table>", body=poll)


def test_a_listing_with_buttons_is_none(read: Callable[..., Article]) -> None:
    """Each text ends in «اقرأ المزيد», and no headline is a link."""
    cards = "".join(
        f"<div><h3>خبر رقم {number} عن المدينة</h3><p>نص قصير عن الخبر رقم {number} يقدم للقارئ فكرة عامة عما جرى.</p>"
        f"<a href='/n/{number}'>اقرأ المزيد</a></div>"
        for number in range(6)
    )
    with pytest.raises(NotAnArticle, match="listing"):
        read(body=cards)


def test_a_page_of_captions_is_a_gallery(read: Callable[..., Article]) -> None:
    """However long they are, unless the page calls itself an article."""
    captions = "".join(f"<figure><img src='/{n}.jpg'><p>{FIRST} {SECOND} {n}.</p></figure>" for n in range(5))
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{captions}</body></html>"
    with pytest.raises(NotAnArticle, match="gallery"):
        read(html)
