"""What a reader does: type, press Enter, narrow, compare, switch the language, look at a plot, print."""

from __future__ import annotations

from typing import Any

import pytest

from browser.browsing import DESK, PHONE, Browser
from browser.served import Room

pytestmark = pytest.mark.slow


async def _focused(page: Any) -> dict[str, Any]:
    """The element that has the keyboard, and whether it can be seen that it has."""
    found: dict[str, Any] = await page.evaluate("""() => {
        const e = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(e);
        return {name: e.className || e.id || e.tagName, outlined: outlineStyle !== 'none' && outlineWidth !== '0px'};
    }""")
    return found


def test_search_by_keyboard_alone(browser: Browser, room: Room) -> None:
    """Whoever has no mouse reaches the search, asks it, and opens the first answer; the words asked for are marked."""

    async def search(page: Any) -> None:
        for _ in range(10):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.type") == "search":
                break
        await page.keyboard.type("العباره")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/-/search?q=*")
        assert await page.locator(".item mark").count() > 0
        await page.locator(".item h2 a").first.focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/-/article/*")
        assert await page.locator("article.story .body p").count() > 1

    browser.visit(room.address("front"), search)


def test_the_keyboard_is_always_seen(browser: Browser, room: Room) -> None:
    """The first stop leads past the header, and every stop is outlined."""

    async def walk(page: Any) -> None:
        await page.keyboard.press("Tab")
        assert (await _focused(page))["name"] == "skip"
        assert await page.locator("a.skip").evaluate("e => e.getBoundingClientRect().top >= 0")
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.tagName") == "MAIN"
        for _ in range(12):
            await page.keyboard.press("Tab")
            stop = await _focused(page)
            assert stop["outlined"], stop

    browser.visit(room.address("search"), walk)


def test_facets_narrow_and_widen(browser: Browser, room: Room) -> None:
    """A facet's value leaves only its articles, as many as it said; choosing it again brings the others back."""

    async def narrow(page: Any) -> None:
        before = await page.locator(".tally strong").inner_text()
        value = page.locator("#facets li", has=page.get_by_text("مرفأ الضوء", exact=True)).first
        promised = await value.locator(".count").inner_text()
        await value.locator("a").click()
        await page.wait_for_url("**site=demo-marfa*")
        assert promised in await page.locator(".tally strong").inner_text()
        assert {"مرفأ الضوء"} == set(await page.locator(".item .facts bdi:first-child").all_inner_texts())
        await page.locator("#facets li.chosen a").first.click()
        await page.wait_for_url(lambda url: "site=" not in url)
        assert await page.locator(".tally strong").inner_text() == before

    browser.visit(room.address("search without words"), narrow)


def test_an_edit_is_compared_word_by_word(browser: Browser, room: Room) -> None:
    """From the article one click leads to what went and what came, told apart by more than a colour."""

    async def compare(page: Any) -> None:
        await page.locator("section[aria-labelledby=revisions] a").first.click()
        await page.wait_for_url("**/revisions/*")
        for mark, line in (("del", "line-through"), ("ins", "underline")):
            marked = page.locator(f".diff .body {mark}, .diff .headline {mark}").first
            assert await marked.is_visible()
            assert line in await marked.evaluate("e => getComputedStyle(e).textDecorationLine")

    browser.visit(room.address("edited article"), compare, size=PHONE)


def test_the_language_stays_chosen(browser: Browser, room: Room) -> None:
    """One click turns the page around, and the next page is in that language, too."""

    async def switch(page: Any) -> None:
        await page.locator("a.language").click()
        await page.wait_for_function("document.documentElement.lang === 'en'")
        assert await page.evaluate("getComputedStyle(document.body).direction") == "ltr"
        await page.locator(".item h2 a, .item h3 a").first.click()
        await page.wait_for_url("**/-/article/*")
        assert await page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]

    browser.visit(f"{room.home}/", switch)


def test_a_plot_fits_its_window_and_opens_its_numbers(browser: Browser, room: Room) -> None:
    """A phone gets the narrow picture and a desk the wide one, neither moves the page when it arrives, and the numbers
    are one click away.
    """

    async def look(page: Any) -> tuple[int, int]:
        image = page.locator("figure.plot img")
        assert "demo" not in await image.get_attribute("alt")
        details = page.locator("figure.plot details")
        await details.locator("summary").click()
        assert await details.locator("tbody tr").count() > 1
        async with page.expect_download() as coming:
            await page.locator("figure.plot .numbers a").first.click()
        assert (await (await coming.value).path()).read_text(encoding="utf-8").startswith("\ufeffday,articles")
        size: list[int] = await image.evaluate("e => [e.naturalWidth, e.getBoundingClientRect().width]")
        return size[0], size[1]

    assert browser.visit(room.address("outlet"), look, size=PHONE)[0] == 360
    assert browser.visit(room.address("outlet"), look, size=DESK) == (720, 720)


def test_a_plot_has_the_schemes_colours(browser: Browser, room: Room) -> None:
    """A picture doesn't see the page's style sheet, and is dark in the dark all the same."""

    async def ground(page: Any) -> tuple[str, str]:
        colours: list[str] = await page.evaluate("""() => [
            getComputedStyle(document.documentElement).backgroundColor,
            getComputedStyle(document.querySelector('[fill="#0b4f86"]')).fill,
        ]""")
        assert page.complaints == []
        return colours[0], colours[1]

    address = f"{room.home}/-/plot/outlet-days/demo-marfa.svg"
    assert browser.visit(address, ground, scheme="light") == ("rgb(253, 252, 249)", "rgb(11, 79, 134)")
    assert browser.visit(address, ground, scheme="dark") == ("rgb(23, 24, 26)", "rgb(143, 193, 240)")


def test_a_plot_runs_nothing(browser: Browser, room: Room) -> None:
    """An outlet called like a script is printed, not run, though the picture is opened as a page of its own."""

    async def read(page: Any) -> tuple[str, int, list[str]]:
        names: str = await page.evaluate("document.documentElement.textContent")
        return (
            names,
            await page.evaluate("document.querySelectorAll('script, image, foreignObject').length"),
            page.complaints,
        )

    names, dangers, complaints = browser.visit(f"{room.home}/-/plot/outlets-days.svg", read)
    assert "صحيفة ااا" in names
    assert (dangers, complaints) == (0, [])


def test_paper_is_white_and_bare(browser: Browser, room: Room) -> None:
    """An article is printed black on white, in the dark too, without what only a screen can use."""

    async def print_it(page: Any) -> None:
        await page.emulate_media(media="print", color_scheme="dark")
        shown = "e => getComputedStyle(e).display !== 'none'"
        assert await page.evaluate(
            "(() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; })()"
        ) == [
            "rgb(0, 0, 0)",
            "rgb(255, 255, 255)",
        ]
        assert not await page.locator(".room-header").evaluate(shown)
        assert not await page.locator(".doors").first.evaluate(shown)
        assert await page.locator(".story .body").evaluate(shown)

    browser.visit(room.address("article"), print_it, scheme="dark")


def test_a_topic_is_clicked_and_taken_away(browser: Browser, room: Room) -> None:
    """What is chosen stands above the results; its ✕ brings everything back. The same on a phone and on a desk."""

    async def narrow(page: Any) -> None:
        before = await page.locator(".tally strong").inner_text()
        facet = page.locator("#facets section", has=page.get_by_role("heading", name="الموضوع", exact=True))
        value = facet.locator("li").first
        label, promised = await value.locator("bdi").inner_text(), await value.locator(".count").inner_text()
        await value.locator("a").click()
        await page.wait_for_url("**topic=*")
        assert promised in (await page.locator(".tally strong").inner_text()).split(" ")
        chosen = page.locator(".chips li")
        assert await chosen.all_inner_texts() == [f"{label} ✕"]
        assert await chosen.first.evaluate("e => e.getBoundingClientRect().bottom < innerHeight")
        await chosen.first.locator("a").click()
        await page.wait_for_url(lambda url: "topic=" not in url)
        assert await page.locator(".tally strong").inner_text() == before
        assert await page.locator(".chips").count() == 0

    for size in (PHONE, DESK):
        browser.visit(room.address("search without words"), narrow, size=size)


def test_further_values_are_unfolded_by_keyboard(browser: Browser, room: Room) -> None:
    """A long list of places is folded; Enter unfolds it, and its values are clicked like the first ones."""

    async def unfold(page: Any) -> None:
        facet = page.locator("#facets section", has=page.get_by_role("heading", name="الأماكن", exact=True))
        last = facet.locator("details li a").last
        assert not await last.is_visible()
        await facet.locator("summary").focus()
        await page.keyboard.press("Enter")
        assert await last.is_visible()
        label = await last.locator("bdi").inner_text()
        await last.click()
        await page.wait_for_url("**place=*")
        assert (await page.locator(".chips li").first.inner_text()).startswith(label)

    browser.visit(room.address("search without words"), unfold)


def test_a_period_is_typed_by_keyboard(browser: Browser, room: Room) -> None:
    """Both days without a mouse, Enter asks; only articles of the period are left, and the ✕ brings back the others."""

    async def type_period(page: Any) -> None:
        for name, typed in (("from", "11162026"), ("to", "11182026")):  # month first: the browser speaks English
            await page.locator(f"#{name}").focus()
            await page.keyboard.type(typed)
            assert await page.locator(f"#{name}").input_value() == f"2026-11-{typed[2:4]}"
        await page.keyboard.press("Enter")
        await page.wait_for_url("**from=2026-11-16&to=2026-11-18*")
        days = await page.locator(".item time").evaluate_all("all => all.map(e => e.dateTime.slice(0, 10))")
        assert days
        assert set(days) <= {"2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18"}  # UTC; the day is the newsroom's
        assert await page.locator("#from").input_value() == "2026-11-16"
        await page.locator(".chips a").click()
        await page.wait_for_url(lambda url: "from=" not in url)
        assert await page.locator(".item").count() > len(days)

    for size in (PHONE, DESK):
        browser.visit(room.address("search without words"), type_period, size=size)


def test_a_table_begins_on_the_readers_side(browser: Browser, room: Room) -> None:
    """Datasette's tables, whatever stands in the cells: on the right in Arabic, on the left in English."""

    async def sides(page: Any) -> list[str]:
        found: list[str] = await page.evaluate(
            "[...new Set([...document.querySelectorAll('td, th')].map(e => getComputedStyle(e).textAlign))]"
        )
        return found

    assert browser.visit(room.address("table", "ar"), sides) == ["right"]
    assert browser.visit(room.address("table", "en"), sides) == ["left"]
