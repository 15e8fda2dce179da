"""Participants of an offer: enrolled once in a round, sealed, within the numbers; they can say that it is not them."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.bundles.candidates import candidates
from doorleren.applications.models import Application, EnrolledPerson, Enrolment, EnrolmentWord, Word
from doorleren.applications.offers import refusing
from doorleren.applications.offers.commands.enrol_participant import (
    answer_enrolment,
    enrol_participant,
    read_participant,
)
from doorleren.applications.offers.enrolments import enrolled, enrolments_for, offers_of
from doorleren.applications.offers.rules import Share
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import NationalNumber, Organisation, Person
from doorleren.people.national_number import Keys, new_keys, read_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, TODAY, signed_in
from tests.applications.offers import made
from tests.applications.offers.test_listing import Offering

NUMBER, OTHER = "111222333", "123456782"
BORN = "01-04-1990"


class Enrolling:
    """Somebody of a provider who enrols participants."""

    def __init__(self, offering: Offering, keys: Keys) -> None:
        self.offering, self.keys, self.person = offering, keys, offering.person

    def __call__(
        self,
        name: str = "Özlem van den Berg",
        born: str = BORN,
        number: str = "",
        code: str = "kort",
        at: datetime = AT,
    ) -> Enrolment:
        return enrol_participant(
            self.offering.draft.pk, made.activity(code).pk, read_participant(name, born, number, TODAY), keys=self.keys,
            person_key=KEY, today=TODAY, library=self.offering.known, by=signed_in(self.person), at=at,
        )  # fmt: skip


@pytest.fixture
def keys() -> Keys:
    """Keys of national numbers."""
    return read_keys(new_keys())


@pytest.fixture
def offering(known: Library, round_: Round, oost: Organisation, sanne: Person) -> Offering:
    """A draft of the provider, complete."""
    found = Offering(known, made.draft_of_school(known, round_, oost, sanne), sanne)
    found.put("kort", 30)
    found.put("duur", 1, Share("fund", "", 150_75))
    found.tell(training__labour_market_relevant=True)
    return found


@pytest.fixture
def enrols(offering: Offering, keys: Keys) -> Enrolling:
    """It stands ready."""
    offering.freeze()
    return Enrolling(offering, keys)


def refused(enrols: Enrolling, **given: str) -> ApplicationRefused:
    """Give why somebody is not enrolled; nobody was."""
    before = Enrolment.objects.count()
    with pytest.raises(ApplicationRefused) as said:
        enrols(**given)
    assert Enrolment.objects.count() == before
    return said.value


def test_kept_sealed(enrols: Enrolling) -> None:
    """The row names nobody; the name and the number lie sealed beside it and open with the keys."""
    one = enrols(number=NUMBER)
    who = EnrolledPerson.objects.get()
    assert (enrols.keys.opened(who.sealed_name), enrols.keys.opened(who.sealed)) == ("Özlem van den Berg", NUMBER)
    assert (who.lookup, who.birth_date) == (enrols.keys.hashed(NUMBER), date(1990, 4, 1))
    assert len(one.person) == 64
    assert enrolled(one.application_id, one.activity_id) == 1


def test_not_in_a_draft(offering: Offering, keys: Keys) -> None:
    """Before it stands ready nobody can be enrolled, and the offer is not among those to enrol in."""
    assert refused(Enrolling(offering, keys)).texts == refusing.NOT_READY
    assert offers_of([offering.draft.applicant_number]) == []
    offering.freeze()
    assert offers_of([offering.draft.applicant_number]) == [offering.draft]


@pytest.mark.parametrize("number", [NUMBER, ""], ids=["with a number", "without"])
def test_once_in_a_round(number: str, enrols: Enrolling) -> None:
    """The same person once, in whatever activity of the round."""
    enrols(number=number)
    assert refused(enrols, number=number).texts == refusing.ALREADY
    assert refused(enrols, number=number, code="duur").texts == refusing.ALREADY


def test_two_people_with_one_name(enrols: Enrolling) -> None:
    """With their numbers two people of one name and day are two."""
    assert enrols(number=NUMBER).person != enrols(number=OTHER).person


def test_within_the_numbers_of_the_offer(enrols: Enrolling) -> None:
    """An activity for one participant takes one."""
    enrols(code="duur")
    assert refused(enrols, code="duur", name="Jan Jansen").texts == refusing.FULL


def test_the_schemes_own_conditions(enrols: Enrolling) -> None:
    """Who is too young is refused with the scheme's sentence; the day of turning 18 is enough."""
    said = refused(enrols, born="2008-03-11")
    assert said.facts == ("birth_date",)
    assert "de deelnemer is 18 jaar of ouder" in said.texts["nl"]
    assert enrols(born="2008-03-10").pk


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": "Jan 3"}), ("name", {"name": ""}), ("birth_date", {"born": "32-01-1990"}),
        ("birth_date", {"born": "2026-03-11"}), ("national_number", {"number": "123456789"}), ("activity", {"code": "lang"}),
    ],
    ids=["digits", "no name", "no day", "tomorrow", "no number", "not in the offer"],
)  # fmt: skip
def test_errors_by_field(field: str, given: dict[str, str], enrols: Enrolling) -> None:
    """What cannot be is refused by its field."""
    assert refused(enrols, **given).facts == (field,)


