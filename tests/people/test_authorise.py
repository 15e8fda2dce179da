"""Giving and ending roles, and ending mandates: by an administrator with fresh proof, on a basis, recorded, at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed, Thing, allowed
from doorleren.people.acts import DEMANDS
from doorleren.people.claims import Claims
from doorleren.people.commands import authorise
from doorleren.people.commands.authorise import RoleRefused, end_mandate, end_role, give_role
from doorleren.people.commands.sign_in import sign_in
from doorleren.people.models import Assurance, Mandate, Person, Role, RoleKind
from doorleren.people.signed_in import SignedIn
from tests.people.made import (
    AT,
    LONG_AGO,
    TODAY,
    TOMORROW,
    YESTERDAY,
    body,
    mandate,
    organisation,
    person,
    role,
    signed_in,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> SignedIn:
    """Somebody who may give roles."""
    who = person()
    role(who, RoleKind.ADMINISTRATOR)
    return signed_in(who)


def give(kind: RoleKind, who: Person | int, by: SignedIn, **given: Any) -> Role:
    told = {"for_body": body().pk, "starts_on": TODAY, "at": AT, **given}
    return give_role(kind, who if isinstance(who, int) else who.pk, by=by, **told)


def faults(kind: RoleKind, who: Person | int, by: SignedIn, **given: Any) -> set[str]:
    before = Act.objects.count(), Role.objects.count()
    with pytest.raises(RoleRefused) as refused:
        give(kind, who, by, **given)
    assert (Act.objects.count(), Role.objects.count()) == before
    assert all(texts["nl"].endswith(".") and texts["en"].endswith(".") for texts in refused.value.faults.values())
    return set(refused.value.faults)


def test_a_role_for_an_organisation_is_given_to_who_has_its_mandate(administrator: SignedIn) -> None:
    """What an administrator gives is there, gives access, and is recorded with its place and days."""
    who, place = person(), organisation()
    mandate(who, place)
    made = give(RoleKind.PROVIDER, who, administrator, organisation=place.pk, ends_on=TOMORROW)
    assert allowed(signed_in(who), "enter_activities", Thing("x", "1", organisation=place.pk), at=AT)
    act = Act.objects.latest("id")
    assert (act.act, act.subject_id, act.details) == ("gave_role", str(made.pk), {
        "kind": "provider", "person": who.pk, "for_body": body().pk, "organisation": place.pk,
        "starts_on": "2026-03-10", "ends_on": "2026-03-11",
    })  # fmt: skip
    assert made.body is None


def test_without_a_mandate_there_is_no_role_for_an_organisation(administrator: SignedIn) -> None:
    """No mandate, one of another organisation, or one that ended yesterday is no basis for a role."""
    who, place = person(), organisation()
    assert faults(RoleKind.PROVIDER, who, administrator, organisation=place.pk) == {"organisation"}
    mandate(who, organisation("87654321"))
    mandate(who, place, LONG_AGO, YESTERDAY)
    assert faults(RoleKind.PROVIDER, who, administrator, organisation=place.pk) == {"organisation"}


def test_nobody_gives_a_mandate_by_hand() -> None:
    """Mandates come from the broker: there is no act and no command with which somebody gives one."""
    assert "give_mandate" not in DEMANDS
    assert not hasattr(authorise, "give_mandate")


@pytest.mark.parametrize(
    ("kind", "given", "wrong"),
    [
        (RoleKind.PARTICIPANT, {}, {"kind"}),
        (RoleKind.PROVIDER, {}, {"organisation"}),
        (RoleKind.ASSESSOR, {"starts_on": YESTERDAY}, {"starts_on"}),
        (RoleKind.ASSESSOR, {"starts_on": date(2200, 1, 1)}, {"starts_on"}),
        (RoleKind.ASSESSOR, {"starts_on": TOMORROW, "ends_on": TODAY}, {"ends_on"}),
        (RoleKind.ASSESSOR, {"ends_on": date(2200, 1, 1)}, {"ends_on"}),
    ],
)
def test_what_cannot_be_given_says_which_field_is_wrong(
    administrator: SignedIn, kind: RoleKind, given: dict[str, Any], wrong: set[str]
) -> None:
    """A role that nobody gives, in no place, in the past, too far ahead or ending before it begins is refused by field."""
    assert faults(kind, person(), administrator, **given) == wrong


def test_a_role_of_an_official_belongs_to_no_organisation(administrator: SignedIn) -> None:
    """An official's role cannot be given within an organisation, mandate or not."""
    who, place = person(), organisation()
    mandate(who, place)
    assert faults(RoleKind.DECIDER, who, administrator, organisation=place.pk) == {"organisation"}


def test_only_who_is_known_and_not_blocked_gets_a_role(administrator: SignedIn) -> None:
    """A number of nobody and a blocked person are refused."""
    assert faults(RoleKind.ASSESSOR, 2**40, administrator) == {"person"}
    assert faults(RoleKind.ASSESSOR, person(is_active=False), administrator) == {"person"}


