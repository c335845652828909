"""A Dask cluster on this machine: a scheduler and workers as processes of their own, over TCP, as on several hosts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from support.commands import ENVIRONMENT, ROOT


@dataclass
class Cluster:
    """Started by `with`, ended with it."""

    folder: Path
    """Where the scheduler writes its address."""
    workers: int = 2
    """Worker processes at the start, of one thread each."""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    """The scheduler, then the workers."""
    address: str = ""
    """Of the scheduler."""

    def __enter__(self) -> Self:
        where = self.folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(where))
        deadline = time.monotonic() + 60
        while not self.address and time.monotonic() < deadline:
            time.sleep(0.05)
            if where.exists() and where.read_text():
                self.address = json.loads(where.read_text())["address"]
        for _ in range(self.workers):
            self.add_worker()
        return self

    def __exit__(self, *exc_info: object) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def add_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Without a nanny: who is killed stays dead."""
        options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        return self._start("worker", self.address, *options, **environment)

    def kill(self, number: int) -> None:
        """`kill -9` of a process; 0 is the scheduler. What it has started stays, as on another host."""
        self.processes[number].kill()
        self.processes[number].wait()

    def _start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        paths = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"  # what tests have workers run is found there
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--no-dashboard"],
                cwd=self.folder,
                env=ENVIRONMENT | {"PYTHONPATH": paths} | environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process
