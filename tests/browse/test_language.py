"""Arabic by default, English for whoever asks; every word in both; what was published stays Arabic."""

from __future__ import annotations

import asyncio
import re
import string
from collections.abc import Callable
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from babel import Locale
from datasette.app import Datasette
from sqlite_utils import Database

from browse.sample_archive import Get, close
from newscrawler.browse import words
from newscrawler.browse.descriptions import COLUMNS, TABLES
from newscrawler.browse.descriptions_en import COLUMNS_EN, TABLES_EN
from newscrawler.browse.language import COOKIE, Visit
from newscrawler.browse.outcome_names import MEANINGS, MEANINGS_EN
from newscrawler.browse.words import named, phrases, say
from newscrawler.health.verdicts import VERDICTS
from newscrawler.outcome import all_outcomes
from newscrawler.site import Site, Source

PAGES = (
    "/", "/-/search", "/-/search?q=المرفأ", "/-/article/1", "/-/article/1/revisions/1", "/-/article/99", "/-/outlets",
    "/-/outlet/sahil", "/-/tags", "/-/tags/place", "/-/tag/1", "/-/days", "/-/days/2026-11", "/-/day/2026-11-23",
    "/-/health", "/-/health/run/1", "/-/why", "/-/why?url=https://sahil.example/fa", "/-/cluster/1", "/archive",
    "/archive/articles", "/archive/articles/1", "/archive/most-copied", "/archive?sql=select+1", "/archive/nothing",
)  # fmt: skip
_ROOM = Path(str(files("newscrawler.browse")))
_ARABIC = re.compile("[\u0621-\u064a]{2}")


def _places(phrase: Any) -> set[str]:
    texts = phrase.values() if isinstance(phrase, dict) else [phrase]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    """Whoever adds a word adds it twice."""
    assert phrases("ar").keys() == phrases("en").keys()
    assert MEANINGS.keys() == MEANINGS_EN.keys()
    assert TABLES.keys() == TABLES_EN.keys()
    assert {table: names.keys() for table, names in COLUMNS.items()} == {
        table: names.keys() for table, names in COLUMNS_EN.items()
    }


@pytest.mark.parametrize("key", sorted(phrases("ar")))
def test_a_phrase_says_the_same_in_both(key: str) -> None:
    """The same places, plural forms in both or neither, each form that the language has; no letters of the other."""
    arabic, english = phrases("ar")[key], phrases("en")[key]
    assert isinstance(arabic, dict) == isinstance(english, dict)
    assert _places(arabic) | {"n"} == _places(english) | {"n"}
    for language, phrase in (("ar", arabic), ("en", english)):
        if isinstance(phrase, dict):
            assert phrase.keys() | {"zero"} == {*Locale(language).plural_form.tags, "other", "zero"}
    if key not in ("room.other_language", "search.help"):  # its own name; examples of what to type
        texts = english.values() if isinstance(english, dict) else [english]
        assert not any(_ARABIC.search(text) for text in texts)


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    """No template asks for a key that isn't there, and none is left behind when a page changes."""
    sources = [path.read_text(encoding="utf-8") for path in [*_ROOM.rglob("*.html"), *_ROOM.glob("*.py")]]
    text = "\n".join(sources)
    said = set(re.findall(r"""say\(\s*["']([a-z_-]+\.[A-Za-z_-]*[A-Za-z])["']""", text))
    assert said <= phrases("ar").keys()
    sections = set(re.findall(r"""named\(\s*["']([a-z_]+)["']""", text))
    begun = tuple(re.findall(r"""say\(\s*f?["']([a-z_]+\.(?:[a-z]+_)?)(?:["'] ~|["'] \+|\{)""", text))
    whole = {key for key in phrases("ar") if key.partition(".")[0] in sections or key.startswith(begun)}
    quoted = {key for key in phrases("ar") if f'"{key}"' in text or f"'{key}'" in text}
    assert phrases("ar").keys() <= said | whole | quoted


