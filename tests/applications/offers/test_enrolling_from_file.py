"""Participants from a file: each row answered by itself, nothing done twice, and the rules of enrolling one by one."""

from collections.abc import Sequence
from typing import Any

import pytest

from doorleren.applications.bundles.rows import BundleUnreadable, Row, rows_of_csv
from doorleren.applications.models import EnrolledPerson, Enrolment, Outcome, Word
from doorleren.applications.offers import refusing
from doorleren.applications.offers.commands import enrol_from_file
from doorleren.applications.offers.commands.enrol_from_file import Answer, Asked, enrol_rows, preview_rows
from doorleren.applications.offers.commands.enrol_participant import answer_enrolment
from doorleren.applications.offers.enrolments import enrolled
from doorleren.applications.offers.rows import ENROLMENTS, written_again
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import NationalNumber, Organisation, Person
from doorleren.people.national_number import new_keys, read_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.bundles.made import NUMBERS
from tests.applications.made import AT, KEY, TODAY, signed_in
from tests.applications.offers import made
from tests.applications.offers.test_enrolling import Enrolling, offering

__all__ = ["offering"]
HEAD = "opleiding;bsn;naam;geboortedatum\n"
OK, ALREADY, REFUSED = Outcome.ACCEPTED, Outcome.ALREADY, Outcome.REFUSED


class Giving:
    """Somebody of a provider who gives files of participants."""

    def __init__(self, enrols: Enrolling) -> None:
        self.enrols, self.person = enrols, enrols.person
        self.short, self.dear = made.activity("kort").pk, made.activity("duur").pk

    @property
    def asked(self) -> Asked:
        offering = self.enrols.offering
        return Asked(offering.draft.pk, signed_in(self.person), AT, TODAY, offering.known, self.enrols.keys, KEY)

    def read(self, text: str) -> list[Row]:
        told = text.replace("KORT", str(self.short)).replace("DUUR", str(self.dear))
        return rows_of_csv(HEAD + told, self.enrols.offering.known.vocabulary, ENROLMENTS)

    def __call__(self, text: str) -> list[Answer]:
        return enrol_rows(self.read(text), self.asked)


@pytest.fixture
def gives(offering: Any) -> Giving:
    """An offer stands ready: 30 in the short training, one in the dear one."""
    offering.freeze()
    return Giving(Enrolling(offering, read_keys(new_keys())))


def outcomes(answers: Sequence[Answer]) -> list[tuple[Outcome, str, str]]:
    """Give what came of the rows: the outcome, the field and the rule of the first fault."""
    return [(one.outcome, *((one.faults[0].field, one.faults[0].rule) if one.faults else ("", ""))) for one in answers]


MIXED = f"""KORT;{NUMBERS[0]};Özlem van den Berg;01-04-1990
DUUR;;Jan Jansen;1985-04-01
99999;;Piet Puk;1985-04-01
KORT;123456789;Kees 3;31-02-1985
KORT;;Jong Blad;2010-01-01
KORT;{NUMBERS[0]};Iemand Anders;1985-04-01
DUUR;;Anna Bakker;1985-04-01
DUUR;;jan  jansen;01-04-1985
KORT;;Els Groen;1985-04-01;te veel
"""


def test_each_row_has_its_own_answer(gives: Giving) -> None:
    """The right rows are enrolled and sealed; each other says its field and rule; a preview says the same and keeps nothing."""
    expected = [
        (OK, "", ""), (OK, "", ""), (REFUSED, "activity", "in_the_offer"), (REFUSED, "national_number", "eleven_test"),
        (REFUSED, "person.birth_date", "adult"), (REFUSED, "national_number", "once_in_a_file"),
        (REFUSED, "activity", "number_of_participants"), (REFUSED, "name", "once_in_a_file"), (REFUSED, "", "row_width"),
    ]  # fmt: skip
    assert outcomes(preview_rows(gives.read(MIXED), gives.asked)) == expected
    assert not Enrolment.objects.exists()
    answers = gives(MIXED)
    assert outcomes(answers) == expected
    assert [one.field for one in answers[3].faults] == ["national_number", "name", "birth_date"]
    allowed = (
        f"Gegeven is 99999. Toegestaan is het nummer van een opleiding uit het aanbod: {gives.short}, {gives.dear}."
    )
    assert answers[2].faults[0].texts["nl"] == allowed
    assert answers[4].faults[0].source
    keys = gives.enrols.keys
    told = {(keys.opened(one.sealed_name), one.lookup) for one in EnrolledPerson.objects.all()}
    assert told == {("Özlem van den Berg", keys.hashed(NUMBERS[0])), ("Jan Jansen", "")}
    assert Act.objects.get(act="enrolled").details["enrolments"] == 2


def test_the_same_file_again_changes_nothing(gives: Giving) -> None:
    """Who is in by the file, or by the form before it, is answered so; the refused rows come back to be mended."""
    gives.enrols(number=NUMBERS[0])
    first, again = gives(MIXED), gives(MIXED)
    assert [one.outcome for one in first[:2]] == [ALREADY, OK]
    assert [one.outcome for one in again[:2]] == [ALREADY, ALREADY]
    assert outcomes(again[2:]) == outcomes(first[2:])
    assert Enrolment.objects.count() == 2
    back = written_again([one.row for one in again if one.outcome == REFUSED])
    assert back.splitlines()[:2] == ["opleiding;bsn;naam;geboortedatum", "99999;;Piet Puk;1985-04-01"]
    mended = rows_of_csv(back, gives.enrols.offering.known.vocabulary, ENROLMENTS)
    assert mended[0].told == again[2].row.told


