"""What a probe found, as lines of a seed file; and where the file goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newscrawler.asking.answers import Answer, RobotsWord
from newscrawler.checking.findings import SourceCheck, Trouble
from newscrawler.probing.command import drafted, write_draft
from newscrawler.probing.findings import Probe
from newscrawler.probing.home import read_home
from newscrawler.probing.patterns import Proposal
from newscrawler.probing.samples import Sample
from newscrawler.probing.sources import FoundSource
from newscrawler.probing.whereabouts import Guess
from newscrawler.seeds import read_site
from newscrawler.site import Source
from support.archives import NOW, a_site, an_article

HOME = "https://sada.example/"


def a_probe(**fields: Any) -> Probe:
    """Of a site that says next to nothing about itself."""
    site = a_site("sada", home=HOME, timezone="UTC")
    given: dict[str, Any] = {
        "asked": HOME,
        "day": NOW.date(),
        "home": read_home(Answer(HOME, HOME, NOW, 0.1, 200, {}, b"<html></html>"), site),
        "site": site,
        "robots": RobotsWord(),
        "cms": None,
        "sources": (),
        "missed": (),
        "samples": (),
        "country": Guess(None, "nothing names one"),
        "zone": Guess(None, "no date names an offset"),
        "months": Guess(None, "none seen"),
        "encoding": ("", "declared"),
        "titles": (),
        "allow": None,
        "requests": 9,
        "seconds": 1.0,
    }
    return Probe(**(given | fields))


def a_source(kind: Any = "feed", *troubles: Trouble) -> FoundSource:
    """One that lists nine articles."""
    source = Source(kind=kind, url=f"{HOME}feed", section="رياضة", max_pages=3)
    return FoundSource(source, SourceCheck(kind, source.url, 200, 11, 9, NOW, troubles=troubles), (), "named")


def lines(probe: Probe) -> list[str]:
    """The draft, and it is valid."""
    return drafted(probe, {}).toml.splitlines()


def test_what_is_unknown_is_left_to_a_person() -> None:
    """Loudly where it matters."""
    found = lines(a_probe())
    assert "# FILL IN the name in Arabic: the home page doesn't say it." in found
    assert 'name = "sada.example"' in found
    assert "# timezone: FILL IN: dates without a zone are read in it; no date names an offset." in found
    assert 'timezone = "UTC"' in found
    assert "# No article was read." in found
    assert "# seeds/sites/pan/sada.toml" in found


def test_everything_that_was_found_is_in_the_file(tmp_path: Path) -> None:
    """Values where a crawl reads them, doubts where a person does."""
    article = replace(
        an_article(1, published_at=NOW, published_from="json-ld", section="محليات"),
        disagreements={"published_at": {"visible": "21 تشرين الثاني"}},
    )
    samples = (
        Sample(f"{HOME}news/1", article, "", ("headline",), false_z=True),
        Sample(f"{HOME}v", None, "NoText", ()),
    )
    site = a_site("sada", home=HOME, hosts=("m.sada.example",), private_network=True)
    probe = a_probe(
        site=site,
        robots=RobotsWord(200, 9.5, (f"{HOME}s.xml",)),
        cms=("WordPress", "wp-content"),
        sources=(a_source("section", Trouble("stale", "", "its newest item is 20 days old")),),
        missed=("x: 404",),
        samples=samples,
        country=Guess("LB", "its domain"),
        zone=Guess("Asia/Beirut", "seen", is_sure=True),
        months=Guess("levant", "seen"),
        encoding=("cp1256", "2 of 2 pages don't declare it"),
        allow=Proposal(r"/news/\d+", 9, 9),
        left_early="it took longer than 900 s",
        titles=("خبر - صدى",),
    )
    made = drafted(probe, {})
    path = write_draft(made, tmp_path)
    assert path == tmp_path / "sites/lb/sada.toml"
    read = read_site(path)
    assert (read.delay_s, read.encoding, read.hosts) == (9.5, "cp1256", ("m.sada.example",))
    assert (read.articles.allow, read.source[0].max_pages) == ((r"/news/\d+",), 3)
    assert read.private_network
    text = made.toml
    for words in (
        "# BEWARE: its newest item is 20 days old.",
        "# BEWARE: in 1 articles a date ends in Z",
        "# BEWARE: json-ld and others disagree on a date: visible says «21 تشرين الثاني».",
        "# NOT EVERYTHING WAS TRIED: it took longer than 900 s.",
        "# Tried in vain: 1 addresses; --json names them.",
        "HTTP 200, Crawl-delay 9.5, sitemaps named: 1",
        "(2 more on other hosts)",
        "JSON-LD of 2 pages: headline 1.",
        "NoText",
    ):
        assert words in text, words


def test_a_pattern_that_is_not_needed_stays_a_comment() -> None:
    """Feeds list articles only."""
    proposal = Proposal(r"/news/\d+", 9, 9)
    assert r"# allow = ['/news/\d+']" in lines(a_probe(sources=(a_source(),), allow=proposal))
    assert r"allow = ['/news/\d+']" in lines(a_probe(sources=(a_source(), a_source("sitemap")), allow=proposal))


def test_no_file_is_written_over(tmp_path: Path) -> None:
    """Neither one of that name nor a second one for the host."""
    made = drafted(a_probe(), {})
    path = write_draft(made, tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="is there already"):
        write_draft(made, tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"
    known = drafted(a_probe(), {"other": a_site("other", home=HOME)})
    assert known.known == "other"
    assert "# BEWARE: the seed file «other» has this host already." in known.toml
    with pytest.raises(FileExistsError, match="'other' has this host"):
        write_draft(known, tmp_path / "new")
