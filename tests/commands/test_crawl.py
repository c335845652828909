"""What `scrapy crawl` says to a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from newscrawler.archive import Archive
from newscrawler.commands.crawl import _ask_for_contact
from newscrawler.site import Site
from support.archives import a_run, a_site

PUBLIC = a_site("alpha")
INTRANET = a_site("beta", private_network=True)


@pytest.mark.parametrize(
    ("sites", "contact", "where", "said"),
    [
        ([PUBLIC, INTRANET], "", "terminal", True),
        ([PUBLIC], "desk@archive.example", "terminal", False),
        ([PUBLIC], "", "cron", False),
        ([INTRANET], "", "terminal", False),
    ],
)
def test_a_person_is_told_that_newspapers_have_nobody_to_write_to(
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    sites: Sequence[Site],
    contact: str,
    where: str,
    said: bool,
) -> None:
    """Not cron, which would mail it every half hour; not for machines of one's own."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: where == "terminal")
    with a_run(archive, sites) as run:
        _ask_for_contact(run, contact)
    assert ("NEWS_CONTACT" in capsys.readouterr().err) is said
