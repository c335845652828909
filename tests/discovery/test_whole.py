"""Feeds and sitemaps that end in the middle are known as such."""

from __future__ import annotations

import gzip

import pytest

from newscrawler.discovery.whole import is_cut_off

FEED = "<?xml version='1.0'?><rss version='2.0'><channel><item><title>خبر</title></item></channel></rss>".encode()
SITEMAP = b"<s:urlset xmlns:s='x'><s:url><s:loc>https://sada.example/1</s:loc></s:url></s:urlset >"


@pytest.mark.parametrize(
    "body",
    [
        FEED,
        SITEMAP,
        gzip.compress(SITEMAP, mtime=0),
        gzip.compress(SITEMAP[:20], mtime=0) + gzip.compress(SITEMAP[20:], mtime=0),
        FEED + b"\n<!-- cached at 10:00 -->\n" * 50,
        b"<urlset/>",
        b"<RSS></rss>",
        "https://sada.example/1\nhttps://sada.example/2".encode("utf-16"),
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b"",
    ],
)
def test_what_comes_to_its_end_is_whole(body: bytes) -> None:
    """Packed or not, in several members, with a cache's remarks behind it; and what has no end to miss."""
    assert not is_cut_off(body)


@pytest.mark.parametrize("at", range(30, len(FEED) - 1, 7))
def test_a_feed_cut_anywhere_is_cut_off(at: int) -> None:
    """From its root element on."""
    assert is_cut_off(FEED[:at])


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(FEED, mtime=0)[:-9],
        gzip.compress(FEED, mtime=0)[:40],
        gzip.compress(FEED, mtime=0) + b"\x1f\x8b\x08",
    ],
)
def test_a_packed_file_without_its_end_is_cut_off(packed: bytes) -> None:
    """Whatever could be unpacked; also where a further member only began."""
    assert is_cut_off(packed)


def test_what_is_too_large_to_read_is_somebody_elses_finding() -> None:
    """Packed four times: the reader refuses it with a reason."""
    body = FEED
    for _ in range(4):
        body = gzip.compress(body)
    assert not is_cut_off(body)
