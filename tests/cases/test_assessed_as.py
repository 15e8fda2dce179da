"""What the last assessment came to stands on the case: lists tell what a person must still judge from what can be decided on."""

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import SITE
from doorleren.cases.commands.perform_many import ActsTogether
from doorleren.cases.locking import locked_cases
from doorleren.cases.models import Case
from doorleren.cases.queries import WAITS_FOR_PERSON, Wanted, stands_as, work_list
from tests.cases import made
from tests.cases.made import AT, Staff

pytestmark = pytest.mark.django_db


def listed(case: Case, state: str) -> list[tuple[int, str]]:
    """Give the cases on the list of a state, with what the list calls them."""
    return [(row.case, row.state) for row in work_list(Wanted(case.body_id, state=state)).rows]


def test_what_is_left_open_is_told_apart(staff: Staff) -> None:
    """Assessed with something open a case is on the list of what a person must judge; assessed again, or with the hardship clause, it can be decided on."""
    case, other = made.a_case(), made.a_case()
    staff.do(case, "assessed", details={"outcome": "open"})
    staff.do(other, "assessed", details={"outcome": "open"})
    assert listed(case, "assessed") == []
    assert listed(case, WAITS_FOR_PERSON) == [(case.pk, WAITS_FOR_PERSON), (other.pk, WAITS_FOR_PERSON)]
    assert (case.state, stands_as(case)) == ("assessed", WAITS_FOR_PERSON)
    staff.do(case, "assessed", details={"outcome": "meets"})
    staff.do(other, "hardship_applied")
    assert listed(case, WAITS_FOR_PERSON) == []
    assert listed(case, "assessed") == [(case.pk, "assessed"), (other.pk, "assessed")]
    assert {stands_as(case), stands_as(other)} == {"assessed"}


def test_many_at_once_say_it_too(staff: Staff) -> None:
    """What the rules assess together says on each case what it came to."""
    first, second = made.a_case(), made.a_case()
    with transaction.atomic():
        acts = ActsTogether(locked_cases([first.pk, second.pk]))
        acts.put(first.pk, "assessed", by=SITE, at=AT, details={"outcome": "open"})
        acts.put(second.pk, "assessed", by=SITE, at=AT, details={"outcome": "fails"})
        acts.write()
    assert dict(Case.objects.values_list("pk", "assessed_as")) == {first.pk: "open", second.pk: "fails"}


def test_the_database_holds_it_to_the_last_assessment(staff: Staff) -> None:
    """A case that says another outcome than its last assessment is refused when the transaction ends; the same outcome is not."""
    case = made.a_case()
    staff.do(case, "assessed", details={"outcome": "open"})
    saying(case, "open")
    with pytest.raises(IntegrityError, match="cases_assessed_as_last"):
        saying(case, "meets")


def saying(case: Case, outcome: str) -> None:
    """Write an outcome straight into the database, and let it look at once."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(assessed_as=outcome)
        connection.check_constraints()


def test_an_outcome_that_there_is_not(staff: Staff) -> None:
    """Another outcome than the three is refused, also where there is an assessment."""
    case = made.a_case()
    staff.do(case, "assessed")
    with pytest.raises(IntegrityError, match="cases_assessed_as"):
        saying(case, "maybe")
