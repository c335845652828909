"""Plots: the numbers and the picture say the same, time runs as the page does, and no name can break out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import etree
from sqlite_utils import Database

from browse.sample_archive import HOSTILE, Get, add_article, close, put
from newscrawler.browse.counts import as_counts, every_month
from newscrawler.browse.plots import Plot, outlet_days, tag_coverage
from newscrawler.browse.plots_bars import Bars
from newscrawler.browse.plots_drawing import DrawingProcess
from newscrawler.browse.plots_look import SIZES, Colour
from newscrawler.browse.words import say
from newscrawler.outcome import Outcome

SVG = "{http://www.w3.org/2000/svg}"


def _at(element: Any) -> float:
    """The x of an element that is moved into its place, as far as its parents move it."""
    x = 0.0
    for each in (element, *element.iterancestors()):
        if match := re.match(r"translate\(([-0-9.]+)", each.get("transform") or ""):
            x += float(match[1])
    return x


def _labels(svg: str) -> dict[str, float]:
    """Text → x of every label."""
    return {element.text: _at(element) for element in etree.fromstring(svg.encode()).iter(f"{SVG}text")}


def _outcomes(root: type[Outcome] = Outcome) -> Iterator[type[Outcome]]:
    for outcome in root.__subclasses__():
        yield outcome
        yield from _outcomes(outcome)


@pytest.mark.parametrize(("language", "newest_is_left"), [("ar", True), ("en", False)])
def test_time_runs_as_the_text_does(get: Get, language: str, newest_is_left: bool) -> None:
    """In an Arabic page the newest day is at the left end and the scale at the right; in an English one mirrored."""
    labels = _labels(get(f"/-/plot/outlet-days/sahil.svg?lang={language}").text)
    newest, older = ("23 تشرين الثاني", "13 تشرين الثاني") if language == "ar" else ("23 Nov", "13 Nov")
    assert (labels[newest] < labels[older]) is newest_is_left
    assert (labels["0"] < labels[older]) is not newest_is_left


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_is_as_large_as_the_page_was_told(get: Get, size: str) -> None:
    """The page keeps the place free, so a picture that differs would push the text about."""
    plot = outlet_days("sahil", as_counts([("2026-11-22", 1), ("2026-11-23", 1)]))
    assert plot is not None
    root = etree.fromstring(get(f"/-/plot/outlet-days/sahil.svg?size={size}").text.encode())
    assert (int(root.get("width")), int(root.get("height"))) == plot.sizes[size]


@pytest.mark.parametrize("path", ["outlets-days", "health-days", "outlet-days/sahil", "tag-coverage/1", "spread/1"])
def test_every_plot_is_drawn(get: Get, path: str) -> None:
    """Each is an SVG with something in it, under a policy that lets nothing run."""
    response = get(f"/-/plot/{path}.svg")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    root = etree.fromstring(response.text.encode())
    assert any(path.get("fill") in (Colour.BAR, Colour.ALARM) for path in root.iter(f"{SVG}path"))


def test_the_same_plot_is_not_sent_twice(archive: Database, tmp_path: Path) -> None:
    """A browser that has the picture is told so, until the numbers change; each language and size is its own."""
    datasette = Datasette([str(tmp_path / "archive.db")])

    def ask(path: str, tag: str = "") -> Any:
        return asyncio.run(datasette.client.get(path, headers={"if-none-match": tag}))

    path = "/-/plot/outlet-days/sahil.svg"
    tag = ask(path).headers["etag"]
    assert (ask(path, tag).status_code, ask(path, tag).text) == (304, "")
    assert ask(f"{path}?lang=en", tag).status_code == ask(f"{path}?size=narrow", tag).status_code == 200
    add_article(archive, 77, published_at="2026-11-23T10:00:00Z")
    assert ask(path, tag).status_code == 200
    close(datasette)


def test_numbers_and_table_are_those_of_the_picture(get: Get) -> None:
    """CSV, JSON and the table in the page give the same articles per day."""
    rows = list(csv.DictReader(io.StringIO(get("/-/plot/outlet-days/sahil.csv").text.removeprefix("\ufeff"))))
    found = {row["day"]: int(row["articles"]) for row in rows}
    assert found["2026-11-23"] == 1
    assert found["2026-11-22"] == 1
    assert sum(found.values()) == 2
    data = get("/-/plot/outlet-days/sahil.json").json()
    assert data["rows"] == [{"day": day, "articles": number} for day, number in found.items()]
    page = get("/-/outlet/sahil").text
    assert data["summary"] in page
    assert "2026-11-23" in page


def test_a_health_plot_counts_every_outcome(get: Get) -> None:
    """Its numbers are the ledger's, by day and outlet; the outlet with the greatest share of failures comes first."""
    rows = get("/-/plot/health-days.json").json()["rows"]
    assert [row for row in rows if row["day"] == "2026-11-22"] == [
        {"day": "2026-11-22", "site": site, "name": name, "name_en": None, "archived": archived, "rejected": rejected,
         "failed": failed}
        for site, name, archived, rejected, failed in (
            ("waha", "صحيفة الواحة", 0, 0, 1), ("sahil", "جريدة الساحل", 1, 2, 0)
        )
    ]  # fmt: skip
    assert len(rows) == 2 * 21
    assert sum(row["archived"] + row["rejected"] + row["failed"] for row in rows) == 4


