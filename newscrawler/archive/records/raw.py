"""The raw store: a response as a WARC record and a row of `captures`, as one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records.captures import add_capture
from newscrawler.archive.records.warc import WarcFolder
from newscrawler.archive.records.warc_record import Packed, is_packed, pack_response
from newscrawler.urls import canonical

_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class Received:
    """A response as it came over the wire."""

    url: str
    """The address that answered."""
    status: int
    """HTTP status."""
    headers: Sequence[tuple[str, str]]
    """As sent, but for those that no longer describe the body."""
    body: bytes
    """After transfer coding, before content decoding."""
    content_type: str | None
    """The Content-Type header. None: not sent."""
    at: datetime
    """When it arrived, UTC, aware."""

    @property
    def is_packed(self) -> bool:
        """Whether the server has compressed the body: then `packed` is quick."""
        return is_packed(self.headers)

    def packed(self) -> Packed:
        """The record. Takes milliseconds of zlib unless the body is compressed, in whatever thread calls it."""
        line = f"{self.status} {_PHRASES.get(self.status, '')}".rstrip()
        return pack_response(url=self.url, status=line, headers=self.headers, body=self.body, at=self.at)


def keep(
    conn: sqlite3.Connection,
    folder: WarcFolder,
    received: Received,
    *,
    row: FrontierRow,
    run_id: int,
    packed: Packed | None = None,
) -> int:
    """Store a response to the request for a row's address; returns the capture. `packed`: its record, if it is made."""
    record = folder.append(packed or received.packed(), at=received.at)
    return add_capture(
        conn,
        record,
        url=canonical(received.url),
        requested_url=row.url,
        site=row.site,
        run_id=run_id,
        fetched_at=received.at,
        status=received.status,
        content_type=received.content_type,
    )
