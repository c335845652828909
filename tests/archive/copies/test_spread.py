"""How a text went round."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawler.archive.copies.spread import Spread, delay_days, delay_s, spread_of

SEEN = "2026-11-25T10:00:00Z"


def an_appearance(key: int, at: str | None, site: str, **fields: Any) -> dict[str, Any]:
    given = {
        "kind": "original" if key == 1 else "near",
        "id": key,
        "url": f"https://{site}.example/{key}",
        "site": site,
        "site_name": f"صحيفة {site}",
        "site_kind": "newspaper",
        "title": "عنوان",
        "agency": None,
        "published_at": at,
        "published_raw": None,
        "first_seen_at": SEEN,
        "timezone": "UTC",
    }
    return given | fields


@pytest.fixture
def spread() -> Spread:
    """A text of an agency that went round five outlets in nine hours, and to one more without a time of day."""
    return spread_of(
        [
            an_appearance(4, "2026-11-22T14:00:00Z", "gamma", agency="سانا، رويترز"),
            an_appearance(1, "2026-11-22T09:00:00Z", "sana", site_name="وكالة سانا", site_kind="agency", agency="سانا"),
            an_appearance(2, "2026-11-22T10:00:00Z", "alpha", agency="سانا"),
            an_appearance(3, "2026-11-22T11:00:00Z", "beta"),
            an_appearance(2, "2026-11-22T20:00:00Z", "alpha", kind="copy", url="https://alpha.example/print"),
            an_appearance(5, "2026-11-22T18:00:00Z", "delta", agency="رويترز"),
            an_appearance(6, "2026-11-24T00:00:00Z", "epsilon"),
            an_appearance(7, None, "zeta"),
        ]
    )


def test_the_first_is_who_had_it_first(spread: Spread) -> None:
    """In order of appearance; what has no date stands where it was first seen."""
    assert spread.first.site == "sana"
    assert [each.site for each in spread.appearances] == [
        *("sana", "alpha", "beta", "gamma", "delta", "alpha", "epsilon", "zeta"),
    ]
    assert spread.outlets == 7


def test_who_credited_whom(spread: Spread) -> None:
    """The most credited first, with its own page if that is archived; its own name on that page is no credit."""
    sana, reuters = spread.credits
    assert (sana.agency, sana.sites, sana.own) == ("سانا", ("alpha", "gamma"), spread.first)
    assert (reuters.agency, reuters.sites, reuters.own) == ("رويترز", ("gamma", "delta"), None)
    assert [each.site for each in spread.uncredited] == ["beta", "alpha", "epsilon", "zeta"]


def test_how_fast_it_went_round(spread: Spread) -> None:
    """Counted in outlets that print the time of day, each once."""
    assert spread.hours == 9
    assert spread.outlets_per_hour == 4 / 9
    assert spread.median_delay_s == 3.5 * 3600


def test_a_delay_is_as_exact_as_the_dates(spread: Spread) -> None:
    """Seconds where both print the time, else days, else nothing."""
    first, *_, later, dated, undated = spread.appearances
    assert delay_s(first, later) == 11 * 3600
    assert (delay_s(first, dated), delay_days(first, dated)) == (None, 2)
    assert (delay_s(first, undated), delay_days(first, undated)) == (None, None)


def test_of_one_alone_nothing_spread() -> None:
    """No speed without a second outlet."""
    alone = spread_of([an_appearance(1, "2026-11-22T09:00:00Z", "alpha")])
    assert (alone.outlets, alone.hours, alone.outlets_per_hour, alone.median_delay_s) == (1, None, None, None)
    assert alone.credits == alone.uncredited == ()


def test_all_at_once_has_no_speed() -> None:
    """Printed in the same minute: the delay is known, outlets in an hour would be a division by zero."""
    rows = [an_appearance(key, "2026-11-22T09:00:00Z", site) for key, site in ((1, "alpha"), (2, "beta"))]
    spread = spread_of(rows)
    assert (spread.hours, spread.outlets_per_hour, spread.median_delay_s) == (0, None, 0)


def test_a_copy_may_have_been_first() -> None:
    """The same words at another address count like any other page: who had it first need not be the original."""
    rows = [
        an_appearance(1, "2026-11-22T09:00:00Z", "alpha"),
        an_appearance(1, "2026-11-22T08:00:00Z", "beta", kind="copy", url="https://beta.example/c"),
    ]
    assert spread_of(rows).first.site == "beta"