def test_every_outcome_has_its_part_of_a_bar(get: Get, archive: Database) -> None:
    """Whatever an address ends in, it is counted once: in the archive, not for it, or failed."""
    names = sorted({outcome.__name__ for outcome in _outcomes()})
    for name in names:
        put(archive, "outcomes", {
                "run_id": 1, "url": f"https://sahil.example/{name}", "site": "sahil", "outcome": name,
                "at": "2026-11-22T23:05:00Z",
            }
        )  # fmt: skip
    rows = get("/-/plot/health-days.json").json()["rows"]
    assert sum(row["archived"] + row["rejected"] + row["failed"] for row in rows) == 4 + len(names)


@pytest.mark.parametrize(
    "path", ["outlet-days/none", "outlet-days", "tag-coverage/x", "tag-coverage/9", "spread/2", "no"]
)
def test_what_cannot_be_drawn_is_not_found(get: Get, path: str) -> None:
    """No outlet, no tag, an article that only one outlet has: no picture, no file, and no error."""
    for form in ("svg", "csv", "json"):
        assert get(f"/-/plot/{path}.{form}").status_code == 404


@pytest.mark.parametrize("page", ["/-/outlets", "/-/health", "/-/outlet/sahil", "/-/tag/1"])
def test_a_page_without_numbers_has_no_plot(tmp_path: Path, opened: Callable[..., Get], page: str) -> None:
    """An empty archive has pages, and no picture of nothing."""
    from newscrawler.archive.schema import migrations

    db = Database(tmp_path / "empty.db")
    migrations.apply(db)
    put(db, "sites", {
            "id": "sahil", "name": "جريدة الساحل", "country": "LB", "kind": "newspaper", "status": "active",
            "home": "https://sahil.example/", "timezone": "Asia/Beirut", "first_seen_at": "2026-11-01T00:00:00Z",
        }
    )  # fmt: skip
    put(db, "tags", {"id": 1, "kind": "place", "name": "المرفأ"})
    db.close()
    response = opened(tmp_path / "empty.db")(page)
    assert response.status_code == 200
    assert "<figure" not in response.text


def test_names_are_text_whatever_they_hold(get: Get, archive: Database) -> None:
    """An outlet called like a script becomes letters in the picture and in its description."""
    archive.execute("UPDATE sites SET name = ? WHERE id = 'sahil'", [HOSTILE])
    archive.conn.commit()
    svg = get("/-/plot/outlets-days.svg").text
    assert HOSTILE in next(text for text in _labels(svg) if "script" in text)
    assert {etree.QName(element).localname for element in etree.fromstring(svg.encode()).iter()} <= {
        "svg", "style", "rect", "path", "line", "text", "g", "defs", "clipPath",
    }  # fmt: skip
    assert "<script" not in svg
    assert "<script" not in get("/-/outlets").text


def test_many_outlets_share_a_lane(archive: Database, get: Get) -> None:
    """The most productive have lanes of their own, the others one together, and no article is lost."""
    for place in range(12):
        put(archive, "sites", {
                "id": f"s{place}", "name": f"صحيفة {place}", "country": "LB", "kind": "newspaper",
                "home": f"https://s{place}.example/", "timezone": "Asia/Beirut", "status": "active",
                "first_seen_at": "2026-11-01T00:00:00Z",
            }
        )  # fmt: skip
        for number in range(place + 1):
            url = f"https://s{place}.example/{number}"
            add_article(
                archive, 1000 + 50 * place + number, site=f"s{place}", url=url, published_at="2026-11-20T10:00:00Z"
            )
    labels = [text for text in _labels(get("/-/plot/outlets-days.svg").text) if "·" in text]
    assert labels[0] == "صحيفة 11 · 12"
    assert len(labels) == 9
    assert labels[-1].startswith("6 صحف أخرى")
    assert sum(int(label.rpartition("· ")[2]) for label in labels) == 78 + 4


