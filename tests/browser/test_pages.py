"""Every type of page in a real browser: it fits the screen, in the right direction, without complaint or barrier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pytest

from browser.browsing import DESK, PHONE, Browser
from browser.served import PAGES, Room

pytestmark = pytest.mark.slow

SMALLEST: Final = (320, 640)
"""What WCAG 1.4.10 asks to reflow to: a desk's window at four times the size."""

_STANDARD: Final = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_BY_LOOK: Final = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}
"""Those of the standard's rules that can end otherwise in another width or in other colours: the rest reads the
document alone, which is the same."""

_STATUS: Final = {"missing": "status of 404", "broken query": "status of 400"}
"""What the console says of pages that are errors."""

_LOOK: Final = """() => {
    const page = document.documentElement;
    const scrolls = e =>
        e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
    const sticks_out = e => {
        const box = e.getBoundingClientRect();
        return box.width > 1 && (box.right > page.clientWidth + 1 || box.left < -1);
    };
    const wide = [...document.querySelectorAll('body *')].filter(e => sticks_out(e) && !scrolls(e.parentElement));
    return {excess: page.scrollWidth - page.clientWidth, wide: wide.slice(0, 3).map(e => e.outerHTML.slice(0, 200))};
}"""

_LOADED: Final = """() => Promise.all([...document.images].map(
    image => image.complete || new Promise(done => { image.onload = image.onerror = done; })))"""

_FACTS: Final = """() => ({
    lang: document.documentElement.lang,
    direction: getComputedStyle(document.body).direction,
    headings: document.querySelectorAll('h1').length,
    absent: [...document.images].filter(image => !image.naturalWidth).map(image => image.src),
    undescribed: [...document.images].filter(image => !image.alt).map(image => image.src),
})"""

_BARRIERS: Final = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations
    .filter(rule => ['serious', 'critical'].includes(rule.impact))
    .flatMap(rule => rule.nodes.slice(0, 3).map(
        node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`))"""


_NO_ICONS: Final = "() => { CanvasRenderingContext2D.prototype.measureText = text => ({width: 10 * text.length}); }"
"""axe-core takes a word that is narrower than its letters are one by one for an icon made by a font, and doesn't look
at its contrast. Every Arabic word is: without this it passed grey headings on black. We have no such fonts.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to say about a page after one visit."""

    facts: dict[str, Any]
    """Language, direction, headings, pictures."""
    fit: dict[int, Any]
    """By width of the window: what is wider than it."""
    complaints: list[str]
    """What the console said."""
    barriers: list[str]
    """What axe-core found, in Arabic alone: the markup of both languages is the same."""


@pytest.fixture(scope="session")
def see(browser: Browser, room: Room) -> Callable[[str, str], Seen]:
    """Visits a page of that name in that language, once, whatever is asked about it."""
    kept = browser.keep(size=PHONE)

    @cache
    def visited(name: str, language: str) -> Seen:
        return browser.look_at(kept, room.address(name, language), _look_closely if language == "ar" else _look)

    return visited


async def _look(page: Any) -> Seen:
    await _show(page, PHONE, "light")
    facts = await page.evaluate(_FACTS)
    fit = {}
    for size in (PHONE, SMALLEST, DESK):
        await _show(page, size, "light")
        fit[size[0]] = await page.evaluate(_LOOK)
    return Seen(facts, fit, list(page.complaints), [])


async def _look_closely(page: Any) -> Seen:
    from axe_playwright_python.base import AXE_SCRIPT

    seen = await _look(page)
    await page.evaluate(AXE_SCRIPT)
    await page.evaluate(_NO_ICONS)
    await _show(page, PHONE, "light")
    barriers = await page.evaluate(_BARRIERS, _STANDARD)
    await _show(page, DESK, "dark")
    barriers += await page.evaluate(_BARRIERS, _BY_LOOK)
    return Seen(seen.facts, seen.fit, seen.complaints, barriers)


async def _show(page: Any, size: tuple[int, int], scheme: str) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.emulate_media(color_scheme=scheme)
    await page.evaluate(_LOADED)  # a plot has a picture for each width; one that is left half loaded is a complaint


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_speaks_its_language(see: Callable[[str, str], Seen], name: str, language: str) -> None:
    """On a phone, on the smallest screen and on a desk nothing is wider than the window, whatever stands in it;
    language and direction are the reader's; every picture is there and described; and the console says nothing, so
    nothing was blocked, nothing failed, and no other host was asked.
    """
    seen = see(name, language)
    assert seen.facts == {
        "lang": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "headings": 1,
        "absent": [],
        "undescribed": [],
    }
    assert seen.fit == {width: {"excess": 0, "wide": []} for width, _ in (PHONE, SMALLEST, DESK)}
    expected = _STATUS.get(name, "nothing")
    assert [said for said in seen.complaints if expected not in said] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier(see: Callable[[str, str], Seen], name: str) -> None:
    """axe-core finds nothing serious or critical against WCAG 2.2 AA: on a phone by daylight, on a desk in the dark."""
    assert see(name, "ar").barriers == []


def test_a_barrier_would_be_found(browser: Browser, room: Room) -> None:
    """Both runs of axe-core find what they are for: a picture without words, and a grey that only paper bears."""

    async def spoil(page: Any) -> Seen:
        await page.evaluate("""() => {
            document.querySelector('h1').after(new Image());
            document.querySelector('h1').style.color = '#555';
        }""")
        return await _look_closely(page)

    found = browser.visit(room.address("tags"), spoil, size=PHONE).barriers
    assert [line.partition(" ")[0] for line in found] == ["image-alt", "color-contrast"]
