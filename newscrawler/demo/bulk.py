"""BulkNewsroom: one big invented site of any number of pages, served by a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final, Self

SITE: Final = "demo-bulk"
"""Id of the site, and so the name of its seed file."""

_SEED: Final = """\
name = "ألف خبر وخبر"
country = "pan"
home = "{home}"
timezone = "Asia/Beirut"
months = "levant"
delay_s = 0
concurrency = 16
private_network = true

[[source]]
kind = "sitemap"
url = "{home}sitemap.xml"

[articles]
allow = ['/news/\\d+/']
"""


class BulkNewsroom:
    """A server on 127.0.0.1 with `pages` stories of `synthetic_site`, rendered before it opens.

    It is a process of its own, so that it doesn't compete with a crawler for the interpreter, and it ends with
    the `with` block or when the parent dies. `delay_s` is waited before each page, for tests that interrupt a
    crawl. Port 0, or one that is taken: any free one.
    """

    def __init__(self, pages: int = 1000, *, seed: int = 1, port: int = 8464, delay_s: float = 0.0) -> None:
        self.pages = pages
        """How many stories it serves."""
        self.home = ""
        """Address of the home page; empty before the server is open."""
        self._options = [f"--pages={pages}", f"--seed={seed}", f"--port={port}", f"--delay-s={delay_s}"]
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "newscrawler.demo.bulk_server", *self._options]
        self._process = subprocess.Popen(  # noqa: S603  # our own module, numbers only
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.home = self._process.stdout.readline().strip()  # printed once every page is rendered
        if not self.home:
            self.__exit__()
            raise RuntimeError("the bulk newsroom did not start; its error is on stderr")
        return self

    def __exit__(self, *exc_info: object) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with process:  # closes the pipes; the server ends when its stdin does
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()

    @property
    def urls(self) -> tuple[str, ...]:
        """The address of every story, in the order of the sitemap."""
        return tuple(f"{self.home}news/{number}/" for number in range(1, self.pages + 1))

    def write_seeds(self, folder: Path) -> None:
        """The seed file `folder`/sites/demo/demo-bulk.toml, active, that leads to this server."""
        target = folder / "sites" / "demo"
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{SITE}.toml").write_text(_SEED.format(home=self.home), encoding="utf-8")
