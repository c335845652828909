"""Everything that must be right before the first request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawler import settings as ours
from newscrawler.archive import open_archive
from newscrawler.archive.lock import Lock
from newscrawler.run import Run
from newscrawler.starting import CannotStart, check_settings, open_run
from newscrawler.tagging import PROJECT_TAGS, tags_folder
from support.archives import NOW, column
from support.commands import Desk

Start = Callable[..., Run]

SEED = 'name = "صحيفة"\nhome = "https://{host}/"\ntimezone = "Asia/Beirut"\ncountry = "{country}"\n'


def settings_of(desk: Desk, **more: object) -> Settings:
    settings = Settings()
    settings.setmodule(ours)
    paths = {"NEWS_ARCHIVE": desk.archive, "NEWS_RAW_DIR": desk.warc, "NEWS_SEEDS_DIR": desk.folder / "seeds"}
    settings.update({name: str(path) for name, path in paths.items()} | {"NEWS_PROGRESS": "off"} | more)
    return settings


@pytest.fixture
def start(desk: Desk, request: pytest.FixtureRequest) -> Start:
    """Opens runs at a desk with three sites, and closes them when the test ends."""
    desk.seeds(
        alpha=SEED.format(host="alpha.example", country="LB"),
        beta=SEED.format(host="beta.example", country="EG"),
        gamma=SEED.format(host="gamma.example", country="LB") + 'status = "paused"\n',
    )

    def opened(settings: dict[str, Any] | None = None, **arguments: str) -> Run:
        run = open_run(settings_of(desk, **(settings or {})), spider="news", arguments=arguments)
        request.addfinalizer(run.archive.close)
        request.addfinalizer(run.lock.release)
        return run

    return opened


def test_a_run_goes_by_the_clock_it_is_given(start: Start, desk: Desk) -> None:
    """What takes months in life takes seconds in a test."""
    close(start())
    run = open_run(settings_of(desk), spider="news", arguments={}, clock=lambda: NOW)
    assert (run.started_at, run.clock()) == (NOW, NOW)
    assert column(run.archive, "SELECT started_at FROM runs ORDER BY id DESC LIMIT 1") == ["2026-11-22T09:30:00Z"]
    close(run)


def close(run: Run) -> None:
    run.archive.close()
    run.lock.release()


def test_a_run_opens_with_every_active_site(start: Start, desk: Desk) -> None:
    """And the archive, the lock and the row of the run."""
    run = start()
    assert set(run.sites) == {"alpha", "beta"}
    assert run.only is None
    assert column(run.archive, "SELECT state FROM runs") == ["running"]
    assert column(run.archive, "SELECT id FROM sites ORDER BY id") == ["alpha", "beta", "gamma"]
    with pytest.raises(CannotStart) as refused:
        open_run(settings_of(desk), spider="news", arguments={})
    assert refused.value.exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        ({"site": "beta"}, ["beta"]),
        ({"site": " alpha , beta "}, ["alpha", "beta"]),
        ({"site": "gamma"}, ["gamma"]),  # a site named is crawled whatever its status
        ({"country": "lb"}, ["alpha"]),
        ({"country": "LB,EG"}, ["alpha", "beta"]),
        ({"site": "alpha,beta", "country": "EG"}, ["beta"]),
        ({"url": "https://alpha.example/1"}, ["alpha"]),
        ({"url": "https://www.gamma.example/1,https://beta.example/2"}, ["beta", "gamma"]),
    ],
    ids=str,
)
def test_arguments_choose_the_sites(start: Start, arguments: dict[str, str], chosen: list[str]) -> None:
    """By name, by country, by the addresses asked for."""
    assert sorted(start(**arguments).sites) == chosen


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"site": "alpha,delta,omega"}, "site: no seed file for delta, omega"),
        ({"country": "FR"}, "no site to crawl"),
        ({"site": "alpha", "country": "EG"}, "no site to crawl"),
        ({"url": "https://delta.example/1"}, "url: https://delta.example/1 is on no host"),
        ({"url": "https://alpha.example/1", "site": "beta"}, "is on no host"),
        ({"url": "alpha.example/1"}, "url: not an http"),
        ({"url": "ftp://alpha.example/1"}, "url: not an http"),
    ],
    ids=str,
)
def test_what_cannot_be_crawled_is_named_and_nothing_is_made(
    start: Start, desk: Desk, arguments: dict[str, str], says: str
) -> None:
    """A mistyped argument must not leave an empty archive behind."""
    with pytest.raises(CannotStart, match=says) as refused:
        start(**arguments)
    assert refused.value.exit_code == 2
    assert not desk.archive.exists()


def test_addresses_asked_for_are_due_whatever_they_were(start: Start) -> None:
    """A forced visit: also of an address that was settled, and of one nobody discovered."""
    first = start()
    first.archive.conn.execute(
        """INSERT INTO frontier (url, site, discovered_at, due_at, outcome, tries)
           VALUES ('https://alpha.example/1', 'alpha', 'x', NULL, 'NotArabic', 3)"""
    )
    close(first)
    run = start(url="https://alpha.example/1,https://alpha.example/2?utm_source=x#top")
    assert run.only == ["https://alpha.example/1", "https://alpha.example/2"]
    due = column(run.archive, "SELECT url FROM frontier WHERE due_at IS NOT NULL AND tries = 0 ORDER BY url")
    assert due == run.only


def test_an_address_another_site_had_listed_is_visited_for_its_own(start: Start) -> None:
    """It was refused there unvisited; here it is asked for."""
    first = start()
    first.archive.conn.execute(
        """INSERT INTO frontier (url, site, discovered_at, due_at, outcome)
           VALUES ('https://alpha.example/1', 'beta', 'x', NULL, 'OutOfScope')"""
    )
    close(first)
    run = start(url="https://alpha.example/1")
    assert column(run.archive, "SELECT site FROM frontier WHERE due_at IS NOT NULL") == ["alpha"]


def test_an_address_that_was_taken_down_is_refused(start: Start) -> None:
    """With a reason, and without a run; the archive is free again."""
    first = start()
    first.archive.conn.execute("INSERT INTO takedowns VALUES ('https://alpha.example/1', 'طلب', 'x')")
    close(first)
    with pytest.raises(CannotStart, match="was taken down"):
        start(url="https://alpha.example/1")
    assert column(start().archive, "SELECT count(*) FROM runs") == [2]


BAD = {
    "NEWS_RAW_ENABLED": "maybe",
    "NEWS_RAW_MAX_BYTES": "10",
    "NEWS_EXTRACT_WORKERS": "many",
    "NEWS_EXTRACT_TIMEOUT_S": "0",
    "NEWS_MIN_WORDS": "0",
    "NEWS_ARABIC_SHARE_MIN": "50%",
    "NEWS_FOREIGN_SHARE_MAX": "-0.1",
    "NEWS_DUPLICATE_MIN": "nan",
    "NEWS_RELATED_MIN": "1.5",
    "NEWS_PROGRESS": "loud",
    "NEWS_PROGRESS_EVERY_S": "inf",
    "NEWS_REVISIT": "1h soon",
    "NEWS_KEEP": "30d",
    "NEWS_ARCHIVE": " ",
    "NEWS_RAW_DIR": "",
    "NEWS_SEEDS_DIR": "",
    "NEWS_CLUSTER": "http://127.0.0.1:8786",
}


@pytest.mark.parametrize("name", BAD)
def test_a_setting_that_cannot_be_read_is_named_with_its_value(start: Start, name: str) -> None:
    """One line: which, what stood there, what would be right."""
    with pytest.raises(CannotStart) as refused:
        start({name: BAD[name]})
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"setting {name}: ")
    assert "literal" not in line
    assert repr(BAD[name]) in line


def test_all_bad_settings_are_named_at_once(desk: Desk) -> None:
    """Nobody wants to mend them one crawl at a time."""
    with pytest.raises(CannotStart) as refused:
        check_settings(settings_of(desk, **BAD))
    assert {line.split(": ")[0].removeprefix("setting ") for line in str(refused.value).splitlines()} == set(BAD)


def test_an_alert_address_that_nobody_knows_is_named_without_its_password(start: Start) -> None:
    """A message that can never be sent is noticed at the start, and a log may be read by many."""
    with pytest.raises(CannotStart, match=r"NEWS_ALERT_URLS: tgramm://…: apprise knows no such address") as refused:
        start({"NEWS_ALERT_URLS": "json://127.0.0.1/ tgramm://123456:secret/1"})
    assert "secret" not in str(refused.value)


def test_related_must_not_begin_above_near_copies(start: Start) -> None:
    """Between the two thresholds near copies would be missed."""
    with pytest.raises(CannotStart, match="NEWS_RELATED_MIN: must not be larger than NEWS_DUPLICATE_MIN"):
        start({"NEWS_RELATED_MIN": "0.7"})


def test_settings_may_be_strings_as_from_the_command_line_or_the_environment(start: Start) -> None:
    """`-s` and environment variables know nothing else."""
    run = start(
        {"NEWS_RAW_ENABLED": "false", "NEWS_EXTRACT_WORKERS": "2", "NEWS_REVISIT": "", "NEWS_DUPLICATE_MIN": "1"}
    )
    assert run.revisit == ()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ('name = "ص"\nhome = "x"\ntimezone = "Asia/Beirut"\n', "home: 'x' is not an absolute"),
        ('name = "ص"\nhome = "https://x.example/"\ntimezone = "Asia/Beirut"\ncolour = 1\n', "colour: unknown key"),
        ("name = ", "Invalid value"),
    ],
)
def test_a_broken_seed_file_is_named_with_its_key(start: Start, desk: Desk, file: str, says: str) -> None:
    """Before anything starts, also if another site was asked for."""
    desk.seeds(broken=file)
    with pytest.raises(CannotStart, match=r"broken\.toml") as refused:
        start(site="alpha")
    assert says in str(refused.value)
    assert not desk.archive.exists()


def test_a_folder_without_seed_files_is_named(desk: Desk) -> None:
    """The most likely mistake of a first crawl."""
    with pytest.raises(CannotStart, match="no seed files"):
        open_run(settings_of(desk), spider="news", arguments={})


def test_a_broken_tag_file_is_named(start: Start, desk: Desk) -> None:
    """It would stop the crawl with a traceback later."""
    (desk.folder / "seeds" / "tags" / "places.toml").write_text("= broken")
    with pytest.raises(CannotStart, match=r"places\.toml"):
        start()


def test_tags_stand_beside_the_sites_or_are_the_projects_own(desk: Desk) -> None:
    """A folder of one's own seeds needs no tags of its own."""
    settings = settings_of(desk)
    assert tags_folder(settings) == PROJECT_TAGS
    assert list(PROJECT_TAGS.glob("*.toml"))
    (desk.folder / "seeds" / "tags").mkdir(parents=True)
    assert tags_folder(settings) == desk.folder / "seeds" / "tags"


