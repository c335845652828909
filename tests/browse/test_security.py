"""Nothing that an outlet published or a visitor typed becomes HTML, a script or a link we did not mean."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from datasette.app import Datasette
from datasette.utils import tilde_encode
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get, add_article, build, close, put
from newscrawler.browse.canned import canned_queries
from newscrawler.browse.search_conditions import FACETS

_SCRIPT_URL = "javascript:alert(1)"
_PAGES = [
    "/",
    "/-/search",
    f"/-/search?q={quote(HOSTILE)}",
    f"/-/search?q={quote('نص')}&site={quote(HOSTILE)}&section={quote(HOSTILE)}&language={quote(HOSTILE)}",
    "/-/search?" + "&".join(f"{name}={quote(HOSTILE)}" for name in (*FACETS, "from", "to", "order")),
    f"/-/search?topic={quote(HOSTILE)}&person={quote(HOSTILE)}&place={quote(HOSTILE)}&organisation={quote(HOSTILE)}",
    "/-/article/66",
    "/-/article/1",
    "/-/article/66/revisions/66",
    "/-/article/777",
    "/archive",
    "/archive/articles",
    f"/archive/articles?_search={quote(HOSTILE)}&_wide=1",
    "/archive/articles/66",
    "/archive/copies",
    "/archive/sites",
    "/archive/tags",
    f"/archive?sql={quote('select title, url, image_url, authors from articles')}",
    *(f"/archive/{name}?url={quote(_SCRIPT_URL)}&site={quote(HOSTILE)}" for name in canned_queries()),
    f"/{quote(HOSTILE)}",
    f"/-/outlet/{tilde_encode(HOSTILE)}",
    "/-/outlets",
    "/-/tags",
    "/-/tags/keyword",
    f"/-/tags/keyword?begins={quote(HOSTILE)}",
    "/-/tag/66",
    "/-/days",
    "/-/day/2026-11-23",
    f"/-/day/2026-11-23?site={quote(HOSTILE)}",
    "/-/health",
    "/-/health/run/2",
    f"/-/health/run/2?outcome={quote(HOSTILE)}&site={quote(HOSTILE)}",
    "/-/why",
    f"/-/why?url={quote(_SCRIPT_URL)}",
    f"/-/why?url={quote(HOSTILE)}",
    "/-/why?url=https://sahil.example/hostile",
    "/-/why?url=https://sahil.example/hostile/near",
    "/-/cluster/66",
    "/-/cluster/66/changes",
    "/archive/sources",
    "/archive/outcomes",
    "/archive/runs/2",
]
_PAGES += [f"{path}{'&' if '?' in path else '?'}lang=en" for path in _PAGES if "sql=" not in path]


class _Page(HTMLParser):
    """Collects what a browser would run, load or follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script" and "src" not in self.tags[-1][1] and data.strip():
            self.scripts.append(data)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every page of an archive whose article 66 has an attack in every field that comes from outside."""
    path = tmp_path_factory.mktemp("hostile") / "archive.db"
    archive = build(path)
    _attack(archive)
    archive.close()
    datasette = Datasette([str(path)])

    async def read_all() -> dict[str, Any]:
        return {page: await datasette.client.get(page) for page in _PAGES}

    try:
        return asyncio.run(read_all())
    finally:
        close(datasette)


def _attack(archive: Database) -> None:
    put(
        archive,
        "sites",
        {
            "id": HOSTILE,
            "name": HOSTILE,
            "name_en": HOSTILE,
            "country": HOSTILE,
            "kind": "portal",
            "home": _SCRIPT_URL,
            "timezone": HOSTILE,
            "status": HOSTILE,
            "first_seen_at": "2026-11-01T00:00:00Z",
            "last_crawled_at": "2026-11-23T02:00:00Z",
        },
    )
    put(archive, "captures", {
        "id": 66, "url": _SCRIPT_URL, "requested_url": _SCRIPT_URL, "site": HOSTILE, "fetched_at": HOSTILE,
        "status": 200, "content_type": HOSTILE, "file": HOSTILE, "offset": 1, "length": 1, "sha256": HOSTILE,
    })  # fmt: skip
    add_article(
        archive, 66, url=_SCRIPT_URL, site=HOSTILE, section=HOSTILE, title=HOSTILE, standfirst=HOSTILE, text=HOSTILE,
        authors=json.dumps([HOSTILE]), agency=HOSTILE, published_at="2026-11-23T01:00:00Z", published_raw=HOSTILE,
        published_from=HOSTILE, image_url=_SCRIPT_URL, keywords=json.dumps([HOSTILE]), language=HOSTILE,
        extractor=HOSTILE, capture_id=66, original_id=1,
        provenance=json.dumps({HOSTILE: HOSTILE, "disagreements": {HOSTILE: {HOSTILE: HOSTILE}}}),
    )  # fmt: skip
    seen = "2026-11-23T01:00:00Z"
    copy = {"url": "data:text/html,x", "article_id": 66, "site": HOSTILE, "title": HOSTILE, "seen_at": seen}
    put(archive, "copies", copy)
    old = {"id": 66, "article_id": 66, "seen_at": HOSTILE, "title": HOSTILE, "text": "قبل", "content_hash": "x"}
    put(archive, "revisions", old)
    put(archive, "tags", {"id": 66, "kind": "keyword", "name": HOSTILE, "name_en": HOSTILE, "country": HOSTILE})
    tag = {"article_id": 66, "tag_id": 66, "source": HOSTILE, "confidence": 1.0, "mentions": 1}
    put(archive, "article_tags", tag)
    put(archive, "related", {"article_id": 66, "other_id": 1, "similarity": 0.5})
    _attack_the_keeper(archive, seen)


def _attack_the_keeper(archive: Database, seen: str) -> None:
    """What a server can write into the tables of the crawl."""
    put(archive, "runs", {
        "id": 2, "started_at": HOSTILE, "spider": HOSTILE, "pid": 1, "version": HOSTILE, "finished_at": HOSTILE,
        "problems": json.dumps([HOSTILE]), "arguments": json.dumps({HOSTILE: HOSTILE}),
    })  # fmt: skip
    outcome = {"run_id": 2, "site": HOSTILE, "detail": HOSTILE, "notes": json.dumps([HOSTILE]), "at": seen}
    put(archive, "outcomes", outcome | {"url": _SCRIPT_URL, "outcome": HOSTILE})
    put(archive, "outcomes", outcome | {"url": f"{_SCRIPT_URL}//", "outcome": "HttpError"})
    put(archive, "sources", {
        "id": 66, "site": HOSTILE, "kind": HOSTILE, "url": _SCRIPT_URL, "section": HOSTILE, "last_status": HOSTILE,
        "last_detail": HOSTILE, "last_polled_at": HOSTILE, "etag": HOSTILE,
    })  # fmt: skip
    here = "https://sahil.example/hostile"
    put(archive, "frontier", {
        "url": f"{here}/page", "site": HOSTILE, "discovered_at": seen, "title": HOSTILE, "outcome": HOSTILE,
    })  # fmt: skip
    put(archive, "frontier", {
        "url": here, "site": HOSTILE, "source_id": 66, "discovered_at": HOSTILE, "title": HOSTILE, "outcome": HOSTILE,
        "detail": HOSTILE, "ended_at": HOSTILE, "due_at": HOSTILE, "article_id": 66,
    })  # fmt: skip
    put(archive, "takedowns", {"url": f"{here}/", "reason": HOSTILE, "at": HOSTILE})
    put(archive, "withdrawals", {
        "article_id": 66, "withdrawn_at": HOSTILE, "reason": "gone", "detail": HOSTILE, "returned_at": HOSTILE,
    })  # fmt: skip


@pytest.mark.parametrize("path", _PAGES)
def test_stored_and_typed_text_is_never_markup(pages: dict[str, Any], path: str) -> None:
    """No element, no event handler and no link of the attacker's is on any page."""
    response = pages[path]
    assert response.status_code in (200, 302, 404)
    for tag, attributes in _Page(response.text).tags:
        assert tag != "img" or (attributes.get("src") or "").startswith("/-/plot/")
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        for name in ("href", "src", "action"):
            scheme = urlsplit(attributes.get(name) or "").scheme
            assert scheme in ("", "http", "https"), (tag, attributes)


