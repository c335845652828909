"""«Why isn't my page here?»: any spelling of an address finds its story; an unknown one is explained."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get, put
from newscrawler.archive.queue.forgotten import remember
from newscrawler.browse.outcome_names import MEANINGS
from newscrawler.browse.spellings import host_and_path, spellings
from newscrawler.browse.words import say
from newscrawler.urls import canonical

_PAGE = "https://sahil.example/a/1"


def _ask(get: Get, url: str, **more: str) -> str:
    response = get(f"/-/why?url={quote(url, safe='')}" + "".join(f"&{k}={v}" for k, v in more.items()))
    assert response.status_code == 200
    html: str = response.text.split("<main")[1]
    return html


@pytest.mark.parametrize(
    "typed",
    [
        _PAGE,
        f"  {_PAGE}  ",
        "http://sahil.example/a/1",
        "https://www.sahil.example/a/1/",
        "HTTPS://SAHIL.example:443/a/1?utm_source=x&fbclid=y#top",
        "sahil.example/a/1",
        "//sahil.example/a/1",
        "https://m.sahil.example/a/1",
        "https://amp.sahil.example/a/1",
        "https://sahil.example/amp/a/1",
        "https://sahil.example/a/1/amp/",
        "https://sahil.example/a/1?amp=1",
        "https://sahil.example/a/1?outputType=amp",
        "https://sahil.example//a/./1",
    ],
)
def test_any_spelling_finds_the_page(get: Get, typed: str) -> None:
    """Scheme, www, mobile and AMP addresses, tracking, slashes, capitals, ports, blanks."""
    html = _ask(get, typed)
    assert say("why_verdict.archived") in html
    assert 'href="/-/article/1"' in html


def test_the_story_of_an_archived_page(get: Get) -> None:
    """Discovered where and when, how each visit ended in which crawl, when it was kept, what changed, what is next."""
    html = _ask(get, _PAGE)
    places = [
        html.index(text)
        for text in (
            say("why.found"),
            "https://sahil.example/rss",
            say("why.kept"),
            MEANINGS["New"],
            say("why.never_again"),
        )
    ]
    assert places == sorted(places)
    assert 'href="/-/health/run/1"' in html
    assert say("why.edited") in html


def test_a_page_that_was_not_kept_says_why(get: Get) -> None:
    """The outcome in plain words, with its detail."""
    html = _ask(get, "https://waha.example/gone")
    assert say("why_verdict.ended") in html
    assert MEANINGS["HttpError"] in html
    assert "404" in html
    english = _ask(get, "https://waha.example/gone", lang="en")
    assert "the server answered with an error" in english


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://waha.example/copy", "copy"),
        ("https://sahil.example/removed", "taken-down"),
        ("https://sahil.example/a/none", "unknown"),
        ("https://nobody.example/a/1", "foreign"),
        ("no address at all", "no-address"),
        ("javascript:alert(1)", "no-address"),
        ("mailto:a@b.example", "no-address"),
        ("https://", "no-address"),
        ("http://[", "no-address"),
        ("https://" + "ا" * 80 + ".com/", "no-address"),
        (HOSTILE, "no-address"),
    ],
)
def test_every_address_has_a_verdict(get: Get, url: str, verdict: str) -> None:
    """Known ones by what became of them; unknown ones by whether their host is an outlet's; nonsense is named so."""
    assert say(f"why_verdict.{verdict}") in _ask(get, url).replace("&#39;", "'")


def test_a_page_that_waits_and_one_that_was_withdrawn(get: Get, archive: Database) -> None:
    """Discovered, not visited yet, due when; archived and gone from its site."""
    put(archive, "frontier", {
        "url": "https://sahil.example/new", "site": "sahil", "discovered_at": "2026-11-23T00:00:00Z",
        "due_at": "2026-11-23T01:00:00Z", "title": "خبر منتظر",
    })  # fmt: skip
    html = _ask(get, "https://sahil.example/new/")
    assert say("why_verdict.waiting") in html
    assert say("why.due") in html
    assert "خبر منتظر" in html
    assert say("why.found_otherwise") in html
    archive.execute("UPDATE articles SET state = 'withdrawn' WHERE id = 3")
    archive.conn.commit()
    html = _ask(get, "https://waha.example/رياضة/3")
    assert say("why_verdict.withdrawn") in html
    assert say("why.returned") in html


