"""A cluster as data: one JSON record, or one line of CSV for each appearance."""

from __future__ import annotations

from typing import Any

from newscrawler.archive.copies.spread import Credit
from newscrawler.browse.cluster_page import ClusterPage, Print
from newscrawler.browse.rows import Row
from newscrawler.browse.spreadsheet import as_csv


def cluster_record(page: ClusterPage) -> Row:
    """Who had it first, who credited whom, how fast it went, and every appearance in order."""
    spread = page.spread
    return {
        "id": page.original["id"],
        "title": page.original["title"],
        "outlets": spread.outlets,
        "first": {"site": spread.first.site, "url": spread.first.url, "out_at": spread.first.standing.out_at},
        "hours": spread.hours,
        "outlets_per_hour": spread.outlets_per_hour,
        "median_delay_s": spread.median_delay_s,
        "credits": [_credit(credit) for credit in spread.credits],
        "uncredited": [each.url for each in spread.uncredited],
        "appearances": [_appearance(order, each) for order, each in enumerate(page.prints, 1)],
        "cut": page.cut,
    }


def cluster_csv(page: ClusterPage) -> str:
    """A line for each appearance, in order."""
    return as_csv([_appearance(order, each) for order, each in enumerate(page.prints, 1)])


def _credit(credit: Credit) -> dict[str, Any]:
    return {"agency": credit.agency, "sites": list(credit.sites), "own": credit.own.url if credit.own else None}


def _appearance(order: int, each: Print) -> dict[str, Any]:
    at, change = each.appearance, each.change
    return {
        "order": order,
        "kind": at.kind,
        "article_id": at.article_id,
        "site": at.site,
        "site_name": at.site_name,
        "url": at.url,
        "title": at.title,
        "agencies": list(at.agencies),
        "out_at": at.standing.out_at,
        "to_the_minute": at.standing.to_the_minute,
        "dated": at.dated,
        "delay_s": each.delay_s,
        "delay_days": each.delay_days,
        "similarity": round(change.similarity, 4) if change else None,
        "headline_changed": change.headline if change else None,
        "change": change.kind if change else None,
        "words_changed": change.words if change else None,
        "state": each.row["state"],
    }
