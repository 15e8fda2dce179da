"""What "my applications" and the account lead to: each role sees its own ways, and nobody those of another."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Member
from doorleren.cases.models import Case
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web.applicant.file.told import states_told, told_of
from tests.applications import made, partners
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import Desk, with_role
from tests.web.provider.visitor import Visitor

WAYS = ("/bundles", "/officer/entered", "/officer/qualifications")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (None, ()),
        (RoleKind.EMPLOYER, ()),
        (RoleKind.CAREER_ADVISER, ("/bundles",)),
        (RoleKind.DESK_ADVISER, ("/officer/entered",)),
        (RoleKind.ASSESSOR, ("/officer/entered", "/officer/qualifications")),
        (RoleKind.DECIDER, ("/officer/qualifications",)),
    ],
    ids=["nobody", "employer", "adviser", "desk", "assessor", "decider"],
)
def test_each_role_has_its_ways(kind: RoleKind | None, seen: tuple[str, ...]) -> None:
    """Account and list show what the role may do and nothing else; registrations of oneself are for everybody."""
    desk = Desk(people.person(name="Nadia") if kind is None else with_role(kind))
    account, listed = desk.open("/account").links, desk.open("/applications").links
    assert tuple(way for way in WAYS if way in account) == seen
    assert tuple(way for way in WAYS[:2] if way in listed) == tuple(way for way in seen if way in WAYS[:2])
    assert "/registrations" in account
    assert "/registrations" in listed


def test_a_member_sees_where_it_takes_part(round_: Round, known: Library) -> None:
    """Who may act for a member finds the application of the lead partner; others, the lead partner too, do not."""
    lead, second = people.organisation(partners.LEAD), people.organisation(partners.SECOND)
    lien, mia = partners.partner(lead, "Lien", RoleKind.EMPLOYER), partners.partner(second, "Mia", RoleKind.EMPLOYER)
    draft = made.draft(known, round_, lien, track="firm", applicant=made.firm_as(lead))
    for number, one in enumerate((lead, second), 1):
        _member(draft.pk, number, one.kvk, lien)
    where = f"/applications/{draft.pk}/members/2/confirm"
    assert where in Visitor(mia).open("/applications").links
    for other in (lien, people.person(name="Nemo")):
        assert "Hier doet u aan mee" not in Visitor(other).open("/applications").words


def test_the_list_says_what_became_of_each(filed: Filed) -> None:
    """The list tells of a case what its file tells: nothing of a decision before its letter was sent, then the decision, with its sentence."""

    def listed() -> tuple[str, str]:
        told = states_told([Case.objects.get(pk=filed.case.pk)])[filed.case.pk]
        assert told == told_of(filed.case).state
        return told, filed.nadia.open("/applications").words

    state, words = listed()
    assert state == "received"
    assert "Wij hebben uw aanvraag. Wij gaan haar nog bekijken." in words
    one = filed.decided(sent=False)
    state, words = listed()
    assert (state, "toegekend" in words) == ("assessed", False)
    filed.send(one.act)
    state, words = listed()
    assert (state, "U krijgt subsidie." in words) == ("granted", True)
    filed.suspended()
    assert listed()[0] == told_of(filed.case).state


def test_what_became_of_cases_is_asked_at_once(filed: Filed) -> None:
    """What became of three cases is asked in as many questions as of one."""
    with CaptureQueriesContext(connection) as one:
        states_told([filed.case])
    with CaptureQueriesContext(connection) as three:
        states_told([filed.case, Case(pk=filed.case.pk + 1), Case(pk=filed.case.pk + 2)])
    assert len(one) == len(three) == 2


def _member(application: int, number: int, kvk: str, by: Person) -> None:
    Member.objects.create(
        application_id=application, number=number, kvk=kvk, name="Een bedrijf", kind="employer", by_kind="person",
        by_id=str(by.pk), at=datetime(2026, 3, 10, tzinfo=UTC),
    )  # fmt: skip
