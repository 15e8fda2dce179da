"""How providers and activities stand, read from their decisions: one of them, or all activities admitted on a day."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from doorleren.register.admission import Decision, Standing, admission, standing
from doorleren.register.answers import Answer
from doorleren.register.models import Activity, AdmissionDecision

_COLUMNS = ("act", "effective_on", "decided_at", "grants_a_year", "id")


def decisions_of(*, provider: int | None = None, activity: int | None = None) -> list[Decision]:
    """Give the decisions on one provider or one activity (name one), oldest first."""
    about = Q(provider=provider) if activity is None else Q(activity=activity)
    rows = AdmissionDecision.objects.filter(about).order_by("decided_at", "id").values_list(*_COLUMNS)
    return [Decision(*row) for row in rows]


def standing_of_provider(provider: int, on: date) -> Standing:
    """Give how a provider stands on a day."""
    return standing(decisions_of(provider=provider), on)


def standing_of_activity(activity: int, on: date) -> Standing:
    """Give how an activity itself stands on a day; whether it is admitted depends on its provider too."""
    return standing(decisions_of(activity=activity), on)


def admission_of(activity: int, on: date) -> Answer:
    """Say whether an activity is admitted on a day, itself and its provider. Raises Activity.DoesNotExist."""
    provider = Activity.objects.values_list("provider_id", flat=True).get(pk=activity)
    return admission(decisions_of(activity=activity), decisions_of(provider=provider), on)


def admitted_activities(on: date) -> set[int]:
    """Give the numbers of all activities that are admitted on a day."""
    providers: defaultdict[int, list[Decision]] = defaultdict(list)
    activities: defaultdict[tuple[int, int], list[Decision]] = defaultdict(list)
    rows = AdmissionDecision.objects.values_list("provider_id", "activity_id", "activity__provider_id", *_COLUMNS)
    for provider, activity, owner, *told in rows.iterator():
        if activity is None:
            providers[provider].append(Decision(*told))
        else:
            activities[owner, activity].append(Decision(*told))
    open_ones = {number for number, told in providers.items() if standing(told, on).act == "admitted"}
    return {
        activity
        for (owner, activity), told in activities.items()
        if owner in open_ones and standing(told, on).act == "admitted"
    }
