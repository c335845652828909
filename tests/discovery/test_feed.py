"""read_feed: every kind of feed, as broken as they come."""

from __future__ import annotations

import contextlib
import gzip
import time
from functools import reduce
from typing import Final

import feedparser  # noqa: F401 (it is imported late: the first example would be too slow for hypothesis)
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.discovery.feed import NotAFeed, read_feed
from newscrawler.link import Link

BASE: Final = "https://sahifa.example.com/rss/all.xml"

RSS: Final = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>صحيفة المرفأ</title>
<link>https://sahifa.example.com/</link>
<item>
  <title>افتتاح جسر المشاة فوق الوادي</title>
  <link>https://sahifa.example.com/news/1001</link>
  <guid isPermaLink="false">post-1001</guid>
  <pubDate>Thu, 05 Mar 2026 10:00:00 +0300</pubDate>
  <category>محليات</category>
</item>
<item>
  <title>موسم الزيتون يبدأ مبكرا هذا العام</title>
  <link>https://sahifa.example.com/news/1002</link>
  <pubDate>Thu, 05 Mar 2026 09:00:00 +0300</pubDate>
</item>
<item>
  <title>منتخب السلة يتأهل إلى الدور الثاني</title>
  <link>https://sahifa.example.com/news/1003</link>
  <pubDate>Wed, 04 Mar 2026 21:30:00 +0300</pubDate>
</item>
</channel>
</rss>
"""
URLS: Final = [f"https://sahifa.example.com/news/{n}" for n in (1001, 1002, 1003)]


def urls(links: tuple[Link, ...]) -> list[str]:
    """The addresses alone."""
    return [link.url for link in links]


def item(inner: str) -> str:
    """A feed with one item."""
    return f'<rss version="2.0"><channel><title>صحيفة</title><item>{inner}</item></channel></rss>'


def only(feed: str | bytes) -> Link:
    """The one link of a feed."""
    (link,) = read_feed(feed if isinstance(feed, bytes) else feed.encode(), base=BASE)
    return link


def test_an_rss_item_becomes_a_link_with_everything_it_says() -> None:
    """Address, headline, first category and the date as printed are kept."""
    first = read_feed(RSS.encode(), base=BASE)[0]
    assert first == Link(
        url="https://sahifa.example.com/news/1001",
        title="افتتاح جسر المشاة فوق الوادي",
        section="محليات",
        published="Thu, 05 Mar 2026 10:00:00 +0300",
        lastmod=None,
    )


def test_items_keep_the_order_of_the_feed() -> None:
    """The newest item stands first because the outlet put it there, not because we sorted."""
    assert urls(read_feed(RSS.encode(), base=BASE)) == URLS


@pytest.mark.parametrize("version", ["0.90", "0.91", "0.92", "1.0", "2.0"])
def test_every_version_of_rss_is_read(version: str) -> None:
    """The version attribute is often wrong, and changes nothing."""
    feed = RSS.replace('version="2.0"', f'version="{version}"')
    assert urls(read_feed(feed.encode(), base=BASE)) == URLS


def test_rss_without_an_rss_element_is_read() -> None:
    """Some old generators print <channel> alone."""
    body = "<channel><item><title>خبر قديم</title><link>https://a.example.org/7</link></item></channel>"
    assert only(body).url == "https://a.example.org/7"


def test_atom_keeps_published_and_updated_apart() -> None:
    """`published` is the first publication, `updated` the last change; neither stands in for the other."""
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:a.example.org,2026:1</id>
      <title type="html">قراءة في &lt;i&gt;ديوان&lt;/i&gt; جديد</title>
      <link rel="self" type="application/atom+xml" href="https://a.example.org/entry/1.atom"/>
      <link rel="enclosure" href="https://a.example.org/1.mp3"/>
      <link rel="alternate" href="https://a.example.org/1"/>
      <published>2026-03-01T08:00:00+02:00</published><updated>2026-03-02T08:00:00+02:00</updated>
      <category term="ثقافة"/></entry>
      <entry><title>بلا تاريخ نشر</title><link href="https://a.example.org/2"/><updated>2026-03-03</updated></entry></feed>"""
    first, second = read_feed(feed.encode(), base=BASE)
    assert first == Link(
        "https://a.example.org/1",
        "قراءة في ديوان جديد",
        "ثقافة",
        "2026-03-01T08:00:00+02:00",
        "2026-03-02T08:00:00+02:00",
    )
    assert (second.published, second.lastmod) == (None, "2026-03-03")


