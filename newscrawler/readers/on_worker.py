"""What a Dask worker runs: a chunk of pages, one after the other, in a child process with a time limit for each."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Final

from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, Outcome
from newscrawler.readers.child import Child, ChildDied, ChildHung
from newscrawler.readers.installed import installed
from newscrawler.readers.local import PAGES_PER_WORKER

_idle: Final[list[Child]] = []
"""Children without work, one for each thread of the worker that has read pages. Taking and returning one is atomic."""


class OtherCode(Exception):
    """A worker has another state of the program than the crawl; the message names both."""


def read_chunk(pages: Sequence[bytes], *, limit_s: float, code: str) -> list[bytes]:
    """The answers to these pages, in their order, packed as the pages are.

    A page that hangs or kills its child has an outcome for an answer. `code` is the crawl's `installed()`: raises
    OtherCode where the worker's is another.
    """
    if code != installed():
        raise OtherCode(f"it has {installed()}, the crawl {code}")
    return [_read(page, limit_s) for page in pages]


def _read(page: bytes, limit_s: float) -> bytes:
    outcome: Outcome
    child = _idle.pop() if _idle else Child()
    if child.code != installed():
        child.end()
        raise OtherCode(f"it was updated while it ran: restart it; a reader of it has {child.code}")
    try:
        answer = child.read(page, limit_s=limit_s)
    except ChildHung:
        outcome = ExtractorTimeout(f"longer than {limit_s:g} s")
    except ChildDied as why:
        outcome = ExtractorFailed(f"the worker died: {why}")
    else:
        if child.pages < PAGES_PER_WORKER:
            _idle.append(child)
        else:
            child.end()
        return answer
    child.end()
    return pickle.dumps(outcome)