def test_a_tag_over_years_is_counted_by_month(archive: Database, get: Get) -> None:
    """Days where it was in the news for weeks, months where for years; a month without it stands there as zero."""
    assert get("/-/plot/tag-coverage/1.json").json()["rows"][-1] == {"day": "2026-11-23", "articles": 1}
    add_article(archive, 88, published_at="2026-01-05T10:00:00Z")
    put(archive, "article_tags", {"article_id": 88, "tag_id": 1, "source": "lexicon", "confidence": 0.9})
    rows = get("/-/plot/tag-coverage/1.json").json()["rows"]
    assert (rows[0], rows[1], rows[-1]) == (
        {"month": "2026-01", "articles": 1},
        {"month": "2026-02", "articles": 0},
        {"month": "2026-11", "articles": 1},
    )


@pytest.mark.parametrize(("found", "expected"), [
    ({}, []),
    ({"2026-11": 1}, [("2026-11", 1)]),
    ({"2026-11": 1, "2027-01": 2}, [("2026-11", 1), ("2026-12", 0), ("2027-01", 2)]),
    ({"9999-11": 1, "9999-12": 2}, [("9999-11", 1), ("9999-12", 2)]),
])  # fmt: skip
def test_months_have_no_gaps(found: dict[str, int], expected: list[tuple[str, int]]) -> None:
    """A month of which nothing is known is a bar of no height, to the end of the calendar."""
    assert [(count.key, count.number) for count in every_month(found)] == expected


def test_nothing_to_count_is_no_plot() -> None:
    """Zero articles are no picture."""
    assert outlet_days("sahil", []) is None
    assert tag_coverage(1, as_counts([("2026-11", 0)])) is None


def test_without_the_library_a_page_says_it_in_words(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture is no error of the page: the description and the numbers are there, the picture's address says why."""
    broken = DrawingProcess(command=(sys.executable, "-c", "raise SystemExit(1)"))
    monkeypatch.setattr("newscrawler.browse.plots_drawing._process", broken)
    response = get("/-/plot/outlet-days/waha.svg?lang=en&size=narrow")
    assert response.status_code == 503
    assert "no picture" in response.text
    assert get("/-/outlet/waha").status_code == get("/-/plot/outlet-days/waha.csv").status_code == 200
    broken.close()


def test_a_plots_path_holds_any_key() -> None:
    """An outlet's id may hold a slash, a dot or Arabic; its plot's address doesn't break."""
    plot = Plot("outlet-days", "أ/b.svg", "", "", Bars([], []), [])
    assert re.fullmatch(r"/-/plot/outlet-days/[A-Za-z0-9~_\-]+", plot.path)


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0001-02-01T00:00:00Z", "0000-00-00"])
@pytest.mark.parametrize("others", [True, False])
def test_a_date_at_the_end_of_the_calendar_breaks_no_page(get: Get, archive: Database, at: str, others: bool) -> None:
    """An article whose day no newsroom's calendar has, as the newest, the oldest or the only one."""
    if not others:
        with archive.conn:
            archive.conn.execute("UPDATE articles SET published_at = NULL")
    add_article(archive, 66, published_at=at)
    put(archive, "article_tags", {"article_id": 66, "tag_id": 1, "source": "x", "confidence": 1.0})
    with archive.conn:
        archive.conn.execute("UPDATE sites SET last_crawled_at = ?", [at])
    for path in ("/", "/-/outlets", "/-/outlet/sahil", "/-/days", "/-/tag/1", "/-/article/66", "/-/cluster/66"):
        assert get(path).status_code == 200, path
    for path in ("/-/plot/outlets-days.svg", "/-/plot/outlet-days/sahil.json", "/-/plot/tag-coverage/1.csv"):
        assert get(path).status_code in (200, 404), path
    assert get("/").text.count(f'">{say("front.undated")}</h2>') == 1


def test_the_words_of_a_spread_agree_with_their_number(get: Get, archive: Database) -> None:
    """«بعد ساعتين», never «2 ساعة»: what a screen reader says of the picture is a sentence."""
    archive.execute("UPDATE copies SET published_at = '2026-11-23T00:30:00Z'")
    archive.conn.commit()
    page = get("/-/cluster/1").text
    assert "آخرها بعد ساعتين." in page
    assert "the last of them after 2 hours." in get("/-/cluster/1?lang=en").text


def test_the_months_of_an_outlets_plot_are_its_countrys(get: Get) -> None:
    """Picture, sentence and list call a month alike; a plot of many countries has the common name."""
    page = get("/-/outlet/sahil").text
    assert "23 تشرين الثاني 2026" in page.split('alt="')[1].split('"')[0]
    assert get("/-/plot/outlet-days/sahil.json").json()["summary"] in page
    days = as_counts([("2026-11-22", 1), ("2026-11-23", 1)])
    for country, month in (("LB", "23 تشرين الثاني"), ("TN", "23 نوفمبر"), (None, "23 نوفمبر")):
        plot = outlet_days("x", days, country=country)
        assert plot is not None
        labels = json.loads(plot.specification("wide"))["params"][0]["value"]
        assert month in labels.values(), labels
