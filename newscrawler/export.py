"""Articles out of the archive: one text file each, or one table of all."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from newscrawler.article import as_document

COLUMNS: Final = (
    "id", "url", "site", "section", "title", "standfirst", "text", "authors", "agency", "published_at",
    "published_raw", "published_from", "modified_at", "image_url", "keywords", "language", "words", "original_id",
    "state", "first_seen_at", "last_seen_at", "changed_at", "extractor", "provenance", "content_hash",
)  # fmt: skip
_JSON: Final = frozenset({"authors", "keywords", "provenance"})
_ROW_GROUP: Final = 5_000
"""Articles that are in memory at once for Parquet: about 40 MB."""


def write_texts(rows: Iterable[sqlite3.Row], folder: Path) -> int:
    """One file per article, `<site>/<id>.txt`: section, headline, standfirst, paragraphs, an empty line between each.

    Returns how many were written. OSError if the folder can't be written.
    """
    count = 0
    for row in rows:
        path = folder / row["site"] / f"{row['id']}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        document = as_document(row["section"], row["title"], row["standfirst"], row["text"])
        path.write_text(document + "\n", encoding="utf-8", newline="\n")
        count += 1
    return count


def write_jsonl(rows: Iterable[sqlite3.Row], path: Path) -> int:
    """One JSON object a line; authors, keywords and provenance are JSON values, not strings."""
    count = 0
    with _replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for values in _values(rows):
            file.write(json.dumps(values, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_csv(rows: Iterable[sqlite3.Row], path: Path) -> int:
    """A table with a header, UTF-8 with a byte order mark: without it Excel shows Arabic as gibberish."""
    count = 0
    with _replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([harmless(row[name]) for name in COLUMNS])
            count += 1
    return count


def write_parquet(rows: Iterable[sqlite3.Row], path: Path) -> int:
    """A Parquet table. Raises ModuleNotFoundError without pyarrow (the extra `parquet`)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    strings = pa.list_(pa.string())
    kinds = {"id": pa.int64(), "words": pa.int64(), "original_id": pa.int64(), "authors": strings, "keywords": strings}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    dumped = ({**v, "provenance": json.dumps(v["provenance"], ensure_ascii=False)} for v in _values(rows))
    count = 0
    with _replacing(path) as part, pq.ParquetWriter(part, schema) as writer:
        while group := list(islice(dumped, _ROW_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Where to write: the file takes `path`'s place when it is whole, and an export that fails leaves the old one."""
    if path.exists() and not path.is_file():  # a pipe or /dev/stdout is written to; a folder raises OSError there
        yield path
        return
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _values(rows: Iterable[sqlite3.Row]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {name: json.loads(row[name]) if name in _JSON else row[name] for name in COLUMNS}


def harmless(value: object) -> object:
    """A cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
