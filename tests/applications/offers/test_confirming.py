"""The enrolment with which a person applies: confirmed by the provider by two numbers, and by nobody else."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.answers import counted_answers
from doorleren.applications.commands.choose_training import choose_training
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application, EnrolmentProof
from doorleren.applications.offers.commands.confirm_enrolment import confirm_enrolment, take_back_enrolment
from doorleren.applications.offers.proofs import enrolment_confirmed, enrolment_of, proven_among
from doorleren.applications.offers.refusing import NOT_CONFIRMED, NOT_FOUND
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import Assurance, Organisation, Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, TODAY, signed_in
from tests.applications.offers import made

START = date(2026, 4, 20)


class Confirming:
    """Somebody of a provider at work."""

    def __init__(self, known: Library, person: Person) -> None:
        self.by: dict[str, Any] = {"today": TODAY, "library": known, "by": signed_in(person), "at": AT}

    def __call__(self, key: str, code: str = "kort", **told: Any) -> EnrolmentProof:
        return confirm_enrolment(key, made.activity(code).pk, **self.by, **told)

    def take_back(self, key: str, code: str = "kort") -> EnrolmentProof:
        return take_back_enrolment(key, made.activity(code).pk, **self.by)


@pytest.fixture
def confirms(known: Library, sanne: Person) -> Confirming:
    """Somebody who acts for the provider."""
    return Confirming(known, sanne)


@pytest.fixture
def draft(known: Library, round_: Round, oost: Organisation, nadia: Person) -> Application:
    """A draft for the short training."""
    return made.draft_of_learner(known, round_, nadia)


def ready(known: Library, draft: Application, person: Person) -> None:
    """Freeze the draft."""
    freeze_draft(draft.pk, sensitive={}, person_key=KEY, today=TODAY, library=known, by=signed_in(person), at=AT)
    draft.refresh_from_db()


def told(draft: Application, known: Library) -> dict[str, tuple[Any, str]]:
    """Give what counts, with where it comes from."""
    return {one.fact: (one.value, one.origin) for one in counted_answers(draft.pk, known)}


def test_before_and_after(draft: Application, known: Library, confirms: Confirming) -> None:
    """It asks the two numbers first; once confirmed it names the provider, and the price it told is an answer from evidence."""
    before = enrolment_of(draft)
    assert before is not None
    assert (before.key, before.activity, before.proof) == (
        draft.key,
        made.activity("kort").pk,
        None,
    )
    confirms(draft.key, starts_on=START, cents=180_00)
    after = enrolment_of(draft, counted_answers(draft.pk, known))
    assert after is not None
    assert after.proof is not None
    assert (after.proof.organisation.kvk, after.proof.starts_on, after.others) == (made.KVK, START, ())
    assert told(draft, known)["training.price"] == (180_00, "evidence")
    assert "training.starts_on" not in told(draft, known), "this scheme does not look at the first day"
    act = Act.objects.get(act="confirmed_enrolment")
    assert (act.subject_id, act.details) == (str(draft.pk), {"activity": made.activity("kort").pk})


def test_it_does_not_hold_up_submitting(draft: Application, known: Library, nadia: Person) -> None:
    """Without any confirmation the application can be put ready."""
    ready(known, draft, nadia)
    assert state_now(draft) == "ready"


def test_what_stands_ready_stays(draft: Application, known: Library, nadia: Person, confirms: Confirming) -> None:
    """A confirmation does not change what stands ready; where it says something else, that is named."""
    ready(known, draft, nadia)
    confirms(draft.key, cents=180_00)
    draft.refresh_from_db()
    answers = counted_answers(draft.pk, known)
    found = enrolment_of(draft, answers)
    assert state_now(draft) == "ready"
    assert told(draft, known)["training.price"] == (200_00, "register")
    assert found is not None
    assert found.proof is not None
    assert found.others == ("training.price",)


@pytest.mark.parametrize("wrong", ["key", "activity", "withdrawn", "other track"])
def test_a_wrong_pair_tells_nothing(
    wrong: str, draft: Application, known: Library, round_: Round, nadia: Person, oost: Organisation, sanne: Person,
    confirms: Confirming,
) -> None:  # fmt: skip
    """Whatever does not fit gives the same sentence, word for word, and leaves nothing behind."""
    key, code = draft.key, "kort"
    if wrong == "key":
        key = "a-key-that-nobody-has"
    elif wrong == "activity":
        code = "duur"
    elif wrong == "withdrawn":
        withdraw_application(draft.pk, by=signed_in(nadia), at=AT)
    else:
        key = made.draft_of_school(known, round_, oost, sanne).key
    with pytest.raises(ApplicationRefused) as said:
        confirms(key, code)
    assert said.value.texts == NOT_FOUND
    assert not EnrolmentProof.objects.exists()


def test_another_provider_finds_nothing(draft: Application, known: Library) -> None:
    """A provider of another activity gets the same answer for the right pair as for a wrong one."""
    other = Confirming(known, made.teacher(made.other_school(), "Olga"))
    for key in (draft.key, "a-key-that-nobody-has"):
        with pytest.raises(ApplicationRefused) as said:
            other(key)
        assert said.value.texts == NOT_FOUND


def test_who_may_not(draft: Application, known: Library, nadia: Person, sanne: Person) -> None:
    """Who is no provider may not, nor a provider who signed in with low assurance."""
    with pytest.raises(NotAllowed):
        Confirming(known, nadia)(draft.key)
    weak = Confirming(known, sanne)
    weak.by["by"] = signed_in(sanne, Assurance.LOW)
    with pytest.raises(NotAllowed):
        weak(draft.key)


@pytest.mark.parametrize(
    ("field", "given"), [("price", {"cents": 200_01}), ("starts_on", {"starts_on": date(2026, 3, 9)})]
)
def test_what_cannot_be(field: str, given: dict[str, Any], draft: Application, confirms: Confirming) -> None:
    """A price above the register's and a first day before today are refused by their field; the edges are not."""
    with pytest.raises(ApplicationRefused) as said:
        confirms(draft.key, **given)
    assert said.value.facts == (field,)
    assert not EnrolmentProof.objects.exists()
    assert confirms(draft.key, cents=200_00, starts_on=TODAY).pk


