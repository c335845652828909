"""render(): any story in any of the newsroom's templates, as the bytes a server would send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from newscrawler.demo.json_ld import as_graph, as_list, as_script
from newscrawler.demo.outlet import Outlet, TemplateName, outlet_for
from newscrawler.demo.printed_dates import date_and_clock, eastern, long_date
from newscrawler.demo.story import Block, Kind, Story

TEMPLATES: Final[tuple[TemplateName, ...]] = ("modern", "classic", "app", "amp")
"""Every template `render` knows."""

_TYPOGRAPHY: Final = frozenset("“”‘’،؛؟")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around a story or a list: masthead, menu, sidebar."""

    outlet: Outlet
    """Whose page it is."""
    base: str = "http://127.0.0.1"
    """Scheme, host and port of absolute addresses."""
    today: date
    """The date in the masthead: not a story's date."""
    most_read: tuple[Story, ...] = ()
    """Headlines of the sidebar."""
    related: tuple[Story, ...] = ()
    """Headlines of the box «إقرأ أيضاً»."""
    ballast: str = ""
    """More HTML after the footer of template "modern", for pages of a real site's weight."""


class Turn(NamedTuple):
    """Which page of how many a list is."""

    number: int = 1
    """This one, from 1."""
    pages: int = 1
    """How many there are."""
    pattern: str = ""
    """Path of any of them, with {}."""


class _Group(NamedTuple):
    kind: Kind
    blocks: tuple[Block, ...]


def render(template: TemplateName, story: Story, *, frame: Frame | None = None) -> bytes:
    """The story's page. "classic" comes as windows-1256, what that lacks as numeric entities; all else as UTF-8.

    Without a frame the page belongs to the outlet the template was made for, with an empty sidebar.
    Raises KeyError for an unknown template.
    """
    frame = frame or Frame(outlet=outlet_for(template), today=date(2026, 11, 1))
    outlet = frame.outlet
    folder = "app" if template == "amp" else template
    build = as_graph if template == "modern" else as_list
    return _page(
        f"{folder}/article.html",
        frame,
        story=story,
        section=story.section,
        path=outlet.path_of(story),
        amp=template == "amp",
        amp_path=outlet.amp_path_of(story),
        json_ld=Markup(as_script(build(story, outlet=outlet, base=frame.base))),  # noqa: S704  # as_script escapes
        summary=story.standfirst or " ".join(" ".join(story.paragraphs).split()[:28]),
        groups=tuple(_groups(story.body)),
        published_line=date_and_clock(story.published, months=outlet.months) if story.published else "",
        modified_line=date_and_clock(story.modified, months=outlet.months) if story.modified else "",
        declare_meta=story.charset == "meta",
        write=_all_as_numbers if story.entities else _some_as_numbers,
    )


def render_list(heading: str, items: Sequence[Story], *, path: str, frame: Frame, turn: Turn = Turn()) -> bytes:  # noqa: B008  # a frozen value
    """A page of headlines: home, section, tag, archive."""
    return _page(
        f"{frame.outlet.template}/list.html",
        frame,
        story=None,
        heading=heading,
        section=heading,
        items=items,
        path=path,
        amp=False,
        declare_meta=True,
        number=turn.number,
        pages=turn.pages,
        pager=turn.pattern,
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def _page(name: str, frame: Frame, **values: Any) -> bytes:
    outlet = frame.outlet

    def day_line(moment: datetime) -> str:
        return long_date(moment.date(), months=outlet.months)

    context: Mapping[str, Any] = {
        "outlet": outlet,
        "base": frame.base,
        "today": frame.today,
        "today_line": long_date(frame.today, months=outlet.months),
        "most_read": frame.most_read,
        "related": frame.related,
        "ballast": Markup(frame.ballast),  # noqa: S704  # HTML by contract
        "day_line": day_line,
        "eastern": eastern,
        **values,
    }
    text = _environment().get_template(name).render(context)
    if outlet.template == "classic":
        return text.encode("windows-1256", "xmlcharrefreplace")
    return text.encode()


def _groups(body: Sequence[Block]) -> Iterator[_Group]:
    """List items that follow each other are one list; everything else stands alone."""
    for kind, run in groupby(body, key=lambda block: block.kind):
        if kind == "li":
            yield _Group(kind, tuple(run))
        else:
            yield from (_Group(kind, (block,)) for block in run)


def _some_as_numbers(text: str) -> Markup:
    """As an editor that writes typographic marks as numeric entities."""
    return Markup("").join(_number(letter) if letter in _TYPOGRAPHY else escape(letter) for letter in text)


def _all_as_numbers(text: str) -> Markup:
    """As an editor that knows nothing but ASCII."""
    return Markup("").join(escape(letter) if letter.isascii() else _number(letter) for letter in text)


def _number(letter: str) -> Markup:
    return Markup(f"&#{ord(letter)};")  # noqa: S704  # only digits go in
