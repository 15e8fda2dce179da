"""What follows a registration: the participant's word, look-alikes for a human, and who establishes a qualification."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from doorleren.applications.bundles.candidates import candidates
from doorleren.applications.bundles.names import likeness, telling
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.commands.give_qualification import give_qualification, qualify_demo_advisers
from doorleren.applications.models import (
    Application,
    Bundle,
    BundleRow,
    Confirmation,
    Qualification,
    RegisteredPerson,
    Registration,
    Word,
)
from doorleren.applications.queries import state_now
from doorleren.audit.models import Act
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.models import NationalNumber, Person, RoleKind
from doorleren.rounds.models import Ticket
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import AT, KEYS, NUMBERS, row, submit
from tests.people import made as people

pytestmark = pytest.mark.django_db


def participant(place: int, name: str = "Nadia") -> Person:
    """Somebody who signs in with a national number."""
    person = people.person(name=name)
    NationalNumber.objects.create(person=person, lookup=KEYS.hashed(NUMBERS[place]), sealed=KEYS.sealed(NUMBERS[place]))
    return person


@pytest.mark.parametrize("word", list(Word))
def test_the_participant_says_so(word: Word, known: Library, tom: Any) -> None:
    """A yes leaves the application submitted, a no withdraws it; it is said once, by the person whom it is about."""
    submit(known, made.a_round(known), tom, row(0))
    nadia, registration = participant(0), Registration.objects.get()
    confirm_registration(registration.pk, word, by=people.signed_in(nadia), at=AT)
    wanted = "submitted" if word == Word.CONFIRMED else "withdrawn"
    assert state_now(Application.objects.get()) == wanted
    assert Ticket.objects.count() == 1
    assert Act.objects.get(act="confirmed_registration").details == {"word": word.value}
    with pytest.raises(BundleRefused):
        confirm_registration(registration.pk, Word.CONFIRMED, by=people.signed_in(nadia), at=AT)


@pytest.mark.parametrize("who", ["another", "without a number", "the adviser"])
def test_nobody_says_it_for_another(who: str, known: Library, tom: Any) -> None:
    """Another person, one without a number, and the adviser cannot confirm a registration."""
    submit(known, made.a_round(known), tom, row(0), row(1, national_number=""))
    person = {"another": lambda: participant(3), "without a number": people.person, "the adviser": lambda: tom[0]}[
        who
    ]()
    for registration in Registration.objects.all():
        with pytest.raises(PermissionDenied):
            confirm_registration(registration.pk, Word.CONFIRMED, by=people.signed_in(person), at=AT)
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Özlem van den Berg", "Berg, Ozlem v.d.", True), ("J. Jansen", "Jan Jansen", False),
        ("Mohamed el Idrissi", "Mohammed El-Idrissi", True), ("Nadia Bakker", "Piet de Boer", False), ("", "A", False),
    ],
)  # fmt: skip
def test_names_that_resemble(one: str, other: str, alike: bool) -> None:
    """Accents, particles, order and a doubled letter do not keep two spellings apart; other names are other names."""
    assert (likeness(one, other) >= 0.9) is alike


def test_what_tells_a_name() -> None:
    """Two spellings of one name have the same telling words; a name of particles only still has some."""
    assert telling("Özlem van den Berg") == telling("Berg, Ozlem v.d.") == "berg ozlem"
    assert telling("El") == ""


def test_a_list_for_a_human(known: Library, tom: Any) -> None:
    """Spelling variants on one day are listed, with or without a number; who merely shares the day is not, nor refused."""
    round_ = made.a_round(known)
    bundle = submit(
        known, round_, tom, row(0, name="Özlem van den Berg"), row(1, name="Berg, Ozlem vd"),
        row(2, name="Ozlen Berg", national_number=""), row(3, name="Piet de Boer"),
        row(4, name="Ozlem Berg", birth_date="1985-04-02"), row(5, name="Ozlen Berg"),
    )  # fmt: skip
    assert {one.outcome for one in BundleRow.objects.filter(bundle=bundle)} == {"accepted"}
    first = Application.objects.order_by("pk")
    named = {one.pk: KEYS.opened(one.registration.who.sealed_name) for one in first}
    pairs = {
        (frozenset(named[number] for number in one.applications), one.numbers) for one in candidates(round_.pk, KEYS)
    }
    assert pairs == {
        (frozenset(["Özlem van den Berg", "Berg, Ozlem vd"]), 2), (frozenset(["Özlem van den Berg", "Ozlen Berg"]), 1),
        (frozenset(["Berg, Ozlem vd", "Ozlen Berg"]), 1), (frozenset(["Ozlen Berg"]), 1),
    }  # fmt: skip


def test_an_official_establishes_a_qualification() -> None:
    """An assessor does so for an adviser, on days that do not overlap; nobody does so for oneself."""
    (tom, _firm), official = made.adviser(qualified=False), people.person(name="Fatima")
    body = people.role(official, RoleKind.ASSESSOR).body_id
    given: dict[str, Any] = {"for_body": body, "by": people.signed_in(official), "at": AT}
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    give_qualification(tom.pk, **days, **given)
    for wrong in (
        {"adviser": tom.pk, **days}, {"adviser": official.pk + 999, **days},
        {"adviser": tom.pk, "starts_on": date(2028, 1, 1), "ends_on": date(2027, 1, 1)},
        {"adviser": tom.pk, "starts_on": date(2028, 1, 1), "ends_on": date(2060, 1, 1)},
    ):  # fmt: skip
        with pytest.raises(BundleRefused):
            give_qualification(**wrong, **given)
    for who in (tom, people.person(name="Piet")):
        with pytest.raises(PermissionDenied):
            give_qualification(tom.pk, **days, for_body=body, by=people.signed_in(who), at=AT)
    with pytest.raises(PermissionDenied):
        give_qualification(official.pk, **days, **given)
    assert Qualification.objects.count() == Act.objects.filter(act="gave_qualification").count() == 1


def test_the_adviser_of_the_demo() -> None:
    """The site qualifies the adviser of the demo once, and nobody else."""
    enrol_demo_people(at=AT)
    made.adviser(qualified=False)
    assert (qualify_demo_advisers(at=AT), qualify_demo_advisers(at=AT)) == (1, 0)
    assert Qualification.objects.get().adviser.name == "Tom de Wit"


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [Bundle, Registration, BundleRow, Confirmation])
def test_insert_only(act: str, model: Any, known: Library, tom: Any) -> None:
    """What was handed in, registered, answered and said never changes and never goes; who it is about can be destroyed."""
    submit(known, made.a_round(known), tom, row(0))
    registration = Registration.objects.get()
    confirm_registration(registration.pk, Word.CONFIRMED, by=people.signed_in(participant(0)), at=AT)
    field = next(one.attname for one in model._meta.concrete_fields if not one.primary_key)
    rows = model.objects.all()
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(**{field: rows.values_list(field, flat=True)[0]}) if act == "update" else rows._raw_delete(
            "default"
        )
    RegisteredPerson.objects.all().delete()
    assert Registration.objects.count() == 1
