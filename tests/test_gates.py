"""Which sites a run may ask, and how much."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf

import pytest

from newscrawler.gates import Gates, Shut
from support.archives import a_site


class Seconds:
    """A clock that only the test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def gates_of(*, clock: Callable[[], float] = time.monotonic, **budgets: int) -> Gates:
    """Sites alpha and beta on one host, gamma on its own; `budgets`: `requests_per_run_max` of each."""
    homes = {"alpha": "https://house.example/", "beta": "https://house.example/", "gamma": "https://gamma.example/"}
    sites = {k: a_site(k, home=home, requests_per_run_max=budgets.get(k, 0)) for k, home in homes.items()}
    return Gates(sites, clock=clock)


def test_a_shut_slot_shuts_all_its_sites_and_tells_once() -> None:
    """The first reason stays: it is the one that stopped the site."""
    gates, told = gates_of(), []
    gates.on_shut.append(told.append)
    gates.close_slot("alpha", "back-off", "asked us to wait")
    gates.close_all("limit", "time is over")
    assert gates.shut == {
        "alpha": Shut("back-off", "asked us to wait"),
        "beta": Shut("back-off", "asked us to wait"),
        "gamma": Shut("limit", "time is over"),
    }
    assert told == ["alpha", "beta", "gamma"]


def test_a_rest_ends_by_itself_and_the_longer_one_holds(seconds: Seconds) -> None:
    """Seconds of the clock that only goes forward: the wall clock may be set."""
    gates = gates_of(clock=seconds)
    assert gates.rests("alpha") == 0
    gates.rest("alpha", 10)
    gates.rest("alpha", 2)
    assert (gates.rests("alpha"), gates.rests("gamma")) == (10, 0)
    seconds.now += 10
    assert gates.rests("alpha") == 0


def test_hosts_lead_to_their_slot() -> None:
    """With and without www; a host that is nobody's has none."""
    gates = gates_of()
    assert [gates.slot_of_host(h) for h in ("house.example", "www.gamma.example", "else.example")] == [
        "alpha",
        "gamma",
        None,
    ]


def test_a_site_stops_at_its_budget_and_others_go_on() -> None:
    """What is handed out and not yet sent counts: it will be."""
    gates = gates_of(alpha=3)
    assert gates.limited
    gates.count("alpha")
    assert gates.left("alpha", {"alpha": 1}) == 1
    assert gates.left("beta", {"alpha": 1}) == inf
    gates.count("alpha")
    gates.uncount("alpha")
    gates.count("alpha")
    assert not gates.shut
    gates.count("alpha")
    assert set(gates.shut) == {"alpha"}
    assert gates.shut["alpha"].why == "budget"


def test_a_run_stops_at_its_budget() -> None:
    """All sites together; a request for nobody's site counts too."""
    gates = gates_of()
    assert not gates.limited
    gates.requests_max = 3
    gates.count("alpha")
    gates.count("")
    assert gates.left("gamma", {"alpha": 1}) == 0
    assert gates.left("gamma", {}) == 1
    gates.count("gamma")
    assert {shut.why for shut in gates.shut.values()} == {"budget"}


def test_only_what_was_asked_can_break_a_promise() -> None:
    """A site that we passed over for our own reasons isn't judged; one that refuses us is. None counts as visited."""
    gates = gates_of()
    gates.close("alpha", "quiet-hours", "quiet hours")
    gates.close("beta", "back-off", "asked us to wait")
    assert [site.id for site in gates.judged()] == ["beta", "gamma"]
    assert gates.visited() == ["gamma"]
    gates.count("alpha")
    assert gates.visited() == ["alpha", "gamma"]
