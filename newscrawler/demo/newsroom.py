"""Newsroom: the three outlets, served on 127.0.0.1 for as long as the `with` block lasts."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Self
from urllib.parse import quote

from newscrawler.demo.cases import CASES
from newscrawler.demo.outlet import STORIES, Outlet, load_outlets
from newscrawler.demo.pages import routes
from newscrawler.demo.pictures import picture
from newscrawler.demo.server import OutletServer, Reply
from newscrawler.demo.story import Story, newest_first
from newscrawler.demo.story_files import load_stories

DEFAULT_PORTS: Final = (8461, 8462, 8463)
"""The ports in `seeds/sites/demo/*.toml`, in the order of the site ids."""

SEEDS: Final = Path(__file__).parents[2] / "seeds"
"""The seed files of the checkout this package runs from."""

_PICTURE: Final = re.compile(r"/media/(\d{1,9})\.png")


class Request(NamedTuple):
    """One line of the newsroom's log."""

    site: str
    """Id of the outlet that was asked."""
    path: str
    """Path and query as sent."""
    status: int
    """What was answered."""


@dataclass(slots=True)
class _Desk:
    outlet: Outlet
    port: int
    server: OutletServer | None = None
    extra: tuple[Story, ...] = ()
    stories: tuple[Story, ...] = ()
    replies: dict[str, Reply] | None = None


@dataclass(frozen=True, slots=True)
class DemoSite:
    """An outlet that is being served."""

    id: str
    """Name of its seed file."""
    port: int
    """Where it listens."""
    home: str
    """Address of its home page."""
    stories: tuple[Story, ...]
    """What it prints in the current edition, newest first."""


class Newsroom:
    """Three small HTTP servers with a newspaper each.

    A port that is 0 or taken is replaced by any free one. `today` dates the stories; None: the day it starts.
    """

    def __init__(self, ports: Sequence[int] = DEFAULT_PORTS, *, today: date | None = None) -> None:
        self.today = today or datetime.now(UTC).date()
        self.requests: list[Request] = []
        """Every request answered so far, in order."""
        self._edition = 1
        self._desks = [_Desk(outlet, port) for outlet, port in zip(load_outlets(), ports, strict=True)]

    def __enter__(self) -> Self:
        for desk in self._desks:
            log = partial(self._note, desk.outlet.id)
            desk.server = OutletServer(desk.port, lookup=partial(self._lookup, desk), log=log)
            self._print(desk)
            threading.Thread(target=desk.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        for desk in self._desks:
            if desk.server is not None:
                desk.server.shutdown()
                desk.server.server_close()
                desk.server = None

    @property
    def sites(self) -> tuple[DemoSite, ...]:
        """The outlets in the order of their ids. Only while the newsroom is open."""
        found = []
        for desk in self._desks:
            base = _base(desk)
            found.append(DemoSite(desk.outlet.id, int(base.rpartition(":")[2]), f"{base}/", desk.stories))
        return tuple(found)

    @property
    def edition(self) -> int:
        """1, or 2: the edition in which a headline and a paragraph are corrected. Settable at any time."""
        return self._edition

    @edition.setter
    def edition(self, number: int) -> None:
        if number not in (1, 2):
            raise ValueError(f"there are editions 1 and 2, not {number}")
        self._edition = number
        for desk in self._desks:
            self._print(desk)

    def publish(self, site: str, story: Story) -> str:
        """Adds a story to an outlet's pages and lists and returns its address. Raises KeyError for an unknown site."""
        desk = self._desk(site)
        desk.extra = (*desk.extra, story)
        self._print(desk)
        return self.url_of(site, story)

    def case_url(self, name: str) -> str:
        """The address under which lists name a special page. Raises KeyError for a name that isn't in `CASES`."""
        case = CASES[name]
        desk = self._desk(case.site)
        for story in desk.stories:
            if story.id == case.story:
                return self.listed_url_of(case.site, story)
        return _base(desk) + quote(case.path or "/")

    def url_of(self, site: str, story: Story) -> str:
        """The story's own absolute address. Raises KeyError for an unknown site."""
        desk = self._desk(site)
        return _base(desk) + desk.outlet.path_of(story)

    def listed_url_of(self, site: str, story: Story) -> str:
        """The absolute address under which the outlet's lists name the story. Raises KeyError for an unknown site."""
        desk = self._desk(site)
        return _base(desk) + desk.outlet.listed_path_of(story)

    def write_seeds(self, folder: Path, *, source: Path = SEEDS) -> None:
        """Seed files that lead to this newsroom: `folder`/sites/demo/*.toml, active, with the real ports.

        Tags are copied too, if `source` has any. Raises FileNotFoundError when a seed file of the demo is missing.
        """
        target = folder / "sites" / "demo"
        target.mkdir(parents=True, exist_ok=True)
        for desk, default in zip(self._desks, DEFAULT_PORTS, strict=True):
            name = f"{desk.outlet.id}.toml"
            text = (source / "sites" / "demo" / name).read_text(encoding="utf-8")
            text = text.replace(f"http://127.0.0.1:{default}", _base(desk))
            text = re.sub(r'^status = "paused"$', 'status = "active"', text, flags=re.MULTILINE)
            text = re.sub(r"^status_note = .*\n", "", text, flags=re.MULTILINE)
            (target / name).write_text(text, encoding="utf-8")
        if (source / "tags").is_dir():
            shutil.copytree(source / "tags", folder / "tags", dirs_exist_ok=True)

    def _desk(self, site: str) -> _Desk:
        for desk in self._desks:
            if desk.outlet.id == site:
                return desk
        raise KeyError(site)

    def _print(self, desk: _Desk) -> None:
        outlet = desk.outlet
        own = load_stories(STORIES / outlet.id, today=self.today, zone=outlet.timezone, edition=self._edition)
        desk.stories = newest_first((*own, *desk.extra))
        now = datetime.now(UTC)
        desk.replies = routes(outlet, desk.stories, base=_base(desk), today=self.today, changed=now)

    def _lookup(self, desk: _Desk, key: str) -> Reply | None:
        if match := _PICTURE.fullmatch(key):
            return Reply(picture(int(match[1])), "image/png")
        return (desk.replies or {}).get(key)

    def _note(self, site: str, path: str, status: int) -> None:
        self.requests.append(Request(site, path, status))


def _base(desk: _Desk) -> str:
    if desk.server is None:
        raise RuntimeError("the newsroom is closed: use it in a with block")
    return desk.server.base
