"""The outlets that the project ships: real ones, with evidence, polite, and counted rightly in the README."""

from __future__ import annotations

import re
from typing import Final

import pytest

from contracts.source import ROOT, document, section
from newscrawler.countries import ARAB_COUNTRIES
from newscrawler.directory import as_markdown
from newscrawler.seeds import load_sites
from newscrawler.site import Site

SITES: Final = load_sites(ROOT / "seeds")
OUTLETS: Final = [site for site in SITES.values() if not site.private_network]
OUTLETS_MIN: Final = 80
COUNTRIES_MIN: Final = 18
DELAY_MIN_S: Final = 2

SPELT: Final = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")

each = pytest.mark.parametrize("site", OUTLETS, ids=lambda site: site.id)


def test_the_arab_press_is_on_board() -> None:
    """Who installs the project begins with the press of the Arab countries, and of the pan-Arab services."""
    countries = {site.country for site in OUTLETS}
    assert len(OUTLETS) >= OUTLETS_MIN
    assert len(countries & set(ARAB_COUNTRIES)) >= COUNTRIES_MIN
    assert "pan" in countries


@each
def test_every_address_has_its_evidence(site: Site) -> None:
    """Nobody has to believe an address: who saw it stands beside it."""
    assert site.evidence, f"{site.id}: say in `evidence` where home page and patterns are from"
    bare = [source.url for source in site.source if not source.evidence]
    assert not bare, f"{site.id}: say in the source's `evidence` who saw {', '.join(bare)}"


@each
def test_an_outlet_can_be_read_politely(site: Site) -> None:
    """Something lists its articles, one request at a time, with time between two."""
    assert site.source, f"{site.id}: an outlet without a source can't be crawled; leave it out"
    assert site.delay_s >= DELAY_MIN_S
    assert site.concurrency == 1
    assert len({source.url for source in site.source}) == len(site.source)


@each
def test_an_id_is_short_and_typed_easily(site: Site) -> None:
    """It stands in the archive for ever and in `-a site=…`: small letters, digits, hyphens."""
    assert SPELT.match(site.id)


@each
def test_a_name_is_arabic_and_english(site: Site) -> None:
    """Readers of either language find the outlet."""
    assert re.search("[\u0621-\u064a]", site.name)
    assert site.name_en
    assert site.name_en.isascii()


@each
def test_who_is_not_crawled_has_a_reason(site: Site) -> None:
    """And who is crawled has none."""
    assert (site.status == "active") == (site.status_note is None)


@each
def test_who_is_crawled_was_seen(site: Site) -> None:
    """An outlet that no person has looked at is crawled only if somebody else saw a source of it lately."""
    recent = [source.url for source in site.source if re.search(r"20(?:2[6-9]|[3-9]\d)", source.evidence or "")]
    assert site.status != "active" or site.checked or recent, f'{site.id}: set `status = "candidate"`'


@each
def test_nothing_is_expected_that_nobody_measured(site: Site) -> None:
    """A made-up expectation would make every crawl exit with 1, and nobody would look any more."""
    measured = site.checked is not None
    assert measured or (site.expect.articles_per_day_min, site.expect.dated_share_min) == (0, 0)


@each
def test_zone_and_months_are_the_country_s(site: Site) -> None:
    """As the table of countries says. An outlet that is edited abroad may have another zone, never other months."""
    known = _countries().get(site.country)
    if known is None:
        assert site.country == "pan"
        assert site.months is None
        return
    zones, months = known
    assert site.months == months
    assert site.timezone in zones or site.id in EDITED_ABROAD, f"{site.id}: {site.timezone} is not {zones}"


EDITED_ABROAD: Final = {
    "azzaman": "Europe/London",
    "sohr": "Europe/London",
    "syria-tv": "Europe/Istanbul",
}
"""Outlets of a country whose newsroom is, or was for most of its archive, in another one."""


def test_who_is_edited_abroad_really_is() -> None:
    """An entry that is no longer needed goes."""
    assert {key: SITES[key].timezone for key in EDITED_ABROAD} == EDITED_ABROAD


def test_patterns_name_paths_not_hosts() -> None:
    """Feeds print addresses with and without www.; which hosts are the outlet's is said by the scope."""
    hosts = [
        f"{site.id}: {pattern}"
        for site in OUTLETS
        for pattern in site.articles.allow
        if re.sub(r"[\\^$?]", "", pattern).split("://")[-1].startswith(("www.", site.home.split("/")[2]))
    ]
    assert not hosts


def test_the_readme_counts_the_outlets_rightly() -> None:
    """The table is written by a command; when a seed file comes or goes, it is written anew."""
    between = re.search(
        r"<!-- begin: scrapy sites list --markdown -->\n(.*?)\n?<!-- end: scrapy sites list --markdown -->",
        document("README.md"),
        re.DOTALL,
    )
    assert between, "README.md needs the two marks around the table of outlets"
    assert between[1] == as_markdown(SITES.values()), (
        "put what `scrapy sites list --markdown` prints between the two marks in README.md"
    )


def test_the_demo_s_newspapers_stay_at_home() -> None:
    """Only the invented ones are on a private network, and no crawl takes them up by itself."""
    private = {site.id: site.status for site in SITES.values() if site.private_network}
    assert private == dict.fromkeys(sorted(path.stem for path in (ROOT / "seeds/sites/demo").glob("*.toml")), "paused")


def _countries() -> dict[str, tuple[list[str], str | None]]:
    """Code → zones and months, from the table that contributors read."""
    table = section(document("seeds/README.md"), "## Countries, time zones, months")
    found: dict[str, tuple[list[str], str | None]] = {}
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch("[A-Z]{2}", cells[1]):
            found[cells[1]] = re.findall("`([^`]+)`", cells[3]), cells[4].strip("`") or None
    return found
