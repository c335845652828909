"""Specification in, SVG out: drawn once, by a process that is started when the first plot is asked for."""

from __future__ import annotations

import asyncio
import atexit
import json
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Final

_WORKER: Final = Path(__file__).with_name("plots_worker.py")

_TIMEOUT_S: Final = 20.0
"""Seconds a plot may take. One takes 0.03 s, the first 0.6 s with the start; beyond that the process hangs."""

_GOODBYE_S: Final = 1.0
"""Seconds it has to end by itself."""

_KEPT: Final = 64
"""Plots kept in memory: 10 to 110 kB each, with their specifications at most 15 MB."""


class NotDrawn(Exception):
    """There is no picture: the library isn't installed, or refused, or took too long. The message says which."""


class DrawingProcess:
    """The process that draws; started when needed, again if it has ended."""

    def __init__(self, *, command: tuple[str, ...], timeout_s: float = _TIMEOUT_S) -> None:
        self._command = command
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def draw(self, specification: str) -> str:
        """The SVG of one specification, a JSON text. Blocks; callers in other threads wait. Raises NotDrawn."""
        with self._turn:
            process = self._running()
            alarm = threading.Timer(self._timeout_s, process.kill)
            alarm.start()
            try:
                answer = _ask(process, specification)
            finally:
                alarm.cancel()
        if "svg" not in answer:
            raise NotDrawn(answer["error"])
        return answer["svg"]

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=_GOODBYE_S)  # its input ends, and so does it
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            atexit.register(self.close)
        if self._process is None or self._process.poll() is not None:
            self.close()
            # A session of its own: Ctrl-C in a terminal is for the server, whose end closes the pipe.
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,
            )
        return self._process


async def drawn(specification: str) -> str:
    """The SVG of that specification, without keeping other readers waiting. Raises NotDrawn."""
    return await asyncio.get_running_loop().run_in_executor(None, _drawn, specification)


def _ask(process: subprocess.Popen[str], specification: str) -> dict[str, str]:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(json.loads(specification)) + "\n")  # on one line, whatever it was written on
        process.stdin.flush()
        line = process.stdout.readline()
    except OSError:  # it ended before it was asked
        line = ""
    if not line:
        raise NotDrawn("the drawing process ended")
    answer: dict[str, str] = json.loads(line)
    return answer


_process: Final = DrawingProcess(command=(sys.executable, "-P", str(_WORKER)))


@lru_cache(maxsize=_KEPT)
def _drawn(specification: str) -> str:
    return _process.draw(specification)
