"""A person applies for one training of the register where the scheme's rules look at it: it must be chosen, and tells the rest."""

from pathlib import Path

import pytest

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.commands.choose_training import choose_training
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.commands.withdraw_document import withdraw_document
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Freeze
from doorleren.applications.refusing import (
    CHOSEN_FOR_GOOD,
    FROM_REGISTER,
    NO_TRAINING,
    NOTHING_TO_CHOOSE,
    PROOF_OF_ANOTHER,
    ApplicationRefused,
)
from doorleren.audit.models import Act
from doorleren.core.texts import Texts
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, Person
from doorleren.register.models import AdmissionDecision
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.evidence import files
from tests.applications.evidence.test_documents import give, standing
from tests.applications.made import AT, KEY, TODAY, oneself, signed_in
from tests.applications.offers import made
from tests.people import made as people

PRICE, LISTED = "training.price", "training.in_register"
SHORT = {PRICE: 200_00, LISTED: True}


@pytest.fixture
def without(known: Library, round_: Round, nadia: Person, oost: Organisation) -> Application:
    """Nadia's draft, for no training yet."""
    told = {PRICE: 99_00, LISTED: True}
    return start_draft(
        round_, "learner", applicant=oneself(nadia), told=told, library=known, by=signed_in(nadia), at=AT
    )  # fmt: skip


def choose(known: Library, draft: Application, person: Person, code: str = "kort", **registered: object) -> None:
    """Choose a training by its code."""
    told = SHORT | {name.replace("__", "."): value for name, value in registered.items()}
    activity, by = made.activity(code).pk, signed_in(person)
    choose_training(draft.pk, activity, registered=told, today=TODAY, library=known, by=by, at=AT)
    draft.refresh_from_db()


def known_of(known: Library, draft: Application) -> dict[str, object]:
    """The answers that count."""
    return profile_of(counted_answers(draft.pk, known))


def asked(known: Library, draft: Application) -> set[str]:
    """The facts that the form asks."""
    return {one.name for one in form_for(draft, known_of(known, draft), TODAY, known).to_ask}


def ready(known: Library, draft: Application, person: Person) -> Freeze:
    """Put a draft ready."""
    return freeze_draft(
        draft.pk, sensitive={}, person_key=KEY, today=TODAY, library=known, by=signed_in(person), at=AT
    )  # fmt: skip


def refused(texts: Texts) -> str:
    """The pattern of a refusal."""
    return texts["nl"].split(".")[0]


def test_nothing_of_the_training_is_asked_or_taken_over_before_it_is_chosen(
    known: Library, without: Application
) -> None:
    """Neither "is it in the register" nor the price is a question, and what the finder was told of a training does not count."""
    assert asked(known, without) == set()
    assert known_of(known, without) == {}


def test_without_a_training_it_is_not_put_ready(known: Library, without: Application, nadia: Person) -> None:
    """Putting ready is refused with the reason, and after choosing it goes."""
    with pytest.raises(ApplicationRefused, match=refused(NO_TRAINING)):
        ready(known, without, nadia)
    choose(known, without, nadia)
    assert ready(known, without, nadia).cents == 200_00


@pytest.mark.parametrize(("fact", "value"), [(LISTED, True), (PRICE, 100_00)])
def test_nobody_types_it_before_the_choice(
    known: Library, without: Application, nadia: Person, fact: str, value: object
) -> None:  # fmt: skip
    """What the register tells is refused by its field while no training is chosen, however it is sent."""
    with pytest.raises(ApplicationRefused) as told:
        save_answers(without.pk, [Given(fact, value)], library=known, by=signed_in(nadia), at=AT)
    assert (told.value.texts, told.value.facts) == (NO_TRAINING, (fact,))


def test_what_only_the_register_tells_stays_its(known: Library, without: Application, nadia: Person) -> None:
    """After the choice nobody says that the training is in the register; a lower price for this enrolment may be told."""
    choose(known, without, nadia)
    with pytest.raises(ApplicationRefused) as told:
        save_answers(without.pk, [Given(LISTED, True)], library=known, by=signed_in(nadia), at=AT)
    assert told.value.texts == FROM_REGISTER
    save_answers(without.pk, [Given(PRICE, 150_00)], library=known, by=signed_in(nadia), at=AT)
    assert known_of(known, without)[PRICE] == 150_00


def test_what_the_register_does_not_tell_is_asked(known: Library, without: Application, nadia: Person) -> None:
    """A training without a price leaves that one question, and the answer is taken."""
    choose_training(
        without.pk, made.activity("kort").pk, registered={LISTED: True}, today=TODAY, library=known, by=signed_in(nadia), at=AT
    )  # fmt: skip
    without.refresh_from_db()
    assert asked(known, without) == {PRICE}
    save_answers(without.pk, [Given(PRICE, 150_00)], library=known, by=signed_in(nadia), at=AT)
    assert asked(known, without) == set()


