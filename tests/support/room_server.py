"""`datasette archive.db` in a process of its own, as a reader has it."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass(frozen=True, slots=True)
class Server:
    """A running reading room."""

    home: str
    """Where it answers, without a slash at the end."""
    process: int
    """Id of its process."""


@contextmanager
def serving(archive: Path) -> Iterator[Server]:
    """A reading room of that archive, on a free port, until the block ends."""
    command = [sys.executable, "-m", "datasette", "serve", str(archive), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:
        assert server.stderr is not None
        try:
            home = next(found[0] for line in server.stderr if (found := _ADDRESS.search(line)))
            threading.Thread(target=server.stderr.read, daemon=True).start()  # or its pipe fills up
            yield Server(home, server.pid)
        finally:
            server.terminate()
            server.wait()
