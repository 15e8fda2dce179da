"""What only who treats an application can say waits for the assessment: the rules leave it open, and an official says it."""

from pathlib import Path

import pytest

from doorleren.cases.models import Case
from doorleren.decisions.commands.assess import assess
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.queries import assessment_in_force
from doorleren.decisions.rules import Result, Ruling
from doorleren.decisions.sealed import content_of
from doorleren.people.models import Organisation
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.partners import partner
from tests.applications.test_region import FILE, for_region, ready
from tests.decisions.made import AT, automatic, by, officials
from tests.people import made as people

UNDER_LAW = FILE.replace("body = {", 'framework = "kaderregeling-ocw-szw-vws"\nbody = {')


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The scheme for the plans of regions, under a framework of law."""
    return applications.library(tmp_path / "schemes", UNDER_LAW)


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round of this year, open."""
    return applications.a_round(known, code="2026", opened=True)


@pytest.fixture
def case(known: Library, round_: Round) -> Case:
    """The case of a region that submitted its plan."""
    town: Organisation = people.organisation("90000075")
    leila = partner(town, "Leila")
    draft = for_region(known, round_, town, leila)
    ready(known, draft, leila)
    applications.submitted(draft)
    while allocate(round_.pk, at=applications.AT):
        pass
    open_cases(at=AT)
    return Case.objects.get(subject_kind="application", subject_id=str(draft.pk))


def results(case: Case) -> dict[str, Result]:
    """What counts of the last assessment, by condition."""
    found = assessment_in_force(case.pk)
    assert found is not None
    return {one.condition: one for one in content_of(found).results}


def test_the_rules_leave_the_approval_open(case: Case, known: Library) -> None:
    """Without a human the approval cannot be told, so nothing is decided by itself."""
    made = automatic(case, known)
    assert (made.outcome, made.clear) == ("open", False)
    assert results(case)["approved"].basis == "unknown"


@pytest.mark.parametrize(("says", "outcome"), [(True, "meets"), (False, "fails")])
def test_an_official_approves_or_not(case: Case, known: Library, round_: Round, says: bool, outcome: str) -> None:
    """The official who assesses says it, with the ground, and the application meets the conditions or fails by it."""
    assessor = officials(round_.body)["assessor"]
    ruling = Ruling("approved", says, "het plan is beoordeeld door de commissie")
    made = assess(case.pk, [ruling], library=known, by=by(assessor), at=AT)
    assert (made.outcome, made.amount_cents) == (outcome, 1000_00)
    found = results(case)["approved"]
    assert (found.met, found.basis, found.ground) == (says, "hand", "het plan is beoordeeld door de commissie")
