"""`scrapy sites check` against servers that imitate outlets, the healthy and the broken."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from support import outlets
from support.commands import Desk, Ended
from support.newspaper import seed, sitemap
from support.server import Answer, Server, redirect, text

pytestmark = pytest.mark.slow

FEED = ("feed", "/feed")


@dataclass(frozen=True, slots=True)
class World:
    """Sixteen outlets, checked at once."""

    desk: Desk
    ended: Ended
    servers: dict[str, Server]
    checks: dict[str, dict[str, Any]]

    def verdict(self, site: str) -> str:
        return str(self.checks[site]["verdict"])

    def troubles(self, site: str) -> str:
        return "\n".join(f"{t['where']}: {t['text']}" for t in self.checks[site]["troubles"])

    def remarks(self, site: str) -> str:
        return "\n".join(self.checks[site]["remarks"])


def _open(servers: dict[str, Server], folder: Path) -> dict[str, str]:
    """Every outlet's pages, and its seed file."""
    seeds = {name: seed(server, FEED) for name, server in servers.items()}
    for name in ("good", "mute", "moving", "redirected", "secret", "hurried", "shifted", "dateless"):
        outlets.healthy(servers[name])
    outlets.news_sitemap(servers["mapped"])
    seeds["mapped"] = seed(servers["mapped"], ("sitemap", "/sitemap-index.xml.gz"), more='timezone = "Asia/Beirut"')
    seeds["mapped"] = seed(servers["mapped"], ("sitemap", "/sitemap-index.xml.gz"))
    outlets.windows_1256(servers["old"])
    seeds["old"] = seed(servers["old"], ("feed", "/rss.asp"), more='encoding = "windows-1256"')
    outlets.refusing(servers["refusing"])
    outlets.captcha(servers["captcha"])
    outlets.moved(servers["moving"], servers["good"])
    outlets.healthy(servers["stale"], start=timedelta(days=730))
    servers["dead"].pages["/"] = text("<html><body>صحيفة</body></html>")
    servers["error"].pages["/feed"] = text("<html><head><title>خطأ في الخادم</title></head><body></body></html>")
    servers["secret"].pages["/robots.txt"] = text("User-agent: *\nDisallow: /\n")
    servers["hurried"].pages["/robots.txt"] = text("User-agent: *\nCrawl-delay: 0.4\n")
    servers["redirected"].pages["/feed"] = redirect("/rss")
    servers["redirected"].pages["/rss"] = outlets.rss(
        (servers["redirected"].url(f"/news/{n}"), outlets.hours_ago(n)) for n in outlets.NUMBERS
    )
    servers["mute"].pages["/feed"] = outlets.rss([])
    servers["shifted"].pages["/feed"] = outlets.rss(
        (servers["shifted"].url(f"/news/{n}"), outlets.hours_ago(n) - timedelta(days=9)) for n in outlets.NUMBERS
    )
    for n in outlets.NUMBERS:
        servers["dateless"].pages[f"/news/{n}"] = text(outlets.html(outlets.headline(n), outlets.paragraphs(n)))
    servers["dateless"].pages["/feed"] = outlets.rss(
        (servers["dateless"].url(f"/news/{n}"), None) for n in outlets.NUMBERS
    )
    outlets.endless(servers["endless"])
    outlets.healthy(servers["forged"])
    outlets.with_certificate(servers["forged"], folder)
    seeds["forged"] = seeds["forged"].replace("http://", "https://")
    return seeds


