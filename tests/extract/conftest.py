"""Small pages for the extractor: an article around the piece that a test is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from newscrawler.article import Article
from newscrawler.extract import extract
from newscrawler.extract.document import Document, read_document
from newscrawler.link import Link
from newscrawler.page import Page
from newscrawler.site import Rule, Site

TITLE = "افتتاح مكتبة جديدة في الحي الشرقي من المدينة"
FIRST = "افتتحت البلدية صباح اليوم مكتبة جديدة في الحي الشرقي، تضم عشرين ألف كتاب وقاعة للمطالعة."
SECOND = "وقال مدير المكتبة إن الأبواب ستبقى مفتوحة حتى التاسعة مساء طوال أيام الأسبوع ما عدا الجمعة."
THIRD = "ويستطيع الأطفال دون الثانية عشرة استعارة ثلاثة كتب في المرة الواحدة من دون أي رسوم."
URL = "https://jarida.example/news/4711"
FETCHED = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)


def make_page(html: str | bytes, *, url: str = URL, link: Link | None = None, **more: Any) -> Page:
    """A page as the crawler would hand it over."""
    body = html if isinstance(html, bytes) else html.encode()
    return Page(url=url, body=body, fetched_at=FETCHED, requested_url=url, link=link, **more)


def make_site(*, url: str = URL, rule: dict[str, Any] | None = None, **more: Any) -> Site:
    """The outlet of the page."""
    settings: dict[str, Any] = {"id": "jarida", "name": "الجريدة", "timezone": "Asia/Beirut", **more}
    settings.setdefault("home", f"{url.split('://', maxsplit=1)[0]}://{url.split('/')[2]}/")
    rules = settings.pop("rule_list", (Rule(since=date(2020, 1, 1), **rule),) if rule else ())
    return Site(rule=rules, **settings)


def article_html(
    *, title: str = TITLE, head: str = "", above: str = "", body: str | None = None, below: str = ""
) -> str:
    """A plain article page with pieces put in."""
    text = body if body is not None else f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    return (
        f"<!DOCTYPE html><html dir='rtl'><head><meta charset='utf-8'><title>{title} | الجريدة</title>{head}</head>"
        f"<body><nav><a href='/'>الرئيسية</a><a href='/s'>رياضة</a></nav><main><h1>{title}</h1>{above}"
        f"<div class='text'>{text}</div>{below}</main></body></html>"
    )


@pytest.fixture
def read() -> Callable[..., Article]:
    """Reads an article page made of pieces (see `article_html`); `url`, `site` and `link` may be given."""

    def read_it(
        html: str | bytes | None = None,
        *,
        url: str = URL,
        site: dict[str, Any] | None = None,
        link: Link | None = None,
        content_type: str | None = None,
        **pieces: str,
    ) -> Article:
        page = make_page(
            html if html is not None else article_html(**pieces), url=url, link=link, content_type=content_type
        )
        return extract(page, make_site(url=url, **(site or {})))

    return read_it


@pytest.fixture
def document() -> Callable[..., Document]:
    """Parses an article page made of pieces."""

    def parse_it(
        html: str | None = None, *, url: str = URL, site: dict[str, Any] | None = None, **pieces: str
    ) -> Document:
        text = html if html is not None else article_html(**pieces)
        return read_document(make_page(text, url=url), make_site(url=url, **(site or {})), text)

    return parse_it
