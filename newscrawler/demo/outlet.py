"""Outlet: what is the same on every page of one invented newspaper."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from newscrawler.demo.printed_dates import MonthNames
from newscrawler.demo.story import Story

TemplateName = Literal["modern", "classic", "app", "amp"]

STORIES: Final = Path(__file__).parent / "stories"
"""One folder an outlet: `outlet.toml` and its stories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One newspaper of the demo."""

    id: str
    """Name of its folder and of its seed file."""
    name: str
    """As in the masthead."""
    name_en: str
    """In Latin letters."""
    tagline: str
    """The line under the masthead."""
    city: str
    """Where the newsroom is."""
    timezone: str
    """IANA zone of its dates."""
    template: TemplateName
    """Which folder of `templates/` prints it."""
    months: MonthNames
    """How its dates are printed."""
    article_path: str
    """Pattern of an article's path, with {id} and {slug}."""
    section_path: str
    """Pattern of a section page's path, with {key}."""
    feed_path: str
    """Where its feed is."""
    sections: Mapping[str, str]
    """Section name → key in the address, in the menu's order."""
    amp_path: str | None = None
    """Pattern of an AMP page's path. None: the outlet has none."""
    tag_path: str | None = None
    """Pattern of a tag page's path, with {tag}. None: tags lead to the home page."""
    also_in_feed: Mapping[str, str] = field(default_factory=dict)
    """Title → path of what the feed names besides stories."""

    def path_of(self, story: Story) -> str:
        """The article's path, percent-encoded."""
        path = story.path or self.article_path.format(id=story.id, slug=story.slug)
        return quote(path, safe="/?=&-._~")

    def listed_path_of(self, story: Story) -> str:
        """The path under which feeds and sitemaps name the article."""
        return quote(story.address, safe="/?=&-._~") if story.address else self.path_of(story)

    def amp_path_of(self, story: Story) -> str | None:
        """The article's AMP path. None: the outlet has no AMP pages."""
        return self.amp_path.format(id=story.id) if self.amp_path else None

    def section_path_of(self, section: str) -> str:
        """The section page's path; a section that isn't in the menu leads to the home page."""
        key = self.sections.get(section)
        return self.section_path.format(key=key) if key else "/"

    def tag_path_of(self, tag: str) -> str:
        """The tag page's path, percent-encoded."""
        return quote(self.tag_path.format(tag=tag.replace(" ", "-")), safe="/") if self.tag_path else "/"


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """The outlets of the demo in the order of their ids."""
    paths = sorted(STORIES.glob("*/outlet.toml"))
    return tuple(Outlet(id=path.parent.name, **tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths)


def outlet_for(template: TemplateName) -> Outlet:
    """The outlet that a template was made for; AMP pages belong to the app's. Raises KeyError for another name."""
    wanted = "app" if template == "amp" else template
    for outlet in load_outlets():
        if outlet.template == wanted:
            return outlet
    raise KeyError(template)
