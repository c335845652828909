"""The front page, the article's page in its three forms, and the comparison of states."""

from __future__ import annotations

import json
import re

import pytest
from sqlite_utils import Database

from browse.sample_archive import Get, add_article, put
from newscrawler.article import as_document
from newscrawler.browse.words import say


def test_the_front_page_groups_originals_by_the_newsrooms_day(get: Get) -> None:
    """22:30 UTC is the next day in Beirut; near copies are left to their originals; undated ones come last."""
    html = get("/").text.split("<h1>")[1]
    places = [
        html.index(text)
        for text in (
            "الاثنين 23 نوفمبر 2026",
            "افتتاح الرصيف الجديد في المرفأ",
            "الأحد 22 نوفمبر 2026",
            "كتب مدرسية إلى القرى",
            "السبت 21 نوفمبر 2026",
            "فوز في الدقيقة الأخيرة",
            "بلا تاريخ معروف",
            "مقال بلا تاريخ",
        )
    ]
    assert places == sorted(places)
    assert "الرصيف الجديد يستقبل السفن" not in html
    assert "نُسخ مرتين" in html
    assert ">00:30</time>" in html  # the day stands above


def test_the_front_page_offers_outlets_and_sections(get: Get) -> None:
    """Outlets with their number of articles, sections as links into the search page."""
    html = get("/").text
    assert 'href="/-/outlet/waha"' in html
    assert "/-/search?section=%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9" in html
    assert 'href="/-/day/2026-11-23"' in html
    for door in ("/-/outlets", "/-/tags", "/-/days", "/-/health", "/-/why", "/-/feed/all.atom", "/archive#queries"):
        assert f'href="{door}"' in html


def test_the_front_page_says_what_the_archive_holds(get: Get) -> None:
    """Numbers in words, and since when it collects."""
    html = get("/").text
    for text in ("5 مقالات", "صحيفتان", "نسختان", "تعديل واحد", "يُجمع منذ", "الأحد 22 نوفمبر 2026، 23:00"):
        assert text in html
    assert "مسحوب" not in html.split('<p class="tally">')[1].split("</p>")[0]  # the one that was gone is back


def test_the_front_page_has_a_shelf_for_each_topic(get: Get, archive: Database) -> None:
    """The topics of the newest originals, most frequent first, at most three articles each; other tags have none."""
    put(archive, "tags", {"id": 7, "kind": "topic", "name": "ملاحة"})
    for article in (1, 2, 3, 5):
        put(archive, "article_tags", {"article_id": article, "tag_id": 7, "source": "section", "confidence": 1.0})
    shelf = get("/").text.split('id="topics"')[1].split("</section>")[0]
    assert 'href="/-/tag/7"' in shelf
    assert re.findall(r'href="/-/article/(\d+)"', shelf) == ["1", "2", "3"]  # 5 has no date
    assert "المرفأ</bdi></a></h3>" not in shelf


def test_an_empty_archive_has_a_front_page(get: Get, archive: Database) -> None:
    """Before the first crawl there is a page that says so."""
    for table in ("article_tags", "related", "revisions", "copies", "frontier", "outcomes", "articles"):
        archive.execute(f"DELETE FROM {table}")
    archive.conn.commit()
    response = get("/")
    assert response.status_code == 200
    assert "الأرشيف خالٍ" in response.text


def test_the_article_page_shows_what_was_published(get: Get) -> None:
    """Headline, section, standfirst, byline, agency, paragraphs, tags."""
    html = get("/-/article/1").text
    for text in (
        "افتتاح الرصيف الجديد في المرفأ",
        "اقتصاد",
        "أربع سفن في وقت واحد",
        "سلمى ناصر",
        "سانا",
        "المرفأ</bdi>",
    ):
        assert text in html
    assert html.count('<p dir="auto">') >= 3
    assert 'href="/-/tag/1"' in html
    assert 'href="/-/outlet/sahil"' in html


def test_times_are_the_newsrooms_with_its_month_names(get: Get) -> None:
    """Beirut's clock and the Levantine month; Tunis' clock and the Maghreb's."""
    assert "الاثنين 23 تشرين الثاني 2026، 00:30" in get("/-/article/1").text
    assert "بتوقيت بيروت" in get("/-/article/1").text
    assert "السبت 21 نوفمبر 2026، 21:15" in get("/-/article/3").text


