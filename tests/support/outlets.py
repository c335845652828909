"""Invented outlets that imitate real ones: how they are built, and how they fail. Dates are counted back from now."""

from __future__ import annotations

import gzip
import json
import ssl
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from support.newspaper import headline, html, paragraphs, sitemap, sitemap_index
from support.server import XML, Answer, Request, Server, redirect, text

NUMBERS = range(1, 13)
"""Articles of each outlet, the newest first."""

BEIRUT, CAIRO = ZoneInfo("Asia/Beirut"), ZoneInfo("Africa/Cairo")


def hours_ago(number: int, *, start: timedelta = timedelta(0)) -> datetime:
    """When article `number` was published: each an hour and 7 minutes before the last."""
    return datetime.now(UTC).replace(microsecond=0) - start - timedelta(minutes=67 * number)


def rss(entries: Iterable[tuple[str, datetime | None]]) -> Answer:
    """A feed."""
    items = "".join(
        f"<item><title>خبر من الصحيفة</title><link>{url}</link>"
        + (f"<pubDate>{at:%a, %d %b %Y %H:%M:%S %z}</pubDate>" if at else "")
        + "</item>"
        for url, at in entries
    )
    return text(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>', content_type=XML)


def home(title: str, links: Iterable[tuple[str, str]], *, head: str = "", menu: Sequence[tuple[str, str]] = ()) -> str:
    """A home page: a menu, and headlines that lead to articles."""
    bar = "".join(f'<li><a href="{url}">{words}</a></li>' for url, words in menu)
    cards = "".join(f'<article class="card"><h2><a href="{url}">{words}</a></h2></article>' for url, words in links)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><ul>{bar}</ul></nav><main>{cards}</main><footer>جميع الحقوق محفوظة للصحيفة</footer></body></html>"
    )


