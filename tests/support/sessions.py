"""Questions to live servers from a process of its own: a reactor can't be started twice in one.

`ask` is the test's end. The other end is this file run as a program: it reads one JSON object and prints another.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from support.commands import ROOT, python


def probe_all(urls: Sequence[str], *, seeds: Path, **more: Any) -> list[dict[str, Any]]:
    """Each address probed, without a delay: what `--json` prints, or `{"refused": …}` with the reason."""
    answers: list[dict[str, Any]] = _run({"probe": list(urls), "seeds": str(seeds), **more})
    return answers


def _run(job: dict[str, Any]) -> Any:
    ended = python("support.sessions", asked=json.dumps(job), path=[str(ROOT / "tests")], seconds=200)
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def main() -> None:
    """The other end."""
    from scrapy.utils.project import get_project_settings

    from newscrawler.asking.session import MakeAsker, run_session
    from newscrawler.checking.reading import Reading
    from newscrawler.checking.running import arabic_by
    from newscrawler.probing.command import drafted
    from newscrawler.probing.inquiry import inquire
    from newscrawler.probing.limits import Limits, NoDraft, NotProbed
    from newscrawler.readers import InlineReaders
    from newscrawler.seeds import load_sites

    job = json.load(sys.stdin)
    settings = get_project_settings()
    settings.set("LOG_ENABLED", False)
    settings.set("DOWNLOAD_TIMEOUT", 2)
    settings.update(job.get("settings", {}), priority="cmdline")
    private = job.get("private_network", True)
    limits = Limits(requests=job.get("requests", 40), delay_s=0, private_network=private)
    sites = load_sites(Path(job["seeds"]))

    async def probe(make: MakeAsker) -> list[dict[str, Any]]:
        answers = []
        for url in job["probe"]:
            asker = make(requests_max=limits.requests, seconds_max=job.get("seconds", 60))
            reading = Reading(InlineReaders(min_words=20), arabic_by(settings))
            try:
                answers.append(json.loads(drafted(await inquire(asker, url, reading, limits), sites).as_json()))
            except (NoDraft, NotProbed) as why:
                answers.append({"refused": str(why), "kind": type(why).__name__})
        return answers

    delay = job.get("crawl_delay_max_s", 30)
    answers = run_session(settings, probe, sites={}, delay_s=0, any_network=private, crawl_delay_max_s=delay)
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
