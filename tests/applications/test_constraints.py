"""Every constraint of the tables of applications refuses what it says, in the database and in a sentence; none is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from doorleren.applications.models import Answer, Application, Freeze
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import AT, WHOLE, answer, draft

HASH = "a" * 64


@pytest.fixture
def one(known: Library, round_: Round, nadia: Person) -> Application:
    """A draft with answers."""
    made = draft(known, round_, nadia)
    answer(known, made, nadia, WHOLE)
    return made


def told(application: Application, **other: Any) -> Answer:
    """Give an answer that is right, but for what is said."""
    given = {"fact": "training.price", "cents": 1, "origin": "self", "by_kind": "person", "by_id": "1", "at": AT}
    return Answer(application=application, **(given | other))


def frozen(application: Application, **other: Any) -> Freeze:
    """Give a freeze that is right, but for what is said."""
    given = {"content": HASH, "person": HASH, "cents": 1, "until": AT + timedelta(days=1), "at": AT}
    return Freeze(application=application, **(given | other))


def file(one: Application, **other: Any) -> Application:
    """Give another application in the same round that is right, but for what is said."""
    given = {
        "round": one.round, "track": "learner", "key": "another-key-of-a-draft", "salt": HASH, "applicant_kind": "person",
        "applicant_number": 1, "started_at": AT,
    }  # fmt: skip
    return Application(**(given | other))


WRONG = {
    "applications_key_once": lambda one: file(one, key=one.key),
    "applications_key_written": lambda one: file(one, salt="salt"),
    "applications_applicant_known": lambda one: file(one, applicant_kind=""),
    "applications_beneficiary_named": lambda one: file(one, beneficiary_kind="person"),
    "applications_payee_named": lambda one: file(one, payee_number=3),
    "applications_reporter_named": lambda one: file(one, reporter_kind="body", reporter_number=3),
    "applications_frozen_whole": lambda one: file(one, frozen_at=AT),
    "applications_withdrawn_after": lambda one: file(one, withdrawn_at=AT - timedelta(days=1)),
    "applications_answer_one_value": lambda one: told(one, whole=3),
    "applications_answer_absent_known": lambda one: told(one, cents=None, absent="never"),
    "applications_answer_decimal_written": lambda one: told(one, cents=None, decimal="1,5"),
    "applications_answer_origin_known": lambda one: told(one, origin="hearsay"),
    "applications_answer_subject": lambda one: told(one, subject_kind="member"),
    "applications_answer_given_by": lambda one: told(one, by_kind=""),
    "applications_freeze_hashed": lambda one: frozen(one, person="Nadia"),
    "applications_freeze_cents": lambda one: frozen(one, cents=-1),
    "applications_freeze_until": lambda one: frozen(one, until=AT),
}


def named() -> set[str]:
    """Name all constraints of the tables."""
    return {one.name for model in apps.get_app_config("applications").get_models() for one in model._meta.constraints}


def test_none_is_forgotten() -> None:
    """Every constraint has a row here that breaks it."""
    assert set(WRONG) == named()


@pytest.mark.parametrize("name", sorted(WRONG))
def test_the_database_refuses(name: str, one: Application) -> None:
    """The database refuses the row by this constraint, and the model says so in its sentence."""
    row: models.Model = WRONG[name](one)
    constraint = next(each for each in row._meta.constraints if each.name == name)
    with pytest.raises(ValidationError) as said:
        constraint.validate(type(row), row)
    assert said.value.messages == [str(constraint.violation_error_message)]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_an_answer_without_any_value(one: Application) -> None:
    """An answer in which nothing is filled is refused as one in which two things are."""
    with pytest.raises(IntegrityError, match="one_value"), transaction.atomic():
        told(one, cents=None).save()


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [Answer, Freeze])
def test_insert_only(act: str, model: type[models.Model], one: Application) -> None:
    """What was answered and what was frozen is never changed and never goes."""
    frozen(one).save()
    rows = model._default_manager.filter(application=one)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(at=AT) if act == "update" else rows.delete()
