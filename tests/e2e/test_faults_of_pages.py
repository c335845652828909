"""One crawl of a newspaper where everything that can go wrong with a page does, each page for itself."""

from __future__ import annotations

import gzip
import json
import re
from contextlib import closing
from dataclasses import dataclass
from socket import create_server

import pytest

from newscrawler.archive.records.warc_reading import read
from support.commands import Desk, Ended
from support.newspaper import feed, headline, html, page, paragraphs, seed
from support.server import XML, Answer, Server, redirect, text

pytestmark = pytest.mark.slow

MAX_BYTES = 150_000
PERSIAN = "این گزارش درباره چگونگی کار کشاورزان است که می\u200cگویند برداشت گندم امسال بهتر از پارسال بود. "


def article_in(encoding: str, number: int, declared: str) -> Answer:
    body = html(headline(number), paragraphs(number)).replace('<meta charset="utf-8">', "")
    return Answer(body.encode(encoding), content_type=f"text/html{declared}")


PAGES: dict[str, object] = {
    "/news/1": page(1),
    "/news/2": page(2),
    "/same/as/1": page(1),
    "/packed": Answer(gzip.compress(page(3).body), headers={"Content-Encoding": "gzip"}),
    "/cp1256/declared": article_in("windows-1256", 4, "; charset=windows-1256"),
    "/cp1256/undeclared": article_in("windows-1256", 5, ""),
    "/utf8/called/latin": article_in("utf-8", 6, "; charset=iso-8859-1"),
    "/utf8/called/nonsense": article_in("utf-8", 7, "; charset=no-such-thing"),
    "/no/content/type": Answer(page(8).body, content_type=None),
    "/redirect/here": redirect("/news/9"),
    "/news/9": page(9),
    "/redirect/relative": redirect("../news/10", 302),
    "/news/10": page(10),
    "/redirect/circle": redirect("/redirect/back"),
    "/redirect/back": redirect("/redirect/circle"),
    "/redirect/mail": redirect("mailto:editor@newspaper.example"),
    "/redirect/broken": redirect("http://[broken"),
    "/redirect/file": redirect("file:///etc/passwd"),
    "/redirect/nowhere": Answer(status=302),
    "/missing": Answer(b"", status=404),
    "/gone": Answer(b"", status=410),
    "/forbidden": Answer(b"", status=403),
    "/boom": Answer(b"", status=500),
    "/busy": Answer(b"", status=429, headers={"Retry-After": "1"}),
    "/once/boom": None,
    "/empty": Answer(b""),
    "/nothing": Answer(b"", status=204),
    "/announced/too/large": Answer(b"x" * (MAX_BYTES + 1)),
    "/bomb": Answer(gzip.compress(b"x" * 5_000_000), headers={"Content-Encoding": "gzip"}),
    "/not/really/packed": Answer(b"plain", headers={"Content-Encoding": "gzip"}),
    "/packed/and/cut": Answer(gzip.compress(page(11).body)[:300], headers={"Content-Encoding": "gzip"}),
    "/reset": Answer(status=0),
    "/cut": Answer(b"<html><body>", length=50_000, cut=True),
    "/short": Answer(b"<html><body>", length=50_000),
    "/pdf": Answer(b"%PDF-1.7 ...", content_type="application/pdf"),
    "/picture": Answer(b"\x89PNG\r\n\x1a\n", content_type="image/png"),
    "/html/that/is/none": Answer(bytes(range(256)) * 40),
    "/deep": text("<html><body>" + "<div>" * 4000 + "نص"),
    "/unclosed": text("<html><body><p" + "<b><i>" * 2000),
    "/persian": text(html("گزارش کشاورزی", [PERSIAN * 3] * 3)),
    "/no/archive": page(12, head='<meta name="robots" content="noarchive">'),
    "/no/archive/header": Answer(page(13).body, headers={"X-Robots-Tag": "noarchive"}),
    "/caption": text(html("صورة اليوم", ["منظر الميناء صباحا."])),
    "/private/1": page(14),
    "/denied/1": page(15),
}

