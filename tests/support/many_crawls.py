"""Many crawls in one process, each at a time that the test names: what takes months in life takes seconds here.

`ManyCrawls` is the test's end. The other end is this file run as a program: it reads one JSON object a line (`at`,
`arguments`), crawls, and answers with the exit code.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Final, Self, TextIO

from support.commands import FORKS, ROOT, Desk

BEGIN: Final = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""When a story begins."""


class ManyCrawls:
    """Crawls of one desk, at whatever time it is said to be."""

    def __init__(self, desk: Desk, *, begin: datetime = BEGIN, **settings: object) -> None:
        self.desk = desk
        self.now = begin
        """When the last crawl was."""
        self._given = desk.settings(**settings)

    def __enter__(self) -> Self:
        questions, self._questions = _pipe()
        self._answers, answers = _pipe()
        with questions, answers:
            self._process = FORKS.start(
                "support.many_crawls",
                [json.dumps(self._given)],
                files=(questions.fileno(), answers.fileno(), 2),
                path=[str(ROOT / "tests")],
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(BrokenPipeError):
            self._questions.close()
        with self._answers:
            self._process.wait(60)

    def crawl(self, *, after: timedelta = timedelta(0), **arguments: str) -> int:
        """`scrapy crawl news`, so long after the last one began; returns its exit code."""
        self.now += after
        self._questions.write(json.dumps({"at": self.now.isoformat(), "arguments": arguments}) + "\n")
        self._questions.flush()
        answer = self._answers.readline()
        assert answer, "the crawls' process has ended"
        return int(answer)


def _pipe() -> tuple[TextIO, TextIO]:
    read, write = os.pipe()
    return os.fdopen(read, encoding="utf-8"), os.fdopen(write, "w", encoding="utf-8")


async def _crawl_on_command(given: dict[str, object]) -> None:
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.utils.project import get_project_settings

    from newscrawler.starting import open_run

    settings = get_project_settings()
    settings.update(given, priority="cmdline")
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        at, begun = datetime.fromisoformat(asked["at"]), time.monotonic()
        crawler = AsyncCrawlerRunner(settings).create_crawler("news")
        run = open_run(
            crawler.settings,
            spider="news",
            arguments=asked["arguments"],
            clock=lambda at=at, begun=begun: at + timedelta(seconds=time.monotonic() - begun),  # type: ignore[misc]
        )
        await crawler.crawl_async(run=run, **asked["arguments"])
        gc.freeze()  # the next crawl's look for garbage is three quarters of its work if it looks through everything
        print(run.exit_code, flush=True)


def _main() -> None:
    from scrapy.utils.project import get_project_settings
    from scrapy.utils.reactor import install_reactor

    install_reactor(
        "twisted.internet.asyncioreactor.AsyncioSelectorReactor", get_project_settings()["ASYNCIO_EVENT_LOOP"]
    )
    from twisted.internet import reactor
    from twisted.internet.defer import Deferred

    def begin() -> None:
        done = Deferred.fromFuture(asyncio.ensure_future(_crawl_on_command(json.loads(sys.argv[1]))))
        done.addErrback(lambda failure: failure.printTraceback(sys.stderr))
        done.addBoth(lambda _: reactor.stop())  # type: ignore[attr-defined]

    reactor.callLater(0, begin)  # type: ignore[attr-defined]  # later: now there is no loop yet
    reactor.run()  # type: ignore[attr-defined]


if __name__ == "__main__":
    _main()