def test_an_unread_date_is_shown_as_printed(get: Get) -> None:
    """Right or absent: what stood in the page is quoted, nothing is guessed."""
    html = get("/-/article/5").text
    assert "تاريخ لم يُقرأ" in html
    assert "قبل قليل" in html


def test_provenance_shows_winner_and_losers(get: Get) -> None:
    """Where each field was read, and what another place in the page said."""
    html = get("/-/article/1").text
    assert "og:title" in html
    assert "افتتاح الرصيف | الساحل" in html


def test_the_article_page_knows_its_surroundings(get: Get) -> None:
    """Copies, near copies with the way back, related articles, older states, the capture."""
    html = get("/-/article/1").text
    for text in ("https://waha.example/copy", "/-/article/4", "/-/article/2", "/-/article/1/revisions/1"):
        assert text in html
    for text in ("2026/news-000.warc.gz", "4711", "ab" * 32, "2026-11-22T23:01:02Z"):
        assert text in html
    assert 'href="/-/article/1"' in get("/-/article/4").text
    assert 'href="/-/article/1"' in get("/-/article/2").text  # related, stored the other way round


def test_a_withdrawn_article_says_so(get: Get, archive: Database) -> None:
    """The outlet took it back; the archive keeps it and says so."""
    add_article(archive, 9, state="withdrawn", published_at="2026-11-23T01:00:00Z")
    assert "سُحب هذا المقال" in get("/-/article/9").text
    assert "سُحب من موقعه" in get("/").text


def test_an_article_whose_page_shows_a_part_says_so(get: Get, archive: Database) -> None:
    """The room shows all of it; whoever follows the link to the newspaper will not find that."""
    note = say("article.shortened")
    assert note not in get("/-/article/1").text
    archive.execute(
        "UPDATE frontier SET outcome = 'Shortened', article_id = 1, ended_at = '2026-11-22T08:00:00Z'"
        " WHERE id = (SELECT min(id) FROM frontier)"
    )
    archive.conn.commit()
    assert note in get("/-/article/1").text


def test_edits_are_told_with_kind_and_size(get: Get, archive: Database) -> None:
    """What was done, when, how many words; one that nobody judged is an edit all the same."""
    html = get("/-/article/1").text
    assert "تصحيح، <time" in html
    assert "4 كلمات حُذفت أو أُضيفت" in html
    assert "قرب افتتاح الرصيف في المرفأ" in html
    assert "تصحيح: 4 كلمات حُذفت أو أُضيفت" in get("/-/article/1/revisions/1").text
    archive.execute("UPDATE revisions SET kind = NULL, words_changed = NULL, replaced_at = NULL")
    archive.conn.commit()
    html = get("/-/article/1").text
    assert ">تعديل</a>" in html
    assert "حُذفت أو أُضيفت" not in html
    assert get("/-/article/1/revisions/1").status_code == 200


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "علامات فقط"),
        (1, "كلمة واحدة"),
        (2, "كلمتان"),
        (7, "7 كلمات"),
        (30, "30 كلمة"),
        (103, "103 كلمات"),
        (1200, "1,200 كلمة"),
    ],
)
def test_numbers_of_words_agree_with_their_noun(get: Get, archive: Database, number: int, words: str) -> None:
    """As Arabic counts."""
    archive.execute("UPDATE revisions SET words_changed = ?", [number])
    archive.conn.commit()
    assert words in get("/-/article/1").text


def test_absences_are_told_with_reason_and_evidence(get: Get, archive: Database) -> None:
    """Since when, why, by which answer of the server, and until when; on the page and in the record."""
    html = get("/-/article/3").text
    assert "أجاب الخادم بأن الصفحة غير موجودة" in html
    assert "الأحد 22 نوفمبر 2026، 09:00" in html
    assert "عاد، ولوحظ ذلك" in html
    assert 'href="/archive/captures/1"' in html
    (absence,) = get("/-/article/3.json").json()["withdrawals"]
    assert (absence["reason"], absence["returned_at"], absence["capture_id"]) == (
        "not-found",
        "2026-11-22T20:00:00Z",
        1,
    )
    assert "why" not in absence
    archive.execute("UPDATE withdrawals SET returned_at = NULL, capture_id = NULL, reason = 'emptied', detail = ''")
    archive.execute("UPDATE articles SET state = 'withdrawn' WHERE id = 3")
    archive.conn.commit()
    html = get("/-/article/3").text
    assert "لم يعد حتى آخر زيارة" in html
    assert "سُحب هذا المقال من موقعه بعد أرشفته: بقيت الصفحة بلا نص المقال" in html
    assert "الدليل" not in html