def test_once_more_and_taken_back(draft: Application, known: Library, confirms: Confirming) -> None:
    """The same again is the same row; taken back it is not confirmed and tells no answer; twice taken back is refused."""
    first = confirms(draft.key, cents=180_00)
    assert confirms(draft.key, cents=180_00).pk == first.pk
    confirms.take_back(draft.key)
    found = enrolment_of(draft)
    assert found is not None
    assert found.proof is None
    assert repr(told(draft, known)["training.price"][0]) == "unknown"
    with pytest.raises(ApplicationRefused) as said:
        confirms.take_back(draft.key)
    assert said.value.texts == NOT_CONFIRMED


def test_of_another_training_than_it_names_now(
    draft: Application, known: Library, nadia: Person, confirms: Confirming
) -> None:
    """What was confirmed for one training is no proof once the draft is for another, and cannot be taken back by that number; then it counts again."""

    def proven(code: str) -> bool:
        by = signed_in(nadia)
        choose_training(draft.pk, made.activity(code).pk, registered={}, today=TODAY, library=known, by=by, at=AT)
        draft.refresh_from_db()
        (found,) = {enrolment_confirmed(draft), draft.pk in proven_among([draft.pk])}
        return found

    confirms(draft.key)
    assert proven("kort")
    assert not proven("lang")
    with pytest.raises(ApplicationRefused) as said:
        confirms.take_back(draft.key, "lang")
    assert said.value.texts == NOT_CONFIRMED
    assert proven("kort")


def test_only_where_it_is_asked(known: Library, round_: Round, oost: Organisation, sanne: Person) -> None:
    """A track of providers asks no enrolment, although the scheme's file names the evidence."""
    assert enrolment_of(made.draft_of_school(known, round_, oost, sanne)) is None


def test_insert_only(draft: Application, confirms: Confirming) -> None:
    """What a provider confirmed is never changed."""
    confirms(draft.key)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        EnrolmentProof.objects.update(step="taken_back")
