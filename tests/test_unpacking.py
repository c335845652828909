"""A packed body is unpacked once, whole or not at all."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler import unpacking
from newscrawler.unpacking import unpack

MANY: int = 10_000_000


@pytest.fixture(params=["igzip", "zlib"])
def _unpackers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With igzip, and on a machine that hasn't got it."""
    if request.param == "zlib":
        monkeypatch.setattr(unpacking, "isal_zlib", None)
    else:
        pytest.importorskip("isal")


@pytest.mark.usefixtures("_unpackers")
@pytest.mark.parametrize(
    ("body", "gives"),
    [
        (gzip.compress("<p>ضيعة".encode()), ("<p>ضيعة".encode(), False)),
        (gzip.compress(b""), (b"", False)),
        (gzip.compress(b"0" * 5_000)[:-1], (None, True)),
        (gzip.compress(b"0" * 5_000)[:12], (None, True)),
        (gzip.compress(b"one") + gzip.compress(b"two"), (None, False)),
        (gzip.compress(b"one") + b"\x00", (None, False)),
        (b"<p>not packed", (None, False)),
        (b"", (None, False)),
        (gzip.compress(b"<p>" * 99)[:-8] + bytes(8), (None, False)),
    ],
    ids=["whole", "of nothing", "cut in its end mark", "cut", "two members", "more behind it", "plain", "empty", "CRC"],
)
def test_a_whole_body_is_unpacked_and_a_cut_one_told(body: bytes, gives: tuple[bytes | None, bool]) -> None:
    """Whatever else is wrong with it is for somebody else to say."""
    assert unpack(body, max_bytes=MANY) == gives


@pytest.mark.usefixtures("_unpackers")
def test_a_bomb_is_not_unpacked() -> None:
    """More than the limit is somebody else's to refuse, and costs no memory here; the limit itself is allowed."""
    assert unpack(gzip.compress(b"0" * 5_000_000), max_bytes=100_000) == (None, False)
    assert unpack(gzip.compress(b"0" * 100_000), max_bytes=100_000) == (b"0" * 100_000, False)


@given(
    page=st.binary(max_size=3_000), level=st.integers(0, 9), kept=st.integers(0, 3_100), max_bytes=st.integers(1, 4_000)
)
def test_both_unpackers_say_the_same(page: bytes, level: int, kept: int, max_bytes: int) -> None:
    """Of any page, whole or cut, below the limit or above it."""
    pytest.importorskip("isal")
    body = gzip.compress(page, level)[:kept]
    told = unpack(body, max_bytes=max_bytes)
    with pytest.MonkeyPatch.context() as without:
        without.setattr(unpacking, "isal_zlib", None)
        assert unpack(body, max_bytes=max_bytes) == told
