"""A process of its own that draws plots: a Vega-Lite specification comes in on a line, an SVG goes out on a line.

Apart from the server because the library holds a JavaScript engine: 0.5 s until it is ready, 130 MB, and Python
stands still while it draws. It ends with the server, whose end closes the pipe, or when nobody has asked for a while.
Run as a file, not as a module: it needs nothing else of this project, and starts in a fifth of the time.
"""

from __future__ import annotations

import json
import signal
import sys

IDLE_S = 600
"""Seconds without a plot after which the memory is given back."""


def main() -> None:
    """Answers until the input ends; `{"svg": …}` or `{"error": …}`."""
    import vl_convert

    for line in sys.stdin:
        _wait(0)
        try:
            answer = {"svg": vl_convert.vegalite_to_svg(line, allowed_base_urls=[])}
        except ValueError as why:
            answer = {"error": str(why)[:500]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        _wait(IDLE_S)


def _wait(seconds: int) -> None:
    if hasattr(signal, "alarm"):  # not on Windows; there it stays until the server ends
        signal.alarm(seconds)


if __name__ == "__main__":
    main()
