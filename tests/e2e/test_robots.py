"""robots.txt holds for every request, also for those that are due before it has been read."""

from __future__ import annotations

from pathlib import Path

from newscrawler.demo.cases import CASES
from newscrawler.demo.newsroom import Newsroom
from support.commands import Desk


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
