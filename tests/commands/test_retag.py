"""`scrapy retag` and `scrapy tags train`: an archive follows its lists."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.archive.holdings import articles
from newscrawler.archive.lock import Lock
from newscrawler.commands.retag import BATCH
from support.archives import NOW, an_archive, an_article
from support.commands import Desk

pytestmark = pytest.mark.slow

LISTS = """
kind = "place"
[[entry]]
name = "القاهرة"
name_en = "Cairo"
country = "EG"
[[entry]]
name = "بيروت"
"""


@pytest.fixture
def tagged(tmp_path: Path) -> Desk:
    """An archive of three articles that were never tagged, and lists of two places."""
    desk = Desk(tmp_path)
    _lists(desk, LISTS)
    _archive(desk, ["إلى القاهرة", "من بيروت إلى القاهرة", "لا مكان"])
    return desk


def _lists(desk: Desk, toml: str) -> None:
    folder = desk.folder / "seeds" / "tags"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places.toml").write_text(toml, encoding="utf-8")


def _archive(desk: Desk, texts: list[str], *, section: str | None = None) -> None:
    with an_archive(desk.archive) as archive, archive.transaction() as conn:
        for number, text in enumerate(texts):
            site = "alpha" if number != 1 else "beta"
            article = an_article(
                number, site=site, paragraphs=(f"{text}.",), title="عنوان", section=section,
                published_at=NOW - timedelta(days=number), content_hash=str(number),
            )  # fmt: skip
            articles.store(conn, article, search_text="")


def _tags(desk: Desk) -> list[tuple[int, str]]:
    return desk.rows("SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id ORDER BY 1, 2")


def test_what_was_never_tagged_is_tagged(tagged: Desk) -> None:
    """With source, confidence, English name and country; the second time nothing is left to do."""
    ended = tagged.scrapy("retag")
    assert (ended.code, ended.err) == (0, "")
    assert _tags(tagged) == [(1, "القاهرة"), (2, "القاهرة"), (2, "بيروت")]
    assert tagged.rows("SELECT name_en, country FROM tags WHERE name = 'القاهرة'") == [("Cairo", "EG")]
    assert "3 articles tagged anew, 2 with other tags; 0 tags without articles removed." in ended.out
    assert "2 place القاهرة" in ended.out
    assert "0 articles tagged anew" in tagged.scrapy("retag").out


def test_a_rename_and_a_merge_take_effect(tagged: Desk) -> None:
    """The old tag goes from every article, and from the archive when none has it any more."""
    tagged.scrapy("retag")
    _lists(tagged, 'kind = "place"\n[[entry]]\nname = "مدينتان"\nalias = ["القاهرة", "بيروت"]')
    ended = tagged.scrapy("retag")
    assert _tags(tagged) == [(1, "مدينتان"), (2, "مدينتان")]
    assert tagged.rows("SELECT name FROM tags") == [("مدينتان",)]
    assert "2 tags without articles removed" in ended.out
    assert "gone: 3 on articles, 2 names" in ended.out


def test_a_dry_run_changes_nothing(tagged: Desk) -> None:
    """It says what would."""
    ended = tagged.scrapy("retag", "--dry-run")
    assert ended.code == 0
    assert "3 articles would be tagged anew, 2 with other tags." in ended.out
    assert _tags(tagged) == []
    assert tagged.rows("SELECT DISTINCT tagged_with FROM articles") == [(None,)]


def test_site_and_since_choose(tagged: Desk) -> None:
    """The others stay as they were, and are found by the next run."""
    assert "1 article tagged anew" in tagged.scrapy("retag", "--site", "beta").out
    assert _tags(tagged) == [(2, "القاهرة"), (2, "بيروت")]
    assert "1 article tagged anew" in tagged.scrapy("retag", "--since", NOW.date().isoformat()).out
    assert "1 article tagged anew" in tagged.scrapy("retag").out


def test_another_limit_is_another_version(tagged: Desk) -> None:
    """What a setting decides is redone when the setting changes."""
    tagged.scrapy("retag")
    ended = tagged.scrapy("retag", NEWS_TAG_CONFIDENCE_MIN=0.9)
    assert "3 articles tagged anew" in ended.out
    assert _tags(tagged) == []


@pytest.mark.parametrize(
    ("words", "settings", "code", "message"),
    [
        (("retag", "--since", "gestern"), {}, 2, "use YYYY-MM-DD"),
        (("retag", "alles"), {}, 2, "alles: not understood"),
        (("retag",), {"NEWS_ARCHIVE": "nowhere.db"}, 2, "there is no archive here"),
        (("retag",), {"NEWS_TAG_CONFIDENCE_MIN": "often"}, 2, "NEWS_TAG_CONFIDENCE_MIN"),
        (("tags",), {}, 2, "use: scrapy tags train"),
        (("tags", "train"), {}, 2, "0 articles of 0 topics"),
    ],
)
def test_what_cannot_be_done_is_said(
    tagged: Desk, words: tuple[str, ...], settings: dict[str, str], code: int, message: str
) -> None:
    """In a sentence, with the exit code of the other commands."""
    ended = tagged.scrapy(*words, **settings)
    assert ended.code == code
    assert message in ended.err
    assert "Traceback" not in ended.err


def test_broken_lists_and_models_are_named(tagged: Desk) -> None:
    """And the archive is left as it was."""
    (tagged.folder / "topics.json").write_text("{}")
    ended = tagged.scrapy("retag", NEWS_TOPIC_MODEL=tagged.folder / "topics.json")
    assert (ended.code, "no usable topic model" in ended.err) == (2, True)
    _lists(tagged, "kind =")
    for words in (("retag",), ("tags", "train")):
        ended = tagged.scrapy(*words)
        assert (ended.code, "places.toml" in ended.err) == (2, True)
    assert _tags(tagged) == []


def test_a_crawl_in_the_same_archive_is_not_disturbed(tagged: Desk) -> None:
    """One writer at a time: exit code 3."""
    lock = Lock(tagged.archive, started_at=NOW)
    try:
        assert tagged.scrapy("retag").code == 3
    finally:
        lock.release()
    assert _tags(tagged) == []


def test_a_killed_retag_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Whole batches are done or not done; the next one does the rest and nothing twice."""
    desk = Desk(tmp_path)
    _lists(desk, LISTS)
    count = BATCH * 8
    _archive(desk, ["إلى القاهرة " + "ومن ثم إلى مكان آخر بعيد " * 60] * count)
    started = desk.start("retag")
    deadline = time.monotonic() + 60
    done = 0
    while not done and started.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
        done = desk.rows("SELECT count(*) FROM articles WHERE tagged_with IS NOT NULL")[0][0]
    os.killpg(started.pid, signal.SIGKILL)
    started.communicate()
    done = desk.rows("SELECT count(*) FROM articles WHERE tagged_with IS NOT NULL")[0][0]
    assert done % BATCH == 0
    assert desk.rows("SELECT count(*) FROM article_tags") == [(done,)]
    ended = desk.scrapy("retag")
    assert f"{count - done} articles tagged anew" in ended.out
    assert desk.rows("SELECT count(*) FROM article_tags") == [(count,)]


