"""The crawl's settings, with an extension that writes down every gap between two beats of the loop."""

from __future__ import annotations

from typing import Any, Final

from newscrawler.settings import *  # noqa: F403 (a settings module is its names)
from newscrawler.settings import EXTENSIONS as _OURS

EXTENSIONS: Final[dict[str, Any]] = {**_OURS, "tests.benchmarks.latency_gaps.Gaps": 26}
