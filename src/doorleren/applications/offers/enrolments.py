"""Named reads of enrolments: in which offers a provider enrols, who is in them, and what is somebody's own."""

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet

from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, Enrolment, PartyKind, Word
from doorleren.applications.offers.standing import with_offer
from doorleren.applications.queries import state_now
from doorleren.people.models import NationalNumber

DENIED = Q(said__word__in=[Word.NOT_ME, Word.NOT_WANTED])
TAKES_ENROLMENTS = frozenset({"ready", "submitted"})
ENROL: Mapping[str, str] = {"training_provider": "enrol_participants", "partnership": "enrol_in_partnership"}
"""The act of enrolling, by the kind of applicant: a provider in its offer, the lead partner in that of a partnership."""


def offers_of(organisations: Collection[int], act: str = "enrol_participants") -> list[Application]:
    """Give the applications of these organisations in which participants can be enrolled by an act, the newest first."""
    found = Application.objects.filter(
        applicant_kind=PartyKind.ORGANISATION, applicant_number__in=organisations, withdrawn_at__isnull=True
    )
    rows = found.select_related("round__version", "round__gate").order_by("-id")
    return [
        one for one in rows
        if ENROL.get(track_of(one).applicant) == act and with_offer(one.pk, track_of(one)) and state_now(one) in TAKES_ENROLMENTS
    ]  # fmt: skip


def enrolments_of(application: int) -> QuerySet[Enrolment]:
    """Give all enrolments of an application, the newest first, with what the participants said."""
    return Enrolment.objects.filter(application=application).select_related("who", "said").order_by("-id")


def enrolled(application: int, activity: int) -> int:
    """Count who is enrolled in an activity; who denied it does not count."""
    return Enrolment.objects.filter(application=application, activity=activity).exclude(DENIED).count()


def enrolments_for(person: int) -> QuerySet[Enrolment]:
    """Give the enrolments of somebody, known by the national number with which this person signed in."""
    lookup = NationalNumber.objects.filter(person=person).values("lookup")
    return (
        Enrolment.objects.filter(who__lookup__in=lookup)
        .exclude(who__lookup="")
        .select_related("round__version", "organisation", "said", "activity__current")
        .order_by("-id")
    )