def jsonld(number: int, published: str) -> str:
    """What a plugin writes into an article's head."""
    data = {
        "@type": "NewsArticle",
        "headline": headline(number),
        "datePublished": published,
        "articleSection": "محليات",
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def wordpress(server: Server) -> None:
    """Lebanese: a feed and its comments' feed in the head, a sitemap of posts, JSON-LD with an offset."""
    paths = {n: f"/2026/11/{n:02}/khabar-{n}/" for n in NUMBERS}
    for n, path in paths.items():
        at = hours_ago(n).astimezone(BEIRUT)
        server.pages[path] = text(html(f"{headline(n)} - صدى المدينة", paragraphs(n), head=jsonld(n, at.isoformat())))
    entries = [(server.url(path), hours_ago(n).astimezone(BEIRUT)) for n, path in paths.items()]
    head = (
        '<meta name="generator" content="WordPress 6.8"><meta property="og:site_name" content="صدى المدينة">'
        '<link rel="alternate" type="application/rss+xml" title="الخلاصة" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="خلاصة التعليقات" href="/comments/feed/">'
    )
    links = [(path, headline(n)) for n, path in paths.items()]
    page = home("صدى المدينة - جريدة يومية", links, head=head, menu=[("/category/local/", "محليات")])
    server.pages |= {
        "/": text(page.replace('lang="ar"', 'lang="ar-LB"').replace("للصحيفة", "للصحيفة هاتف +961 1 555 000")),
        "/robots.txt": text(f"User-agent: *\nDisallow: /wp-admin/\nSitemap: {server.url('/wp-sitemap.xml')}\n"),
        "/feed/": rss(entries),
        "/comments/feed/": rss([(server.url("/2026/11/01/khabar-1/#comment-5"), hours_ago(1))]),
        "/wp-sitemap.xml": sitemap_index([server.url("/wp-sitemap-posts-post-1.xml")]),
        "/wp-sitemap-posts-post-1.xml": sitemap([url for url, _ in entries]),
    }


def drupal(server: Server) -> None:
    """Egyptian: a feed that nobody names, and a «Z» that means Cairo's own clock."""
    for n in NUMBERS:
        at = hours_ago(n).astimezone(CAIRO)
        body = html(headline(n), paragraphs(n), head=jsonld(n, f"{at:%Y-%m-%dT%H:%M:00}Z"))
        shown = f"<div class='date'>{at:%d/%m/%Y} - {at:%H:%M}</div>"
        server.pages[f"/node/{n + 4000}"] = text(body.replace("</h1>", f"</h1>{shown}"))
    address = {"@type": "Organization", "name": "بوابة النيل", "address": {"addressCountry": "EG"}}
    head = (
        '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)"><link rel="stylesheet" '
        'href="/sites/default/files/css/a.css"><script type="application/ld+json">'
        f"{json.dumps(address, ensure_ascii=False)}</script>"
    )
    links = [(f"/node/{n + 4000}", headline(n)) for n in NUMBERS]
    server.pages |= {
        "/": text(home("بوابة النيل", links, head=head)),
        "/rss.xml": rss((server.url(path), None) for path, _ in links),
    }


def sections_only(server: Server) -> None:
    """No feed, no sitemap: three sections in the menu."""
    menu = [(f"/section/{key}", words) for key, words in (("local", "محليات"), ("sport", "رياضة"), ("art", "ثقافة"))]
    for place, (path, _) in enumerate(menu):
        numbers = [100 * place + n for n in NUMBERS]
        server.pages[path] = text(home("قسم", [(f"/news/{9000 + n}/khabar", headline(n)) for n in numbers]))
        for n in numbers:
            server.pages[f"/news/{9000 + n}/khabar"] = text(html(headline(n), paragraphs(n), at=hours_ago(n % 100)))
    links = [(f"/news/{9000 + n}/khabar", headline(n)) for n in NUMBERS]
    server.pages["/"] = text(home("أخبار الساحل", links, menu=menu))


def news_sitemap(server: Server) -> None:
    """A packed index in robots.txt, with a news sitemap and one for the year."""
    urls = [server.url(f"/story/{n + 7000}") for n in NUMBERS]
    for n in NUMBERS:
        server.pages[f"/story/{n + 7000}"] = text(html(headline(n), paragraphs(n), at=hours_ago(n)))
    fresh = f"{datetime.now(UTC) - timedelta(hours=2):%Y-%m-%dT%H:%M:00}+03:00"
    listed = sitemap(urls, news=True)
    server.pages |= {
        "/": text(home("الخبر السريع", [(f"/story/{n + 7000}", headline(n)) for n in NUMBERS])),
        "/robots.txt": text(f"Sitemap: {server.url('/sitemap-index.xml.gz')}"),
        "/sitemap-index.xml.gz": sitemap_index(
            [server.url("/sitemap-news.xml"), server.url("/sitemap-2025.xml.gz")], packed=True
        ),
        "/sitemap-news.xml": Answer(
            listed.body.replace(b"2026-11-20T08:00:00+02:00", fresh.encode()), content_type=XML
        ),
        "/sitemap-2025.xml.gz": Answer(
            gzip.compress(sitemap([server.url("/story/6999")]).body), content_type="application/x-gzip"
        ),
    }


def windows_1256(server: Server) -> None:
    """An old site that declares no encoding anywhere."""

    def old(page: str) -> Answer:
        return Answer(page.replace('<meta charset="utf-8">', "").encode("cp1256"), content_type="text/html")

    for n in NUMBERS:
        server.pages[f"/art.asp?id={n + 300}"] = old(html(headline(n), paragraphs(n), at=hours_ago(n)))
    links = [(f"/art.asp?id={n + 300}", headline(n)) for n in NUMBERS]
    server.pages["/"] = old(home("جريدة النخيل", links, head='<link rel="alternate" type="text/xml" href="/rss.asp">'))
    server.pages["/rss.asp"] = rss((server.url(path), hours_ago(n)) for n, (path, _) in enumerate(links, 1))


def healthy(server: Server, *, start: timedelta = timedelta(0), path: str = "/feed") -> None:
    """As little as works: a feed and its articles. `start`: how old the newest is."""
    for n in NUMBERS:
        server.pages[f"/news/{n}"] = text(html(headline(n), paragraphs(n), at=hours_ago(n, start=start)))
    server.pages["/"] = text(home("صحيفة", [(f"/news/{n}", headline(n)) for n in NUMBERS]))
    server.pages[path] = rss((server.url(f"/news/{n}"), hours_ago(n, start=start)) for n in NUMBERS)


def refusing(server: Server) -> None:
    """403 for everything but robots.txt."""
    for path in ("/", "/feed"):
        server.pages[path] = text("<html><title>403 Forbidden</title>", status=403)
    server.pages["/robots.txt"] = text("User-agent: *\nAllow: /\n")


def captcha(server: Server) -> None:
    """200, and a page that wants a person."""
    page = (
        "<!doctype html><html><head><title>Just a moment...</title></head><body><p>Verifying you are human.</p>"
        "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>"
    )
    for path in ("/", "/feed"):
        server.pages[path] = text(page)


def moved(server: Server, to: Server) -> None:
    """All of it, for good, to another host."""
    for path in ("/", "/feed"):
        server.pages[path] = redirect(to.url(path))


def endless(server: Server) -> None:
    """Answers its feed by a byte now and then, for ever as a crawler sees it."""

    def slowly(_: Request) -> Answer:
        time.sleep(20)
        return text("")

    server.pages["/feed"] = slowly
    server.pages["/"] = slowly


def with_certificate(server: Server, folder: Path) -> None:
    """Serve https with a certificate that nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
    server._http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up on it
