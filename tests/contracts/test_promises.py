"""Cron lines, seed files and checks from outside use these names: settings, arguments, options, exit codes."""

from __future__ import annotations

import os
import re
import runpy
from argparse import ArgumentParser
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

import pytest
from scrapy.settings import Settings

import pipelines
from contracts.source import ROOT, document
from newscrawler import exits
from newscrawler.seeds import read_site
from newscrawler.site import Site
from newscrawler.spiders.news import NewsSpider
from newscrawler.spiders.replay import ReplaySpider
from newscrawler.starting import CannotStart

DEFAULTS: Final[dict[str, Any]] = {
    "NEWS_ARCHIVE": "data/archive.db",
    "NEWS_RAW_DIR": "data/warc",
    "NEWS_RAW_ENABLED": True,
    "NEWS_SEEDS_DIR": "seeds",
    "NEWS_EXTRACT_WORKERS": os.cpu_count(),
    "NEWS_EXTRACT_TIMEOUT_S": 20,
    "NEWS_CLUSTER": "",
    "NEWS_DUPLICATE_MIN": 0.6,
    "NEWS_RELATED_MIN": 0.35,
    "NEWS_REVISIT": "1h 6h 1d 7d 30d",
    "NEWS_CONTACT": "",
    "NEWS_ALERT_URLS": "",
}
"""The promised settings."""

OPTIONS: Final = {
    "browse": (),
    "crawl": ("-a", "-s"),
    "demo": (),
    "doctor": (),
    "export": ("--format", "--to", "--site", "--since"),
    "reextract": ("--site", "--since", "--dry-run"),
    "report": ("--run", "--last", "--json"),
    "sites": (),
    "takedown": ("--reason",),
}
"""The promised commands, with their promised options."""

SEED: Final = """
name = "صدى المدينة"
name_en = "City Echo"
country = "LB"
kind = "newspaper"
home = "https://sada.example/"
hosts = ["cdn.sada.example"]
shared_hosts = false
timezone = "Asia/Beirut"
months = "levant"
encoding = "windows-1256"
status = "paused"
status_note = "moves house"
delay_s = 2.0
concurrency = 1
quiet_hours = ["08:00-11:00", "22:30-06:00"]
requests_per_run_max = 200
private_network = false
checked = 2026-11-22
evidence = "the site itself"

[[source]]
kind = "feed"
url = "https://sada.example/rss"
section = "عربي ودولي"

[[source]]
kind = "section"
url = "https://sada.example/world"
max_pages = 5

[articles]
allow = ['/news/\\d+']
deny = ['/video/']

[[rule]]
since = 2026-03-01
title = "h1"
body = "div.text"
section = "a.section"
author = "span.author"
date = "time"
drop = ["div.ad", "div.share"]

[expect]
articles_per_day_min = 5
dated_share_min = 0.9
"""
"""A seed file with every promised key."""


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings module, read where no setting is in the environment."""
    for name in [name for name in os.environ if name.startswith("NEWS_")]:
        monkeypatch.delenv(name)
    return runpy.run_path(str(ROOT / "newscrawler/settings.py"))


@pytest.mark.parametrize("name", DEFAULTS)
def test_settings_keep_their_names_and_defaults(settings: dict[str, Any], name: str) -> None:
    """What a cron line leaves out stays as it was."""
    assert settings[name] == DEFAULTS[name]


@pytest.mark.parametrize("name", DEFAULTS)
def test_the_environment_sets_a_setting(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Every setting can be given as an environment variable of its name."""
    monkeypatch.setenv(name, "0.123")
    assert runpy.run_path(str(ROOT / "newscrawler/settings.py"))[name] == "0.123"


def test_pipelines_stand_in_their_order(settings: dict[str, Any]) -> None:
    """Language, copies, tags, archive: what costs least and drops most comes first, what writes comes last."""
    assert settings["ITEM_PIPELINES"] == {
        "pipelines.language.LanguagePipeline": 100,
        "pipelines.dedup.DedupPipeline": 200,
        "pipelines.tag.TagPipeline": 300,
        "pipelines.archive.ArchivePipeline": 400,
    }


@pytest.mark.parametrize("setting", ["SCHEDULER", "DOWNLOADER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES"])
def test_every_component_named_in_the_settings_exists(settings: dict[str, Any], setting: str) -> None:
    """Scrapy loads components by name when a crawl starts; a wrong name should fail here instead."""
    value = settings[setting]
    for path in [value] if isinstance(value, str) else [path for path, order in value.items() if order is not None]:
        module, _, name = path.rpartition(".")
        assert hasattr(import_module(module), name), path