def test_rdf_takes_dc_date_as_publication() -> None:
    """RSS 1.0 knows no other date, and it means when the item appeared."""
    feed = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://a.example.org/"><title>وكالة</title></channel>
      <item rdf:about="https://a.example.org/9"><title>مؤتمر للمياه</title><link>https://a.example.org/9</link>
      <dc:date>2026-03-05T10:00+03:00</dc:date><dc:subject>اقتصاد</dc:subject></item></rdf:RDF>"""
    assert only(feed) == Link("https://a.example.org/9", "مؤتمر للمياه", "اقتصاد", "2026-03-05T10:00+03:00", None)


def test_json_feed_is_read() -> None:
    """A JSON feed says the same things under other names; a lone tag is its section."""
    body = """{"version": "https://jsonfeed.org/version/1.1", "items": [
      {"id": "1", "url": "/news/1", "title": "سوق <b>الكتب</b> المستعملة", "tags": ["ثقافة"],
       "date_published": "2026-03-05T10:00:00+03:00", "date_modified": "2026-03-06T10:00:00+03:00"},
      {"id": "بلا عنوان"}, "ليس عنصرا", {"id": "https://sahifa.example.com/news/3"}]}"""
    first, second = read_feed(body.encode(), base=BASE)
    assert first == Link(
        "https://sahifa.example.com/news/1",
        "سوق الكتب المستعملة",
        "ثقافة",
        "2026-03-05T10:00:00+03:00",
        "2026-03-06T10:00:00+03:00",
    )
    assert second.url == "https://sahifa.example.com/news/3"


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("utf-8", "utf-8"),
        ("windows-1256", "windows-1256"),
        ("utf-8", "windows-1256"),
        ("windows-1256", "utf-8"),
        ("iso-8859-1", "windows-1256"),
        ("utf-16", "utf-16"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_the_bytes_have_the_last_word_on_the_encoding(declared: str, actual: str) -> None:
    """A declaration copied from a template doesn't turn headlines into question marks."""
    body = RSS.replace('encoding="utf-8"', f'encoding="{declared}"').encode(actual)
    assert read_feed(body, base=BASE)[0].title == "افتتاح جسر المشاة فوق الوادي"


def test_an_undeclared_windows_1256_feed_is_arabic() -> None:
    """Without any declaration the letters themselves tell."""
    body = RSS.replace(' encoding="utf-8"', "").encode("windows-1256")
    assert read_feed(body, base=BASE)[0].title == "افتتاح جسر المشاة فوق الوادي"


