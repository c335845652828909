"""robots.txt holds for every request, also for those that are due before it has been read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newscrawler.demo.cases import CASES
from newscrawler.demo.newsroom import Newsroom
from support.commands import Desk

pytestmark = pytest.mark.slow


def test_a_resumed_crawl_obeys_robots_txt(tmp_path: Path) -> None:
    """Many pages of a host wait for the same robots.txt; a forbidden one among them stays forbidden."""
    desk = Desk(tmp_path)
    with Newsroom((0, 0, 0)) as newsroom:
        newsroom.write_seeds(tmp_path / "seeds")
        forbidden = newsroom.case_url("forbidden")
        desk.crawl("site=demo-marfa")
        desk.execute("UPDATE frontier SET due_at = discovered_at")
        newsroom.requests.clear()
        desk.crawl("site=demo-marfa")
        asked = {request.path for request in newsroom.requests}
    ends = desk.rows("SELECT run_id, outcome FROM outcomes WHERE url = ? ORDER BY run_id", forbidden)
    assert ends == [(1, "RobotsDenied"), (2, "RobotsDenied")]
    assert len(asked) > 10
    assert not any(str(CASES["forbidden"].story) in path for path in asked)


def test_a_robots_txt_that_can_t_be_read_forbids_for_the_time_being(tmp_path: Path) -> None:
    """RFC 9309: a server error means that nothing may be fetched; the pages stay open for a later run."""
    desk = Desk(tmp_path)
    with broken_robots() as (home, asked):
        seed = f'name = "صحيفة"\nhome = "{home}"\ntimezone = "Asia/Beirut"\nprivate_network = true\ndelay_s = 0\n'
        desk.seeds(alpha=seed)
        ended = desk.crawl(f"url={home}news/1")
    assert ended.code == 0
    assert desk.outcomes() == {"/news/1": ("Unreachable", "robots.txt answers with a server error")}
    assert set(asked) == {"/robots.txt"}
    assert desk.rows("SELECT due_at IS NOT NULL FROM frontier") == [(1,)]


@contextmanager
def broken_robots() -> Iterator[tuple[str, list[str]]]:
    """A site whose robots.txt answers 500; its address, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(500 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()