def test_the_text_form_is_the_document(get: Get, archive: Database) -> None:
    """Section, headline, standfirst, paragraphs: byte for byte what the export writes."""
    row = archive.table("articles").get(1)
    expected = as_document(row["section"], row["title"], row["standfirst"], row["text"])
    response = get("/-/article/1.txt")
    assert response.content == expected.encode("utf-8")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_json_form_holds_the_whole_record(get: Get) -> None:
    """Arrays are arrays, Arabic is Arabic, the index's text stays out."""
    response = get("/-/article/1.json")
    record = response.json()
    assert "افتتاح" in response.text
    assert record["authors"] == ["سلمى ناصر"]
    assert record["provenance"]["disagreements"]["title"] == {"og:title": "افتتاح الرصيف | الساحل"}
    assert record["copies"][0]["url"] == "https://waha.example/copy"
    assert [near["id"] for near in record["near_copies"]] == [4]
    assert record["capture"]["offset"] == 4711
    assert record["outlet"]["timezone"] == "Asia/Beirut"
    assert "search_text" not in record


def test_a_revision_is_compared_with_what_followed(get: Get) -> None:
    """Words that went and words that came, the rest as it was."""
    html = get("/-/article/1/revisions/1").text
    assert "<del>أربع</del>&zwnj;<ins>ثلاث</ins>" in html
    assert "<del>قرب </del>" in html
    assert "ومن المتوقع أن تصل أول سفينة" in html


@pytest.mark.parametrize(
    "path",
    [
        "/-/article/99",
        "/-/article/99.txt",
        "/-/article/99.json",
        "/-/article/1/revisions/9",
        "/-/article/2/revisions/1",
        "/-/article/999999999999999999",
        "/-/article/none",
        "/-/search?archive=none",
    ],
)
def test_what_is_not_there_is_a_404(get: Get, path: str) -> None:
    """Unknown articles, states of another article and unknown archives are missing, not errors."""
    assert get(path).status_code == 404


def test_broken_stored_json_does_not_break_the_page(get: Get, archive: Database) -> None:
    """Authors, keywords and provenance of an unexpected shape are left out."""
    add_article(
        archive,
        9,
        authors='{"a": 1}',
        keywords='[1, null, "كلمة"]',
        provenance=json.dumps({"title": 3, "disagreements": ["x"]}),
        published_at="أمس",
    )
    html = get("/-/article/9").text
    assert "كلمة" in html
    assert "أمس" in html
    assert get("/-/article/9.json").status_code == 200
    assert get("/").status_code == 200


def test_the_row_page_leads_to_the_article_page(get: Get) -> None:
    """Datasette's own pages of an article link to the page for readers."""
    assert 'href="/-/article/1">اقرأ المقال' in get("/archive/articles/1").text
    assert 'href="/-/article/1">افتتاح الرصيف' in get("/archive/articles").text
    assert 'href="/-/article/1">' in get("/archive/revised-articles").text


def test_pages_know_a_base_url(archive: Database, tmp_path: object, opened: object) -> None:
    """Behind a prefix every link of our pages carries it."""
    get = opened(f"{tmp_path}/archive.db", settings={"base_url": "/press/"})  # type: ignore[operator]
    html = get("/").text
    assert 'href="/press/-/article/1"' in html
    assert 'action="/press/-/search"' in html
    assert 'href="/-/' not in html


@pytest.mark.parametrize(
    ("stored", "told"),
    [('[{"name": "طرابلس", "kind": "place"}]', [{"name": "طرابلس", "kind": "place"}]), ('{"a": 1}', []), ('["x"]', [])],
)
def test_no_json_stands_inside_the_json(get: Get, archive: Database, stored: str, told: list[dict[str, str]]) -> None:
    """Every column that holds JSON is decoded: a program reads the record once."""
    add_article(archive, 66, mentions=stored)
    record = get("/-/article/66.json").json()
    assert record["mentions"] == told
    texts = [value for value in record.values() if isinstance(value, str)]
    assert not [text for text in texts if text.startswith(("[", "{"))]