def test_a_role_that_somebody_has_is_not_given_twice(administrator: SignedIn) -> None:
    """Days that overlap in the same place are refused; another body, another kind and days after it are not."""
    who = person()
    give(RoleKind.ASSESSOR, who, administrator, starts_on=TOMORROW, ends_on=TOMORROW)
    assert faults(RoleKind.ASSESSOR, who, administrator) == {"kind"}
    assert faults(RoleKind.ASSESSOR, who, administrator, starts_on=TOMORROW) == {"kind"}
    give(RoleKind.ASSESSOR, who, administrator, ends_on=TODAY)
    give(RoleKind.ASSESSOR, who, administrator, starts_on=TOMORROW + timedelta(days=1))
    give(RoleKind.DECIDER, who, administrator)
    assert Role.objects.filter(person=who).count() == 4


@pytest.mark.parametrize("starts_on", [TODAY, TOMORROW])
def test_ending_is_undone_by_giving_again(administrator: SignedIn, starts_on: date) -> None:
    """A role that was withdrawn on or before its first day is given again for the same days, and each act is recorded."""
    who = person()
    first = give(RoleKind.ASSESSOR, who, administrator, starts_on=starts_on)
    end_role(first.pk, for_body=body().pk, by=administrator, at=AT)
    again = give(RoleKind.ASSESSOR, who, administrator, starts_on=starts_on)
    assert (again.pk, again.ends_on) == (first.pk, None)
    assert [one.act for one in Act.objects.order_by("id")][-3:] == ["gave_role", "ended_role", "gave_role"]


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
    made = mandate(person(), None, TOMORROW)
    end_mandate(made.pk, for_body=body().pk, by=administrator, at=AT)
    assert Mandate.objects.get().ends_on == TODAY


def test_a_mandate_comes_back_when_the_broker_vouches_again(administrator: SignedIn) -> None:
    """A mandate that was ended here today holds again after signing in for the organisation, and only for today."""
    claims = Claims("https://broker.example", "s", Assurance.SUBSTANTIAL, name="Sanne", kvk="12345678")
    who = sign_in(claims, at=AT)
    ended = end_mandate(Mandate.objects.get().pk, for_body=body().pk, by=administrator, at=AT)
    assert ended.ends_on == YESTERDAY
    assert sign_in(claims, at=AT) == who
    assert [(one.starts_on, one.ends_on) for one in Mandate.objects.all()] == [(TODAY, TODAY)]


def test_what_had_ended_already_keeps_its_day(administrator: SignedIn) -> None:
    """Ending again what ended last year does not make it longer."""
    old = role(person(), RoleKind.ASSESSOR, LONG_AGO, LONG_AGO)
    assert end_role(old.pk, for_body=body().pk, by=administrator, at=AT).ends_on == LONG_AGO


def test_nobody_arranges_anything_for_oneself(administrator: SignedIn) -> None:
    """An administrator neither gives themselves a role nor ends their own, so that a body keeps an administrator."""
    with pytest.raises(NotAllowed, match="oneself"):
        give(RoleKind.DECIDER, administrator.person, administrator)
    own = Role.objects.get(person=administrator.person)
    with pytest.raises(NotAllowed, match="oneself"):
        end_role(own.pk, for_body=body().pk, by=administrator, at=AT)
    mine = mandate(Person.objects.get(pk=administrator.person))
    with pytest.raises(NotAllowed, match="oneself"):
        end_mandate(mine.pk, for_body=body().pk, by=administrator, at=AT)


def test_an_administrator_of_another_body_does_nothing_here(administrator: SignedIn) -> None:
    """Neither giving a role in another body nor ending one there is allowed, whatever body is named."""
    other = body("ander")
    with pytest.raises(NotAllowed, match="other_place"):
        give(RoleKind.ASSESSOR, person(), administrator, for_body=other.pk)
    given = role(person(), RoleKind.ASSESSOR, body=other)
    for named in (body(), other):
        with pytest.raises(NotAllowed, match="other_place"):
            end_role(given.pk, for_body=named.pk, by=administrator, at=AT)


def test_old_proof_is_not_enough(administrator: SignedIn) -> None:
    """Who signed in an hour ago must do so again before giving a role."""
    with pytest.raises(NotAllowed, match="renewal"):
        give(RoleKind.AUDITOR, person(), administrator, at=AT + timedelta(hours=1))


def test_a_constraint_that_refuses_says_why(administrator: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a rule be forgotten here, the sentence of the database's constraint reaches who asked, and nothing is recorded."""
    monkeypatch.setattr(authorise, "_faults", lambda *_: {})
    before = Act.objects.count()
    with pytest.raises(ValidationError, match="Een ambtelijke rol hoort bij een instantie"):
        give(RoleKind.DECIDER, person(), administrator, organisation=organisation().pk)
    assert Act.objects.count() == before


def test_ending_holds_the_body(administrator: SignedIn, django_assert_max_num_queries: Any) -> None:
    """The body is locked before access is asked, so that two administrators cannot end each other at the same moment."""
    given = role(person(), RoleKind.ADMINISTRATOR)
    with django_assert_max_num_queries(20) as asked:
        end_role(given.pk, for_body=body().pk, by=administrator, at=AT)
    said = [one["sql"] for one in asked.captured_queries]
    locked = next(place for place, sql in enumerate(said) if "people_body" in sql and "FOR NO KEY UPDATE" in sql)
    access = next(
        place for place, sql in enumerate(said) if "people_role" in sql and "people_body" in sql and "JOIN" in sql
    )
    assert locked < access
    assert connection.vendor == "postgresql"
