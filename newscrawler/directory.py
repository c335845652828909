"""The outlets by country, as the table of the README: written by a command, so that it can't go stale unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from newscrawler.countries import ARAB_COUNTRIES
from newscrawler.site import Site

_HEAD: Final = """\
| country | | active | candidate | other | with feed | with sitemap | outlets |
|---|---|---|---|---|---|---|---|"""
_PAN: Final = "عموم العرب pan-Arab"
_SITEMAPS: Final = frozenset({"sitemap", "news-sitemap"})


def as_markdown(sites: Iterable[Site]) -> str:
    """A row for each country, the pan-Arab services first, and one for all; ends without a line break.

    Outlets that aren't crawled by default are named in italics. Those on private networks (the demo's) are left out.
    """
    listed = [site for site in sites if not site.private_network]
    order = ["pan", *ARAB_COUNTRIES, *sorted({site.country for site in listed} - {"pan", *ARAB_COUNTRIES})]
    by_country = {code: [site for site in listed if site.country == code] for code in order}
    rows = [
        _row(_PAN if code == "pan" else ARAB_COUNTRIES.get(code, code), code, found)
        for code, found in by_country.items()
        if found
    ]
    return "\n".join([_HEAD, *rows, _row("**all**", "", listed, named=False)])


def _row(label: str, code: str, sites: Sequence[Site], *, named: bool = True) -> str:
    active = [site for site in sites if site.status == "active"]
    candidates = sum(site.status == "candidate" for site in sites)
    feeds = sum(any(source.kind == "feed" for source in site.source) for site in sites)
    sitemaps = sum(any(source.kind in _SITEMAPS for source in site.source) for site in sites)
    counts = (len(active), candidates, len(sites) - len(active) - candidates, feeds, sitemaps)
    others = [f"*{site.name}*" for site in sites if site.status != "active"]
    names = "، ".join([*(site.name for site in active), *others]) if named else ""
    return f"| {label} | {code} | {' | '.join(str(count or '') for count in counts)} | {names} |"
