"""What "my applications" and the account lead to: each role sees its own ways, and nobody those of another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Division, DivisionLine, Member
from doorleren.cases.models import Case
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Round, RoundProposal
from doorleren.rounds.queries import announced_for
from doorleren.rounds.times import closings_of
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


def test_the_list_asks_as_much_for_three_as_for_one(known: Library, round_: Round) -> None:
    """With three applications, shares and memberships, each in a round of its own, the page asks what it asks with one, and names all."""
    fund, lead = people.organisation(partners.FUND), people.organisation(partners.LEAD)
    fay, lien = (partners.partner(one, name, RoleKind.EMPLOYER) for one, name in ((fund, "Fay"), (lead, "Lien")))
    visitor, asked, rounds = Visitor(fay), list[int](), [round_, *(another(round_, number) for number in (2, 3))]
    for number, one in enumerate(rounds, 1):
        made.draft(known, one, fay, track="firm", applicant=made.firm_as(fund))
        person = people.person(name=f"Nadia {number}")
        joined = made.draft(known, one, lien, track="firm", applicant=made.firm_as(lead))
        for draft in (made.draft(known, one, person), joined):
            _pays(draft.pk, partners.FUND)
        _member(joined.pk, 2, partners.FUND, lien)
        visitor.open("/applications")
        asked.append(_questions(visitor))
    assert asked == asked[:1] * 3
    Organisation.objects.filter(pk=lead.pk).update(name="Brood en Zonen")
    page = visitor.open("/applications")
    assert all(f"van Nadia {number}" in page.words for number in (1, 2, 3))
    assert page.words.count("van Brood en Zonen") == 6
    assert page.words.count(f"voor {fund.name}") == 3


def test_when_rounds_close_is_asked_at_once(round_: Round) -> None:
    """Each round closes as announced, or as the last act of two people that was released says; one question for all."""
    rounds = [round_, another(round_, 2), another(round_, 3)]
    until = [made.AT + timedelta(days=days) for days in (90, 80, 99)]
    for days, (about, at) in enumerate(((rounds[1], until[0]), (rounds[1], until[1]), (rounds[2], until[2]))):
        released = at != until[2]
        RoundProposal.objects.create(
            round=about, body=about.body, act="reopen", details={"until": at.isoformat()}, reason="Er ging iets mis.",
            proposed_by=people.person(name="Joost"), proposed_at=made.AT,
            released_by=people.person(name="Mirjam") if released else None,
            released_at=made.AT + timedelta(days=days) if released else None,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        found = closings_of(rounds)
    assert found == {rounds[0].pk: round_.closes_at, rounds[1].pk: until[1], rounds[2].pk: rounds[2].closes_at}
    assert len(asked) == 1


def another(first: Round, number: int) -> Round:
    """Open another round of the same version."""
    found = announce_round(
        first.version, f"oefening-{number}", announced_for(first), body=first.body, opens_at=first.opens_at,
        closes_at=first.closes_at, rehearsal=True, by=made.US, at=made.AT,
    )  # fmt: skip
    open_gate(found.pk, by=made.US, at=made.AT)
    return found


def _questions(visitor: Visitor) -> int:
    """Count what the page of applications asks the database."""
    with CaptureQueriesContext(connection) as asked:
        visitor.open("/applications")
    return len(asked)


def _pays(application: int, kvk: str) -> None:
    """Let an application say that an organisation pays a part."""
    division = Division.objects.create(
        application_id=application, of="financing", unit="cents", whole=900_00, by_kind="person", at=made.AT
    )
    DivisionLine.objects.create(division=division, financier="fund", kvk=kvk, name="O&O-fonds Brood", part=300_00)
    DivisionLine.objects.create(division=division, financier="own", part=600_00)


def _member(application: int, number: int, kvk: str, by: Person) -> None:
    Member.objects.create(
        application_id=application, number=number, kvk=kvk, name="Een bedrijf", kind="employer", by_kind="person",
        by_id=str(by.pk), at=datetime(2026, 3, 10, tzinfo=UTC),
    )  # fmt: skip
