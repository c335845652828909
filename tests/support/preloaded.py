"""Imports the program, waits, and forks for each process that `support.forks` asks for. Run as a program, by path.

Nothing but imports may have happened before a fork: no reactor, no thread, no setting but those of the environment.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Final

_PACKAGES: Final = ("newscrawler", "pipelines")
"""Imported with all that is in them,"""
_NOT: Final = ("newscrawler.browse.", "newscrawler.demo.__main__")
"""but for these: Datasette's plugins are Datasette's to load."""
_MODULES: Final = ("scrapy.cmdline", "scrapy.crawler", "scrapy.core.engine", "twisted.internet.asyncioreactor")
_LATE: Final = ("feedparser", "langdetect", "pebble", "rich.console", "rich.table", "sqlite_utils", "tldextract")
"""What functions import when they are called."""


class _Forker:
    """The waiting process."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lines: dict[int, socket.socket] = {}
        """Process → where its end is to be reported."""
        self._woken, self._wakes = socket.socketpair()

    def serve(self) -> dict[str, Any] | None:
        """In a fork: what it has to do. In the process itself: None, when nobody asks any more."""
        for end in (self._woken, self._wakes):
            end.setblocking(False)
        signal.set_wakeup_fd(self._wakes.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        with DefaultSelector() as ready:
            ready.register(self._control, EVENT_READ)
            ready.register(self._woken, EVENT_READ)
            while True:
                for key, _ in ready.select():
                    if key.fileobj is self._woken:
                        self._report()
                        continue
                    called, fds, *_ = socket.recv_fds(self._control, 1, 4)
                    if not called:
                        self._kill()
                        return None
                    if work := self._fork(fds):
                        return work

    def _report(self) -> None:
        with suppress(BlockingIOError):
            self._woken.recv(4096)
        for pid in list(self._lines):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                with self._lines.pop(pid) as line, suppress(OSError):  # who asked may have lost patience
                    line.send(str(os.waitstatus_to_exitcode(status)).encode())

    def _fork(self, fds: list[int]) -> dict[str, Any] | None:
        line = socket.socket(fileno=fds[0])
        with line.makefile("rb") as asked:
            work: dict[str, Any] = json.loads(asked.readline())
        pid = os.fork()
        if pid:
            self._lines[pid] = line
            line.send(str(pid).encode())
            for fd in fds[1:]:
                os.close(fd)
            return None
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for held in (self._control, self._woken, self._wakes, line, *self._lines.values()):
            held.close()
        for standard, fd in enumerate(fds[1:]):
            os.dup2(fd, standard)
            os.close(fd)
        return work

    def _kill(self) -> None:
        for pid in self._lines:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _preload() -> None:
    from scrapy.utils.misc import load_object
    from scrapy.utils.project import get_project_settings

    for name in (*_MODULES, *_LATE):
        importlib.import_module(name)
    for package in map(importlib.import_module, _PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(_NOT):
                importlib.import_module(module.name)
    variables = dict(os.environ)
    settings = get_project_settings()
    os.environ.clear()  # without SCRAPY_SETTINGS_MODULE
    os.environ.update(variables)
    for kind in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES"):
        for component in settings.getwithbase(kind):
            load_object(component)
    assert "twisted.internet.reactor" not in sys.modules, "a command must choose its own reactor"
    assert threading.active_count() == 1, threading.enumerate()


def _main() -> None:
    sys.path[0] = str(Path.cwd())  # where `python -m` looks first; it was this file's folder
    control = socket.socket(fileno=int(sys.argv[1]))
    _preload()
    gc.freeze()
    work = _Forker(control).serve()
    if work is not None:
        atexit.register(gc.freeze)  # nobody needs the garbage of a process that ends, and collecting it takes 0.5 s
        sys.path[1:1] = work["path"]
        sys.argv = [work["module"], *work["arguments"]]
        runpy.run_module(work["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
