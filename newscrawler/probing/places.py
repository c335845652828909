"""Arab countries as a site's own words betray them: zones, months, calling codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from newscrawler.site import Months


@dataclass(frozen=True, slots=True)
class Place:
    """What is usual for newsrooms of a country."""

    zones: tuple[str, ...]
    """IANA zones, the usual one first."""
    months: Months | None
    """The family of its month names. None: newspapers differ."""
    calling: str
    """The international calling code, without the plus."""


PLACES: Final[Mapping[str, Place]] = {
    "DZ": Place(("Africa/Algiers",), "maghreb", "213"),
    "BH": Place(("Asia/Bahrain",), "gulf", "973"),
    "KM": Place(("Indian/Comoro",), None, "269"),
    "DJ": Place(("Africa/Djibouti",), None, "253"),
    "EG": Place(("Africa/Cairo",), "egypt", "20"),
    "IQ": Place(("Asia/Baghdad",), "iraq", "964"),
    "JO": Place(("Asia/Amman",), "levant", "962"),
    "KW": Place(("Asia/Kuwait",), "gulf", "965"),
    "LB": Place(("Asia/Beirut",), "levant", "961"),
    "LY": Place(("Africa/Tripoli",), None, "218"),
    "MR": Place(("Africa/Nouakchott",), "mauritania", "222"),
    "MA": Place(("Africa/Casablanca",), "morocco", "212"),
    "OM": Place(("Asia/Muscat",), "gulf", "968"),
    "PS": Place(("Asia/Gaza", "Asia/Hebron"), "levant", "970"),
    "QA": Place(("Asia/Qatar",), "gulf", "974"),
    "SA": Place(("Asia/Riyadh",), "gulf", "966"),
    "SO": Place(("Africa/Mogadishu",), None, "252"),
    "SD": Place(("Africa/Khartoum",), "egypt", "249"),
    "SY": Place(("Asia/Damascus",), "levant", "963"),
    "TN": Place(("Africa/Tunis",), "maghreb", "216"),
    "AE": Place(("Asia/Dubai",), "gulf", "971"),
    "YE": Place(("Asia/Aden",), "gulf", "967"),
}
"""Code → place. The same facts as the table «Countries, time zones, months» in seeds/README.md; a test compares."""
