"""A filled archive and a browser without a network: requests go straight into Datasette."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from datasette.app import Datasette
from jinja2.bccache import Bucket, BytecodeCache
from sqlite_utils import Database

from browse.sample_archive import Get, build, close


class _Compiled(BytecodeCache):
    """Templates, compiled once for all Datasettes of these tests: compiling takes longer than all else they do."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles. The checksum is that of the template's source."""
        if (code := self._by_key.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it has compiled."""
        self._by_key[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Database]:
    """The filled sample archive, open for writing."""
    db = build(tmp_path / "archive.db")
    yield db
    db.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Get]]:
    """Opens files in a new Datasette and returns a function that gets a path; closes all at the end."""
    monkeypatch.setattr("datasette.handle_exception.rich", None)  # half a second of traceback for every 404
    instances: list[Any] = []

    def open_files(*paths: Path, **options: Any) -> Get:
        datasette = Datasette([str(path) for path in paths], **options)
        datasette.jinja_env.bytecode_cache = _COMPILED
        instances.append(datasette)
        return lambda path: asyncio.run(datasette.client.get(path))

    yield open_files
    for datasette in instances:
        close(datasette)


@pytest.fixture
def get(archive: Database, tmp_path: Path, opened: Callable[..., Get]) -> Get:
    """Gets a path from a Datasette that has only the sample archive open."""
    return opened(tmp_path / "archive.db")
