"""`scrapy sites probe` against servers that imitate outlets: what the draft says of each, and why there is none."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawler.seeds import load_sites, read_site
from newscrawler.site import Site
from support import outlets
from support.commands import Desk
from support.newspaper import headline, html, paragraphs, seed
from support.server import Answer, Server, redirect, text
from support.sessions import probe_all

pytestmark = pytest.mark.slow

KNOWN = 'name = "صدى"\nhome = "https://sada.example/"\ntimezone = "Asia/Beirut"\n'
ENGLISH = " ".join(["The council discussed the harbour and the market again on Monday morning."] * 9)


@dataclass(frozen=True, slots=True)
class Probed:
    """All the sites, probed in one session."""

    servers: dict[str, Server]
    found: dict[str, dict[str, Any]]
    folder: Path

    def site(self, name: str) -> Site:
        """The draft, as a crawl would read it."""
        path = self.folder / f"{name}.toml"
        path.write_text(self.found[name]["toml"], encoding="utf-8")
        return read_site(path)

    def kinds(self, name: str) -> dict[str, str]:
        """Path of each source → its kind."""
        return {"/" + source.url.split("/", 3)[3]: source.kind for source in self.site(name).source}


def _open(servers: dict[str, Server]) -> None:
    outlets.wordpress(servers["wordpress"])
    outlets.drupal(servers["drupal"])
    outlets.sections_only(servers["sections"])
    outlets.news_sitemap(servers["mapped"])
    outlets.windows_1256(servers["old"])
    outlets.moved(servers["moving"], servers["wordpress"])
    outlets.refusing(servers["refusing"])
    outlets.captcha(servers["captcha"])
    outlets.healthy(servers["stale"], start=timedelta(days=730))
    servers["error"].pages["/feed"] = text("<html><head><title>خطأ</title></head><body></body></html>")
    servers["error"].pages["/"] = text(html("صفحة", paragraphs(3)))
    outlets.healthy(servers["secret"])
    servers["secret"].pages["/robots.txt"] = text("User-agent: *\nDisallow: /\n")
    outlets.healthy(servers["hurried"])
    servers["hurried"].pages["/robots.txt"] = text("User-agent: *\nCrawl-delay: 3600\n")
    link = '<link rel="alternate" hreflang="ar" href="/ar/">'
    servers["english"].pages["/"] = text(f"<html><head>{link}</head><body><p>{ENGLISH}</p></body></html>")
    outlets.endless(servers["endless"])
    outlets.healthy(servers["listed"], path="/xml/all")
    servers["listed"].pages["/"] = text(
        outlets.home("موقع الميناء", [], menu=[("/rss-page", "خدمة RSS"), ("/about", "من نحن")]).replace(
            "<main>", f"<main><p>{paragraphs(5)[0]}</p>"
        )
    )
    servers["listed"].pages["/rss-page"] = text('<html><body><a href="/xml/all?type=rss">كل الأخبار</a></body></html>')
    servers["listed"].pages["/xml/all?type=rss"] = servers["listed"].pages["/xml/all"]


NAMES = (
    *("wordpress", "drupal", "sections", "mapped", "old", "moving", "refusing", "captcha", "stale", "error", "secret"),
    *("hurried", "english", "endless", "listed"),
)


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Probed:
    """Each outlet asked once."""
    desk = Desk(tmp_path_factory.mktemp("probe"))
    desk.seeds(sada=KNOWN)
    with ExitStack() as stack:
        servers = {name: stack.enter_context(Server()) for name in NAMES}
        _open(servers)
        urls = [server.url() for server in servers.values()]
        answers = probe_all(urls, seeds=desk.folder / "seeds", crawl_delay_max_s=0.1)
    return Probed(servers, dict(zip(NAMES, answers, strict=True)), desk.folder)


def test_wordpress_tells_nearly_everything(probed: Probed) -> None:
    """Name, feed, sitemap, country, zone, months, system; comments are no news."""
    site, found = probed.site("wordpress"), probed.found["wordpress"]
    assert (site.name, site.country, site.timezone, site.months) == ("صدى المدينة", "LB", "Asia/Beirut", "levant")
    assert probed.kinds("wordpress") == {"/feed/": "feed", "/wp-sitemap.xml": "sitemap"}
    assert (found["cms"], site.kind, site.encoding, site.status) == ("WordPress", "newspaper", "", "candidate")
    assert found["timezone"]["is_sure"]
    assert not probed.servers["wordpress"].asked("/comments/feed/")
    assert site.articles.allow == (r"/\d{4}/\d{1,2}/\d{1,2}/[^/?#]+",)
    assert all(site.articles.admits(url) for url in site.articles.examples)
    assert not site.articles.admits(probed.servers["wordpress"].url("/category/local/"))


def test_a_draft_says_what_was_seen_of_each_source(probed: Probed) -> None:
    """The day, the status, how many items, how old the newest is, who named it."""
    source = probed.site("wordpress").source[0]
    assert source.evidence
    assert source.evidence.startswith("probed on 20")
    assert source.evidence.endswith("200, 12 items, newest 67 min old; named by the home page")


def test_a_feed_that_nobody_names_is_found_where_such_systems_have_it(probed: Probed) -> None:
    """Drupal: /rss.xml, at the first guess."""
    assert probed.kinds("drupal") == {"/rss.xml": "feed"}
    asked = [request.path for request in probed.servers["drupal"].requests]
    assert "/feed" not in asked


def test_a_false_z_is_seen(probed: Probed) -> None:
    """A date that says UTC and shows the same clock to its readers is the newsroom's."""
    site, found = probed.site("drupal"), probed.found["drupal"]
    assert (site.name, site.country, site.timezone) == ("بوابة النيل", "EG", "Africa/Cairo")
    assert all(article["false_z"] for article in found["articles"])
    assert "a date ends in Z and means the newsroom's own clock" in found["toml"]


