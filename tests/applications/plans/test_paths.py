"""What paths add up to, what is wrong with one, and the hash of a plan."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.applications.models import Component
from doorleren.applications.plans import paths as plan
from doorleren.applications.plans import refusing
from doorleren.applications.plans.paths import Path, Sums, digest_of, faults_of, sums_of
from doorleren.core.texts import Texts
from tests.applications.plans.made import CARE, TECH

SECTORS = ("care", "technology")
PEOPLE = st.integers(0, plan.MOST_PEOPLE)
RANGES = st.tuples(PEOPLE, PEOPLE).map(sorted)
PATHS = st.builds(
    lambda people, cents: Path("Een pad", "a", "b", ("evc",), *people, cents=cents),
    RANGES, st.none() | st.integers(0, plan.MOST_CENTS),
)  # fmt: skip


def test_sums() -> None:
    """Lowest with lowest and highest with highest; a path without a cost is counted apart."""
    assert sums_of([CARE, TECH]) == Sums(25, 62, 20 * 1_500_00, 50 * 1_500_00, 1)
    assert sums_of([]) == Sums(0, 0, 0, 0, 0)


@given(st.lists(PATHS, max_size=8), st.lists(PATHS, max_size=8))
def test_sums_hold_every_choice(first: list[Path], second: list[Path]) -> None:
    """Sums of two plans together are the sums of each; the least is never above the most; one person more counts as one."""
    both, one, other = sums_of([*first, *second]), sums_of(first), sums_of(second)
    assert (both.fewest, both.most) == (one.fewest + other.fewest, one.most + other.most)
    assert (both.least_cents, both.most_cents) == (
        one.least_cents + other.least_cents,
        one.most_cents + other.most_cents,
    )
    assert both.fewest <= both.most
    assert 0 <= both.least_cents <= both.most_cents
    assert both.without == sum(each.cents is None for each in [*first, *second])
    if first:
        more = sums_of([replace(first[0], most=first[0].most + 1), *first[1:]])
        assert (more.most - one.most, more.most_cents - one.most_cents) == (1, first[0].cents or 0)
        assert (more.fewest, more.least_cents) == (one.fewest, one.least_cents)


@given(st.lists(PATHS, min_size=1, max_size=5), st.data())
def test_what_happens_within_the_ranges_stays_within_the_sums(paths: list[Path], data: st.DataObject) -> None:
    """Whatever number of people turns out per path, people and cost lie between the sums."""
    turned_out = [data.draw(st.integers(one.fewest, one.most)) for one in paths]
    sums = sums_of(paths)
    assert sums.fewest <= sum(turned_out) <= sums.most
    cost = sum(people * (one.cents or 0) for people, one in zip(turned_out, paths, strict=True))
    assert sums.least_cents <= cost <= sums.most_cents


@pytest.mark.parametrize(
    ("change", "field", "texts"),
    [
        ({"name": " "}, "name-1", refusing.NAME), ({"name": "a" * 201}, "name-1", refusing.NAME),
        ({"name": CARE.name}, "name-1", refusing.NAME_TWICE), ({"from_work": ""}, "from_work-1", refusing.FROM_WORK),
        ({"to_work": ""}, "to_work-1", refusing.TO_WORK), ({"components": ()}, "components-1", refusing.COMPONENTS),
        ({"components": ("training", "holiday")}, "components-1", refusing.COMPONENTS),
        ({"fewest": -1}, "fewest-1", refusing.PEOPLE), ({"most": 1_000_001}, "most-1", refusing.PEOPLE),
        ({"fewest": 13}, "most-1", refusing.MOST_FIRST), ({"cents": -1}, "cents-1", refusing.CENTS),
        ({"cents": 1_000_000_01}, "cents-1", refusing.CENTS), ({"people": -1}, "people-1", refusing.PEOPLE_OR_NONE),
        ({"vacancies": 1_000_001}, "vacancies-1", refusing.PEOPLE_OR_NONE), ({"to_sector": "moon"}, "to_sector-1", refusing.SECTOR),
    ],
    ids=[
        "no name", "long name", "name twice", "from nothing", "to nothing", "no component", "unknown component",
        "below zero", "too many", "the wrong way round", "cost below zero", "too dear",
        "fewer than nobody", "too many vacancies", "no sector",
    ],
)  # fmt: skip
def test_faults_name_their_field(change: dict[str, Any], field: str, texts: Texts) -> None:
    """What is wrong with the second path is said at that field of the second path, and nowhere else."""
    assert faults_of([CARE, replace(TECH, **change)], SECTORS) == {field: texts}


def test_edges_are_allowed() -> None:
    """Nobody, a million and one number as a range are right; so are fifty paths, and one more is not."""
    assert faults_of([replace(CARE, fewest=0, most=0, cents=0), replace(TECH, fewest=10**6, most=10**6)], SECTORS) == {}
    many = [replace(CARE, name=str(one)) for one in range(51)]
    assert faults_of(many[:50], SECTORS) == {}
    assert faults_of(many, SECTORS) == {"paths": refusing.TOO_MANY}


def test_the_hash_is_of_everything() -> None:
    """Every change of a path, and another order, is another hash; the same plan has the same."""
    changes: list[dict[str, Any]] = [
        {"name": "x"}, {"from_work": "x"}, {"to_work": "x"}, {"components": ("evc",)}, {"fewest": 6}, {"most": 13},
        {"cents": 0}, {"people": 0}, {"vacancies": 0}, {"from_sector": "ict"}, {"to_sector": "ict"},
    ]  # fmt: skip
    found = {digest_of([CARE, replace(TECH, **one)]) for one in changes}
    found |= {digest_of([CARE, TECH]), digest_of([TECH, CARE]), digest_of([CARE])}
    assert len(found) == len(changes) + 3
    assert digest_of([CARE, TECH]) == digest_of([replace(CARE), replace(TECH)])


def test_components_are_those_of_the_table() -> None:
    """The pure list and the one of the table are one list."""
    assert tuple(Component.values) == plan.COMPONENTS
