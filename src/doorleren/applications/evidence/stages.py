"""Which later stages an application has come to, so that the evidence of that stage is asked."""

from collections.abc import Collection

from doorleren.applications.evidence.rules import COMPLETING
from doorleren.applications.models import Application, Completion, Confirmation, Word
from doorleren.applications.queries import ticket_of
from doorleren.cases.models import Case
from doorleren.cases.reportable import reportable
from doorleren.rounds.queries import place_now
from doorleren.rules.versions import LATER_STAGES

NO_STAGE: frozenset[str] = frozenset()


def reached_by(application: Application) -> frozenset[str]:
    """Give the stages: all of them while delivery can be reported, so that it can be proven; before that the stage of
    completing, for a registration to which the participant said yes and that has its place.
    """
    return reached_together((application,))[application.pk]


def reached_together(applications: Collection[Application]) -> dict[int, frozenset[str]]:
    """Give the same for applications, by number; only of who said yes and has not completed it the place is asked one by one."""
    here = [one for one in applications if one.withdrawn_at is None]
    numbers = [str(one.pk) for one in here]
    granted = Case.objects.filter(reportable(), subject_kind="application", subject_id__in=numbers)
    given = {int(one) for one in granted.values_list("subject_id", flat=True)}
    rest = [one for one in here if one.pk not in given]
    said = Confirmation.objects.filter(registration__application__in=[one.pk for one in rest], word=Word.CONFIRMED)
    told = set(said.values_list("registration__application", flat=True))
    completed = Completion.objects.filter(registration__application__in=told)  # of none nothing is asked
    done = set(completed.values_list("registration__application", flat=True))
    found = dict.fromkeys((one.pk for one in applications), NO_STAGE) | dict.fromkeys(given, LATER_STAGES)
    completing = frozenset({COMPLETING})
    return found | {one.pk: completing for one in rest if one.pk in done or (one.pk in told and is_inside(one))}


def is_inside(application: Application) -> bool:
    """Say whether money is reserved for an application now."""
    ticket = ticket_of(application)
    place = None if ticket is None else place_now(ticket)
    return place is not None and place.outcome == "inside"


def is_completed(application: Application) -> bool:
    """Say whether an application is a registration that was completed; what it rests on stays as it is."""
    return Completion.objects.filter(registration__application=application.pk).exists()
