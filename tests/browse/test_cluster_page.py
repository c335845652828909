"""The page of a cluster: who had it first, who credited whom, what each changed, how fast it went."""

from __future__ import annotations

import csv
import io

import pytest
from sqlite_utils import Database

from browse.sample_archive import Get, add_article, put
from newscrawler.browse import cluster_page
from newscrawler.browse.delays import delay_words

_TEXT = "أعلنت إدارة المرفأ صباح اليوم افتتاح الرصيف الجديد أمام السفن التجارية بعد ثلاث سنوات من العمل المتواصل."


@pytest.fixture
def wire(archive: Database) -> Database:
    """An agency's text, number 20: reprinted by two outlets, copied by one, and once without a date."""
    put(
        archive,
        "sites",
        {
            "id": "sana",
            "name": "وكالة سانا",
            "country": "SY",
            "kind": "agency",
            "home": "https://sana.example/",
            "timezone": "Asia/Damascus",
            "status": "active",
            "first_seen_at": "2026-11-01T00:00:00Z",
        },
    )
    near = {"text": f"{_TEXT}\n\nوأضافت أن سفينتين وصلتا.", "original_id": 20}
    add_article(
        archive, 20, site="sana", title="افتتاح الرصيف", text=_TEXT, published_at="2026-11-20T08:00:00Z", agency="سانا"
    )
    add_article(archive, 21, title="رصيف جديد في المرفأ", published_at="2026-11-20T10:12:00Z", agency="سانا", **near)
    add_article(archive, 22, site="waha", title="افتتاح الرصيف", state="withdrawn", **near)
    for number, (site, at, agency) in enumerate((("waha", "2026-11-20T08:30:00Z", "رويترز"), ("sahil", None, None))):
        put(
            archive,
            "copies",
            {
                "url": f"https://{site}.example/c{number}",
                "article_id": 20,
                "site": site,
                "title": "=افتتاح",
                "published_at": at,
                "seen_at": "2026-11-24T00:00:00Z",
                "agency": agency,
            },
        )
    return archive


def test_the_page_tells_who_had_it_first_and_how_it_spread(get: Get, wire: Database) -> None:
    """The outlet, the delays, the number of outlets, the speed."""
    html = get("/-/cluster/20").text
    for text in ("من نشره أولاً", "وكالة سانا", "بعد 30 دقيقة", "بعد ساعتين و12 دقيقة", "3 صحف", "صحف في الساعة"):
        assert text in html, text
    places = [html.index(name) for name in ('id="original"', "=افتتاح", "رصيف جديد في المرفأ")]
    assert places == sorted(places)


def test_the_page_tells_who_credited_whom(get: Get, wire: Database) -> None:
    """The agency's own page is linked; who names none is named."""
    html = get("/-/cluster/20").text
    part = html[html.index('id="credits"') : html.index('id="prints"')]
    for text in ("سانا", "https://sahil.example/a/20", "جريدة الساحل", "رويترز", "صحيفة الواحة", "بلا ذكر وكالة"):
        assert text in part, text


def test_the_page_tells_what_each_changed(get: Get, wire: Database) -> None:
    """Similarity, another headline, words; and that a page is gone."""
    html = get("/-/cluster/20").text
    for text in ("بعنوان آخر", "تشابه", "كلمات حُذفت أو أُضيفت", "/-/cluster/21/changes", "سُحب من موقعه"):
        assert text in html, text


def test_a_member_leads_to_its_cluster(get: Get, wire: Database) -> None:
    """Any article of the cluster names it; its own page links there."""
    assert get("/-/cluster/21.json").text == get("/-/cluster/20.json").text
    assert "/-/cluster/20" in get("/-/article/21").text


def test_the_changes_are_shown_word_by_word(get: Get, wire: Database) -> None:
    """What the outlet left out and put in."""
    html = get("/-/cluster/21/changes").text
    assert "<ins>" in html
    assert "وأضافت أن سفينتين وصلتا." in html
    assert "<del>" in html


