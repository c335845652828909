"""A real browser on a served archive: Chromium in a thread of its own, because playwright's plain API keeps the main
thread's event loop running, and then no other test can start one.
"""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final, TypeVar

PHONE: Final = (390, 844)
DESK: Final = (1280, 900)
"""Widths and heights of a window, in CSS pixels."""

TIMEOUT_S: Final = 60
"""For anything that is asked of the browser."""

_PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SERIOUS: Final = ("error", "warning")

T = TypeVar("T")


def missing() -> str:
    """Why there is no browser to test with; empty if there is one."""
    if chromium() is None:
        return "no Chromium: apt-get install chromium"
    absent = [name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None]
    return f"not installed: {', '.join(absent)} (pip install -e '.[dev]')" if absent else ""


def chromium() -> str | None:
    """The system's Chromium or Chrome. None: there is none."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


class Browser:
    """Chromium without a window. Ours are the only pages it opens."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._thread.start()
        self._driver: Any = None
        self._chromium: Any = None
        self._kept = AsyncExitStack()
        self.run(self._start())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What that coroutine returns, run beside the browser."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT_S)

    def visit(self, address: str, look: Callable[[Any], Awaitable[T]], **how: Any) -> T:
        """Opens the address in a fresh context and returns what `look` says of the page; `how` as for `page`."""

        async def looked() -> T:
            async with self.page(**how) as page:
                await page.goto(address, wait_until="load")
                return await look(page)

        return self.run(looked())

    def keep(self, **how: Any) -> Any:
        """A page that stays open as long as the browser, for `look_at`; `how` as for `page`."""
        return self.run(self._kept.enter_async_context(self.page(**how)))

    def look_at(self, page: Any, address: str, look: Callable[[Any], Awaitable[T]]) -> T:
        """Opens the address in a page that is kept, as wide as a phone, and returns what `look` says of it.

        Cheaper than `visit`: style sheets and scripts are there already.
        """

        async def looked() -> T:
            await page.goto("about:blank")  # what the last page was still loading is none of this one's complaints
            await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            page.complaints = []
            await page.goto(address, wait_until="load")
            return await look(page)

        return self.run(looked())

    @asynccontextmanager
    async def page(self, *, size: tuple[int, int] = DESK, scheme: str = "light", **options: Any) -> AsyncIterator[Any]:
        """A page with nothing remembered; `complaints` of it collects what the browser's console says."""
        width, height = size
        context = await self._chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", **options
        )
        try:
            page = await context.new_page()
            page.complaints = []
            page.on("console", lambda said: page.complaints.append(said.text) if said.type in _SERIOUS else None)
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.on("requestfailed", lambda request: page.complaints.append(f"not loaded: {request.url}"))
            page.on("request", lambda request: _at_home(page, request))
            yield page
        finally:
            await context.close()

    def close(self) -> None:
        """Ends Chromium and the thread."""
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        from playwright.async_api import async_playwright

        self._driver = await async_playwright().start()
        self._chromium = await self._driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])

    async def _stop(self) -> None:
        await self._kept.aclose()
        await self._chromium.close()
        await self._driver.stop()


def _at_home(page: Any, request: Any) -> None:
    if not request.url.startswith(("http://127.0.0.1:", "data:")):
        page.complaints.append(f"asked another host: {request.url}")