def test_without_feed_and_sitemap_the_menu_s_sections_are_sources(probed: Probed) -> None:
    """Each with the name that readers see; and then a pattern is worth having."""
    site = probed.site("sections")
    assert [(source.kind, source.section) for source in site.source] == [
        ("section", "محليات"),
        ("section", "رياضة"),
        ("section", "ثقافة"),
    ]
    assert site.articles.allow == (r"/news/\d+/khabar",)


def test_a_news_sitemap_in_a_packed_index_is_recognised(probed: Probed) -> None:
    """By its fields, not by its name alone; the index is kept for what the news sitemap forgets."""
    assert probed.kinds("mapped") == {"/sitemap-news.xml": "news-sitemap", "/sitemap-index.xml.gz": "sitemap"}


def test_an_undeclared_encoding_goes_into_the_draft(probed: Probed) -> None:
    """Name and articles are read in it already."""
    site, found = probed.site("old"), probed.found["old"]
    assert (site.encoding, site.name) == ("cp1256", "جريدة النخيل")
    assert [article["title"] for article in found["articles"]] == [headline(n) for n in (1, 2, 3, 4)]
    assert r"/art\.asp\?(?:.*&)?id=\d+" in found["toml"]


def test_a_probe_follows_the_outlet_to_its_new_host(probed: Probed) -> None:
    """The draft is about where it is now, and says where it was."""
    assert probed.site("moving").home == probed.servers["wordpress"].url()
    assert probed.servers["moving"].url() in probed.found["moving"]["toml"]


def test_a_stale_feed_is_kept_with_a_warning(probed: Probed) -> None:
    """It may be all there is: the person decides."""
    assert "# BEWARE: its newest item is 730 days old" in probed.found["stale"]["toml"]


def test_a_page_of_feeds_is_followed_once(probed: Probed) -> None:
    """«RSS» in a menu leads to a page that lists feeds."""
    assert probed.kinds("listed") == {"/xml/all?type=rss": "feed"}


def test_a_crawl_delay_becomes_delay_s(probed: Probed) -> None:
    """Even an hour: that is what the outlet asks for."""
    assert probed.site("hurried").delay_s == 3600


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("refusing", "blocked: HTTP 403, refuses us"),
        ("captcha", "blocked: HTTP 200, a captcha page «Just a moment...»"),
        ("secret", "robots.txt forbids it to us"),
        ("endless", "Unreachable timed out"),
        ("error", "no news site"),
        ("english", "not in Arabic (en, 0% of its letters are Arabic); its Arabic edition may be http"),
    ],
)
def test_a_site_of_which_no_seed_can_be_made_is_refused_with_the_reason(probed: Probed, name: str, said: str) -> None:
    """And with what could be done."""
    assert said in probed.found[name]["refused"]


def test_a_probe_asks_politely(probed: Probed) -> None:
    """robots.txt first and once, nothing twice, never more than the budget."""
    for name in ("wordpress", "drupal", "sections", "mapped", "old", "error"):
        asked = [request.path for request in probed.servers[name].requests]
        assert asked[0] == "/robots.txt", name
        assert name == "wordpress" or len(asked) == len(set(asked)), name  # that one is also asked for «moving»
        assert len(asked) <= 41, name


def test_a_small_budget_ends_a_probe_early_and_the_draft_says_so(tmp_path: Path) -> None:
    """What was seen by then is drafted; where that is nothing, the reason is the budget and not the site."""
    desk = Desk(tmp_path)
    desk.seeds(sada=KNOWN)
    with Server() as server, Server() as other:
        outlets.drupal(server)
        outlets.news_sitemap(other)
        del other.pages["/robots.txt"]
        found, refused = probe_all([server.url(), other.url()], seeds=tmp_path / "seeds", requests=5)
        assert len(server.requests) == 6
    assert probed_sources(found) == ["feed"]
    assert found["left_early"] == "after 4 requests the rest was kept for articles"
    assert "# NOT EVERYTHING WAS TRIED: after 4 requests the rest was kept for articles." in found["toml"]
    assert "raise --requests" in refused["refused"]


