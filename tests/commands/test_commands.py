"""The commands as a user meets them: what they print, and what they say when they can't."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from support.commands import ENVIRONMENT, ROOT, Desk
from support.newspaper import feed, headline, page, seed
from support.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with three articles of one newspaper, and a second newspaper that is paused."""
    desk = Desk(tmp_path_factory.mktemp("commands"))
    with Server() as server:
        for number in (1, 2, 3):
            server.pages[f"/news/{number}"] = page(number)
        server.pages["/feed"] = feed([server.url(f"/news/{number}") for number in (1, 2, 3)])
        desk.seeds(
            paper=seed(server, ("feed", "/feed")),
            other='name = "أخرى"\nhome = "https://other.example/"\ntimezone = "Africa/Tunis"\nstatus = "paused"\n',
        )
        assert desk.crawl().code == 0
    return desk


def test_report_prints_the_last_run(crawled: Desk) -> None:
    """`--last` says so explicitly."""
    ended = crawled.scrapy("report")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Run 1: all well (finished, 20")
    assert "3 URLs taken up, 3 outcomes: balanced" in ended.out
    assert crawled.scrapy("report", "--last").out == ended.out


def test_report_can_be_read_by_programs(crawled: Desk) -> None:
    """One JSON object and nothing else."""
    data = json.loads(crawled.scrapy("report", "--run", "1", "--json").out)
    assert (data["run_id"], data["outcomes"], data["exit_code"]) == (1, {"New": 3}, 0)


def test_sites_lists_the_outlets(crawled: Desk) -> None:
    """All of them, with status and kinds of sources."""
    ended = crawled.scrapy("sites", "list")
    assert ended.code == 0
    lines = {line.split()[0]: line for line in ended.out.splitlines()}
    assert "active" in lines["paper"]
    assert "feed" in lines["paper"]
    assert "paused" in lines["other"]
    listed = json.loads(crawled.scrapy("sites", "list", "--json").out)
    assert [site["id"] for site in listed] == ["other", "paper"]


def test_sites_counts_the_outlets_by_country(tmp_path: Path) -> None:
    """For the README, as Markdown."""
    desk = Desk(tmp_path)
    desk.seeds(one='name = "صدى"\ncountry = "TN"\nhome = "https://sada.example/"\ntimezone = "Africa/Tunis"\n')
    ended = desk.scrapy("sites", "list", "--markdown")
    assert (ended.code, ended.err) == (0, "")
    assert "\n| تونس Tunisia | TN | 1 |  |  |  |  | صدى |\n" in ended.out


def test_export_writes_every_format(crawled: Desk, tmp_path: Path) -> None:
    """Into folders it makes itself; the number is printed."""
    for form, target in (("txt", "texts"), ("jsonl", "deep/all.jsonl"), ("csv", "deep/all.csv")):
        ended = crawled.scrapy("export", "--format", form, "--to", str(tmp_path / target))
        assert (ended.code, ended.out) == (0, f"3 articles written to {tmp_path / target}\n")
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "texts" / "paper").iterdir())]
    assert {text.split("\n\n")[0] for text in texts} == {headline(n) for n in (1, 2, 3)}
    assert len((tmp_path / "deep" / "all.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    with (tmp_path / "deep" / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["title"] for row in csv.DictReader(file)} == {headline(n) for n in (1, 2, 3)}


def test_export_filters_by_day_in_any_spelling(crawled: Desk, tmp_path: Path) -> None:
    """20261102 is a date too; all three articles are of 1 November."""
    for since, number in (("20261101", 3), ("20261102", 0), ("2026-11-02", 0)):
        ended = crawled.scrapy("export", "--format", "jsonl", "--to", str(tmp_path / "x"), "--since", since)
        assert ended.out.startswith(f"{number} articles"), since


def test_export_refuses_a_site_that_the_archive_does_not_know(crawled: Desk, tmp_path: Path) -> None:
    """A mistyped id must not look like a site without articles; a site that has none yet is no mistake."""
    target = tmp_path / "x"
    ended = crawled.scrapy("export", "--format", "jsonl", "--to", str(target), "--site", "papper")
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err == "newscrawler: --site papper: the archive knows no such site; `scrapy sites list` shows the ids\n"
    )
    assert not target.exists()
    ended = crawled.scrapy("export", "--format", "jsonl", "--to", str(target), "--site", "other")
    assert (ended.code, ended.out) == (0, f"0 articles written to {target}\n")


def in_the_c_locale(desk: Desk, *words: str) -> subprocess.CompletedProcess[str]:
    """A command where standard output is ASCII, as in a bare container or under an old cron."""
    return subprocess.run(
        desk.command(*words),
        cwd=ROOT,
        env=ENVIRONMENT | {"LC_ALL": "C", "PYTHONUTF8": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_terminal_that_knows_no_arabic_ends_no_command(crawled: Desk) -> None:
    """Letters it can't show are spelt out, and JSON says the same as ever."""
    ended = in_the_c_locale(crawled, "sites", "list", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.isascii()
    assert json.loads(ended.stdout) == json.loads(crawled.scrapy("sites", "list", "--json").out)
    assert in_the_c_locale(crawled, "sites", "list").returncode == 0
    refused = in_the_c_locale(crawled, "crawl", "news", "-a", "site=جريدة")
    assert refused.returncode == 2
    assert "site: no seed file for" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_doctor_finds_a_good_archive_good(crawled: Desk) -> None:
    """Versions, seeds, then a line for each question."""
    ended = crawled.scrapy("doctor", "--optimize", "--vacuum")
    assert (ended.code, ended.err) == (0, "")
    assert "2 seed files, all valid" in ended.out
    assert "BAD" not in ended.out
    assert ended.out.count("\nok ") == 10


def copied(desk: Desk, to: Path) -> Desk:
    """The same seeds and archive elsewhere."""
    copy = Desk(to)
    copy.seeds(paper=(desk.folder / "seeds" / "sites" / "paper.toml").read_text(encoding="utf-8"))
    copy.archive.write_bytes(desk.archive.read_bytes())
    return copy


def test_doctor_says_what_is_bad(crawled: Desk, tmp_path: Path) -> None:
    """Exit code 1; here the WARC files were left behind, and a run doesn't balance."""
    copy = copied(crawled, tmp_path)
    copy.execute("UPDATE runs SET ended = 2")
    ended = copy.scrapy("doctor")
    assert ended.code == 1
    assert "BAD WARC files there and long enough: 0 of 1, missing: 20" in ended.out
    assert "BAD runs whose account does not balance: 1" in ended.out


def test_doctor_of_a_damaged_file_is_no_traceback(crawled: Desk, tmp_path: Path) -> None:
    """Nor is any other command's."""
    copy = copied(crawled, tmp_path)
    ((root,),) = copy.rows("SELECT rootpage FROM sqlite_master WHERE name = 'articles'")
    with copy.archive.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(os.urandom(4096))
    doctor = copy.scrapy("doctor")
    assert doctor.code == 1
    assert "BAD SQLite's own integrity check" in doctor.out
    report = copy.scrapy("report")
    assert report.code == 2
    assert report.err.startswith(f"newscrawler: {copy.archive}: ")
    assert "scrapy doctor" in report.err


def test_takedown_removes_and_says_what_is_left(crawled: Desk, tmp_path: Path) -> None:
    """The record in the WARC file is named; a crawl for the address is refused; the doctor is content."""
    copy = copied(crawled, tmp_path)
    url = copy.rows("SELECT url FROM articles WHERE url LIKE '%/news/2'")[0][0]
    ended = copy.scrapy("takedown", f"{url}?utm_source=mail", "--reason", "طلب صاحب الشأن")
    assert ended.code == 0
    first, second = ended.out.splitlines()
    assert first == f"{url}: 1 article, 0 older states, 0 copies removed; the address is refused from now on"
    assert re.fullmatch(r"the page as fetched is still in 20\S+\.warc\.gz, offset \d+", second)
    assert copy.rows("SELECT count(*) FROM articles") == [(2,)]
    refused = copy.crawl(f"url={url}")
    assert (refused.code, refused.err) == (
        2,
        f"newscrawler: can't start\nurl: {url} was taken down and is not crawled again\n",
    )


def test_takedown_names_a_warc_file_once(crawled: Desk, tmp_path: Path) -> None:
    """An article that was fetched often lies in the file often: one line with all the places."""
    copy = copied(crawled, tmp_path)
    url, file, offset = copy.rows("SELECT requested_url, file, offset FROM captures WHERE url LIKE '%/news/3'")[0]
    columns = ", ".join(
        name for (name,) in copy.rows("SELECT name FROM pragma_table_info('captures')") if name not in ("id", "offset")
    )
    copy.execute(f"INSERT INTO captures ({columns}, offset) SELECT {columns}, 7000000 FROM captures WHERE url = ?", url)
    ended = copy.scrapy("takedown", url, "--reason", "طلب")
    assert ended.out.splitlines()[1:] == [f"the page as fetched is still in {file}, offsets {offset}, 7000000"]


def test_takedown_of_what_is_not_archived_says_so(crawled: Desk, tmp_path: Path) -> None:
    """The address may be mistyped, or the refusal may be meant for the future: both are served."""
    copy = copied(crawled, tmp_path)
    url = "https://nowhere.example/news/9"
    ended = copy.scrapy("takedown", url, "--reason", "طلب")
    assert (ended.code, ended.out) == (
        0,
        f"{url}: nothing is archived under this address; it is refused from now on\n",
    )
    assert copy.rows("SELECT url FROM takedowns") == [(url,)]


def test_a_folder_without_room_for_the_lock_is_a_sentence(crawled: Desk, tmp_path: Path) -> None:
    """Here a folder stands where the lock file should be: that binds even root."""
    copy = copied(crawled, tmp_path)
    (tmp_path / "archive.db.lock").mkdir()
    ended = copy.scrapy("takedown", "https://x.example/1", "--reason", "طلب")
    assert (ended.code, ended.err) == (2, f"newscrawler: {copy.archive}: can't be written: Is a directory\n")


REFUSED = [
    (["report"], {}, "there is no archive here"),
    (["report", "5"], {}, "5: not understood; `scrapy report -h` shows the options"),
    (["doctor"], {}, "no seed files"),
    (["browse"], {}, "there is no archive here"),
    (["takedown", "https://x.example/", "--reason", "طلب"], {}, "there is no archive here"),
    (["takedown", "--reason", "طلب"], {}, "name one address: scrapy takedown URL --reason TEXT"),
    (["takedown", "x.example", "--reason", "طلب"], {}, "not an http(s) address: 'x.example'"),
    (["export", "--format", "csv", "--to", "x.csv"], {}, "there is no archive here"),
    (
        ["export", "--format", "csv", "--to", "x.csv", "--since", "soon"],
        {},
        "--since soon: not a date such as 2026-11-01",
    ),
    (["export", "all", "--format", "csv", "--to", "x.csv"], {}, "all: not understood"),
    (["sites"], {}, "use: scrapy sites list"),
    (["crawl", "news", "-a", "sites=x"], {}, "sites: no such argument; there are site, country, url, since, mode"),
    (["crawl", "news", "-a", "since=monday"], {}, "since: 'monday' is not a date such as 2026-11-01"),
    (["crawl", "news"], {"NEWS_EXTRACT_WORKERS": "all"}, "setting NEWS_EXTRACT_WORKERS: 'all': must be a whole number"),
    (["crawl", "nows"], {}, "no spider nows; there are news, replay"),
    (["crawl"], {}, "name one spider: scrapy crawl news"),
    (["reextract", "now"], {}, "now: not understood; there are only options"),
]


HELPED = ["report", "sites", "export", "takedown", "browse", "doctor", "reextract", "crawl"]


@pytest.mark.parametrize(
    ("words", "settings", "says"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    desk: Desk, words: list[str], settings: dict[str, str], says: str
) -> None:
    """Exit code 2, on standard error, without a traceback; and no archive comes into being."""
    ended = desk.scrapy(*words, **settings)
    assert ended.code == 2, ended
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == "" or words == ["doctor"]
    assert not desk.archive.exists()


@pytest.mark.parametrize("command", HELPED)
def test_every_command_explains_itself(desk: Desk, command: str) -> None:
    """`-h` prints the options and does nothing."""
    ended = desk.scrapy(command, "-h")
    assert ended.code == 0
    assert f"scrapy {command}" in ended.out


def test_export_needs_a_place_it_can_write(crawled: Desk, tmp_path: Path) -> None:
    """A folder where a file should be, a file where a folder should be."""
    ended = crawled.scrapy("export", "--format", "csv", "--to", str(tmp_path))
    assert (ended.code, ended.err) == (2, f"newscrawler: --to {tmp_path}: Is a directory\n")
    (tmp_path / "file").touch()
    ended = crawled.scrapy("export", "--format", "txt", "--to", str(tmp_path / "file"))
    assert ended.code == 2
    assert f"--to {tmp_path / 'file'}: " in ended.err


def test_export_to_parquet_needs_pyarrow_and_says_how_to_get_it(crawled: Desk, tmp_path: Path) -> None:
    """Or writes it, where it is installed."""
    ended = crawled.scrapy("export", "--format", "parquet", "--to", str(tmp_path / "x.parquet"))
    if ended.code == 0:
        assert (tmp_path / "x.parquet").exists()
    else:
        assert (ended.code, ended.err) == (
            2,
            "newscrawler: --format parquet needs pyarrow: pip install -e '.[parquet]'\n",
        )


def test_a_run_that_is_not_there_is_named(crawled: Desk) -> None:
    """By its number."""
    ended = crawled.scrapy("report", "--run", "99")
    assert (ended.code, ended.err) == (2, f"newscrawler: {crawled.archive}: no run 99\n")