@pytest.mark.parametrize("path", _PAGES)
def test_every_script_and_style_is_allowed_by_the_policy(pages: dict[str, Any], path: str) -> None:
    """Datasette's pages keep working: each inline script's hash is in the policy, and nothing else is."""
    response = pages[path]
    policy = response.headers["content-security-policy"]
    page = _Page(response.text)
    for script in page.scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy
    if "'unsafe-inline'" not in policy:
        assert not [tag for tag, attributes in page.tags if tag == "style" or "style" in attributes]
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in re.search(r"script-src[^;]*", policy)[0]  # type: ignore[index]


@pytest.mark.parametrize("path", _PAGES)
def test_pages_load_nothing_from_elsewhere(pages: dict[str, Any], path: str) -> None:
    """Scripts, styles and pictures come from this host only; outlets' pictures are links."""
    for tag, attributes in _Page(pages[path].text).tags:
        if tag in ("script", "img", "iframe", "link", "source", "video", "audio", "object", "embed"):
            address = urlsplit(attributes.get("src") or attributes.get("href") or "")
            assert address.netloc in ("", "localhost"), (tag, attributes)


@pytest.mark.parametrize("path", ["/", "/-/article/1", "/-/article/1.json", "/archive/articles", "/-/static/app.css"])
def test_every_response_is_hardened(get: Get, path: str) -> None:
    """One set of headers for our pages, Datasette's pages and files."""
    headers = get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert len(headers.get_list("content-security-policy")) == 1


def test_our_own_pages_run_no_script_at_all(get: Get) -> None:
    """They have none, so the policy allows none."""
    for path in ("/", "/-/search", "/-/article/1", "/-/article/1/revisions/1", "/-/article/99", "/-/outlet/waha",
                 "/-/tag/1", "/-/day/2026-11-23", "/-/health", "/-/why?url=x"):  # fmt: skip
        response = get(path)
        assert "script-src 'none'; style-src 'self';" in response.headers["content-security-policy"]
        assert "<script" not in response.text