def test_a_feed_or_an_article_stands_for_its_site(tmp_path: Path) -> None:
    """People paste what they have open. An empty page, a picture and a page of JSON are no news site."""
    desk = Desk(tmp_path)
    desk.seeds(sada=KNOWN)
    with Server() as server, Server() as empty:
        outlets.sections_only(server)
        outlets.healthy(server, path="/hidden/xml")
        outlets.sections_only(server)
        empty.pages |= {
            "/": text(""),
            "/x.png": Answer(b"\x89PNG\r\n\x1a\n" + bytes(300), content_type="image/png"),
            "/x.json": Answer(b'{"a": [1, 2]}', content_type="application/json"),
        }
        urls = [server.url("/hidden/xml"), server.url("/news/9001/khabar")]
        feed, article, *none = probe_all([*urls, *(empty.url(path) for path in empty.pages)], seeds=tmp_path / "seeds")
    assert feed["url"] == article["url"] == server.url()
    assert [(s["kind"], s["url"]) for s in feed["sources"]] == [("feed", server.url("/hidden/xml"))]
    assert probed_sources(article) == ["section"] * 3
    assert all("refused" in answer for answer in none)


def probed_sources(found: dict[str, Any]) -> list[str]:
    """Their kinds."""
    return [source["kind"] for source in found["sources"]]


def test_the_command_prints_a_seed_file(desk: Desk) -> None:
    """Ready to be redirected into a file; progress and warnings go elsewhere."""
    desk.seeds(sada=KNOWN)
    with Server() as server:
        outlets.wordpress(server)
        words = ("--private-network", "--delay", "0")
        ended = desk.scrapy("sites", "probe", server.host, *words)  # without a scheme, as people type it
        assert (ended.code, ended.err) == (0, "")
        path = desk.folder / "seeds/sites/lb/printed.toml"
        path.parent.mkdir(parents=True)
        path.write_text(ended.out, encoding="utf-8")
        assert load_sites(desk.folder / "seeds")["printed"].home == server.url()
        path.unlink()
        ended = desk.scrapy("sites", "probe", server.url(), *words, "--write", "--json")
        assert ended.code == 0
        written = desk.folder / "seeds" / json.loads(ended.out)["path"]
        assert str(written) in ended.err
        assert written.read_text(encoding="utf-8") == json.loads(ended.out)["toml"]
        before = written.read_bytes()
        ended = desk.scrapy("sites", "probe", server.url(), *words, "--write")
        assert (ended.code, ended.out) == (2, "")
        assert "has this host already; nothing was written" in ended.err
        assert written.read_bytes() == before
        ended = desk.scrapy("sites", "check", "--site", written.stem)
        assert ended.code == 0, ended.out


def test_a_private_address_needs_a_word(desk: Desk) -> None:
    """Exit code 2, and not one request."""
    desk.seeds(sada=KNOWN)
    with Server() as server:
        outlets.wordpress(server)
        ended = desk.scrapy("sites", "probe", server.url())
        assert (ended.code, ended.out) == (2, "")
        assert "a private network: add --private-network" in ended.err
        assert server.requests == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ftp://sada.example/",), 2, "not an http(s) address such as"),
        (("http://[",), 2, "not an http(s) address such as"),
        ((), 2, "use: scrapy sites list"),
        (("https://sada.invalid/",), 1, "the name does not resolve"),
        (("https://sada.example/", "--requests", "2"), 2, "--requests: with fewer than 5"),
        (("https://sada.example/", "--delay", "-1"), 2, "--delay: from 0 to 3600"),
        (("https://sada.example/", "--site", "sada"), 2, "--site goes with `scrapy sites check`"),
    ],
)
def test_a_probe_that_fails_says_why(desk: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    """2: the command can't be carried out; 1: the site can't be used."""
    desk.seeds(sada=KNOWN)
    ended = desk.scrapy("sites", "probe", *words)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_redirect_on_the_way_is_no_private_door(tmp_path: Path) -> None:
    """Without --private-network a public-looking name that leads here would be refused too: every hop is looked up."""
    desk = Desk(tmp_path)
    desk.seeds(sada=KNOWN)
    with Server() as server:
        server.pages["/"] = redirect("http://169.254.1.1/latest")
        desk.seeds(one=seed(server, ("feed", "/")))
        ended = desk.scrapy("sites", "check", "--site", "one")
        assert "http://169.254.1.1/latest, which is on none of the outlet's hosts" in ended.out
