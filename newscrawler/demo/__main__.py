"""`python -m newscrawler.demo --serve`: the newsroom in a browser, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading

from newscrawler.demo.newsroom import DEFAULT_PORTS, Newsroom


def main(arguments: list[str] | None = None) -> int:
    """Serves until interrupted; exit code 0, or 2 when called without --serve."""
    parser = argparse.ArgumentParser(prog="python -m newscrawler.demo", description="The built-in newsroom.")
    parser.add_argument("--serve", action="store_true", help="serve the newspapers until Ctrl-C")
    parser.add_argument("--edition", type=int, choices=(1, 2), default=1, help="2: with the corrections")
    parser.add_argument("--ports", type=int, nargs=3, default=DEFAULT_PORTS, metavar="PORT")
    options = parser.parse_args(arguments)
    if not options.serve:
        parser.print_help()
        return 2
    with Newsroom(options.ports) as newsroom:
        newsroom.edition = options.edition
        for site in newsroom.sites:
            sys.stdout.write(f"{site.id:14} {site.home}\n")
        sys.stdout.write("Ctrl-C ends it.\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
