"""Specifications and the process that draws them: one measure, nothing run, nothing loaded, nothing that hangs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator

import pytest
from lxml import etree

import newscrawler.browse.plots_worker
from newscrawler.browse.plots_bars import Bars, Lane, Lanes
from newscrawler.browse.plots_drawing import DrawingProcess, NotDrawn
from newscrawler.browse.plots_look import STYLE, Colour, Sheet, dressed, whole_steps

_WORKER = (sys.executable, "-P", newscrawler.browse.plots_worker.__file__)


@pytest.fixture(scope="module")
def drawing() -> Iterator[DrawingProcess]:
    """The process that draws."""
    process = DrawingProcess(command=_WORKER)
    yield process
    process.close()


def test_a_name_is_no_expression(drawing: DrawingProcess) -> None:
    """What looks like the library's own language is printed as it stands."""
    name = "datum.y + {{1}} ${2} ' \" \\ signal('width')"
    lanes = Lanes(["2026-11-22"], [Lane(name, [(1,)])])
    svg = drawing.draw(json.dumps(lanes.specification(Sheet(720, rtl=True))))
    assert f"{name} · 1" in [
        text.text for text in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text")
    ]


@pytest.mark.parametrize(("last", "most", "expected"), [
    (1, 4, [0, 1]), (3, 4, [0, 1, 2, 3]), (5, 4, [0, 2, 4]), (16, 4, [0, 5, 10, 15]), (0.4, 4, [0]),
    (1200, 4, [0, 500, 1000]),
])  # fmt: skip
def test_axes_count_whole_articles(last: float, most: int, expected: list[int]) -> None:
    """Marks are 1, 2 or 5 tens apart: nobody publishes half an article."""
    assert whole_steps(last, most=most) == expected


def test_lanes_have_one_measure(drawing: DrawingProcess) -> None:
    """A bar twice as long is twice as many articles, in whichever lane it stands."""
    lanes = Lanes(["2026-11-21", "2026-11-22"], [Lane("أ", [(8,), (0,)]), Lane("ب", [(2,), (4,)])])
    layer = lanes.specification(Sheet(720, rtl=True))["layer"][1]
    heights = {(int(bar["y"]), bar["k"]): round(bar["y"] - bar["y2"], 4) for bar in layer["data"]["values"]}
    assert (
        heights[0, "2026-11-21"]
        == pytest.approx(2 * heights[1, "2026-11-22"])
        == pytest.approx(4 * heights[1, "2026-11-21"])
    )
    assert len(heights) == 3
    assert drawing.draw(json.dumps(lanes.specification(Sheet(360, rtl=False)))).startswith("<svg")


def test_an_unusable_specification_costs_that_plot(drawing: DrawingProcess) -> None:
    """The library's refusal is an error with its reason; the next plot is drawn."""
    with pytest.raises(NotDrawn, match=r"\w+"):
        drawing.draw('{"mark": 7}')
    assert drawing.draw(json.dumps(Bars(["2026-11"], [1]).specification(Sheet(360, rtl=True)))).startswith("<svg")


def test_nothing_is_loaded_from_elsewhere(drawing: DrawingProcess) -> None:
    """Even a specification that names an address on the net is not followed."""
    spec = {
        "data": {"url": "http://127.0.0.1:9/x.json"},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "nominal"}},
    }
    with pytest.raises(NotDrawn):
        drawing.draw(json.dumps(spec))


def test_a_process_that_hangs_is_ended() -> None:
    """A plot has its time; who waits for the next one waits no longer than that."""
    slow = DrawingProcess(command=(sys.executable, "-c", "import time; time.sleep(60)"), timeout_s=0.3)
    begin = time.monotonic()
    with pytest.raises(NotDrawn, match="ended"):
        slow.draw("{}")
    assert time.monotonic() - begin < 10
    slow.close()


def test_a_process_that_died_is_started_again() -> None:
    """It may end when it is idle; nobody notices."""
    process = DrawingProcess(command=_WORKER)
    spec = json.dumps(Bars(["2026-11"], [1]).specification(Sheet(360, rtl=True)))
    first = process.draw(spec)
    process._process.kill()  # type: ignore[union-attr]
    process._process.wait()  # type: ignore[union-attr]
    assert process.draw(spec) == first
    process.close()
    process.close()


def test_every_colour_has_a_dark_one() -> None:
    """What is drawn in a light colour is drawn in its dark one by a reader's dark scheme."""
    for colour in Colour:
        assert f'[fill="{colour}"]' in STYLE
    assert dressed("<svg a='1'><g/></svg>") == f"<svg a='1'><style>{STYLE}</style><g/></svg>"
