"""Giving and ending roles and mandates: by an administrator with fresh proof, recorded, and effective at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed, Thing, allowed
from doorleren.people.commands.authorise import end_mandate, end_role, give_mandate, give_role
from doorleren.people.models import Mandate, Role, RoleKind
from doorleren.people.signed_in import SignedIn
from tests.people.made import AT, LONG_AGO, TODAY, TOMORROW, YESTERDAY, body, organisation, person, role, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> SignedIn:
    """Somebody who may give roles."""
    who = person()
    role(who, RoleKind.ADMINISTRATOR)
    return signed_in(who)


def test_a_role_and_a_mandate_are_given(administrator: SignedIn) -> None:
    """What an administrator gives is there, gives access, and is recorded."""
    who, place = person(), organisation()
    made = give_role(
        RoleKind.PROVIDER, who.pk, for_body=body().pk, organisation=place.pk, starts_on=TODAY, by=administrator, at=AT
    )
    give_mandate(who.pk, place.pk, for_body=body().pk, starts_on=TODAY, by=administrator, at=AT)
    assert allowed(signed_in(who), "enter_activities", Thing("x", "1", organisation=place.pk), at=AT)
    acts = Act.objects.order_by("-id")[:2]
    assert [one.act for one in acts] == ["gave_mandate", "gave_role"]
    assert acts[1].details == {"kind": "provider", "person": who.pk}
    assert made.body is None


def test_what_ends_gives_no_access_from_then_on(administrator: SignedIn) -> None:
    """Ending a role works at once, also for one that began today, and deletes nothing."""
    who, place = person(), Thing("x", "1", body=body().pk)
    for starts_on in (LONG_AGO, TODAY):
        given = role(who, RoleKind.ASSESSOR, starts_on)
        assert allowed(signed_in(who), "assess_admission", place, at=AT)
        end_role(given.pk, for_body=body().pk, by=administrator, at=AT)
        assert not allowed(signed_in(who), "assess_admission", place, at=AT)
    assert [one.ends_on for one in Role.objects.filter(person=who)] == [YESTERDAY, YESTERDAY]


def test_a_mandate_that_has_yet_to_begin_never_does(administrator: SignedIn) -> None:
    """What is withdrawn before its first day ends on the day before it."""
    made = give_mandate(person().pk, organisation().pk, for_body=body().pk, starts_on=TOMORROW, by=administrator, at=AT)
    end_mandate(made.pk, for_body=body().pk, by=administrator, at=AT)
    assert Mandate.objects.get().ends_on == TODAY


def test_what_had_ended_already_keeps_its_day(administrator: SignedIn) -> None:
    """Ending again what ended last year does not make it longer."""
    old = role(person(), RoleKind.ASSESSOR, LONG_AGO, LONG_AGO)
    assert end_role(old.pk, for_body=body().pk, by=administrator, at=AT).ends_on == LONG_AGO


def test_nobody_gives_oneself_anything(administrator: SignedIn) -> None:
    """An administrator gives themselves neither a role nor a mandate."""
    with pytest.raises(NotAllowed, match="oneself"):
        give_role(RoleKind.DECIDER, administrator.person, for_body=body().pk, starts_on=TODAY, by=administrator, at=AT)
    with pytest.raises(NotAllowed, match="oneself"):
        give_mandate(
            administrator.person, organisation().pk, for_body=body().pk, starts_on=TODAY, by=administrator, at=AT
        )


def test_an_administrator_of_another_body_ends_no_role_here(administrator: SignedIn) -> None:
    """Naming one's own body does not give power over a role in another."""
    given = role(person(), RoleKind.ASSESSOR, body=body("ander"))
    with pytest.raises(NotAllowed, match="other_place"):
        end_role(given.pk, for_body=body().pk, by=administrator, at=AT)


def test_old_proof_is_not_enough(administrator: SignedIn) -> None:
    """Who signed in an hour ago must do so again before giving a role."""
    with pytest.raises(NotAllowed, match="renewal"):
        give_role(
            RoleKind.AUDITOR,
            person().pk,
            for_body=body().pk,
            starts_on=TODAY,
            by=administrator,
            at=AT + timedelta(hours=1),
        )


def test_a_role_in_the_wrong_place_says_why(administrator: SignedIn) -> None:
    """A refusal by a constraint reaches who asked as its sentence, and nothing is recorded."""
    before = Act.objects.count()
    with pytest.raises(ValidationError, match="Een ambtelijke rol hoort bij een instantie"):
        give_role(
            RoleKind.DECIDER, person().pk, for_body=body().pk, organisation=organisation().pk, starts_on=TODAY,
            by=administrator, at=AT,
        )  # fmt: skip
    assert Act.objects.count() == before
