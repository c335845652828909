"""Rows as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from newscrawler.browse.rows import Row
from newscrawler.export import harmless

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes Arabic for another encoding."""


def as_csv(rows: Sequence[Row]) -> str:
    """A header and a line for each row; lists joined, and no cell that a spreadsheet would take for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows[0] if rows else [])
    for row in rows:
        writer.writerow(harmless(", ".join(value) if isinstance(value, list) else value) for value in row.values())
    return BYTE_ORDER_MARK + out.getvalue()
