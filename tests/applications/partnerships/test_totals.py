"""The totals of a partnership are those of its members, and unknown while anything of a member is."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorleren.applications.form import of_track
from doorleren.applications.partnerships.dividing import Part, Told, split
from doorleren.applications.partnerships.totals import (
    PARTIES,
    Joined,
    Reads,
    computed_facts,
    is_sme,
    reads_of,
    together,
    totals,
)
from doorleren.rules.library import open_library
from doorleren.rules.profile import NA, Profile

LIBRARY = open_library([])
READS = Reads(frozenset({"partnership.smes", "partnership.eligible_costs"}), True)
SMALL = {"employer.employees": 10, "employer.turnover": 100}
LARGE = {"employer.employees": 5000}


def total(*members: Joined, shares: Told | None = None, financing: Told | None = None, reads: Reads = READS) -> Profile:
    """Compute the totals."""
    return totals(members, shares, financing, reads=reads, vocabulary=LIBRARY.vocabulary, law=LIBRARY.law)


def firm(number: int, **told: Any) -> Joined:
    """A small employer with a cost of 100 cents."""
    return Joined(number, "employer", SMALL | {"employer.eligible_costs": 100} | told)


def test_sums_counts_and_shares() -> None:
    """Costs add up, firms are counted by their size in law, and kinds of parties are put together."""
    found = total(firm(1), firm(2), Joined(3, "union", {"employer.eligible_costs": NA}))
    assert found["partnership.eligible_costs"] == 200
    assert (found["partnership.smes"], found["partnership.sme_share"]) == (2, 666_666)
    assert found[PARTIES] == {"employer", "sme", "union"}


def test_unknown_of_one_is_unknown_of_all() -> None:
    """Without the cost of one member there is no total cost; without a size no number of small firms."""
    found = total(firm(1), Joined(2, "employer", {}))
    assert not {"partnership.eligible_costs", "partnership.smes", PARTIES} & set(found)
    assert total() == {}
    assert total(firm(2)) == {}, "without the lead partner"
    assert total(firm(1), Joined(2, "employer", {}), reads=replace(READS, size=False))[PARTIES] == {"employer"}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (SMALL, True), (LARGE, False), ({"employer.employees": 10}, None), ({"employer.turnover": 100}, None), ({}, None),
        ({"employer.employees": 10, "employer.balance_total": 1, "employer.turnover": NA}, True),
        ({"employer.employees": 10, "employer.balance_total": 10**13, "employer.turnover": 10**13}, False),
    ],
    ids=["small", "large", "no money", "no people", "nothing", "balance only", "too rich"],
)  # fmt: skip
def test_size_by_law(told: Profile, wanted: bool | None) -> None:
    """A firm is small or medium, is not, or it is not certain yet."""
    assert is_sme(told, LIBRARY.law) is wanted


def test_divisions_count_while_they_fit() -> None:
    """Shares and financing give their facts while they are of these members and this cost, and not after it."""
    shares = Told("cents", 200, (Part(120, member=1), Part(80, member=2)))
    financing = Told("cents", 200, (Part(150, financier="scheme"), Part(50, financier="own")))
    found = total(firm(1), firm(2), shares=shares, financing=financing)
    assert found["partnership.largest_share"] == 600_000
    assert (found["partnership.requested"], found["partnership.co_financing_share"]) == (150, 250_000)
    later = total(firm(1), firm(2), firm(3), shares=shares, financing=financing)
    assert not {"partnership.largest_share", "partnership.requested", "partnership.co_financing_share"} & set(later)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_the_largest_share_is_never_less_than_it_is(costs: list[int]) -> None:
    """Whatever the parts, the share of the largest is at least the true one, and less than a millionth above it."""
    whole, parts = sum(costs), split(sum(costs), costs)
    shares = Told("cents", whole, tuple(Part(part, member=place) for place, part in enumerate(parts, 1)))
    members = [firm(place, **{"employer.eligible_costs": cost}) for place, cost in enumerate(costs, 1)]
    largest = total(*members, shares=shares)["partnership.largest_share"]
    assert 0 <= largest * whole - max(parts) * 10**6 < whole


def test_every_number_of_a_partnership_has_its_place() -> None:
    """Each fact about a partnership is computed, or is one that its plan as a whole has and somebody answers."""
    asked = {"surplus_sector", "shortage_sector", "duration_months", "activity"}
    own = {name for name, fact in LIBRARY.vocabulary.facts.items() if fact.table == "partnership"}
    assert {name.partition(".")[2] for name in own - computed_facts(LIBRARY.vocabulary)} == asked


def test_every_track_of_a_partnership_can_be_told() -> None:
    """In every scheme file, whatever its rules read as a total can be computed from what is asked of members."""
    tracks = 0
    for scheme in LIBRARY.schemes.values():
        for version in scheme.versions:
            for track in filter(together, version.tracks):
                tracks += 1
                reads = reads_of(of_track(version, track.id, version.starts, LIBRARY.vocabulary, LIBRARY.law))
                told: Profile = {fact.name: 100 for fact in reads.of_member("employer", LIBRARY.vocabulary)}
                cost = told.get("employer.eligible_costs")
                whole = 100 if cost else 1
                found = total(
                    Joined(1, "employer", told), reads=reads,
                    shares=Told("hundredths", 10_000, (Part(10_000, member=1),)),
                    financing=Told("cents", whole, (Part(whole, financier="own"),)),
                )  # fmt: skip
                lacking = (reads.facts & computed_facts(LIBRARY.vocabulary)) - set(found)
                assert lacking == set(), f"{scheme.id} {version.version} {track.id}"
    assert tracks > 20
