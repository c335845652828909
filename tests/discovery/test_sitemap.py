"""read_sitemap: sitemaps, indexes, news sitemaps, packed ones, lists of addresses."""

from __future__ import annotations

import contextlib
import gzip
import time
import tracemalloc
import zlib
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.discovery.records import records
from newscrawler.discovery.sitemap import Child, NotASitemap, Sitemap, TooBig, read_sitemap
from newscrawler.link import Link

BASE: Final = "https://jarida.example.com/sitemaps/all.xml"
NS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def urlset(inner: str, *, namespace: str = NS) -> str:
    """A sitemap of pages."""
    declared = f' xmlns="{namespace}"' if namespace else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset{declared}>{inner}</urlset>'


THREE: Final = urlset(
    "".join(f"<url><loc>https://jarida.example.com/a/{n}</loc><lastmod>2026-03-0{n}</lastmod></url>" for n in (1, 2, 3))
)
THREE_URLS: Final = [f"https://jarida.example.com/a/{n}" for n in (1, 2, 3)]


def urls(body: str | bytes) -> list[str]:
    """The pages' addresses."""
    found = read_sitemap(body.encode() if isinstance(body, str) else body, base=BASE)
    return [link.url for link in found.links]


def test_pages_come_in_order_with_their_lastmod_as_printed() -> None:
    """The date is evidence and stays a string."""
    links = read_sitemap(THREE.encode(), base=BASE).links
    assert links[0] == Link("https://jarida.example.com/a/1", lastmod="2026-03-01")
    assert [link.url for link in links] == THREE_URLS


def test_a_news_sitemap_says_title_and_publication() -> None:
    """The `news:` fields are what makes a page known before it is fetched."""
    body = urlset(
        """<url><loc>https://jarida.example.com/a/1</loc>
        <news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
          <news:publication><news:name>جريدة الميناء</news:name><news:language>ar</news:language></news:publication>
          <news:publication_date>2026-03-05T10:00:00+03:00</news:publication_date>
          <news:title><![CDATA[إضراب عمال &amp;quot;الميناء&amp;quot;]]></news:title>
          <news:keywords>ميناء, إضراب</news:keywords></news:news></url>"""
    )
    (link,) = read_sitemap(body.encode(), base=BASE).links
    assert link == Link(
        "https://jarida.example.com/a/1",
        title='إضراب عمال "الميناء"',
        published="2026-03-05T10:00:00+03:00",
    )


def test_pictures_videos_and_translations_are_not_pages() -> None:
    """Only the page's own `loc` counts, and only the news title is a headline."""
    body = urlset(
        """<url><image:image xmlns:image="i"><image:loc>https://jarida.example.com/1.jpg</image:loc>
        <image:title>تعليق الصورة</image:title></image:image>
        <video:video xmlns:video="v"><video:title>مقطع</video:title>
        <video:publication_date>2020-01-01</video:publication_date>
        <video:content_loc>https://jarida.example.com/1.mp4</video:content_loc></video:video>
        <xhtml:link xmlns:xhtml="x" rel="alternate" hreflang="en" href="https://jarida.example.com/en/1"/>
        <loc>https://jarida.example.com/a/1</loc></url>"""
    )
    assert read_sitemap(body.encode(), base=BASE).links == (Link("https://jarida.example.com/a/1"),)


def test_an_index_names_its_children() -> None:
    """Children are kept apart from pages, with their dates, each once and never the file itself."""
    body = f"""<sitemapindex xmlns="{NS}">
      <sitemap><loc>/sitemaps/2026-03.xml</loc><lastmod>2026-03-31</lastmod></sitemap>
      <sitemap><loc>{BASE}</loc></sitemap>
      <sitemap><loc>https://jarida.example.com/sitemaps/2026-03.xml</loc></sitemap>
      <sitemap><loc>https://jarida.example.com/sitemap.php?y=2026&m=2</loc></sitemap></sitemapindex>"""
    found = read_sitemap(body.encode(), base=BASE)
    assert found.links == ()
    assert found.children == (
        Child("https://jarida.example.com/sitemaps/2026-03.xml", "2026-03-31"),
        Child("https://jarida.example.com/sitemap.php?y=2026&m=2"),
    )


def test_a_sitemap_listed_as_a_page_is_a_child() -> None:
    """Some sites put their sitemaps into a <urlset>; no article is called `x.xml.gz`."""
    body = urlset("<url><loc>/s1.xml.gz</loc></url><url><loc>/a/1</loc></url>")
    found = read_sitemap(body.encode(), base=BASE)
    assert [child.url for child in found.children] == ["https://jarida.example.com/s1.xml.gz"]
    assert [link.url for link in found.links] == ["https://jarida.example.com/a/1"]


