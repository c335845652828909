"""The events of an address in order: found, visited, redirected, filed, edited, withdrawn, removed, due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.rows import Row


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, or will."""

    kind: str
    """A key of words' [why]."""
    at: Moment | None
    """When. None: not known."""
    name: str = ""
    """The name of an outcome, a reason or a kind of source, whose word the page looks up."""
    detail: str = ""
    """As stored: what the server or the reader of the page said."""
    url: str = ""
    """The address it is about, where that isn't the asked one."""
    run_id: int | None = None
    """The crawl it happened in."""
    article_id: int | None = None
    """The article it led to."""


def story(known: dict[str, list[Row]]) -> list[Event]:
    """From the rows that `why_page` found, the oldest first; what is still to come stands last."""
    events = [*_found(known), *_visits(known), *_kept(known), *_removed(known)]
    events.sort(key=lambda event: event.at.at if event.at else "")
    return [*events, *_due(known), *(Event("forgotten", None) for _ in known["forgotten"][:1])]


def _found(known: dict[str, list[Row]]) -> Iterator[Event]:
    for row in known["frontier"]:
        yield Event(
            "found" if row["source_url"] else "found_otherwise",
            _when(row, "discovered_at"),
            name=row["source_kind"] or "",
            detail=row["title"] or "",
            url=row["source_url"] or "",
        )


def _visits(known: dict[str, list[Row]]) -> Iterator[Event]:
    told = {(row["url"], row["at"]) for row in known["outcomes"]}
    for row in known["outcomes"]:
        yield Event(
            "visited",
            _when(row, "at"),
            name=row["outcome"],
            detail=row["detail"],
            url=row["url"],
            run_id=row["run_id"],
            article_id=row["article_id"],
        )
        if row["answered"] and row["answered"] != row["requested_url"]:
            yield Event("redirected", _when(row, "at"), url=row["answered"])
    for row in known["forgotten"]:
        yield Event("visited", _when(row, "at"), name=row["outcome"], url=row["url"])
    for row in known["frontier"]:
        if row["outcome"] and (row["url"], row["ended_at"]) not in told:
            yield Event(
                "visited", _when(row, "ended_at"), name=row["outcome"], detail=row["detail"] or "", url=row["url"]
            )


def _kept(known: dict[str, list[Row]]) -> Iterator[Event]:
    asked = {row["id"] for row in known["articles"]}
    for row in [*known["articles"], *(row for row in known["reached"] if row["id"] not in asked)]:
        kind = "kept" if row["id"] in asked else "kept_elsewhere"
        yield Event(kind, _when(row, "first_seen_at"), url=row["url"], article_id=row["id"])
        if row["changed_at"]:
            yield Event("edited", _when(row, "changed_at"), article_id=row["id"])
    for row in known["copies"]:
        yield Event("copied", _when(row, "seen_at"), url=row["article_url"], article_id=row["article_id"])


def _removed(known: dict[str, list[Row]]) -> Iterator[Event]:
    for row in known["withdrawals"]:
        yield Event("withdrawn", _when(row, "withdrawn_at"), name=row["reason"], detail=row["detail"])
        if row["returned_at"]:
            yield Event("returned", _when(row, "returned_at"))
    for row in known["takedowns"]:
        yield Event("taken_down", _when(row, "at"), detail=row["reason"], url=row["url"])


def _due(known: dict[str, list[Row]]) -> Iterator[Event]:
    for row in known["frontier"]:
        yield Event("due" if row["due_at"] else "never_again", _when(row, "due_at"), url=row["url"])


def _when(row: Row, column: str) -> Moment | None:
    return moment(row[column], zone=row.get("timezone"), country=row.get("country"))
