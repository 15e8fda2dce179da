"""Colleagues share a draft; one may be asked to look only; a mandate that has ended gives nothing, in any role."""

from datetime import timedelta

import pytest

from doorleren.applications.access import may_edit, may_view
from doorleren.applications.models import Sharing
from doorleren.applications.partnerships.commands.name_party import name_party
from doorleren.applications.partnerships.commands.share_draft import share_draft
from doorleren.applications.queries import colleagues_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.models import Mandate, Organisation, Person, RoleKind
from tests.applications.made import AT, signed_in
from tests.applications.partners import THIRD, Lead, partner
from tests.people import made as people


@pytest.fixture
def wim(lead: Lead, firm: Organisation) -> Person:
    """A colleague."""
    return partner(firm, "Wim")


def reason(answer: object) -> str:
    """Give why not."""
    assert isinstance(answer, Refused)
    return answer.reason


def test_look_only(lead: Lead, wim: Person) -> None:
    """A colleague who is asked to look may still look, changes nothing, and may change again when it is taken back."""
    number, who = lead.application.pk, signed_in(wim)
    assert [share_draft(number, wim.pk, may_edit=False, **lead.by) for _ in range(2)] == [True, False]
    assert reason(may_edit(who, lead.application, at=AT)) == "view_only"
    assert may_view(who, lead.application, at=AT)
    with pytest.raises(NotAllowed):
        Lead(lead.known, lead.application, wim).add(THIRD)
    with pytest.raises(NotAllowed):
        share_draft(number, lead.person.pk, may_edit=False, by=who, at=AT)
    share_draft(number, wim.pk, may_edit=True, **lead.by)
    assert may_edit(who, lead.application, at=AT)


def test_nobody_else_can_be_shared_with(lead: Lead, wim: Person) -> None:
    """Oneself and who may not act for the organisation are refused: a row gives nobody anything."""
    for person in (lead.person, people.person(name="Piet")):
        with pytest.raises(ApplicationRefused) as refused:
            share_draft(lead.application.pk, person.pk, may_edit=True, **lead.by)
        assert refused.value.facts == ("person",)
    assert not Sharing.objects.exists()
    assert [one.name for one in colleagues_of(lead.application, AT)] == ["Leila", "Wim"]


def test_a_mandate_that_ended(lead: Lead, wim: Person) -> None:
    """The day after the last day of a mandate a colleague neither looks nor changes, and is no colleague any more."""
    Mandate.objects.filter(person=wim).update(ends_on=people.TODAY)
    assert may_edit(signed_in(wim), lead.application, at=AT)
    later = AT + timedelta(days=1)
    for answer in (may_edit, may_view):
        assert reason(answer(signed_in(wim), lead.application, at=later)) == "no_mandate"
    assert wim not in colleagues_of(lead.application, later)


def test_naming_who_proves(lead: Lead) -> None:
    """The role that the scheme gives to another is named by KvK number; its people may look until their mandate ends."""
    school = people.organisation(THIRD)
    teacher = partner(school, "Toos", RoleKind.PROVIDER)
    assert not may_view(signed_in(teacher), lead.application, at=AT)
    name_party(lead.application.pk, "reporter", THIRD, **lead.by)
    lead.application.refresh_from_db()
    assert (lead.application.reporter_kind, lead.application.reporter_number) == ("organisation", school.pk)
    assert may_view(signed_in(teacher), lead.application, at=AT)
    assert not may_edit(signed_in(teacher), lead.application, at=AT)
    Mandate.objects.filter(person=teacher).update(ends_on=people.YESTERDAY)
    assert not may_view(signed_in(teacher), lead.application, at=AT)
    name_party(lead.application.pk, "reporter", "", **lead.by)
    lead.application.refresh_from_db()
    assert (lead.application.reporter_kind, lead.application.reporter_number) == ("", None)


@pytest.mark.parametrize(
    ("party", "kvk"),
    [("applicant", THIRD), ("payee", THIRD), ("reporter", "12"), ("reporter", "90000097")],
    ids=["applicant", "said by the scheme", "no number", "not known here"],
)
def test_naming_is_refused(party: str, kvk: str, lead: Lead) -> None:
    """Who the scheme names cannot be chosen, and an organisation must be known here; the refusal names the role."""
    people.organisation(THIRD)
    with pytest.raises(ApplicationRefused) as refused:
        name_party(lead.application.pk, party, kvk, **lead.by)
    assert refused.value.facts == (party,)
