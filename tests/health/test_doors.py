"""Being kept out: by sources first, by many pages too, never by a few."""

from __future__ import annotations

import pytest

from newscrawler.health.doors import judge_doors, kept_out_by
from newscrawler.health.figures import Doors, Figures


def sources(let_in: int = 0, **kept_out: int) -> Figures:
    return Figures(
        polled=let_in + sum(kept_out.values()), sources=Doors(let_in, kept_out, dict.fromkeys(kept_out, "x"))
    )


def pages(let_in: int = 0, **kept_out: int) -> Figures:
    return Figures(pages=Doors(let_in, kept_out, dict.fromkeys(kept_out, "x")))


def verdict(figures: Figures) -> tuple[str, str] | None:
    found = judge_doors(figures)
    return None if found is None else (found.verdict, found.reason.code)


@pytest.mark.parametrize(
    ("outcome", "detail", "kind"),
    [
        ("HttpError", "403", "refused"),
        ("HttpError", "429", "refused"),
        ("HttpError", "401", "refused"),
        ("HttpError", "503", "down"),
        ("HttpError", "408", "down"),
        ("HttpError", "404", "gone"),
        ("HttpError", "410", "gone"),
        ("HttpError", "451", None),
        ("HttpError", "", None),
        ("Unreachable", "timed out", "down"),
        ("Unreachable", "robots.txt answers with HTTP 429", "refused"),
        ("Walled", "HTTP 200, a captcha page", "refused"),
        ("RobotsDenied", "robots.txt", "refused"),
        ("OutOfScope", "https://other.example/a", "moved"),
        ("OutOfScope", "not admitted by the seed's [articles]", None),
        ("TooShort", "3 words", None),
    ],
)
def test_ends_say_by_what_we_were_kept_out(outcome: str, detail: str, kind: str | None) -> None:
    """A redirect names where it leads; what the seed itself leaves out says nothing of the site."""
    assert kept_out_by(outcome, detail) == kind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("refused", ("blocked", "sources-refuse")),
        ("down", ("unreachable", "sources-down")),
        ("moved", ("moved", "sources-moved")),
        ("gone", ("moved", "sources-gone")),
        ("unread", ("broken-extraction", "sources-unread")),
    ],
)
def test_a_site_none_of_whose_sources_lets_us_in_is_named_for_the_reason(kind: str, expected: tuple[str, str]) -> None:
    """One source is enough where there is one; with one that answers, the site is there."""
    assert verdict(sources(**{kind: 1})) == expected
    assert verdict(sources(1, **{kind: 3})) is None


def test_the_most_frequent_reason_names_the_site() -> None:
    """Two sources that time out and one that is refused: it is down."""
    assert verdict(sources(down=2, refused=1)) == ("unreachable", "sources-down")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (pages(5, refused=5), ("blocked", "pages-refuse")),
        (pages(4, refused=4), None),
        (pages(6, refused=5), None),
        (pages(0, down=5), ("unreachable", "pages-down")),
        (pages(2, moved=8), ("moved", "pages-moved")),
        (pages(3, moved=8), None),
        (pages(0, gone=50), None),
    ],
)
def test_pages_speak_for_the_site_only_in_numbers(figures: Figures, expected: tuple[str, str] | None) -> None:
    """Five and half of them; four of five that lead elsewhere; pages that are gone are pages."""
    assert verdict(figures) == expected


def test_pages_count_where_the_feed_still_answers() -> None:
    """Feeds are often served by another machine than pages."""
    figures = Figures(polled=1, sources=Doors(1), pages=Doors(0, {"refused": 6}))
    assert verdict(figures) == ("blocked", "pages-refuse")
