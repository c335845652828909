"""The process beside a Dask worker in which a page is read.

A worker reads in threads, where no page can be stopped, and a parser that dies would take the worker with it. A child
can be killed and started anew. It isn't made by multiprocessing: Dask's workers are daemons and may have no children.
"""

from __future__ import annotations

import pickle
import signal
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import Final

from newscrawler.readers.answers import packed_answer
from newscrawler.readers.installed import installed

_START_S: Final = 120
"""Seconds a child may take to load the parsers. It needs one or two; more on a machine that is busy."""

_PROGRAM: Final = "import sys; from newscrawler.readers.child import serve; serve(int(sys.argv[1]))"


class ChildHung(Exception):
    """A page took longer than it may; the child is to be ended."""


class ChildDied(Exception):
    """The child is gone; the message says with which exit code."""


class Child:
    """A process that reads one page after the other."""

    def __init__(self) -> None:
        """Start it. Raises ChildDied or ChildHung if it doesn't get ready."""
        mine, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-c", _PROGRAM, str(its.fileno())],
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the worker's terminal is the worker's
            )
        self._line = Connection(mine.detach())
        self.pages = 0
        """Pages read so far."""
        self.code = self._answer(_START_S).decode()
        """Its `installed()`: newer than the worker's if the program was updated after the worker's start."""

    def read(self, asked: bytes, *, limit_s: float) -> bytes:
        """The answer to a page, both as `ClusterReaders` packs them. Raises ChildHung or ChildDied."""
        self.pages += 1
        try:
            self._line.send(limit_s)
            self._line.send_bytes(asked)
        except OSError as why:
            raise self._died() from why
        return self._answer(limit_s)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._line.close()

    def _answer(self, limit_s: float) -> bytes:
        if not self._line.poll(limit_s):
            raise ChildHung
        try:
            return self._line.recv_bytes()
        except (EOFError, OSError) as why:
            raise self._died() from why

    def _died(self) -> ChildDied:
        self._process.kill()  # it may have closed the line and live
        code = self._process.wait()
        return ChildDied(f"exit code {code}" if code >= 0 else f"signal {-code}")


def serve(fd: int) -> None:
    """In the child: read pages until the worker's end of the line is closed, even by the worker's death."""
    import newscrawler.extract.article  # noqa: F401 (the parsers, before the first page's time runs)

    with Connection(fd) as line:
        line.send_bytes(installed().encode())
        while True:
            try:
                limit_s = line.recv()
                asked = line.recv_bytes()
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_REAL, 2 * limit_s)  # should it hang when no worker is left to kill it
            answer = _read(asked)
            signal.setitimer(signal.ITIMER_REAL, 0)
            line.send_bytes(answer)


def _read(asked: bytes) -> bytes:
    read, page, site = pickle.loads(asked)  # noqa: S301 (from our own crawl, over the cluster's own line)
    return packed_answer(read, page, site)
