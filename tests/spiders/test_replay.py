"""WARC files instead of the web: own ones, other people's, damaged ones; and `scrapy reextract`."""

from __future__ import annotations

import gzip
import os
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler.archive.records.warc_reading import BODY_MAX
from newscrawler.spiders.replay import ReplaySpider
from support.archives import a_run, an_archive
from support.commands import Desk, Ended
from support.newspaper import feed, headline, html, page, paragraphs, seed
from support.server import Answer, Server, text
from support.warcs import BODY, opened, write

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk that has crawled four articles, a copy, and a page without text. The newspaper is gone by now."""
    desk = Desk(tmp_path_factory.mktemp("replay"))
    with Server() as server:
        for number in (1, 2, 3):
            server.pages[f"/news/{number}"] = page(number)
        packed = Answer(gzip.compress(page(4).body), headers={"Content-Encoding": "gzip"})
        server.pages |= {"/news/4": packed, "/copy/of/1": page(1), "/empty": text("<html><body></body></html>")}
        server.pages["/feed"] = feed([server.url(path) for path in [*server.pages] if path != "/feed"])
        one_by_one = seed(server, ("feed", "/feed"), expect="articles_per_day_min = 1")
        one_by_one = one_by_one.replace("delay_s = 0\nconcurrency = 4", "delay_s = 0.01")
        desk.seeds(paper=one_by_one)
        assert desk.crawl().code == 0
    return desk


def replayed(crawled: Desk, folder: Path, pattern: object, *arguments: str) -> tuple[Desk, Ended]:
    """A new desk with the same seeds, and WARC files read into it."""
    desk = Desk(folder)
    seeds = crawled.folder / "seeds"
    words = ("crawl", "replay", "-a", f"warc={pattern}", *(x for a in arguments for x in ("-a", a)))
    return desk, desk.scrapy(*words, NEWS_SEEDS_DIR=seeds)


WHAT = "SELECT url, site, title, text, published_at, language, content_hash, first_seen_at FROM articles ORDER BY url"


def test_a_new_archive_can_be_made_from_the_files_alone(crawled: Desk, tmp_path: Path) -> None:
    """The WARC files are the truth: same articles, same dates, same copies, without any network."""
    desk, ended = replayed(crawled, tmp_path, crawled.warc / "*.warc.gz")
    assert ended.code == 0, ended
    assert desk.rows(WHAT) == crawled.rows(WHAT)
    assert desk.rows("SELECT url FROM copies") == crawled.rows("SELECT url FROM copies")
    assert desk.rows("SELECT state, taken_up, ended FROM runs") == [("finished", 6, 6)]
    assert desk.rows("SELECT count(*) FROM captures WHERE file LIKE ?", f"{crawled.warc}/%") == [(6,)]
    assert desk.scrapy("doctor", NEWS_SEEDS_DIR=crawled.folder / "seeds").code == 0
    assert list(desk.warc.iterdir()) == []


def test_replayed_addresses_wait_for_no_visit(crawled: Desk, tmp_path: Path) -> None:
    """Reading old files plans nothing; a second replay changes nothing."""
    desk, _ = replayed(crawled, tmp_path, crawled.warc / "*.warc.gz")
    assert desk.rows("SELECT count(*) FROM frontier WHERE due_at IS NOT NULL") == [(0,)]
    _, again = replayed(crawled, tmp_path, crawled.warc / "*.warc.gz")
    assert again.code == 0
    assert {outcome for outcome, _ in desk.outcomes().values()} == {"Unchanged", "Copy", "NoText"}
    assert desk.rows("SELECT count(*) FROM captures") == [(6,)]


def foreign_file(path: Path, host: str) -> None:
    """As a public web archive writes them: many hosts, requests, errors, two states of one page, odd records."""

    def add(kind: str, url: str, status: str, body: bytes, day: int = 1) -> None:
        http = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        extra = {"WARC-Date": f"2024-02-{day:02d}T04:05:06Z"}
        writer.write_record(
            writer.create_warc_record(url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict=extra)
        )

    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("cc.warc.gz", {"software": "somebody's"}))
    add("request", f"http://{host}/old/1", "GET /old/1 HTTP/1.1", b"")
    add("response", f"http://{host}/old/1", "200 OK", html(headline(71), paragraphs(70)).encode(), day=9)
    add("response", f"http://{host}/old/1", "200 OK", html(headline(70), paragraphs(70)).encode(), day=3)
    add("response", "http://somebody.example/1", "200 OK", html(headline(72), paragraphs(72)).encode())
    add("response", f"http://{host}/old/2", "404 Not Found", b"")
    add("response", f"http://{host}/old/3", "", b"")
    add("response", f"http://{host}/old/4?utm_source=x", "200 OK", html(headline(74), paragraphs(74)).encode())
    add("response", f"http://{host}/video.mp4", "200 OK", bytes(BODY_MAX + 1))
    path.write_bytes(out.getvalue())


def test_other_peoples_files_are_read_for_our_sites(crawled: Desk, tmp_path: Path) -> None:
    """Their date is the article's; of two states of a page the newest counts; nobody else's pages come in."""
    home = crawled.rows("SELECT home FROM sites")[0][0]
    foreign_file(tmp_path / "cc.warc.gz", home.split("/")[2])
    desk, ended = replayed(crawled, tmp_path / "desk", tmp_path / "**" / "*.warc.gz")
    assert ended.code == 0, ended
    rows = desk.rows("SELECT title, first_seen_at FROM articles ORDER BY first_seen_at")
    assert rows == [(headline(74), "2024-02-01T04:05:06Z"), (headline(71), "2024-02-09T04:05:06Z")]
    assert desk.rows("SELECT url LIKE '%utm%' FROM articles") == [(0,), (0,)]
    assert desk.rows("SELECT url LIKE '%/video.mp4' FROM outcomes WHERE outcome = 'TooLarge'") == [(1,)]


def test_a_file_that_goes_while_it_is_read_is_a_problem(tmp_path: Path) -> None:
    """Its records were found, and then it was moved away: each is named, and the run goes on."""
    folder = opened(tmp_path / "files")
    first, second = (write(folder, path=f"/{number}") for number in (1, 2))
    folder.close()
    spider = ReplaySpider(warc=str(tmp_path / "files" / "*.warc.gz"))
    with an_archive(tmp_path / "archive.db") as archive, a_run(archive, raw_dir=tmp_path / "warc") as run:
        spider.run = run
        found = spider._of_files()
        assert next(found).captured.body == BODY
        (tmp_path / "files" / first.file).unlink()
        assert list(found) == []
        (problem,) = run.problems
        assert second.file in problem


def test_a_damaged_file_is_a_problem_and_the_others_are_read(crawled: Desk, tmp_path: Path) -> None:
    """Exit code 1, the file by name, and everything that could be read is in the archive."""
    (whole,) = crawled.warc.glob("*.warc.gz")
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.warc.gz").write_bytes(b"no WARC file")
    (files / "b.warc.gz").write_bytes(whole.read_bytes()[:-200])
    (files / "c.warc.gz").write_bytes(b"")
    desk, ended = replayed(crawled, tmp_path / "desk", files / "*.warc.gz")
    assert ended.code == 1
    assert "a.warc.gz" in ended.out
    assert "b.warc.gz" in ended.out
    assert "Traceback" not in ended.err
    assert desk.rows("SELECT taken_up = ended, taken_up >= 4 FROM runs") == [(1, 1)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["warc=/nowhere/*.warc.gz"], "warc: no file matches /nowhere/*.warc.gz"),
        (["since=yesterday"], "since: 'yesterday' is not a date such as 2026-11-01"),
        (["mode=backfill"], "mode: no such argument; there are warc, site, since"),
    ],
)
def test_what_cannot_be_replayed_is_named(crawled: Desk, arguments: list[str], says: str) -> None:
    """Exit code 2 and one sentence."""
    before = crawled.rows("SELECT count(*) FROM runs")
    ended = crawled.scrapy("crawl", "replay", *(x for a in arguments for x in ("-a", a)))
    assert (ended.code, ended.err) == (2, f"newscrawler: can't start\n{says}\n")
    assert crawled.rows("SELECT count(*) FROM runs") == before


@pytest.fixture
def copy(crawled: Desk, tmp_path: Path) -> Desk:
    """The crawled desk's archive and files, to do with as a test likes."""
    desk = Desk(tmp_path)
    for source in crawled.folder.rglob("*"):
        if source.is_file() and source.suffix != ".lock":
            target = tmp_path / source.relative_to(crawled.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return desk


def misread(desk: Desk) -> list[tuple[object, ...]]:
    """Make the archive look as if an older extractor had read article 2 wrongly; returns what is right."""
    right = desk.rows(WHAT)
    desk.execute("UPDATE articles SET title = 'عنوان خاطئ', section = 'قسم خاطئ' WHERE url LIKE '%/news/2'")
    return right


def test_reextract_corrects_in_place(copy: Desk) -> None:
    """What changes is our reading: no older state, no visit planned, and the expectations of a crawl don't count."""
    right = misread(copy)
    due = copy.rows("SELECT url, due_at, visits FROM frontier ORDER BY url")
    copy.execute("UPDATE articles SET first_seen_at = '2020-01-01T00:00:00Z'")  # crawled long ago
    ended = copy.scrapy("reextract")
    assert ended.code == 0, ended
    assert [row[:-1] for row in copy.rows(WHAT)] == [row[:-1] for row in right]
    assert copy.rows("SELECT count(*) FROM revisions") == [(0,)]
    assert copy.rows("SELECT url, due_at, visits FROM frontier ORDER BY url") == due
    assert copy.outcomes()["/news/2"] == ("Unchanged", "read again: section, title")
    assert copy.outcomes()["/news/1"] == ("Unchanged", "")


def test_a_paused_newspapers_pages_are_read_again_too(copy: Desk) -> None:
    """The status is about visits."""
    path = copy.folder / "seeds" / "sites" / "paper.toml"
    path.write_text('status = "paused"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert copy.scrapy("reextract").code == 0
    assert len(copy.outcomes()) == 6
    assert copy.crawl().code == 2  # no site is active


def test_a_dry_run_says_what_would_change_and_changes_nothing(copy: Desk) -> None:
    """Not a byte of the archive."""
    misread(copy)
    before = copy.rows(WHAT), copy.rows("SELECT count(*) FROM runs")
    ended = copy.scrapy("reextract", "--dry-run")
    assert ended.code == 0, ended
    assert (
        "Dry run, nothing was changed. 1 addresses would be:\n  Unchanged read again: section, title: http" in ended.out
    )
    assert (copy.rows(WHAT), copy.rows("SELECT count(*) FROM runs")) == before


def test_a_dry_run_that_cannot_start_says_only_that(copy: Desk) -> None:
    """No list of changes that nobody looked for."""
    ended = copy.scrapy("reextract", "--dry-run", "--site", "nobody")
    assert (ended.code, ended.out) == (2, "")
    assert "no seed file for nobody" in ended.err


def test_reextract_makes_outdated_signatures_anew(copy: Desk) -> None:
    """From the stored texts, before any page is read; the doctor names them, a dry run leaves them."""
    ((articles,),) = copy.rows("SELECT count(*) FROM articles")
    copy.execute("UPDATE signatures SET algorithm = 'minhash/0', signature = zeroblob(512)")
    copy.execute("DELETE FROM signatures WHERE article_id = 1")
    outdated = f"signatures of another algorithm: {articles - 1} minhash/0, 1 none at all"
    assert f"BAD {outdated}" in copy.scrapy("doctor").out
    assert f"{articles} signatures made anew" in copy.scrapy("reextract", "--dry-run", "--since", "20991231").out
    assert f"BAD {outdated}" in copy.scrapy("doctor").out
    assert f"{articles} signatures made anew" in copy.scrapy("reextract", "--since", "20991231").out
    assert "ok  signatures of another algorithm: none" in copy.scrapy("doctor").out
    assert "made anew" not in copy.scrapy("reextract", "--since", "20991231").out


def test_reextract_can_be_limited_to_days(copy: Desk) -> None:
    """Compact dates are dates too."""
    assert copy.scrapy("reextract", "--since", "20991231").code == 0
    assert copy.rows("SELECT taken_up FROM runs ORDER BY id DESC LIMIT 1") == [(0,)]


def test_missing_pages_are_named(copy: Desk) -> None:
    """A WARC file that was moved away is a problem, each record of it; the archive stays as it was."""
    right = copy.rows(WHAT)
    (file,) = copy.warc.glob("*.warc.gz")
    os.truncate(file, 700)
    ended = copy.scrapy("reextract")
    assert ended.code == 1
    assert f"{file.name}: no record at byte" in ended.out
    assert copy.rows(WHAT) == right


def test_without_an_archive_there_is_nothing_to_read_again(desk: Desk) -> None:
    """And none is made."""
    ended = desk.scrapy("reextract")
    assert ended.code == 2
    assert "there is no archive here" in ended.err
    assert not desk.archive.exists()