def test_pipelines_are_this_project_s() -> None:
    """Scrapy appends the project's folder to the path, so an installed package called `pipelines` would win."""
    assert Path(pipelines.__file__ or "").resolve().parent.parent == ROOT
    assert (ROOT / "scrapy.cfg").exists()


@pytest.mark.parametrize(
    "argument", ["site=sada", "country=LB", "url=https://a.example/", "since=2026-11-01", "mode=backfill"]
)
def test_the_news_spider_takes_the_promised_arguments(argument: str) -> None:
    """`scrapy crawl news -a NAME=VALUE`."""
    name, _, value = argument.partition("=")
    NewsSpider.check_arguments({name: value})


@pytest.mark.parametrize("argument", ["site=sada", "since=2026-11-01"])
def test_the_replay_spider_takes_the_promised_arguments(argument: str, tmp_path: Path) -> None:
    """`scrapy crawl replay -a warc=GLOB -a NAME=VALUE`."""
    (tmp_path / "one.warc.gz").touch()
    name, _, value = argument.partition("=")
    ReplaySpider.check_arguments({"warc": str(tmp_path / "*.gz"), name: value})


@pytest.mark.parametrize("spider", [NewsSpider, ReplaySpider])
def test_a_misspelt_argument_is_refused(spider: type[NewsSpider | ReplaySpider]) -> None:
    """`-a sites=x` must not crawl everything."""
    with pytest.raises(CannotStart, match="sites: no such argument"):
        spider.check_arguments({"sites": "sada"})


def test_exit_codes() -> None:
    """0 finished, 1 something broke, 2 could not start, 3 another crawl holds the archive."""
    assert (exits.FINISHED, exits.BROKE, exits.NOT_STARTED, exits.LOCKED) == (0, 1, 2, 3)


@pytest.mark.parametrize("name", OPTIONS)
def test_commands_take_the_promised_options(name: str) -> None:
    """Cron lines keep working."""
    parser = _parser(name)
    known = {option for action in parser._actions for option in action.option_strings}
    assert known >= set(OPTIONS[name])


def test_export_knows_the_promised_formats() -> None:
    """txt, jsonl, csv and parquet."""
    formats = next(action.choices for action in _parser("export")._actions if "--format" in action.option_strings)
    assert set(formats or ()) == {"txt", "jsonl", "csv", "parquet"}


def test_sites_lists() -> None:
    """`scrapy sites list` checks the seed files and shows them."""
    assert "list" in _command("sites").syntax()


def test_datasette_finds_the_reading_room() -> None:
    """`datasette data/archive.db` alone gives the reading room: the plugin is an entry point."""
    assert "newscrawler.browse" in {point.value for point in entry_points(group="datasette")}


def test_a_seed_file_may_have_every_promised_key(tmp_path: Path) -> None:
    """Seed files written by hand stay valid."""
    path = tmp_path / "sada.toml"
    path.write_text(SEED, encoding="utf-8")
    site = read_site(path)
    assert site.rule[0].drop == ("div.ad", "div.share")
    assert site.model_fields_set == set(Site.model_fields)


@pytest.mark.parametrize("target", ["demo", "test", "coverage", "browse", "bench"])
def test_make_has_the_promised_targets(target: str) -> None:
    """`make demo` on a fresh machine is the front door."""
    assert f"\n{target}: install\n" in document("Makefile")


def test_continuous_integration_runs_what_people_run() -> None:
    """One command tests everything, in CI as at home, so that green there means green here."""
    script = document(".ci/run")
    assert os.access(ROOT / ".ci/run", os.X_OK), "chmod +x .ci/run"
    assert "set -euo pipefail" in script, "it must stop at the first failure"
    assert re.search(r"^[^#\n]*\bmake\b[^\n]* test$", script, re.MULTILINE), ".ci/run must run `make test`"
    assert re.search(r"\bmake test\b", document("README.md")), "README.md must name `make test`"


def _command(name: str) -> Any:
    command = import_module(f"newscrawler.commands.{name}").Command()
    command.settings = Settings()
    return command


def _parser(name: str) -> ArgumentParser:
    parser = ArgumentParser()
    _command(name).add_options(parser)
    return parser
