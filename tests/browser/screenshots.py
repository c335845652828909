"""The README's pictures, made anew from the built-in newsroom: each page on a desk by day and on a phone in the dark.

    python -m tests.browser.screenshots [--to newscrawler/browse/screenshots]

Needs Chromium. A picture is a PNG with a palette, 30 to 60 kB: a repository keeps every version of it for ever.
"""

from __future__ import annotations

import argparse
import base64
import json
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # tests import each other from there

from browser.browsing import Browser, missing  # noqa: E402
from browser.served import Room, crawled_twice, served  # noqa: E402

SHOWN: Final = ("front", "article", "search", "cluster", "outlet", "health")
"""Pages of PAGES, and the names of the pictures."""

_DESK: Final = (1120, 780)
_PHONE: Final = (390, 780)
_GAP: Final = 24
_SCALE: Final = 0.64
_COLOURS: Final = 48

_COMPOSE: Final = """async ([desk, phone, gap, scale, colours]) => {
    const load = async data => createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
    const [one, other] = [await load(desk), await load(phone)];
    const width = Math.round((one.width + gap + other.width) * scale), height = Math.round(one.height * scale);
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(one, 0, 0, one.width * scale, height);
    context.drawImage(other, (one.width + gap) * scale, 0, other.width * scale, height);
    const pixels = context.getImageData(0, 0, width, height).data, seen = new Map();
    const key = i => (pixels[i] >> 4) << 8 | (pixels[i + 1] >> 4) << 4 | pixels[i + 2] >> 4;
    for (let i = 0; i < pixels.length; i += 4) {
        const sum = seen.get(key(i)) ?? [0, 0, 0, 0];
        sum[0]++; for (const c of [0, 1, 2]) sum[c + 1] += pixels[i + c];
        seen.set(key(i), sum);
    }
    // The commonest first, then what is both common and unlike the chosen, or a few red letters would turn grey.
    const mean = [...seen.values()].map(([n, ...sum]) => ({n, colour: sum.map(value => Math.round(value / n))}));
    const apart = (a, b) => a.reduce((all, value, c) => all + (value - b[c]) ** 2, 0);
    const weight = each => Math.sqrt(each.n) * (each.far ?? 1);
    const palette = [];
    while (palette.length < Math.min(colours, mean.length)) {
        const next = mean.reduce((best, each) => weight(each) > weight(best) ? each : best);
        palette.push(next.colour);
        for (const each of mean) each.far = Math.min(each.far ?? Infinity, apart(each.colour, next.colour));
    }
    const nearest = new Map([...seen].map(([k, [n, ...sum]]) => {
        const far = palette.map(colour => apart(colour, sum.map(value => value / n)));
        return [k, far.indexOf(Math.min(...far))];
    }));
    let places = '';
    for (let i = 0; i < pixels.length; i += 4) places += String.fromCharCode(nearest.get(key(i)));
    return JSON.stringify({width, height, palette, places: btoa(places)});
}"""


def main() -> None:
    """Crawl, serve, look, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / "newscrawler" / "browse" / "screenshots")
    options = parser.parse_args()
    if reason := missing():
        raise SystemExit(reason)
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(crawled_twice(Path(folder))) as room:
        browser = Browser()
        for name in SHOWN:
            picture = _picture(browser, room, name)
            (options.to / f"{name}.png").write_bytes(picture)
            print(f"{options.to / name}.png  {len(picture) / 1000:.0f} kB")
        browser.close()


def _picture(browser: Browser, room: Room, name: str) -> bytes:
    async def shot(page: Any) -> str:
        await page.wait_for_function("[...document.images].every(image => image.complete)")
        return base64.b64encode(await page.screenshot()).decode("ascii")

    desk = browser.visit(room.address(name), shot, size=_DESK)
    phone = browser.visit(room.address(name), shot, size=_PHONE, scheme="dark")

    async def compose(page: Any) -> str:
        composed: str = await page.evaluate(_COMPOSE, [desk, phone, _GAP, _SCALE, _COLOURS])
        return composed

    found = json.loads(browser.visit("about:blank", compose))
    return _png(found["width"], found["height"], found["palette"], base64.b64decode(found["places"]))


def _png(width: int, height: int, palette: list[list[int]], places: bytes) -> bytes:
    """One byte a pixel: its place in the palette."""
    lines = b"".join(b"\0" + places[line * width : (line + 1) * width] for line in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes(value for colour in palette for value in colour)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


if __name__ == "__main__":
    main()
