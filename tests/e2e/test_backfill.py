"""`mode=backfill` on an index of many sitemaps and on a section without end: in batches, and through kill -9."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from support.commands import Desk
from support.many_crawls import ManyCrawls
from support.newspaper import page, section, seed
from support.server import XML, Answer, Request, Server, text

pytestmark = pytest.mark.slow

CHILDREN, BATCH = 12, 5


@pytest.fixture
def paper() -> Iterator[Server]:
    """An index of a sitemap for each month, the oldest first, two articles in each."""
    with Server() as server:
        months = [date(2025, 12, 15) - timedelta(days=30 * back) for back in reversed(range(CHILDREN))]
        listed = ""
        for number, month in enumerate(months, 1):
            path = f"/posts-{number}.xml"
            listed += f"<sitemap><loc>{server.url(path)}</loc><lastmod>{month}</lastmod></sitemap>"
            articles = (2 * number - 1, 2 * number)
            entries = "".join(f"<url><loc>{server.url(f'/news/{n}')}</loc></url>" for n in articles)
            server.pages[path] = text(f"<urlset>{entries}</urlset>", content_type=XML)
            server.pages |= {f"/news/{n}": page(n) for n in articles}
        server.pages["/index.xml"] = text(f"<sitemapindex>{listed}</sitemapindex>", content_type=XML)
        yield server


def children(paper: Server) -> list[int]:
    return [int(request.path[7:-4]) for request in paper.requests if request.path.startswith("/posts-")]


def test_an_index_is_read_youngest_first_in_batches_and_a_kill_loses_nothing(tmp_path: Path, paper: Server) -> None:
    """Twelve children, five listings a run: three runs, one of them killed in its middle. Each child is read once, but
    for the one that was under way; every article is archived; one more run asks for nothing and says so.
    """
    desk = Desk(tmp_path)
    desk.seeds(paper=seed(paper, ("sitemap", "/index.xml")))
    assert desk.crawl("mode=backfill", NEWS_BACKFILL_PAGES=BATCH).code == 0
    assert children(paper) == [12, 11, 10, 9]

    def killed(request: Request) -> Answer:
        paper.pages["/posts-6.xml"] = sixth
        os.killpg(crawl.pid, signal.SIGKILL)
        return sixth if isinstance(sixth, Answer) else sixth(request)

    sixth, paper.pages["/posts-6.xml"] = paper.pages["/posts-6.xml"], killed
    crawl = desk.start("crawl", "news", "-a", "mode=backfill", NEWS_BACKFILL_PAGES=BATCH)
    crawl.communicate(timeout=60)
    assert crawl.returncode == -signal.SIGKILL
    assert children(paper)[4:] == [8, 7, 6]
    with ManyCrawls(desk, begin=datetime.now(UTC), NEWS_BACKFILL_PAGES=BATCH) as crawls:
        assert [crawls.crawl(mode="backfill") for _ in range(2)] == [0, 0]
        assert children(paper)[7:] == [6, 5, 4, 3, 2, 1]
        assert desk.rows("SELECT count(*) FROM articles") == [(2 * CHILDREN,)]
        paper.requests.clear()
        assert crawls.crawl(mode="backfill") == 0
    assert [request.path for request in paper.requests if request.path != "/robots.txt"] == []
    remarks = desk.rows("SELECT remarks FROM runs ORDER BY id DESC LIMIT 1")[0][0]
    assert f"paper: backfill complete: {CHILDREN + 1} listings read" in remarks


def test_a_pager_without_end_comes_to_one(tmp_path: Path) -> None:
    """Behind the last page the server repeats it for ever, with one more «next» each time."""

    def politics(request: Request) -> Answer:
        turned = int(request.path.partition("=")[2] or 1)
        shown = min(turned, 3)
        links = [press.url(f"/news/{number}") for number in range(4 * shown, 4 * shown + 4)]
        return section(links, following=press.url(f"/politics?page={turned + 1}"))

    desk = Desk(tmp_path)
    with Server() as press:
        press.pages |= {f"/news/{number}": page(number) for number in range(4, 16)}
        press.pages |= {"/politics": politics} | {f"/politics?page={number}": politics for number in range(2, 30)}
        desk.seeds(paper=seed(press, ("section", "/politics")))
        assert desk.crawl("mode=backfill").code == 0
        turned = [request.path for request in press.requests if request.path.startswith("/politics")]
        assert turned == ["/politics", *(f"/politics?page={number}" for number in (2, 3, 4))]
        assert desk.rows("SELECT count(*) FROM articles") == [(12,)]


def test_what_fails_is_tried_in_four_runs_and_then_named(tmp_path: Path) -> None:
    """A sitemap that is a page, or a server that errs, doesn't keep a backfill from its end."""
    desk = Desk(tmp_path)
    with Server() as press:
        press.pages |= {"/broken.xml": Answer(status=500), "/page.xml": text("<html><title>لا خريطة</title></html>")}
        desk.seeds(paper=seed(press, ("sitemap", "/broken.xml"), ("sitemap", "/page.xml")))
        with ManyCrawls(desk) as crawls:
            codes = [crawls.crawl(mode="backfill") for _ in range(5)]
    assert codes == [1, 1, 1, 1, 0]
    remarks = [remark for (remark,) in desk.rows("SELECT remarks FROM runs ORDER BY id")]
    assert "at least 2 to go" in remarks[0]
    assert "backfill complete: 0 listings read, 2 given up" in remarks[4]
    assert "given up" in desk.rows("SELECT problems FROM runs WHERE id = 4")[0][0]