@pytest.mark.parametrize(
    "body",
    [
        THREE.replace(f' xmlns="{NS}"', ""),
        THREE.replace(NS, "http://www.google.com/schemas/sitemap/0.84"),
        THREE.replace("<", "<sm:").replace("<sm:/", "</sm:").replace("<sm:?", "<?"),
        THREE.replace("urlset", "URLSET").replace("<loc>", "<LOC>").replace("</loc>", "</LOC>"),
        "\ufeff" + THREE,
        "\n\n" + THREE,
        "<br />Notice: undefined index in /srv/s.php\n" + THREE,
        THREE.replace('encoding="UTF-8"', 'encoding="windows-1256"').replace("</urlset>", "<!-- نهاية --></urlset>"),
        THREE.replace("<loc>", "<loc>\n   ").replace("</loc>", "\n</loc>"),
        THREE.replace("<loc>", "<loc><![CDATA[").replace("</loc>", "]]></loc>"),
        THREE.replace("https://jarida.example.com", ""),
        THREE.replace("</url>", ""),
        THREE.replace("<lastmod>", "<lastmod>\x0b & <b>"),
        THREE.replace("?>", '?><?xml-stylesheet type="text/xsl" href="s.xsl"?><!-- مولد آليا -->'),
    ],
    ids=[
        "no namespace",
        "an old namespace",
        "an undeclared prefix",
        "capitals",
        "byte order mark",
        "white space first",
        "a warning first",
        "wrong encoding",
        "line breaks in loc",
        "CDATA",
        "relative",
        "unclosed entries",
        "rubbish in lastmod",
        "a stylesheet",
    ],
)
def test_sloppy_xml_costs_no_page(body: str) -> None:
    """Namespaces, prefixes, line breaks and unclosed tags are no reason to miss an article."""
    assert urls(body) == THREE_URLS


def test_utf_16_is_read_with_and_without_its_mark() -> None:
    """Old Windows generators write it, and some forget the byte order mark."""
    plain = THREE.replace("UTF-8", "UTF-16")
    assert urls(plain.encode("utf-16")) == THREE_URLS
    assert urls(plain.encode("utf-16-le")) == THREE_URLS


@pytest.mark.parametrize("printed", ["/a?x=1&y=2", "/a?x=1&amp;y=2", "/a?x=1&amp;amp;y=2"])
def test_an_ampersand_survives_whatever_escaping(printed: str) -> None:
    """A bare «&» must not swallow the parameter's name, a doubled escape must not become one."""
    assert urls(urlset(f"<url><loc>https://jarida.example.com{printed}</loc></url>")) == [
        "https://jarida.example.com/a?x=1&y=2"
    ]


def test_arabic_addresses_are_kept_as_printed_and_known_as_one() -> None:
    """Visible letters and both cases of escapes are one page; the first spelling is returned."""
    body = urlset(
        "<url><loc>https://jarida.example.com/خبر</loc></url>"
        "<url><loc>https://jarida.example.com/%d8%ae%d8%a8%d8%b1</loc></url>"
        "<url><loc>https://jarida.example.com/%D8%AE%D8%A8%D8%B1</loc><lastmod>2026-01-01</lastmod></url>"
    )
    assert read_sitemap(body.encode(), base=BASE).links == (
        Link("https://jarida.example.com/خبر", lastmod="2026-01-01"),
    )


@pytest.mark.parametrize("loc", ["", "javascript:alert(1)", "ftp://jarida.example.com/1", "https://[::1", "//["])
def test_what_is_no_address_is_dropped(loc: str) -> None:
    """One bad entry doesn't cost the file."""
    body = urlset(f"<url><loc>{loc}</loc></url><url><loc>https://jarida.example.com/a/1</loc></url>")
    assert urls(body) == THREE_URLS[:1]


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_packed_files_are_unpacked(layers: int) -> None:
    """A .gz served as octet-stream, and packed again by the server."""
    body = THREE.encode()
    for _ in range(layers):
        body = gzip.compress(body)
    assert urls(body) == THREE_URLS


def test_several_gzip_members_are_one_file() -> None:
    """`cat a.gz b.gz` is valid gzip."""
    text = THREE.encode()
    assert urls(gzip.compress(text[:150]) + gzip.compress(text[150:])) == THREE_URLS