def test_arabic_counts_in_six_ways() -> None:
    """None, one, two, three to ten, eleven to ninety-nine, hundreds."""
    counted = [say("front.articles", n=n) for n in (0, 1, 2, 3, 11, 100, 100_000)]
    assert counted == ["لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالاً", "100 مقال", "100,000 مقال"]


def test_what_has_no_word_is_named_as_it_is() -> None:
    """A kind or an outcome of another version is shown, not hidden; plurals are no names."""
    assert named("outcome", "FromTheFuture") == "FromTheFuture"
    assert named("tag_kind", None) == ""
    assert named("front", "articles") == "articles"


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_arabic_until_english_is_asked_for(get: Get, path: str) -> None:
    """Language and direction of the whole page, the header that says so, and a link to the other language."""
    arabic = get(path)
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert arabic.headers["content-language"] == "ar"
    assert "set-cookie" not in arabic.headers
    english = get(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert english.status_code == arabic.status_code
    assert '<html lang="en" dir="ltr">' in english.text
    assert english.headers["content-language"] == "en"
    assert "lang=ar" in english.text


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_says_nothing_in_arabic(get: Get, path: str) -> None:
    """What is left of Arabic letters on it is marked as Arabic, an isolated name, or a field that was filled in."""
    html = get(f"{path}{'&' if '?' in path else '?'}lang=en").text
    for pattern in (
        r"<head>.*?</head>",
        r"<article.*?</article>",
        r'<section class="about cite".*?</section>',
        r'<(\w+)[^>]* lang="ar".*?</\1>',
        r"<bdi.*?</bdi>",
        r"<(td|dd)\b.*?</\1>",
        r"<textarea.*?</textarea>",
        r"<[^>]*>",
    ):
        html = re.sub(pattern, " ", html, flags=re.DOTALL)
    assert not _ARABIC.search(html), _ARABIC.search(html)


def _with_cookie(path: Path, address: str, cookie: str) -> Any:
    datasette = Datasette([str(path)])
    try:
        return asyncio.run(datasette.client.get(address, headers={"cookie": cookie}))
    finally:
        close(datasette)


def test_the_choice_is_remembered(archive: Database, tmp_path: Path, get: Get) -> None:
    """A cookie without a script: for this site only, unreadable to scripts; the address wins over it."""
    cookie = get("/?lang=en").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=en; Path=/; ")
    assert {"SameSite=Lax", "HttpOnly"} <= set(cookie.split("; "))
    file = tmp_path / "archive.db"
    answer = _with_cookie(file, "/-/article/1", f"other=1; {COOKIE}=en")
    assert '<html lang="en"' in answer.text
    assert "Cookie" in answer.headers["vary"]
    assert '<html lang="ar"' in _with_cookie(file, "/?lang=ar", f"{COOKIE}=en").text
    for odd in (f"{COOKIE}=<script>", f"{COOKIE}=", "=;=;;", f"{COOKIE}={'x' * 4000}"):
        assert '<html lang="ar"' in _with_cookie(file, "/", odd).text


@pytest.mark.parametrize("value", ["fr", "", "EN", "en'><script>", "ar&lang=fr"])
def test_other_languages_are_not_spoken(get: Get, value: str) -> None:
    """Whatever else is asked for, the page is Arabic."""
    assert '<html lang="ar" dir="rtl">' in get(f"/?lang={value}").text


def test_what_was_published_stays_arabic(get: Get) -> None:
    """The text of the newspaper is marked as Arabic and set from the right on an English page."""
    html = get("/-/article/1?lang=en").text
    assert '<article class="story" lang="ar" dir="rtl">' in html
    assert "Monday 23 November 2026, 00:30" in html
    assert "Beirut time" in html
    assert "13 Jumada al-Akhirah 1448 AH" in html


def test_files_and_data_speak_no_language(get: Get) -> None:
    """Downloads and feeds are the same for everybody, and set no cookie."""
    for path in ("/-/article/1.txt", "/-/article/1.json", "/-/feed/all.atom", "/archive/articles.json?_size=1"):
        answer = get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert "content-language" not in answer.headers


def test_the_language_is_no_filter_on_a_table(get: Get) -> None:
    """`?lang=en` on a table is taken as the language; SQL may still have a parameter of that name."""
    html = get("/archive/articles?lang=en&site=waha").text
    assert "3 rows" in html
    assert "lang=en" not in html.split("<main")[1]
    assert '"x"' in get("/archive.json?sql=select+:lang+as+l&lang=x&_shape=arrays").text


def test_switching_keeps_the_page_and_its_parameters() -> None:
    """The other language shows the same thing; no path can make the link lead to another host."""
    here = Visit("ar", chosen=False, path="/-/search", query=(("q", "أ&b"), ("q", "c")))
    assert here.switched("en") == "/-/search?q=%D8%A3%26b&q=c&lang=en"
    assert Visit(path="/archive/articles").switched("en") == "/archive/articles?_lang=en"


def test_no_link_of_a_page_leads_to_a_host_of_the_visitors_choice(get: Get) -> None:
    """`//host/` in the address line stays a path."""
    html = get("//evil.example/-/x").text
    assert 'href="//' not in html


def test_a_room_behind_a_prefix_sets_its_cookie_there(
    archive: Database, tmp_path: Path, opened: Callable[..., Get]
) -> None:
    """Another application on the same host doesn't get it."""
    get = opened(tmp_path / "archive.db", settings={"base_url": "/press/"})
    answer = get("/?lang=en")
    assert "Path=/press/" in answer.headers["set-cookie"]
    assert 'href="/press/?lang=ar"' in answer.text
    assert get("/archive/articles?lang=en").status_code == 200


def test_a_phrase_takes_markup_and_escapes_the_rest() -> None:
    """One Markup among the values makes the whole Markup; a value that is none can't bring tags along."""
    from markupsafe import Markup

    made = say("table.in_table", table=Markup("<b>x</b>"), column="<i>")
    assert "<b>x</b>" in made
    assert "&lt;i&gt;" in made


def test_parameters_beyond_the_parsers_limit_are_no_error(get: Get) -> None:
    """A very long address is answered in Arabic."""
    assert get("/?" + "&".join(f"a{i}=1" for i in range(3000))).status_code in (200, 400)


def test_words_are_read_once() -> None:
    """The files are parsed at the first page, not at every one."""
    assert words.phrases("ar") is words.phrases("ar")


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("source_kind", get_args(get_type_hints(Source)["kind"])),
        ("site_kind", get_args(get_type_hints(Site)["kind"])),
        ("site_status", get_args(get_type_hints(Site)["status"])),
        ("judgement", VERDICTS),
        ("outcome", tuple(outcome.__name__ for outcome in all_outcomes())),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_stored_name_has_a_word(section: str, values: tuple[str, ...]) -> None:
    """What the program stores as a name is said in both languages, whatever kind is added to it one day."""
    assert values
    for language in words.LANGUAGES:
        missing = [value for value in values if f"{section}.{value}" not in phrases(language)]
        assert not missing, (language, section)


_ISOLATED = r"<(bdi|svg|textarea|select|button)\b.*?</\1>"
_BLOCK = r"</?(?:p|li|dt|dd|td|th|h[1-6]|div|section|figcaption|summary|nav|ul|ol|tr|table|caption|form|br)\b[^>]*>"
_SWAPPED = re.compile(r"[A-Za-z]\s*[^\w\s<>\u0600-\u06ff\ufffc]+\s+[0-9]")


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith("/-/") or path == "/"])
def test_no_number_is_drawn_into_a_latin_word(get: Get, path: str) -> None:
    """After a Latin word a sign and a number go on from left to right, so that «UTC · 33 عنواناً» is shown as
    «33 · UTC». Latin words in a line stand in an isolate of their own.
    """
    html = get(path).text.split("<main")[1].partition(">")[2].partition("</main>")[0]
    html = re.sub(r'<(\w+)[^>]* dir="(?:ltr|auto)".*?</\1>', "\ufffc", html, flags=re.DOTALL)
    html = re.sub(_ISOLATED, "\ufffc", html, flags=re.DOTALL)
    for line in re.split(_BLOCK, html):
        text = unescape(re.sub(r"<[^>]*>", "", line))
        assert not _SWAPPED.search(text), text
