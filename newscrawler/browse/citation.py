"""How to cite an article: a sentence in Arabic and in Latin letters, as HTML; BibTeX and RIS, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from newscrawler.browse.dates import day_of
from newscrawler.browse.directions import unturned
from newscrawler.times import newsroom_day

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation says of an article."""

    article_id: int
    """Its number in the archive."""
    title: str
    """Headline."""
    authors: tuple[str, ...]
    """In the order of the byline."""
    agency: str | None
    """The news agency that is named as the source. None: none is."""
    outlet: str
    """Arabic name of the outlet."""
    outlet_en: str | None
    """English name. None: not known."""
    url: str
    """The newspaper's address."""
    published: str
    """The newsroom's day of publication, YYYY-MM-DD; empty: not known."""
    captured: str
    """The newsroom's day on which the archive read what it shows, YYYY-MM-DD."""
    record: str
    """The address of the article in this archive."""


def cited(article: dict[str, object], authors: list[str], *, captured_at: str, record: str) -> Cited:
    """From a row of `articles` with its outlet's columns; `captured_at` is UTC, as stored."""
    zone = str(article["timezone"] or "") or None
    site = str(article["site"])
    return Cited(
        article_id=int(str(article["id"])),
        title=str(article["title"]),
        authors=tuple(authors),
        agency=str(article["agency"]) if article["agency"] else None,
        outlet=str(article["site_name"] or site),
        outlet_en=str(article["site_name_en"]) if article["site_name_en"] else None,
        url=str(article["url"]),
        published=newsroom_day(str(article["published_at"] or ""), zone) or "",
        captured=newsroom_day(captured_at, zone) or "",
        record=record,
    )


def arabic(work: Cited) -> Markup:
    """«سلمى ناصر، «العنوان»، جريدة الساحل، 23 نوفمبر 2026، <address>، حُفظ في 24 نوفمبر 2026، <record>.»

    As HTML: each foreign part is isolated, because a name before a number would draw it to its own side.
    """
    title, url, record = map(_isolated, (work.title, work.url, work.record))
    day = _day(work.published, "ar") or "بلا تاريخ"
    parts = [*map(_isolated, work.authors), Markup("«{}»").format(title), _isolated(work.outlet), day, url]
    parts += [f"حُفظ في {_day(work.captured, 'ar')}"]
    return Markup("{}، المقال رقم {} في الأرشيف: {}.").format(Markup("، ").join(parts), work.article_id, record)


def latin(work: Cited) -> Markup:
    """The same with English words and names, for texts in Latin letters; the headline stays as it was printed."""
    who = Markup("{}. ").format(Markup(", ").join(map(_isolated, work.authors))) if work.authors else ""
    title, outlet, url, record = map(_isolated, (work.title, work.outlet_en or work.outlet, work.url, work.record))
    day = f"{_day(work.published, 'en_GB')}." if work.published else "n.d."
    what = Markup("{}“{}” [in Arabic]. {}, {} {}.").format(who, title, outlet, day, url)
    archived = _day(work.captured, "en_GB")
    return Markup("{} Archived {}, article {}: {}.").format(what, archived, work.article_id, record)


def bibtex(work: Cited) -> str:
    """An `@online` entry for biblatex, UTF-8; the headline keeps its spelling."""
    fields = [
        ("title", f"{{{_tex(work.title)}}}"),
        *([("author", " and ".join(f"{{{_tex(author)}}}" for author in work.authors))] if work.authors else []),
        ("organization", _tex(work.outlet)),
        *([("date", work.published)] if work.published else []),
        ("url", _bare(work.url)),
        ("urldate", work.captured),
        ("langid", "arabic"),
        *([("addendum", _tex(work.agency))] if work.agency else []),
        ("note", rf"Archived copy: \url{{{_bare(work.record)}}}"),
    ]
    body = ",\n".join(f"  {name:<12} = {{{value}}}" for name, value in fields)
    return f"@online{{newscrawler-{work.article_id},\n{body},\n}}\n"


def ris(work: Cited) -> str:
    """A record of type NEWS, UTF-8, lines ended as the format wants them."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _ris_lines(work)) + "ER  - \r\n"


def _ris_lines(work: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "TI", work.title
    for author in work.authors:
        yield "AU", author
    yield "T2", work.outlet
    if work.published:
        yield "PY", work.published[:4]
        yield "DA", work.published.replace("-", "/")
    yield "UR", work.url
    yield "Y2", work.captured.replace("-", "/")
    yield "LA", "ar"
    if work.agency:
        yield "N1", work.agency
    yield "L2", work.record
    yield "ID", f"newscrawler-{work.article_id}"


def _day(day: str, locale: str) -> str:
    when = day_of(day)
    return format_date(when, "d MMMM y", locale=locale) if when else ""


def _isolated(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(_line(text))


def _line(text: str) -> str:
    """On one line: a headline with a line break in it must not begin a field of its own, nor turn what follows it."""
    return _BLANKS.sub(" ", unturned(text)).strip()


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(text))


def _bare(url: str) -> str:
    """An address is printed as it is; only what would end or open a group is escaped as addresses escape."""
    return _line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
