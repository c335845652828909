"""Feeds that a reader can subscribe to: valid Atom, stable ids, polite to poll."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import feedparser
import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get, add_article, build, close, put
from newscrawler.browse.atom import Entry, Feed, as_atom

_NS = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = (
    "/-/feed/all.atom",
    "/-/feed/outlet/sahil.atom",
    "/-/feed/tag/1.atom",
    f"/-/feed/search.atom?q={quote('مرفأ')}",
)


def _root(response: Any) -> ET.Element:
    assert response.status_code == 200
    return ET.fromstring(response.content)


def _titles(response: Any) -> list[str | None]:
    return [title.text for title in _root(response).findall("a:entry/a:title", _NS)]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_atom_wants(get: Get, path: str) -> None:
    """RFC 4287: id, title, updated, self and alternate links; each entry id, title, updated, author, link."""
    response = get(path)
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = _root(response)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    for element in [root, *root.findall("a:entry", _NS)]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", _NS)) == 1
        assert element.findtext("a:id", namespaces=_NS).startswith("tag:")  # type: ignore[union-attr]
        for link in element.findall("a:link", _NS):
            assert (link.get("href") or "").startswith(("http://", "https://"))
    own = root.find("a:link[@rel='self']", _NS)
    assert own is not None
    assert own.get("href") == f"http://localhost{path}"
    assert root.findall("a:entry", _NS)
    assert all(entry.findtext("a:author/a:name", namespaces=_NS) for entry in root.findall("a:entry", _NS))
    assert not feedparser.parse(response.content).bozo


def test_a_feed_lists_what_was_archived_last(get: Get, archive: Database) -> None:
    """Whatever date it bears, what is new in the archive comes first, so that no reader misses it."""
    add_article(archive, 50, title="قديم وصل اليوم", published_at="2019-01-01T00:00:00Z")
    add_article(archive, 51, site="waha", title="بلا تاريخ", first_seen_at="2026-11-24T00:00:00Z")
    assert _titles(get("/-/feed/all.atom"))[:2] == ["بلا تاريخ", "قديم وصل اليوم"]
    assert _titles(get("/-/feed/outlet/sahil.atom"))[0] == "قديم وصل اليوم"
    assert _root(get("/-/feed/all.atom")).findtext("a:updated", namespaces=_NS) == "2026-11-24T00:00:00Z"


def test_an_entry_knows_both_pages(get: Get) -> None:
    """Our page and the newspaper's; the byline, or the outlet where there is none; when its text last changed."""
    first = next(
        e
        for e in _root(get("/-/feed/all.atom")).findall("a:entry", _NS)
        if e.find("a:category", _NS) is not None and e.findtext("a:author/a:name", namespaces=_NS) == "سلمى ناصر"
    )
    links = {link.get("rel"): link.get("href") for link in first.findall("a:link", _NS)}
    assert links == {"alternate": "http://localhost/-/article/1", "via": "https://sahil.example/a/1"}
    assert first.findtext("a:published", namespaces=_NS) == "2026-11-22T22:30:00Z"
    assert first.findtext("a:updated", namespaces=_NS) == "2026-11-22T23:00:00Z"
    assert first.findtext("a:summary", namespaces=_NS) == "أربع سفن في وقت واحد"


def test_ids_stay_when_the_archive_moves(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """An id names the article by where it was published: another server, name or prefix changes nothing."""

    def ids(response: Any) -> list[str | None]:
        return [element.text for element in _root(response).iter("{http://www.w3.org/2005/Atom}id")]

    here = ids(opened(tmp_path / "archive.db")("/-/feed/tag/1.atom"))
    build(tmp_path / "other.db").close()
    there = opened(tmp_path / "other.db", settings={"base_url": "/press/"})("/-/feed/tag/1.atom")
    assert ids(there) == here
    assert "tag:newscrawler.invalid,2026:article/https://sahil.example/a/1" in here


def test_a_search_feed_has_the_filters_of_the_page(get: Get) -> None:
    """What is narrowed on the page is narrowed in its feed."""
    both = _titles(get(f"/-/feed/search.atom?q={quote('الرصيف')}"))
    assert len(both) == 2
    assert _titles(get(f"/-/feed/search.atom?q={quote('الرصيف')}&site=waha")) == ["الرصيف الجديد يستقبل السفن"]
    assert _titles(get(f"/-/feed/search.atom?q={quote('؟!')}")) == []


@pytest.mark.parametrize("path", FEEDS)
def test_an_unchanged_feed_is_not_sent_again(archive: Database, tmp_path: Path, path: str) -> None:
    """304 for the ETag, in a list and weak too; a new article changes it."""
    datasette = Datasette([str(tmp_path / "archive.db")])

    async def visit() -> None:
        first = await datasette.client.get(path)
        tag = first.headers["etag"]
        for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = await datasette.client.get(path, headers={"if-none-match": sent})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        assert (await datasette.client.get(path, headers={"if-none-match": '"other"'})).status_code == 200
        add_article(archive, 60, title="خبر عن المرفأ", text="نص عن المرفأ")
        put(archive, "article_tags", {"article_id": 60, "tag_id": 1, "source": "x", "confidence": 1.0})
        changed = await datasette.client.get(path, headers={"if-none-match": tag})
        assert changed.status_code == 200
        assert changed.headers["etag"] != tag

    try:
        asyncio.run(visit())
    finally:
        close(datasette)


@pytest.mark.parametrize("path", ["/-/feed/outlet/none.atom", "/-/feed/tag/99.atom", "/-/feed/day.atom"])
def test_a_feed_of_nothing_known_is_a_404(get: Get, path: str) -> None:
    """An outlet or tag that isn't there has no feed."""
    assert get(path).status_code == 404


def test_an_attack_is_text_in_a_feed(get: Get, archive: Database) -> None:
    """Markup and control characters of an outlet don't reach a feed reader as such."""
    add_article(
        archive, 66, url="javascript:alert(1)", title=HOSTILE + "\x00\x0b\ufffe", standfirst=HOSTILE, section=HOSTILE,
        authors=json.dumps([HOSTILE]),
    )  # fmt: skip
    entry = _root(get("/-/feed/all.atom")).findall("a:entry", _NS)[0]
    assert entry.findtext("a:title", namespaces=_NS) == HOSTILE
    assert {child.tag.partition("}")[2] for child in entry.iter()} <= {
        "entry", "id", "title", "updated", "published", "author", "name", "link", "category", "summary",
    }  # fmt: skip
    assert [link.get("rel") for link in entry.findall("a:link", _NS)] == ["alternate"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_makes_a_feed(title: str, name: str) -> None:
    """Every string gives XML that can be parsed, and an id of ASCII."""
    entry = Entry(name, title, title, "https://a.example/", None, "2026-11-22T00:00:00Z", None, (title,), title)
    feed = Feed(name, title, "https://a.example/", "https://a.example/f", "2026-11-22T00:00:00Z", [entry])
    root = ET.fromstring(as_atom(feed))
    assert all((element.text or "").isascii() for element in root.iter("{http://www.w3.org/2005/Atom}id"))