def test_another_training_takes_the_answers_of_the_first_along(
    known: Library, without: Application, nadia: Person
) -> None:
    """What was told of the first counts no more, also where the second tells nothing; the choice is in the record."""
    choose(known, without, nadia)
    save_answers(without.pk, [Given(PRICE, 150_00)], library=known, by=signed_in(nadia), at=AT)
    choose_training(
        without.pk, made.activity("duur").pk, registered={LISTED: True}, today=TODAY, library=known, by=signed_in(nadia), at=AT
    )  # fmt: skip
    without.refresh_from_db()
    assert (without.activity, known_of(known, without)) == (made.activity("duur"), {LISTED: True})
    told = Act.objects.filter(act="chose_training", subject_id=str(without.pk)).values_list("details", flat=True)
    assert [one["activity"] for one in told] == [made.activity("kort").pk, made.activity("duur").pk]


def test_the_same_again_changes_nothing(known: Library, without: Application, nadia: Person) -> None:
    """A form that is sent twice leaves one act, and what stands ready stays so."""
    choose(known, without, nadia)
    frozen = ready(known, without, nadia)
    choose(known, without, nadia)
    assert without.frozen_content == frozen.content
    assert Act.objects.filter(act="chose_training").count() == 1


def test_what_stood_ready_keeps_its_training(known: Library, without: Application, nadia: Person) -> None:
    """Else the right of the first training, or its token, would be used for another; before, another may be chosen."""
    choose(known, without, nadia)
    choose(known, without, nadia, "lang")
    ready(known, without, nadia)
    with pytest.raises(ApplicationRefused, match=refused(CHOSEN_FOR_GOOD)):
        choose(known, without, nadia)
    assert Application.objects.get(pk=without.pk).activity == made.activity("lang")


def test_a_proof_of_the_first_stands_in_the_way(
    known: Library, without: Application, nadia: Person, tmp_path: Path
) -> None:
    """While a file proves enrolment in the first training no other is chosen, the same again is; once it is taken back another is."""
    store = Store(tmp_path / "evidence", b"s" * 32)
    choose(known, without, nadia)
    proof = give(without, nadia, store, evidence="enrolment_proof")
    with pytest.raises(ApplicationRefused) as told:
        choose(known, without, nadia, "lang")
    assert told.value.texts == PROOF_OF_ANOTHER
    choose(known, without, nadia)
    assert without.activity == made.activity("kort")
    withdraw_document(proof.pk, store=store, by=signed_in(nadia), at=AT)
    choose(known, without, nadia, "lang")
    assert without.activity == made.activity("lang")


def test_a_file_that_was_refused_proves_nothing(
    known: Library, without: Application, nadia: Person, tmp_path: Path
) -> None:
    """Nobody can take back a file that was not taken, so it does not stand in the way of another training."""
    choose(known, without, nadia)
    proof = give(without, nadia, Store(tmp_path / "evidence", b"s" * 32), files.png(), evidence="enrolment_proof")
    assert standing(proof) == "refused"
    choose(known, without, nadia, "lang")
    assert without.activity == made.activity("lang")


@pytest.mark.parametrize("admitted", [True, False])
def test_only_what_is_admitted_today(known: Library, without: Application, nadia: Person, admitted: bool) -> None:
    """A training that was removed is refused by its field; one that is admitted is not."""
    if not admitted:
        AdmissionDecision.objects.create(
            activity=made.activity("kort"), act="removed", effective_on=TODAY, reason="klachten", decided_at=AT,
            decided_by="person:2",
        )  # fmt: skip
        with pytest.raises(ApplicationRefused) as told:
            choose(known, without, nadia)
        assert told.value.facts == ("activity",)
    else:
        choose(known, without, nadia)
    assert (Application.objects.get(pk=without.pk).activity is not None) is admitted


def test_one_that_nobody_lists_is_refused(known: Library, without: Application, nadia: Person) -> None:
    """A number that the register does not have is refused by its field."""
    with pytest.raises(ApplicationRefused) as told:
        choose_training(
            without.pk, 2**40, registered={}, today=TODAY, library=known, by=signed_in(nadia), at=AT
        )  # fmt: skip
    assert told.value.facts == ("activity",)


def test_another_person_does_not_choose(known: Library, without: Application) -> None:
    """Whoever is not the applicant is not allowed to."""
    with pytest.raises(NotAllowed):
        choose(known, without, people.person(name="Tom"))


def test_a_scheme_that_does_not_look_at_the_register(known: Library, round_: Round, oost: Organisation) -> None:
    """Where the track is a provider's, with a list, there is nothing to choose."""
    sanne = made.teacher(oost)
    draft = made.draft_of_school(known, round_, oost, sanne)
    with pytest.raises(ApplicationRefused, match=refused(NOTHING_TO_CHOOSE)):
        choose(known, draft, sanne)