def test_outward_links_tell_nothing(get: Get) -> None:
    """Links to outlets carry noopener and noreferrer on the article's page and in Datasette's tables."""
    for path in ("/-/article/1", "/archive/articles?_wide=1", "/archive/frontier"):
        links = [a for tag, a in _Page(get(path).text).tags if tag == "a"]
        outward = [a for a in links if urlsplit(a.get("href") or "").netloc.endswith(".example")]
        assert outward, path
        assert all({"noopener", "noreferrer"} <= set((a.get("rel") or "").split()) for a in outward)


_LONG = "س" * 100_000
_ODD = ["", "%00", "%ff", "..%2f..%2fetc", "~00", "-1", "1e9", "1.0", "9" * 18, "9" * 40, "%F0%9F%98%80", "a" * 5000,
        quote("' OR 1=1 --"), quote("\u202e"), quote(HOSTILE), "%0d%0aset-cookie:x=1"]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/-/outlet/{}",
        "/-/tag/{}",
        "/-/tags/{}",
        "/-/day/{}",
        "/-/days/{}",
        "/-/health/run/{}",
        "/-/article/{}",
        "/-/article/{}.bib",
        "/-/feed/tag/{}.atom",
        "/-/feed/outlet/{}.atom",
        "/-/cluster/{}",
        "/-/article/1/revisions/{}",
    ],
)
def test_whatever_stands_in_an_address_is_found_or_missing(get: Get, path: str) -> None:
    """Ids and dates of any spelling give a page or a 404, never an error of the server."""
    for value in _ODD:
        response = get(path.format(value))
        assert response.status_code in (200, 302, 404), value  # 302: Datasette mends percent signs in paths
        assert "x=1" not in response.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "path",
    ["/?archive={}", "/-/outlet/sahil?after={}", "/-/tags/place?begins={}", "/-/tags/place?after={}", "/-/why?url={}",
     "/-/day/2026-11-23?site={}&after={}", "/-/health/run/1?site={}&outcome={}&after={}", "/-/feed/search.atom?q={}",
     "/-/search?q={}", "/-/search?page={}", "/-/search?tag={}&day={}", "/-/search?country={}&originals={}",
     "/-/search?topic={}&person={}&place={}&organisation={}", "/-/search?from={}&to={}", "/-/search.json?topic={}",
     "/-/search.csv?q={}&place={}", "/-/feed/search.atom?topic={}&from={}"],
)  # fmt: skip
def test_whatever_is_asked_for_is_answered(get: Get, path: str) -> None:
    """Parameters of any value."""
    for value in _ODD:
        assert get(path.replace("{}", value)).status_code in (200, 400, 404), value


def test_very_long_values_are_shown(get: Get, archive: Database) -> None:
    """A headline of 100,000 letters, a thousand authors, a tag and a section without end."""
    add_article(
        archive, 66, title=_LONG, section=_LONG, authors=json.dumps([_LONG] * 5),
        url="https://sahil.example/" + "x" * 9000,
        published_at="2026-11-23T01:00:00Z",
    )  # fmt: skip
    put(archive, "tags", {"id": 66, "kind": "topic", "name": _LONG})
    put(archive, "article_tags", {"article_id": 66, "tag_id": 66, "source": "x", "confidence": 1.0})
    for path in (
        "/",
        "/-/article/66",
        "/-/article/66.ris",
        "/-/tag/66",
        "/-/tags",
        "/-/outlet/sahil",
        "/-/feed/all.atom",
    ):
        assert get(path).status_code == 200


def test_search_engines_are_kept_out(get: Get) -> None:
    """An archive of other people's articles is not a mirror."""
    assert get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert "noindex" in get("/").headers["x-robots-tag"]


def test_permissions_are_obeyed(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> None:
    """Whoever may not see the table or the database sees none of our pages of it either."""
    denied = {"databases": {"archive": {"tables": {"articles": {"allow": False}}}}}
    for metadata in (denied, {"databases": {"archive": {"allow": False}}}, {"allow": False}):
        get = opened(tmp_path / "archive.db", metadata=metadata)
        for path in ("/", "/-/search", "/-/article/1", "/-/article/1.txt", "/-/article/1.json"):
            response = get(path)
            assert response.status_code == 403
            assert "الرصيف" not in response.text


@pytest.mark.parametrize("value", ["randomblob({})", "zeroblob({})", "replace(hex(zeroblob({} / 8)), '0', 'xxxx')"])
def test_no_query_makes_a_value_of_a_gigabyte(get: Get, value: str) -> None:
    """The time limit stops slow queries, not those that ask for all the memory at once; ordinary sizes work."""
    for size, status in ((5_000_000, 200), (900_000_000, 400)):
        sql = f"select length({value.format(size)}) as size"
        assert get(f"/archive.json?_shape=array&sql={quote(sql)}").status_code == status, sql
