"""On what a figure was measured."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime


def machine() -> dict[str, object]:
    """Python, system, cores and time: what a figure needs beside it to be compared."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
