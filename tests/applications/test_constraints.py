"""Every constraint of the tables of applications refuses what it says, in the database and in a sentence; none is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from doorleren.applications.models import (
    Answer,
    Application,
    CountsFor,
    CountsNoMore,
    Division,
    DivisionLine,
    EnteredFor,
    FinancierWord,
    Freeze,
    Member,
    MemberMark,
    MemberTask,
    Sharing,
)
from doorleren.core.days import day_of
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.bundles import wrong as registrations
from tests.applications.corrections import wrong as corrections
from tests.applications.evidence import wrong as evidence
from tests.applications.made import AT, WHOLE, answer, draft
from tests.applications.offers import wrong as offers
from tests.applications.plans import made as plans

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


def entered(one: Application, **other: Any) -> EnteredFor:
    """Give a row of who entered it for somebody that is right, but for what is said."""
    given = {
        "application": one, "body": one.round.body, "channel": "paper", "received_on": day_of(AT), "name": "N. Bakker",
        "address": "Postbus 1", "signed_on": day_of(AT), "kept_as": "map 1", "entered_by_id": one.applicant_number,
        "entered_at": AT, "entered_on": day_of(AT),
    }  # fmt: skip
    return EnteredFor(**(given | other))


def member(one: Application, **other: Any) -> Member:
    """Give a member that is right, but for what is said."""
    given = {"number": 1, "kvk": "90000031", "name": "Bedrijf", "kind": "employer", "by_kind": "person", "at": AT}
    return Member(application=one, **(given | other))


def kept_member(one: Application) -> Member:
    """Keep a member."""
    made = member(one)
    made.save()
    return made


def division(one: Application, **other: Any) -> Division:
    """Give a division that is right, but for what is said."""
    given = {"of": "shares", "unit": "cents", "whole": 100, "by_kind": "person", "at": AT}
    return Division(application=one, **(given | other))


def line(one: Application, **other: Any) -> DivisionLine:
    """Give a line of a division that is right, but for what is said."""
    made = division(one)
    made.save()
    DivisionLine.objects.create(division=made, financier="fund", part=100)  # a division must add up
    return DivisionLine(division=made, **({"financier": "own", "part": 0} | other))


def second_line(one: Application) -> DivisionLine:
    """Give a second share of one member."""
    first = line(one, financier="", member=kept_member(one))
    first.save()
    return DivisionLine(division=first.division, member=first.member, part=0)


def kept_line(one: Application) -> DivisionLine:
    """Keep a line of a division."""
    made = line(one)
    made.save()
    return made


def second_of_fund(one: Application) -> DivisionLine:
    """Give a second part of one organisation."""
    told = {"financier": "fund", "kvk": "90000075", "name": "Fonds"}
    first = line(one, **told)
    first.save()
    return DivisionLine(division=first.division, part=0, **told)


def by_oneself(one: Application) -> Sharing:
    """Give leave that somebody takes from oneself."""
    number = one.applicant_number
    return Sharing(application=one, person_id=number, may_edit=False, by_kind="person", by_id=str(number), at=AT)


def count(one: Application, **other: Any) -> CountsFor:
    """Give a count that is right, but for what is said."""
    given = {"scope": "proefregeling 2026", "person": "a" * 64, "turn": 0, "at": AT}
    return CountsFor(application=one, **(given | other))


def kept_count(one: Application) -> CountsFor:
    """Keep a count."""
    made = count(one)
    made.save()
    return made


WRONG = {
    "applications_counts_once": lambda one: count(one, person=kept_count(one).person),
    "applications_counts_hashed": lambda one: count(one, person="Nadia"),
    "applications_counts_turn": lambda one: count(one, turn=-1),
    "applications_counts_over_why": lambda one: CountsNoMore(counted=kept_count(one), reason="bored", at=AT),
    "applications_key_once": lambda one: file(one, key=one.key),
    "applications_key_written": lambda one: file(one, salt="salt"),
    "applications_applicant_known": lambda one: file(one, applicant_kind=""),
    "applications_destroyed_whole": lambda one: file(one, applicant_number=0, destroyed_at=AT),
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
    "applications_answer_taken_from": lambda one: told(one, taken_from="earlier"),
    "applications_freeze_hashed": lambda one: frozen(one, person="Nadia"),
    "applications_freeze_cents": lambda one: frozen(one, cents=-1),
    "applications_freeze_until": lambda one: frozen(one, until=AT),
    "applications_member_number_once": lambda one: member(one, number=kept_member(one).number, kvk="90000042"),
    "applications_member_kvk_once": lambda one: member(one, kvk=kept_member(one).kvk, number=2),
    "applications_member_named": lambda one: member(one, kvk="123"),
    "applications_member_step_known": lambda one: MemberMark(
        member=kept_member(one), step="lost", by_kind="person", at=AT
    ),
    "applications_division_known": lambda one: division(one, of="financing", unit="hundredths", whole=10_000),
    "applications_division_whole": lambda one: division(one, whole=0),
    "applications_line_member_once": second_line,
    "applications_line_kvk_once": second_of_fund,
    "applications_line_kvk": lambda one: line(one, kvk="90000075", name="Fonds"),
    "applications_share_word_known": lambda one: FinancierWord(
        line=kept_line(one), word="perhaps", by_kind="person", at=AT
    ),
    "applications_task_told": lambda one: MemberTask(member=kept_member(one), does="", by_kind="person", at=AT),
    "applications_line_of_one": lambda one: line(one, financier=""),
    "applications_line_financier_known": lambda one: line(one, financier="bank"),
    "applications_line_part": lambda one: line(one, part=-1),
    "applications_sharing_by_another": by_oneself,
    "applications_entered_channel_known": lambda one: entered(one, channel="fax"),
    "applications_entered_whole": lambda one: entered(one, kept_as=""),
    "applications_entered_received_before": lambda one: entered(one, received_on=day_of(AT) + timedelta(days=1)),
    "applications_entered_signed_before": lambda one: entered(one, signed_on=day_of(AT) + timedelta(days=1)),
    **registrations.WRONG,
    **corrections.WRONG,
    **evidence.WRONG,
    **offers.WRONG,
    **plans.WRONG,
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