def test_the_json_form_holds_every_appearance(get: Get, wire: Database) -> None:
    """In order, with what is known of each and nothing that isn't."""
    record = get("/-/cluster/22.json").json()
    assert (record["id"], record["outlets"], record["first"]["site"]) == (20, 3, "sana")
    assert [each["order"] for each in record["appearances"]] == [1, 2, 3, 4, 5]
    assert [each["kind"] for each in record["appearances"]] == ["original", "copy", "near", "near", "copy"]
    near = record["appearances"][2]
    assert (near["article_id"], near["headline_changed"], near["change"], near["delay_s"]) == (
        *(21, True, "headline", 7920),
    )
    undated = record["appearances"][-1]
    assert (undated["dated"], undated["delay_s"], undated["delay_days"]) == (False, None, None)
    assert record["credits"][0] == {"agency": "سانا", "sites": ["sahil"], "own": "https://sahil.example/a/20"}
    assert record["credits"][1] == {"agency": "رويترز", "sites": ["waha"], "own": None}
    assert record["hours"] == 2.2
    assert record["outlets_per_hour"] == pytest.approx(2 / 2.2)
    assert record["cut"] is False


def test_the_csv_form_opens_in_a_spreadsheet(get: Get, wire: Database) -> None:
    """A line for each appearance; what would run as a formula doesn't."""
    response = get("/-/cluster/20.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "newscrawler-cluster-20.csv" in response.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [line["site"] for line in lines] == ["sana", "waha", "sahil", "waha", "sahil"]
    assert lines[1]["title"] == "'=افتتاح"
    assert response.text.startswith("\ufeff")


def test_who_prints_whose_text_counts_pairs_of_outlets(get: Get, wire: Database) -> None:
    """Near copies and copies, from the outlet of the original to the others; `since` narrows."""
    rows = get("/archive/who-prints-whose-text.json?_shape=array").json()
    found = {(row["first"], row["then"]): (row["near_copies"], row["copies"], row["credited"]) for row in rows}
    assert found == {("sana", "sahil"): (1, 1, 1), ("sana", "waha"): (1, 1, 1), ("sahil", "waha"): (1, 1, 0)}
    later = get("/archive/who-prints-whose-text.json?_shape=array&since=2026-11-21").json()
    assert {row["first"] for row in later} == {"sahil"}


def test_an_article_alone_has_a_page(get: Get, archive: Database) -> None:
    """It says so, and has no speed."""
    add_article(archive, 30, published_at="2026-11-20T08:00:00Z")
    html = get("/-/cluster/30").text
    assert "لم يُعثر على هذا النص في غير هذا العنوان" in html
    assert "صحيفة في الساعة" not in html


def test_the_page_speaks_english(get: Get, wire: Database) -> None:
    """For whoever asks for it."""
    html = get("/-/cluster/20?lang=en").text
    assert "Who had it first" in html
    assert "after 2 hours, 12 minutes" in html


def test_a_page_that_can_t_show_everything_says_so(get: Get, wire: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of copies are cut, and the reader learns of it."""
    assert "النسخ أكثر مما تعرضه الصفحة" not in get("/-/cluster/20").text
    monkeypatch.setattr(cluster_page, "LIMIT", 1)
    assert "النسخ أكثر مما تعرضه الصفحة" in get("/-/cluster/20").text


@pytest.mark.parametrize(
    "path",
    ["/-/cluster/99", "/-/cluster/99.json", "/-/cluster/99.csv", "/-/cluster/99/changes", "/-/cluster/20/changes"],
)
def test_what_is_not_there_is_a_404(get: Get, wire: Database, path: str) -> None:
    """No article, no cluster; an original has changed nothing in itself."""
    assert get(path).status_code == 404


def test_a_cluster_whose_original_is_missing_is_no_page(get: Get, archive: Database) -> None:
    """A damaged archive is for the doctor; readers get a 404, not an error."""
    add_article(archive, 40, original_id=999)
    assert get("/-/cluster/40").status_code == 404


@pytest.mark.parametrize(
    ("seconds", "days", "words"),
    [
        (0, 0, "في الدقيقة نفسها"),
        (59, None, "في الدقيقة نفسها"),
        (60, None, "بعد دقيقة"),
        (3600, None, "بعد ساعة"),
        (3 * 3600 + 120, None, "بعد 3 ساعات ودقيقتين"),
        (86400 * 2 + 60, None, "بعد يومين"),
        (86400 * 11 + 3600 * 5, None, "بعد 11 يوماً و5 ساعات"),
        (None, 0, "في اليوم نفسه"),
        (None, 2, "بعد يومين"),
        (None, None, ""),
    ],
)
def test_a_delay_in_words(seconds: float | None, days: int | None, words: str) -> None:
    """The two largest units; days where the clock isn't known; nothing where nothing is."""
    assert delay_words(seconds, days) == words