def test_a_file_does_not_undo_a_no(gives: Giving, nadia: Person) -> None:
    """Who said no is not enrolled again by the same file, but the form still can; in another training one is enrolled once."""
    row = f"KORT;{NUMBERS[0]};Nadia Bakker;01-04-1990\n"
    gives(row)
    keys = gives.enrols.keys
    NationalNumber.objects.create(person=nadia, lookup=keys.hashed(NUMBERS[0]), sealed=keys.sealed(NUMBERS[0]))
    assert outcomes(gives(row.replace("KORT", "DUUR"))) == [(REFUSED, "national_number", "one_person_once")]
    answer_enrolment(Enrolment.objects.get().pk, Word.NOT_WANTED, by=signed_in(nadia), at=AT)
    assert outcomes(gives(row)) == [(REFUSED, "national_number", "participant_said_no")]
    assert gives.enrols(number=NUMBERS[0]).turn == 1
    assert outcomes(gives(row)) == [(ALREADY, "", "")]


def test_in_several_commits(gives: Giving, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers count across commits; what the offer no longer takes half-way is refused row by row, and what was done stands."""
    monkeypatch.setattr(enrol_from_file, "AT_ONCE", 2)
    names = [f"Deelnemer {letter}" for letter in "ABCDE"]
    rows = "".join(f"{'DUUR' if place in (0, 3) else 'KORT'};;{name};1985-04-01\n" for place, name in enumerate(names))
    assert [one.outcome for one in gives(rows)] == [OK, OK, OK, REFUSED, OK]
    real, done = enrol_from_file._enrol, []

    def shut(*given: Any) -> Any:
        if done:
            raise ApplicationRefused(refusing.NOT_READY)
        done.append(1)
        return real(*given)

    monkeypatch.setattr(enrol_from_file, "_enrol", shut)
    answers = gives(rows.replace("Deelnemer", "Ander"))
    assert outcomes(answers)[1:] == [(OK, "", ""), *[(REFUSED, "", "takes_enrolments")] * 3]
    assert enrolled(gives.enrols.offering.draft.pk, gives.short) == 4


@pytest.mark.parametrize("tries", [enrol_from_file.MOST_TRIES, 1])
def test_somebody_is_enrolled_elsewhere_meanwhile(gives: Giving, monkeypatch: pytest.MonkeyPatch, tries: int) -> None:
    """The rows are judged again and only that row is refused; the control, without another try, enrols nobody of them."""
    gives.enrols(number=NUMBERS[0], code="duur")
    real, blind = enrol_from_file._before, [True]
    monkeypatch.setattr(enrol_from_file, "_before", lambda *given: {} if blind and blind.pop() else real(*given))
    monkeypatch.setattr(enrol_from_file, "MOST_TRIES", tries)
    told = f"KORT;{NUMBERS[0]};Özlem van den Berg;01-04-1990\nKORT;;Jan Jansen;1985-04-01\n"
    if tries == 1:
        assert {one.faults[0].texts["nl"] for one in gives(told)} == {refusing.BUSY["nl"]}
        assert Enrolment.objects.count() == 1
        return
    assert outcomes(gives(told)) == [(REFUSED, "national_number", "one_person_once"), (OK, "", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "leeg"), ("naam;geboortedatum\na;b", "Er ontbreekt een kolom: opleiding"), ("opleiding;kenmerk\n1;2", "Toegestaan zijn opleiding, bsn"),
     (HEAD, "gegeven zijn er 0"), (HEAD + "1;;a;b\n" * 10_001, "toegestaan zijn 1 tot en met 10000")],
    ids=["empty", "a column lacks", "a column too many", "no rows", "too many rows"],
)  # fmt: skip
def test_what_is_no_file_of_participants(text: str, said: str, known: Library) -> None:
    """It is refused as a whole, within the limits of a bundle, with what was given and what is allowed."""
    with pytest.raises(BundleUnreadable, match=said):
        rows_of_csv(text, known.vocabulary, ENROLMENTS)


def test_who_may_not(gives: Giving, nadia: Person, round_: Round, oost: Organisation) -> None:
    """Another provider and somebody without a role enrol nobody, nor learn what would come of it."""
    for person in (nadia, made.teacher(made.other_school(), "Olga")):
        gives.person = person
        for act in (enrol_rows, preview_rows):
            with pytest.raises(NotAllowed):
                act(gives.read("KORT;;Jan Jansen;1985-04-01"), gives.asked)
    assert not Enrolment.objects.exists()


def test_not_before_it_stands_ready(offering: Any) -> None:
    """In a draft the whole file is refused."""
    with pytest.raises(ApplicationRefused) as said:
        Giving(Enrolling(offering, read_keys(new_keys())))("KORT;;Jan Jansen;1985-04-01")
    assert said.value.texts == refusing.NOT_READY