def test_a_trained_model_gives_topics_where_no_section_does(tmp_path: Path) -> None:
    """Train, look at the report, retag; the articles with a section keep its topic."""
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")
    desk = Desk(tmp_path)
    folder = desk.folder / "seeds" / "tags"
    folder.mkdir(parents=True)
    (folder / "topics.toml").write_text(
        'kind = "topic"\n[[entry]]\nname = "رياضة"\n[[entry]]\nname = "اقتصاد"', encoding="utf-8"
    )
    words = {"رياضة": "مباراة هدف لاعب مدرب ملعب", "اقتصاد": "دينار بنك سوق سعر ميزانية"}
    with an_archive(desk.archive) as archive, archive.transaction() as conn:
        for number in range(401):
            section = ("رياضة", "اقتصاد")[number % 2]
            article = an_article(
                number, paragraphs=(f"{words[section]} رقم {number}.",), section=section if number < 400 else "ملحق"
            )
            articles.store(conn, article, search_text="")
    model = desk.folder / "topics.json"
    dry = desk.scrapy("tags", "train", "--dry-run", NEWS_TOPIC_MODEL=model)
    assert (dry.code, model.exists()) == (0, False)
    ended = desk.scrapy("tags", "train", NEWS_TOPIC_MODEL=model)
    assert (ended.code, ended.err) == (0, "")
    assert "the topic was right in" in ended.out
    assert model.exists()
    assert desk.scrapy("retag", NEWS_TOPIC_MODEL=model).code == 0
    sources = desk.rows("SELECT source, count(*) FROM article_tags GROUP BY source ORDER BY source")
    assert sources == [("model", 1), ("section", 400)]
