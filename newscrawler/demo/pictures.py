"""Pictures for the stories: a sky, a sun and three hills, drawn as PNG without any library."""

from __future__ import annotations

import math
import random
import struct
import zlib
from functools import lru_cache
from typing import Final

_WIDTH: Final = 640
_HEIGHT: Final = 360
_SKY_STEPS: Final = 64
_SUN: Final = _SKY_STEPS
_HILLS: Final = _SKY_STEPS + 1
_MOODS: Final = (  # sky above, sky below, far hill, near hill
    ((38, 84, 124), (244, 211, 158), (92, 113, 128), (24, 52, 66)),
    ((240, 178, 122), (250, 229, 200), (176, 112, 84), (92, 48, 42)),
    ((126, 188, 214), (235, 245, 246), (88, 146, 134), (28, 84, 74)),
    ((72, 52, 110), (240, 150, 130), (92, 66, 116), (36, 26, 60)),
    ((196, 222, 236), (250, 246, 232), (168, 176, 120), (86, 104, 58)),
)

Colour = tuple[int, int, int]


@lru_cache(maxsize=256)
def picture(number: int) -> bytes:
    """A PNG of 640 × 360; the same number gives the same picture."""
    chance = random.Random(number)  # noqa: S311  # a drawing, not a secret
    above, below, far, near = chance.choice(_MOODS)
    palette = [_mix(above, below, step / (_SKY_STEPS - 1)) for step in range(_SKY_STEPS)]
    palette += [(255, 244, 214), far, _mix(far, near, 0.5), near]
    hills = [_ridge(chance, base=_HEIGHT * (0.62 + 0.13 * depth)) for depth in range(3)]
    sun = chance.randint(90, 550), chance.randint(70, 200), chance.randint(22, 40)
    rows = b"".join(b"\0" + _row(y, hills, sun) for y in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    parts = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _row(y: int, hills: list[list[float]], sun: tuple[int, int, int]) -> bytes:
    row = bytearray([y * _SKY_STEPS // _HEIGHT]) * _WIDTH
    centre, height, radius = sun
    if abs(y - height) < radius:
        half = int(math.sqrt(radius**2 - (y - height) ** 2))
        row[centre - half : centre + half] = bytes([_SUN]) * (2 * half)
    for depth, ridge in enumerate(hills):
        if y > min(ridge):
            for x, top in enumerate(ridge):
                if y > top:
                    row[x] = _HILLS + depth
    return bytes(row)


def _ridge(chance: random.Random, *, base: float) -> list[float]:
    waves = [(chance.uniform(6, 26), chance.uniform(60, 190), chance.uniform(0, 6.3)) for _ in range(3)]
    return [base + sum(size * math.sin(x / length + shift) for size, length, shift in waves) for x in range(_WIDTH)]


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
