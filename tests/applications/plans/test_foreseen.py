"""What the plans of a round foresee together: per path from one work to another, as it stands now, of what was submitted."""

from dataclasses import replace
from fractions import Fraction

import pytest

from doorleren.applications.models import Plan, PlanPath
from doorleren.applications.plans.foreseen import expected, foreseen, together
from doorleren.applications.plans.paths import Path, Sums
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import partners
from tests.applications.made import AT, stood_ready, submitted
from tests.applications.plans.made import CARE, TECH
from tests.people import made as people


def test_paths_of_the_same_work_are_added_up() -> None:
    """Capitals and spaces make no difference; the largest path comes first; each plan counts once for a path."""
    other = replace(CARE, from_work="Winkelmedewerker ", to_work="helpende  in de zorg", fewest=10, most=30, cents=None)
    found = together([(1, CARE), (1, TECH), (2, other), (2, other)])
    assert found.plans == 2
    assert [(one.to_work, one.plans, one.sums.fewest, one.sums.most) for one in found.paths] == [
        ("helpende in de zorg", 2, 40, 110), ("monteur", 1, 5, 12),
    ]  # fmt: skip
    assert found.sums == Sums(45, 122, 20 * 1_500_00, 50 * 1_500_00, 3)


def test_people_between_sectors_are_added_up() -> None:
    """Paths that name both sectors are added up per pair, whatever work they are of; a path that names one sector is left out."""
    shops = replace(CARE, from_sector="retail", to_sector="care_welfare")
    desks = replace(TECH, from_sector="retail", to_sector="care_welfare")
    found = together(
        [(1, shops), (2, desks), (2, replace(TECH, from_sector="retail")), (3, replace(shops, to_sector="ict"))]
    )
    assert [(one.from_sector, one.to_sector, one.plans, one.sums.fewest, one.sums.most) for one in found.flows] == [
        ("retail", "care_welfare", 2, 25, 62), ("retail", "ict", 1, 20, 50),
    ]  # fmt: skip
    assert found.sums.most == 124


def test_without_plans_there_is_nothing() -> None:
    """No paths: no plans, and sums of nothing."""
    found = together([])
    assert (found.plans, found.paths, found.flows, found.sums) == (0, (), (), Sums(0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("uptake", "people_", "cents"), [(Fraction(0), 20, 2000), (Fraction(1), 51, 5100), (Fraction(1, 2), 35, 3550)]
)  # fmt: skip
def test_a_point_in_the_range(uptake: Fraction, people_: int, cents: int) -> None:
    """Nothing of the room gives the least, all of it the most, half of it what lies between, rounded down."""
    assert expected(Sums(20, 51, 2000, 5100, 0), uptake) == (people_, cents)


def keep(application: int, number: int, path: Path, reason: str = "") -> None:
    """Keep a version of a plan with one path."""
    plan = Plan.objects.create(
        application_id=application, number=number, reason=reason, by_kind="person", by_id="1", at=AT
    )
    PlanPath.objects.create(
        plan=plan, place=0, name=path.name, from_work=path.from_work, to_work=path.to_work,
        components=list(path.components), fewest=path.fewest, most=path.most, cents=path.cents,
    )  # fmt: skip


def test_what_was_submitted_counts_as_it_stands_now(known: Library, round_: Round) -> None:
    """A plan that was adjusted counts as adjusted; a draft that nobody submitted does not count."""
    firms = (people.organisation(partners.LEAD), people.organisation(partners.SECOND))
    sent, unsent = (partners.draft(known, round_, one, partners.partner(one, f"Lead {one.kvk}")) for one in firms)
    keep(sent.pk, 1, CARE)
    keep(unsent.pk, 1, TECH)
    assert foreseen(round_.pk).plans == 0
    stood_ready(sent)
    submitted(sent)
    keep(sent.pk, 2, replace(CARE, fewest=30, most=40), reason="er kwam een bedrijf bij")
    found = foreseen(round_.pk)
    assert (found.plans, found.sums.fewest, found.sums.most) == (1, 30, 40)
