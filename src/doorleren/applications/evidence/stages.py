"""Which later stages an application has come to, so that the evidence of that stage is asked."""

from collections.abc import Collection

from doorleren.applications.evidence.rules import COMPLETING
from doorleren.applications.models import Application, Completion, Confirmation, Word
from doorleren.applications.queries import ticket_of
from doorleren.cases.models import Case
from doorleren.rounds.queries import place_now
from doorleren.rules.versions import LATER_STAGES

NO_STAGE: frozenset[str] = frozenset()


def reached_by(application: Application) -> frozenset[str]:
    """Give the stages: all of them once it was granted, so that delivery can be proven; before that the stage of
    completing, for a registration to which the participant said yes and that has its place.
    """
    if application.withdrawn_at is not None:
        return NO_STAGE
    if is_granted(application):
        return LATER_STAGES
    said = Confirmation.objects.filter(registration__application=application.pk, word=Word.CONFIRMED)
    if not said.exists():
        return NO_STAGE
    return frozenset({COMPLETING}) if is_completed(application) or is_inside(application) else NO_STAGE


def reached_together(applications: Collection[Application]) -> dict[int, frozenset[str]]:
    """Give the same for applications, by number; most have come to no later stage, and are asked nothing more."""
    numbers = [str(one.pk) for one in applications]
    granted = Case.objects.filter(subject_kind="application", subject_id__in=numbers, state="granted")
    given = {int(one) for one in granted.values_list("subject_id", flat=True)}
    rest = [one.pk for one in applications if one.pk not in given]
    said = Confirmation.objects.filter(registration__application__in=rest, word=Word.CONFIRMED)
    told = set(said.values_list("registration__application", flat=True))
    found = {one.pk: reached_by(one) if one.pk in told else NO_STAGE for one in applications}
    return found | {one.pk: LATER_STAGES for one in applications if one.pk in given and one.withdrawn_at is None}


def is_granted(application: Application) -> bool:
    """Say whether there is a grant that has not been settled."""
    return Case.objects.filter(subject_kind="application", subject_id=str(application.pk), state="granted").exists()


def is_inside(application: Application) -> bool:
    """Say whether money is reserved for an application now."""
    ticket = ticket_of(application)
    place = None if ticket is None else place_now(ticket)
    return place is not None and place.outcome == "inside"


def is_completed(application: Application) -> bool:
    """Say whether an application is a registration that was completed; what it rests on stays as it is."""
    return Completion.objects.filter(registration__application=application.pk).exists()
