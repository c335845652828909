"""A small archive of invented articles, with one of everything the reading room shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlite_utils import Database

from newscrawler.archive.schema import migrations
from newscrawler.text.search import search_text

Get = Callable[[str], Any]
"""Gets a path from a Datasette and returns the response."""

HOSTILE: Final = """"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;"""
"""What a page must never hand on as HTML."""

_HARBOUR: Final = (
    "أعلنت إدارة المرفأ صباح اليوم افتتاح الرصيف الجديد أمام السفن التجارية بعد ثلاث سنوات من العمل.",
    "وقال المهندس أحمد إن الرصيف يستوعب أربع سفن في وقت واحد، وإن التكلفة بقيت ضمن الميزانية المقررة.",
    "ومن المتوقع أن تصل أول سفينة محمّلة بالقمح نهاية الأسبوع.",
)
_SCHOOL: Final = (
    "بدأت وزارة التربية توزيع الكتب المدرسية على القرى الجبلية قبل موعد الثلوج بأسبوعين.",
    "وأوضحت مُدَرِّسَةٌ في إحدى القرى أن التلاميذ تسلّموا كتبهم كاملة للمرة الأولى.",
)
_MATCH: Final = (
    "فاز فريق الساحل على ضيفه فريق الواحة بهدفين مقابل هدف في مباراة شهدت أمطاراً غزيرة.",
    "وسجّل القائد هدف الفوز في الدقيقة الأخيرة أمام عشرة آلاف متفرج.",
)

SITES: Final = (
    ("sahil", "جريدة الساحل", "LB", "Asia/Beirut"),
    ("waha", "صحيفة الواحة", "TN", "Africa/Tunis"),
)


def build(path: Path) -> Database:
    """Creates the archive at `path` and returns the open database: five articles in two outlets."""
    path.write_bytes(_built())
    db = Database(path)
    db.execute("PRAGMA synchronous = OFF")  # each row is its own transaction here
    return db


@cache
def _built() -> bytes:
    """The file, made once for the hundreds of tests that get it."""
    with TemporaryDirectory() as folder:
        db = Database(Path(folder) / "archive.db")
        migrations.apply(db)
        _fill(db)
        db.close()
        return (Path(folder) / "archive.db").read_bytes()


def _fill(db: Database) -> None:
    for key, name, country, zone in SITES:
        put(
            db,
            "sites",
            {
                "id": key,
                "name": name,
                "country": country,
                "kind": "newspaper",
                "home": f"https://{key}.example/",
                "timezone": zone,
                "status": "active",
                "first_seen_at": "2026-11-01T00:00:00Z",
            },
        )
    put(db, "runs", {"id": 1, "started_at": "2026-11-22T23:00:00Z", "spider": "news", "pid": 1, "version": "0.1.0"})
    put(db, "captures", {
            "id": 1, "url": "https://sahil.example/a/1", "requested_url": "https://sahil.example/a/1", "site": "sahil",
            "run_id": 1, "fetched_at": "2026-11-22T23:01:02Z", "status": 200, "content_type": "text/html",
            "file": "2026/news-000.warc.gz", "offset": 4711, "length": 815, "sha256": "ab" * 32,
        }
    )  # fmt: skip
    _articles(db)
    _surroundings(db)
    _ledger(db)


def put(db: Database, table: str, row: dict[str, Any]) -> None:
    """One row into any table, those without a rowid too."""
    columns = ", ".join(f'"{name}"' for name in row)
    values = ", ".join("?" for _ in row)
    with db.conn:
        db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", list(row.values()))


def add_article(db: Database, key: int, **columns: Any) -> None:
    """One article; what isn't given is plain and harmless."""
    row: dict[str, Any] = {
        "id": key,
        "url": f"https://sahil.example/a/{key}",
        "site": "sahil",
        "section": None,
        "title": f"مقال {key}",
        "standfirst": None,
        "text": "نص قصير للمقال.",
        "language": "ar",
        "words": 3,
        "first_seen_at": "2026-11-22T23:00:00Z",
        "last_seen_at": "2026-11-22T23:00:00Z",
        "extractor": "test/1",
        "content_hash": f"hash-{key}",
    } | columns
    row.setdefault("search_text", search_text(row["title"], row["standfirst"] or "", row["text"]))
    put(db, "articles", row)


