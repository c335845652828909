"""Pages, feeds and sitemaps of an invented newspaper; every number is another article, always the same."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from support.server import XML, Answer, Server, text

_WORDS = """
أعلنت البلدية مشروع حديقة شارع مدرسة سوق ميناء محطة طريق جسر قرية مدينة مزرعة نهر ساحل جبل موسم
محصول زيتون قمح صيادون تجار طلاب أطباء مهندسون عمال سكان زوار لجنة مجلس وزارة نقابة جمعية شركة تقرير
خطة اتفاق لقاء معرض مهرجان افتتح ناقش قرر أكد أوضح أضاف شدد وصف بدأ انتهى تأجل استمر ارتفع انخفض
توسع تراجع خلال بعد قبل منذ حتى قرب داخل خارج أمام صباح مساء يوم أسبوع شهر عام الماضي المقبل الجديد
القديم الكبير الصغير المحلي الوطني السنوي الأول الثاني الأخير المياه الكهرباء النقل التعليم الصحة
الزراعة السياحة البيئة الثقافة الرياضة الاقتصاد الأسعار الإنتاج التصدير
""".split()  # noqa: SIM905 (words read better than a list of strings)


def paragraphs(number: int, count: int = 4) -> list[str]:
    """The body of article `number`. Two numbers share hardly any two neighbouring words."""
    random = Random(number)
    return [" ".join(random.choices(_WORDS, k=30)) + "." for _ in range(count)]


def headline(number: int) -> str:
    """Its headline."""
    return " ".join(Random(-number).sample(_WORDS, 6))


def published(number: int) -> datetime:
    """Its date."""
    return datetime(2026, 11, 1, 9, 0, tzinfo=UTC) + timedelta(minutes=number)


def html(title: str, body: Iterable[str], *, at: datetime | None = None, head: str = "") -> str:
    """An article's page."""
    when = f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>' if at else ""
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>الرئيسية</a></nav><main><article><h1>{title}</h1>{when}{inner}</article></main>"
        f"</body></html>"
    )


def page(number: int, *, head: str = "") -> Answer:
    """The page of article `number`."""
    return text(html(headline(number), paragraphs(number), at=published(number), head=head))


def feed(links: Iterable[str], *, dates: Iterable[datetime | None] = ()) -> Answer:
    """An RSS feed of these addresses."""
    stamps = iter(dates)
    items = "".join(f"<item><title>خبر</title><link>{link}</link>{_pub(next(stamps, None))}</item>" for link in links)
    return text(
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>', content_type=XML
    )


def sitemap(links: Iterable[str], *, news: bool = False) -> Answer:
    """A sitemap of these addresses, with news fields if wanted."""
    extra = (
        "<news:news><news:publication_date>2026-11-20T08:00:00+02:00</news:publication_date>"
        "<news:title>عنوان من الخريطة</news:title></news:news>"
        if news
        else ""
    )
    urls = "".join(f"<url><loc>{link}</loc>{extra}</url>" for link in links)
    return text(f"<urlset {_XMLNS}>{urls}</urlset>", content_type=XML)


def sitemap_index(links: Iterable[str], *, packed: bool = False) -> Answer:
    """A sitemap of sitemaps, as a .gz file if wanted."""
    inner = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    body = f"<sitemapindex {_XMLNS}>{inner}</sitemapindex>".encode()
    return Answer(gzip.compress(body), content_type="application/x-gzip") if packed else Answer(body, content_type=XML)


def section(links: Iterable[str], *, following: str | None = None) -> Answer:
    """A section page that lists these addresses and names the next page."""
    items = "".join(f"<li><h2><a href='{link}'>{headline(n)}</a></h2></li>" for n, link in enumerate(links, 7000))
    turn = f"<a rel='next' href='{following}'>التالي</a>" if following else ""
    return text(f"<!doctype html><html lang=ar><body><main><ul>{items}</ul>{turn}</main></body></html>")


def seed(server: Server, *sources: tuple[str, str], more: str = "", expect: str = "", articles: str = "") -> str:
    """A seed file for the server: `sources` are (kind, path), or (kind, whole entry) with line breaks."""
    listed = "".join(
        f'[[source]]\nkind = "{kind}"\n' + (where if "\n" in where else f'url = "{server.url(where)}"\n')
        for kind, where in sources
    )
    return (
        f'name = "صحيفة"\ncountry = "LB"\nhome = "{server.url()}"\ntimezone = "Asia/Beirut"\ndelay_s = 0\n'
        f"concurrency = 4\n{more if 'private_network' in more else 'private_network = true' + chr(10) + more}\n"
        f"{listed}[articles]\n{articles}\n[expect]\n{expect}\n"
    )


_XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def _pub(at: datetime | None) -> str:
    return f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if at else ""