def test_redirects_and_canonical_addresses_are_told(get: Get, archive: Database) -> None:
    """The address that was asked led to another one, under which the article is filed."""
    old = "https://sahil.example/old"
    put(archive, "captures", {
        "id": 9, "url": _PAGE, "requested_url": old, "site": "sahil", "fetched_at": "2026-11-23T02:00:00Z",
        "status": 200, "file": "x", "offset": 0, "length": 1, "sha256": "x",
    })  # fmt: skip
    at = "2026-11-23T02:00:00Z"
    end = {"url": old, "site": "sahil", "outcome": "Unchanged", "article_id": 1}
    put(archive, "outcomes", end | {"run_id": 1, "capture_id": 9, "at": at})
    put(archive, "frontier", end | {"discovered_at": "2026-11-23T01:00:00Z", "ended_at": at})
    html = _ask(get, old)
    assert say("why_verdict.archived") in html
    assert say("why.redirected") in html
    assert say("why.kept_elsewhere") in html
    assert html.count(MEANINGS["Unchanged"]) == 1  # told once, though the frontier has it too


def test_an_unknown_address_of_an_outlet_shows_its_neighbours(get: Get) -> None:
    """Known addresses with the longest common folder; a headline in the address can be searched for."""
    html = _ask(get, "https://www.sahil.example/a/2026/خبر-عن-افتتاح-المرفأ")
    assert "جريدة الساحل" in html
    assert 'href="https://sahil.example/a/1"' in html
    assert "/-/search?q=%D8%AE%D8%A8%D8%B1+" in html
    assert say("why.near") not in _ask(get, "https://nobody.example/a/1")


def test_a_host_that_only_the_frontier_knows(get: Get, archive: Database) -> None:
    """An outlet's second host is found by an address that was discovered there."""
    put(archive, "frontier", {
        "url": "https://static.other.example/x/1", "site": "waha", "discovered_at": "2026-11-23T00:00:00Z",
    })  # fmt: skip
    assert "صحيفة الواحة" in _ask(get, "https://static.other.example/x/2")


def test_nothing_asked_is_a_form(get: Get) -> None:
    """Without an address the page says how to ask."""
    assert say("why.how") in get("/-/why").text
    assert say("why.how") in get("/-/why?url=%20").text


@pytest.mark.parametrize(
    "url",
    [
        "https://sahil.example/" + "a/" * 3000,
        "https://sahil.example/?" + "&".join("amp=1" * 50),
        "https://sahil.example/%00",
        "https://sahil.example/%ff%fe",
        "https://sahil.example/\u202e",
    ],
)
def test_odd_addresses_are_answered(get: Get, url: str) -> None:
    """Very long ones, other encodings, control and bidi marks."""
    assert _ask(get, url)


@given(st.text(max_size=60))
def test_spellings_are_canonical_and_few(path: str) -> None:
    """At most 64, the canonical one first, none twice."""
    found = spellings(f"https://a.example/{path}")
    assert found[0] == canonical(f"https://a.example/{path}".strip())
    assert len(found) == len(set(found)) <= 64


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_value_error(typed: str) -> None:
    """What isn't one is refused, never anything else."""
    with contextlib.suppress(ValueError):
        assert all(re.match("https?://", url) for url in spellings(typed))


def test_folders_of_an_address() -> None:
    """From the deepest to the root, without www."""
    assert host_and_path("https://www.a.example/b/c/d") == ("a.example", ["/b/c/", "/b/", "/"])
    assert host_and_path("https://a.example/") == ("a.example", ["/"])


def test_an_address_that_was_tried_to_the_end_is_given_up(get: Get, archive: Database) -> None:
    """After so many tries, so that nobody waits for it; one that is due again isn't."""
    for name, tries, due in (("dead", 5, None), ("late", 2, "2026-11-23T00:00:00Z"), ("gone", 0, None)):
        put(archive, "frontier", {"url": f"https://sahil.example/{name}", "site": "sahil", "outcome": "HttpError",
                                  "detail": "503", "discovered_at": "2026-11-20T00:00:00Z", "tries": tries,
                                  "ended_at": "2026-11-22T00:00:00Z", "due_at": due})  # fmt: skip
    assert say("why.given_up", n=5) in _ask(get, "https://sahil.example/dead")
    assert say("why.given_up", n=2) not in _ask(get, "https://sahil.example/late")
    assert say("why.given_up", n=0) not in _ask(get, "https://sahil.example/gone")


def test_a_forgotten_address_was_visited(get: Get, archive: Database) -> None:
    """Its rows are gone, its end isn't: the page doesn't claim that it was never discovered."""
    url = canonical("https://sahil.example/old")
    assert say("why_verdict.unknown") in _ask(get, url)
    with archive.conn:
        remember(archive.conn, url, outcome="TooShort", ended_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    html = _ask(get, "http://www.sahil.example/old/?utm_source=x")
    assert say("why_verdict.ended") in html
    assert MEANINGS["TooShort"] in html
    assert "2026-03-01T09:30:00Z" in html
    assert html.index("2026-03-01T09:30:00Z") < html.index(say("why.forgotten"))
    assert say("why_verdict.unknown") not in html
