"""Country codes: what ISO 3166-1 assigns, and nothing that only looks like it."""

from __future__ import annotations

import pytest
from babel import Locale

from newscrawler.countries import ARAB_COUNTRIES, COUNTRY_CODES


def test_every_assigned_code_is_there() -> None:
    """249 countries; each is a territory that CLDR has a name for."""
    assert len(COUNTRY_CODES) == 249
    assert all(len(code) == 2 and code.isupper() for code in COUNTRY_CODES)
    assert set(Locale("en").territories) >= COUNTRY_CODES


@pytest.mark.parametrize("code", ["ZZ", "XX", "EU", "UN", "UK", "XK", "EZ", "AA", "", "pan", "lb", "LBN"])
def test_what_only_looks_like_a_code_is_none(code: str) -> None:
    """User-assigned, reserved and invented ones, and other spellings."""
    assert code not in COUNTRY_CODES


def test_the_arab_countries_are_countries_in_order() -> None:
    """The 22 members of the Arab League, by their English names, with an Arabic one before it."""
    assert len(ARAB_COUNTRIES) == 22
    assert set(ARAB_COUNTRIES) <= COUNTRY_CODES
    english = [next(word for word in name.split() if word.isascii()) for name in ARAB_COUNTRIES.values()]
    assert english == sorted(english)
    names = Locale("en").territories
    assert all(names[code].split()[0][:5] in name for code, name in ARAB_COUNTRIES.items())