def test_the_header_names_the_encoding_where_the_feed_does_not() -> None:
    """`content_type` is the response's header."""
    body = RSS.replace(' encoding="utf-8"', "").encode("iso-8859-6")
    links = read_feed(body, base=BASE, content_type="text/xml; charset=iso-8859-6")
    assert links[0].title == "افتتاح جسر المشاة فوق الوادي"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("<![CDATA[بدء <b>القمة</b> &amp; وصول الوفود]]>", "بدء القمة & وصول الوفود"),
        ("بدء القمة &amp;quot;العربية&amp;quot;", 'بدء القمة "العربية"'),
        ("\n   بدء\n القمة\t ", "بدء القمة"),
        ("ال&lt;b&gt;قدس&lt;/b&gt; الآن", "القدس الآن"),
        ("القدس&lt;br/&gt;الآن", "القدس الآن"),
        ("أرباح & خسائر", "أرباح & خسائر"),
        ("عاجل&nbsp;الآن", "عاجل الآن"),
    ],
)
def test_titles_are_free_of_markup_and_entities(raw: str, title: str) -> None:
    """A headline is what a reader would read, however often it was escaped."""
    assert only(item(f"<title>{raw}</title><link>https://a.example.org/1</link>")).title == title


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ("<link>/news/5?a=1&b=2</link>", "https://sahifa.example.com/news/5?a=1&b=2"),
        ("<link>5.html</link>", "https://sahifa.example.com/rss/5.html"),
        ("<link>\n https://a.example.org/5 \n</link>", "https://a.example.org/5"),
        ("<link><![CDATA[https://a.example.org/?id=5&x=1]]></link>", "https://a.example.org/?id=5&x=1"),
        ("<link>https://a.example.org/?id=5&amp;x=1</link>", "https://a.example.org/?id=5&x=1"),
        ("<guid>https://a.example.org/5</guid>", "https://a.example.org/5"),
        ('<guid isPermaLink="true">https://a.example.org/5</guid><link></link>', "https://a.example.org/5"),
        (
            '<link>https://proxy.example.net/~r/x/5</link><feedburner:origLink xmlns:feedburner="'
            'http://rssnamespace.org/feedburner/ext/1.0">https://a.example.org/5</feedburner:origLink>',
            "https://a.example.org/5",
        ),
        (
            '<enclosure url="https://a.example.org/5.mp3" type="audio/mpeg"/><link>https://a.example.org/5</link>',
            "https://a.example.org/5",
        ),
        (
            '<link>https://a.example.org/خبر/5</link><guid isPermaLink="false">https://a.example.org/?p=5</guid>',
            "https://a.example.org/خبر/5",
        ),
    ],
)
def test_the_address_is_the_page_s_own(inner: str, url: str) -> None:
    """Relative, escaped or CDATA links, permalinks and a proxy's original all lead to the article."""
    assert only(item(f"<title>خبر</title>{inner}")).url == url


@pytest.mark.parametrize(
    "inner",
    [
        "<guid>12345</guid>",
        '<guid isPermaLink="false">a-5</guid>',
        '<enclosure url="https://a.example.org/5.mp3" type="audio/mpeg" length="1"/>',
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://a.example.org/5.jpg"/>',
        "<link>javascript:void(0)</link>",
        "<link>mailto:desk@a.example.org</link>",
        "<description>لا رابط هنا</description>",
    ],
)
def test_an_entry_without_a_page_is_left_out(inner: str) -> None:
    """An id, a sound file or a picture is no address of an article."""
    assert read_feed(item(f"<title>خبر</title>{inner}").encode(), base=BASE) == ()


def test_a_packed_feed_is_unpacked() -> None:
    """Some servers send `rss.xml.gz` as it lies on the disk."""
    assert urls(read_feed(gzip.compress(RSS.encode()), base=BASE)) == URLS


def test_the_same_address_is_listed_once_and_keeps_what_either_entry_says() -> None:
    """Two spellings of one address are one link; the first keeps its place and its words."""
    feed = """<rss version="2.0"><channel>
      <item><title>أول</title><link>https://a.example.org/%d8%ae?utm_source=rss</link></item>
      <item><title>بينهما</title><link>https://a.example.org/2</link></item>
      <item><title>ثان</title><link>https://a.example.org/%D8%AE</link><pubDate>أمس</pubDate></item>
      </channel></rss>"""
    links = read_feed(feed.encode(), base=BASE)
    assert [(link.title, link.published) for link in links] == [("أول", "أمس"), ("بينهما", None)]