EXPECTED: dict[str, tuple[str, str]] = {
    "/news/2": ("New", ""),
    "/packed": ("New", ""),
    "/cp1256/declared": ("New", ""),
    "/cp1256/undeclared": ("New", ""),
    "/utf8/called/latin": ("New", ""),
    "/utf8/called/nonsense": ("New", ""),
    "/no/content/type": ("New", ""),
    "/redirect/here": ("New", ""),
    "/redirect/relative": ("New", ""),
    "/redirect/away": ("OutOfScope", "http://127.0.0.1"),
    "/redirect/inside": ("PrivateAddress", "127.0.0.1 is at 127.0.0.1"),
    "/redirect/circle": ("TooManyRedirects", "5 redirects"),
    "/redirect/mail": ("OutOfScope", "no address"),
    "/redirect/broken": ("OutOfScope", "no address"),
    "/redirect/file": ("HttpError", "301"),
    "/redirect/nowhere": ("HttpError", "302"),
    "/missing": ("HttpError", "404"),
    "/gone": ("HttpError", "410"),
    "/forbidden": ("HttpError", "403"),
    "/boom": ("HttpError", "500"),
    "/busy": ("HttpError", "429"),
    "/once/boom": ("New", ""),
    "/empty": ("NoText", ""),
    "/nothing": ("NoText", ""),
    "/announced/too/large": ("TooLarge", "150001 bytes"),
    "/bomb": ("TooLarge", "unpacked"),
    "/not/really/packed": ("Unreachable", "packed body"),
    "/reset": ("Unreachable", ""),
    "/cut": ("Unreachable", "mid-page"),
    "/short": ("Unreachable", "mid-page"),
    "/pdf": ("NotAnArticle", "application/pdf"),
    "/picture": ("NotAnArticle", "image/png"),
    "/persian": ("NotArabic", "fa: "),
    "/no/archive": ("NoArchive", ""),
    "/no/archive/header": ("NoArchive", ""),
    "/caption": ("TooShort", "words"),
    "/private/1": ("RobotsDenied", "robots.txt"),
    "/denied/1": ("OutOfScope", "[articles]"),
    "/elsewhere": ("OutOfScope", "another host"),
}
"""Path → outcome, and what its detail must say. What isn't here only has to end without being Broken."""

UNLISTED = {"/news/9", "/news/10", "/redirect/back"}
"""Reached by redirects only."""


@dataclass(frozen=True)
class Crawled:
    desk: Desk
    ended: Ended
    server: Server
    outcomes: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """The crawl that all tests here look at."""
    desk = Desk(tmp_path_factory.mktemp("faults"))
    with (
        Server() as server,
        Server() as elsewhere,
        Server() as inside,
        closing(create_server(("127.0.0.1", 0))) as deaf,
    ):
        server.pages |= {path: answer for path, answer in PAGES.items() if answer is not None}  # type: ignore[misc]
        tries = iter([Answer(b"", status=502)])
        server.pages["/once/boom"] = lambda _: next(tries, page(16))
        server.pages["/redirect/away"] = redirect(elsewhere.url("/1"))
        server.pages["/redirect/inside"] = redirect(inside.url("/1"))
        server.pages["/robots.txt"] = text("User-agent: *\nDisallow: /private/\n", content_type="text/plain")
        listed = [server.url(path) for path in (*PAGES, "/redirect/away") if path not in UNLISTED]
        server.pages["/feed"] = feed([*listed, "javascript:void(0)", "http://", "https://other.example/elsewhere"])
        server.pages["/again"] = feed(listed[:5])
        server.pages["/broken"] = text("Fatal error: no database", content_type=XML)
        server.pages["/login"] = text("<html><title>دخول</title></html>")
        server.pages["/inside"] = feed([server.url("/redirect/inside")])
        desk.seeds(
            paper=seed(
                server,
                ("feed", "/feed"),
                ("feed", "/again"),
                ("feed", "/broken"),
                ("feed", "/login"),
                ("feed", "/no/such/feed"),
                more="shared_hosts = true",
                articles='allow = ["/"]\ndeny = ["/denied/"]',
            ),
            # On the same host, but its seed doesn't say that the second server is on a private network.
            lodger=seed(
                server,
                ("feed", "/inside"),
                more=f'private_network = false\nshared_hosts = true\nhosts = ["{inside.host}"]',
                articles='allow = ["/redirect/inside"]',
            ),
            # Nobody listens here, and the seed doesn't say it is a private network.
            walled=seed(elsewhere, ("feed", "/feed"), more="private_network = false"),
            dead=seed(elsewhere, ("feed", "/feed")).replace(elsewhere.host, f"127.0.0.1:{deaf.getsockname()[1]}"),
        )
        deaf.close()
        ended = desk.crawl(DOWNLOAD_MAXSIZE=MAX_BYTES, DOWNLOAD_TIMEOUT=5)
    return Crawled(desk, ended, server, desk.outcomes())


@pytest.mark.parametrize("path", sorted(EXPECTED))
def test_each_page_ends_as_it_should(crawled: Crawled, path: str) -> None:
    """One outcome, and a detail that says why."""
    outcome, detail = crawled.outcomes[path]
    assert outcome == EXPECTED[path][0]
    assert EXPECTED[path][1] in detail


@pytest.mark.parametrize("path", sorted(set(PAGES) - set(EXPECTED) - UNLISTED))
def test_whatever_a_page_holds_it_is_no_defect_of_ours(crawled: Crawled, path: str) -> None:
    """Garbage is rejected with a name."""
    assert crawled.outcomes[path][0] not in ("Broken", "PutBack")


def test_of_two_equal_pages_one_is_the_copy(crawled: Crawled) -> None:
    """Whichever was got first is the article."""
    two = sorted((crawled.outcomes["/news/1"], crawled.outcomes["/same/as/1"]))
    assert [outcome for outcome, _ in two] == ["Copy", "New"]
    assert "the same text" in two[0][1]