def test_an_archive_that_is_none_is_refused_and_the_lock_let_go(start: Start, desk: Desk) -> None:
    """The path may hold somebody's file."""
    desk.archive.write_text("not a database, and long enough to be read as one" * 50)
    with pytest.raises(CannotStart, match="can't be read as an archive"):
        start()
    Lock(desk.archive, started_at=NOW).release()


@pytest.mark.parametrize("name", ["NEWS_ARCHIVE", "NEWS_RAW_DIR"])
def test_a_path_below_a_file_is_named(start: Start, desk: Desk, name: str) -> None:
    """A file stands where a folder is needed."""
    (desk.folder / "file").touch()
    with pytest.raises(CannotStart, match="a file stands where a folder must be"):
        start({name: str(desk.folder / "file" / "below")})


def test_where_pages_are_not_kept_the_folder_does_not_matter(start: Start, desk: Desk) -> None:
    """`NEWS_RAW_ENABLED=false`."""
    (desk.folder / "file").touch()
    start({"NEWS_RAW_ENABLED": "false", "NEWS_RAW_DIR": str(desk.folder / "file")})


def test_a_disk_that_fails_while_starting_leaves_lock_and_archive_free(start: Start, desk: Desk) -> None:
    """Here the runs can't be written; the sentence says so and the next try is not locked out."""
    with open_archive(desk.archive) as archive:
        archive.conn.execute("CREATE TRIGGER full BEFORE INSERT ON runs BEGIN SELECT raise(ABORT, 'disk full'); END")
    with pytest.raises(CannotStart, match="can't be written: disk full"):
        start()
    with pytest.raises(CannotStart, match="can't be written: disk full"):
        start()