def test_xml_base_is_what_links_are_relative_to() -> None:
    """An Atom feed may be moved; its `xml:base` stays right."""
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example.org/x/">
      <entry><title>خبر</title><link href="y/1"/></entry></feed>"""
    assert only(feed).url == "https://b.example.org/x/y/1"


@pytest.mark.parametrize(
    ("categories", "section"),
    [
        (["غير مصنف", "رياضة"], "رياضة"),
        (["https://a.example.org/tag/5", "صحة"], "صحة"),
        (["2026", "عربي ودولي"], "عربي ودولي"),
        ([f"كلمة{n}" for n in range(30)], None),
        (["سياسة, اقتصاد, رياضة"], None),
        ([], None),
    ],
)
def test_the_section_is_the_first_category_that_is_a_plain_word(categories: list[str], section: str | None) -> None:
    """Dozens of categories are keywords; addresses and numbers are no sections."""
    inner = "".join(f"<category>{name}</category>" for name in categories)
    assert only(item(f"<title>خبر</title><link>https://a.example.org/1</link>{inner}")).section == section


DAMAGE: Final[dict[str, tuple[str, str]]] = {
    "the end is missing": ("</channel>\n</rss>", ""),
    "an item isn't closed": ("</item>", ""),
    "a title isn't closed": ("الوادي</title>", "الوادي"),
    "titles end in a misspelt tag": ("</title>", "</titel>"),
    "markup in a title isn't closed": ("موسم", "موسم <b>"),
    "control characters and unknown entities": ("موسم", "موسم & \x08 &nbsp; &foo;"),
    "a prefix isn't declared": ("<category>محليات</category>", "<media:category>محليات</media:category>"),
    "a server's warning comes first": ("<?xml", "Warning: connect() in /srv/x.php on line 3\n<?xml"),
    "white space comes first": ("<?xml", "\n\n  <?xml"),
    "a DOCTYPE that can't be fetched": ("<rss", "<!DOCTYPE rss SYSTEM 'https://a.example.org/rss.dtd'><rss"),
    "something follows": ("</rss>", "</rss><!-- generated --><script>x</script>"),
}


@pytest.mark.parametrize(("old", "new"), DAMAGE.values(), ids=DAMAGE)
def test_broken_xml_costs_no_item(old: str, new: str) -> None:
    """A tag that isn't closed, a stray control character or a server's warning loses no address."""
    assert old in RSS
    assert urls(read_feed(RSS.replace(old, new).encode(), base=BASE)) == URLS


@given(st.integers(min_value=0, max_value=len(RSS.encode())))
@settings(max_examples=150, deadline=None)
def test_a_feed_cut_off_anywhere_invents_no_address(cut: int) -> None:
    """Half an address is another page's: what was cut off is left out, what stood before is kept."""
    body = RSS.encode()[:cut]
    try:
        found = urls(read_feed(body, base=BASE))
    except NotAFeed:
        assert b"<rss " not in body
        return
    assert found == URLS[: len(found)]
    assert len(found) >= body.count(b"</item>")


BOMB: Final = (
    '<!DOCTYPE x [<!ENTITY a0 "ها">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)


@pytest.mark.parametrize(
    "doctype",
    [BOMB, '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x [<!ENTITY % p SYSTEM "x">%p;]>'],
    ids=["billion laughs", "external entity", "parameter entity"],
)
def test_entities_are_never_expanded(doctype: str) -> None:
    """A bomb or a file of this machine behind an entity stays unexpanded, at once."""
    feed = doctype + item("<title>خبر &a9;</title><link>https://a.example.org/1</link>")
    began = time.process_time()
    title = only(feed).title
    assert title is not None
    assert len(title) < 20
    assert "root:" not in title
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        ("<!doctype html><html><title>الصفحة غير موجودة</title>".encode(), "الصفحة غير موجودة"),
        (b"<html><body>gone", "an HTML page"),
        (b'{"error": "not found"}', "JSON"),
        (b"<urlset><url><loc>https://a.example.org/1</loc></url></urlset>", "<urlset>"),
        ("خدمة الخلاصات متوقفة".encode(), "خدمة الخلاصات متوقفة"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08broken", "empty"),
        (reduce(lambda packed, _: gzip.compress(packed, mtime=0), range(4), b"<rss/>"), "packed"),
        (b'{"items": []}', "JSON"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "JSON"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, reason: str) -> None:
    """The reason tells a person what came instead of the feed."""
    with pytest.raises(NotAFeed, match=reason):
        read_feed(body, base=BASE)


def test_a_feed_with_no_entries_is_a_feed() -> None:
    """On a quiet day a feed is empty; the channel's own link is no article."""
    feed = "<rss><channel><title>صحيفة</title><link>https://sahifa.example.com/</link></channel></rss>"
    assert read_feed(feed.encode(), base=BASE) == ()


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda junk: b"<rss><channel><item>" + junk))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_but_not_a_feed(body: bytes) -> None:
    """Whatever a server sends, the run goes on."""
    with contextlib.suppress(NotAFeed):
        assert isinstance(read_feed(body, base=BASE), tuple)
