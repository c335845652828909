"""Outlets that share a host share a slot."""

from __future__ import annotations

from newscrawler.neighbours import slots_of
from support.archives import a_site


def test_an_outlet_of_its_own_is_its_own_slot() -> None:
    """As nearly all are."""
    sites = {key: a_site(key) for key in ("alpha", "beta")}
    assert slots_of(sites) == {"alpha": "alpha", "beta": "beta"}


def test_outlets_on_one_host_share_a_slot_whatever_their_order() -> None:
    """Named after the first of them, so that it is the same in every run."""
    two = {key: a_site(key, home="https://house.example/") for key in ("beta", "alpha")}
    assert slots_of(two) == {"alpha": "alpha", "beta": "alpha"}


def test_sharing_reaches_through_others() -> None:
    """One shares its pages' host with the second, which shares its pictures' host with the third."""
    sites = {
        "gamma": a_site("gamma", hosts=["media.example"]),
        "beta": a_site("beta", hosts=["media.example", "old.example"]),
        "alpha": a_site("alpha", home="https://www.old.example/"),
        "delta": a_site("delta"),
    }
    assert slots_of(sites) == {"alpha": "alpha", "beta": "alpha", "gamma": "alpha", "delta": "delta"}
