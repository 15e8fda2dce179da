"""Named reads of enrolments: in which offers a provider enrols, who is in them, and what is somebody's own."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, CountsNoMore, Enrolment, Over, PartyKind, Word
from doorleren.applications.offers.standing import with_offer
from doorleren.applications.queries import state_now
from doorleren.people.models import NationalNumber

DENIED = Q(said__word__in=[Word.NOT_ME, Word.NOT_WANTED])
LAPSED = Exists(CountsNoMore.objects.filter(counted__enrolment=OuterRef("pk"), reason=Over.NOT_SUBMITTED))
"""Of an offer that was not submitted when its round was over, where the same person counted elsewhere since: for good, also where
the round is opened again."""
GONE = DENIED | Q(LAPSED)
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
    """Give all enrolments of an application, the newest first, with what the participants said and whether it `lapsed`."""
    rows = Enrolment.objects.filter(application=application).select_related("who", "said")
    return rows.annotate(lapsed=LAPSED).order_by("-id")


def enrolled(application: int, activity: int) -> int:
    """Count who is enrolled in an activity; who denied it, or counts elsewhere since, does not count."""
    return Enrolment.objects.filter(application=application, activity=activity).exclude(GONE).count()


def enrolments_for(person: int) -> QuerySet[Enrolment]:
    """Give the enrolments of somebody, known by the national number with which this person signed in; `lapsed` as above."""
    lookup = NationalNumber.objects.filter(person=person).values("lookup")
    return (
        Enrolment.objects.filter(who__lookup__in=lookup)
        .exclude(who__lookup="")
        .select_related("round__version", "organisation", "said", "activity__current")
        .annotate(lapsed=LAPSED)
        .order_by("-id")
    )
