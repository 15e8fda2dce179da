"""Who reports what was delivered of an application, and for whom it was. Reads only; who may do what stands in access.py."""

from collections.abc import Collection, Iterable

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from doorleren.applications.answers import track_of
from doorleren.applications.models import (
    Application,
    Confirmation,
    Document,
    EnrolmentProof,
    EnrolmentStep,
    PartyKind,
    Word,
)
from doorleren.applications.parties import Named
from doorleren.cases.models import Case
from doorleren.cases.reportable import reportable
from doorleren.people.models import Role
from doorleren.rules.versions import LATER_STAGES
from doorleren.schemes.queries import version_of

PROVIDER = "training_provider"
"""The reporter, as scheme files call it, that is known by the enrolment which it confirmed."""


def reporter_of(application: Application) -> Named:
    """Give who reports: who was named; else the provider that confirmed the enrolment, where the scheme lets it report.

    The applicant where nobody else is known.
    """
    if application.reporter_kind:
        return Named(application.reporter_kind, application.reporter_number)
    if application.destroyed_at is None and track_of(application).reporter == PROVIDER:
        last = max(application.enrolment_proofs.all(), key=lambda one: one.pk, default=None)
        if last and last.step == EnrolmentStep.CONFIRMED and last.activity_id == application.activity_id:
            return Named(PartyKind.ORGANISATION, last.organisation_id)
    return Named(application.applicant_kind, application.applicant_number)


def beneficiary_of(application: Application) -> Named:
    """Give whom it is for: who was named; of a registration the person who said in their own account that it is right.

    Nobody (without a kind) for a registration to which nobody said yes; the applicant where it is no registration.
    """
    if application.beneficiary_kind:
        return Named(application.beneficiary_kind, application.beneficiary_number)
    if hasattr(application, "registration"):
        said: Confirmation | None = getattr(application.registration, "confirmation", None)
        yes = said is not None and said.word == Word.CONFIRMED
        return Named(PartyKind.PERSON, said.by_id) if said is not None and yes else Named()
    return Named(application.applicant_kind, application.applicant_number)


def reports_for_another(application: Application) -> bool:
    """Say whether somebody else than the applicant reports."""
    return reporter_of(application) != Named(application.applicant_kind, application.applicant_number)


def proves_later(application: Application, evidence: str) -> bool:
    """Say whether a piece of evidence is one that the scheme asks after the grant."""
    found = (one for one in version_of(application.round.version_id).evidence if one.id == evidence)
    return any(one.stage in LATER_STAGES and application.track in one.tracks for one in found)


def given_by_reporter(document: Document) -> bool:
    """Say whether another reporter than the applicant gave a document; then it is not the applicant's to take away."""
    if not proves_later(document.application, document.evidence):
        return False
    reporter = reporter_of(document.application)
    if reporter == Named(document.application.applicant_kind, document.application.applicant_number):
        return False
    return acted_for(document.by_kind, document.by_id, reporter)


def acted_for(by_kind: str, by_id: str, party: Named) -> bool:
    """Say whether somebody who acted is a party, or has or had a role in the organisation that it is."""
    if by_kind != PartyKind.PERSON:
        return False
    if party.kind == PartyKind.PERSON:
        return by_id == str(party.number)
    return Role.objects.filter(person=int(by_id), organisation=party.number, organisation__isnull=False).exists()


def granted_to_report(person: int, organisations: Collection[int], most: int) -> list[Application]:
    """Give granted applications of which somebody, or one of these organisations, may be the reporter; what was not reported first.

    Whether they are, `reporter_of` says. Each way is asked for itself, so that each has its index.
    """
    found = _granted()
    proven = EnrolmentProof.objects.filter(organisation__in=organisations).values_list("application", flat=True)
    ways = [
        found.filter(_is("applicant", person, organisations), reporter_kind=""),
        found.filter(_is("reporter", person, organisations)),
    ]
    if organisations:
        ways.append(found.filter(pk__in=proven, reporter_kind=""))
    return _together(ways, most)


def awaited_for(person: int, organisations: Collection[int], most: int) -> list[Application]:
    """Give granted applications with a report that may be for somebody, or for one of these organisations; the newest first.

    Whether they are, `beneficiary_of` says. A person is never named by another: who is one applied, or said yes to a registration,
    which is never for who registered.
    """
    found = _granted(only_reported=True)
    said = Confirmation.objects.filter(by=person, word=Word.CONFIRMED).values_list(
        "registration__application", flat=True
    )
    applied = found.filter(_is("applicant", person, organisations), registration=None)
    ways = [applied, found.filter(pk__in=said, beneficiary_kind="")]
    if organisations:
        ways.append(found.filter(_is("beneficiary", person, organisations)))
    return _together(ways, most)


def _together(ways: Iterable[QuerySet[Application]], most: int) -> list[Application]:
    numbers = {number for way in ways for number in way.values_list("pk", flat=True)[:most]}
    return list(_granted().filter(pk__in=numbers)[:most])


def _is(party: str, person: int, organisations: Collection[int]) -> Q:
    kind, number = f"{party}_kind", f"{party}_number"
    return Q(**{kind: PartyKind.PERSON, number: person}) | Q(
        **{kind: PartyKind.ORGANISATION, f"{number}__in": list(organisations)}
    )


def _granted(*, only_reported: bool = False) -> QuerySet[Application]:
    number = Cast(OuterRef("pk"), CharField())
    granted = Case.objects.filter(reportable(), subject_kind="application", subject_id=number)
    since = Q(state="granted") | Q(delivery_proven_at__gt=F("settled_at"))
    reported = granted.filter(since, delivery_proven_at__isnull=False)
    rows = Application.objects.filter(Exists(reported if only_reported else granted), withdrawn_at__isnull=True)
    rows = rows.annotate(reported=Exists(reported))
    return (
        rows.select_related(
            "round__version", "round__gate", "round__body", "activity__current", "registration__confirmation"
        )
        .prefetch_related("enrolment_proofs")
        .order_by("reported", "-pk")
    )