def test_the_account_balances(crawled: Crawled) -> None:
    """As many outcomes as URLs were taken up, nothing under way."""
    state, taken_up, ended, code = crawled.desk.run_state()
    assert (state, code) == ("finished", 1)
    assert taken_up == ended == len(crawled.outcomes)


def test_every_line_of_the_report_names_what_broke(crawled: Crawled) -> None:
    """Three feeds of the paper, a walled and a dead one: exit code 1, and nothing else is a problem."""
    assert crawled.ended.code == 1
    ((problems,),) = crawled.desk.rows("SELECT problems FROM runs")
    said = json.loads(problems)
    assert len(said) == 5, said
    for expected in (
        r"dead: feed .*: Unreachable connection refused",
        r"paper: feed .*/no/such/feed: HttpError 404",
        r"paper: feed .*/broken: not a feed",
        r"paper: feed .*/login: not a feed but an HTML page «دخول»",
        r"walled: feed .*: PrivateAddress 127\.0\.0\.1 is at 127\.0\.0\.1",
    ):
        assert any(re.fullmatch(f"{expected}.*", line) for line in said), (expected, said)
    assert "Traceback" not in crawled.ended.err
    assert "Broken" not in crawled.ended.out


def test_an_address_listed_twice_is_asked_for_once(crawled: Crawled) -> None:
    """Two feeds list the first five; each page is fetched once."""
    for path in list(PAGES)[:3]:
        assert len(crawled.server.asked(path)) == 1


def test_what_fails_for_a_moment_is_tried_again_at_once(crawled: Crawled) -> None:
    """Once; later tries are the frontier's, an hour from now."""
    assert len(crawled.server.asked("/once/boom")) == 2
    assert len(crawled.server.asked("/boom")) == 2
    rows = crawled.desk.rows(
        "SELECT tries, due_at > ended_at FROM frontier WHERE url LIKE '%/boom' AND outcome <> 'New'"
    )
    assert rows == [(1, 1)]


def test_what_is_forbidden_is_never_asked_for(crawled: Crawled) -> None:
    """Neither by robots.txt nor by the seed."""
    assert crawled.server.asked("/private/1") == []
    assert crawled.server.asked("/denied/1") == []


def test_what_is_settled_is_never_due_again(crawled: Crawled) -> None:
    """Rejections, 404s and refused addresses are closed for good."""
    rows = crawled.desk.rows(
        """SELECT DISTINCT outcome FROM frontier WHERE due_at IS NOT NULL AND outcome NOT IN ('New', 'Copy')"""
    )
    assert {outcome for (outcome,) in rows} <= {"HttpError", "Unreachable", "ExtractorFailed"}
    assert crawled.desk.rows("SELECT due_at FROM frontier WHERE detail IN ('404', '410', '403')") == [(None,)] * 3


def test_every_character_set_is_read_right(crawled: Crawled) -> None:
    """Declared, undeclared or declared wrongly: the headline is Arabic as it was written."""
    rows = dict(crawled.desk.rows("SELECT url, title FROM articles"))
    titles = {"/" + url.split("/", 3)[3]: title for url, title in rows.items()}
    for path, number in [("/cp1256/declared", 4), ("/cp1256/undeclared", 5), ("/utf8/called/nonsense", 7)]:
        assert titles[path] == headline(number)


def test_a_redirected_article_closes_the_address_that_was_listed(crawled: Crawled) -> None:
    """It is archived where it stands, and the frontier knows both."""
    rows = crawled.desk.rows(
        """SELECT frontier.url, articles.url FROM frontier JOIN articles ON articles.id = frontier.article_id
           WHERE frontier.url LIKE '%/redirect/here'"""
    )
    assert [tuple(url.split("/", 3)[3] for url in row) for row in rows] == [("redirect/here", "news/9")]


def test_every_page_that_was_got_is_kept_as_it_was_sent(crawled: Crawled) -> None:
    """Also the rejected ones: a better extractor may read them."""
    captures = crawled.desk.rows("SELECT requested_url, file, offset, sha256 FROM captures")
    paths = {"/" + url.split("/", 3)[3] for url, *_ in captures}
    assert {"/news/1", "/packed", "/persian", "/pdf", "/empty", "/no/archive"} <= paths
    assert not {"/missing", "/reset", "/announced/too/large", "/no/archive/header"} & paths
    for url, file, offset, digest in captures:
        captured = read(crawled.desk.warc, file, offset) if "really" not in url and "cut" not in url else None
        assert captured is None or captured.sha256 == digest


def test_we_say_who_we_are_and_want_arabic(crawled: Crawled) -> None:
    """No referer, no cookie."""
    headers = crawled.server.asked("/news/1")[0].headers
    assert headers["user-agent"].startswith("newscrawler/")
    assert headers["accept-language"].startswith("ar")
    assert not {"referer", "cookie"} & set(headers)
