"""A provider confirms that the person of an application is enrolled in its activity, or takes that back.

Matched by two numbers: the key of the application, which only its applicant can pass on, and the number of the activity.
Whatever does not fit gives one and the same answer, so that nobody can look for applications here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from doorleren.applications.answers import counted_answers, form_for, profile_of, track_of
from doorleren.applications.commands.save_answers import Given, insert
from doorleren.applications.models import Application, EnrolmentProof, EnrolmentStep, Origin
from doorleren.applications.offers.proofs import TOLD_BY_PROOF, proof_of
from doorleren.applications.offers.refusing import NO_START, NOT_CONFIRMED, NOT_FOUND
from doorleren.applications.one_training import asks_enrolment
from doorleren.applications.queries import state_now
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.registered import PRICE, price_of
from doorleren.applications.values import UNKNOWN
from doorleren.audit.acts import record
from doorleren.people.access import NotAllowed, Refused, Thing, allowed
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.models import Activity
from doorleren.rules.library import Library
from doorleren.schemes.queries import version_of

LARGEST_NUMBER = 2**63 - 1


def confirm_enrolment(
    key: str, activity: int, *, starts_on: date | None = None, cents: int | None = None, today: date, library: Library,
    by: SignedIn, at: datetime,
) -> EnrolmentProof:  # fmt: skip
    """Confirm an enrolment, with its first day and price in cents where they are known.

    Raises NotAllowed for who is no provider, ApplicationRefused ("starts_on", "price") for what cannot be, and
    ApplicationRefused with NOT_FOUND for whatever does not match. The same once more changes nothing. A draft gets the
    day and the price as answers from evidence, where its rules look at them; what stands ready or was submitted stays.
    """
    with transaction.atomic():
        application, organisation = _matched(key, activity, by, at)
        if starts_on is not None and starts_on < today:
            raise ApplicationRefused(NO_START, ("starts_on",))
        within = price_of(activity, {PRICE: cents})
        if within is not None and within.holds is False:
            raise ApplicationRefused(within.texts, ("price",))
        last = proof_of(application.pk)
        if last is not None and (last.starts_on, last.cents, last.activity_id) == (starts_on, cents, activity):
            return last
        made = EnrolmentProof.objects.create(
            application=application, activity_id=activity, organisation=organisation, step=EnrolmentStep.CONFIRMED,
            starts_on=starts_on, cents=cents, by_id=by.person, at=at,
        )  # fmt: skip
        told = {name: getattr(made, column) for name, column in TOLD_BY_PROOF.items()}
        _tell(application, {name: value for name, value in told.items() if value is not None}, today, library, by, at)
        record("confirmed_enrolment", party(application), by=by.party, at=at, details={"activity": activity})
    return made


def take_back_enrolment(
    key: str, activity: int, *, today: date, library: Library, by: SignedIn, at: datetime
) -> EnrolmentProof:  # fmt: skip
    """Take a confirmation back. Raises as confirm_enrolment, and with NOT_CONFIRMED where there is none."""
    with transaction.atomic():
        application, organisation = _matched(key, activity, by, at)
        last = proof_of(application.pk)
        if last is None or last.activity_id != activity:
            raise ApplicationRefused(NOT_CONFIRMED)
        made = EnrolmentProof.objects.create(
            application=application, activity_id=activity, organisation=organisation, step=EnrolmentStep.TAKEN_BACK,
            by_id=by.person, at=at,
        )  # fmt: skip
        told = {
            one.fact: UNKNOWN
            for one in counted_answers(application.pk, library)
            if one.fact in TOLD_BY_PROOF and one.origin == Origin.EVIDENCE and not one.subject_number
        }
        _tell(application, told, today, library, by, at)
        record("took_back_enrolment", party(application), by=by.party, at=at, details={"activity": activity})
    return made


def _matched(key: str, activity: int, by: SignedIn, at: datetime) -> tuple[Application, Organisation]:
    """Lock the application that both numbers name, for a provider of that activity."""
    number = min(activity, LARGEST_NUMBER)
    kvk = Activity.objects.filter(pk=number).values_list("provider__kvk", flat=True).first()
    organisation = Organisation.objects.filter(kvk=kvk or "").first()
    thing = Thing("activity", str(number), organisation=None if organisation is None else organisation.pk)
    answer = allowed(by, "confirm_enrolment", thing, at=at)
    if isinstance(answer, Refused) and answer.reason != "other_place":
        raise NotAllowed(answer)
    found = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round")
        .filter(key=key, activity=number, withdrawn_at__isnull=True)
        .first()
    )
    if isinstance(answer, Refused) or organisation is None or found is None:
        raise ApplicationRefused(NOT_FOUND)
    if not asks_enrolment(version_of(found.round.version_id), track_of(found)):
        raise ApplicationRefused(NOT_FOUND)
    return found, organisation


def _tell(
    application: Application, told: Mapping[str, Any], today: date, library: Library, by: SignedIn, at: datetime
) -> None:  # fmt: skip
    """Answer what the rules look at, in a draft only: nobody's application stops standing ready because of another."""
    if state_now(application) != "draft" or not told:
        return
    answers = counted_answers(application.pk, library)
    reads = form_for(application, profile_of(answers), today, library).judgement.settled.facts
    given = [Given(name, value, Origin.EVIDENCE) for name, value in told.items() if name in reads]
    insert(application, given, library=library, by=by.party, at=at)
