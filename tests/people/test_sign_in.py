"""Signing in as a command: whom claims belong to, what is kept, what is recorded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.people.claims import Claims
from doorleren.people.commands.sign_in import sign_in
from doorleren.people.models import Assurance, Identity, Mandate, NationalNumber, Organisation, Person, Session
from doorleren.people.queries import mandates_in_force
from doorleren.people.signed_in import SignInRefused
from tests.people.made import AT, LONG_AGO, TODAY, TOMORROW, mandate, organisation

CLAIMS = Claims("https://broker.example", "abc", Assurance.SUBSTANTIAL, name="Nadia")
BSN = replace(CLAIMS, bsn="999990019")

pytestmark = pytest.mark.django_db


def test_somebody_new_becomes_known_once() -> None:
    """The same identity leads to the same person, with the name that is told now and the highest assurance ever."""
    first = sign_in(CLAIMS, at=AT)
    again = sign_in(replace(CLAIMS, name="Nadia B.", assurance=Assurance.LOW), at=AT + timedelta(days=1))
    assert again.pk == first.pk
    assert Person.objects.get().name == "Nadia B."
    identity = Identity.objects.get()
    assert (identity.assurance, identity.last_used_at) == ("substantial", AT + timedelta(days=1))


def test_the_same_subject_of_another_issuer_is_somebody_else() -> None:
    """A subject means nothing without its issuer."""
    assert sign_in(CLAIMS, at=AT).pk != sign_in(replace(CLAIMS, issuer="https://other.example"), at=AT).pk


def test_the_number_finds_a_person_by_another_way_in() -> None:
    """Who comes by another provider with the same national number is the same person, now with two identities."""
    first = sign_in(BSN, at=AT)
    assert sign_in(replace(BSN, issuer="https://other.example", subject="z"), at=AT).pk == first.pk
    assert Identity.objects.filter(person=first).count() == 2
    assert NationalNumber.objects.count() == 1


def test_a_number_that_comes_later_is_kept() -> None:
    """An identity that brings its number later gets it then."""
    assert sign_in(CLAIMS, at=AT).pk == sign_in(BSN, at=AT).pk == NationalNumber.objects.get().person_id


def test_a_number_of_somebody_else_signs_nobody_in() -> None:
    """An identity with the number of another person, or with a second number, is refused and changes nothing."""
    sign_in(BSN, at=AT)
    sign_in(replace(CLAIMS, subject="other"), at=AT)
    recorded = Act.objects.count()
    for wrong in (replace(BSN, subject="other"), replace(BSN, bsn="999990020")):
        with pytest.raises(SignInRefused) as refusal:
            sign_in(wrong, at=AT)
        assert refusal.value.reason == "another"
        assert "99999" not in str(refusal.value)
    assert NationalNumber.objects.count() == 1
    assert Act.objects.count() == recorded


def test_who_is_blocked_does_not_come_in() -> None:
    """A blocked person is refused."""
    person = sign_in(CLAIMS, at=AT)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(SignInRefused) as refusal:
        sign_in(CLAIMS, at=AT)
    assert refusal.value.reason == "blocked"


def test_an_organisation_is_acted_for_on_the_day_that_the_broker_vouches_for() -> None:
    """The mandate that a broker tells holds on the day of signing in and not on the next."""
    person = sign_in(replace(CLAIMS, kvk="12345678", organisation_name="Bedrijf"), at=AT)
    assert Organisation.objects.get().name == "Bedrijf"
    assert [one.organisation.kvk for one in mandates_in_force(person.pk, TODAY)] == ["12345678"]
    assert list(mandates_in_force(person.pk, TOMORROW)) == []
    sign_in(replace(CLAIMS, kvk="12345678"), at=AT)
    assert Mandate.objects.count() == 1


def test_a_mandate_that_was_given_stays_as_it_is() -> None:
    """A longer mandate is not shortened by signing in."""
    person = sign_in(CLAIMS, at=AT)
    mandate(person, organisation())
    sign_in(replace(CLAIMS, kvk="12345678"), at=AT)
    assert [(one.starts_on, one.ends_on) for one in Mandate.objects.all()] == [(LONG_AGO, None)]


def test_signing_in_is_recorded_without_content() -> None:
    """The record says who signed in and how surely, without name, number or subject."""
    person = sign_in(BSN, at=AT)
    act = Act.objects.latest("id")
    assert (act.act, act.actor_id, act.subject_id, act.at) == ("signed_in", str(person.pk), str(person.pk), AT)
    assert act.details == {"assurance": "substantial", "second_factor": False}
    assert checked().broken is None


def test_ended_sessions_are_cleared() -> None:
    """Signing in clears what has ended by itself and leaves what is open."""
    Session.objects.create(session_key="old", session_data="", expire_date=AT - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="", expire_date=AT + timedelta(seconds=1))
    sign_in(CLAIMS, at=AT)
    assert [one.session_key for one in Session.objects.all()] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_once_make_one_person() -> None:
    """Somebody who clicks in several windows, or comes by two ways with one number, becomes known once."""

    def come_in(way: int) -> int:
        try:
            return sign_in(replace(BSN, issuer=f"https://broker{way % 2}.example"), at=AT).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        people = set(threads.map(come_in, range(8)))
    assert len(people) == Person.objects.count() == NationalNumber.objects.count() == 1
    assert Identity.objects.count() == 2