def test_the_participant_denies(enrols: Enrolling, nadia: Person) -> None:
    """Who signs in with the number sees it and can deny it once; then the place is free, and the person can be enrolled anew."""
    one = enrols(number=NUMBER, code="duur")
    assert list(enrolments_for(nadia.pk)) == []
    with pytest.raises(NotAllowed):
        answer_enrolment(one.pk, Word.NOT_ME, by=signed_in(nadia), at=AT)
    NationalNumber.objects.create(person=nadia, lookup=enrols.keys.hashed(NUMBER), sealed=enrols.keys.sealed(NUMBER))
    assert list(enrolments_for(nadia.pk)) == [one]
    answer_enrolment(one.pk, Word.NOT_ME, by=signed_in(nadia), at=AT)
    with pytest.raises(ApplicationRefused) as said:
        answer_enrolment(one.pk, Word.CONFIRMED, by=signed_in(nadia), at=AT)
    assert said.value.texts == refusing.ANSWERED
    assert enrolled(one.application_id, one.activity_id) == 0
    again = enrols(number=NUMBER)
    assert (again.person, again.turn) == (one.person, 1)
    assert refused(enrols, number=NUMBER).texts == refusing.ALREADY


def test_who_may_not(enrols: Enrolling, nadia: Person) -> None:
    """Another provider and somebody without a role enrol nobody."""
    for person in (nadia, made.teacher(made.other_school(), "Olga")):
        enrols.person = person
        with pytest.raises(NotAllowed):
            enrols()


def test_insert_only(enrols: Enrolling) -> None:
    """Enrolments are never changed; who it is about can be destroyed apart."""
    enrols(number=NUMBER)
    for model in (Enrolment, EnrolmentWord):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            model.objects.update(at=AT)
    EnrolledPerson.objects.all().delete()


def test_a_list_for_a_human(enrols: Enrolling) -> None:
    """Spelling variants on one day are listed and never refused; who merely shares the day is not, nor who said no."""
    variants = [
        enrols(number=NUMBER), enrols("Berg, Ozlem vd", number=OTHER), enrols("Ozlen Berg"),
    ]  # fmt: skip
    enrols("Piet de Boer")
    enrols("Ozlem Berg", born="02-04-1990")

    def found() -> set[tuple[tuple[int, int] | None, int]]:
        return {(one.enrolments, one.numbers) for one in candidates(variants[0].round_id, enrols.keys)}

    first, second, third = (one.pk for one in variants)
    assert found() == {((first, second), 2), ((first, third), 1), ((second, third), 1)}
    EnrolmentWord.objects.create(enrolment=variants[1], word=Word.NOT_ME, by=enrols.person, at=AT)
    assert found() == {((first, third), 1)}
    Application.objects.filter(pk=variants[0].application_id).update(withdrawn_at=AT)
    assert found() == set()
