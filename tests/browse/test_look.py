"""What a style sheet can promise: contrast in both colour schemes, nothing from elsewhere, nothing one-sided."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from newscrawler.browse.plots_look import _DARK, Colour

_STATIC = files("newscrawler.browse") / "static"
_ROOM = (_STATIC / "room.css").read_text(encoding="utf-8")
_TEXT_ON = {
    "--paper": ("--ink", "--quiet", "--link", "--visited", "--accent"),
    "--card": ("--ink", "--quiet", "--link", "--visited", "--accent"),
    "--mark": ("--ink", "--link", "--visited"),
    "--ins": ("--ink",),
    "--del": ("--ink",),
    "--link": ("--paper",),
}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", _ROOM, re.DOTALL)
    return {name: dict(re.findall(r"(--\w+): (#\w{6});", css)) for name, css in (("light", light), ("dark", dark))}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for every text colour on every ground it stands on."""
    colours = _schemes()[scheme]
    for ground, texts in _TEXT_ON.items():
        for text in texts:
            high, low = sorted((_luminance(colours[ground]), _luminance(colours[text])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (scheme, ground, text)


@pytest.mark.parametrize("name", ["room.css", "datasette.css"])
def test_style_sheets_load_nothing(name: str) -> None:
    """System fonts, no pictures: nothing to fetch, nothing that the policy would block."""
    css = (_STATIC / name).read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css


def test_our_own_style_sheet_has_no_sides() -> None:
    """Start and end instead of left and right, so that direction is decided in one place."""
    assert not re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|float:", _ROOM)


def test_datasettes_pages_take_sides_only_for_what_is_left_to_right() -> None:
    """SQL and addresses begin on the left in every language; everything else where the reader's lines begin."""
    css = re.sub(r":root[^{]*\{[^}]*\}", "", (_STATIC / "datasette.css").read_text(encoding="utf-8"))
    sided = [rule for rule in re.findall(r"\{([^{}]*)\}", css) if re.search(r"text-align: (?:left|right)", rule)]
    assert sided
    assert all("direction: ltr" in rule and "text-align: left" in rule for rule in sided)


def test_plots_have_the_pages_colours() -> None:
    """A picture can't see the page's variables, so it repeats them: of both schemes, each beside its counterpart."""
    light, dark = _schemes()["light"], _schemes()["dark"]
    names = {value: name for name, value in light.items()}
    assert {names[colour]: _DARK[colour] for colour in Colour} == {names[c]: dark[names[c]] for c in Colour}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_have_contrast(scheme: str) -> None:
    """WCAG 1.4.11: 3 to 1 for what a plot is read by."""
    colours = _schemes()[scheme]
    for bar in ("--link", "--second", "--accent"):
        high, low = sorted((_luminance(colours[bar]), _luminance(colours["--paper"])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, (scheme, bar)


@pytest.mark.parametrize("name", ["room.css", "datasette.css"])
def test_nothing_moves(name: str) -> None:
    """Nobody who asked for less motion has to ask twice."""
    assert not re.findall(r"(?:animation|transition|scroll-behavior)\s*:", (_STATIC / name).read_text(encoding="utf-8"))