NAMES = (
    *("good", "mapped", "old", "refusing", "captcha", "moving", "stale", "dead", "error", "secret", "hurried"),
    *("redirected", "mute", "shifted", "dateless", "endless", "forged"),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """All of them, and one check of all."""
    desk = Desk(tmp_path_factory.mktemp("check"))
    with ExitStack() as stack:
        servers = {name: Server() for name in NAMES}
        seeds = _open(servers, desk.folder)
        for server in servers.values():
            stack.enter_context(server)
        desk.seeds(**seeds)
        ended = desk.scrapy("sites", "check", "--json", NEWS_CONTACT="archive@sada.example", DOWNLOAD_TIMEOUT=3)
        checks = {check["site"]: check for check in json.loads(ended.out)}
        return World(desk, ended, servers, checks)


def test_what_is_wrong_with_one_outlet_is_an_exit_code(world: World) -> None:
    """1, for cron; and nothing but the JSON is printed, whatever the servers do."""
    assert (world.ended.code, world.ended.err) == (1, "")
    assert set(world.checks) == set(NAMES)


@pytest.mark.parametrize("site", ["good", "mapped", "old", "hurried", "redirected"])
def test_an_outlet_that_can_be_crawled_is_healthy(world: World, site: str) -> None:
    """A feed, a packed sitemap index, an undeclared old encoding, a Crawl-delay, a redirect on the same host."""
    assert world.verdict(site) == "healthy", world.troubles(site)
    assert all(page["outcome"] == "Article" for page in world.checks[site]["articles"])
    assert len(world.checks[site]["articles"]) == 2


@pytest.mark.parametrize(
    ("site", "verdict", "words"),
    [
        ("refusing", "blocked", "HTTP 403, refuses us"),
        ("captcha", "blocked", "a captcha page «Just a moment...»"),
        ("moving", "moved", "which is on none of the outlet's hosts"),
        ("stale", "stale", "its newest item is 730 days old"),
        ("dead", "broken source", "HttpError 404"),
        ("error", "broken source", "an HTML page «خطأ في الخادم»"),
        ("secret", "forbidden", "robots.txt forbids it to us"),
        ("mute", "broken source", "lists nothing"),
        ("shifted", "wrong dates", "by its source (UTC)"),
        ("dateless", "wrong dates", "no date in the 2 articles that were read"),
        ("endless", "unreachable", "timed out"),
        ("forged", "unreachable", "its certificate is refused"),
    ],
)
def test_a_broken_outlet_gets_its_verdict_and_a_reason(world: World, site: str, verdict: str, words: str) -> None:
    """One word for the table, one sentence that a person can act on."""
    assert world.verdict(site) == verdict, world.troubles(site)
    assert words in world.troubles(site)


def test_what_was_seen_of_a_healthy_outlet_is_told(world: World) -> None:
    """Links, the newest item, the articles' fields: enough to compare with the page itself."""
    check = world.checks["good"]
    assert check["sources"][0] | {"seconds": 0, "newest": ""} == {
        "kind": "feed",
        "url": world.servers["good"].url("/feed"),
        "status": 200,
        "links": 12,
        "admitted": 12,
        "newest": "",
        "moved_to": None,
        "seconds": 0,
        "troubles": [],
    }
    assert check["articles"][0]["title"] == outlets.headline(1)
    assert check["articles"][0]["words"] == 120
    assert check["articles"][0]["published_at"] == check["sources"][0]["newest"]
    assert check["robots"]["status"] == 404


def test_the_parts_of_a_sitemap_index_are_looked_into(world: World) -> None:
    """An index lists no article itself: its freshest parts are read."""
    source = world.checks["mapped"]["sources"][0]
    assert (source["links"], source["admitted"]) == (13, 13)
    assert source["newest"]


def test_robots_txt_is_asked_first_and_obeyed(world: World) -> None:
    """Who forbids everything is asked for robots.txt alone, once."""
    assert [request.path for request in world.servers["secret"].requests] == ["/robots.txt"]
    for name in ("good", "old", "mapped"):
        asked = [request.path for request in world.servers[name].requests]
        assert asked[0] == "/robots.txt"
        assert asked.count("/robots.txt") == 1
        assert len(asked) == len(set(asked)), "nothing is asked for twice"


def test_every_request_says_whose_it_is(world: World) -> None:
    """A newspaper can complain to a person."""
    agents = {r.headers["user-agent"] for server in world.servers.values() for r in server.requests}
    assert len(agents) == 1
    assert agents.pop().endswith("(+archive@sada.example)")


def test_nobody_is_asked_in_vain(world: World) -> None:
    """A healthy outlet costs robots.txt, its source and two articles; one that is shut its source and home page."""
    assert world.checks["good"]["requests"] == 3
    assert world.checks["refusing"]["requests"] == 2


def test_a_redirect_never_leaves_the_outlet(world: World) -> None:
    """The new host is named in the report; it isn't asked."""
    assert world.servers["good"].url("/feed") in world.troubles("moving")
    assert len(world.servers["good"].asked("/feed")) == 1


def test_an_address_that_has_moved_is_to_be_mended(world: World) -> None:
    """On the same host it works, and the keeper learns the new one."""
    assert f"is now at {world.servers['redirected'].url('/rss')}" in world.remarks("redirected")


def test_a_crawl_delay_is_kept_and_told(world: World) -> None:
    """0.4 s between two requests: the downloader varies each wait by up to half."""
    assert "asks for 0.4 s between two requests" in world.remarks("hurried")
    assert world.checks["hurried"]["seconds"] > 2 * 0.2


def test_nothing_is_written(world: World) -> None:
    """A check needs no archive and makes none."""
    assert {path.name for path in world.desk.folder.iterdir()} == {"seeds", "server.pem"}


def test_people_get_a_table_and_the_reasons(desk: Desk) -> None:
    """Without a terminal in plain letters; exit code 0 if all is well."""
    with Server() as server, Server() as gone:
        outlets.healthy(server)
        desk.seeds(sada=seed(server, FEED), gone=seed(gone, FEED))
        ended = desk.scrapy("sites", "check", "--site", "sada")
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.splitlines()[0].split() == [
            *("site", "verdict", "sources", "links", "newest", "articles", "requests", "time")
        ]
        assert ended.out.splitlines()[1].split()[:7] == ["sada", "healthy", "1/1", "12", "67", "min", "2/2"]
        assert ended.out.splitlines()[-1] == "1 outlet checked: 1 healthy"
        ended = desk.scrapy("sites", "check")
        assert ended.code == 1
        assert f"\ngone: broken source\n  feed {gone.url('/feed')}: HttpError 404\n" in ended.out
        assert ended.out.endswith("2 outlets checked: 1 healthy, 1 broken source\n")
        assert "\x1b" not in ended.out


def test_an_outlet_on_a_private_address_is_not_asked(desk: Desk) -> None:
    """Unless its seed file says that it is there."""
    with Server() as server:
        outlets.healthy(server)
        desk.seeds(sada=seed(server, FEED, more="private_network = false"))
        ended = desk.scrapy("sites", "check")
        assert ended.code == 1
        assert "127.0.0.1 is at 127.0.0.1, a private network" in ended.out
        assert server.requests == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--site", "sida"), "--site: no seed file for sida"),
        (("--status", "asleep"), "--status: 'asleep': use one of active, candidate"),
        (("--country", "TN"), "no outlet to check"),
        (("--write",), "--write goes with `scrapy sites probe`"),
        (("sada",), "use: scrapy sites list"),
    ],
)
def test_a_check_that_cannot_start_says_why(desk: Desk, words: tuple[str, ...], said: str) -> None:
    """Exit code 2, one sentence."""
    desk.seeds(sada='name = "صدى"\nhome = "https://sada.example/"\ntimezone = "Asia/Beirut"\ncountry = "LB"\n')
    ended = desk.scrapy("sites", "check", *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_bad_setting_is_named_before_anybody_is_asked(desk: Desk) -> None:
    """As for a crawl."""
    desk.seeds(sada='name = "صدى"\nhome = "https://sada.example/"\ntimezone = "Asia/Beirut"\n')
    ended = desk.scrapy("sites", "check", NEWS_MIN_WORDS="many")
    assert ended.code == 2
    assert "NEWS_MIN_WORDS" in ended.err


def test_two_outlets_on_one_host_take_turns(desk: Desk) -> None:
    """One connection to a host, however many seed files it has."""
    under_way: list[int] = []
    most: list[int] = []

    with Server() as server:
        outlets.healthy(server)

        def counted(path: str) -> object:
            page = server.pages[path]

            def answer(_: object) -> Answer:
                under_way.append(1)
                most.append(len(under_way))
                time.sleep(0.1)
                under_way.pop()
                assert isinstance(page, Answer)
                return page

            return answer

        for path in list(server.pages):
            server.pages[path] = counted(path)  # type: ignore[assignment]
        server.pages["/map"] = sitemap([server.url(f"/news/{n}") for n in outlets.NUMBERS])
        shared = "shared_hosts = true"
        desk.seeds(
            one=seed(server, FEED, more=shared, articles="allow = ['/news/[1-6]$']"),
            two=seed(server, ("sitemap", "/map"), more=shared, articles="allow = ['/news/']"),
        )
        ended = desk.scrapy("sites", "check")
        assert "2 healthy" in ended.out, ended.out
        assert max(most) == 1


def test_a_check_that_is_stopped_tells_what_it_saw(desk: Desk) -> None:
    """SIGTERM ends it; the outlets that were done are printed, and the exit code is 1."""
    with Server() as server, Server() as held:
        outlets.healthy(server)
        outlets.healthy(held)
        held.gate.clear()
        desk.seeds(sada=seed(server, FEED), held=seed(held, FEED))
        process = desk.start("sites", "check")
        assert held.arrived.wait(60)
        for _ in range(600):  # the other outlet is done when its articles have been read
            if len(server.requests) == 4:
                break
            time.sleep(0.1)
        time.sleep(4)
        process.terminate()
        time.sleep(0.5)
        held.gate.set()
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "stopped before the end" in err
    assert "Traceback" not in err
    assert "\nsada  healthy" in out
    assert out.endswith("1 of 2 outlets checked: 1 healthy\n")