def _articles(db: Database) -> None:
    add_article(
        db, 1, section="اقتصاد", title="افتتاح الرصيف الجديد في المرفأ", standfirst="أربع سفن في وقت واحد",
        text="\n\n".join(_HARBOUR), words=44, authors=json.dumps(["سلمى ناصر"], ensure_ascii=False), agency="سانا",
        published_at="2026-11-22T22:30:00Z", published_raw="23 تشرين الثاني 2026 - 00:30", published_from="time",
        modified_at="2026-11-22T22:50:00Z", keywords=json.dumps(["مرفأ", "سفن"], ensure_ascii=False), capture_id=1,
        image_url="https://sahil.example/i/1.jpg", changed_at="2026-11-22T23:00:00Z",
        provenance=json.dumps(
            {"title": "h1", "published_at": "time", "disagreements": {"title": {"og:title": "افتتاح الرصيف | الساحل"}}},
            ensure_ascii=False,
        ),
    )  # fmt: skip
    add_article(
        db, 2, section="محليات", title="كتب مدرسية إلى القرى قبل الثلوج", text="\n\n".join(_SCHOOL), words=24,
        published_at="2026-11-22T09:00:00Z",
    )  # fmt: skip
    add_article(
        db, 3, site="waha", url="https://waha.example/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9/3", section="رياضة",
        title="فوز في الدقيقة الأخيرة", text="\n\n".join(_MATCH), words=26, published_at="2026-11-21T20:15:00Z",
    )  # fmt: skip
    add_article(
        db, 4, site="waha", url="https://waha.example/4", section="اقتصاد", title="الرصيف الجديد يستقبل السفن",
        text="\n\n".join(_HARBOUR[:2]), words=35, published_at="2026-11-22T23:30:00Z", original_id=1,
    )  # fmt: skip
    add_article(db, 5, site="waha", url="https://waha.example/5", title="مقال بلا تاريخ", published_raw="قبل قليل")


def _surroundings(db: Database) -> None:
    put(db, "copies", {
            "url": "https://waha.example/copy", "article_id": 1, "site": "waha", "title": "افتتاح الرصيف",
            "published_at": "2026-11-23T06:00:00Z", "seen_at": "2026-11-23T07:00:00Z",
        }
    )  # fmt: skip
    put(db, "revisions", {
            "id": 1, "article_id": 1, "seen_at": "2026-11-22T22:40:00Z", "title": "قرب افتتاح الرصيف في المرفأ",
            "standfirst": None, "text": "\n\n".join([_HARBOUR[0].replace("ثلاث", "أربع"), *_HARBOUR[1:]]),
            "content_hash": "old", "replaced_at": "2026-11-22T23:00:00Z", "kind": "correction", "words_changed": 4,
        }
    )  # fmt: skip
    put(db, "withdrawals", {
            "article_id": 3, "withdrawn_at": "2026-11-22T08:00:00Z", "reason": "not-found", "detail": "404",
            "capture_id": 1, "returned_at": "2026-11-22T20:00:00Z",
        }
    )  # fmt: skip
    put(db, "tags", {"id": 1, "kind": "place", "name": "المرفأ"})
    put(db, "article_tags", {"article_id": 1, "tag_id": 1, "source": "lexicon", "confidence": 0.9, "mentions": 2})
    put(db, "related", {"article_id": 1, "other_id": 2, "similarity": 0.41})


def _ledger(db: Database) -> None:
    visits = [
        ("https://sahil.example/a/1", "sahil", "New", "", 1),
        ("https://sahil.example/gallery", "sahil", "NotAnArticle", "gallery", None),
        ("https://sahil.example/fa", "sahil", "NotArabic", "fa, 24% foreign letters", None),
        ("https://waha.example/gone", "waha", "HttpError", "404", None),
    ]
    polled = {"kind": "feed", "polls": 3, "last_polled_at": "2026-11-22T22:59:00Z", "last_links": 20, "last_new": 4}
    put(db, "sources", polled | {"id": 1, "site": "sahil", "url": "https://sahil.example/rss", "last_status": "ok"})
    refused = polled | {"last_status": "HttpError", "last_detail": "503"}
    put(db, "sources", refused | {"id": 2, "site": "waha", "url": "https://waha.example/rss"})
    for url, site, outcome, detail, article_id in visits:
        at = "2026-11-22T23:05:00Z"
        put(db, "outcomes", {
                "run_id": 1, "url": url, "site": site, "outcome": outcome, "detail": detail,
                "article_id": article_id, "at": at,
            },
        )  # fmt: skip
        put(db, "frontier", {
                "url": url, "site": site, "discovered_at": "2026-11-22T22:59:00Z", "visits": 1, "outcome": outcome,
                "detail": detail, "ended_at": at, "article_id": article_id, "source_id": {"sahil": 1, "waha": 2}[site],
            }
        )  # fmt: skip
    put(db, "takedowns", {"url": "https://sahil.example/removed", "reason": "طلب من صاحبة الصورة", "at": at})


def close(datasette: Any) -> None:
    """Ends its threads and closes its files."""
    datasette.executor.shutdown(wait=True)
    for database in datasette.databases.values():
        database.close()