def test_a_packed_file_that_was_cut_off_yields_what_is_there() -> None:
    """A broken download still names pages."""
    many = urlset("".join(f"<url><loc>https://jarida.example.com/a/{n * 7919}</loc></url>" for n in range(5000)))
    body = gzip.compress(many.encode())
    found = urls(body[: len(body) // 2])
    assert 1000 < len(found) < 4500
    assert set(found) <= set(urls(many))


def test_a_gzip_bomb_is_refused_before_it_fills_memory() -> None:
    """300 MB of zeros in 300 kB: no more than the limit is ever held."""
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    tracemalloc.start()
    with pytest.raises(TooBig, match="8000000"):
        read_sitemap(bomb, base=BASE, limit=8_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_the_limit_holds_for_unpacked_bodies_too() -> None:
    """`limit` is what a sitemap may have, however it was sent."""
    with pytest.raises(TooBig):
        read_sitemap(THREE.encode(), base=BASE, limit=100)
    assert read_sitemap(THREE.encode(), base=BASE, limit=len(THREE.encode())).links


def test_a_body_packed_for_ever_is_refused() -> None:
    """Four layers are no accident."""
    body = THREE.encode()
    for _ in range(4):
        body = gzip.compress(body)
    with pytest.raises(TooBig, match="packed"):
        read_sitemap(body, base=BASE)


def test_a_text_sitemap_has_one_address_a_line() -> None:
    """The protocol allows plain text; empty lines and Windows line ends don't matter."""
    assert urls("\ufeff" + "\r\n\r\n".join(THREE_URLS) + "\r\n") == THREE_URLS


def test_a_feed_may_stand_in_for_a_sitemap() -> None:
    """robots.txt of many sites names an RSS feed as sitemap, and the protocol allows it."""
    feed = "<rss><channel><item><title>خبر</title><link>https://jarida.example.com/a/1</link></item></channel></rss>"
    assert read_sitemap(feed.encode(), base=BASE).links == (Link("https://jarida.example.com/a/1", "خبر"),)


@given(st.integers(min_value=0, max_value=len(THREE.encode())))
@settings(max_examples=150, deadline=None)
def test_a_sitemap_cut_off_anywhere_invents_no_address(cut: int) -> None:
    """Half an address is another page's; whole ones before the cut are all kept."""
    body = THREE.encode()[:cut]
    try:
        found = urls(body)
    except NotASitemap:
        assert b"<urlset " not in body
        return
    assert found == THREE_URLS[: len(found)]
    assert len(found) >= body.count(b"</loc")


BOMB: Final = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [BOMB + "]>", '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'],
    ids=["billion laughs", "external entity"],
)
def test_entities_are_never_expanded(doctype: str) -> None:
    """Neither a bomb nor a local file gets into an address, and nothing takes long."""
    body = doctype + urlset("<url><loc>https://jarida.example.com/&a9;</loc></url>").partition("?>")[2]
    began = time.process_time()
    assert urls(body) == ["https://jarida.example.com/&a9;"]
    assert time.process_time() - began < 1


def test_only_the_current_record_is_held() -> None:
    """A file at the protocol's limit is read without building its tree."""
    body = urlset("".join(f"<url><loc>https://jarida.example.com/a/{n}</loc></url>\n" for n in range(20_000)))
    tracemalloc.start()
    count = sum(1 for _ in records(body.partition("?>")[2].encode()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 3 * len(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        ("<html><title>غير موجود</title></html>".encode(), "غير موجود"),
        (b"[1, 2]", "JSON"),
        (b"<note>x</note>", "<note>"),
        (b"User-agent: *\nDisallow: /admin\n", "User-agent"),
        (b"https://jarida.example.com/a/1\nand more", "text"),
        (bytes(range(128, 256)) * 3, "not a sitemap"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, reason: str) -> None:
    """The reason tells a person what came instead."""
    with pytest.raises(NotASitemap, match=reason):
        read_sitemap(body, base=BASE)


def test_an_empty_urlset_is_a_sitemap() -> None:
    """A news sitemap holds two days and may hold nothing."""
    assert read_sitemap(urlset("").encode(), base=BASE).links == ()


@given(
    st.binary(max_size=400)
    | st.binary(max_size=200).map(lambda junk: b"<urlset><url><loc>" + junk)
    | st.binary(max_size=100).map(lambda junk: gzip.compress(b"<sitemapindex>")[:-8] + junk)
)
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_but_the_named_errors(body: bytes) -> None:
    """Whatever a server sends, the run goes on."""
    with contextlib.suppress(NotASitemap, TooBig):
        assert isinstance(read_sitemap(body, base=BASE, limit=100_000), Sitemap)
