"""Rows that a constraint of the tables of offers refuses, by the name of the constraint (../test_constraints.py)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model

from doorleren.applications.models import (
    Application,
    EnrolledPerson,
    Enrolment,
    EnrolmentProof,
    EnrolmentWord,
    OfferLine,
    OfferShare,
)
from doorleren.people.models import Organisation
from doorleren.register.models import Activity
from tests.applications.made import AT
from tests.applications.offers import made

HASH, SEALED = "a" * 64, "gAAAA" + "A" * 95


def place() -> tuple[Activity, Organisation]:
    """Give an activity and its organisation."""
    firm = made.school()
    return made.activity("kort"), firm


def line(one: Application, **other: Any) -> OfferLine:
    """Give a line of an offer that is right, but for what is said."""
    activity, _firm = place()
    given = {"activity": activity, "version": activity.current, "participants": 1, "by_kind": "person", "at": AT}
    return OfferLine(application=one, **(given | other))


def share(one: Application, **other: Any) -> OfferShare:
    """Give a share that is right, but for what is said."""
    kept = line(one)
    kept.save()
    return OfferShare(line=kept, **({"financier": "fund", "cents": 1} | other))


def enrolment(one: Application, **other: Any) -> Enrolment:
    """Give an enrolment that is right, but for what is said."""
    activity, firm = place()
    given = {
        "application": one, "round": one.round, "activity": activity, "organisation": firm, "person": HASH,
        "by_id": one.applicant_number, "at": AT,
    }  # fmt: skip
    return Enrolment(**(given | other))


def twice(one: Application) -> Enrolment:
    """Give the same person once more in the round."""
    first = enrolment(one)
    first.save()
    return Enrolment(
        application=one, round=one.round, activity=first.activity, organisation=first.organisation, person=HASH,
        by_id=one.applicant_number, at=AT,
    )  # fmt: skip


def kept(one: Application) -> Enrolment:
    """Keep an enrolment."""
    found = enrolment(one)
    found.save()
    return found


def who(one: Application, **other: Any) -> EnrolledPerson:
    """Give who was enrolled, right but for what is said."""
    given = {"sealed_name": SEALED, "name_key": HASH, "birth_date": date(1990, 4, 1)}
    return EnrolledPerson(enrolment=kept(one), **(given | other))


def proof(one: Application, **other: Any) -> EnrolmentProof:
    """Give a confirmation that is right, but for what is said."""
    activity, firm = place()
    given = {"activity": activity, "organisation": firm, "step": "confirmed", "by_id": one.applicant_number, "at": AT}
    return EnrolmentProof(application=one, **(given | other))


WRONG: dict[str, Callable[[Application], Model]] = {
    "applications_offer_participants": lambda one: line(one, participants=-1),
    "applications_offer_by": lambda one: line(one, by_kind=""),
    "applications_offer_share_financier": lambda one: share(one, financier="scheme"),
    "applications_offer_share_cents": lambda one: share(one, cents=0),
    "applications_enrolled_once": twice,
    "applications_enrolment_hashed": lambda one: enrolment(one, person="Nadia"),
    "applications_enrolled_number_sealed": lambda one: who(one, lookup=HASH, sealed="111222333"),
    "applications_enrolled_name_sealed": lambda one: who(one, sealed_name="Nadia"),
    "applications_enrolment_word": lambda one: EnrolmentWord(
        enrolment=kept(one), word="perhaps", by_id=one.applicant_number, at=AT
    ),
    "applications_enrolment_proof_step": lambda one: proof(one, step="taken_back", cents=1),
    "applications_enrolment_proof_cents": lambda one: proof(one, cents=-1),
}
