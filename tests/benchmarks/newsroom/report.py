"""The figures as a table, as ratios, as a plot, and in README.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.newsroom.contenders import CONTENDERS, OURS, REPLAY
from tests.benchmarks.newsroom.scoring import FIELDS

README: Final = Path(__file__).resolve().parents[3] / "README.md"
BEGIN: Final = "<!-- figures: begin (made by `make bench`, not by hand) -->"
END: Final = "<!-- figures: end -->"

_GOALS: Final = (
    (OURS, "naive spider", 10.0),
    (OURS, "newspaper4k", 15.0),
    (OURS, "news-please", 15.0),
    (OURS, "fundus, hand-written parser", 1.5),
    (OURS, "bare Scrapy, tuned", 0.25),
    (REPLAY, OURS, 1.3),
)
"""Who, beside whom, and how many times as fast."""
_MEMORY_GOAL_MB: Final = 600


def figures(row: Mapping[str, float]) -> str:
    """A round in a line."""
    return f"{row['per_second']:8.1f} pages/s {row['cpu_ms']:7.1f} ms CPU {row['peak_mb']:6.0f} MB"


def table(results: Mapping[str, Any]) -> str:
    """Markdown: a line for each contender, those that were skipped below."""
    head = ["", "pages/s", "CPU ms a page", "peak MB", *FIELDS]
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for contender in CONTENDERS:
        if (row := results["medians"].get(contender.name)) is None:
            continue
        right = results["correct"].get(contender.name, {})
        cells = [contender.name, f"{row['per_second']:.0f}", f"{row['cpu_ms']:.1f}", f"{row['peak_mb']:.0f}"]
        cells += [f"{right[name]:.3f}".removeprefix("0") if name in right else "" for name in FIELDS]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [f"\n{name}: skipped, {why}" for name, why in results["skipped"].items()]
    return "\n".join(lines)


def ratios(results: Mapping[str, Any]) -> Iterator[str]:
    """How far each goal is, as sentences."""
    medians = results["medians"]
    for who, other, goal in _GOALS:
        if who in medians and other in medians:
            ratio = medians[who]["per_second"] / medians[other]["per_second"]
            yield f"{who}: {ratio:.2f} x {other} (goal {goal:g}: {'met' if ratio >= goal else 'not met'})"
    if OURS in medians:
        peak = medians[OURS]["peak_mb"]
        met = "met" if peak <= _MEMORY_GOAL_MB else "not met"
        yield f"{OURS}: {peak:.0f} MB at most (goal {_MEMORY_GOAL_MB}: {met})"


def plot(results: Mapping[str, Any], path: Path) -> None:
    """Pages a second of each contender, as SVG or PNG."""
    import vl_convert

    rows = [
        {"who": contender.name, "rate": results["medians"][contender.name]["per_second"]}
        for contender in CONTENDERS
        if contender.name in results["medians"]
    ]
    bars = {
        "mark": "bar",
        "encoding": {
            "color": {"condition": {"test": "indexof(datum.who, 'ours') == 0", "value": "#b5442e"}, "value": "#8a9ba8"}
        },
    }
    labels = {
        "mark": {"type": "text", "align": "left", "dx": 4},
        "encoding": {"text": {"field": "rate", "format": ".0f"}},
    }
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": f"Pages a second, {results['machine']['cores']} cores, {str(results['machine']['at'])[:10]}",
        "width": 560,
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "who", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 240}},
            "x": {"field": "rate", "type": "quantitative", "title": "pages a second", "scale": {"type": "symlog"}},
        },
        "layer": [bars, labels],
    }
    if path.suffix == ".png":
        path.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
    else:
        path.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")


def section(results: Mapping[str, Any]) -> str:
    """What stands between the marks in README.md."""
    facts = results["machine"]
    size = f"{results['pages']:,} invented pages of 100 to 150 kB in six templates, served by {results['server']}"
    system, day = str(facts["system"]).partition("-")[0], str(facts["at"])[:10]
    where = f"{facts['cores']} cores, Python {facts['python']}, {system}, {day}"
    goals = "\n".join(f"- {line}" for line in ratios(results))
    return f"{BEGIN}\n{size}; {where}.\n\n{table(results)}\n\n{goals}\n{END}"


def write_readme(results: Mapping[str, Any]) -> None:
    """Replace what stands between the marks. Raises ValueError if they aren't there."""
    text = README.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN), text.index(END) + len(END)
    README.write_text(text[:begin] + section(results) + text[end:], encoding="utf-8")
