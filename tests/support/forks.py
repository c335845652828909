"""Processes that have imported the program already: forks of one that has done nothing else.

Three quarters of a small command's CPU are imports (0.6 of 0.85 s), and the tests run hundreds of commands. A fork is a
process like any other: id, memory, files and exit code are its own, and `python -m` runs in it as in a fresh one; see
commands/test_forks.py. That commands start from nothing is proven where they do: `Desk.start`, cron, systemd, kills.

`Forks` is the test's end; the other is `support.preloaded`.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock


@dataclass(frozen=True, slots=True)
class Fork:
    """A process under way."""

    pid: int
    """Its id."""
    _line: socket.socket

    def wait(self, seconds: float) -> int:
        """Wait for its end: the exit code, negative for a signal. It is killed if that takes longer (TimeoutError)."""
        with self._line:
            self._line.settimeout(seconds)
            try:
                return int(self._line.recv(64))
            except TimeoutError:
                os.kill(self.pid, signal.SIGKILL)
                raise


class Forks:
    """Starts them, from the second on without delay."""

    def __init__(self, *, cwd: Path, environment: Mapping[str, str]) -> None:
        """Every process is in that folder and has these variables, as they are when the first is started."""
        self._cwd = cwd
        self._environment = environment
        self._control: socket.socket | None = None
        self._lock = Lock()

    def start(
        self, module: str, arguments: Sequence[str], *, files: tuple[int, int, int], path: Sequence[str] = ()
    ) -> Fork:
        """`python -m module arguments`, with these descriptors as standard input, output and error.

        `path`: folders where modules are looked for besides.
        """
        mine, its = socket.socketpair()
        with its, self._lock:
            if self._control is None:
                self._control = self._begin()
            socket.send_fds(self._control, [b"!"], [its.fileno(), *files])
        asked = {"module": module, "arguments": list(arguments), "path": list(path)}
        mine.sendall(json.dumps(asked).encode() + b"\n")
        answer = mine.recv(64)
        assert answer, "the process that forks has ended"
        return Fork(int(answer), mine)

    def _begin(self) -> socket.socket:
        mine, its = socket.socketpair()
        with its:
            process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("preloaded.py")), str(its.fileno())],
                cwd=self._cwd,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[its.fileno()],
                start_new_session=True,  # Ctrl-C is for pytest, which ends this by going away
            )

        def end() -> None:
            mine.close()
            process.wait()

        atexit.register(end)
        return mine
