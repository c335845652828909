"""Every type of page in a real browser: it fits the screen, in the right direction, without complaint or barrier."""

from __future__ import annotations

from typing import Any, Final

import pytest

from browser.browsing import DESK, PHONE, Browser
from browser.served import PAGES, Room

SMALLEST: Final = (320, 640)
"""What WCAG 1.4.10 asks to reflow to: a desk's window at four times the size."""

_STANDARD: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

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

_FACTS: Final = """() => ({
    lang: document.documentElement.lang,
    direction: getComputedStyle(document.body).direction,
    headings: document.querySelectorAll('h1').length,
    absent: [...document.images].filter(image => !image.naturalWidth).map(image => image.src),
    undescribed: [...document.images].filter(image => !image.alt).map(image => image.src),
})"""


async def _fits(page: Any) -> None:
    for size in (PHONE, SMALLEST, DESK):
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        seen = await page.evaluate(_LOOK)
        assert seen == {"excess": 0, "wide": []}, f"at {size[0]} pixels"


async def _loaded(page: Any) -> dict[str, Any]:
    await page.wait_for_function("[...document.images].every(image => image.complete)")
    facts: dict[str, Any] = await page.evaluate(_FACTS)
    return facts


async def _barriers(page: Any) -> list[str]:
    from axe_playwright_python.async_playwright import Axe

    found = (await Axe().run(page, options=_STANDARD)).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_speaks_its_language(browser: Browser, room: Room, name: str, language: str) -> None:
    """On a phone, on the smallest screen and on a desk nothing is wider than the window, whatever stands in it;
    language and direction are the reader's; every picture is there and described; and the console says nothing, so
    nothing was blocked, nothing failed, and no other host was asked.
    """

    async def look(page: Any) -> None:
        facts = await _loaded(page)
        assert facts == {
            "lang": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "headings": 1,
            "absent": [],
            "undescribed": [],
        }
        await _fits(page)
        expected = _STATUS.get(name, "nothing")
        assert [said for said in page.complaints if expected not in said] == []

    browser.visit(room.address(name, language), look, size=PHONE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier(browser: Browser, room: Room, name: str) -> None:
    """axe-core finds nothing serious or critical against WCAG 2.2 AA: on a phone by daylight, on a desk in the dark."""

    async def look(page: Any) -> list[str]:
        await _loaded(page)
        by_day = await _barriers(page)
        await page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        await page.emulate_media(color_scheme="dark")
        return by_day + await _barriers(page)

    assert browser.visit(room.address(name), look, size=PHONE) == []
